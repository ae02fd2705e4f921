//! Answers of any status, with any headers and body: no operation panics, whatever comes. The fuzz target of the same name
//! looks for more of them.

use clientwright_tests::decoders::{self, Counts};
use clientwright_tests::made;

/// How many answers, unless `CLIENTWRIGHT_DECODERS` says otherwise, and the most bytes that one is made of.
const COUNT: u64 = 3_000;
const BYTES: u64 = 600;

#[test]
fn no_answer_makes_an_operation_panic() {
    let count = std::env::var("CLIENTWRIGHT_DECODERS").ok().map_or(COUNT, |count| count.parse().unwrap());
    let mut all = Counts::default();
    for seed in 0..count {
        let bytes = made::bytes(seed, usize::try_from(seed % BYTES).unwrap());
        let found = std::panic::catch_unwind(|| decoders::check(&bytes));
        let counts = found.unwrap_or_else(|_| panic!("the answer made of seed {seed}"));
        all.decoded += counts.decoded;
        all.undecodable += counts.undecodable;
        all.failed += counts.failed;
    }
    // The answers are worth something: of each kind there are many.
    let least = usize::try_from(count).unwrap();
    assert!(all.decoded > least && all.undecodable > least && all.failed > least, "{all:?}");
}
