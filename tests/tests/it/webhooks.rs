//! Webhooks and callbacks: their bodies are decoded by hand, as all other models.

use golden_newest::types::{
    CountedTodayWebhook, NewPetPostWebhook, NewPetPostWebhookKind, NewPetPutWebhook, Pet, SubscribeOnEventCallback,
    Subscription,
};

#[test]
fn bodies_are_decoded() {
    let body = br#"{"id": "67e55044-10b1-426f-9247-bb680e5fe0c8", "kind": "cat", "from": {"city": null}, "new": 1,
        "pet": {"id": "p"}}"#;
    let webhook: NewPetPostWebhook = serde_json::from_slice(body).unwrap();
    assert_eq!(webhook.id.to_string(), "67e55044-10b1-426f-9247-bb680e5fe0c8");
    assert_eq!(webhook.kind, NewPetPostWebhookKind::Cat);
    assert_eq!(webhook.from.unwrap().city, None);
    assert_eq!(webhook.pet.unwrap().id, "p");
    assert_eq!(serde_json::from_str::<NewPetPutWebhook>("{}").unwrap().id, None);
    let fault = serde_json::from_slice::<NewPetPostWebhook>(br#"{"kind": "cat"}"#).unwrap_err();
    assert!(fault.to_string().contains("id"), "{fault}");
}

#[test]
fn bodies_that_are_components_or_lists_are_decoded_as_such() {
    let pet: Pet = serde_json::from_str(r#"{"id": "p", "name": null}"#).unwrap();
    assert_eq!((pet.id.as_str(), pet.name), ("p", None));
    let counted: Vec<CountedTodayWebhook> = serde_json::from_str(r#"[{"number": 3}]"#).unwrap();
    assert_eq!(counted.iter().map(|one| one.number).collect::<Vec<_>>(), [3]);
    // What is sent and comes back in a callback goes both ways.
    let subscription: Subscription = serde_json::from_str(r#"{"url": "https://a.example"}"#).unwrap();
    assert_eq!(subscription, Subscription::new("https://a.example"));
    let event: SubscribeOnEventCallback =
        serde_json::from_str(r#"{"at": "2026-01-02T03:04:05Z", "what": [1]}"#).unwrap();
    assert_eq!((event.at.to_string().as_str(), event.what), ("2026-01-02T03:04:05Z", Some(serde_json::json!([1]))));
}
