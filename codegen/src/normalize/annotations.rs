//! Extensions that say something of single values of an `enum`, in the ways of other generators.

use crate::load::tree::Map;

/// What values are called: each a list beside `enum`, or a mapping from the values.
pub(crate) const ENUM_NAMES: [&str; 4] = ["x-enum-varnames", "x-enumNames", "x-enum-names", "x-enumVarnames"];

/// Words about values, in the same forms.
pub(crate) const ENUM_WORDS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// Lists of objects about values, which stand in one of these or in its `values`.
pub(crate) const ENUM_OBJECTS: [&str; 2] = ["x-ms-enum", "x-enum-elements"];

/// Adds those of the schema `written` to what is `said` so far, if they are about the values that are listed there.
pub(super) fn add(said: &mut Map, written: &Map) {
    let is_of_these = match (said.get("enum"), written.get("enum")) {
        (Some(ours), Some(theirs)) => ours.node.says_same(&theirs.node),
        _ => true,
    };
    for name in ENUM_NAMES.into_iter().chain(ENUM_WORDS).chain(ENUM_OBJECTS).filter(|_| is_of_these) {
        if let (None, Some(theirs)) = (said.get(name), written.get(name)) {
            said.insert(name, theirs.clone());
        }
    }
}
