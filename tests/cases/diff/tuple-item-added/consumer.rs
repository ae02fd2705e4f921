use client::types::{Position, Weight};

pub fn there() -> Position {
    Position(4.9, 52.4)
}

pub fn heavy(weight: &Weight) -> String {
    let Weight(number, unit, _) = weight;
    format!("{number} {unit}")
}
