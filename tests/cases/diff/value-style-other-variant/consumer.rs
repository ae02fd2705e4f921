use client::types::{Kind, NewPet};

pub fn made() -> [NewPet; 2] {
    [NewPet::new("Rex").kind(Kind::Dog), NewPet::new("Tom").kind(Kind::HouseCat)]
}
