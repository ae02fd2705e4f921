//! Which paths may be written: the text of a path goes in, the reason why it won't do comes out.

use std::collections::BTreeMap;
use std::path::Path;

use super::MANIFEST;
use crate::config::paths::tidy;
use crate::config::values::is_reserved_on_windows;
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::emit::Files;

/// A path as messages name it: `client` for `spec/../client`.
pub(super) fn shown(path: &Path) -> String {
    tidy(path).display().to_string()
}

/// Why a path can't be one of ours; `None` when it can.
pub(super) fn refuse(path: &str) -> Option<&'static str> {
    const LONGEST: usize = 400;
    const LONGEST_PART: usize = 120;
    if path.is_empty() || path.len() > LONGEST {
        return Some("it is empty or too long");
    }
    if !path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/')) {
        return Some("it may have ASCII letters, digits, `_`, `-`, `.` and `/` only");
    }
    for part in path.split('/') {
        let visible = !part.starts_with('.') || matches!(part, ".gitattributes" | ".gitignore");
        let reason = if part.is_empty() {
            "it must be relative, and no part may be empty"
        } else if part == "." || part == ".." {
            "it must not have `.` or `..` as a part"
        } else if !visible {
            "hidden files and folders are not ours"
        } else if part.ends_with('.') || is_reserved_on_windows(part) {
            "Windows can't have a file of this name"
        } else if part.len() > LONGEST_PART {
            "a part of it is too long"
        } else {
            continue;
        };
        return Some(reason);
    }
    if path.eq_ignore_ascii_case(MANIFEST) { Some("the manifest has this name") } else { None }
}

/// Reports every path that can't be written, and paths that can't stand beside one another; `None` if there are any.
pub(super) fn check(files: &Files, found: &mut Diagnostics) -> Option<()> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut good = true;
    let mut report =
        |path: &str, reason: &str| {
            good = false;
            let message = format!("`{}` can't be written: {reason}", path.escape_debug());
            found.push(Diagnostic::new(&diag::WRITE_PATH, message).help(
                "the name that it was made of can be set in the configuration, in `[names.types]` or `[resources]`",
            ));
        };
    for path in files.0.keys() {
        if let Some(reason) = refuse(path) {
            report(path, reason);
        } else if let Some(other) = seen.insert(path.to_ascii_lowercase(), path) {
            report(path, &format!("it differs from `{other}` in case only"));
        }
    }
    for path in files.0.keys() {
        let folders = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        for folder in folders {
            if let Some(file) = seen.get(&folder.to_ascii_lowercase()) {
                report(path, &format!("`{file}` would have to be both a file and a folder"));
            }
        }
    }
    good.then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_relative_paths_are_ours() {
        for good in ["Cargo.toml", "src/types/session.rs", ".gitattributes", "a-b/c_d.1"] {
            assert_eq!(refuse(good), None, "{good}");
        }
        let bad = [
            "",
            "/abs",
            "../evil",
            "a/../../evil",
            "..",
            ".",
            "a/./b",
            "a//b",
            "a/",
            "..%2fevil",
            "a\\b",
            "C:a",
            "．．/evil",
            "ä.rs",
            "a b",
            "a\nb",
            "a\0",
            ".git/hooks/pre-commit",
            ".cargo/config.toml",
            "src/con.rs",
            "src/a.",
            "clientwright.lock",
            "Clientwright.LOCK",
        ];
        for bad in bad {
            assert!(refuse(bad).is_some(), "{bad:?}");
        }
        assert!(refuse(&"a".repeat(121)).is_some());
        assert!(refuse(&"aaaa/".repeat(100)).is_some());
    }
}
