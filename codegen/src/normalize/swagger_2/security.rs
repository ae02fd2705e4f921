//! Security schemes: `basic`, and the flows of OAuth 2.

use super::Converter;
use super::root::beside;
use crate::load::tree::{Map, Node, Value};
use crate::normalize::nodes::{as_map_mut, made, map, set, text, text_of};
use crate::pointer::Pointer;

impl Converter<'_> {
    /// Converts the security scheme at `place`.
    pub(super) fn security_scheme(&mut self, node: &mut Node, place: &Pointer) {
        let like = node.clone();
        let Some(said) = as_map_mut(node) else { return };
        match text_of(said, "type") {
            Some("basic") => {
                set(said, "type", text("http", &like));
                set(said, "scheme", text("basic", &like));
            }
            Some("oauth2") if !said.contains_key("flows") => {
                let name = match text_of(said, "flow") {
                    Some("implicit") => "implicit",
                    Some("password") => "password",
                    Some("accessCode") => "authorizationCode",
                    // Whichever it is: the caller brings the token.
                    _ => "clientCredentials",
                };
                let flow = self.flow(said, name, place, &like);
                set(said, "flows", map([(name, flow)], &like));
            }
            _ => {}
        }
    }

    fn flow(&mut self, said: &mut Map, name: &str, place: &Pointer, like: &Node) -> Node {
        said.shift_remove("flow");
        let stands = place.child("flows").child(name);
        let mut flow = Map::new();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            self.note(place, &[key], &stands.child(key));
            beside(&mut flow, key, said.shift_remove(key));
        }
        if !flow.contains_key("scopes") {
            set(&mut flow, "scopes", map::<String>([], like));
        }
        made(Value::map(flow), like)
    }
}
