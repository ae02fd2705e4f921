//! What the scenarios want and no description says, as far as the emitter doesn't tell by itself: it changes nothing of what is
//! tried, and says why a scenario didn't pass.

/// Beginnings of names, and what is lost on the way to OpenAPI.
const OUTSIDE: [(&str, &str); 6] = [
    ("Routes_PathParameters_ReservedExpansion_", "that a path parameter isn't encoded (`{+param}`) is not written"),
    ("Routes_PathParameters_PathExpansion_", "a path parameter that is a path (`{/param}`) is written as a plain one"),
    ("Parameters_Path_optional", "a path parameter is never optional"),
    (
        "Payload_MultiPart_FormData_HttpParts_jsonArrayAndFileArray",
        "a list in a form is a part for each of its items; that it is one part of JSON is not written",
    ),
    (
        "Payload_Pageable_ServerDrivenPagination_AlternateInitialVerb_post",
        "that the pages behind one that a POST answers are asked for by GET is not written",
    ),
    (
        "Streaming_Sse_Protocol_reconnect",
        "that a stream goes on in another (`Last-Event-ID`) is not written, and the scenario doesn't say its second call",
    ),
];

/// Beginnings of names, and where the mock API itself doesn't hold to its description.
const BROKEN: [(&str, &str); 1] = [(
    "Payload_Pageable_ServerDrivenPagination_nestedLink",
    "its last page lacks the member `nestedNext`, which is required",
)];

/// Why a scenario that didn't pass can't.
pub fn reason(name: &str) -> Option<String> {
    let of = |table: &[(&str, &'static str)]| {
        table.iter().find(|(begins, _)| name.starts_with(begins)).map(|(_, reason)| *reason)
    };
    let outside = of(&OUTSIDE).map(|reason| format!("outside OpenAPI: {reason}"));
    outside.or_else(|| of(&BROKEN).map(|reason| format!("the mock API breaks its description: {reason}")))
}

/// What a user would write into the configuration, because no description says it.
pub fn settings(spec: &str) -> &'static str {
    match spec {
        // That the text `next` is an address.
        "payload/pageable" => {
            "[paging]\nServerDrivenPagination_linkString = { next_url = \"next\", items = \"pets\" }\n"
        }
        _ => "",
    }
}
