//! Overlay: actions of OpenAPI Overlay 1.0 and 1.1 on a description's root document, before anything is made of it. Every
//! value that an action brings keeps its place in the overlay's own file. Knows nothing of OpenAPI itself.

mod change;
mod json;
mod read;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde_json::Value as Json;
use serde_json_path::JsonPath;

use crate::diag::{
    Diagnostic, Diagnostics, OVERLAY_COPY, OVERLAY_LIMIT, OVERLAY_MATCHES_NOTHING, OVERLAY_MISMATCH, OVERLAY_TARGET,
};
use crate::load::tree::Node;
use crate::load::{Document, Limits};
use change::{Change, Refused, Step};
use json::{json, size};
use read::{Action, What};

/// So many characters of an expression are read, and so many brackets inside one another: reading recurses.
const LONGEST: usize = 4096;
const DEEPEST: usize = 32;

/// Applies the actions of `overlay` to `document`, in their order, each to what the one before has left. What is wrong is
/// added to `diagnostics`, each at its place in the overlay: what is no overlay at all, a target that is no JSONPath
/// (RFC 9535) or selects nothing, and what can't be merged into what is there.
pub fn apply(overlay: &Document, document: &mut Document, limits: &Limits, diagnostics: &mut Diagnostics) {
    let Some(actions) = read::actions(&overlay.root, diagnostics) else { return };
    let mut shadow = json(&document.root);
    let mut size = size(&document.root).0;
    for action in actions {
        apply_one(&action, document, &mut shadow, &mut size, limits, diagnostics);
    }
}

fn apply_one(
    action: &Action<'_>,
    document: &mut Document,
    shadow: &mut Json,
    nodes: &mut usize,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) {
    let Some(mut places) = select(action.target, shadow, diagnostics) else { return };
    if places.is_empty() {
        let message = format!("the target `{}` selects nothing", text(action.target));
        diagnostics.push(Diagnostic::new(&OVERLAY_MATCHES_NOTHING, message).at(action.target.span()));
        return;
    }
    let change = match &action.what {
        What::Nothing => return,
        What::Remove => Change::Remove,
        What::Update(update) => Change::Merge(Node::clone(update)),
        What::Copy(source) => match copied(source, document, shadow, diagnostics) {
            Some(node) => Change::Merge(node),
            None => return,
        },
    };
    if let Change::Merge(node) = &change {
        let (count, height) = size(node);
        let deepest = places.iter().map(Vec::len).max().unwrap_or_default();
        *nodes = nodes.saturating_add(count.saturating_mul(places.len()));
        let (limit, setting) = if *nodes > limits.nodes {
            (limits.nodes, "limits.nodes")
        } else if deepest + height > limits.depth.min(Limits::MAX_DEPTH) {
            (limits.depth, "limits.depth")
        } else {
            (0, "")
        };
        if !setting.is_empty() {
            let message = format!("this action makes the description larger than `{setting}` ({limit})");
            diagnostics.push(Diagnostic::new(&OVERLAY_LIMIT, message).at(action.target.span()));
            return;
        }
    }
    // What stands deeper or later first: so removing moves nothing that is still to come.
    places.sort();
    places.dedup();
    for place in places.iter().rev() {
        match change::at(place, &change, Arc::make_mut(&mut document.root), shadow) {
            Ok(()) => {}
            Err(Refused::Root) => {
                let found = Diagnostic::new(&OVERLAY_TARGET, "the whole description can't be removed");
                diagnostics.push(found.at(action.target.span()));
            }
            Err(Refused::Mismatch { target, update, span }) => {
                let message = format!("{update} can't be merged into {target}, at `{}`", path(place));
                diagnostics.push(Diagnostic::new(&OVERLAY_MISMATCH, message).at(span));
                return;
            }
        }
    }
}

/// The places that an expression selects; `None` when it is none.
fn select(target: &Node, shadow: &Json, diagnostics: &mut Diagnostics) -> Option<Vec<Vec<Step>>> {
    let text = text(target);
    let mut refuse = |reason: String| {
        let message = format!("`{text}` is not a JSONPath expression: {reason}");
        diagnostics.push(Diagnostic::new(&OVERLAY_TARGET, message).at(target.span()));
    };
    if text.len() > LONGEST || nesting(text) > DEEPEST {
        refuse("it is too long, or nested too deep".to_owned());
        return None;
    }
    match JsonPath::parse(text) {
        Ok(expression) => {
            let found = expression.query_located(shadow);
            Some(found.iter().map(|node| node.location().iter().map(Step::from).collect()).collect())
        }
        Err(error) => {
            refuse(error.to_string());
            None
        }
    }
}

/// How deep brackets stand inside one another.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for character in text.chars() {
        match character {
            '(' | '[' | '!' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The one value that `copy` selects.
fn copied(source: &Node, document: &Document, shadow: &Json, diagnostics: &mut Diagnostics) -> Option<Node> {
    let places = select(source, shadow, diagnostics)?;
    let [place] = places.as_slice() else {
        let message = format!("`copy` must select one value, and `{}` selects {}", text(source), places.len());
        diagnostics.push(Diagnostic::new(&OVERLAY_COPY, message).at(source.span()));
        return None;
    };
    change::find(&document.root, place).cloned()
}

fn text(node: &Node) -> &str {
    node.as_text().unwrap_or_default()
}

/// A place as a JSON pointer, for messages.
fn path(place: &[Step]) -> String {
    let root = crate::pointer::Pointer::root();
    let pointer = place.iter().fold(root, |pointer, step| match step {
        Step::Name(name) => pointer.child(name),
        Step::Index(index) => pointer.item(*index),
    });
    pointer.to_string()
}
