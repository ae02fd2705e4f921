use client::types::{Name, Pet};

pub fn name(pet: &Pet) -> Option<&str> {
    let name: Option<&Name> = pet.name.as_ref();
    name.map(|name| name.as_str())
}
