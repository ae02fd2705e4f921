use client::types::{Age, Pet};

pub fn age(pet: &Pet) -> Age {
    pet.age.unwrap_or(0)
}

pub fn next(pet: &Pet) -> i64 {
    age(pet) + 1
}
