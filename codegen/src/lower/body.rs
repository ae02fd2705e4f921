//! What operations send: a JSON body, or none.

use indexmap::IndexMap;
use openapiv3::{MediaType, Operation as Written, ReferenceOr};

use super::causes::{Cause, Causes};
use super::docs;
use super::types::{Types, Used};
use crate::diag::{BODY_IGNORED, BODY_MEDIA_TYPE};
use crate::ir::{Body, Method, TypeRef};
use crate::normalize::{Resolved, Spec, canonical};

/// The JSON body of an operation; an error where it has only other ones.
pub(super) fn body(
    spec: &Spec,
    operation: &Written,
    method: Method,
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Result<Option<Body>, Cause> {
    let Some(ReferenceOr::Reference { reference }) = &operation.request_body else { return Ok(None) };
    let Some(link) = canonical(reference) else { return Ok(None) };
    if matches!(method, Method::Get | Method::Head | Method::Trace) {
        causes.remark(&link, &BODY_IGNORED, format!("a {} request has no body; this one is ignored", method.as_str()));
        return Ok(None);
    }
    let (place, written) = match spec.request_body(&link) {
        Some(Resolved::Found(place, written)) => (place, written),
        Some(Resolved::Faulty(fault)) => return Err(causes.fault(fault)),
        None => return Ok(None),
    };
    if written.content.is_empty() {
        return Ok(None);
    }
    let Some((media_type, media)) = json(&written.content).filter(|(name, _)| !is_range(name)) else {
        let offered = offered(&written.content);
        let message = format!("the request body is {offered}, which is not supported yet");
        return Err(causes.block(&place.child("content"), &BODY_MEDIA_TYPE, message));
    };
    let used = schema(media, types, causes)?;
    Ok(Some(Body {
        pointer: place,
        ty: used.ty,
        nullable: used.nullable,
        required: written.required,
        media_type: media_type.to_owned(),
        docs: docs::docs(None, written.description.as_ref(), None),
    }))
}

/// The JSON media type among several: `application/json` before others, then by name.
pub(super) fn json(content: &IndexMap<String, MediaType>) -> Option<(&str, &MediaType)> {
    let json = content.iter().filter(|(name, _)| is_json(name));
    json.map(|(name, media)| (name.as_str(), media))
        .min_by_key(|(name, _)| (essence(name) != "application/json", *name))
}

/// The type of a media type's schema; anything, where it has none.
pub(super) fn schema(media: &MediaType, types: &mut Types<'_>, causes: &mut Causes) -> Result<Used, Cause> {
    match &media.schema {
        Some(ReferenceOr::Reference { reference }) => match canonical(reference) {
            Some(place) => types.use_of(&place, causes),
            None => Ok(Used { ty: TypeRef::Any, nullable: false }),
        },
        _ => Ok(Used { ty: TypeRef::Any, nullable: false }),
    }
}

/// The media types of a content, for messages.
pub(super) fn offered(content: &IndexMap<String, MediaType>) -> String {
    let mut names: Vec<_> = content.keys().map(|name| format!("`{name}`")).collect();
    names.sort();
    names.join(", ")
}

/// The type and subtype, in lower case and without parameters (RFC 9110, section 8.3.1).
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A range names no type that could be sent (RFC 9110, section 12.5.1).
fn is_range(media_type: &str) -> bool {
    essence(media_type).contains('*')
}

/// JSON by its name or by its structured syntax suffix (RFC 6839, section 3.1), and fit for a header (RFC 9110, section
/// 5.5).
fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    if !media_type.chars().all(|character| matches!(character, ' '..='~')) {
        return false;
    }
    essence == "application/json" || (essence.contains('/') && essence.ends_with("+json"))
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::lower::lower;
    use crate::normalize::testing::{lines, normalized};

    /// The media type and nullability of the body that offers `content`, or what was found.
    fn body(content: &str) -> Result<(String, bool), String> {
        let text = format!(
            "# YAML\n{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{put: {{requestBody: {{content: {content}}}, \
             responses: {{'204': {{description: ''}}}}}}}}}}}}"
        );
        let mut diagnostics = Diagnostics::default();
        let mut api = lower(&normalized(&text).0.unwrap(), &mut diagnostics).api;
        let body = api.operations.pop().and_then(|operation| operation.body);
        body.map(|body| (body.media_type, body.nullable)).ok_or_else(|| lines(&diagnostics))
    }

    #[test]
    fn the_media_type_is_the_one_that_is_written() {
        let media_type = |content: &str| body(content).unwrap().0;
        assert_eq!(media_type("{application/merge-patch+json: {}}"), "application/merge-patch+json");
        assert_eq!(media_type("{'application/json; charset=utf-8': {}}"), "application/json; charset=utf-8");
        assert_eq!(media_type("{application/a+json: {}, application/json: {}}"), "application/json");
    }

    #[test]
    fn ranges_and_what_fits_no_header_are_reported() {
        for name in ["application/*+json", "text/plain", "\"a\\u0001/b+json\""] {
            let found = body(&format!("{{{name}: {{}}}}")).unwrap_err();
            assert!(found.starts_with("warning S0301"), "{name}: {found}");
        }
    }

    #[test]
    fn a_body_that_may_be_null_says_so() {
        assert!(body("{application/json: {schema: {type: string, nullable: true}}}").unwrap().1);
        assert!(!body("{application/json: {schema: {type: string}}}").unwrap().1);
    }
}
