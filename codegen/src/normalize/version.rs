//! Which version of the specification a document is written in.

use super::read::scalar_text;
use crate::diag::{Diagnostic, Diagnostics, VERSION_MISSING, VERSION_UNSUPPORTED};
use crate::load::Document;
use crate::pointer::Pointer;

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
    let is = |wanted: &str| text == wanted || text.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('.'));
    let fits = |version: &Version| (*version == Version::V2_0) == (name == "swagger") && is(version.as_str());
    let version = Version::ALL.into_iter().find(fits);
    if version.is_none() {
        let found = Diagnostic::new(&VERSION_UNSUPPORTED, format!("OpenAPI `{text}` is not read")).at(place);
        diagnostics.push(found.help("descriptions of OpenAPI 2.0 (`swagger`), 3.0, 3.1 and 3.2 (`openapi`) are read"));
    }
    version
}
