//! Schemas that hold at once, in a generated client: what is read and what is written.

use golden_everything::types::{ByShip, NewShipment, NewShipmentName, Shipment};
use serde_json::{Value, json};

#[test]
fn what_builds_on_a_base_has_the_members_of_both() {
    let text = r#"{"by": "ship", "id": "s1", "port": "Kiel", "size": {"containers": 2, "width": 3}}"#;
    let ship: ByShip = serde_json::from_str(text).unwrap();
    assert_eq!((ship.id.as_str(), ship.port.as_str()), ("s1", "Kiel"));
    let size = ship.size.clone().unwrap();
    assert_eq!((size.containers, size.width), (2, Some(3)));
    let shipment: Shipment = serde_json::from_str(text).unwrap();
    assert_eq!(shipment, Shipment::Ship(Box::new(ship)));
    let fault = serde_json::from_str::<ByShip>(r#"{"by": "ship", "id": "s1"}"#).unwrap_err().to_string();
    assert!(fault.contains("port"), "{fault}");
}

#[test]
fn a_base_is_what_its_discriminator_says() {
    let read = |text: &str| serde_json::from_str::<Shipment>(text).unwrap();
    assert!(
        matches!(read(r#"{"wagon": 7, "by": "train", "id": "1"}"#), Shipment::Train(train) if train.wagon == Some(7))
    );
    assert!(matches!(read(r#"{"by": "feet", "id": "1", "size": {"width": 1}}"#), Shipment::Feet(_)));
    let unknown = r#"{"by": "air", "id": "1"}"#;
    assert_eq!(read(unknown), Shipment::Unlisted(serde_json::from_str(unknown).unwrap()));
}

#[test]
fn what_stands_beside_a_union_is_in_each_branch() {
    let new = NewShipment::from(NewShipmentName::new(true, "Ann"));
    let written = serde_json::to_value(&new).unwrap();
    assert_eq!(written, json!({ "hurry": true, "name": "Ann" }));
    assert_eq!(serde_json::from_value::<NewShipment>(written).unwrap(), new);
    let neither: Value = json!({ "hurry": true });
    assert_eq!(serde_json::from_value::<NewShipment>(neither.clone()).unwrap(), NewShipment::Unlisted(neither));
}
