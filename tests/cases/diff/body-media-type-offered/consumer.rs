use client::types::PetPatch;
use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<i64, Error> {
    let changed = client.change_pet(7, &PetPatch::new().name("Rex")).as_strategic_merge_patch().send().await?;
    Ok(changed.id)
}
