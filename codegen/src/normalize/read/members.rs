//! Which members of an object are read, and as what: each by the table of the object's kind, as its version has it. What has
//! no effect is told, and so is what is missing.

use std::borrow::Cow;

use super::{Reader, Strictness};
use crate::diag::{
    BAD_PATH, BAD_STATUS, Diagnostic, MISSING_MEMBER, MISSING_MEMBER_FILLED, NEWER_MEMBER, NULL, OWN_KEYWORD,
    PATH_WITHOUT_SLASH, Place, UNKNOWN_MEMBER,
};
use crate::load::tree::{Map, Node, Value};
use crate::normalize::form::{Form, Members};
use crate::normalize::grammar::{Keys, Kind, Member, Need, Patterned, Section, Shape};
use crate::normalize::version::Version;
use crate::normalize::{mend, schema_3_1};
use crate::pointer::Pointer;
use crate::suggest::nearest;

impl Reader {
    /// A member as it is read: null, where it can mean nothing, is not there, or is an object without members where the
    /// description has chosen its name.
    pub(super) fn not_null<'a>(
        &mut self,
        node: &'a Node,
        kind: &Kind,
        key: &str,
        shape: &Shape,
        place: &Pointer,
    ) -> Option<Cow<'a, Node>> {
        let Some(member) = kind.member(key) else { return Some(self.filled(node, shape, place)) };
        // `type: null` may be meant as a type, and what must be there is missed.
        let means = matches!(shape, Shape::Any) || key == "type" || member.need_in(self.version) == Need::Must;
        if means || !matches!(node.value, Value::Null) {
            return Some(Cow::Borrowed(node));
        }
        let found = Diagnostic::new(&NULL, format!("`{key}` is null; it is read as if it were not there"));
        self.diagnostics.push(found.at(place));
        None
    }

    pub(super) fn filled<'a>(&mut self, node: &'a Node, shape: &Shape, place: &Pointer) -> Cow<'a, Node> {
        let (empty, written) = match (&node.value, shape) {
            (Value::Null, Shape::Object(_) | Shape::RefOr(_)) => (Value::map(Map::new()), "{}"),
            (Value::Null, Shape::List(_)) => (Value::List(Vec::new()), "[]"),
            _ => return Cow::Borrowed(node),
        };
        let name = place.last().unwrap_or_default();
        let found = Diagnostic::new(&NULL, format!("`{name}` is null; it is read as if it were empty"));
        self.diagnostics.push(found.at(place).help(format!("write `{written}`")));
        Cow::Owned(schema_3_1::with(node, empty))
    }

    /// What the member `key` must be, how strictly, and whether the canonical form keeps it; `None` when there is nothing
    /// to read.
    pub(super) fn member(
        &mut self,
        kind: &'static Kind,
        key: &str,
        node: &Node,
        place: &Pointer,
        strictness: Strictness,
    ) -> Option<(Shape, Strictness, bool)> {
        if let Some(member) = kind.member(key).filter(|member| member.since <= self.version || member.meant_before) {
            if member.since > self.version {
                self.meant_member(member, place);
            }
            if mend::is_boolean_required(kind, key, node) {
                self.diagnostics.push(mend::boolean_required(place));
                return None;
            }
            let strictness = if member.lenient { Strictness::Lenient } else { strictness };
            return Some((member.shape, strictness, member.kept));
        }
        if key.starts_with("x-") {
            return None;
        }
        match kind.patterned {
            Some(patterned) if self.key_is(patterned.keys, key, node, place) => {
                Some((patterned.shape, strictness, true))
            }
            Some(Patterned { shape: Shape::Object(kind) | Shape::RefOr(kind), .. }) => {
                self.places.insert(place.child(key), Some(kind));
                None
            }
            Some(_) => None,
            None => {
                self.unknown_member(kind, key, place);
                None
            }
        }
    }

    /// Whether a member of this name is read; what is wrong with the name is reported.
    fn key_is(&mut self, keys: Keys, key: &str, node: &Node, place: &Pointer) -> bool {
        let at = Place::key(&place.child(key));
        match keys {
            Keys::Any => true,
            Keys::Path if key.starts_with('/') => true,
            Keys::Status if is_status(key) => true,
            Keys::Path if mend::is_path_without_slash(key, node) => {
                let message = format!("the path `{key}` does not begin with `/`, and is read as if it did");
                self.diagnostics
                    .push(Diagnostic::new(&PATH_WITHOUT_SLASH, message).at(at).help(format!("write `/{key}`")));
                true
            }
            Keys::Path => {
                let found = Diagnostic::new(&BAD_PATH, format!("the path `{key}` does not begin with `/`")).at(at);
                let help = match key.contains("://") {
                    true => "write its path, and the server as `servers` of the path item".to_owned(),
                    false => format!("write `/{key}`"),
                };
                self.diagnostics.push(found.help(help));
                // It is read all the same, so that it is known to be left out.
                true
            }
            Keys::Status => {
                let found = Diagnostic::new(&BAD_STATUS, format!("`{key}` is no status code")).at(at);
                let help = "write `default`, a code such as `404`, or a range such as `4XX`";
                self.diagnostics.push(found.help(help));
                false
            }
        }
    }

    pub(super) fn missing_members(
        &mut self,
        map: &Map,
        kind: &'static Kind,
        place: &Pointer,
        strictness: Strictness,
        object: &mut Members,
    ) {
        let version = self.version;
        let missing = |member: &&Member| member.need_in(version) != Need::May && !map.contains_key(member.name);
        for member in kind.members.iter().filter(missing) {
            let fatal = member.need == Need::Must && strictness == Strictness::Strict;
            let code = if fatal { &MISSING_MEMBER } else { &MISSING_MEMBER_FILLED };
            let found = Diagnostic::new(code, format!("{} must have a member `{}`", kind.name, member.name));
            let help = format!("see OpenAPI 3.0.3, section {}", kind.section);
            self.diagnostics.push(found.at(place).label(format!("`{}` is missing here", member.name)).help(help));
        }
        // What had to be there stands empty in the canonical form, whether it was missing or could not be read.
        fill(kind, object);
    }

    fn unknown_member(&mut self, kind: &Kind, key: &str, place: &Pointer) {
        // What says nothing of values is not missed.
        if kind.section_of == Some(Section::Schemas) && matches!(key, "$schema" | "$comment") {
            return;
        }
        let message = format!("{} has no member `{key}`; it has no effect", kind.name);
        let known = kind.members.iter().filter(|member| member.since <= self.version);
        let found = |code| Diagnostic::new(code, message.clone()).at(Place::key(&place.child(key)));
        let found = if let Some(member) = kind.member(key) {
            found(&UNKNOWN_MEMBER).help(format!("`{key}` is a member in OpenAPI {} or later", member.since.as_str()))
        } else if let Some(nearest) = nearest(key, known.map(|member| member.name)) {
            found(&UNKNOWN_MEMBER).help(format!("did you mean `{nearest}`?"))
        } else if kind.section_of == Some(Section::Schemas) && self.version >= Version::V3_1 {
            found(&OWN_KEYWORD)
        } else {
            let help = format!("extensions begin with `x-`; see OpenAPI 3.0.3, section {}", kind.section);
            found(&UNKNOWN_MEMBER).help(help)
        };
        self.diagnostics.push(found);
    }

    fn meant_member(&mut self, member: &Member, place: &Pointer) {
        let (name, since) = (member.name, member.since.as_str());
        let message = format!("`{name}` is a member in OpenAPI {since} or later; it is read as it is meant there");
        let found = Diagnostic::new(&NEWER_MEMBER, message).at(Place::key(&place.child(name)));
        let help = format!("say `openapi: {since}.0` if the description is meant to be that");
        self.diagnostics.push(found.help(help));
    }
}

/// Whether a key of `responses` is a status code, or a range of them.
pub(in crate::normalize) fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => false,
    }
}

/// Gives an object what it should have and has not.
fn fill(kind: &Kind, object: &mut Members) {
    for member in kind.members.iter().filter(|member| member.need == Need::Should && member.kept) {
        object.fill(member.name, || match member.shape {
            Shape::Object(kind) => {
                let mut inner = Members::new();
                fill(kind, &mut inner);
                Form::Object(inner)
            }
            Shape::Map(_) => Form::Object(Members::new()),
            _ => Form::Text(String::new()),
        });
    }
}
