use client::client::CreatePetAnswer;
use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<bool, Error> {
    Ok(client.create_pet().send().await? == CreatePetAnswer::NoContent)
}
