//! JSON pointers (RFC 6901): how every stage names a place in a description.

use std::fmt;
use std::sync::Arc;

/// A JSON pointer in its URI fragment form, such as `#/paths/~1pets/get`.
///
/// The text is kept unescaped for percent signs: it is what RFC 6901, section 5 writes, with a leading `#` so that a reader
/// sees that it is a place in the document. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Arc<str>);

impl Pointer {
    /// The whole document, `#`.
    pub fn root() -> Self {
        Self(Arc::from("#"))
    }

    /// The pointer to `token` (a member's name, not yet escaped) below this one.
    #[must_use]
    pub fn child(&self, token: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + token.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for character in token.chars() {
            match character {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
        Self(Arc::from(text))
    }

    /// The pointer to the item `index` (from 0) below this one.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        Self(Arc::from(format!("{}/{index}", self.0)))
    }

    /// The pointer that a local `$ref` (`#`, or `#/…`) names: percent-decoded as RFC 3986 says of fragments, `None` when
    /// `reference` is not a pointer into the same document.
    pub fn from_reference(reference: &str) -> Option<Self> {
        let fragment = reference.strip_prefix('#')?;
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return None;
        }
        let decoded = percent_decode(fragment)?;
        Some(Self(Arc::from(format!("#{decoded}"))))
    }

    /// The pointer whose text this is, as [`Pointer::as_str`] gives it; `None` when it is none.
    pub fn from_canonical(text: &str) -> Option<Self> {
        let (_, path) = text.split_once('#')?;
        (path.is_empty() || path.starts_with('/')).then(|| Self(Arc::from(text)))
    }

    /// The text, with the leading `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The unescaped tokens, from the root down.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        let body = self.0.get(1..).unwrap_or_default();
        body.split('/').skip(1).map(unescape)
    }

    /// The last token, unescaped; `None` at the root.
    pub fn last(&self) -> Option<String> {
        let (_, token) = self.0.rsplit_once('/')?;
        Some(unescape(token))
    }

    /// The pointer one level up; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(Arc::from(parent)))
    }

    /// Whether `self` is `other` or lies below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.strip_prefix(&*other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_escaped_and_come_back_whole() {
        let pointer = Pointer::root().child("paths").child("/a~b/{id}").item(3);
        assert_eq!(pointer.as_str(), "#/paths/~1a~0b~1{id}/3");
        let tokens: Vec<_> = pointer.tokens().collect();
        assert_eq!(tokens, ["paths", "/a~b/{id}", "3"]);
        assert_eq!(pointer.last().as_deref(), Some("3"));
        assert_eq!(Pointer::root().last(), None);
        assert_eq!(Pointer::root().parent(), None);
    }

    #[test]
    fn references_are_percent_decoded() {
        let decoded = Pointer::from_reference("#/paths/~1a%7Bid%7D");
        assert_eq!(decoded.as_ref().map(Pointer::as_str), Some("#/paths/~1a{id}"));
        for bad in ["other.yaml#/a", "#a", "", "#/%", "#/%zz", "#/%ff"] {
            assert_eq!(Pointer::from_reference(bad), None, "{bad}");
        }
    }

    #[test]
    fn within_compares_whole_tokens() {
        let base = Pointer::root().child("a");
        assert!(base.child("b").is_within(&base));
        assert!(base.is_within(&base));
        assert!(!Pointer::root().child("ab").is_within(&base));
    }
}
