//! Bytes and files: encodings, line ends, control characters, and what can't be read.

use std::path::Path;

use super::super::{Limits, load, load_bytes};
use super::{json, load_with, yaml};
use crate::diag::{Diagnostics, text};
use crate::source::Sources;

fn bytes(name: &str, bytes: &[u8]) -> (Option<String>, String) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let document = load_bytes(Path::new(name), bytes.to_vec(), &Limits::default(), &mut sources, &mut diagnostics);
    let shape = document.map(|document| {
        let mut out = String::new();
        super::shape(&document.root, &mut out);
        out
    });
    (shape, diagnostics.iter().map(|found| text::render(found, &sources)).collect())
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn a_byte_order_mark_is_accepted_and_moves_no_column() {
    let (shape, messages) = bytes("a.yaml", b"\xef\xbb\xbfa: 1\n");
    assert_eq!((shape.as_deref(), messages.as_str()), (Some(r#"{"a": 1}"#), ""));
    let (_, messages) = bytes("a.yaml", b"\xef\xbb\xbf{\"a\":1,\"a\":2}");
    assert!(messages.contains("a.yaml:1:8 (#/a)"), "{messages}");
}

#[test]
fn other_encodings_are_named_with_their_place() {
    for little in [false, true] {
        for mark in [false, true] {
            for content in ["{\"a\":1}", "a: 1"] {
                let (shape, messages) = bytes("a.yaml", &utf16(content, little, mark));
                assert_eq!(shape, None);
                assert!(messages.starts_with("error[L0005]: `a.yaml` is UTF-16"), "{messages}");
            }
        }
    }
    let (_, messages) = bytes("a.yaml", b"\xff\xfe\0\0a\0\0\0");
    assert!(messages.starts_with("error[L0005]: `a.yaml` is UTF-32"), "{messages}");
    let (shape, messages) = bytes("a.yaml", b"a: b\nt: caf\xe9\n");
    assert_eq!(shape, None);
    insta::assert_snapshot!(messages, @r"
    error[L0005]: byte 11 (0xe9) of `a.yaml` is not UTF-8
      --> a.yaml:2:7
      = help: convert the file to UTF-8; a file in Latin-1 or Windows-1252 looks like this
    ");
}

#[test]
fn line_ends_of_windows_are_line_ends() {
    let read = yaml("a: 1\r\nb: |\r\n  x\r\n  y\r\nc: 'p\r\n  q'\r\n");
    assert_eq!((read.shape().as_str(), read.messages().as_str()), (r#"{"a": 1, "b": "x\ny\n", "c": "p q"}"#, ""));
    let read = yaml("a: 1\r\na: 2\r\n");
    assert!(read.messages().contains("a.yaml:2:1"), "{}", read.messages());
}

#[test]
fn control_characters_are_refused_by_each_formats_rule() {
    for code in ["\0", "\u{1}", "\u{b}", "\u{1f}"] {
        let read = yaml(&format!("a: 1\nb: \"x{code}\"\n"));
        assert_eq!(read.codes(), ["L0006"]);
        assert!(read.messages().contains("a.yaml:2:6"), "{}", read.messages());
        let read = json(&format!("{{\"a\":\"x{code}\",\n\"b\":\"y{code}\"}}"));
        assert_eq!(read.codes(), ["L0006", "L0006"]);
        assert!(read.messages().contains("a.json:2:7"), "{}", read.messages());
    }
    assert_eq!(json("{\"a\":\"x\ty\"}").codes(), ["L0006"]);
    assert_eq!(json("{}\0").codes(), ["L0002"]);
    assert_eq!(yaml("a: \"\\0\\x07\\u202e\"\n").shape(), r#"{"a": "\0\u{7}\u{202e}"}"#);
}

#[test]
fn what_is_no_file_is_unreadable() {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    for path in ["no/such/file.yaml", ".", "https://example.com/api.yaml", "spec/https://example.com/api.yaml", "-"] {
        assert!(load(Path::new(path), &Limits::default(), &mut sources, &mut diagnostics).is_none());
    }
    assert!(diagnostics.iter().all(|found| found.code.id == "L0001"));
    let advice: Vec<_> = diagnostics.iter().flat_map(|found| &found.help).collect();
    let fetched = "nothing is ever fetched: save `https://example.com/api.yaml` as a file, and name that";
    let expected = ["check the path", "name the description in this folder", fetched, fetched];
    assert_eq!(advice, [&expected[..], &["the standard input isn't read: name a file"]].concat());
}

#[test]
fn a_file_is_read_and_no_further_than_its_limit() {
    let path = std::env::temp_dir().join(format!("clientwright-load-{}.yaml", std::process::id()));
    std::fs::write(&path, "a: 1\n").unwrap();
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let document = load(&path, &Limits::default(), &mut sources, &mut diagnostics);
    let refused = load(&path, &Limits { bytes: 4, ..Limits::default() }, &mut sources, &mut diagnostics);
    std::fs::remove_file(&path).unwrap();
    assert!(document.is_some() && refused.is_none());
    let codes: Vec<_> = diagnostics.iter().map(|found| found.code.id).collect();
    assert_eq!(codes, ["L0004"]);
}

#[test]
fn each_limit_names_its_setting() {
    let tight = Limits { files: 1, bytes: 100, nodes: 5, depth: 3, text: 8, key: 4 };
    for (text, setting) in [
        ("#".repeat(101), "limits.bytes"),
        ("[1, 2, 3, 4, 5]".to_owned(), "limits.nodes"),
        ("[[[[]]]]".to_owned(), "limits.depth"),
        ("a: 123456789".to_owned(), "limits.text"),
        ("abcde: 1".to_owned(), "limits.key"),
    ] {
        let read = load_with("a.yaml", &text, &tight);
        assert_eq!(read.codes(), ["L0004"], "{text}");
        assert!(read.messages().contains(&format!("raise `{setting}`")), "{text}: {}", read.messages());
    }
    let read = load_with("a.yaml", "[1, 2, [[]]]", &tight);
    assert_eq!(read.messages(), "");
}
