//! What a build script tells cargo: the files that were read, each once, and no other; and a warning for what is left out.

use std::fs;
use std::process::Command;

/// Run by the test below in a process of its own, whose standard output is the build script's.
#[test]
#[ignore = "a part of the other test"]
fn as_a_build_script() {
    let by_config = std::env::var_os("BY_CONFIG").is_some();
    let builder = if by_config {
        clientwright::Builder::from_config("settings/c.toml")
    } else {
        clientwright::Builder::new("spec/pets.yaml")
    };
    println!("\n-- begin");
    let generated = builder.generate().unwrap();
    println!("-- {} {}", generated.file.file_name().unwrap().display(), generated.changed);
}

#[test]
fn cargo_is_told_of_exactly_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    let file = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    file(
        "spec/pets.yaml",
        "openapi: 3.0.3\ninfo: { title: Pets, version: 1.10 }\npaths: { /a: { get: { responses: { \"204\": { description: x } } } }, /b: { get: { responses: { \"200\": { description: x, content: { application/json: { schema: { $ref: other.yaml } } } } } } } }\n",
    );
    file("settings/c.toml", "spec = \"../spec/pets.yaml\"\nout = \"../client\"\n");
    let run = |by_config: bool| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--ignored", "--exact", "--nocapture", "build_script::as_a_build_script"]);
        command.current_dir(folder.path()).env("OUT_DIR", out.path()).env_remove("BY_CONFIG");
        if by_config {
            command.env("BY_CONFIG", "1");
        }
        let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let lines = output.lines().skip_while(|line| *line != "-- begin").skip(1);
        let mut told = Vec::new();
        for line in lines {
            told.push(line.to_owned());
            if line.starts_with("-- ") {
                break;
            }
        }
        told.join("\n")
    };
    // Where in the line is of no interest here.
    let run = |by_config| {
        let told: String = run(by_config);
        let line = |line: &str| match line.split_once(".yaml:3:") {
            Some((before, _)) => format!("{before}.yaml:3:X)"),
            None => line.to_owned(),
        };
        told.lines().map(line).collect::<Vec<_>>().join("\n")
    };
    let warnings = [
        "cargo::warning=warning[N0107]: a number stands where a text must be; it is read as \"1.10\" (SPEC:2:31 (#/info/version))",
        "cargo::warning=warning[R0105]: `$ref` to `other.yaml`: `other.yaml` is not read: it does not exist; this is read as any value (SPEC:3:X)",
    ];
    let lines = |spec: &str, read: &[&str], changed: bool| {
        let read = read.iter().map(|path| format!("cargo::rerun-if-changed={path}"));
        let warnings = warnings.iter().map(|line| line.replace("SPEC", spec));
        let end = format!("-- pets.rs {changed}");
        read.chain(warnings).chain([end]).collect::<Vec<_>>().join("\n")
    };
    let spec = "spec/pets.yaml";
    assert_eq!(run(false), lines(spec, &[spec], true));
    let spec = "settings/../spec/pets.yaml";
    assert_eq!(run(true), lines(spec, &["settings/c.toml", spec], false));
    let made = fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
    assert_eq!(made, ["pets.rs"]);
    assert!(!folder.path().join("client").exists());
}
