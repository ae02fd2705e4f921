use client::types::PetHome;

pub fn city(home: PetHome) -> Option<String> {
    home.city
}
