//! YAML's dark corners: one answer each.

use super::{load_with, yaml};
use crate::load::Limits;

#[test]
fn scalars_follow_the_core_schema_of_1_2() {
    let read = yaml("[NO, y, on, yes, 1.10, 1_000, 12:30, 2024-01-01, ~, Null, True, 'true', \"1\", 0b1, ]");
    let expected =
        r#"["NO", "y", "on", "yes", 1.10, "1_000", "12:30", "2024-01-01", null, null, true, "true", "1", "0b1"]"#;
    assert_eq!((read.shape().as_str(), read.messages().as_str()), (expected, ""));
}

#[test]
fn integers_keep_every_digit() {
    let read = yaml("- 18446744073709551616\n- -9223372036854775809\n- 0.1000000000000000055511151231257827\n");
    assert_eq!(read.shape(), "[18446744073709551616, -9223372036854775809, 0.1000000000000000055511151231257827]");
}

#[test]
fn numbers_that_json_has_not_stay_texts_with_a_warning() {
    let read = yaml("[+1, 007, 0x1F, 0o17, .5, 5., .inf, -.INF, .nan]");
    assert_eq!(read.shape(), r#"["+1", "007", "0x1F", "0o17", ".5", "5.", ".inf", "-.INF", ".nan"]"#);
    assert_eq!(read.codes(), ["L0011"; 9]);
    assert!(!read.diagnostics.has_errors());
    assert!(read.messages().contains("a.yaml:1:6 (#/1)"), "{}", read.messages());
    let many = yaml(&"- +1\n".repeat(5_000));
    assert_eq!(many.codes().len(), 21);
    assert!(many.messages().contains("4980 more numbers are read as texts"));
}

#[test]
fn keys_stand_for_their_text() {
    let read = yaml("200: a\n1.10: b\ntrue: c\nNO: d\nnull: e\n~: f\n0x10: g\n-1: h\n? i\n: j\n");
    let expected =
        r#"{"200": "a", "1.10": "b", "true": "c", "NO": "d", "null": "e", "~": "f", "0x10": "g", "-1": "h", "i": "j"}"#;
    assert_eq!((read.shape().as_str(), read.messages().as_str()), (expected, ""));
    assert_eq!(read.slice("#/200", true), "200");
    assert_eq!(yaml("{: x}").shape(), r#"{"": "x"}"#);
    assert_eq!(yaml("a: {: x}").shape(), r#"{"a": {"": "x"}}"#);
    assert_eq!(yaml("a: {b, c: }").shape(), r#"{"a": {"b": null, "c": null}}"#);
}

#[test]
fn collections_as_keys_are_refused() {
    let read = yaml("? [a, &x b]\n: 1\n? {c: {d: e}}\n: 2\nf: {{name}: 1}\ng: *x\n");
    assert_eq!(read.codes(), ["L0008"; 3], "{}", read.messages());
    assert_eq!(read.shape(), r#"{"f": {}, "g": null}"#);
}

#[test]
fn merge_keys_merge_and_quoted_ones_are_members() {
    let read =
        yaml("a: &a {x: 1, z: 0}\nb:\n  y: 2\n  <<: *a\n  z: &z 3\n  w: *z\nc: {<<: [{x: 5}, *a], <<: {v: 6}}\n");
    assert_eq!(read.codes(), ["L0010"]);
    assert!(read.messages().contains("a.yaml:4:3 (#/b)"), "{}", read.messages());
    let expected = r#"{"a": {"x": 1, "z": 0}, "b": {"y": 2, "x": 1, "z": 3, "w": 3}, "c": {"x": 5, "z": 0, "v": 6}}"#;
    assert_eq!(read.shape(), expected);
    // What is merged has no place of its own, and what replaces it is there twice no more than anything else.
    let read = yaml("a: {<<: {x: &x 1}, y: *x, x: 2, x: 3}\n");
    assert_eq!(read.codes(), ["L0010", "L0013", "L0003"], "{}", read.messages());
    assert_eq!(read.shape(), r#"{"a": {"x": 2, "y": null}}"#);
    for value in ["1", "[1]", "[{}, []]", "~"] {
        let read = yaml(&format!("a: {{<<: {value}, b: 1}}\n"));
        assert_eq!((read.codes().as_slice(), read.shape().as_str()), (&["L0010", "L0018"][..], r#"{"a": {"b": 1}}"#));
    }
    let read = yaml("'<<': 1\nx: <<\n");
    assert_eq!((read.shape().as_str(), read.messages().as_str()), (r#"{"<<": 1, "x": "<<"}"#, ""));
}

#[test]
fn core_tags_are_understood_and_others_refused() {
    let read = yaml(
        "- !!str 12\n- ! 12\n- !!int 12\n- !!float 1.0\n- !!bool true\n- !!null ~\n- !!seq [1]\n- !!map {a: 1}\n- !!str\n",
    );
    let expected = r#"["12", "12", 12, 1.0, true, null, [1], {"a": 1}, ""]"#;
    assert_eq!((read.shape().as_str(), read.messages().as_str()), (expected, ""));
    for text in [
        "!include x.yaml",
        "!!binary aGk=",
        "!!timestamp 2024-01-01",
        "!!int x",
        "!!int 1.5",
        "!!bool yes",
        "!!seq {a: 1}",
        "!!map [1]",
        "!x {a: 1}",
        "!!set {a}",
        "!!float .inf",
    ] {
        let read = yaml(&format!("a: {text}\n"));
        assert_eq!(read.codes(), ["L0009"], "{text}: {}", read.messages());
        assert!(read.messages().contains("a.yaml:1:4"), "{text}: {}", read.messages());
    }
    assert_eq!(yaml("!x a: 1\n!!str b: 2\n").codes(), ["L0009"]);
}

#[test]
fn one_document_a_file() {
    assert_eq!(yaml("---\na: 1\n...\n").messages(), "");
    for text in ["a: 1\n---\nb: 2\n", "---\na: 1\n---\n", "a: 1\n...\n---\nb: 2\n"] {
        let read = yaml(text);
        assert_eq!(read.codes(), ["L0007"], "{text:?}");
        assert_eq!(read.shape(), r#"{"a": 1}"#);
    }
}

#[test]
fn another_version_of_yaml_is_a_warning() {
    let read = yaml("%YAML 1.1\n---\na: no\n");
    assert_eq!((read.codes(), read.shape()), (vec!["L0016"], r#"{"a": "no"}"#.to_owned()));
    assert_eq!(yaml("%YAML 1.2\n---\na: no\n").messages(), "");
}

#[test]
fn aliases_are_copies() {
    let read = yaml("a: &a {k: [1, &t deep]}\nb: [*a, *t]\nc: &s text\n*s : d\n&k e: f\ng: *k\na2: &a 2\nh: *a\n");
    let expected = r#"{"a": {"k": [1, "deep"]}, "b": [{"k": [1, "deep"]}, "deep"], "c": "text", "text": "d", "e": "f", "g": "e", "a2": 2, "h": 2}"#;
    assert_eq!((read.shape().as_str(), read.messages().as_str()), (expected, ""));
}

#[test]
fn aliases_to_themselves_or_to_nothing_are_errors() {
    for text in ["&a [1, *a]", "&a\nx: {y: *a}"] {
        let read = yaml(text);
        assert_eq!(read.codes(), ["L0012"], "{text}");
        assert!(read.document.is_some());
    }
    let read = yaml("a: *x\nb: [*y]\nc: **bold**\n*z : 1\nd: &y 1\n");
    assert_eq!(read.codes(), ["L0013"; 4], "{}", read.messages());
    let read = yaml("a: &a [1]\n*a : 2\n");
    assert_eq!(read.codes(), ["L0008"], "{}", read.messages());
}

#[test]
fn an_anchor_in_what_was_left_out_costs_what_it_says() {
    // The second `a` is left out, and `b` takes the place that its anchor had: the alias must not become a copy of `b`.
    let read = yaml("a: 1\na: &x small\nb: [big, big, big]\nc: *x\n");
    assert_eq!(read.codes(), ["L0003"]);
    assert_eq!(read.shape(), r#"{"a": 1, "b": ["big", "big", "big"], "c": null}"#);
}

#[test]
fn a_key_as_long_as_its_limit_is_read() {
    let key = "k".repeat(1024);
    assert_eq!(yaml(&format!("{key}: 1\n")).messages(), "");
    assert_eq!(yaml(&format!("{key}k: 1\n")).codes(), ["L0004"]);
    let wide = Limits { key: 5_000, ..Limits::default() };
    assert_eq!(load_with("a.yaml", &format!("{}: 1\n", "k".repeat(5_000)), &wide).messages(), "");
}

#[test]
fn broken_grammar_has_a_place() {
    let read = yaml("a:\n  b: [1, 2\nc: 3\n");
    assert_eq!(read.codes(), ["L0002"]);
    assert!(read.document.is_none());
    for text in ["a: 'x", "a: {b: 1", "a: b: c", "a:\n\tb: 1", "a: @x", "- a\nb: 1", "a: \"\\q\""] {
        let read = yaml(text);
        assert_eq!(read.codes(), ["L0002"], "{text}");
        assert!(read.messages().contains("--> a.yaml:"), "{}", read.messages());
    }
}

#[test]
fn blanks_that_the_grammar_wants_and_most_readers_do_not_are_put_in_with_a_warning() {
    let text = "a: \"x\"#one\nb:\n  - c: 'd\n  e'# two\n    f: [1]#three\ng: h # i\nj: k#l\n";
    let read = yaml(text);
    assert_eq!(
        read.shape(),
        r#"{"a": "x", "b": [{"c": "d e", "f": [1]}], "g": "h", "j": "k#l"}"#,
        "{}",
        read.messages()
    );
    assert_eq!(read.codes(), ["L0017"; 4], "{}", read.messages());
    assert!(!read.diagnostics.has_errors());
    // Places are those of the file as it is written.
    for place in ["a.yaml:1:7", "a.yaml:4:1", "a.yaml:4:5", "a.yaml:5:11"] {
        assert!(read.messages().contains(place), "{place}: {}", read.messages());
    }
    assert_eq!((read.slice("#/g", true), read.slice("#/g", false), read.slice("#/j", false)), ("g", "h", "k#l"));
    assert_eq!((read.slice("#/b/0/f", false), read.slice("#/a", false)), ("[1]", "\"x\""));
}

#[test]
fn an_error_after_what_was_mended_has_its_place_as_written() {
    let read = yaml("a: \"x\"#one\nb: [1, 2\nc: 3\n");
    assert_eq!(read.codes(), ["L0017", "L0002"]);
    let plain = yaml("a: \"x\" #one\nb: [1, 2\nc: 3\n");
    let line = |messages: &str| messages.lines().rfind(|line| line.contains("--> ")).map(str::to_owned);
    assert_eq!(line(&read.messages()), line(&plain.messages()));
}

#[test]
fn what_begins_as_json_may_be_yaml() {
    let flow = "{a: &a [1, 2,], 'b': *a, # c\n}";
    let wanted = r#"{"a": [1, 2], "b": [1, 2]}"#;
    for name in ["a.yaml", "a.yml", "a.YAML", "a", "a.txt"] {
        let read = load_with(name, flow, &Limits::default());
        assert_eq!((read.shape().as_str(), read.messages().as_str()), (wanted, ""), "{name}");
    }
    // What has its name is JSON and nothing else; what is neither is faulty as that which its name says.
    let message = |name: &str, text: &str| {
        let read = load_with(name, text, &Limits::default());
        assert_eq!(read.codes(), ["L0002"], "{name}");
        read.messages().lines().next().unwrap_or_default().to_owned()
    };
    assert!(message("a.json", flow).contains("JSON: "));
    assert!(message("a", "{\"a\": [}").contains("JSON: "));
    assert!(!message("a.yaml", "{\"a\": [}").contains("JSON: "));
    // A limit holds for both.
    let deep = format!("{{\"a\": {}{}}}", "[".repeat(200), "]".repeat(200));
    assert_eq!(load_with("a.yaml", &deep, &Limits::default()).codes(), ["L0004"]);
    let deep = format!("{{a: {}{}}}", "[".repeat(200), "]".repeat(200));
    assert_eq!(load_with("a.yaml", &deep, &Limits::default()).codes(), ["L0004"]);
}
