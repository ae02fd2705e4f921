//! Bytes → a description → a client. No bytes make the generator panic; what it refuses has a code, and what it writes is
//! Rust with distinct names.

#![no_main]

use clientwright::model::Delivery;
use clientwright_tests::{generate, made};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let ran = generate::text(text, Delivery::Crate);
    assert_eq!(ran.made.is_none(), !ran.errors.is_empty(), "{}", ran.findings);
    if let Some((_, files)) = &ran.made {
        made::check(files).unwrap();
    }
});
