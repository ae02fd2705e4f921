//! Paths by their text: what is inside what, and which folder can't be the output. Touches no disk, so links are not
//! followed here; writing looks again, through links.

use std::path::{Component, Path, PathBuf};

/// The path from the root on, without `.` and `..`; unchanged where the current folder is unknown.
pub fn absolute(path: &Path) -> PathBuf {
    tidy(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// The path without `.`, and without `..` where a name stands before it: for reading, and for comparing.
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match tidy.components().next_back() {
                Some(Component::Normal(_)) => {
                    tidy.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => tidy.push(".."),
            },
            other => tidy.push(other),
        }
    }
    if tidy.as_os_str().is_empty() { PathBuf::from(".") } else { tidy }
}

/// `path` as seen from the folder `from`, which is absolute and tidy: with `/`, and `../` for each step up.
pub fn relative(from: &Path, path: &Path) -> String {
    let path = absolute(path);
    let names = |path: &Path| path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let (from, path): (Vec<String>, Vec<String>) = (names(from), names(&path));
    let common = from.iter().zip(&path).take_while(|(from, path)| from == path).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(path.iter().skip(common).map(String::as_str)).collect::<Vec<_>>().join("/")
}

/// Why `out` can't be the output folder; `None` when it can.
pub fn refuse_out(out: &Path, spec: &Path, config: Option<&Path>, home: Option<&Path>) -> Option<&'static str> {
    refuse_absolute(&absolute(out), &absolute(spec), config.map(absolute).as_deref(), home)
}

/// [`refuse_out`] for paths that are absolute and tidy.
pub(crate) fn refuse_absolute(
    out: &Path,
    spec: &Path,
    config: Option<&Path>,
    home: Option<&Path>,
) -> Option<&'static str> {
    if out.parent().is_none() {
        Some("this is the root of the file system")
    } else if home.is_some_and(|home| home == out) {
        Some("this is the home folder")
    } else if home.is_some_and(|home| home.starts_with(out)) {
        Some("the home folder lies inside")
    } else if config.is_some_and(|config| config.starts_with(out)) {
        Some("the configuration lies inside")
    } else if spec.starts_with(out) {
        Some("the description lies inside")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_tidied_by_their_text() {
        for (path, wanted) in [
            ("spec/../client", "client"),
            ("./a/./b", "a/b"),
            ("../a", "../a"),
            ("a/..", "."),
            ("/../a", "/a"),
            ("../..", "../.."),
        ] {
            assert_eq!(tidy(Path::new(path)), Path::new(wanted), "{path}");
        }
    }

    #[test]
    fn a_path_is_told_from_a_folder() {
        let told = |path: &str| relative(Path::new("/w/p/client"), Path::new(path));
        assert_eq!(told("/w/p/spec/api.yaml"), "../spec/api.yaml");
        assert_eq!(told("/w/p/client/a"), "a");
        assert_eq!(told("/x"), "../../../x");
    }

    #[test]
    fn an_output_folder_is_a_folder_of_its_own() {
        let refuse = |out: &str| {
            let path = |text: &str| tidy(Path::new(text));
            refuse_absolute(&path(out), &path("/w/p/spec/api.yaml"), Some(&path("/w/p/conf/c.toml")), Some(&path("/w")))
        };
        assert_eq!(refuse("/w/p/client"), None);
        assert_eq!(refuse("/w/p/spec/../client"), None);
        for bad in ["/", "/w", "/w/p/..", "/w/p", "/w/p/conf", "/w/p/spec", "/w/p/spec/api.yaml", "/w/p/client/../spec"]
        {
            assert!(refuse(bad).is_some(), "{bad}");
        }
        assert_eq!(
            refuse_absolute(Path::new("/h"), Path::new("/s"), None, Some(Path::new("/h/me"))),
            Some("the home folder lies inside")
        );
    }
}
