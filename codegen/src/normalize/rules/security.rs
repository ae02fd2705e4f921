//! Security: schemes say what their type needs, and requirements name schemes that are there.

use super::{Placed, Tree, entries, operations};
use crate::diag::{Diagnostic, Diagnostics, MISSING_MEMBER, Place, UNKNOWN_SECURITY_SCHEME};
use crate::load::tree::{Map, Node};
use crate::pointer::Pointer;
use crate::suggest::nearest;

/// Checks the schemes and all requirements.
pub(super) fn check(tree: &Tree<'_>, diagnostics: &mut Diagnostics) {
    let schemes = tree.root().get("components").and_then(|components| components.get("securitySchemes"));
    let schemes = schemes.and_then(Node::as_map);
    let place = Pointer::root().child("components").child("securitySchemes");
    for (name, entry) in schemes.into_iter().flatten() {
        check_scheme(&(place.child(name), &entry.node), diagnostics);
    }
    check_requirements(&(Pointer::root(), tree.root()), schemes, diagnostics);
    for (_, _, item) in tree.path_items() {
        for operation in operations(&item) {
            check_requirements(&operation, schemes, diagnostics);
        }
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

fn check_requirements(holder: &Placed<'_>, schemes: Option<&Map>, diagnostics: &mut Diagnostics) {
    for (place, requirement) in entries(holder, "security") {
        for name in requirement.as_map().into_iter().flat_map(|map| map.keys()) {
            if schemes.is_some_and(|schemes| schemes.contains_key(name)) {
                continue;
            }
            let message = format!("there is no security scheme `{name}`");
            let mut found = Diagnostic::new(&UNKNOWN_SECURITY_SCHEME, message).at(Place::key(&place.child(name)));
            let known = schemes.into_iter().flat_map(|schemes| schemes.keys().map(String::as_str));
            found = match nearest(name, known) {
                Some(nearest) => found.help(format!("did you mean `{nearest}`?")),
                None => found.help(format!("describe `{name}` under `components.securitySchemes`")),
            };
            diagnostics.push(found);
        }
    }
}
