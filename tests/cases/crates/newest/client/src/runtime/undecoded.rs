//! What an answer says of a body that can't be decoded, or needn't be tried.

use super::header;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;

/// The words for a body that can't be decoded: that it is encoded, or no JSON, where its headers say so.
/// What is no name of such a thing is not repeated.
pub(super) fn why(headers: &HeaderMap) -> String {
    coded(headers).unwrap_or_else(|| match other_media_type(headers) {
        Some(media_type) => format!("the body can't be decoded; the answer is `{media_type}`"),
        None => "the body can't be decoded".to_owned(),
    })
}

/// The words for a body that is encoded, if it is.
pub(super) fn coded(headers: &HeaderMap) -> Option<String> {
    let codings = codings(headers)?;
    Some(format!("the body has the content-encoding `{codings}`, which was not undone"))
}

/// The same, if it is so for certain: some servers say of a text that it has the coding `utf-8`, or
/// `none`.
pub(super) fn coded_for_certain(headers: &HeaderMap) -> Option<String> {
    let mut names = codings(headers)?.split(',').map(str::trim);
    let is_coding = |name: &str| CODINGS.iter().any(|coding| name.eq_ignore_ascii_case(coding));
    names.any(is_coding).then(|| coded(headers)).flatten()
}

/// The codings that are registered ("HTTP Content Coding Registry" of IANA), but for `identity`.
const CODINGS: [&str; 12] = [
    "aes128gcm", "br", "compress", "dcb", "dcz", "deflate", "exi", "gzip", "pack200-gzip", "x-compress",
    "x-gzip", "zstd",
];

/// The codings that the body still has (RFC 9110, section 8.4): a transport that undoes them takes the
/// header away.
fn codings(headers: &HeaderMap) -> Option<&str> {
    const LONGEST: usize = 64;
    let codings = headers.get(CONTENT_ENCODING)?.to_str().ok()?.trim();
    let mut names = codings.split(',').map(str::trim);
    let is_name = names.clone().all(|name| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        !name.is_empty() && name.bytes().all(is_part)
    });
    let says_some = names.any(|name| !name.eq_ignore_ascii_case("identity"));
    (codings.len() <= LONGEST && is_name && says_some).then_some(codings)
}

/// The media type of an answer that says that it is no JSON, such as the page of a proxy (RFC 6838,
/// section 4.2).
fn other_media_type(headers: &HeaderMap) -> Option<&str> {
    const LONGEST: usize = 127;
    let essence = header::essence(headers)?;
    let (top, name) = essence.split_once('/')?;
    let is_name = |name: &str| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        (1..=LONGEST).contains(&name.len()) && name.bytes().all(is_part)
    };
    (is_name(top) && is_name(name) && !header::is_json(headers)).then_some(essence)
}

#[cfg(test)]
mod tests {
    use super::super::call::Call;
    use super::super::testing::{Fake, GET, Reply, answer, block_on, builder};
    use serde_json::Value;

    /// The words of the error that an answer with this header comes to.
    fn said(headers: &[(&'static str, &'static str)], body: &str) -> String {
        let Reply::Answer(mut reply) = answer(200, body) else {
            unreachable!()
        };
        for (name, value) in headers {
            reply.headers_mut().insert(*name, value.parse().unwrap());
        }
        let core = builder(&Fake::new([Reply::Answer(reply)])).build(None).unwrap();
        block_on(Call::new(&core, &GET).send::<Value>()).unwrap_err().to_string()
    }

    #[test]
    fn an_answer_that_says_that_it_is_no_json_is_called_by_its_media_type() {
        let said = |media_type, body| said(&[("content-type", media_type)], body);
        let html = said("Text/HTML; charset=utf-8", "<html>");
        assert!(html.contains("200 OK: the body can't be decoded; the answer is `Text/HTML` (expected"), "{html}");
        for media_type in ["application/json", "text/JSON", "a/b+json", "", "html", "a/b`c", "a/\u{fc}", "a/b c"] {
            let said = said(media_type, "<html>");
            assert!(said.contains("200 OK: the body can't be decoded (expected"), "{said}");
        }
        assert!(said("application/jsonl", "{}\n{}").contains("the answer is `application/jsonl`"));
        let long: &str = Box::leak(format!("a/{}", "b".repeat(128)).into_boxed_str());
        assert!(!said(long, "<html>").contains("the answer is"));
        assert!(said("text/html", "").contains("200 OK: the body is empty ("));
    }

    #[test]
    fn a_body_whose_coding_was_not_undone_is_called_by_that() {
        let said = |coding, body| said(&[("content-type", "text/html"), ("content-encoding", coding)], body);
        for coding in ["br", "x-gzip", "Deflate", "gzip, br"] {
            let said = said(coding, "\u{fffd}");
            let words = format!("200 OK: the body has the content-encoding `{coding}`, which was not undone (expected");
            assert!(said.contains(&words), "{said}");
        }
        let long: &str = Box::leak("b".repeat(65).into_boxed_str());
        for coding in ["", "Identity", "a`b", "a\u{fc}", "br,", long] {
            let said = said(coding, "<html>");
            assert!(said.contains("200 OK: the body can't be decoded; the answer is `text/html` (expected"), "{said}");
        }
        assert!(said("br", "").contains("200 OK: the body is empty ("));
    }
}
