use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<usize, Error> {
    Ok(client.list_pets().limit(&[5, 6]).send().await?.len())
}
