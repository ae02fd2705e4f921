use client::{Client, Error};

pub async fn calls(client: &Client) -> Option<String> {
    let failed: Error = client.list_pets().send().await.err()?;
    Some(failed.problem()?.title)
}
