//! Bodies that are objects on the wire of another form than JSON: which schemas can be written so, and what the encodings of a
//! media type (OpenAPI 3.0.3, section 4.7.15) say of their members.

use super::causes::Causes;
use super::files;
use super::media::is_json;
use super::shape::{Shape, members};
use super::types::Types;
use crate::diag::{BODY_MEDIA_TYPE, PART_HEADERS};
use crate::ir::{Style, StyleKind};
use crate::load::tree::Node;
use crate::normalize::Spec;
use crate::pointer::Pointer;

/// Whether the values of the schema at `place` are objects: structs, maps, and unions of these.
pub(super) fn is_object(place: &Pointer, types: &Types<'_>, causes: &mut Causes) -> bool {
    let mut is_plain_object = |place: &Pointer| match types.behind(place, causes).1.shape {
        Shape::Struct { .. } | Shape::Map(_) => (true, Vec::new()),
        Shape::Union { branches } => (false, branches),
        _ => (false, Vec::new()),
    };
    let (is_object, branches) = is_plain_object(place);
    is_object || (!branches.is_empty() && branches.iter().all(|branch| is_plain_object(branch).0))
}

/// Whether the values of the schema at `place` are objects with known members.
pub(super) fn is_struct(place: &Pointer, types: &Types<'_>, causes: &mut Causes) -> bool {
    matches!(types.behind(place, causes).1.shape, Shape::Struct { .. })
}

/// What the encodings of a media type say of members that is not as usual.
#[derive(Debug, Default)]
pub(super) struct Encodings {
    /// Styles, by wire name.
    pub(super) styles: Vec<(String, Style)>,
    /// Media types of parts, by wire name.
    pub(super) types: Vec<(String, String)>,
    /// What the media types of files may be, by wire name.
    pub(super) choices: Vec<(String, String)>,
}

impl Encodings {
    /// The encodings of the media type at `media`, whose schema is `schema`.
    pub(super) fn of(spec: &Spec, media: &Pointer, schema: &Pointer, types: &Types<'_>, causes: &mut Causes) -> Self {
        let encodings = media.child("encoding");
        let mut all = Self::default();
        let (object, shaped) = types.behind(schema, causes);
        let members = match shaped.shape {
            Shape::Struct { .. } => Some(members(spec, &object).0),
            _ => None,
        };
        for (wire, entry) in spec.node(&encodings).and_then(Node::as_map).into_iter().flatten() {
            let member = match &members {
                Some(members) => {
                    let Some((_, place)) = members.iter().find(|(name, _)| *name == wire) else { continue };
                    Kind::of(spec, place, types, causes)
                }
                None => Kind::Other,
            };
            remark(&encodings.child(wire), wire, &entry.node, member, causes);
            let style = style(&entry.node).filter(|style| member.takes(*style));
            let media_type = match style {
                Some(style) if style.kind != StyleKind::Json => None,
                _ => media_type(&entry.node).filter(|media_type| member.is_sent_as(media_type)),
            };
            all.styles.extend(style.map(|style| (wire.to_owned(), style)));
            all.types.extend(media_type.map(|media_type| (wire.to_owned(), media_type.to_owned())));
            if member == Kind::File {
                let choice = media_types(&entry.node).filter(|said| said.contains([',', '*']) && *said != "*/*");
                all.choices.extend(choice.map(|choice| (wire.to_owned(), choice.to_owned())));
            }
        }
        all.of_schemas(spec, members.into_iter().flatten(), types, causes);
        all.styles.sort_by(|(a, _), (b, _)| a.cmp(b));
        all.types.sort();
        all.choices.sort();
        all
    }

