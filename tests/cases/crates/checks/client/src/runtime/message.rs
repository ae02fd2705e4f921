//! What a server says about an error, found in the shapes that servers use.

use http::HeaderMap;
use serde_json::Value;

/// The longest message that is kept, in characters: it ends up in a log line.
const LONGEST: usize = 500;

/// The server's own words in the body of an error: `errors[].message`, `error.message`, `error`,
/// `message`, `detail` (RFC 9457, section 3.1.4) or `title`, in this order; and before them
/// `error_description` (RFC 6749, section 5.2), of which `error` is only the code.
///
/// `redact` takes out what must not be printed, before anything is cut off: half a secret is one.
pub(super) fn find(body: &[u8], redact: impl Fn(&str) -> String) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let errors: Vec<&str> = body
        .get("errors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|error| error.get("message").unwrap_or(error).as_str())
        .filter(|text| !text.trim().is_empty())
        .collect();
    let found = if errors.is_empty() {
        let error = body.get("error");
        [
            body.get("error_description"),
            error.and_then(|error| error.get("message")),
            error,
            body.get("message"),
            body.get("detail"),
            body.get("title"),
        ]
        .into_iter()
        .flatten()
        .find_map(|value| value.as_str().filter(|text| !text.trim().is_empty()))?
        .to_owned()
    } else {
        errors.join("; ")
    };
    Some(one_line(&redact(&found)))
}

/// `text` as part of a log line: no control characters, and not endless.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// The server's name for a request.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["cf-ray", "x-request-id", "request-id"]
        .into_iter()
        .find_map(|name| headers.get(name)?.to_str().ok().filter(|id| !id.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Option<String> {
        find(body.as_bytes(), str::to_owned)
    }

    #[test]
    fn every_known_shape_is_read() {
        for body in [
            r#"{"errors": [{"code": 1, "message": "no"}], "message": "other"}"#,
            r#"{"errors": ["no"]}"#,
            r#"{"errors": [{"message": ""}], "message": "no"}"#,
            r#"{"error": {"message": "no"}}"#,
            r#"{"error": "no", "message": "other"}"#,
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
    fn bodies_without_words_have_none() {
        for body in [
            "",
            "<html>",
            "[]",
            "7",
            r#"{"error": 7}"#,
            r#"{"message": " "}"#,
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
        let message = find(body.as_bytes(), |text| text.replace("hidden", "[]")).unwrap();
        assert!(message.ends_with("x[]"), "{message}");
    }

    #[test]
    fn request_ids_are_found() {
        let mut headers = HeaderMap::new();
        assert_eq!(request_id(&headers), None);
        headers.insert("request-id", "b".parse().unwrap());
        assert_eq!(request_id(&headers), Some("b"));
        headers.insert("cf-ray", "a".parse().unwrap());
        assert_eq!(request_id(&headers), Some("a"));
    }
}
