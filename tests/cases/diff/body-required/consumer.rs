use client::types::NewPet;
use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<i64, Error> {
    Ok(client.create_pet().body(&NewPet::new("Rex")).send().await?.id)
}
