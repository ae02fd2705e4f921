use client::types::{Kind, NewPet};

pub fn made() -> [NewPet; 2] {
    [NewPet::new("Rex").kind(Kind::HouseDog), NewPet::new("Tom").kind(Kind::Cat)]
}
