//! Whether an operation's answers have links to other pages: the header `Link` (RFC 8288).

use openapiv3::{ReferenceOr, Response, Responses, StatusCode};

use crate::normalize::{Resolved, Spec, canonical};

/// Whether a success, or what goes for every status, has the header `Link`; names of headers are compared without regard to
/// case (RFC 9110, section 5.1).
pub(super) fn has_links(spec: &Spec, responses: &Responses) -> bool {
    let is_success = |status: &StatusCode| matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2));
    let successes = responses.responses.iter().filter(|(status, _)| is_success(status)).map(|(_, response)| response);
    successes.chain(&responses.default).any(|response| links(spec, response))
}

fn links(spec: &Spec, response: &ReferenceOr<Response>) -> bool {
    let ReferenceOr::Reference { reference } = response else { return false };
    let found = canonical(reference).and_then(|place| spec.response(&place));
    match found {
        Some(Resolved::Found(_, response)) => response.headers.keys().any(|name| name.eq_ignore_ascii_case("link")),
        _ => false,
    }
}
