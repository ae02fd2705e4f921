//! JSON pointers (RFC 6901): how every stage names a place in a description. A place in another file than the root document
//! has that file's path in front, relative to the root document's folder: `shared/pet.yaml#/properties/name`. So a pointer
//! is the same on every machine.

use std::borrow::{Borrow, Cow};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

/// A JSON pointer in its URI fragment form, such as `#/paths/~1pets/get`.
///
/// The text is kept unescaped for percent signs: it is what RFC 6901, section 5 writes, with a leading `#` so that a reader
/// sees that it is a place in the document. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Arc<str>);

/// A map by pointers: they are long, many, and looked up at every turn.
pub(crate) type PointerMap<V> = HashMap<Pointer, V, RandomState>;

/// A set of pointers.
pub(crate) type PointerSet = HashSet<Pointer, RandomState>;

/// A map by pointers, in the order in which they came.
pub(crate) type PointerList<V> = IndexMap<Pointer, V, RandomState>;

/// A map by pointers can be asked with their texts.
impl Borrow<str> for Pointer {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

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
        let mut rest = token;
        while let Some((plain, special)) = rest.find(['~', '/']).and_then(|at| rest.split_at_checked(at)) {
            text.push_str(plain);
            text.push_str(if special.starts_with('~') { "~0" } else { "~1" });
            rest = special.get(1..).unwrap_or_default();
        }
        text.push_str(rest);
        Self(Arc::from(text))
    }

    /// The pointer to the item `index` (from 0) below this one.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        Self(Arc::from(format!("{}/{index}", self.0)))
    }

    /// The whole of another file, by its path from the root document's folder, with `/`.
    pub fn of_file(path: &str) -> Self {
        Self(Arc::from(format!("{}#", path.replace('%', "%25").replace('#', "%23"))))
    }

    /// The place that the text of a `$ref` names (RFC 3986, section 5.2) which stands at this place; `name` is the root
    /// document's own file. `None` when it is a URL or an absolute path, or its fragment is not a JSON pointer. The file
    /// may lie above the root document's folder: its path then begins with `../`. `#/` is the whole file, as many tools read
    /// it, rather than a member with an empty name (RFC 6901, section 5), which no description has at its root.
    pub fn target(&self, reference: &str, name: &str) -> Option<Self> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return None;
        }
        let mut target = match path {
            "" => Self(Arc::from(self.0.get(..=self.0.find('#')?)?)),
            path => join(&self.file().unwrap_or_default(), path, name)?,
        };
        if fragment == "/" {
            return Some(target);
        }
        for token in percent_decode(fragment)?.split('/').skip(1) {
            target = target.child(&unescape(token));
        }
        Some(target)
    }

    /// The text of a `$ref` at the place `from` that names this place: what [`Pointer::target`] reads.
    pub fn told_from(&self, from: &Self, name: &str) -> String {
        let fragment = self.body().replace('%', "%25");
        if self.file() == from.file() {
            return format!("#{fragment}");
        }
        let (there, here) = (self.file().unwrap_or_else(|| name.to_owned()), from.file().unwrap_or_default());
        let mut there: Vec<&str> = there.split('/').collect();
        let mut here: Vec<&str> = here.split('/').collect();
        here.pop();
        while there.len() > 1 && here.first().is_some_and(|first| there.first() == Some(first)) {
            here.remove(0);
            there.remove(0);
        }
        let up = "../".repeat(here.len());
        // A colon before the first slash would be a scheme's (RFC 3986, section 4.2).
        let path = there.join("/").replace('%', "%25").replace('#', "%23").replace(':', "%3A");
        format!("{up}{path}#{fragment}")
    }

    /// The path of the file, relative to the root document's folder; `None` in the root document.
    pub fn file(&self) -> Option<String> {
        let (file, _) = self.0.split_once('#')?;
        (!file.is_empty()).then(|| file.replace("%23", "#").replace("%25", "%"))
    }

    /// Whether it is the whole of a file.
    pub fn is_root(&self) -> bool {
        self.body().is_empty()
    }

    /// What it would be called: its last token, or the name of the file that it is the whole of, without its extension.
    pub fn name(&self) -> Option<String> {
        self.last().or_else(|| {
            let file = self.file()?;
            let name = file.rsplit('/').next().unwrap_or_default();
            Some(name.split_once('.').map_or(name, |(stem, _)| stem).to_owned())
        })
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
    pub fn tokens(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.body().split('/').skip(1).map(unescape)
    }

    /// The last token, unescaped; `None` at the root.
    pub fn last(&self) -> Option<String> {
        let (_, token) = self.body().rsplit_once('/')?;
        Some(unescape(token).into_owned())
    }

    /// The pointer one level up; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        let (_, token) = self.body().rsplit_once('/')?;
        Some(Self(Arc::from(self.0.get(..self.0.len() - token.len() - 1)?)))
    }

    /// What stands behind the `#`.
    fn body(&self) -> &str {
        self.0.split_once('#').map_or("", |(_, body)| body)
    }

    /// Whether `self` is `other` or lies below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.strip_prefix(&*other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The file at `path` as seen from the file `base` (both relative to the root document's folder, whose file is `name`).
