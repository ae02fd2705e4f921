//! What a server says about an error, found in the shapes that servers use.

use super::{header, json};
use http::{HeaderMap, HeaderName, StatusCode};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

/// The longest message that is kept, in characters: it ends up in a log line.
const LONGEST: usize = 500;

/// How many values may stand around words, with these.
const DEEPEST: usize = 6;

/// The members that hold words, those that say the most first. ASCII case and `_` don't count: each
/// service has its own.
const NAMES: [&str; 16] = [
    ERRORS,
    "validationerrors",
    "fielderrors",
    // Of which `error` is only the code (RFC 6749, section 5.2).
    "errordescription",
    ERROR,
    "message",
    // Which says of the occurrence what `title` says of the type (RFC 9457, section 3.1).
    "detail",
    "description",
    "reason",
    "msg",
    "errormessages",
    "errormessage",
    "details",
    "fault",
    "faultstring",
    "title",
];

/// What members are called, or end with, that may be an object of the fields that are at fault.
const ERRORS: &str = "errors";

/// The member that may have no more than a code.
const ERROR: &str = "error";

/// The server's own words in the body of an error with the status: those in the first of [`NAMES`] that
/// has some, in lists and objects too. What only repeats the words of the status, and a code, come last.
///
/// `redact` takes out what must not be printed, before anything is cut off: half a secret is one.
pub(super) fn find(
    status: Option<StatusCode>,
    body: &[u8],
    redact: impl Fn(&str) -> String,
) -> Option<String> {
    let body = json::unmarked(body);
    let body = serde_json::from_slice(body).ok().or_else(|| serde_json::from_str(&event(body)?).ok())?;
    let reason = status.and_then(|status| status.canonical_reason());
    let words = words(&body, reason.unwrap_or_default(), DEEPEST)?;
    Some(one_line(&redact(&words)))
}

/// The data of the first event with some, by lines (WHATWG HTML, section 9.2.5): who is asked for a
/// stream may send an error as one.
fn event(body: &[u8]) -> Option<String> {
    let lines = std::str::from_utf8(body).ok()?.lines().skip_while(|line| !line.starts_with("data:"));
    let data = lines.take_while(|line| !line.is_empty()).filter_map(|line| line.strip_prefix("data:"));
    Some(data.collect::<Vec<_>>().join("\n")).filter(|data| !data.is_empty())
}

/// The body of an error that is a plain text and no JSON: what proxies say, and servers whose
/// frameworks have no more than a line for it, whatever they call that. `redact` as for [`find`].
pub(super) fn plain(headers: &HeaderMap, body: &[u8], redact: impl Fn(&str) -> String) -> Option<String> {
    let text = String::from_utf8_lossy(json::unmarked(body));
    let text = text.trim();
    let is_plain = match header::essence(headers) {
        Some(name) if name.eq_ignore_ascii_case("text/plain") => true,
        // What some frameworks call any text.
        Some(name) if name.eq_ignore_ascii_case("text/html") => is_line(text) && !text.contains('<'),
        Some(_) => header::is_json(headers) && is_line(text),
        None => is_line(text),
    };
    // Pages and JSON without words for people come as plain texts too.
    let is_said = is_plain && !text.is_empty() && !text.starts_with(['<', '{', '[', '"']);
    is_said.then(|| one_line(redact(text).trim_end()))
}

/// Whether this is a text, and no JSON.
fn is_line(text: &str) -> bool {
    let is_odd = |c: char| c == char::REPLACEMENT_CHARACTER || c.is_control() && !c.is_whitespace();
    !text.contains(is_odd) && serde_json::from_str::<IgnoredAny>(text).is_err()
}

/// `reason` has the words of the status.
fn words(value: &Value, reason: &str, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(inside(text, reason, depth).unwrap_or_else(|| text.clone())),
        Value::Array(values) => joined(values.iter().filter_map(|value| words(value, reason, depth))),
        Value::Object(members) => {
            let all = || NAMES.iter().filter_map(|name| Some((*name, named(members, name, reason, depth)?)));
            let tells = |(name, said): &(&str, String)| {
                let is_code = *name == ERROR && !said.trim().contains(char::is_whitespace);
                !is_code && !said.trim().eq_ignore_ascii_case(reason)
            };
            let (_, said) = all().find(tells).or_else(|| all().next()).or_else(|| {
                let are_fields = members.values().all(|value| value.is_array() || value.is_object());
                Some((ERRORS, by_field(members, reason, depth).filter(|_| are_fields)?))
            })?;
            let steps = members.get("loc").or_else(|| members.get("path"));
            Some(match steps.and_then(place) {
                Some(place) => format!("{place}: {said}"),
                None => said,
            })
        }
        _ => None,
    }
}

