use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<(), Error> {
    client.sell_pet("north", 7).send().await
}
