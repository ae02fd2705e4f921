//! Bytes → a valid description that is made up, broken at a few places → a client. As for `generate`, but every input comes
//! past the reader.

#![no_main]

use clientwright::model::Delivery;
use clientwright_tests::generate;
use clientwright_tests::made::{self, Choices};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices::new(bytes);
    let mut description = made::description(&mut choices);
    made::mutate(&mut choices, &mut description);
    let ran = generate::text(&description.to_string(), Delivery::Crate);
    assert_eq!(ran.made.is_none(), !ran.errors.is_empty(), "{}\n{description:#}", ran.findings);
    if let Some((_, files)) = &ran.made {
        made::check(files).unwrap();
    }
});
