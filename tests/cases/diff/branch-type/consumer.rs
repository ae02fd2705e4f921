use client::types::{Animal, Pet};

pub fn name(pet: &Pet) -> Option<&str> {
    match pet.animal.as_ref()? {
        Animal::String(name) => Some(name),
        _ => None,
    }
}
