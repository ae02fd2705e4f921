use client::types::{Home, NewPet, Pet};

pub fn moved(pet: Pet) -> NewPet {
    let home: Home = pet.home.unwrap_or_default();
    NewPet::new("Rex").home(home)
}
