//! Whether an operation's answers have links to other pages: the header `Link` (RFC 8288).

use openapiv3::{ReferenceOr, Response, Responses, StatusCode};

use crate::ir::NextLink;
use crate::load::tree::{Node, Value};
use crate::normalize::{Resolved, Spec, canonical};

/// Whether a success, or what goes for every status, has the header `Link`; names of headers are compared without regard to
/// case (RFC 9110, section 5.1).
pub(super) fn has_links(spec: &Spec, responses: &Responses) -> bool {
    let is_success = |status: &StatusCode| matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2));
    let successes = responses.responses.iter().filter(|(status, _)| is_success(status)).map(|(_, response)| response);
    successes.chain(&responses.default).any(|response| links(spec, response))
}

/// Where an operation says that its next page is, by `x-ms-pageable`. One that another operation is asked for may be a part of an
/// address alone.
pub(super) fn next_link(operation: &Node) -> Option<NextLink> {
    let said = operation.get("x-ms-pageable")?;
    let next = &said.get("nextLinkName")?.value;
    match next {
        Value::Null => Some(NextLink::Nowhere),
        Value::Text(_) if said.get("operationName").is_some() => Some(NextLink::Nowhere),
        Value::Text(member) => {
            let items = said.get("itemName").and_then(Node::as_text).unwrap_or("value");
            Some(NextLink::At { member: member.clone(), items: items.to_owned() })
        }
        _ => None,
    }
}

fn links(spec: &Spec, response: &ReferenceOr<Response>) -> bool {
    let ReferenceOr::Reference { reference } = response else { return false };
    let found = canonical(reference).and_then(|place| spec.response(&place));
    match found {
        Some(Resolved::Found(_, response)) => response.headers.keys().any(|name| name.eq_ignore_ascii_case("link")),
        _ => false,
    }
}
