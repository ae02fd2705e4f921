use client::types::NewPet;

pub fn made() -> NewPet {
    NewPet::new("Rex").size(3)
}

pub fn size(pet: &NewPet) -> i64 {
    pet.size
}
