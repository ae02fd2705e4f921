use client::types::Pet;

pub fn rex() -> Pet {
    Pet::new().name("Rex")
}
