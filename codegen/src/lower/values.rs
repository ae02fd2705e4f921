//! What is said of values beside their type: that other keywords tell the type, and which values are listed where a list
//! makes no type.

use std::collections::BTreeSet;

use super::causes::Causes;
use super::docs;
use super::told::told;
use super::types::Types;
use crate::diag::{Diagnostic, SCALAR_ENUM, TYPE_INFERRED};
use crate::load::tree::{Node, Value};
use crate::pointer::Pointer;

impl<'a> Types<'a> {
    /// Says that the type of a schema without one is told by other keywords.
    pub(super) fn remark_told(&self, place: &Pointer, causes: &mut Causes) {
        let told =
            self.item(place).filter(|_| self.shaped(place).is_ok()).and_then(|schema| told(schema, self.node(place)));
        if let Some((of, keyword)) = told {
            let message = format!("a schema with `{keyword}` and without `type` is read as `type: {of}`");
            causes.found(place, Diagnostic::new(&TYPE_INFERRED, message).at(place).help(format!("add `type: {of}`")));
        }
    }

    /// Says that a list of values makes no type: one of fractions, or of numbers beyond 64 bits, or a mixed one.
    pub(super) fn remark_values(&self, place: &Pointer, read_as: &str, causes: &mut Causes) {
        let is_said = |value: &Node| matches!(value.value, Value::Boolean(_) | Value::Null);
        let listed = self.listed(place);
        if listed.iter().any(|value| !is_said(value)) {
            let are_texts = listed.iter().all(|value| matches!(value.value, Value::Text(_)));
            let (keyword, what) = match (self.is_constant(place, listed), are_texts) {
                (true, true) => ("const", "the value of this `const` is a text, and its type is another one"),
                (true, false) => ("const", "the value of this `const` is neither a text nor a whole number"),
                (false, true) => ("enum", "the values of this `enum` are texts, and its type is another one"),
                (false, false) => ("enum", "not all values of this `enum` are texts or whole numbers"),
            };
            causes.remark(&place.child(keyword), &SCALAR_ENUM, format!("{what}; it is read as {read_as}"));
        }
    }

    /// The values in the `enum` of the schema at `place`, as JSON texts, null where there is no other; none where it has both
    /// booleans.
    pub(super) fn only_values(&self, place: &Pointer) -> Vec<String> {
        let is_null = |value: &&Node| matches!(value.value, Value::Null);
        let listed = self.listed(place);
        let has_null_alone = !listed.is_empty() && listed.iter().all(|value| is_null(&value));
        let values = listed.iter().filter(|value| has_null_alone || !is_null(value));
        let values: BTreeSet<String> = values.map(docs::json).collect();
        let is_both = |values: &BTreeSet<String>| values.iter().eq(["false", "true"]);
        if is_both(&values) { Vec::new() } else { values.into_iter().collect() }
    }

    /// Whether the schema at `place` lists its only value as a `const`.
    fn is_constant(&self, place: &Pointer, listed: &[Node]) -> bool {
        let constant = self.node(place).and_then(|node| node.get("const"));
        constant.is_some_and(|constant| matches!(listed, [only] if only.says_same(constant)))
    }

    /// The values in the `enum` of the schema at `place`.
    fn listed(&self, place: &Pointer) -> &'a [Node] {
        let values = self.node(place).and_then(|node| node.get("enum"));
        values.and_then(Node::as_list).unwrap_or_default()
    }
}
