use std::collections::HashSet;

use client::types::Pet;

pub fn distinct(pets: Vec<Pet>) -> usize {
    pets.into_iter().collect::<HashSet<Pet>>().len()
}
