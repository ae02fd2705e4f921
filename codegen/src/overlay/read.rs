//! Reads an overlay: its version, its actions, and whether it is one at all (Overlay 1.1.0, sections 4.1 to 4.4).

use std::collections::BTreeSet;

use super::json::json;
use crate::diag::{Diagnostic, Diagnostics, OVERLAY_INVALID, OVERLAY_VERSION};
use crate::load::tree::{Map, Node, Value};

/// One action.
#[derive(Debug)]
pub(super) struct Action<'a> {
    /// Its expression, a text.
    pub(super) target: &'a Node,
    /// What it does.
    pub(super) what: What<'a>,
}

/// What an action does with all that its target selects.
#[derive(Debug)]
pub(super) enum What<'a> {
    Nothing,
    Remove,
    Update(&'a Node),
    /// Merges what this expression selects.
    Copy(&'a Node),
}

/// The actions of an overlay; `None` when it is none, which is then reported.
pub(super) fn actions<'a>(root: &'a Node, diagnostics: &mut Diagnostics) -> Option<Vec<Action<'a>>> {
    let mut reader = Reader { diagnostics, failed: false, copies: true };
    let actions = reader.overlay(root);
    let failed = reader.failed;
    actions.filter(|_| !failed)
}

struct Reader<'d> {
    diagnostics: &'d mut Diagnostics,
    failed: bool,
    /// Whether the version has `copy`.
    copies: bool,
}

impl Reader<'_> {
    fn overlay<'a>(&mut self, root: &'a Node) -> Option<Vec<Action<'a>>> {
        let map = self.object(root, "an overlay", &["overlay", "info", "extends", "actions"])?;
        self.version(root, map);
        self.text(map, "extends");
        match map.get("info") {
            Some(entry) => self.info(&entry.node),
            None => self.missing(root, "an overlay", "info"),
        }
        let Some(actions) = map.get("actions") else {
            self.missing(root, "an overlay", "actions");
            return None;
        };
        let Some(list) = actions.node.as_list().filter(|list| !list.is_empty()) else {
            self.refuse(&actions.node, "`actions` must be a list of at least one action".to_owned());
            return None;
        };
        let mut seen = BTreeSet::new();
        for action in list {
            if !seen.insert(json(action).to_string()) {
                self.refuse(action, "this action is there twice".to_owned());
            }
        }
        list.iter().map(|action| self.action(action)).collect()
    }

    fn version(&mut self, root: &Node, map: &Map) {
        let Some(entry) = map.get("overlay") else { return self.missing(root, "an overlay", "overlay") };
        let text = entry.node.as_text().unwrap_or_default();
        let is = |wanted: &str| {
            let patch = text.strip_prefix(wanted).unwrap_or_default();
            !patch.is_empty() && patch.chars().all(|c| c.is_ascii_digit())
        };
        self.copies = is("1.1.");
        if !is("1.0.") && !is("1.1.") {
            let message = "`overlay` must be a version of the Overlay specification that is read: 1.0.0 or 1.1.0";
            self.push(Diagnostic::new(&OVERLAY_VERSION, message).at(entry.node.span()));
        }
    }

    fn info(&mut self, node: &Node) {
        let known = if self.copies { &["title", "version", "description"][..] } else { &["title", "version"][..] };
        let Some(map) = self.object(node, "the `info`", known) else { return };
        for name in ["title", "version"] {
            if !map.contains_key(name) {
                self.missing(node, "the `info`", name);
            }
        }
        ["title", "version", "description"].into_iter().for_each(|name| self.text(map, name));
    }

    fn action<'a>(&mut self, node: &'a Node) -> Option<Action<'a>> {
        let with_copy = &["target", "description", "update", "remove", "copy"];
        let known = if self.copies { &with_copy[..] } else { &with_copy[..4] };
        let map = self.object(node, "an action", known)?;
        ["target", "description", "copy"].into_iter().for_each(|name| self.text(map, name));
        let Some(target) = map.get("target") else {
            self.missing(node, "an action", "target");
            return None;
        };
        let remove = match map.get("remove").map(|entry| &entry.node) {
            Some(Node { value: Value::Boolean(remove), .. }) => *remove,
            Some(other) => {
                self.refuse(other, "`remove` must be `true` or `false`".to_owned());
                false
            }
            None => false,
        };
        let what = match (remove, map.get("update"), map.get("copy").filter(|_| self.copies)) {
            (true, ..) => What::Remove,
            (false, Some(update), None) => What::Update(&update.node),
            (false, None, Some(copy)) => What::Copy(&copy.node),
            (false, Some(_), Some(copy)) => {
                self.refuse(&copy.node, "an action has `update` or `copy`, not both".to_owned());
                What::Nothing
            }
            (false, None, None) => {
                if !map.contains_key("remove") {
                    let last = if self.copies { "`remove` nor `copy`" } else { "nor `remove`" };
                    let before = if self.copies { "neither `update`, " } else { "neither `update` " };
                    self.refuse(node, format!("an action with {before}{last} does nothing"));
                }
                What::Nothing
            }
        };
        Some(Action { target: &target.node, what })
    }

    /// The members of an object that has no others than these and extensions.
    fn object<'a>(&mut self, node: &'a Node, what: &str, known: &[&str]) -> Option<&'a Map> {
        let Some(map) = node.as_map() else {
            self.refuse(node, format!("{what} must be a mapping, and is {}", node.value.kind()));
            return None;
        };
        for (name, entry) in map.iter().filter(|(name, _)| !known.contains(name) && !name.starts_with("x-")) {
            self.refuse(&entry.node, format!("{what} has no member `{name}`"));
        }
        Some(map)
    }

    fn text(&mut self, map: &Map, name: &str) {
        if let Some(entry) = map.get(name)
            && entry.node.as_text().is_none()
        {
            self.refuse(&entry.node, format!("`{name}` must be a text, and is {}", entry.node.value.kind()));
        }
    }

    fn missing(&mut self, node: &Node, what: &str, name: &str) {
        self.refuse(node, format!("{what} must have a member `{name}`"));
    }

    fn refuse(&mut self, node: &Node, message: String) {
        self.push(Diagnostic::new(&OVERLAY_INVALID, message).at(node.span()));
    }

    fn push(&mut self, found: Diagnostic) {
        self.failed = true;
        self.diagnostics.push(found);
    }
}
