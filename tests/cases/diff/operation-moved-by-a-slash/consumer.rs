use client::types::{NewPet, Pet};
use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<i64, Error> {
    let pets: Vec<Pet> = client.list_pets().limit(5).send().await?;
    let made: Pet = client.create_pet(&NewPet::new("Rex").size(3)).send().await?;
    Ok(made.id + pets.first().map_or(0, |pet| pet.id))
}
