//! What is named once keeps its name through all versions of a description, and what is generated a second time is not
//! written: neither when nothing has changed, nor when only the order has.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clientwright::config::Config;
use clientwright::model::Delivery;
use clientwright::pipeline::{self, Output, Run};
use clientwright::write::{MANIFEST, Mode, Report};
use clientwright_tests::made::{self, Choices};
use clientwright_tests::workspace;
use serde_json::Value;

/// A folder that a description is generated into, version by version.
struct History {
    folder: tempfile::TempDir,
    delivery: Delivery,
    names: BTreeMap<String, String>,
}

impl History {
    fn new(delivery: Delivery) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), delivery, names: BTreeMap::new() }
    }

    /// Generates a version, twice, and a third time with everything in another order; `None` where nothing can be generated.
    fn next(&mut self, text: &str, what: &str) -> Result<Option<Report>, String> {
        let Some(report) = self.generate(text)? else { return Ok(None) };
        let again = self.generate(text)?.ok_or(format!("{what}: not generated again"))?;
        if !again.is_clean() {
            return Err(format!("{what}: written again: {:?}", [again.created, again.changed, again.deleted]));
        }
        let back: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
        let back = serde_yaml::to_string(&reversed(back)).unwrap();
        // The input is another one, and nothing else is.
        let order = self.generate(&back)?.ok_or(format!("{what}: not generated in another order"))?;
        if (order.created.len(), order.deleted.len()) != (0, 0) || order.changed != [MANIFEST] {
            return Err(format!(
                "{what}: not the same in another order: {:?}",
                [order.created, order.changed, order.deleted]
            ));
        }
        let names = self.lock();
        for (key, name) in &names {
            if self.names.get(key).is_some_and(|before| before != name) {
                return Err(format!("{what}: {key} was `{}` and is `{name}`", self.names[key]));
            }
        }
        self.names = names;
        Ok(Some(report))
    }

    fn generate(&self, text: &str) -> Result<Option<Report>, String> {
        let spec = self.folder.path().join("api.yaml");
        fs::write(&spec, text).unwrap();
        let config = Config { delivery: self.delivery, ..Config::new(spec, self.client()) };
        let mut run = Run::default();
        let output = Output { mode: Mode::Write, overwrite_edited: false, command: "clientwright generate" };
        let outcome = pipeline::generate(&config, output, &mut run);
        let found: Vec<_> = run.diagnostics.iter().filter(|found| found.code.id.starts_with('W')).collect();
        if found.is_empty() { Ok(outcome.map(|outcome| outcome.report)) } else { Err(format!("{found:?}")) }
    }

    fn client(&self) -> std::path::PathBuf {
        self.folder.path().join("client")
    }

    /// The names that the lock holds, by what has them. Where that is the same in two versions is all that is compared: a shape
    /// is no name.
    fn lock(&self) -> BTreeMap<String, String> {
        let text = fs::read_to_string(self.client().join(MANIFEST)).unwrap();
        let lines = text.lines().filter(|line| {
            let word = line.split(' ').next().unwrap_or_default();
            matches!(word, "type" | "required" | "member" | "operation" | "request")
        });
        lines.filter_map(|line| line.rsplit_once(' ')).map(|(key, name)| (key.to_owned(), name.to_owned())).collect()
    }
}

fn reversed(value: serde_yaml::Value) -> serde_yaml::Value {
    match value {
        serde_yaml::Value::Mapping(members) => {
            let members: Vec<_> = members.into_iter().collect();
            serde_yaml::Value::Mapping(members.into_iter().rev().map(|(key, value)| (key, reversed(value))).collect())
        }
        serde_yaml::Value::Sequence(items) => serde_yaml::Value::Sequence(items.into_iter().map(reversed).collect()),
        other => other,
    }
}

fn versions(folder: &Path) -> Vec<String> {
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn names_stay_through_the_versions_of_a_description() {
    let versions = versions(&workspace().join("tests/cases/history/library"));
    assert_eq!(versions.len(), 5);
    for delivery in [Delivery::Crate, Delivery::Module] {
        let mut history = History::new(delivery);
        for (index, text) in versions.iter().enumerate() {
            let report = history.next(text, &format!("{delivery:?}, version {}", index + 1)).unwrap().unwrap();
            assert!(report.written() > 0);
        }
        let name = |key: &str| history.names.get(key).map(String::as_str);
        assert_eq!(name("type #/components/schemas/Book"), Some("Book"));
        assert_eq!(name("operation #/paths/~1books/get"), Some("list_books"));
        assert_eq!(name("member #/components/schemas/Book/properties/id"), Some("id"));
    }
}

#[test]
fn names_stay_through_every_history() {
    let root = workspace().join("tests/cases/history");
    let mut folders: Vec<_> = root.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() > 1);
    for folder in folders {
        let mut history = History::new(Delivery::Crate);
        for (index, text) in versions(&folder).iter().enumerate() {
            let what = format!("{}, version {}", folder.display(), index + 1);
            history.next(text, &what).unwrap().unwrap();
        }
    }
}

