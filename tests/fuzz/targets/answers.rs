//! Bytes → an answer → every operation of the Sessions client. No answer makes one panic, or wait for ever.

#![no_main]

use clientwright_tests::decoders;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    decoders::check(bytes);
});
