//! Security: schemes say what their type needs.

use super::{Placed, Tree};
use crate::diag::{Diagnostic, Diagnostics, MISSING_MEMBER};
use crate::load::tree::Node;
use crate::pointer::Pointer;

/// Checks the schemes.
pub(super) fn check(tree: &Tree<'_>, diagnostics: &mut Diagnostics) {
    let schemes = tree.root().get("components").and_then(|components| components.get("securitySchemes"));
    let schemes = schemes.and_then(Node::as_map);
    let place = Pointer::root().child("components").child("securitySchemes");
    for (name, entry) in schemes.into_iter().flatten() {
        check_scheme(&(place.child(name), &entry.node), diagnostics);
    }
}

fn check_scheme((place, scheme): &Placed<'_>, diagnostics: &mut Diagnostics) {
    let kind = scheme.get("type").and_then(Node::as_text).unwrap_or_default();
    let needed: &[&str] = match kind {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        _ => return,
    };
    for member in needed.iter().filter(|member| scheme.get(member).is_none()) {
        let message = format!("a security scheme of `type: {kind}` must have a member `{member}`");
        let found = Diagnostic::new(&MISSING_MEMBER, message).at(place);
        diagnostics.push(found.label(format!("`{member}` is missing here")).help("see OpenAPI 3.0.3, section 4.7.27"));
    }
}
