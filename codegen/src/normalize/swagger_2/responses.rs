//! Responses: their `content`, and their headers.

use super::media::Media;
use super::schemas::is_file;
use super::{Converter, What};
use crate::load::tree::Node;
use crate::normalize::nodes::{as_map_mut, members, set};
use crate::pointer::Pointer;

impl Converter<'_> {
    /// Converts the responses at `place` of an operation that consumes and produces `media`.
    pub(super) fn responses(&mut self, node: &mut Node, place: &Pointer, media: &Media) {
        if node.as_map().is_some_and(|map| self.refers(map, place, What::Responses)) {
            return;
        }
        members(node).for_each(|(status, response)| self.response(response, &place.child(status), media));
    }

    /// Converts the response at `place`.
    pub(super) fn response(&mut self, node: &mut Node, place: &Pointer, media: &Media) {
        let Some(said) = as_map_mut(node) else { return };
        if self.refers(said, place, What::Response) {
            return;
        }
        let examples = said.shift_remove("examples");
        if let Some(schema) = said.shift_remove("schema") {
            let is_file = schema.node.as_map().is_some_and(is_file);
            let names = media.of_answers(is_file);
            let example = |name: &str| Some(("example", examples.as_ref()?.node.get(name)?.clone()));
            let stands = place.child("content");
            let content = self.content(&names, schema.node, self.moved.was(place).child("schema"), &stands, example);
            set(said, "content", content);
        }
        if let Some(headers) = said.get_mut("headers") {
            let place = place.child("headers");
            members(&mut headers.node).for_each(|(name, header)| self.header(header, &place.child(name)));
        }
    }
}
