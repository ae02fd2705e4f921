//! Module delivery: all files as one text for `include!`, a `mod { … }` for each file of the crate.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Files;

/// The tree of modules that the files make.
#[derive(Default)]
struct Module<'a> {
    text: &'a str,
    children: BTreeMap<&'a str, Module<'a>>,
}

/// `api.rs`: the crate's root without its inner attributes (which `include!` refuses), and every `mod name;` with its
/// file in place.
pub(super) fn join(files: &Files) -> Files {
    let mut root = Module::default();
    for (path, text) in &files.0 {
        let Some(path) = path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) else { continue };
        let path = path.strip_suffix("/mod").unwrap_or(path);
        let mut module = &mut root;
        for name in path.split('/').filter(|name| *name != "lib") {
            module = module.children.entry(name).or_default();
        }
        module.text = text;
    }
    let mut out = String::new();
    write(&root, 0, &mut out);
    Files(BTreeMap::from([("api.rs".to_owned(), out)]))
}

/// Stands on each module of the root: callers use what they need of it, and may ask more of their own code than of this.
const LINTS: &str = "#[allow(clippy::disallowed_names, dead_code, missing_docs, unreachable_pub, unused_imports, reason = \
                     \"generated code\")]\n";

/// The module's lines; a line that declares a child is followed by the child itself.
fn write(module: &Module<'_>, depth: usize, out: &mut String) {
    for line in module.text.lines() {
        let declared = declaration(line);
        let child = declared.and_then(|(_, name)| module.children.get(name.trim_start_matches("r#")));
        match (child, declared) {
            (Some(child), Some((visibility, name))) => {
                if depth == 0 {
                    out.push_str(LINTS);
                }
                let _ = writeln!(out, "{visibility}mod {name} {{");
                write(child, depth + 1, out);
                out.push_str("}\n");
            }
            _ if depth == 0 && (line.starts_with("//!") || line.starts_with("#![")) => {}
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
}

/// What `pub mod name;` declares: the visibility and the name.
fn declaration(line: &str) -> Option<(&str, &str)> {
    let (visibility, name) = line.strip_suffix(';')?.rsplit_once("mod ")?;
    matches!(visibility, "" | "pub " | "pub(crate) ").then_some((visibility, name))
}
