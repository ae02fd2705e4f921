//! Overlays on small descriptions: what comes of them, and what is refused.

use super::apply;
use super::json::json;
use crate::diag::{Diagnostics, text};
use crate::load::{Document, Limits, load_text};
use crate::pointer::Pointer;
use crate::source::Sources;

const HEAD: &str = "overlay: 1.1.0\ninfo: {title: T, version: '1'}\n";

struct Applied {
    document: Document,
    sources: Sources,
    found: String,
}

fn applied_with(description: &str, overlay: &str, limits: &Limits) -> Applied {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let mut load =
        |name: &str, text: &str| load_text(name, text, &Limits::default(), &mut sources, &mut diagnostics).unwrap();
    let (mut document, overlay) = (load("api.yaml", description), load("overlay.yaml", overlay));
    apply(&overlay, &mut document, limits, &mut diagnostics);
    let lines: Vec<String> = diagnostics.iter().map(|found| text::line(found, &sources)).collect();
    Applied { document, found: lines.join("\n"), sources }
}

/// What is left of a description after these actions, as JSON, or what was found.
fn result(description: &str, actions: &str) -> String {
    let Applied { document, found, .. } =
        applied_with(description, &format!("{HEAD}actions: {actions}"), &Limits::default());
    if found.is_empty() { json(&document.root).to_string() } else { found }
}

