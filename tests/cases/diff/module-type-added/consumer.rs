use client::types::{Kind, Pet};

pub fn cat(id: i64) -> Pet {
    Pet { id, kind: Some(Kind::Cat) }
}
