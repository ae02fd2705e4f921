use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<usize, Error> {
    Ok(client.pets().list_pets().send().await?.len())
}
