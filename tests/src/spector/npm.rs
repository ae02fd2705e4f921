//! The packages of npm that the scenarios come from, and what node does with them: it compiles the specs, tells the scenarios
//! and serves their mock APIs.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Error, Read as _, Result, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::workspace;

/// Versions that fit each other. npm takes the prereleases `dev` for newer than `alpha`, so these are named too; and the
/// packages need a newer node than may be there.
const PACKAGES: &str = r#"{
  "private": true,
  "dependencies": {
    "@typespec/compiler": "1.16.0",
    "@typespec/events": "0.86.0",
    "@typespec/http": "1.16.0",
    "@typespec/http-specs": "0.1.0-alpha.43",
    "@typespec/json-schema": "1.16.0",
    "@typespec/openapi": "1.16.0",
    "@typespec/openapi3": "1.16.0",
    "@typespec/rest": "0.86.0",
    "@typespec/spec-api": "0.1.0-alpha.17",
    "@typespec/spec-coverage-sdk": "0.1.0-alpha.17",
    "@typespec/spector": "0.1.0-alpha.29",
    "@typespec/sse": "0.86.0",
    "@typespec/streams": "0.86.0",
    "@typespec/versioning": "0.86.0",
    "@typespec/xml": "0.86.0",
    "node": "22.23.3"
  }
}
"#;

const COMPILE: &str = include_str!("compile.mjs");
const DUMP: &str = include_str!("dump.mjs");

/// The version of OpenAPI that says most: the items of streams are in no earlier one.
const OPENAPI: &str = "3.2.0";

/// The folder with the packages.
#[derive(Clone, Debug)]
pub struct Npm(PathBuf);

/// What the compiler made of a spec.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The spec's folder: `type/array`.
    pub name: String,
    /// The descriptions: one, or one for each version of the API.
    pub files: Vec<PathBuf>,
    /// What the emitter can't say in OpenAPI.
    pub said: Vec<String>,
}

impl Npm {
    /// Installs the packages into `folder`, unless they are there.
    ///
    /// # Errors
    ///
    /// When npm can't be run, or doesn't succeed.
    pub fn install(folder: &Path) -> Result<Self> {
        let npm = Self(folder.to_owned());
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("compile.mjs"), COMPILE)?;
        std::fs::write(folder.join("dump.mjs"), DUMP)?;
        let (manifest, node) = (folder.join("package.json"), folder.join("node_modules/.bin/node"));
        if node.exists() && std::fs::read_to_string(&manifest).is_ok_and(|text| text == PACKAGES) {
            return Ok(npm);
        }
        std::fs::write(&manifest, PACKAGES)?;
        let status = Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--loglevel", "error"])
            .current_dir(folder)
            .status()?;
        if !status.success() {
            return Err(Error::other("npm can't install the packages of the scenarios"));
        }
        Ok(npm)
    }

    /// Compiles all specs to OpenAPI below `out`.
    ///
    /// # Errors
    ///
    /// When node can't be run, or says what isn't JSON.
    pub fn compile(&self, out: &Path) -> Result<Vec<Compiled>> {
        if out.exists() {
            std::fs::remove_dir_all(out)?;
        }
        let out = std::path::absolute(out)?;
        let specs = Path::new("node_modules/@typespec/http-specs/specs");
        let lines = self.node("compile.mjs", &[specs.as_os_str(), out.as_os_str(), OPENAPI.as_ref()])?;
        let compiled = lines.iter().map(|line| {
            let name = line["name"].as_str().unwrap_or_default().to_owned();
            let files = texts(&line["files"]).iter().map(|file| out.join(&name).join(file)).collect();
            Compiled { files, said: texts(&line["said"]), name }
        });
        Ok(compiled.collect())
    }

    /// All scenarios, with the server at `origin`.
    ///
    /// # Errors
    ///
    /// When node can't be run, or says what isn't JSON.
    pub fn scenarios(&self, origin: &str) -> Result<Vec<Value>> {
        self.node("dump.mjs", &["node_modules/@typespec/http-specs/dist/specs".as_ref(), origin.as_ref()])
    }

    fn node(&self, script: &str, arguments: &[&std::ffi::OsStr]) -> Result<Vec<Value>> {
        let output =
            self.command().arg(script).args(arguments).stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(Error::other(format!("{script} failed")));
        }
        let said = String::from_utf8_lossy(&output.stdout);
        said.lines().map(|line| serde_json::from_str(line).map_err(Error::other)).collect()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.0.join("node_modules/.bin/node"));
        command.current_dir(&self.0);
        command
    }

    /// Starts the server, which listens on loopback only, and waits until it takes connections. It writes down what it says.
    ///
    /// # Errors
    ///
    /// When it can't be started, or doesn't answer.
    pub fn serve(&self, port: u16, log: &Path) -> Result<Server> {
        let log = File::create(log)?;
        let mut command = self.command();
        command.arg("node_modules/@typespec/spector/dist/src/cli/cli.js").arg("serve");
        command.arg("node_modules/@typespec/http-specs/specs").args(["--port", &port.to_string()]);
        command.args(["--coverageFile", "coverage.json"]);
        // It asks git for a commit, which there need not be above the packages.
        command.env("GIT_DIR", workspace().join(".git"));
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let server = Server(command.spawn()?);
        for _ in 0..240 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(250));
        }
        Err(Error::other("the server of the scenarios doesn't answer"))
    }
}

/// What the server says of each scenario, by its name: `pass`, where all that it wants was called.
///
/// # Errors
///
/// When it doesn't answer.
pub fn coverage(port: u16) -> Result<BTreeMap<String, String>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.write_all(b"GET /.coverage HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    let reports: Value = serde_json::from_str(body).map_err(Error::other)?;
    let results = reports.as_array().into_iter().flatten().filter_map(|report| report["results"].as_object());
    let said = results.flatten().filter_map(|(name, said)| Some((name.clone(), said.as_str()?.to_owned())));
    Ok(said.collect())
}

/// A port that nobody listens on.
///
/// # Errors
///
/// When there is none.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

/// A child process that ends with the run.
#[derive(Debug)]
pub struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
