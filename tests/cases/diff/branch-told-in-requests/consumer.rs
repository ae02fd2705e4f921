use client::types::{Animal, NewPet};

pub fn is_dog(pet: &NewPet) -> bool {
    matches!(&pet.animal, Some(Animal::Dog(_)))
}
