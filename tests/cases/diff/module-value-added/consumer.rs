use client::types::Kind;

pub fn legs(kind: &Kind) -> Option<u32> {
    match kind {
        Kind::Cat | Kind::Dog => Some(4),
        Kind::Unlisted(_) => None,
    }
}