    /// Adds the media types that the schemas of members say (JSON Schema 2020-12 validation, section 8.4; from OpenAPI 3.1 on),
    /// where no encoding says another.
    fn of_schemas<'m>(
        &mut self,
        spec: &Spec,
        members: impl Iterator<Item = (&'m str, &'m Pointer)>,
        types: &Types<'_>,
        causes: &mut Causes,
    ) {
        for (wire, place) in members {
            let is_said = |all: &[(String, String)]| all.iter().any(|(known, _)| known == wire);
            if is_said(&self.types) || is_said(&self.choices) || self.styles.iter().any(|(known, _)| known == wire) {
                continue;
            }
            let (end, shaped) = types.behind(place, causes);
            let end = match shaped.shape {
                Shape::List(Some(items)) => types.behind(&items, causes).0,
                _ => end,
            };
            let said = spec.node(&end).filter(|schema| spec.is_3_1(&end) && schema.get("contentEncoding").is_none());
            let said = said.and_then(|schema| schema.get("contentMediaType")?.as_text()).and_then(only);
            let kind = Kind::of(spec, place, types, causes);
            if let (Some(media_type), Kind::File | Kind::Text | Kind::List) = (said, kind)
                && kind.is_sent_as(media_type)
            {
                self.types.push((wire.to_owned(), media_type.to_owned()));
            }
        }
        self.types.sort();
    }
}

/// Says what an encoding asks for in vain. A part has no headers but those of its name and its media type (RFC 7578, section
/// 4.8).
fn remark(place: &Pointer, wire: &str, encoding: &Node, member: Kind, causes: &mut Causes) {
    if encoding.get("headers").and_then(Node::as_map).is_some_and(|headers| !headers.is_empty()) {
        causes.remark(&place.child("headers"), &PART_HEADERS, format!("the headers of `{wire}` are not sent"));
    }
    if matches!(member, Kind::Object | Kind::Objects)
        && style(encoding).is_none()
        && let Some(media_type) = media_type(encoding).filter(|media_type| !is_json(media_type))
    {
        let message = format!("`{wire}` is to be sent as `{media_type}`; it is sent as JSON");
        causes.remark(&place.child("contentType"), &BODY_MEDIA_TYPE, message);
    }
}

/// The style that an encoding asks for: one of queries if it says something about that, which then counts alone (OpenAPI 3.1.0,
/// section 4.8.15), and JSON if it says so.
fn style(encoding: &Node) -> Option<Style> {
    let kind = encoding.get("style").and_then(Node::as_text).map(|style| match style {
        "spaceDelimited" => StyleKind::SpaceDelimited,
        "pipeDelimited" => StyleKind::PipeDelimited,
        "deepObject" => StyleKind::DeepObject,
        _ => StyleKind::Form,
    });
    let explode = encoding.get("explode").and_then(Node::as_bool);
    let reserved = encoding.get("allowReserved").and_then(Node::as_bool);
    if kind.is_none() && explode.is_none() && reserved.is_none() {
        return media_type(encoding).filter(|media_type| is_json(media_type)).map(|_| StyleKind::Json.into());
    }
    let usual = Style::from(kind.unwrap_or(StyleKind::Form));
    let explode = explode.filter(|_| usual.kind != StyleKind::DeepObject).unwrap_or(usual.explode);
    Some(Style { explode, reserved: reserved.unwrap_or_default(), ..usual })
}

/// The media type that an encoding names. Ranges and lists leave the choice to the caller.
fn media_type(encoding: &Node) -> Option<&str> {
    media_types(encoding).and_then(only)
}

/// The media types and ranges that an encoding names.
fn media_types(encoding: &Node) -> Option<&str> {
    encoding.get("contentType").and_then(Node::as_text)
}

/// A media type that is one.
fn only(media_type: &str) -> Option<&str> {
    let media_type = media_type.trim();
    let is_one = media_type.contains('/') && media_type.chars().all(|character| matches!(character, ' '..='~'));
    (is_one && !media_type.contains([',', '*'])).then_some(media_type)
}

/// What a member is to encodings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A text.
    Text,
    /// Another value without parts.
    Plain,
    /// A list of values without parts.
    List,
    /// An object: JSON, unless a style says otherwise.
    Object,
    /// A list of objects, which are JSON.
    Objects,
    /// A file, or a list of files.
    File,
    /// Anything.
    Other,
}

impl Kind {
    fn of(spec: &Spec, place: &Pointer, types: &Types<'_>, causes: &mut Causes) -> Self {
        if files::file(spec, place, types, causes).is_some() {
            return Self::File;
        }
        let mut shape = |place: &Pointer| types.behind(place, causes).1.shape;
        match shape(place) {
            Shape::Primitive(primitive, _) if primitive.is_text() => Self::Text,
            Shape::Primitive(..) | Shape::Enum(_) => Self::Plain,
            Shape::Struct { .. } | Shape::Map(_) => Self::Object,
            Shape::List(Some(items)) => match shape(&items) {
                Shape::Primitive(..) | Shape::Enum(_) => Self::List,
                _ => Self::Objects,
            },
            _ => Self::Other,
        }
    }

