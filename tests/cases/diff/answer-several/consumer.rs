use client::types::Pet;
use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<Option<i64>, Error> {
    let pet: Option<Pet> = client.create_pet().send().await?;
    Ok(pet.map(|pet| pet.id))
}
