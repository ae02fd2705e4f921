//! Bytes → text: takes what a file holds, gives its text without the byte order mark, or says where it stops being UTF-8.
//! Never guesses an encoding.

use std::path::Path;

use super::Limits;
use crate::diag::{Diagnostic, Diagnostics, ENCODING, LIMIT_EXCEEDED};
use crate::source::{FileId, Sources, Span};

/// Takes in a file's bytes as a source; `None` when they are too many or not UTF-8 (and says so).
pub(super) fn decode(
    path: &Path,
    bytes: Vec<u8>,
    limits: &Limits,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<FileId> {
    if bytes.len() > limits.bytes {
        diagnostics.push(too_large(path, limits));
        return None;
    }
    if let Some(name) = wide_encoding(&bytes) {
        diagnostics.push(
            Diagnostic::new(&ENCODING, format!("`{}` is {name}, not UTF-8", path.display()))
                .help("convert the file to UTF-8"),
        );
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Some(sources.add(path, text))
        }
        Err(error) => {
            diagnostics.push(not_utf8(path, &error, sources));
            None
        }
    }
}

/// The finding that a file has more bytes than allowed.
pub(super) fn too_large(path: &Path, limits: &Limits) -> Diagnostic {
    let message = format!("`{}` has more than {} bytes", path.display(), limits.bytes);
    Diagnostic::new(&LIMIT_EXCEEDED, message)
        .help("raise `limits.bytes` in the configuration if the file is as it should be")
}

/// The encodings that RFC 8259's and YAML 1.2.2's tables tell apart by the first four bytes.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, _, ..] | [_, 0, 0, 0, ..] => Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..] => Some("UTF-16"),
        _ => None,
    }
}

/// Keeps the text with replacement characters, so that the place can be shown: up to the bad byte it is the file's own.
fn not_utf8(path: &Path, error: &std::string::FromUtf8Error, sources: &mut Sources) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let byte = error.as_bytes().get(at).copied().unwrap_or_default();
    let file = sources.add(path, String::from_utf8_lossy(error.as_bytes()).into_owned());
    Diagnostic::new(&ENCODING, format!("byte {at} (0x{byte:02x}) of `{}` is not UTF-8", path.display()))
        .at(Span { file, bytes: at..at + '\u{fffd}'.len_utf8() })
        .help("convert the file to UTF-8; a file in Latin-1 or Windows-1252 looks like this")
}
