//! What load answers to each form of input. Helpers first; the groups have a file each.

mod differential;
mod encoding;
mod hostile;
mod parts;
mod yaml;

use std::fmt::Write as _;

use super::tree::{Node, Value};
use super::{Document, Limits, load_text};
use crate::diag::{Diagnostics, text};
use crate::pointer::Pointer;
use crate::source::Sources;

/// What a text gave: the document, and the findings as lines.
struct Loaded {
    sources: Sources,
    diagnostics: Diagnostics,
    document: Option<Document>,
}

fn load_with(name: &str, text: &str, limits: &Limits) -> Loaded {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let document = load_text(name, text, limits, &mut sources, &mut diagnostics);
    Loaded { sources, diagnostics, document }
}

fn yaml(text: &str) -> Loaded {
    load_with("a.yaml", text, &Limits::default())
}

fn json(text: &str) -> Loaded {
    load_with("a.json", text, &Limits::default())
}

impl Loaded {
    /// The ids of the findings, in order.
    fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|found| found.code.id).collect()
    }

    fn messages(&self) -> String {
        self.diagnostics.iter().map(|found| text::render(found, &self.sources)).collect()
    }

    /// The tree in a compact form: texts quoted, numbers as they are.
    fn shape(&self) -> String {
        let mut out = String::new();
        match &self.document {
            Some(document) => shape(&document.root, &mut out),
            None => out.push_str("nothing"),
        }
        out
    }

    /// The source of what a pointer names.
    fn slice(&self, pointer: &str, key: bool) -> &str {
        let pointer = Pointer::from_canonical(pointer).unwrap();
        let span = self.document.as_ref().unwrap().locate(&pointer, key).unwrap();
        &self.sources.text(span.file)[span.bytes]
    }
}

fn shape(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Boolean(value) => write!(out, "{value}").unwrap(),
        Value::Number(number) => out.push_str(&number.0),
        Value::Text(text) => write!(out, "{text:?}").unwrap(),
        Value::List(list) => {
            out.push('[');
            for (index, item) in list.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                shape(item, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (index, (key, entry)) in map.iter().enumerate() {
                write!(out, "{}{key:?}: ", if index == 0 { "" } else { ", " }).unwrap();
                shape(&entry.node, out);
            }
            out.push('}');
        }
    }
}

#[test]
fn both_formats_give_one_tree() {
    let expected = r#"{"a": [1, 2.50, -3e2, "x"], "b": {"c": null, "d": true}, "": 12345678901234567890123}"#;
    let read = json("{\"a\":[1,2.50,-3e2,\"x\"],\r\n\t\"b\":{\"c\":null,\"d\":true},\"\":12345678901234567890123}");
    assert_eq!((read.shape().as_str(), read.messages().as_str()), (expected, ""));
    let read = yaml("a:\n- 1\n- 2.50\n- -3e2\n- x\nb:\n  c:\n  d: true\n'': 12345678901234567890123\n");
    assert_eq!((read.shape().as_str(), read.messages().as_str()), (expected, ""));
}

