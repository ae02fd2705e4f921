//! One change at one place, in the tree and in its shadow for the JSONPath library.

use serde_json::Value as Json;
use serde_json_path::PathElement;

use super::json::json;
use crate::load::tree::{Entry, Node, Value};
use crate::source::Span;

/// A step down the tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Index(usize),
    Name(String),
}

impl From<&PathElement<'_>> for Step {
    fn from(element: &PathElement<'_>) -> Self {
        match element {
            PathElement::Name(name) => Self::Name((*name).to_owned()),
            PathElement::Index(index) => Self::Index(*index),
        }
    }
}

/// What happens at a place.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Remove,
    Merge(Node),
}

/// Why it doesn't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// The whole description would be removed.
    Root,
    /// The two are of different kinds.
    Mismatch {
        /// What is there.
        target: &'static str,
        /// What should be merged into it.
        update: &'static str,
        /// Where that stands.
        span: Span,
    },
}

/// Changes what stands at `place`; nothing, if that is not there any more.
pub(super) fn at(place: &[Step], change: &Change, root: &mut Node, shadow: &mut Json) -> Result<(), Refused> {
    match change {
        Change::Remove => {
            let Some((last, parent)) = place.split_last() else { return Err(Refused::Root) };
            if let Some(parent) = find_mut(root, parent) {
                remove(parent, last);
            }
            if let Some(parent) = find_shadow(shadow, parent) {
                remove_shadow(parent, last);
            }
            Ok(())
        }
        Change::Merge(update) => {
            let Some(target) = find_mut(root, place) else { return Ok(()) };
            let merged = match (&mut target.value, &update.value) {
                // One value is one more item of a list that is selected itself.
                (Value::List(list), update_value) if !matches!(update_value, Value::List(_) | Value::Null) => {
                    list.push(update.clone());
                    Ok(())
                }
                _ => merge(target, update),
            };
            if let Some(shadow) = find_shadow(shadow, place) {
                *shadow = json(target);
            }
            merged
        }
    }
}

/// Merges `update` into `target`: mappings member by member, lists at the end, all else by taking its place. An `update`
/// that is empty changes nothing of a mapping or list.
fn merge(target: &mut Node, update: &Node) -> Result<(), Refused> {
    match (&mut target.value, &update.value) {
        (Value::Map(members), Value::Map(updates)) => {
            for (name, entry) in &**updates {
                match members.get_mut(name) {
                    Some(member) => merge(&mut member.node, &entry.node)?,
                    None => drop(members.insert(name, Entry::clone(entry))),
                }
            }
            Ok(())
        }
        (Value::List(items), Value::List(updates)) => {
            items.extend(updates.iter().cloned());
            Ok(())
        }
        (Value::Map(_) | Value::List(_), Value::Null) => Ok(()),
        (Value::Map(_) | Value::List(_), _)
        | (Value::Boolean(_) | Value::Number(_) | Value::Text(_), Value::Map(_) | Value::List(_)) => {
            Err(Refused::Mismatch { target: target.value.kind(), update: update.value.kind(), span: update.span() })
        }
        _ => {
            *target = update.clone();
            Ok(())
        }
    }
}

fn remove(parent: &mut Node, last: &Step) {
    match (&mut parent.value, last) {
        (Value::Map(members), Step::Name(name)) => drop(members.shift_remove(name)),
        (Value::List(items), Step::Index(index)) if *index < items.len() => drop(items.remove(*index)),
        _ => {}
    }
}

fn remove_shadow(parent: &mut Json, last: &Step) {
    match (parent, last) {
        (Json::Object(members), Step::Name(name)) => drop(members.remove(name)),
        (Json::Array(items), Step::Index(index)) if *index < items.len() => drop(items.remove(*index)),
        _ => {}
    }
}

/// What stands at a place.
pub(super) fn find<'a>(root: &'a Node, place: &[Step]) -> Option<&'a Node> {
    place.iter().try_fold(root, |node, step| match (&node.value, step) {
        (Value::Map(members), Step::Name(name)) => Some(&members.get(name)?.node),
        (Value::List(items), Step::Index(index)) => items.get(*index),
        _ => None,
    })
}

fn find_mut<'a>(root: &'a mut Node, place: &[Step]) -> Option<&'a mut Node> {
    place.iter().try_fold(root, |node, step| match (&mut node.value, step) {
        (Value::Map(members), Step::Name(name)) => Some(&mut members.get_mut(name)?.node),
        (Value::List(items), Step::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}

fn find_shadow<'a>(root: &'a mut Json, place: &[Step]) -> Option<&'a mut Json> {
    place.iter().try_fold(root, |value, step| match (value, step) {
        (Json::Object(members), Step::Name(name)) => members.get_mut(name),
        (Json::Array(items), Step::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}
