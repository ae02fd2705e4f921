//! Bodies that are objects on the wire of another form than JSON: which schemas can be written so, and what the encodings of a
//! media type (OpenAPI 3.0.3, section 4.7.15) say of their members.

use super::causes::Causes;
use super::shape::Shape;
use super::types::Types;
use crate::ir::{Primitive, Style, StyleKind};
use crate::load::tree::Node;
use crate::normalize::Spec;
use crate::pointer::Pointer;

/// Whether the values of the schema at `place` are objects: structs, maps, and unions of these.
pub(super) fn is_object(place: &Pointer, types: &Types<'_>, causes: &mut Causes) -> bool {
    let mut is_plain_object = |place: &Pointer| match types.behind(place, causes).map(|(_, shaped)| shaped.shape) {
        Ok(Shape::Struct { .. } | Shape::Map(_)) => (true, Vec::new()),
        Ok(Shape::Union { branches }) => (false, branches),
        _ => (false, Vec::new()),
    };
    let (is_object, branches) = is_plain_object(place);
    is_object || (!branches.is_empty() && branches.iter().all(|branch| is_plain_object(branch).0))
}

/// The styles of members that are not written as members usually are, by wire name. `media` is the place of the media type,
/// `schema` that of its schema.
pub(super) fn styles(
    spec: &Spec,
    media: &Pointer,
    schema: &Pointer,
    types: &Types<'_>,
    causes: &mut Causes,
) -> Vec<(String, Style)> {
    let encodings = media.child("encoding");
    let Some(map) = spec.node(&encodings).and_then(Node::as_map) else { return Vec::new() };
    let object = types.behind(schema, causes).ok();
    let mut styles: Vec<_> = map
        .iter()
        .filter_map(|(wire, entry)| {
            let member = match &object {
                Some((place, shaped)) if matches!(shaped.shape, Shape::Struct { .. }) => {
                    let member = place.child("properties").child(wire);
                    spec.schema(&member)?;
                    types.behind(&member, causes).ok().map(|(_, shaped)| shaped.shape)
                }
                _ => None,
            };
            let style = style(&entry.node)?;
            matters(style, member.as_ref()).then(|| (wire.clone(), style))
        })
        .collect();
    styles.sort_by(|(a, _), (b, _)| a.cmp(b));
    styles
}

/// The style that an encoding asks for: one of queries if it says something about that, and JSON if it says so.
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
        let content_type = encoding.get("contentType").and_then(Node::as_text)?;
        return super::media::is_json(content_type).then(|| StyleKind::Json.into());
    }
    let usual = Style::from(kind.unwrap_or(StyleKind::Form));
    let explode = explode.filter(|_| usual.kind != StyleKind::DeepObject).unwrap_or(usual.explode);
    Some(Style { explode, reserved: reserved.unwrap_or_default(), ..usual })
}

/// Whether a member of this shape is written in another way for its style.
fn matters(style: Style, shape: Option<&Shape>) -> bool {
    let is_plain = |shape: &Shape| match shape {
        Shape::Enum => true,
        Shape::Primitive(primitive, _) => !matches!(primitive, Primitive::String) || !style.reserved,
        _ => false,
    };
    let is_usual = style == Style::from(StyleKind::Form);
    match shape {
        _ if style.kind == StyleKind::Json => true,
        Some(shape) if is_plain(shape) => false,
        Some(Shape::List(_)) => !is_usual,
        _ => true,
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
            ("{contentType: application/json; charset=utf-8}", StyleKind::Json.into()),
        ] {
            assert_eq!(styles(&format!("{{object: {encoding}}}")), [("object".to_owned(), style)], "{encoding}");
        }
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
        assert_eq!(every("{contentType: application/json}"), ["list", "number", "object", "text", "word"]);
    }
}
