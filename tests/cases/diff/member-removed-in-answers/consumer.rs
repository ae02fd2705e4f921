use client::types::Pet;

pub fn told(pet: &Pet) -> String {
    match pet.name.as_deref() {
        Some(name) => format!("{}: {name}", pet.id),
        None => pet.id.to_string(),
    }
}

pub fn taken(pet: Pet) -> Option<String> {
    let Pet { id: _, name, .. } = pet;
    name
}