/// The words in the members that are called `name`.
fn named(members: &Map<String, Value>, name: &str, reason: &str, depth: usize) -> Option<String> {
    let named = members.iter().filter(|(other, _)| is_same(name, other));
    named.map(|(_, value)| value).find_map(|value| match value {
        Value::Object(fields) if name.ends_with(ERRORS) => by_field(fields, reason, depth),
        value => words(value, reason, depth),
    })
}

/// The words in a text that is JSON itself.
fn inside(text: &str, reason: &str, depth: usize) -> Option<String> {
    let is_some = text.trim_start().starts_with(['{', '[']);
    words(&is_some.then(|| serde_json::from_str(text).ok()).flatten()?, reason, depth)
}

/// `name: can't be blank`, for each field that something is said of.
fn by_field(fields: &Map<String, Value>, reason: &str, depth: usize) -> Option<String> {
    let said = |(name, value)| Some(format!("{name}: {}", words(value, reason, depth)?));
    joined(fields.iter().filter_map(said))
}

/// `body.name`, of the steps to the value that is at fault.
fn place(steps: &Value) -> Option<String> {
    let steps = steps.as_array()?.iter().filter_map(|step| match step {
        Value::String(name) => Some(name.clone()),
        Value::Number(index) => Some(index.to_string()),
        _ => None,
    });
    Some(steps.collect::<Vec<_>>().join(".")).filter(|place| !place.is_empty())
}

fn joined(words: impl Iterator<Item = String>) -> Option<String> {
    Some(words.collect::<Vec<_>>().join("; ")).filter(|words| !words.is_empty())
}

/// Whether the name of a member is this one of [`NAMES`].
fn is_same(name: &str, other: &str) -> bool {
    let letters = other.bytes().filter(|byte| *byte != b'_');
    letters.map(|byte| byte.to_ascii_lowercase()).eq(name.bytes())
}

/// `text` as part of a log line: no control characters, and not endless.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// The server's name for a request: its own before that of the network in front of it.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    id_in(headers, "x-request-id")
        .or_else(|| id_in(headers, "request-id"))
        .or_else(|| {
            // Such as `x-github-request-id`; the order of headers says nothing.
            ID_WORDS.iter().find_map(|word| {
                let names = headers.keys().map(HeaderName::as_str);
                id_in(headers, names.filter(|name| is_called(name, word)).min()?)
            })
        })
        .or_else(|| id_in(headers, "cf-ray"))
}

fn id_in<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    // What traces nothing has an ID of zeros.
    headers.get(name)?.to_str().ok().filter(|id| id.contains(|c| c != '0' && c != '-'))
}

/// What the names of headers that have a request's ID say before `-id`, the most telling first.
const ID_WORDS: [&str; 4] = ["request", "correlation", "debug", "trace"];

