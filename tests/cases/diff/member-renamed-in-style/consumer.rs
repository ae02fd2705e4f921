use client::types::Pet;

pub fn name(pet: Pet) -> Option<String> {
    pet.pet_name
}
