use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<(), Error> {
    client.get_pet("ada", "rex").send().await
}
