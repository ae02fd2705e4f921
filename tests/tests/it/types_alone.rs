//! A crate of types alone reads and writes them, and loses nothing on the way; one of an API that has nothing yet compiles.

use clientwright::model::Delivery;
use clientwright_tests::generate;
use golden_types::Patch;
use golden_types::types::{Area, Areas, Kind, PlaceModel, Plmn, PlmnRequired};
use serde_json::{Value, from_value, json, to_value};

#[test]
fn what_is_read_is_written_again() {
    let area = json!({
        "id": "7f1f6a3e-0c55-4f6c-9d8e-2f5d0f4e7a11",
        "networks": [{"mcc": "262", "mnc": "01"}],
        "note": null,
        "kind": "CELL",
        "inside": {"id": "00000000-0000-0000-0000-000000000000", "networks": []},
    });
    let read: Area = from_value(area.clone()).unwrap();
    assert_eq!((read.note.clone(), read.kind.clone()), (Patch::Null, Some(Kind::Cell)));
    assert_eq!(to_value(&read).unwrap(), area);
    let areas: Areas = from_value(json!({"a": area})).unwrap();
    assert_eq!(areas["a"], read);
    assert!(matches!(from_value(area).unwrap(), PlaceModel::Area(_)));
    let missing = from_value::<Area>(json!({"id": "00000000-0000-0000-0000-000000000000"})).unwrap_err();
    assert!(missing.to_string().contains("networks"), "{missing}");
}

#[test]
fn they_can_be_made() {
    let plmn = Plmn::new(PlmnRequired { mcc: "262".into(), mnc: "01".into() });
    assert_eq!(to_value(PlaceModel::Plmn(Box::new(plmn))).unwrap(), json!({"mcc": "262", "mnc": "01"}));
    assert_eq!(from_value::<Value>(json!(1)).unwrap(), 1);
}

#[test]
fn a_client_of_nothing_yet_compiles() {
    let ran = generate::text("openapi: 3.0.3\ninfo: {title: Nothing, version: '1'}\npaths: {}\n", Delivery::Crate);
    assert_eq!(ran.findings.matches("warning[E0003]").count(), 1, "{}", ran.findings);
    assert!(ran.files().0["src/client.rs"].contains("pub fn request("));
    assert_eq!(ran.checked("threats/nothing"), "");
}
