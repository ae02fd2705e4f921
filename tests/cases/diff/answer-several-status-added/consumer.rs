use client::client::CreatePetAnswer;
use client::{Client, Error};

pub async fn calls(client: &Client) -> Result<String, Error> {
    Ok(match client.create_pet().send().await? {
        CreatePetAnswer::Created(pet) => pet.id.to_string(),
        CreatePetAnswer::Accepted(ticket) => ticket.ticket,
        other => format!("{other:?}"),
    })
}