#[test]
fn what_a_newcomer_says_again_stays_where_it_is() {
    let of = |names: &[&str]| {
        let path = |name: &&str| {
            let schema = format!("{{ $ref: \"#/components/schemas/{name}\" }}");
            let answer = format!("{{ description: D, content: {{ application/json: {{ schema: {schema} }} }} }}");
            format!("  /{name}: {{ get: {{ operationId: get{name}, responses: {{ \"200\": {answer} }} }} }}\n")
        };
        let component = |name: &&str| {
            let state = format!("{{ type: string, enum: [up, down], description: Of {name}. }}");
            format!("    {name}: {{ type: object, properties: {{ state: {state} }} }}\n")
        };
        let (paths, components): (String, String) =
            (names.iter().map(path).collect(), names.iter().map(component).collect());
        let info = "openapi: 3.0.3\ninfo: { title: Pets, version: \"1\" }";
        format!("{info}\npaths:\n{paths}components:\n  schemas:\n{components}")
    };
    let mut history = History::new(Delivery::Crate);
    history.next(&of(&["Cat", "Dog"]), "at first").unwrap().unwrap();
    let report = history.next(&of(&["Ape", "Cat", "Dog"]), "with another").unwrap().unwrap();
    assert_eq!(report.created, ["src/types/ape.rs"]);
    let types: Vec<&String> = report.changed.iter().filter(|path| path.starts_with("src/types/")).collect();
    assert_eq!(types, ["src/types/mod.rs"]);
    // Once what stood for it is gone, the first of those that are left does.
    let report = history.next(&of(&["Ape", "Dog"]), "without the first").unwrap().unwrap();
    assert_eq!(report.deleted, ["src/types/cat.rs"]);
}

/// A description of so many operations, half of them of each of two tags.
fn of_size(operations: usize) -> String {
    let path = |at: usize| {
        let tag = if at.is_multiple_of(2) { "cats" } else { "dogs" };
        let responses = "responses: { \"204\": { description: Done. } }";
        format!("  /a{at}:\n    get: {{ operationId: get{at}, tags: [{tag}], {responses} }}\n")
    };
    let paths: String = (0..operations).map(path).collect();
    format!("openapi: 3.0.3\ninfo: {{ title: Pets, version: \"1\" }}\npaths:\n{paths}")
}

#[test]
fn resources_keep_their_features_or_none_whatever_the_size_is() {
    for (first, has_features) in [(100, false), (101, true)] {
        let mut history = History::new(Delivery::Crate);
        for operations in [first, 103, 99, 101] {
            history.next(&of_size(operations), &format!("{operations} operations")).unwrap().unwrap();
            let manifest = fs::read_to_string(history.client().join("Cargo.toml")).unwrap();
            assert_eq!(manifest.contains("api-cats"), has_features, "{first}, then {operations}");
            let lock = fs::read_to_string(history.client().join(MANIFEST)).unwrap();
            let is_unlike = has_features != (operations > 100);
            assert_eq!(lock.contains("\nfeatures # "), is_unlike, "{first}, then {operations}");
        }
    }
}

/// A made-up description, as large as bytes make it.
fn description(seed: u64) -> Value {
    made::description(&mut Choices::new(&made::bytes(seed, 3_000)))
}

/// Adds all of `other` that `whole` does not have, in front of what it has.
fn add(whole: &mut Value, other: Value) {
    for place in ["/paths", "/components/schemas", "/components/securitySchemes"] {
        let Some(newcomers) = other.pointer(place).and_then(Value::as_object).cloned() else { continue };
        let Some(Value::Object(there)) = whole.pointer_mut(place) else { continue };
        let mut all = newcomers;
        all.extend(std::mem::take(there));
        *there = all;
    }
}

/// Takes away a part of the paths and of the schemas.
fn thin(whole: &mut Value, seed: u64) {
    for place in ["/paths", "/components/schemas"] {
        let Some(Value::Object(there)) = whole.pointer_mut(place) else { continue };
        let mut at = seed;
        there.retain(|_, _| {
            at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            !(at >> 40).is_multiple_of(4)
        });
    }
}

#[test]
fn names_stay_whatever_comes_and_goes() {
    // Each is generated a dozen times.
    const COUNT: u64 = 6;
    let each = |seed: u64| {
        let mut history = History::new(if seed.is_multiple_of(4) { Delivery::Module } else { Delivery::Crate });
        let mut whole = description(seed);
        if history.next(&format!("{whole:#}"), "at first")?.is_none() {
            return Err("nothing is generated at first".to_owned());
        }
        let version = whole["openapi"].clone();
        for step in 1..=2 {
            let other = description(seed + step * 1_000);
            if other["openapi"] == version {
                add(&mut whole, other);
            }
            history.next(&format!("{whole:#}"), &format!("step {step}, more"))?;
            thin(&mut whole, seed + step);
            history.next(&format!("{whole:#}"), &format!("step {step}, less"))?;
        }
        Ok::<_, String>(())
    };
    let failed = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            scope.spawn(move || {
                let seeds = (0..COUNT).filter(|seed| seed % 2 == half);
                seeds.filter_map(|seed| Some(format!("seed {seed}: {}", each(seed).err()?))).collect::<Vec<_>>()
            })
        });
        halves.map(|half| half.join().unwrap()).concat()
    });
    assert!(failed.is_empty(), "{} of {COUNT}:\n{}", failed.len(), failed.join("\n"));
}
