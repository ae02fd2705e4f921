//! Requests on the wire: each of the nine operations with the least and with all arguments, byte for byte in method and
//! path, and pair for pair in the query. The table says what the vendor's own clients send.

use clientwright_tests::calls::{CALLS, Call};
use clientwright_tests::server::{Recorded, Server, json};
use realtimekit_sessions::Client;

const SESSIONS: &str = "/accounts/023e105f4ecef8ad9ca31a8372d0c353/realtime/kit/app-1/sessions";

/// A row: operation, variant, method, what follows [`SESSIONS`] in the path, and the decoded query, sorted.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

static ROWS: &[Row] = &[
    ("get_sessions", "min", "GET", "", &[]),
    (
        "get_sessions",
        "max",
        "GET",
        "",
        &[
            ("associated_id", "meet-1"),
            ("end_time", "2024-02-01T00:00:00+05:30"),
            ("page_no", "1"),
            ("participants", "1-100"),
            ("per_page", "20"),
            ("search", "x y"),
            ("sort_by", "createdAt"),
            ("sort_order", "DESC"),
            ("start_time", "2024-01-01T00:00:00Z"),
            ("status", "ENDED"),
        ],
    ),
    ("get_session_details", "min", "GET", "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e", &[]),
    (
        "get_session_details",
        "max",
        "GET",
        "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e",
        &[("include_breakout_rooms", "true")],
    ),
    ("get_session_participants", "min", "GET", "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/participants", &[]),
    (
        "get_session_participants",
        "max",
        "GET",
        "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/participants",
        &[
            ("include_peer_events", "true"),
            ("page_no", "2"),
            ("per_page", "50"),
            ("search", "a b&c=d+ü/%"),
            ("sort_by", "joinedAt"),
            ("sort_order", "ASC"),
            ("view", "consolidated"),
        ],
    ),
    ("get_session_participant_details", "min", "GET", "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/participants/part-1", &[]),
    (
        "get_session_participant_details",
        "max",
        "GET",
        "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/participants/part-1",
        &[("include_peer_events", "false")],
    ),
    ("get_session_chat", "min", "GET", "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/chat", &[]),
    ("get_session_chat", "max", "GET", "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/chat", &[]),
    ("get_session_transcripts", "min", "GET", "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/transcript", &[]),
    ("get_session_transcripts", "max", "GET", "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/transcript", &[("format", "VTT")]),
    ("get_session_summary", "min", "GET", "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/summary", &[]),
    ("get_session_summary", "max", "GET", "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/summary", &[]),
    ("generate_summary_of_transcripts", "min", "POST", "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/summary", &[]),
    ("generate_summary_of_transcripts", "max", "POST", "/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e/summary", &[]),
    ("get_participant_data_from_peer_id", "min", "GET", "/peer-report/peer-1", &[]),
    (
        "get_participant_data_from_peer_id",
        "max",
        "GET",
        "/peer-report/peer-1",
        &[("filters", "quality_stats"), ("include_peer_events", "true")],
    ),
];

#[tokio::test]
async fn every_call_is_sent_as_the_official_clients_send_it() {
    assert_eq!(ROWS.len(), CALLS.len());
    for (call, row) in CALLS.iter().zip(ROWS) {
        let (operation, variant, method, below, query) = *row;
        assert_eq!((call.operation, call.variant), (operation, variant), "the tables go in step");
        let request = sent(call).await;
        let what = format!("{operation} {variant}");
        assert_eq!(request.method, method, "{what}");
        assert_eq!(request.path, format!("{SESSIONS}{below}"), "{what}");
        let query: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(request.pairs(), query, "{what}");
        assert_eq!(request.query.is_some(), !query.is_empty(), "{what}: no pairs, no question mark");
        assert_eq!(request.header("authorization"), "Bearer secret", "{what}");
        assert_eq!(request.header("accept"), "application/json", "{what}");
        assert!(request.header("user-agent").starts_with("realtimekit-sessions/"), "{what}");
        assert!(request.body.is_empty(), "{what}");
    }
}

/// What a call puts on the wire, towards a server that answers an empty object.
async fn sent(call: &Call) -> Recorded {
    let server = Server::start(|_, _| json(200, "{}")).await;
    let client = Client::builder().bearer_token("secret").base_url(server.url()).build().unwrap();
    (call.run)(client).await.unwrap();
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1, "one call is one request");
    requests.remove(0)
}
