//! `consumes` and `produces` in a description of 3.0: the media types of what has none there, as in 2.0. Those that were asked
//! for are told and taken out; the others mean nothing, and the tables say so.

use super::Slips;
use super::older::tell;
use crate::load::tree::{Node, Value};
use crate::normalize::grammar::{Kind, Section};
use crate::normalize::openapi_3::DOCUMENT;
use crate::normalize::swagger_2::Media;
use crate::pointer::Pointer;

/// What is said around the node at hand, by the operation or else by the root.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) said: Media,
    /// Whether a body or an answer has its media types of it.
    consumes: bool,
    produces: bool,
}

impl Around {
    /// Takes note of the media types that `node`, a body or an answer that was converted, has of this.
    pub(super) fn used(&mut self, node: &Node, is_answer: bool) {
        let names = node.get("content").and_then(Node::as_map).into_iter().flat_map(|map| map.keys());
        for name in names {
            if is_answer {
                self.produces |= self.said.produces(name);
            } else {
                self.consumes |= self.said.consumes(name);
            }
        }
    }
}

/// Takes what an operation or the root says of media types; gives what held around it.
pub(super) fn enter(slips: &mut Slips<'_>, node: &Node, kind: &Kind) -> Option<Around> {
    let is_root = std::ptr::eq(kind, &raw const DOCUMENT);
    let map = node.as_map().filter(|_| kind.section_of == Some(Section::Operations) || is_root)?;
    let said = Media::said(map).or(&slips.media.said);
    Some(std::mem::replace(&mut slips.media, Around { said, ..Around::default() }))
}

/// Tells what was read of what `node` says, and puts back what held around it: what it doesn't say itself was read of that.
pub(super) fn leave(slips: &mut Slips<'_>, around: Around, node: &mut Node, place: &Pointer) {
    let Around { consumes, produces, .. } = std::mem::replace(&mut slips.media, around);
    let Value::Map(map) = &mut node.value else { return };
    for (key, is_used, what) in [("consumes", consumes, "bodies"), ("produces", produces, "answers")] {
        if !is_used {
            continue;
        }
        if map.contains_key(key) {
            let read = format!("is read as the media types of {what} that have none");
            tell(slips, map, key, place, &read, "write them below `content`");
            map.shift_remove(key);
        } else if what == "bodies" {
            slips.media.consumes = true;
        } else {
            slips.media.produces = true;
        }
    }
}