fn join(base: &str, path: &str, name: &str) -> Option<Pointer> {
    // A scheme ends at the first colon before any slash (RFC 3986, section 4.2).
    let first = path.split('/').next().unwrap_or_default();
    if path.starts_with('/') || first.contains(':') {
        return None;
    }
    let decoded = percent_decode(path)?;
    let mut segments: Vec<&str> = base.split('/').collect();
    segments.pop();
    for segment in decoded.split('/') {
        match segment {
            "" | "." => {}
            ".." if segments.last().is_some_and(|last| *last != "..") => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    let path = segments.join("/");
    Some(if path == name { Pointer::root() } else { Pointer::of_file(&path) })
}

/// A token as it was before it was escaped (RFC 6901, section 4).
pub(crate) fn unescape(token: &str) -> Cow<'_, str> {
    if !token.contains('~') {
        return Cow::Borrowed(token);
    }
    let mut parts = token.split('~');
    let mut text = String::with_capacity(token.len());
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (character, rest) = match part.as_bytes().first() {
            Some(b'0') => ('~', part.get(1..)),
            Some(b'1') => ('/', part.get(1..)),
            _ => ('~', Some(part)),
        };
        text.push(character);
        text.push_str(rest.unwrap_or_default());
    }
    Cow::Owned(text)
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
        for (escaped, token) in [("~01", "~1"), ("~~1", "~/"), ("a~", "a~"), ("~2", "~2"), ("~1ä~0", "/ä~")] {
            assert_eq!(unescape(escaped), token);
        }
        assert_eq!(Pointer::root().last(), None);
        assert_eq!(Pointer::root().parent(), None);
    }

    fn target(base: &Pointer, reference: &str) -> Option<String> {
        base.target(reference, "api.yaml").map(|target| target.to_string())
    }

    #[test]
    fn a_place_is_told_as_it_is_read() {
        for (from, to) in [
            ("#/a", "#/b/c%20d"),
            ("#/a", "x.yaml#/b"),
            ("x.yaml#/a", "#/b~1c"),
            ("x/y.yaml#/a", "x/z.yaml#/b"),
            ("x/y.yaml#/a", "w/z.yaml#/b"),
            ("x/y.yaml#/a", "#"),
            ("../x/y.yaml#/a", "../z.yaml#/b"),
            ("../x/y.yaml#/a", "../x/z.yaml#/b"),
            ("#/a", "../z%25 %23:.yaml#/b"),
        ] {
            let [from, to] = [from, to].map(|text| Pointer::from_canonical(text).unwrap());
            let told = to.told_from(&from, "api.yaml");
            assert_eq!(from.target(&told, "api.yaml"), Some(to), "{told}");
        }
    }

    #[test]
    fn references_are_percent_decoded() {
        let root = Pointer::root();
        assert_eq!(target(&root, "#/paths/~1a%7Bid%7D").as_deref(), Some("#/paths/~1a{id}"));
        assert_eq!(target(&root, "#").as_deref(), Some("#"));
        assert_eq!(target(&root, "#/").as_deref(), Some("#"));
        assert_eq!(target(&root, "b.yaml#/").as_deref(), Some("b.yaml#"));
        assert_eq!(target(&root, "a%20b%23.yaml#/c").as_deref(), Some("a b%23.yaml#/c"));
        for bad in ["#a", "other.yaml#a", "#/%", "#/%zz", "#/%ff", "/a.yaml", "//host/a", "file:a.yaml", "https://a/b"]
        {
            assert_eq!(target(&root, bad), None, "{bad}");
        }
    }

    #[test]
    fn files_are_named_from_the_root_documents_folder() {
        let part = Pointer::of_file("shared/models/pet.yaml").child("properties");
        for (reference, wanted) in [
            ("#/a", "shared/models/pet.yaml#/a"),
            ("./owner.yaml", "shared/models/owner.yaml#"),
            ("../x.yaml#/b/c", "shared/x.yaml#/b/c"),
            ("../../api.yaml#/components", "#/components"),
            ("../../../up.yaml", "../up.yaml#"),
            ("../../../../up.yaml", "../../up.yaml#"),
        ] {
            assert_eq!(target(&part, reference).as_deref(), Some(wanted), "{reference}");
        }
        assert_eq!(target(&Pointer::of_file("../up.yaml"), "b.yaml").as_deref(), Some("../b.yaml#"));
        assert_eq!(target(&Pointer::of_file("../up.yaml"), "../b.yaml").as_deref(), Some("../../b.yaml#"));
    }

    #[test]
    fn a_file_is_the_top_of_its_pointers() {
        let file = Pointer::of_file("a#b/c%.v1.yaml");
        assert_eq!(file.as_str(), "a%23b/c%25.v1.yaml#");
        assert_eq!(file.file().as_deref(), Some("a#b/c%.v1.yaml"));
        assert_eq!((file.parent(), file.last(), file.tokens().next()), (None, None, None));
        assert_eq!(file.name().as_deref(), Some("c%"));
        let child = file.child("d/e");
        assert_eq!(child.parent(), Some(file.clone()));
        assert_eq!((child.last(), child.name()), (Some("d/e".to_owned()), Some("d/e".to_owned())));
        assert!(child.is_within(&file) && !child.is_within(&Pointer::root()));
        assert!(file.is_root() && Pointer::root().is_root() && !child.is_root());
        assert_eq!((Pointer::root().file(), Pointer::root().name()), (None, None));
        assert_eq!(Pointer::from_canonical(child.as_str()), Some(child));
    }

    #[test]
    fn within_compares_whole_tokens() {
        let base = Pointer::root().child("a");
        assert!(base.child("b").is_within(&base));
        assert!(base.is_within(&base));
        assert!(!Pointer::root().child("ab").is_within(&base));
    }
}
