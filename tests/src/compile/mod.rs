//! What generated crates cost to compile, beside those of other generators for the same description and beside the floor:
//! the same types with nothing but `Clone` and `Debug`.

pub mod floor;
pub mod measure;
pub mod peers;
pub mod synthetic;
pub mod table;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use measure::{Cost, Mode};

/// A description whose crates are compiled.
#[derive(Clone, Debug)]
pub struct Api {
    /// What the table calls it.
    pub name: String,
    /// The description.
    pub spec: PathBuf,
    /// The same as OpenAPI 3.1, for generators that read nothing else; `None` where there is no such file.
    pub spec_3_1: Option<PathBuf>,
}

/// What came of one generator on one description.
#[derive(Clone, Debug)]
pub struct Row {
    /// The description's name.
    pub api: String,
    /// The generator's name.
    pub generator: &'static str,
    /// Lines of Rust in `src`.
    pub lines: usize,
    /// What compiling cost, by mode in the order asked for; or why there is no crate or none that compiles.
    pub costs: Result<Vec<Cost>, String>,
}

/// Generates the crates of `api` below `out` and compiles each in every mode, its dependencies built before.
///
/// # Errors
///
/// When `out` can't be written to, or cargo isn't there. A generator that isn't installed gives no row.
pub fn rows(api: &Api, modes: &[Mode], out: &Path) -> io::Result<Vec<Row>> {
    let folder = out.join(&api.name);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => fs::create_dir_all(&folder)?,
    }
    let mut made = vec![("clientwright", ours(&api.spec, &folder.join("clientwright")))];
    if made.iter().all(|(_, made)| made.is_ok()) {
        made.push(("floor", floor::write(&folder.join("clientwright"), &folder.join("floor"))));
    }
    made.extend(peers::write(api, &folder)?);
    let members: Vec<String> =
        made.iter().filter(|(_, made)| made.is_ok()).map(|(name, _)| format!("{name:?}")).collect();
    let members = members.join(", ");
    fs::write(folder.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n"))?;
    let mut rows = Vec::new();
    for (generator, made) in made {
        let crate_folder = folder.join(generator);
        let costs = match made {
            Ok(()) => modes.iter().map(|mode| measure::compile(&crate_folder, *mode, out)).collect(),
            Err(why) => Err(why),
        };
        rows.push(Row { api: api.name.clone(), generator, lines: lines(&crate_folder.join("src")), costs });
    }
    Ok(rows)
}

fn ours(spec: &Path, folder: &Path) -> Result<(), String> {
    let made = crate::corpus::one::run(spec.to_owned(), folder.to_owned());
    if made.generated { Ok(()) } else { Err(made.told.first().cloned().unwrap_or_default()) }
}

/// Lines of Rust below a folder.
fn lines(folder: &Path) -> usize {
    let Ok(entries) = folder.read_dir() else { return 0 };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let count = |path: PathBuf| match path.is_dir() {
        true => lines(&path),
        false if path.extension().is_some_and(|end| end == "rs") => {
            fs::read_to_string(path).map_or(0, |text| text.lines().count())
        }
        false => 0,
    };
    paths.map(count).sum()
}
