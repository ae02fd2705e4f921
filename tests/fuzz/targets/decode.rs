//! Bytes → types of the Sessions client. No bytes make reading panic; what was read and is written reads as the same again;
//! what is read is JSON, but for what is skipped: serde_json doesn't look whether that is UTF-8. (The client does, before it
//! reads an answer.)

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
    let written = serde_json::to_string(&value).unwrap();
    let again = serde_json::from_str::<T>(&written).unwrap();
    assert_eq!(again, value, "{written}");
}

fuzz_target!(|text: &[u8]| {
    check::<GetSessionsResponse>(text);
    check::<GetParticipantDataFromPeerIdResponse>(text);
    check::<EventMetadataValue>(text);
    check::<Vec<PeerEventName>>(text);
    // Nothing of a list of texts is skipped.
    if serde_json::from_slice::<Vec<PeerEventName>>(text).is_ok() {
        assert!(std::str::from_utf8(text).is_ok());
    }
    // A reader that knows nothing of types takes all that a type takes, but for texts in members that are skipped.
    if serde_json::from_slice::<EventMetadataValue>(text).is_ok() {
        assert!(serde_json::from_slice::<Value>(text).is_ok());
    }
});
