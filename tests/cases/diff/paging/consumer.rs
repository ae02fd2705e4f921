use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<Option<i64>, Error> {
    let mut pets = client.list_pets().items();
    Ok(pets.try_next().await?.map(|pet| pet.id))
}