/// Whether the name of a header ends with this one of [`ID_WORDS`] and `id`, and is none that the
/// client chose the value of itself.
fn is_called(name: &str, word: &str) -> bool {
    let words = name.strip_suffix("-id").or_else(|| name.strip_suffix("id"));
    let before = words.and_then(|words| words.strip_suffix(word));
    before.is_some_and(|before| before.is_empty() || before.ends_with('-')) && !name.contains("client")
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::CONTENT_TYPE;

    fn found(body: &str) -> Option<String> {
        find(Some(StatusCode::BAD_REQUEST), body.as_bytes(), str::to_owned)
    }

    #[test]
    fn every_known_shape_is_read() {
        for body in [
            r#"{"errors": [{"code": 1, "message": "no"}], "message": "other"}"#,
            r#"{"errors": ["no"]}"#,
            r#"{"errors": [{"message": ""}], "message": "no"}"#,
            r#"{"error": {"message": "no"}}"#,
            r#"{"error": "Invalid", "message": "no"}"#,
            r#"{"error": "Bad Request", "message": "no", "statusCode": 400}"#,
            r#"{"title": "no", "detail": "Bad request"}"#,
            r#"{"errors": [], "message": "no"}"#,
            r#"{"error": "code", "error_description": "no"}"#,
            r#"{"detail": "no", "title": "other"}"#,
            r#"{"title": "no", "detail": ""}"#,
        ] {
            assert_eq!(found(body).as_deref(), Some("no"), "{body}");
        }
    }

    #[test]
    fn several_errors_are_joined() {
        let body = r#"{"errors": [{"message": "a"}, {"code": 2}, {"message": "b"}]}"#;
        assert_eq!(found(body).as_deref(), Some("a; b"));
    }

    #[test]
    fn words_are_found_in_the_shapes_of_many_services() {
        for (body, words) in [
            (
                r#"{"detail": [{"type": "missing", "loc": ["body", "name"], "msg": "Field required", "input": {}}]}"#,
                "body.name: Field required",
            ),
            (
                r#"{"detail": [{"loc": ["body", 0], "msg": "a"}, {"loc": [], "msg": "b"}]}"#,
                "body.0: a; b",
            ),
            (r#"{"message": {"detail": [{"msg": "no"}]}}"#, "no"),
            (r#"{"errors": [{"code": "X", "detail": "no", "title": "other"}]}"#, "no"),
            (r#"{"errors": [{"title": "no"}]}"#, "no"),
            (r#"{"errors": "no"}"#, "no"),
            (r#"{"errors": {"name": ["can't be blank"]}}"#, "name: can't be blank"),
            (r#"{"detail": "Invalid", "validation_errors": {"name": ["no"]}}"#, "name: no"),
            (r#"{"message": "Invalid", "fieldErrors": [{"field": "name", "message": "no"}]}"#, "no"),
            (
                r#"{"title": "Invalid", "errors": {"a": ["b", "c"], "message": "d", "e": []}}"#,
                "a: b; c; message: d",
            ),
            (r#"{"message": "no", "errors": [{"field": "a", "code": "missing"}]}"#, "no"),
            (r#"{"errorMessages": ["no"], "errors": {}}"#, "no"),
            (r#"{"error_message": "no", "status": "DENIED"}"#, "no"),
            (r#"{"ok": false, "error_code": 400, "description": "no"}"#, "no"),
            (r#"{"error": {"root_cause": [], "type": "t", "reason": "no"}, "status": 404}"#, "no"),
            (r#"{"fault": {"faultstring": "no", "detail": {"errorcode": "a.b"}}}"#, "no"),
            (r#"{"Message": "no"}"#, "no"),
            (r#"{"Error": {"Code": "X", "Message": "no"}}"#, "no"),
            (r#"{"msg": "no"}"#, "no"),
            (r#"{"reason": "no"}"#, "no"),
            (r#"[{"message": "no", "errorCode": "X"}]"#, "no"),
            (r#""no""#, "no"),
            (r#"{"error": "not here", "message": "other"}"#, "not here"),
            (r#"{"error": "Busy"}"#, "Busy"),
            (r#"{"error": "Bad Request", "path": "/pets"}"#, "Bad Request"),
            (r#"{"error": "Bad Request", "message": ["a", "b"]}"#, "a; b"),
            (r#"{"error": {"code": 7, "message": "Bad Request"}, "message": "no"}"#, "no"),
            (r#"{"name": ["can't be blank"], "owner": {"age": ["a", "b"]}}"#, "name: can't be blank; owner: age: a; b"),
            (r#"{"error": {"message": "[{\"path\": [\"name\"], \"message\": \"too short\"}]"}}"#, "name: too short"),
            (r#"{"message": "[a list]"}"#, "[a list]"),
            (r#"{"errors": [{"message": "no", "path": ["pets", 0]}]}"#, "pets.0: no"),
        ] {
            assert_eq!(found(body).as_deref(), Some(words), "{body}");
        }
    }

    #[test]
    fn an_error_may_be_the_event_of_a_stream() {
        for body in [
            "data: {\"error\": {\"message\": \"no\"}}\n\ndata: [DONE]\n\n",
            ": hello\r\nevent: error\r\ndata: {\"message\":\r\ndata: \"no\"}\r\nid: 7\r\n\r\n",
            "data:{\"message\": \"no\"}",
        ] {
            assert_eq!(found(body).as_deref(), Some("no"), "{body}");
        }
        for body in ["data: no\n\n", "data:\n\n", "event: error\n\n", "\ndate: {}"] {
            assert_eq!(found(body), None, "{body}");
        }
    }

    #[test]
    fn bodies_without_words_have_none() {
        for body in [
            "",
            "<html>",
            "[]",
            "7",
            r#"{"error": 7}"#,
            r#"{"message": " "}"#,
            r#"{"errors": {"a": []}}"#,
            r#"{"name": "a", "code": "b"}"#,
            r#"{"name": ["a"], "code": "b"}"#,
            r#"{"error": {"error": {"error": {"error": {"error": {"error": "deep"}}}}}}"#,
        ] {
            assert_eq!(found(body), None, "{body}");
        }
    }

    #[test]
    fn a_message_fits_a_log_line() {
        let body = format!(r#"{{"message": "a\r\nb{}"}}"#, "x".repeat(10_000));
        let message = found(&body).unwrap();
        assert!(message.starts_with("a  b"));
        assert_eq!(message.chars().count(), LONGEST);
    }

    #[test]
    fn a_secret_is_taken_out_before_the_message_is_cut() {
        let body = format!(r#"{{"message": "{}hidden"}}"#, "x".repeat(LONGEST - 3));
        let message = find(None, body.as_bytes(), |text| text.replace("hidden", "[]")).unwrap();
        assert!(message.ends_with("x[]"), "{message}");
    }

    #[test]
    fn a_plain_text_is_what_the_server_says() {
        let said = |media_type: &str, body: &[u8]| {
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, media_type.parse().unwrap())]);
            plain(&headers, body, |text| text.replace("hidden", "[]"))
        };
        let text = "  slow down:\n100 an hour hidden\n";
        for media_type in ["text/plain", "Text/Plain; charset=utf-8"] {
            let words = "slow down: 100 an hour []";
            assert_eq!(said(media_type, text.as_bytes()).as_deref(), Some(words));
        }
        for media_type in ["application/octet-stream", "text/plainer", "application/xml"] {
            assert_eq!(said(media_type, text.as_bytes()), None, "{media_type}");
        }
        for body in ["", " \r\n", "<!DOCTYPE html>", "{\"code\": 7}", "[]"] {
            assert_eq!(said("text/plain", body.as_bytes()), None, "{body}");
        }
        let long = said("text/plain", &[0xff; 1000]).unwrap();
        assert_eq!(long.chars().count(), LONGEST);
    }

    #[test]
    fn a_plain_text_may_be_called_something_else() {
        let said = |media_type: Option<&str>, body: &[u8]| {
            let headers = media_type.map(|media_type| (CONTENT_TYPE, media_type.parse().unwrap()));
            plain(&HeaderMap::from_iter(headers), body, str::to_owned)
        };
        for media_type in [Some("application/json"), Some("a/problem+json"), Some("text/html; charset=utf-8"), None] {
            assert_eq!(said(media_type, b"no file \"a\"\n").as_deref(), Some("no file \"a\""), "{media_type:?}");
            for body in [&b""[..], b"{\"a\": 7", b"[", b"\"a", b"<p>no</p>", b"no\0", b"\xffno", b"7", b"null"] {
                assert_eq!(said(media_type, body), None, "{media_type:?} {body:?}");
            }
        }
        assert_eq!(said(Some("text/html"), b"no <a>page</a>"), None);
    }

    #[test]
    fn request_ids_are_found() {
        let mut headers = HeaderMap::new();
        headers.insert("x-client-request-id", "ours".parse().unwrap());
        headers.insert("x-unrequest-id", "other".parse().unwrap());
        headers.insert("id", "other".parse().unwrap());
        assert_eq!(request_id(&headers), None);
        // Each is more telling than those before it.
        for name in [
            "cf-ray",
            "x-trace-id",
            "paypal-debug-id",
            "correlation-id",
            "x-ms-request-id",
            "x-amzn-requestid",
            "request-id",
            "x-request-id",
        ] {
            headers.insert(name, name.parse().unwrap());
            assert_eq!(request_id(&headers), Some(name));
        }
        for none in ["", "0", "00000000-0000-0000-0000-000000000000"] {
            headers.insert("x-request-id", none.parse().unwrap());
            assert_eq!(request_id(&headers), Some("request-id"));
        }
    }
}