#[test]
fn every_value_and_key_knows_its_bytes() {
    let read = yaml("info: &i\n  title: 'A'\n  tags:\n  - one\n  - {two: 2}\nnext: x\ncopy: *i\n");
    assert_eq!(read.slice("#/info/title", false), "'A'");
    assert_eq!(read.slice("#/info/tags", true), "tags");
    // A list that is not indented begins at its first item.
    assert_eq!(read.slice("#/info/tags", false), "one\n  - {two: 2}");
    assert_eq!(read.slice("#/info/tags/1", false), "{two: 2}");
    assert_eq!(read.slice("#/info", false), "title: 'A'\n  tags:\n  - one\n  - {two: 2}");
    assert_eq!(read.slice("#/copy", false), "*i");
    assert_eq!(read.slice("#/copy/title", false), "'A'");
    let read = json(r#" {"a": [1, {"b~/": "x\ny"}]} "#);
    assert_eq!(read.slice("#", false), r#"{"a": [1, {"b~/": "x\ny"}]}"#);
    assert_eq!(read.slice("#/a/1/b~0~1", true), r#""b~/""#);
    assert_eq!(read.slice("#/a/1/b~0~1", false), r#""x\ny""#);
}

#[test]
fn all_duplicate_keys_are_named_with_both_places() {
    let read = yaml("a: 1\nb:\n  200: x\n  \"200\": &gone y\na: {b: [1]}\nc: *gone\n");
    assert_eq!(read.codes(), ["L0003", "L0003"]);
    insta::assert_snapshot!(read.messages(), @r"
    error[L0003]: `200` is there twice in this mapping
      --> a.yaml:4:3 (#/b/200): the second one
      --> a.yaml:3:3 (#/b/200): the first one
      = help: remove one of the two
    error[L0003]: `a` is there twice in this mapping
      --> a.yaml:5:1 (#/a): the second one
      --> a.yaml:1:1 (#/a): the first one
      = help: remove one of the two
    ");
    assert_eq!(read.shape(), r#"{"a": 1, "b": {"200": "x"}, "c": null}"#);
    let read = json(r#"{"x":{"k":1,"k":{"k":2,"k":3}}}"#);
    assert_eq!(read.codes(), ["L0003", "L0003"]);
    assert_eq!(read.shape(), r#"{"x": {"k": 1}}"#);
}

#[test]
fn json_is_read_by_the_letter() {
    let read = json(r#"["\ud83d\ude00\/\u0000\b\f\n\r\t\"\\", 1E+2, -0, 0.10]"#);
    assert_eq!(
        (read.shape().as_str(), read.messages().as_str()),
        (r#"["😀/\0\u{8}\u{c}\n\r\t\"\\", 1E+2, -0, 0.10]"#, "")
    );
    for (bad, wanted) in [
        ("{\"a\":1,,}", "expected a key in double quotes, found `,`"),
        ("{,}", "expected a key in double quotes or `}`, found `,`"),
        ("[1,,]", "expected a value, found `,`"),
        ("[,]", "expected a value or `]`, found `,`"),
        ("{\"a\":1,]", "expected a key in double quotes, found `]`"),
        ("[1 2]", "expected a comma or `]`, found `2`"),
        ("{'a':1}", "single-quoted strings are not allowed"),
        ("{a:1}", "expected a key in double quotes or `}`, found `a`"),
        ("{\"a\" 1}", "expected a colon, found `1`"),
        ("[1 /* x", "unterminated"),
        ("[1] # x", "unexpected `#`"),
        ("[01]", "expected a comma or `]`, found `1`"),
        ("[1.]", "decimal point"),
        ("[.5]", "decimal point"),
        ("[+1]", "unary plus"),
        ("[0x1]", "hexadecimal"),
        ("[NaN]", "unexpected `NaN`"),
        ("[-Infinity]", "infinity"),
        ("[\"\\ud800\"]", "surrogate"),
        ("[\"\\udc00\"]", "surrogate"),
        ("[\"\\x41\"]", "escape"),
        ("[\"\\'\"]", "escape"),
        ("[\"a", "unterminated"),
        ("[1\u{a0}]", "U+00A0 is no blank"),
        ("[1\u{c}]", "U+000C is no blank"),
        ("[}", "expected a value or `]`, found `}`"),
        ("{]", "expected a key in double quotes or `}`, found `]`"),
        ("[] []", "expected the end of the file, found `[`"),
        ("{\"a\":[1", "the file ends inside a mapping or list"),
        ("[@]", "unexpected `@`"),
        ("nul", "expected a value, found `nul`"),
    ] {
        let read = json(bad);
        assert_eq!(read.codes(), ["L0002"], "{bad}: {}", read.messages());
        assert!(read.messages().contains(wanted), "{bad}: {}", read.messages());
        assert!(read.document.is_none(), "{bad}");
    }
    let read = json("{\"a\":\n [1");
    assert!(read.messages().contains("a.json:2:2: it begins here"), "{}", read.messages());
}

#[test]
fn comments_and_last_commas_in_json_are_read_over_with_a_warning() {
    let text = "// one\n{\"a\": [1, 2,], /* two */\n \"b\": {\"c\": \"// no\",},\n} // three";
    let wanted = r#"{"a": [1, 2], "b": {"c": "// no"}}"#;
    let read = json(text);
    assert_eq!((read.shape().as_str(), read.codes()), (wanted, vec!["L0017"; 2]), "{}", read.messages());
    assert!(!read.diagnostics.has_errors());
    for place in ["a.json:1:1", "a.json:2:12"] {
        assert!(read.messages().contains(place), "{place}: {}", read.messages());
    }
    assert_eq!(read.slice("#/b/c", false), "\"// no\"");
    // YAML has the commas, and would take the comments for texts.
    for name in ["a.yaml", "a"] {
        let read = load_with(name, text.strip_prefix("// one\n").unwrap(), &Limits::default());
        assert_eq!((read.shape().as_str(), read.codes()), (wanted, vec!["L0017"]), "{}", read.messages());
    }
    assert_eq!(json("// nothing\n").codes(), ["L0017", "L0014"]);
}

#[test]
fn the_name_and_the_first_character_decide_the_format() {
    assert_eq!(load_with("a.yaml", "\n {\"a\": 1,}", &Limits::default()).shape(), r#"{"a": 1}"#);
    // In YAML, a tab there is an error.
    assert_eq!(load_with("a.yaml", "\n\t{\"a\": 0}", &Limits::default()).shape(), r#"{"a": 0}"#);
    assert_eq!(load_with("a.JSON", "a: 1", &Limits::default()).codes(), ["L0002"]);
    assert_eq!(load_with("a", "[a, b]", &Limits::default()).shape(), r#"["a", "b"]"#);
}

#[test]
fn what_holds_nothing_is_an_error() {
    for text in ["", " \n", "# nothing\n"] {
        assert_eq!(yaml(text).codes(), ["L0014"], "{text:?}");
    }
    assert_eq!(json(" \n").codes(), ["L0014"]);
}
