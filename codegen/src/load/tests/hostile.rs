//! Inputs made to exhaust: nesting, aliases, errors without end. All on a stack of 2 MiB, all in linear work.

use std::fmt::Write as _;

use super::super::{Limits, load_text};
use super::{json, load_with, yaml};
use crate::diag::Diagnostics;
use crate::source::Sources;

/// Runs on a thread with a stack of 2 MiB. Work that is not linear has no end here.
fn small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}

#[test]
fn deep_nesting_meets_the_limit() {
    small_stack(|| {
        let deep = 200_000;
        let block: String = (0..2_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
        for (name, text) in [
            ("a.json", "[".repeat(deep)),
            ("a.json", "{\"a\":".repeat(deep)),
            ("a.json", format!("{}{}", "[".repeat(deep), "]".repeat(deep))),
            ("a.yaml", "[".repeat(deep)),
            ("a.yaml", format!("x: {}", "{a: ".repeat(deep))),
            ("a.yaml", "- ".repeat(deep)),
            ("a.yaml", "? ".repeat(deep)),
            ("a.yaml", format!("? {}", "[".repeat(deep))),
            ("a.yaml", block),
        ] {
            let start: String = text.chars().take(8).collect();
            let read = load_with(name, &text, &Limits::default());
            assert_eq!(read.codes().last(), Some(&"L0004"), "{name} {start}: {}", read.messages());
            assert!(read.messages().contains("limits.depth"), "{name} {start}");
        }
    });
}

#[test]
fn as_deep_as_allowed_is_read_cloned_and_dropped() {
    small_stack(|| {
        let wide = Limits { depth: usize::MAX, ..Limits::default() };
        for name in ["a.json", "a.yaml"] {
            let text = format!("{}{}", "[".repeat(Limits::MAX_DEPTH), "]".repeat(Limits::MAX_DEPTH));
            let read = load_with(name, &text, &wide);
            assert_eq!(read.messages(), "");
            drop(read.document.clone());
            assert_eq!(load_with(name, &format!("[{text}]"), &wide).codes(), ["L0004"]);
        }
    });
}

#[test]
fn aliases_count_before_they_are_copied() {
    small_stack(|| {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..10 {
            let item = format!("*a{}", level - 1);
            writeln!(bomb, "a{level}: &a{level} [{}]", [item.as_str(); 9].join(", ")).unwrap();
        }
        let read = yaml(&bomb);
        assert_eq!(read.codes(), ["L0004"]);
        assert!(read.messages().contains("limits.nodes"), "{}", read.messages());

        let mut wide = format!("big: &big [{}]\nall:\n", "x, ".repeat(30_000));
        wide.push_str(&"- *big\n".repeat(5_000));
        let read = yaml(&wide);
        assert_eq!(read.codes(), ["L0004"]);
        assert!(read.messages().contains("limits.nodes"), "{}", read.messages());
    });
}

#[test]
fn text_that_aliases_copy_is_counted() {
    small_stack(|| {
        for (anchor, alias) in [("big: &big", "- *big\n"), ("big: &big", "- {*big : 1}\n"), ("&big", "- *big\n")] {
            let limits = Limits { bytes: 1 << 20, ..Limits::default() };
            let separator = if anchor.starts_with('&') { ": 1" } else { "" };
            let mut text = format!("{anchor} {}{separator}\nall:\n", "x".repeat(1_000));
            text.push_str(&alias.repeat(5_000));
            let read = load_with("a.yaml", &text, &limits);
            assert_eq!(read.codes(), ["L0004"], "{}", read.messages());
            assert!(read.messages().contains("limits.bytes"), "{}", read.messages());
        }
    });
}

#[test]
fn aliases_can_not_nest_past_the_depth() {
    let mut text = String::from("a0: &a0 [x]\n");
    for level in 1..200 {
        writeln!(text, "a{level}: &a{level} [*a{}]", level - 1).unwrap();
    }
    let read = yaml(&text);
    assert_eq!(read.codes(), ["L0004"]);
    assert!(read.messages().contains("limits.depth"), "{}", read.messages());
}

#[test]
fn errors_without_end_stop() {
    let text: String = (0..1_000).map(|_| "a: 1\n").collect();
    let read = yaml(&text);
    assert_eq!(read.codes().len(), 101);
    assert_eq!(read.codes().last(), Some(&"L0015"));
    assert_eq!(json(&format!("{{{}\"a\":1}}", "\"a\":1,".repeat(1_000))).codes().len(), 101);
}

/// Whatever is done to a text, there is an answer, and a refusal always says why.
#[test]
fn every_cut_and_every_change_has_an_answer() {
    let yaml = "%YAML 1.2\n---\na: &x [1, 'b', \"\\u00e9\\n\", {c: *x2, ? d : e}]\nf: |+\n  g\n\nh: >-\n i\n  j\n!!str k: !x ~\n'<<': *x\n...\n";
    let json = "{\"a\": [1.5e3, \"\\ud83d\\ude00é\", true, null], \"b\": {\"c\": -0}}";
    let spare =
        ["", "\0", "é", "[", "}", "\"", "'", ":", "- ", "\n", "*a", "&a ", "\u{feff}", "\\", "#", "\t", "%", "---\n"];
    for text in [yaml, json] {
        let places: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
        for at in places {
            for insert in spare {
                for skip in [0, 1] {
                    let rest: String = text[at..].chars().skip(skip).collect();
                    answer(&format!("{}{insert}{rest}", &text[..at]));
                }
            }
            answer(&text[..at]);
        }
    }
}

fn answer(text: &str) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let document = load_text("a", text, &Limits::default(), &mut sources, &mut diagnostics);
    assert!(document.is_some() || diagnostics.has_errors(), "{text:?}");
    for found in &diagnostics {
        let Some(span) = found.place.as_ref().and_then(|place| place.span.as_ref()) else { continue };
        assert!(sources.text(span.file).get(span.bytes.clone()).is_some(), "{text:?}: {:?}", span.bytes);
    }
}
