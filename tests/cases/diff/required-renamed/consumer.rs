use client::types::{NewPet, NewPetRequired};

pub fn made() -> NewPet {
    NewPet::new(NewPetRequired {
        name: "Rex".into(),
        kind: "dog".into(),
        breed: "pug".into(),
        owner: "Ann".into(),
        size: 3,
    })
}
