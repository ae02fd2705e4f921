//! UUIDs that keep their text.

use super::text::{self, text};

/// A UUID (RFC 9562), or what a server sends in its place.
///
/// OpenAPI's `format` annotates and doesn't assert, so reading one never fails on its text; ask
/// [`to_u128`](Self::to_u128) whether it is one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid {
    text: Box<str>,
}

text!(Uuid);

impl Uuid {
    /// The 128 bits, if the text is a UUID in its usual form: 32 hexadecimal digits in groups of 8,
    /// 4, 4, 4 and 12 (RFC 9562, section 4).
    #[must_use]
    pub fn to_u128(&self) -> Option<u128> {
        let is_form = self.text.len() == 36
            && self
                .text
                .bytes()
                .enumerate()
                .all(|(index, byte)| match index {
                    8 | 13 | 18 | 23 => byte == b'-',
                    _ => byte.is_ascii_hexdigit(),
                });
        is_form
            .then(|| self.text.replace('-', ""))
            .and_then(|digits| u128::from_str_radix(&digits, 16).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_read_on_demand() {
        let uuid = Uuid::from("00000000-0000-0000-0000-0000000000fF");
        assert_eq!(uuid.to_u128(), Some(255));
    }

    #[test]
    fn odd_texts_have_no_bits() {
        for text in [
            "",
            "abcdef-ghijkl",
            "0000000000000000000000000000000000ff",
            "é",
        ] {
            assert_eq!(Uuid::from(text).to_u128(), None, "{text}");
        }
    }
}
