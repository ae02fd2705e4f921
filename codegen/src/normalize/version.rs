//! Which version of the specification a document is written in.

use std::collections::HashMap;
use std::sync::Arc;

use super::read::scalar_text;
use crate::diag::{Diagnostic, Diagnostics, Place, SPELT_OTHERWISE, VERSION_MISSING, VERSION_UNSUPPORTED};
use crate::load::Document;
use crate::load::tree::Value;
use crate::pointer::Pointer;
use crate::source::FileId;

/// The versions that are read, the oldest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// 2.0, which is brought to 3.0 before anything else is asked of it.
    V2_0,
    /// 3.0.x.
    #[default]
    V3_0,
    /// 3.1.x.
    V3_1,
    /// 3.2.x.
    V3_2,
}

impl Version {
    const ALL: [Self; 4] = [Self::V2_0, Self::V3_0, Self::V3_1, Self::V3_2];

    /// The version that the root of a document says in the member `name` of it.
    fn said(name: &str, text: &str) -> Option<Self> {
        let is = |wanted: &str| text == wanted || text.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('.'));
        let fits = |version: &Self| (*version == Self::V2_0) == (name == "swagger") && is(version.as_str());
        Self::ALL.into_iter().find(fits)
    }

    /// As a description says it, without the last number.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
        }
    }
}

/// The versions of the files of a description: a file that says one in its own `openapi` is of that; any other one is of the
/// root document's version, whatever refers to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Versions {
    root: Version,
    parts: HashMap<FileId, Version>,
}

impl Versions {
    /// Those of a description whose root document is of this one.
    pub(super) fn new(root: Version) -> Self {
        Self { root, parts: HashMap::new() }
    }

    /// The version of the root document.
    pub(super) fn root(&self) -> Version {
        self.root
    }

    /// The version that what is written in `file` is read by.
    pub(super) fn of(&self, file: FileId) -> Version {
        self.parts.get(&file).copied().unwrap_or(self.root)
    }

    /// The same for what stands at `place`; what only the canonical form has there is of the version of what is around it.
    pub(super) fn at(&self, place: &Pointer, document: &Document) -> Version {
        if self.parts.is_empty() {
            return self.root;
        }
        let mut around = std::iter::successors(Some(place.clone()), Pointer::parent);
        around.find_map(|place| document.find(&place)).map_or(self.root, |node| self.of(node.file))
    }

    /// Learns of the file that something refers into, at `target`.
    pub(super) fn learn(&mut self, target: &Pointer, document: &Document) {
        let Some(file) = target.file() else { return };
        let Some(part) = document.find(&Pointer::of_file(&file)) else { return };
        if self.parts.contains_key(&part.file) {
            return;
        }
        let said = part.get("openapi").and_then(|node| Version::said("openapi", &scalar_text(&node.value)?));
        if let Some(version) = said {
            self.parts.insert(part.file, version);
        }
    }
}

/// The version of `document`, or a finding at the member that says it. A name or a number that can be meant in one way only is
/// mended in the tree, with a warning in `found`.
pub(super) fn version(
    document: &mut Document,
    found: &mut Diagnostics,
    diagnostics: &mut Diagnostics,
) -> Option<Version> {
    let keys = || document.root.as_map().into_iter().flat_map(|map| map.keys());
    let is = |name: &str, key: &str| key.eq_ignore_ascii_case(name);
    let key = ["openapi", "swagger"].into_iter().find(|name| document.root.get(name).is_some()).or_else(|| {
        let mut alike = keys().filter(|key| is("openapi", key) || is("swagger", key));
        alike.next().filter(|_| alike.next().is_none())
    });
    let Some((key, node)) = key.and_then(|key| Some((key.to_owned(), document.root.get(key)?))) else {
        let message = match document.root.as_map() {
            Some(_) => "the document has no `openapi` that names a version".to_owned(),
            None => format!("the document is {}, and an OpenAPI description is a mapping", document.root.value.kind()),
        };
        let found = Diagnostic::new(&VERSION_MISSING, message).at(Pointer::root());
        diagnostics.push(found.help("a description of OpenAPI 3.0 begins with `openapi: 3.0.3`"));
        return None;
    };
    let place = Pointer::root().child(&key);
    let Some(text) = scalar_text(&node.value) else {
        let message = format!("`{key}` must be a text that names a version, and is {}", node.value.kind());
        diagnostics.push(Diagnostic::new(&VERSION_MISSING, message).at(place));
        return None;
    };
    let Some((name, version, meant)) = meant(&key, &text) else {
        let found = Diagnostic::new(&VERSION_UNSUPPORTED, format!("OpenAPI `{text}` is not read")).at(place);
        diagnostics.push(found.help("descriptions of OpenAPI 2.0 (`swagger`), 3.0, 3.1 and 3.2 (`openapi`) are read"));
        return None;
    };
    if name != key || meant != text {
        let message = format!("`{key}: {text}` is read as `{name}: {meant}`");
        let at = Place { pointer: Some(place.clone()), key: false, span: Some(node.span()) };
        let told = Diagnostic::new(&SPELT_OTHERWISE, message).at(at).help(format!("write `{name}: \"{meant}\"`"));
        found.push(Diagnostic { told: true, ..told });
        if let Value::Map(map) = &mut Arc::make_mut(&mut document.root).value
            && let Some(mut entry) = map.shift_remove(&key)
        {
            entry.node.value = Value::Text(meant);
            map.insert(name, entry);
        }
        if name != key {
            document.moved.note(place, Pointer::root().child(name));
        }
    }
    Some(version)
}

/// The member and the version that are meant, and how that is written: `v3.0.1`, and one under the name of the other.
fn meant(key: &str, text: &str) -> Option<(&'static str, Version, String)> {
    let bare = text.trim().trim_start_matches(['v', 'V']);
    let written = [text, bare].into_iter().find_map(|text| {
        let mut names = ["openapi", "swagger"];
        names.sort_by_key(|name| !name.eq_ignore_ascii_case(key));
        names.into_iter().find_map(|name| Some((name, Version::said(name, text)?, text.to_owned())))
    });
    // There is but one version with this number.
    let older = || (bare == "2").then(|| ("swagger", Version::V2_0, Version::V2_0.as_str().to_owned()));
    written.or_else(older)
}
