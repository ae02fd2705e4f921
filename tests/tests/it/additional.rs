//! Members that an object has beside the named ones, in a generated client: what is read and what is written.

use std::collections::BTreeMap;

use golden_everything::types::{Settings, SettingsLimits, SettingsMode, SettingsValue};
use serde_json::json;

#[test]
fn other_members_are_kept_in_their_type_and_sent_again() {
    let text =
        r#"{"a b": {"value": "x"}, "mode": "open", "additional": true, "limits": {"most": 3, "least": [1]}, "c": {}}"#;
    let settings: Settings = serde_json::from_str(text).unwrap();
    assert_eq!((&settings.mode, settings.additional), (&SettingsMode::Open, Some(true)));
    let others =
        BTreeMap::from([("a b".to_owned(), SettingsValue::new().value("x")), ("c".to_owned(), SettingsValue::new())]);
    assert_eq!(settings.additional_members, others);
    assert_eq!(settings.limits.as_ref().unwrap().additional["least"], json!([1]));
    let again = serde_json::to_value(&settings).unwrap();
    assert_eq!(again, serde_json::from_str::<serde_json::Value>(text).unwrap());

    let limits = SettingsLimits::new().most(3).additional(BTreeMap::from([("least".to_owned(), json!([1]))]));
    let built = Settings::new(SettingsMode::Open).additional(true).limits(limits).additional_members(others);
    assert_eq!(built, settings);
}

#[test]
fn faults_in_other_members_say_where() {
    let fault = |text: &str| serde_json::from_str::<Settings>(text).unwrap_err().to_string();
    let text = r#"{"mode": "open", "a b": {"value": 1}}"#;
    assert_eq!(fault(text), "[\"a b\"].value: expected a string, found a whole number at line 1 column 35");
    let text = r#"{"mode": "open", "a": {}, "a": {}}"#;
    assert_eq!(fault(text), "a: the member is there twice at line 1 column 29");
}
