use client::Uuid;
use client::types::Pet;

pub fn chip(pet: Pet) -> Option<Uuid> {
    pet.chip
}
