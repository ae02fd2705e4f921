//! The manifest, `clientwright.lock`: which files in the folder are ours, and what we wrote into them.
//!
//! ```text
//! # The files here that clientwright owns, and the names that it gave. Commit this file; `clientwright generate` keeps it.
//! version 1
//! vendored <key> <value>
//! input <sha256> <path from this folder>
//! file <sha256> <path>
//! type <pointer> <Ident>
//! member <pointer> <ident>
//! ```
//!
//! One entry a line, sorted, so that branches merge; after a merge a path may be there twice, and then either content is
//! ours; of two names of one thing, the first counts. Spaces and control characters in pointers and in paths of inputs are
//! percent-encoded. Lines that begin with another word are kept as they are: a later version may record more, and an older
//! generator must not lose it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::{disk, paths};
use crate::aside;
use crate::config::Record;
use crate::emit::Files;
use crate::model::Delivery;
use crate::name::{Lock, Named};
use crate::pointer::Pointer;

/// The name of the manifest in the output folder.
pub const FILE_NAME: &str = "clientwright.lock";

/// The first lines; `command` keeps the file.
fn header(command: &str) -> String {
    format!(
        "# The files here that clientwright owns, and the names that it gave. Commit this file; `clientwright {command}` keeps it.\n\
         version 1\n"
    )
}

/// What the manifest says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// What the output was made of: digests, by path.
    inputs: BTreeMap<String, BTreeSet<String>>,
    files: BTreeMap<String, BTreeSet<String>>,
    names: Lock,
    /// For a copy from another workspace: what was asked for.
    record: Option<Record>,
    /// Lines that this version doesn't know, whole.
    others: BTreeSet<String>,
}

impl Manifest {
    /// The manifest of `files`; what `old` has and this version doesn't know stays.
    pub(super) fn of(
        files: &Files,
        inputs: &BTreeMap<String, String>,
        names: &Lock,
        record: Option<&Record>,
        old: &Self,
    ) -> Self {
        let all: Vec<(&String, &String)> = files.0.iter().collect();
        let (first, second) = all.split_at(all.len() / 2);
        let hash = |(path, content): &(&String, &String)| {
            (String::clone(path), BTreeSet::from([digest([content.as_bytes()])]))
        };
        let hashes = |files: &[(&String, &String)]| files.iter().map(hash).collect::<Vec<_>>();
        let (first, second) = aside::both(|| hashes(first), || hashes(second));
        Self {
            inputs: inputs.iter().map(|(path, digest)| (path.clone(), BTreeSet::from([digest.clone()]))).collect(),
            files: first.into_iter().chain(second).collect(),
            names: names.clone(),
            record: record.cloned(),
            others: old.others.clone(),
        }
    }

    /// The names.
    pub(super) fn names(self) -> Lock {
        self.names
    }

    /// What was asked for, where this is of a copy.
    pub(super) fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// The inputs that are other than they were for `old`.
    pub(super) fn changed_inputs(&self, old: &Self) -> Vec<&str> {
        let changed = self.inputs.iter().filter(|(path, digests)| old.inputs.get(*path) != Some(*digests));
        changed.map(|(path, _)| path.as_str()).collect()
    }

    /// Both: what either knows as ours is ours.
    pub(super) fn merged(&self, other: &Self) -> Self {
        let mut merged = self.clone();
        for (path, digests) in &other.inputs {
            merged.inputs.entry(path.clone()).or_default().extend(digests.iter().cloned());
        }
        merged.names.0.extend(other.names.0.iter().map(|(key, name)| (key.clone(), name.clone())));
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
        let mut text = header(if self.record.is_some() { "vendor" } else { "generate" });
        for (key, value) in self.record.iter().flat_map(Record::entries) {
            let _ = writeln!(text, "vendored {key} {}", encoded(value));
        }
        for (path, digests) in &self.inputs {
            for digest in digests {
                let _ = writeln!(text, "input {digest} {}", encoded(path));
            }
        }
        for other in &self.others {
            let _ = writeln!(text, "{other}");
        }
        for (path, hashes) in &self.files {
            for hash in hashes {
                let _ = writeln!(text, "file {hash} {path}");
            }
        }
        for ((named, pointer), name) in &self.names.0 {
            let _ = writeln!(text, "{} {} {name}", named.as_str(), encoded(pointer.as_str()));
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
                ["vendored", key, value] => {
                    let value = decoded(value).ok_or_else(|| at("this is not an entry".to_owned()))?;
                    let record = manifest.record.get_or_insert_with(|| Record::new(Delivery::Crate));
                    if !record.take(key, value) {
                        manifest.others.insert(line.to_owned());
                    }
                }
                // What an earlier version wrote says nothing of which file it was.
                ["input", hash] if is_hash(hash) => drop(manifest.inputs.entry(String::new()).or_default()),
                ["input", hash, path] if is_hash(hash) => {
                    let path = decoded(path).ok_or_else(|| at("this is not an entry".to_owned()))?;
                    manifest.inputs.entry(path).or_default().insert((*hash).to_owned());
                }
                ["file", hash, path] if is_hash(hash) => {
                    if let Some(reason) = paths::refuse(path) {
                        return Err(at(format!("`{}` can't be a path of ours: {reason}", path.escape_debug())));
                    }
                    manifest.files.entry((*path).to_owned()).or_default().insert((*hash).to_owned());
                }
                [word, pointer, name] if named(word).is_some() => {
                    let pointer = decoded(pointer).and_then(|text| Pointer::from_canonical(&text));
                    let key = named(word).zip(pointer).ok_or_else(|| at("this is not an entry".to_owned()))?;
                    manifest.names.0.entry(key).or_insert_with(|| (*name).to_owned());
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

fn named(word: &str) -> Option<Named> {
    Named::ALL.into_iter().find(|named| named.as_str() == word)
}

/// A text without spaces and control characters, which are percent-encoded.
fn encoded(text: &str) -> Cow<'_, str> {
    let is_encoded = |character: char| character == '%' || character.is_whitespace() || character.is_control();
    if !text.contains(is_encoded) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_encoded(character) {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// The text that was encoded; `None` when none was.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.split('%');
    bytes.extend(rest.next()?.bytes());
    for part in rest {
        let (hex, after) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(hex, 16).ok()?);
        bytes.extend(after.bytes());
    }
    String::from_utf8(bytes).ok()
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
mod tests;
