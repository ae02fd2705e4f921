use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<(), Error> {
    client.list_pets().stream().await.map(drop)
}
