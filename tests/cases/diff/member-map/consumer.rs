use client::types::Pet;

pub fn tag(pet: &Pet) -> Option<&str> {
    pet.tags.as_ref()?.get("colour").map(String::as_str)
}
