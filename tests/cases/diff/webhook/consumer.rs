use client::types::PetNamedWebhook;

pub fn name(webhook: PetNamedWebhook) -> Option<String> {
    webhook.name
}
