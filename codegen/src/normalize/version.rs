//! Which version of the specification a document is written in.

use std::collections::HashMap;

use super::read::scalar_text;
use crate::diag::{Diagnostic, Diagnostics, VERSION_MISSING, VERSION_UNSUPPORTED};
use crate::load::Document;
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

/// The version of `document`, or a finding at the member that says it.
pub(super) fn version(document: &Document, diagnostics: &mut Diagnostics) -> Option<Version> {
    let named = ["openapi", "swagger"].into_iter().find_map(|name| Some((name, document.root.get(name)?)));
    let Some((name, node)) = named else {
        let message = match document.root.as_map() {
            Some(_) => "the document has no `openapi` that names a version".to_owned(),
            None => format!("the document is {}, and an OpenAPI description is a mapping", document.root.value.kind()),
        };
        let found = Diagnostic::new(&VERSION_MISSING, message).at(Pointer::root());
        diagnostics.push(found.help("a description of OpenAPI 3.0 begins with `openapi: 3.0.3`"));
        return None;
    };
    let place = Pointer::root().child(name);
    let Some(text) = scalar_text(&node.value) else {
        let message = format!("`{name}` must be a text that names a version, and is {}", node.value.kind());
        diagnostics.push(Diagnostic::new(&VERSION_MISSING, message).at(place));
        return None;
    };
    let version = Version::said(name, &text);
    if version.is_none() {
        let found = Diagnostic::new(&VERSION_UNSUPPORTED, format!("OpenAPI `{text}` is not read")).at(place);
        diagnostics.push(found.help("descriptions of OpenAPI 2.0 (`swagger`), 3.0, 3.1 and 3.2 (`openapi`) are read"));
    }
    version
}
