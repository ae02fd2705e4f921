//! Reading and writing JSON beside serde's derive and `serde_json`: a page of 1,000 sessions as the Sessions client has it,
//! and the same types with `Serialize` and `Deserialize` derived.

#![allow(clippy::unwrap_used, reason = "a broken benchmark should stop")]

use divan::Bencher;
use divan::counter::BytesCount;
use http::Method;
use realtimekit_sessions::Client;
use realtimekit_sessions::types::GetSessionsResponse;
use serde_json::{Value, json};

fn main() {
    divan::main();
}

mod derived {
    use serde::{Deserialize, Serialize};
    use serde_json::Value;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    pub(super) struct GetSessionsResponse {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        data: Option<Data>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        paging: Option<Paging>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        success: Option<bool>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Data {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sessions: Option<Vec<Session>>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Paging {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end_offset: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start_offset: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total_count: Option<f64>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Session {
        id: String,
        associated_id: String,
        created_at: String,
        live_participants: f64,
        max_concurrent_participants: f64,
        meeting_display_name: String,
        minutes_consumed: f64,
        organization_id: String,
        started_at: String,
        status: Status,
        r#type: Type,
        updated_at: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        breakout_rooms: Option<Vec<Value>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ended_at: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        meta: Option<Value>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    enum Status {
        Live,
        Ended,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Type {
        Meeting,
        Livestream,
        Participant,
    }
}

/// A page of sessions, its numbers with a fraction so that both write them alike.
fn page() -> Vec<u8> {
    let session = |index: u32| {
        json!({
            "id": format!("0a1b2c3d-0000-4000-8000-{index:012}"),
            "associated_id": format!("bbb{index}"),
            "created_at": "2026-11-24T00:00:00.000Z",
            "live_participants": f64::from(index) + 0.5,
            "max_concurrent_participants": 12.5,
            "meeting_display_name": format!("A meeting about \"{index}\""),
            "minutes_consumed": f64::from(index) * 1.25 + 0.1,
            "organization_id": "0a1b2c3d-1111-4000-8000-000000000000",
            "started_at": "2026-11-24T00:00:01.000Z",
            "status": if index.is_multiple_of(2) { "LIVE" } else { "ENDED" },
            "type": "meeting",
            "updated_at": "2026-11-24T01:00:00.000Z",
            "ended_at": if index.is_multiple_of(2) { Value::Null } else { json!("2026-11-24T01:00:00.000Z") },
        })
    };
    let sessions: Vec<Value> = (0..1_000).map(session).collect();
    let page = json!({"success": true, "data": {"sessions": sessions}, "paging": {"total_count": 1000.5}});
    serde_json::to_vec(&page).unwrap()
}

mod decode {
    use super::*;

    #[divan::bench]
    fn client(bencher: Bencher<'_, '_>) {
        let text = page();
        bencher
            .counter(BytesCount::of_slice(&text))
            .bench(|| serde_json::from_slice::<GetSessionsResponse>(&text).unwrap());
    }

    #[divan::bench]
    fn derived(bencher: Bencher<'_, '_>) {
        let text = page();
        let read = || serde_json::from_slice::<super::derived::GetSessionsResponse>(&text).unwrap();
        bencher.counter(BytesCount::of_slice(&text)).bench(read);
    }
}

mod encode {
    use super::*;

    /// As a body is written: into a request.
    #[divan::bench]
    fn client_body(bencher: Bencher<'_, '_>) {
        let page: GetSessionsResponse = serde_json::from_slice(&page()).unwrap();
        let client = Client::builder().build().unwrap();
        let bytes = serde_json::to_vec(&page).unwrap().len();
        bencher.counter(BytesCount::new(bytes)).bench(|| client.request(Method::POST, "/").json(&page));
    }

    /// As a caller writes a value by serde.
    #[divan::bench]
    fn client_serde(bencher: Bencher<'_, '_>) {
        let page: GetSessionsResponse = serde_json::from_slice(&page()).unwrap();
        let bytes = serde_json::to_vec(&page).unwrap().len();
        bencher.counter(BytesCount::new(bytes)).bench(|| serde_json::to_vec(&page).unwrap());
    }

    #[divan::bench]
    fn derived(bencher: Bencher<'_, '_>) {
        let page: super::derived::GetSessionsResponse = serde_json::from_slice(&page()).unwrap();
        let bytes = serde_json::to_vec(&page).unwrap().len();
        bencher.counter(BytesCount::new(bytes)).bench(|| serde_json::to_vec(&page).unwrap());
    }
}
