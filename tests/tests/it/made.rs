//! Descriptions that are made up: every valid one gives a crate, and whatever is broken gives a crate or an error that has
//! a place.

use clientwright::model::Delivery;
use clientwright_tests::generate::{self, Ran};
use clientwright_tests::made::{self, Choices};

/// How many descriptions, and the bytes that each is made of.
const COUNT: u64 = 150;
const BYTES: usize = 3_000;

fn of(seed: u64, broken: bool) -> (String, Ran) {
    let bytes = made::bytes(seed, BYTES);
    let mut choices = Choices::new(&bytes);
    let mut description = made::description(&mut choices);
    if broken {
        let bytes = made::bytes(!seed, BYTES);
        made::mutate(&mut Choices::new(&bytes), &mut description);
    }
    let text = format!("{description:#}");
    let delivery = if seed.is_multiple_of(5) { Delivery::Module } else { Delivery::Crate };
    let ran = generate::text(&text, delivery);
    (text, ran)
}

/// Runs `check` on every description, on two threads; fails with the first few of those that fail.
fn all(broken: bool, check: impl Fn(&Ran) -> Result<(), String> + Sync) {
    let failed = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            let check = &check;
            scope.spawn(move || {
                let seeds = (0..COUNT).filter(|seed| seed % 2 == half);
                let failed = seeds.filter_map(|seed| {
                    let (text, ran) = of(seed, broken);
                    Some(format!("== seed {seed}\n{text}\n{}", check(&ran).err()?))
                });
                failed.collect::<Vec<String>>()
            })
        });
        halves.map(|half| half.join().unwrap()).concat()
    });
    let first = failed.iter().take(3).cloned().collect::<Vec<_>>().join("\n");
    assert!(failed.is_empty(), "{} of {COUNT}, the first of them:\n{first}", failed.len());
}

fn is_rust(ran: &Ran) -> Result<(), String> {
    ran.made.as_ref().map_or(Ok(()), |(_, files)| made::check(files))
}

#[test]
fn every_valid_description_gives_rust_with_distinct_names() {
    all(
        false,
        |ran| if ran.errors == ["E0002"] || ran.made.is_some() { is_rust(ran) } else { Err(ran.findings.clone()) },
    );
}

#[test]
fn every_broken_description_gives_rust_or_errors_with_places() {
    all(true, |ran| {
        let has_place = ran.findings.contains("api.yaml:");
        if ran.made.is_some() != ran.errors.is_empty() || !(ran.made.is_some() || has_place) {
            return Err(ran.findings.clone());
        }
        is_rust(ran)
    });
}
