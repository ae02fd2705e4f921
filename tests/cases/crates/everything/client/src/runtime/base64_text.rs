//! Bytes as texts of base64, which are kept as they came.

use super::base64;
use super::text::{self, text};

/// Bytes as base64 (RFC 4648), or what a server sends in its place.
///
/// `Base64::from` makes one of bytes. OpenAPI's `format` annotates and doesn't assert, so reading one
/// never fails on its text; [`to_bytes`](Self::to_bytes) has the bytes. Two are equal when their texts
/// are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Base64 {
    text: Box<str>,
}

text!(@kept Base64);

impl Base64 {
    /// Takes a text that is base64 already; it is sent as it is.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self {
            text: text.into().into(),
        }
    }

    /// The bytes, if the text is base64: in the usual alphabet or the one for URLs (RFC 4648, sections
    /// 4 and 5), with or without padding and line breaks.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.text.len() / 4 * 3);
        let (mut bits, mut count) = (0_u32, 0);
        let text = self.text.trim_ascii_end();
        let unpadded = text.trim_end_matches('=');
        if text.len() - unpadded.len() > 2 {
            return None;
        }
        for byte in unpadded.bytes() {
            if byte.is_ascii_whitespace() {
                continue;
            }
            bits = bits << 6 & 0xff_ffff | u32::from(value(byte)?);
            count += 1;
            match count % 4 {
                0 => bytes.extend_from_slice(bits.to_be_bytes().get(1..)?),
                _ => continue,
            }
        }
        // What is left of the last four: two characters are a byte, three are two.
        match count % 4 {
            0 => {}
            2 => bytes.extend_from_slice((bits << 12).to_be_bytes().get(1..2)?),
            3 => bytes.extend_from_slice((bits << 6).to_be_bytes().get(1..3)?),
            _ => return None,
        }
        Some(bytes)
    }
}

/// The six bits of a character.
fn value(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self::from_text(base64::encode(bytes))
    }
}

impl<const N: usize> From<&[u8; N]> for Base64 {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(bytes.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_as_they_were_written() {
        let all: Vec<u8> = (0..=255).collect();
        for length in 0..all.len() {
            let bytes = all.get(length..).unwrap();
            let text = Base64::from(bytes);
            assert_eq!(text.to_bytes().as_deref(), Some(bytes));
            let bare = Base64::from_text(text.as_str().trim_end_matches('='));
            assert_eq!(bare.to_bytes().as_deref(), Some(bytes));
        }
    }

    #[test]
    fn both_alphabets_and_line_breaks_are_read() {
        for text in ["/+++", "_---", " /+\r\n++\n"] {
            let bytes = Base64::from_text(text).to_bytes();
            assert_eq!(bytes.as_deref(), Some(&[255, 239, 190][..]), "{text}");
        }
    }

    #[test]
    fn what_is_no_base64_has_no_bytes() {
        for text in ["A", "AAAAA", "A===", "AA=A", "====", "\u{e9}", "AA*="] {
            let odd: Base64 = serde_json::from_value(text.into()).unwrap();
            assert_eq!(odd.to_bytes(), None, "{text}");
            assert_eq!(odd.as_str(), text);
        }
    }
}
