//! Times of the pipeline: each stage on the Sessions description, and the whole on descriptions of 100, 1,000 and 10,000
//! operations, so that growth shows: ten times the operations should take ten times as long.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a broken benchmark should stop")]

mod synthetic;

use std::hint::black_box;
use std::path::Path;

use clientwright::config::Config;
use clientwright::diag::Diagnostics;
use clientwright::filter::Filter;
use clientwright::load::{Document, Limits};
use clientwright::model::Model;
use clientwright::name::Pins;
use clientwright::normalize::Spec;
use clientwright::source::Sources;
use clientwright::{analyze, emit, ir, load, lower, name, normalize};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

fn sessions() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/sessions.yaml");
    std::fs::read_to_string(path).unwrap()
}

fn limits() -> Limits {
    Limits { bytes: usize::MAX, nodes: usize::MAX, ..Limits::default() }
}

fn loaded(text: &str) -> Document {
    load::load_text("api.yaml", text, &limits(), &mut Sources::default(), &mut Diagnostics::default()).unwrap()
}

fn normalized(document: &Document) -> Spec {
    let (limits, mut sources) = (limits(), Sources::default());
    let mut parts = load::Parts::new(Path::new("api.yaml"), &[], &limits, &mut sources);
    normalize::normalize(&mut document.clone(), &mut parts, &Filter::default(), &mut Diagnostics::default()).unwrap()
}

fn lowered(spec: &Spec) -> ir::Api {
    lower::lower(spec, &mut Diagnostics::default()).api
}

fn modelled(api: ir::Api) -> Model {
    let facts = analyze::analyze(&api);
    let names = name::name(&api, &facts, &Pins::default(), &mut Diagnostics::default());
    let settings = Config::new("api.yaml", "client").settings(&api.info.title);
    Model { api, facts, names, settings }
}

/// Each stage on the Sessions description.
mod stage {
    use super::*;

    #[divan::bench]
    fn load(bencher: Bencher<'_, '_>) {
        let text = sessions();
        bencher.counter(BytesCount::of_str(&text)).bench(|| loaded(black_box(&text)));
    }

    #[divan::bench]
    fn normalize(bencher: Bencher<'_, '_>) {
        let document = loaded(&sessions());
        bencher.bench(|| normalized(black_box(&document)));
    }

    #[divan::bench]
    fn lower(bencher: Bencher<'_, '_>) {
        let spec = normalized(&loaded(&sessions()));
        bencher.bench(|| lowered(black_box(&spec)));
    }

    #[divan::bench]
    fn analyze_and_name(bencher: Bencher<'_, '_>) {
        let api = lowered(&normalized(&loaded(&sessions())));
        bencher.with_inputs(|| api.clone()).bench_values(modelled);
    }

    #[divan::bench]
    fn emit(bencher: Bencher<'_, '_>) {
        let model = modelled(lowered(&normalized(&loaded(&sessions()))));
        bencher.bench(|| super::emit::emit(black_box(&model)).unwrap());
    }
}

/// The whole, from text to files, by the number of operations.
#[divan::bench(args = [100, 1_000, 10_000], sample_count = 3, sample_size = 1)]
fn whole(bencher: Bencher<'_, '_>, operations: usize) {
    let text = synthetic::description(operations);
    bencher.counter(ItemsCount::new(operations)).bench(|| {
        let model = modelled(lowered(&normalized(&loaded(black_box(&text)))));
        assert_eq!(model.api.operations.len(), operations);
        emit::emit(&model).unwrap()
    });
}
