use client::types::Pet;

pub fn name(pet: &Pet) -> Option<&str> {
    pet.name.as_deref()
}
