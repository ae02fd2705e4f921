use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<usize, Error> {
    Ok(client.list_pets(5).send().await?.len())
}
