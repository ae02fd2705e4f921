use client::types::{Kind, Pet};

pub fn legs(pet: &Pet) -> u32 {
    match pet.kind {
        Some(Kind::Cat | Kind::Dog) => 4,
        _ => 0,
    }
}
