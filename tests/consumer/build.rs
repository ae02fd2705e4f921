//! Makes `src/api.rs` of the description, as any crate could.

fn main() -> Result<(), clientwright::Error> {
    clientwright::Builder::from_config("api.toml").generate().map(drop)
}