#[test]
fn updates_are_merged() {
    let merge = |target: &str, update: &str| {
        result(&format!("a: {target}"), &format!("[{{target: $, update: {{a: {update}}}}}]"))
    };
    assert_eq!(merge("{b: {c: 1}, d: 2}", "{b: {e: 3}, d: 4, f: 5}"), r#"{"a":{"b":{"c":1,"e":3},"d":4,"f":5}}"#);
    assert_eq!(merge("[1, 2]", "[2, 3]"), r#"{"a":[1,2,2,3]}"#);
    assert_eq!(merge("text", "1"), r#"{"a":1}"#);
    assert_eq!(merge("null", "{b: 1}"), r#"{"a":{"b":1}}"#);
    assert_eq!(merge("{b: 1}", "null"), r#"{"a":{"b":1}}"#);
    for (target, update) in [("{b: 1}", "[1]"), ("[1]", "{b: 1}"), ("1", "{b: 1}"), ("text", "[1]"), ("{b: 1}", "1")] {
        let found = merge(target, update);
        assert!(
            found.starts_with("error[O0005]: ") && found.contains("(overlay.yaml:3:"),
            "{target} {update}: {found}"
        );
    }
}

#[test]
fn a_list_that_is_selected_takes_one_more_item() {
    assert_eq!(result("a: [1]", "[{target: $.a, update: {b: 2}}]"), r#"{"a":[1,{"b":2}]}"#);
    assert_eq!(result("a: [1]", "[{target: $.a, update: [2, 3]}]"), r#"{"a":[1,2,3]}"#);
    assert_eq!(
        result("a: [{n: x}, {n: y}]", "[{target: \"$.a[?@.n=='y']\", update: {m: 1}}]"),
        r#"{"a":[{"n":"x"},{"m":1,"n":"y"}]}"#
    );
}

#[test]
fn removing_takes_all_that_is_selected() {
    assert_eq!(result("a: [1, 2, 3, 4]", "[{target: '$.a[?@ > 1 && @ < 4]', remove: true}]"), r#"{"a":[1,4]}"#);
    assert_eq!(result("a: {x: {x: 1}, y: {x: 2, z: 3}}", "[{target: $..x, remove: true}]"), r#"{"a":{"y":{"z":3}}}"#);
    assert_eq!(result("a: 1", "[{target: $.a, remove: true, update: 2}]"), "{}", "what is removed is not updated");
    assert!(result("a: 1", "[{target: $, remove: true}]").starts_with("error[O0003]"));
}

#[test]
fn actions_follow_one_another() {
    let actions = "[{target: $.a, remove: true}, {target: $, update: {a: [2]}}, {target: $.a, update: 3}]";
    assert_eq!(result("a: [1]", actions), r#"{"a":[2,3]}"#);
    assert!(result("a: 1", "[{target: $.a, remove: true}, {target: $.a, update: 3}]").starts_with("error[O0004]"));
}

#[test]
fn copies_are_merged_like_updates() {
    assert_eq!(
        result("a: {x: 1}\nb: {y: 2}", "[{target: $.b, copy: $.a}, {target: $.b.x, update: 3}]"),
        r#"{"a":{"x":1},"b":{"x":3,"y":2}}"#
    );
    assert!(result("a: [1, 2]", "[{target: $.a, copy: '$.a[*]'}]").starts_with("error[O0006]"));
    assert!(result("a: [1, 2]", "[{target: $.a, copy: $.b}]").starts_with("error[O0006]"));
    assert!(result("a: 1", "[{target: $.a, copy: $.a, update: 1}]").starts_with("error[O0001]"));
}

#[test]
fn what_is_no_overlay_is_refused() {
    let code = |overlay: &str| {
        let Applied { document, found, .. } = applied_with("a: 1", overlay, &Limits::default());
        assert_eq!(json(&document.root).to_string(), r#"{"a":1}"#, "{overlay}");
        found.get(..12).unwrap_or(&found).to_owned()
    };
    let info = "info: {title: T, version: '1'}";
    let action = "actions: [{target: $.a, update: 1}]";
    assert_eq!(code(&format!("overlay: 1.0.0\n{info}\n{action}")), "");
    for version in ["2", "1.1", "1.2.0", "'1.1.'", "1.1.0-dev"] {
        let found = code(&format!("overlay: {version}\n{info}\n{action}"));
        assert_eq!(found, "error[O0002]", "{version}");
    }
    for overlay in [
        format!("{info}\n{action}"),
        format!("overlay: 1.1.0\n{action}"),
        format!("overlay: 1.1.0\n{info}"),
        format!("overlay: 1.1.0\n{info}\nactions: []"),
        format!("overlay: 1.1.0\n{info}\nactions: {{}}"),
        format!("overlay: 1.1.0\n{info}\nactions: [1]"),
        format!("overlay: 1.1.0\n{info}\nactions: [{{update: 1}}]"),
        format!("overlay: 1.1.0\n{info}\nactions: [{{target: 1, update: 1}}]"),
        format!("overlay: 1.1.0\n{info}\nactions: [{{target: $.a, remove: 1}}]"),
        format!("overlay: 1.1.0\n{info}\nactions: [{{target: $.a, description: 1, update: 1}}]"),
        format!("overlay: 1.1.0\n{info}\nactions: [{{target: $.a, copy: 1}}]"),
        format!("overlay: 1.1.0\n{info}\nactions: [{{target: $.a, updat: 1}}]"),
        format!("overlay: 1.1.0\n{info}\nactions: [{{target: $.a, update: 2}}, {{target: $.a, update: 2}}]"),
        format!("overlay: 1.1.0\n{info}\nactions: [{{target: $.a, x-b: 1}}]"),
        format!("overlay: 1.1.0\ninfo: {{title: T}}\n{action}"),
        format!("overlay: 1.1.0\ninfo: {{title: T, version: 1}}\n{action}"),
        format!("overlay: 1.1.0\ninfo: 1\n{action}"),
        format!("overlay: 1.1.0\n{info}\nextends: 1\n{action}"),
        format!("overlay: 1.0.0\n{info}\nactions: [{{target: $.a, copy: $.a}}]"),
        format!("overlay: 1.1.0\n{info}\nother: 1\n{action}"),
        "[]".to_owned(),
    ] {
        assert_eq!(code(&overlay), "error[O0001]", "{overlay}");
    }
    assert_eq!(code(&format!("overlay: 1.1.0\n{info}\nx-a: 1\nactions: [{{target: $.a, remove: false, x-b: 1}}]")), "");
}

#[test]
fn what_version_1_1_has_more_than_1_0() {
    let found = |version: &str, info: &str, action: &str| {
        let overlay =
            format!("overlay: {version}\ninfo: {{title: T, version: '1'{info}}}\nactions: [{{target: $.a{action}}}]");
        let found = applied_with("a: 1", &overlay, &Limits::default()).found;
        let message = |line: &str| line.split(": ").nth(1).and_then(|rest| rest.split(" (").next()).map(str::to_owned);
        found.lines().filter_map(message).collect::<Vec<_>>()
    };
    let (described, update) = (", description: D", ", update: 1");
    assert_eq!(found("1.0.0", described, update), ["the `info` has no member `description`"]);
    assert!(found("1.1.0", described, update).is_empty());
    let nothing = "an action with neither `update` nor `remove` does nothing";
    assert_eq!(found("1.0.0", "", ", copy: $.a"), ["an action has no member `copy`", nothing]);
    assert!(found("1.1.0", "", ", copy: $.a").is_empty());
    assert_eq!(found("1.0.0", "", ""), [nothing]);
    assert_eq!(found("1.1.0", "", ""), ["an action with neither `update`, `remove` nor `copy` does nothing"]);
    assert_eq!(found("1.0.0", "", ", update: 1, copy: $.a"), ["an action has no member `copy`"]);
}

#[test]
fn targets_are_expressions_and_bounded() {
    for target in ["a", "$.", "$.a[", "$.a[?@.b ==]", ""] {
        assert!(
            result("a: 1", &format!("[{{target: '{target}', update: 1}}]")).starts_with("error[O0003]"),
            "{target}"
        );
    }
    let deep = format!("$.a[?{}@.b{}]", "(".repeat(2000), ")".repeat(2000));
    let long = format!("$['{}']", "a".repeat(5000));
    for target in [deep, long] {
        assert!(result("a: 1", &format!("[{{target: \"{target}\", update: 1}}]")).starts_with("error[O0003]"));
    }
}

#[test]
fn what_an_action_adds_counts_towards_the_limits() {
    let overlay = |actions: &str| format!("{HEAD}actions: {actions}");
    let doubling: Vec<String> = (0..30).map(|n| format!("{{target: $.a, copy: $.a, x-n: {n}}}")).collect();
    let Applied { found, .. } = applied_with(
        "a: {}\nb: {}",
        &overlay("[{target: '$.*', update: {c: {d: 1}}}]"),
        &Limits { depth: 3, ..Limits::default() },
    );
    assert_eq!(
        found,
        "error[O0007]: this action makes the description larger than `limits.depth` (3) (overlay.yaml:3:20)"
    );
    let text = overlay(&format!("[{}]", doubling.join(", ")));
    let Applied { found, .. } = applied_with("a: [1]", &text, &Limits { nodes: 1000, ..Limits::default() });
    assert!(found.contains("O0007") && found.contains("limits.nodes"), "{found}");
}

#[test]
fn places_are_those_of_the_overlay() {
    let overlay = format!("{HEAD}actions:\n  - target: $.a\n    update:\n      b: 1\n      c: [2]\n");
    let Applied { document, sources, .. } = applied_with("a:\n  b: 0\n", &overlay, &Limits::default());
    let at = |pointer: &Pointer, key: bool| {
        let span = document.locate(pointer, key).unwrap();
        let place = sources.line_column(span.file, span.bytes.start);
        format!("{}:{}:{}", sources.path(span.file).display(), place.line, place.column)
    };
    let a = Pointer::root().child("a");
    assert_eq!(at(&a.child("b"), true), "api.yaml:2:3");
    assert_eq!(at(&a.child("b"), false), "overlay.yaml:6:10");
    assert_eq!(at(&a.child("c"), true), "overlay.yaml:7:7");
    assert_eq!(at(&a.child("c").item(0), false), "overlay.yaml:7:11");
}
