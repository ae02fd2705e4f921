//! The manifest, `clientwright.lock`: which files in the folder are ours, and what we wrote into them.
//!
//! ```text
//! # The files here that clientwright owns. Commit this file; `clientwright generate` keeps it.
//! version 1
//! input <sha256>
//! file <sha256> <path>
//! ```
//!
//! One entry a line, sorted, so that branches merge; after a merge a path may be there twice, and then either content is
//! ours. Lines that begin with another word are kept as they are: a later version may record more (such as names), and
//! an older generator must not lose it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::{disk, paths};
use crate::emit::Files;

/// The name of the manifest in the output folder.
pub const FILE_NAME: &str = "clientwright.lock";

const HEADER: &str =
    "# The files here that clientwright owns. Commit this file; `clientwright generate` keeps it.\nversion 1\n";

/// What the manifest says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    inputs: BTreeSet<String>,
    files: BTreeMap<String, BTreeSet<String>>,
    /// Lines that this version doesn't know, whole.
    others: BTreeSet<String>,
}

impl Manifest {
    /// The manifest of `files`; what `old` has and this version doesn't know stays.
    pub(super) fn of(files: &Files, input: &str, old: &Self) -> Self {
        let hash = |(path, content): (&String, &String)| (path.clone(), BTreeSet::from([digest([content.as_bytes()])]));
        Self {
            inputs: BTreeSet::from([input.to_owned()]),
            files: files.0.iter().map(hash).collect(),
            others: old.others.clone(),
        }
    }

    /// Both: what either knows as ours is ours.
    pub(super) fn merged(&self, other: &Self) -> Self {
        let mut merged = self.clone();
        merged.inputs.extend(other.inputs.iter().cloned());
        merged.others.extend(other.others.iter().cloned());
        for (path, hashes) in &other.files {
            merged.files.entry(path.clone()).or_default().extend(hashes.iter().cloned());
        }
        merged
    }

    /// Whether there is none, or one that says nothing.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The files, each with the hashes of what we may have written into it.
    pub(super) fn files(&self) -> &BTreeMap<String, BTreeSet<String>> {
        &self.files
    }

    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let mut text = HEADER.to_owned();
        for input in &self.inputs {
            let _ = writeln!(text, "input {input}");
        }
        for other in &self.others {
            let _ = writeln!(text, "{other}");
        }
        for (path, hashes) in &self.files {
            for hash in hashes {
                let _ = writeln!(text, "file {hash} {path}");
            }
        }
        text
    }

    /// Reads the file; the reason, with the line, when it can't be understood.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        let mut manifest = Self::default();
        let mut versioned = false;
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let at = |reason: String| format!("line {}: {reason}", index + 1);
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["version", "1"] => versioned = true,
                ["version", other] => {
                    return Err(at(format!("version {} was written by a later clientwright", other.escape_debug())));
                }
                ["input", hash] if is_hash(hash) => {
                    manifest.inputs.insert((*hash).to_owned());
                }
                ["file", hash, path] if is_hash(hash) => {
                    if let Some(reason) = paths::refuse(path) {
                        return Err(at(format!("`{}` can't be a path of ours: {reason}", path.escape_debug())));
                    }
                    manifest.files.entry((*path).to_owned()).or_default().insert((*hash).to_owned());
                }
                ["version" | "input" | "file", ..] => return Err(at("this is not an entry".to_owned())),
                [word, _, ..] if word.bytes().all(|byte| byte.is_ascii_lowercase()) && !word.is_empty() => {
                    manifest.others.insert(line.to_owned());
                }
                _ => return Err(at("this is not an entry".to_owned())),
            }
        }
        if versioned { Ok(manifest) } else { Err("it has no line `version 1`".to_owned()) }
    }
}

/// The SHA-256 of the parts, each with its length before it when there are several, in lower-case hexadecimal; CR LF
/// counts as LF.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    let mut parts = parts.into_iter().map(disk::fold).peekable();
    if let Some(first) = parts.next() {
        let several = parts.peek().is_some();
        for part in std::iter::once(first).chain(parts) {
            if several {
                hasher.update((part.len() as u64).to_le_bytes());
            }
            hasher.update(&part);
        }
    }
    hasher.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        Files(list.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let input = digest([b"x".as_slice()]);
        let manifest = Manifest::of(&files(&[("src/lib.rs", "a"), ("Cargo.toml", "b")]), &input, &Manifest::default());
        insta::assert_snapshot!(manifest.text(), @r"
        # The files here that clientwright owns. Commit this file; `clientwright generate` keeps it.
        version 1
        input 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881
        file 3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d Cargo.toml
        file ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb src/lib.rs
        ");
        assert_eq!(Manifest::parse(manifest.text().as_bytes()), Ok(manifest.clone()));
        let windows = manifest.text().replace('\n', "\r\n");
        assert_eq!(Manifest::parse(windows.as_bytes()), Ok(manifest));
    }

    #[test]
    fn a_merge_that_keeps_both_sides_is_fine() {
        let ours = Manifest::of(&files(&[("a", "1")]), &digest([b"1".as_slice()]), &Manifest::default());
        let theirs = Manifest::of(&files(&[("a", "2"), ("b", "2")]), &digest([b"2".as_slice()]), &Manifest::default());
        let both = format!("{}{}", theirs.text(), ours.text());
        assert_eq!(Manifest::parse(both.as_bytes()), Ok(ours.merged(&theirs)));
        assert_eq!(ours.merged(&theirs).files().get("a").map(BTreeSet::len), Some(2));
    }

    #[test]
    fn lines_of_a_later_version_stay() {
        let read = Manifest::parse(b"version 1\nname #/components/schemas/Pet Pet\n");
        let next = read.map(|old| Manifest::of(&files(&[]), "0", &old).text());
        assert!(next.is_ok_and(|text| text.contains("\nname #/components/schemas/Pet Pet\n")));
    }

    #[test]
    fn what_is_not_a_manifest_is_refused() {
        let hash = digest([b"".as_slice()]);
        let bad = [
            "".to_owned(),
            format!("file {hash} a\n"),
            "version 2\n".to_owned(),
            "version 1\n<<<<<<< HEAD\n".to_owned(),
            "version 1\n=======\n".to_owned(),
            "version 1\nfile abc a\n".to_owned(),
            format!("version 1\nfile {hash} ../a\n"),
            format!("version 1\nfile {hash} /etc/passwd\n"),
            format!("version 1\nfile {hash} a b\n"),
            format!("version 1\nfile {hash}\n"),
        ];
        for text in bad {
            assert!(Manifest::parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(Manifest::parse(b"version 1\n\xff").is_err());
    }

    #[test]
    fn digests_read_crlf_as_lf_and_keep_parts_apart() {
        assert_eq!(digest([b"a\r\nb".as_slice()]), digest([b"a\nb".as_slice()]));
        assert_ne!(digest([b"a\rb".as_slice()]), digest([b"a\nb".as_slice()]));
        assert_ne!(digest([b"ab".as_slice(), b"c"]), digest([b"a".as_slice(), b"bc"]));
    }
}
