//! Where files go: rows 8, 12 and 13 of the threats. Nothing is written beside the output folder or over what is not ours,
//! and every name of a file is one on every system.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clientwright::write::Mode;
use clientwright_tests::{generate, workspace};

/// A description with these tags, each on an operation of its own, and these schemas.
fn description(names: &[&str]) -> String {
    let paths: String = names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            format!(
                "  /{index}: {{ get: {{ operationId: \"op {index}\", tags: [{name:?}], responses: {{ \"200\": {{ description: x, content: {{ application/json: {{ schema: {{ type: object, properties: {{ {name:?}: {{ type: object, properties: {{ {name:?}: {{ type: string }} }} }} }} }} }} }} }} }} }} }}\n"
            )
        })
        .collect();
    format!("openapi: 3.0.3\ninfo: {{ title: \"../../evil\", version: \"1\" }}\npaths:\n{paths}")
}

/// Every file below a folder, relative to it.
fn files_below(root: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found
}

#[test]
fn files_have_names_that_every_system_takes() {
    let long = "long ".repeat(60);
    let names = [
        "con",
        "aux",
        "NUL",
        "COM1",
        "lpt1",
        "prn.",
        "clock$",
        "a",
        "A",
        "../../evil",
        "/abs",
        "..%2f",
        "\u{ff0e}\u{ff0e}",
        "C:\\x",
        "trailing.",
        "ünï",
        "日本",
        ".hidden",
        "mod",
        "lib",
        "client",
        "runtime",
        "types",
        long.as_str(),
    ];
    let (folder, client) = generate::place(&description(&names));
    let written = generate::write(folder.path(), Mode::Write);
    assert!(written.errors.is_empty(), "{}", written.findings);
    let below = files_below(&client);
    assert!(below.len() > names.len(), "{below:?}");
    let known = ["Cargo.toml", "README.md", "api.md", "rustfmt.toml", "clientwright.lock"];
    let reserved = |stem: &str| {
        let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
        ["con", "prn", "aux", "nul"].contains(&stem)
            || port.is_some_and(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    for path in below.iter().filter(|path| !known.contains(&path.as_str())) {
        for part in path.split('/') {
            let stem = part.strip_suffix(".rs").unwrap_or(part);
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            assert!(!stem.is_empty() && stem.bytes().all(plain) && part.len() <= 100 && !reserved(stem), "{path}");
        }
    }
    let folded: BTreeSet<String> = below.iter().map(|path| path.to_lowercase()).collect();
    assert_eq!(folded.len(), below.len());
    let beside: BTreeSet<_> =
        files_below(folder.path()).into_iter().filter(|path| !path.starts_with("client/")).collect();
    assert_eq!(beside, ["api.yaml".to_owned()].into());
}

#[test]
fn a_file_by_hand_is_never_replaced() {
    let (folder, client) = generate::place(&description(&["pets"]));
    fs::create_dir_all(client.join("src/types")).unwrap();
    fs::write(client.join("src/client.rs"), "// by hand\n").unwrap();
    fs::write(client.join("NOTES.md"), "mine\n").unwrap();
    let before = files_below(&client);
    let written = generate::write(folder.path(), Mode::Write);
    assert_eq!(written.errors, ["W0103"]);
    let report = written.outcome.unwrap().report;
    assert_eq!(
        (report.refused, report.left_alone),
        (vec!["src/client.rs".to_owned()], vec!["NOTES.md".to_owned(), "src/client.rs".to_owned()])
    );
    assert_eq!(files_below(&client), before, "nothing at all was written");
    assert_eq!(fs::read_to_string(client.join("src/client.rs")).unwrap(), "// by hand\n");

    fs::remove_file(client.join("src/client.rs")).unwrap();
    assert!(generate::write(folder.path(), Mode::Write).errors.is_empty());
    fs::write(client.join("src/client.rs"), "// edited\n").unwrap();
    assert_eq!(generate::write(folder.path(), Mode::Write).errors, ["W0104"]);
    assert_eq!(fs::read_to_string(client.join("src/client.rs")).unwrap(), "// edited\n");
    assert_eq!(fs::read_to_string(client.join("NOTES.md")).unwrap(), "mine\n");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let (folder, client) = generate::place(&description(&["pets"]));
    let outside = folder.path().join("outside");
    fs::create_dir_all(&outside).unwrap();
    fs::create_dir_all(&client).unwrap();
    for (link, target) in [("src", "../outside"), ("Cargo.toml", "../outside/x"), ("clientwright.lock", "../outside/y")]
    {
        let link = client.join(link);
        std::os::unix::fs::symlink(target, &link).unwrap();
        let written = generate::write(folder.path(), Mode::Write);
        assert!(written.errors.contains(&"W0102"), "{}", written.findings);
        assert_eq!(files_below(&outside), BTreeSet::new());
        fs::remove_file(link).unwrap();
    }
}

#[test]
fn names_stay_whatever_else_is_there() {
    let text = fs::read_to_string(workspace().join("tests/cases/crates/hostile/api.yaml")).unwrap();
    let names = |text: &str| {
        let ran = generate::text(text, clientwright::model::Delivery::Crate);
        ran.made.unwrap_or_else(|| panic!("{}", ran.findings)).0.model.names
    };
    let all = names(&text);
    // One part after the other is taken out, and what remains keeps its names.
    let parts = [
        "        fooBar: { type: string }\n",
        "        A: { type: string }\n",
        "        \"\\u212A\": { type: string }\n",
    ];
    for part in parts {
        assert!(text.contains(part), "{part}");
        let fewer = names(&text.replacen(part, "", 1));
        assert_eq!(fewer.types, all.types);
        let renamed: Vec<_> = fewer.members.iter().filter(|(key, name)| all.members.get(key) != Some(name)).collect();
        assert!(renamed.len() <= 1, "only what clashed with it may have a shorter name now: {renamed:?}");
    }
}
