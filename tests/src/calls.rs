//! Every operation of the Sessions client, called with the least and with all arguments.

use std::pin::Pin;

use realtimekit_sessions::types::{
    ParticipantSortBy, ParticipantView, PeerReportFilter, SessionSortBy, SessionStatus, SortOrder, TranscriptFormat,
};
use realtimekit_sessions::{Client, Error};
use serde_json::Value;

/// The account that every call names.
pub const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
/// The app that every call names.
pub const APP: &str = "app-1";
/// The session that calls name.
pub const SESSION: &str = "182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e";

/// A call that is on its way; it gives the answer as the model writes it again.
pub type Running = Pin<Box<dyn Future<Output = Result<Value, Error>> + Send>>;

/// One way to call an operation.
#[derive(Clone, Copy)]
pub struct Call {
    /// The method's name.
    pub operation: &'static str,
    /// `min` or `max`.
    pub variant: &'static str,
    /// Makes the call.
    pub run: fn(Client) -> Running,
}

/// `calls! { name variant: |sessions| request; }`
macro_rules! calls {
    ($($operation:ident $variant:ident: |$sessions:ident| $request:expr;)+) => {
        /// All calls: nine operations, each in two variants.
        pub static CALLS: &[Call] = &[$(Call {
            operation: stringify!($operation),
            variant: stringify!($variant),
            run: |client| Box::pin(async move {
                let $sessions = client.realtime_kit().sessions();
                $request.send().await.map(|answer| serde_json::to_value(answer).unwrap())
            }),
        }),+];
    };
}

calls! {
    get_sessions min: |sessions| sessions.get_sessions(ACCOUNT, APP);
    get_sessions max: |sessions| sessions
        .get_sessions(ACCOUNT, APP)
        .associated_id("meet-1")
        .end_time("2024-02-01T00:00:00+05:30")
        .page_no(1)
        .participants("1-100")
        .per_page(20)
        .search("x y")
        .sort_by(SessionSortBy::CreatedAt)
        .sort_order(SortOrder::Desc)
        .start_time("2024-01-01T00:00:00Z")
        .status(SessionStatus::Ended);

    get_session_details min: |sessions| sessions.get_session_details(ACCOUNT, APP, SESSION);
    get_session_details max: |sessions| sessions
        .get_session_details(ACCOUNT, APP, SESSION)
        .include_breakout_rooms(true);

    get_session_participants min: |sessions| sessions.get_session_participants(ACCOUNT, APP, SESSION);
    get_session_participants max: |sessions| sessions
        .get_session_participants(ACCOUNT, APP, SESSION)
        .include_peer_events(true)
        .page_no(2)
        .per_page(50)
        .search("a b&c=d+ü/%")
        .sort_by(ParticipantSortBy::JoinedAt)
        .sort_order(SortOrder::Asc)
        .view(ParticipantView::Consolidated);

    get_session_participant_details min: |sessions| sessions
        .get_session_participant_details(ACCOUNT, APP, SESSION, "part-1");
    get_session_participant_details max: |sessions| sessions
        .get_session_participant_details(ACCOUNT, APP, SESSION, "part-1")
        .include_peer_events(false);

    get_session_chat min: |sessions| sessions.get_session_chat(ACCOUNT, APP, SESSION);
    get_session_chat max: |sessions| sessions.get_session_chat(ACCOUNT, APP, SESSION);

    get_session_transcripts min: |sessions| sessions.get_session_transcripts(ACCOUNT, APP, SESSION);
    get_session_transcripts max: |sessions| sessions
        .get_session_transcripts(ACCOUNT, APP, SESSION)
        .format(TranscriptFormat::Vtt);

    get_session_summary min: |sessions| sessions.get_session_summary(ACCOUNT, APP, SESSION);
    get_session_summary max: |sessions| sessions.get_session_summary(ACCOUNT, APP, SESSION);

    generate_summary_of_transcripts min: |sessions| sessions.generate_summary_of_transcripts(ACCOUNT, APP, SESSION);
    generate_summary_of_transcripts max: |sessions| sessions.generate_summary_of_transcripts(ACCOUNT, APP, SESSION);

    get_participant_data_from_peer_id min: |sessions| sessions
        .get_participant_data_from_peer_id(ACCOUNT, APP, "peer-1");
    get_participant_data_from_peer_id max: |sessions| sessions
        .get_participant_data_from_peer_id(ACCOUNT, APP, "peer-1")
        .filters(PeerReportFilter::QualityStats)
        .include_peer_events(true);
}