    /// Whether the style changes how the member is written.
    fn takes(self, style: Style) -> bool {
        let is_usual = style == Style::from(StyleKind::Form);
        match (self, style.kind) {
            (Self::File, _) | (Self::Object | Self::Objects, StyleKind::Json) => false,
            (_, StyleKind::Json) => true,
            (Self::Plain, _) => false,
            (Self::Text, _) => style.reserved,
            (Self::List | Self::Objects, _) => !is_usual,
            (Self::Object | Self::Other, _) => true,
        }
    }

    /// Whether a part of this media type can be made of the member, and is not so anyway.
    fn is_sent_as(self, media_type: &str) -> bool {
        match self {
            Self::File => media_type != "application/octet-stream",
            Self::Object | Self::Objects => is_json(media_type) && media_type != "application/json",
            Self::Text | Self::Plain | Self::List => media_type != "text/plain",
            Self::Other => is_json(media_type),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::ir::{Payload, Style, StyleKind};
    use crate::lower::lower;
    use crate::normalize::testing::{lines, normalized};

    /// The styles of a form with members of every shape, by its encodings.
    fn styles(encoding: &str) -> Vec<(String, Style)> {
        let text = format!(
            "# YAML\n{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{post: {{requestBody: {{content: \
             {{application/x-www-form-urlencoded: {{schema: {{type: object, properties: {{text: {{type: string}}, number: {{type: \
             number}}, word: {{type: string, enum: [a]}}, list: {{type: array, items: {{type: string}}}}, object: {{type: object}}}}}}, \
             encoding: {encoding}}}}}}}, responses: {{'204': {{description: ''}}}}}}}}}}}}"
        );
        let mut diagnostics = Diagnostics::default();
        let mut api = lower(&normalized(&text).0.unwrap(), &mut diagnostics).api;
        assert_eq!(lines(&diagnostics), "");
        match api.operations.pop().and_then(|operation| operation.body).map(|body| body.payload) {
            Some(Payload::Form { styles, .. }) => styles,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_an_encoding_says_is_a_style() {
        for (encoding, style) in [
            ("{style: deepObject}", StyleKind::DeepObject.into()),
            ("{style: deepObject, explode: false}", StyleKind::DeepObject.into()),
            ("{style: pipeDelimited, explode: true}", Style { explode: true, ..StyleKind::PipeDelimited.into() }),
            ("{explode: true}", StyleKind::Form.into()),
            ("{explode: false, contentType: application/json}", Style { explode: false, ..StyleKind::Form.into() }),
            ("{allowReserved: true}", Style { reserved: true, ..StyleKind::Form.into() }),
        ] {
            assert_eq!(styles(&format!("{{object: {encoding}}}")), [("object".to_owned(), style)], "{encoding}");
        }
        let json = styles("{list: {contentType: application/json; charset=utf-8}}");
        assert_eq!(json, [("list".to_owned(), StyleKind::Json.into())]);
        assert_eq!(styles("{object: {}, list: {contentType: text/plain}, other: {style: deepObject}}"), []);
    }

    #[test]
    fn styles_that_change_nothing_are_not_kept() {
        let every = |encoding: &str| {
            let all = ["text", "number", "word", "list", "object"].map(|name| format!("{name}: {encoding}"));
            styles(&format!("{{{}}}", all.join(", "))).into_iter().map(|(wire, _)| wire).collect::<Vec<_>>()
        };
        assert_eq!(every("{style: deepObject, explode: true}"), ["list", "object"]);
        assert_eq!(every("{style: form, explode: true}"), ["object"]);
        assert_eq!(every("{explode: false}"), ["list", "object"]);
        assert_eq!(every("{allowReserved: true}"), ["list", "object", "text"]);
        assert_eq!(every("{contentType: application/json}"), ["list", "number", "text", "word"]);
    }
}
