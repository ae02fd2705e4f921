//! Finds the descriptions under a folder: files that say `openapi` or `swagger` at the top. The files that only parts of a
//! description stand in don't, so a description of several files counts once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The path from the folder that was searched, with `/`.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// A name for its crate that no other description under the folder has.
    pub crate_name: String,
    /// Bytes of the file.
    pub bytes: u64,
}

/// All under `folder` (or `folder` itself, if it is a file), by name. Links are not followed.
///
/// # Errors
///
/// When a folder or a file can't be read.
pub fn find(folder: &Path) -> std::io::Result<Vec<Description>> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        let kind = path.symlink_metadata()?.file_type();
        if kind.is_dir() {
            for entry in path.read_dir()? {
                waiting.push(entry?.path());
            }
        } else if kind.is_file() && is_named_so(&path) && is_description(&std::fs::read(&path)?) {
            files.push(path);
        }
    }
    files.sort();
    let mut taken = BTreeSet::new();
    files.into_iter().map(|path| description(folder, path, &mut taken)).collect()
}

fn is_named_so(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["yaml", "yml", "json"].contains(&extension.to_ascii_lowercase().as_str())
}

/// Whether a text says at its top that it is a description. Told from the text alone: reading it is what is tried out.
fn is_description(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    if !text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with('{') {
        return text.lines().any(|line| marker(line.trim_start_matches('\u{feff}')).is_some());
    }
    // JSON in any layout: the key, with a version as its value.
    text.match_indices(['"']).any(|(at, _)| {
        let value = text.get(at..).and_then(marker).unwrap_or_default();
        value.trim_start().trim_start_matches('"').starts_with(['2', '3'])
    })
}

/// What stands behind `openapi:` or `swagger:`, the key quoted or not.
fn marker(text: &str) -> Option<&str> {
    let text = text.strip_prefix(['"', '\'']).unwrap_or(text);
    let rest = text.strip_prefix("openapi").or_else(|| text.strip_prefix("swagger"))?;
    rest.strip_prefix(['"', '\'']).unwrap_or(rest).trim_start().strip_prefix(':')
}

fn description(root: &Path, path: PathBuf, taken: &mut BTreeSet<String>) -> std::io::Result<Description> {
    let own = path.strip_prefix(root).ok().filter(|own| !own.as_os_str().is_empty());
    let own = own.unwrap_or_else(|| path.file_name().map_or(path.as_path(), Path::new));
    let name = own.to_string_lossy().replace('\\', "/");
    let stem = own.with_extension("");
    let wanted = [slug(&stem.to_string_lossy()), slug(&name)];
    let free = wanted.iter().find(|name| !taken.contains(*name)).cloned();
    let [_, long] = wanted;
    let crate_name = free.unwrap_or_else(|| format!("{long}-{}", taken.len()));
    taken.insert(crate_name.clone());
    let bytes = path.metadata()?.len();
    Ok(Description { name, path, crate_name, bytes })
}

/// Lower-case letters, digits and single hyphens, with a letter in front.
fn slug(name: &str) -> String {
    let mut slug = String::from("c");
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-').replacen('c', "c-", 1);
    slug.replace("--", "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_says_so_at_its_top() {
        for text in [
            "openapi: 3.0.3\n",
            "\u{feff}openapi: 3.1.0\n",
            "info: {}\nswagger: '2.0'\n",
            "'openapi' : 3.0.0\n",
            "{\"openapi\":\"3.0.0\"}",
            "\n{\n  \"info\": {},\n  \"swagger\" : \"2.0\"\n}",
        ] {
            assert!(is_description(text.as_bytes()), "{text}");
        }
        for text in ["type: object\n", "  openapi: 3.0.3\n", "{\"properties\": {\"openapi\": {}}}", "[]", ""] {
            assert!(!is_description(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_folder_gives_each_description_a_name_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("a/api.yaml", "openapi: 3.0.3"),
            ("a/api.json", "{\"openapi\": \"3.0.3\"}"),
            ("a/parts/pet.yaml", "type: object"),
            ("b.txt", "openapi: 3.0.3"),
        ] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let found = find(folder.path()).unwrap();
        let names: Vec<_> = found.iter().map(|found| (found.name.as_str(), found.crate_name.as_str())).collect();
        assert_eq!(names, [("a/api.json", "c-a-api"), ("a/api.yaml", "c-a-api-yaml")]);
        let alone = find(&folder.path().join("a/api.yaml")).unwrap();
        assert_eq!((alone[0].name.as_str(), alone[0].bytes), ("api.yaml", 14));
    }
}
