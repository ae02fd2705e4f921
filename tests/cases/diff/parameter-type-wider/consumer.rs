use client::{Client, Error};

pub async fn calls(client: &Client, limit: i64) -> Result<usize, Error> {
    Ok(client.list_pets().limit(limit).send().await?.len())
}
