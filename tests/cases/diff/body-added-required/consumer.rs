use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<i64, Error> {
    Ok(client.create_pet().send().await?.id)
}
