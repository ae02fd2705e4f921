//! Bytes → types of the Sessions client. No bytes make reading panic; what is read is JSON; what was read and is written
//! reads as the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use realtimekit_sessions::types::{
    EventMetadataValue, GetParticipantDataFromPeerIdResponse, GetSessionsResponse, PeerEventName,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn check<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(text: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(text) else { return };
    assert!(std::str::from_utf8(text).is_ok(), "JSON is UTF-8");
    let written = serde_json::to_string(&value).unwrap();
    let again = serde_json::from_str::<T>(&written).unwrap();
    assert_eq!(again, value, "{written}");
}

fuzz_target!(|text: &[u8]| {
    check::<GetSessionsResponse>(text);
    check::<GetParticipantDataFromPeerIdResponse>(text);
    check::<EventMetadataValue>(text);
    check::<Vec<PeerEventName>>(text);
    // A reader that knows nothing of types takes all that a type takes, but for texts in members that are skipped.
    if serde_json::from_slice::<EventMetadataValue>(text).is_ok() {
        assert!(serde_json::from_slice::<Value>(text).is_ok());
    }
});
