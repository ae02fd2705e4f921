use client::types::{Animal, Pet};

pub fn legs(pet: &Pet) -> u32 {
    match &pet.animal {
        Some(Animal::Cat(cat)) => u32::from(cat.lives > 0) * 4,
        Some(Animal::Dog(_)) => 4,
        _ => 0,
    }
}
