use client::types::{Animal, Pet};

pub fn is_dog(pet: &Pet) -> bool {
    matches!(&pet.animal, Some(Animal::Dog(_)))
}
