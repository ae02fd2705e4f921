//! The document: where the API is, and what stands among the components.

use super::host::{Host, PARAMETERIZED};
use super::media::Media;
use super::{Converter, What};
use crate::diag::{Diagnostic, Place, UNKNOWN_MEMBER, WRONG_TYPE_IGNORED};
use crate::load::tree::{Map, Node, Value};
use crate::normalize::grammar::Shape;
use crate::normalize::nodes::{as_map_mut, entry, made, members, set, text, text_of};
use crate::normalize::single;
use crate::pointer::Pointer;

/// The members of the root of 2.0 that are not called the same in 3.0, and those that are new there.
const ROOT: &[&str] =
    &["swagger", "info", "paths", "security", "tags", "externalDocs", "definitions", "parameters", "responses"];

impl Converter<'_> {
    /// The root of the equal description.
    pub(super) fn root(&mut self, mut root: Node) -> Node {
        let like = made(Value::Null, &root);
        let place = Pointer::root();
        let Some(said) = as_map_mut(&mut root) else { return root };
        self.check_lists(said, &place);
        self.media = Media::said(said);
        let servers = self.servers_of_root(said, &like);
        let security = said.shift_remove("securityDefinitions");
        for key in ["host", "basePath", "schemes", "consumes", "produces"] {
            said.shift_remove(key);
        }
        // A webhook of 3.0 and later would say its body in another way.
        said.shift_remove("x-webhooks");
        let unknown = |key: &&str| !key.starts_with("x-") && !ROOT.contains(key);
        for key in said.keys().filter(unknown).map(str::to_owned).collect::<Vec<_>>() {
            let message = format!("a description has no member `{key}` in OpenAPI 2.0; it has no effect");
            self.diagnostics.push(Diagnostic::new(&UNKNOWN_MEMBER, message).at(Place::key(&place.child(&key))));
            // It keeps its place for what was found.
            if let Some(member) = said.shift_remove(&key) {
                said.insert(format!("x-{key}"), member);
                self.note(&place, &[&key], &place.child(&format!("x-{key}")));
            }
        }
        if let Some(version) = said.shift_remove("swagger") {
            let key = version.key.clone();
            let node = text("3.0.3", &version.node);
            said.insert("openapi".to_owned(), crate::load::tree::Entry { key, file: version.file, node });
            self.note(&place, &["swagger"], &place.child("openapi"));
        }
        if let Some(servers) = servers {
            set(said, "servers", servers);
        }
        if let Some(paths) = said.get_mut("paths") {
            self.paths(&mut paths.node, &place.child("paths"));
        }
        let components = self.components(said, security, &place, &like);
        set(said, "components", components);
        root
    }

    fn components(
        &mut self,
        said: &mut Map,
        security: Option<crate::load::tree::Entry>,
        place: &Pointer,
        like: &Node,
    ) -> Node {
        let section = place.child("components");
        let moves = [("definitions", "schemas"), ("parameters", "parameters"), ("responses", "responses")];
        let mut components = Map::new();
        for (was, now) in moves {
            if let Some(mut member) = said.shift_remove(was) {
                let stands = section.child(now);
                self.note(place, &[was], &stands);
                let node = &mut member.node;
                match was {
                    "definitions" => self.schemas(node, &stands),
                    "parameters" => self.shared_parameters(node, &stands),
                    _ => {
                        let media = self.media.clone();
                        members(node).for_each(|(name, response)| self.response(response, &stands.child(name), &media));
                    }
                }
                components.insert(now.to_owned(), member);
            }
        }
        if let Some(mut member) = security {
            let stands = section.child("securitySchemes");
            self.note(place, &["securityDefinitions"], &stands);
            members(&mut member.node).for_each(|(name, scheme)| self.security_scheme(scheme, &stands.child(name)));
            components.insert("securitySchemes".to_owned(), member);
        }
        made(Value::map(components), like)
    }

    /// Bodies are no parameters in 3.0; what refers to them has them already.
    fn shared_parameters(&mut self, node: &mut Node, place: &Pointer) {
        if let Some(map) = as_map_mut(node) {
            map.retain(|_, entry| {
                let of_body = entry.node.as_map().and_then(|map| text_of(map, "in"));
                !matches!(of_body, Some("body" | "formData"))
            });
        }
        members(node).for_each(|(name, parameter)| self.parameter(parameter, &place.child(name)));
    }

    pub(super) fn servers_of_root(&mut self, said: &Map, like: &Node) -> Option<Node> {
        let host = self.text(said, "host", &Pointer::root());
        let path = self.text(said, "basePath", &Pointer::root()).unwrap_or_default();
        let path = match path.trim_matches('/') {
            "" => String::new(),
            path => format!("/{path}"),
        };
        self.host = Host::said(said, host, path);
        if self.host.host.is_none() && self.host.path.is_empty() {
            return None;
        }
        let (place, servers) = (Pointer::root(), Pointer::root().child("servers"));
        let written = |keys: [&'static str; 2]| keys.into_iter().find_map(|key| Some((key, &said.get(key)?.node)));
        let template = self.host.host.is_some().then(|| written([PARAMETERIZED, "host"])).flatten();
        let address = template.or_else(|| written(["host", "basePath"]));
        if let Some((key, _)) = written(["schemes", "host"]).or(address) {
            self.note(&place, &[key], &servers);
        }
        if let Some((key, _)) = address {
            self.note(&place, &[key], &servers.item(0).child("url"));
        }
        Some(self.servers(said, address.map_or(like, |(_, node)| node)))
    }

    /// A server for each of the schemes that `said` has, those by TLS first; without any, one by TLS.
    pub(super) fn servers(&self, said: &Map, like: &Node) -> Node {
        let list = said.get("schemes").map_or(like, |schemes| &schemes.node);
        let schemes = said.get("schemes").and_then(|entry| entry.node.as_list()).unwrap_or_default();
        let has = |name: &&str| schemes.iter().any(|scheme| scheme.as_text() == Some(name));
        let mut schemes: Vec<&str> = ["https", "http"].into_iter().filter(has).collect();
        if schemes.is_empty() || self.host.host.is_none() || self.host.has_scheme {
            schemes = vec!["https"];
        }
        let servers = schemes.iter().map(|scheme| self.host.server(scheme, like)).collect();
        made(Value::List(servers), list)
    }

    /// The text of a member; what is none is reported.
    pub(super) fn text(&mut self, said: &Map, key: &str, place: &Pointer) -> Option<String> {
        let node = &said.get(key)?.node;
        let found = crate::normalize::read::scalar_text(&node.value);
        if found.is_none() {
            self.wrong(key, "a text", node, place);
        }
        found
    }

    /// Reads a text in place of a list of texts as a list of it, and reports lists of texts that are none.
    pub(super) fn check_lists(&mut self, said: &mut Map, place: &Pointer) {
        for key in ["schemes", "consumes", "produces"] {
            let Some(entry) = said.get_mut(key) else { continue };
            if single::is_single(&entry.node, &Shape::Text) {
                self.list(&mut entry.node, &place.child(key));
            }
            let is_text = |node: &Node| node.as_text().is_some();
            if !matches!(&entry.node.value, Value::List(list) if list.iter().all(is_text)) {
                self.wrong(key, "a list of texts", &entry.node, place);
            }
        }
    }

    /// Makes the value at `place` the one element of a list.
    pub(super) fn list(&mut self, node: &mut Node, place: &Pointer) {
        let (list, found) = single::listed(node, place);
        *node = list;
        self.diagnostics.push(found);
    }

    fn wrong(&mut self, key: &str, what: &str, node: &Node, place: &Pointer) {
        let message = match &node.value {
            Value::List(_) if what != "a text" => format!("`{key}` must be {what}, and holds something else"),
            other => format!("`{key}` must be {what}, and is {}", other.kind()),
        };
        let at = Place { pointer: Some(place.child(key)), key: false, span: Some(node.span()) };
        self.diagnostics.push(Diagnostic::new(&WRONG_TYPE_IGNORED, message).at(at));
    }

    pub(super) fn schemas(&mut self, node: &mut Node, place: &Pointer) {
        if node.as_map().is_some_and(|map| self.refers(map, place, What::Schemas)) {
            return;
        }
        // A schema may have any name.
        for (name, entry) in as_map_mut(node).into_iter().flatten() {
            self.schema(&mut entry.node, &place.child(name));
        }
    }
}

/// A member beside others.
pub(super) fn beside(map: &mut Map, key: &str, from: Option<crate::load::tree::Entry>) {
    if let Some(member) = from {
        map.insert(key.to_owned(), entry(member.node));
    }
}
