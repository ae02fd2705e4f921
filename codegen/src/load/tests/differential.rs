//! Second opinions: serde_json and serde_yaml read the same small inputs.

use super::super::tree::{Node, Value};
use super::{json, yaml};

/// Our tree as serde_json's, numbers through its own parser.
fn to_json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Boolean(value) => (*value).into(),
        Value::Number(number) => serde_json::from_str(&number.0).unwrap(),
        Value::Text(text) => text.as_str().into(),
        Value::List(list) => list.iter().map(to_json).collect(),
        Value::Map(map) => map.iter().map(|(key, entry)| (key.to_owned(), to_json(&entry.node))).collect(),
    }
}

#[test]
fn serde_json_agrees() {
    for text in [
        "{}",
        "[]",
        "null",
        "\"\"",
        "0",
        "-0",
        "1.5E-3",
        " [1 , 2]\n",
        "{\"a\":{\"b\":[{}]}}",
        r#""\u00e9\ud83d\ude00\/\"""#,
        "{\"\":0}",
        "[\"\u{7f}\u{2028}\u{feff}\"]",
        "[\"\\u0000\"]",
        "\t\r\n1",
        "01",
        "1.",
        ".1",
        "-",
        "+1",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "Infinity",
        "tru",
        "truex",
        "true_",
        "nullé",
        "[1,]",
        "[,1]",
        "[1,,2]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "'a'",
        "\"a",
        "\"\\u12\"",
        "\"\\u+123\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\\ud800\"",
        "\"\t\"",
        "\"\\\n\"",
        "[1]]",
        "{}{}",
        "//",
        "/**/1",
        "1 2",
        "\u{b}1",
        "\u{a0}1",
        "\u{85}1",
        "[1\u{2003}]",
        "\"\\v\"",
        "\"\\0\"",
        "\"\\x41\"",
        "--1",
        "1-1",
        "1a",
        "-a",
        "{\"a\":1 \"b\":2}",
        "[\"a\" \"b\"]",
        ":",
        ",",
        "]",
        "{]",
        "[}",
        "\\",
        "é",
    ] {
        let ours = json(text);
        let theirs = serde_json::from_str::<serde_json::Value>(text);
        let agreed = match (&ours.document, &theirs) {
            (Some(document), Ok(theirs)) => !ours.diagnostics.has_errors() && to_json(&document.root) == *theirs,
            // Comments and last commas are read with a warning.
            (_, Err(_)) => !ours.codes().is_empty(),
            (None, Ok(_)) => false,
        };
        assert!(agreed, "{text:?}: {} / {theirs:?}", ours.messages());
    }
}

/// Every change of one character, and every cut: what one of the two refuses, the other refuses.
#[test]
fn serde_json_refuses_the_same() {
    let seed = "{\"a\": [-1.5e+3, \"\\ud83d\\ude00\\/é\", true, null], \"b\": {\"c\": 0}}";
    let spare = [
        "", "0", "1", ".", "e", "-", "+", "\"", "\\", "u", "d", "/", "[", "]", "{", "}", ",", ":", "x", "\0", "\t",
        "é", "\u{feff}",
    ];
    for (at, old) in seed.char_indices() {
        let (before, after) = (&seed[..at], &seed[at..]);
        let changed = spare
            .iter()
            .flat_map(|new| [format!("{before}{new}{after}"), format!("{before}{new}{}", &after[old.len_utf8()..])]);
        for text in changed.chain([before.to_owned()]) {
            // A byte order mark at the start is the file's, not the text's.
            let text = text.trim_start_matches('\u{feff}');
            let ours = json(text);
            let theirs = serde_json::from_str::<serde_json::Value>(text);
            assert_eq!(!ours.codes().is_empty(), theirs.is_err(), "{text:?}: {} / {theirs:?}", ours.messages());
        }
    }
}

#[test]
fn serde_yaml_agrees() {
    for text in [
        "a: 1",
        "- a\n- b",
        "a:\n- 1\n- 2",
        "a:\n  - b: 1\n    c: 2\n  - d",
        "a: |\n  x\n   y\n\n  z\n",
        "a: >\n  x\n  y\n\n  z\n",
        "a: |-\n  x\n",
        "a: |+\n  x\n\n",
        "a: |2\n   x\n",
        "a: >-\n  x\n    y\n  z",
        "a: 'it''s'",
        "a: \"x\\ty\\u00e9\\x41\"",
        "a: x\n  y\n  z",
        "a: 'x\n\n  y'",
        "a: \"x\\\n  y\"",
        "a: [1, [2, {b: c}], ]",
        "a: {b: 1, c: [d]}",
        "a: # note\n  b",
        "a: x # note",
        "a: x#y",
        "a: http://x/y?z=1#q",
        "a: -1",
        "a: - b",
        "a: null\nb: ~\nc:",
        "a: true\nb: FALSE\nc: yes",
        "a: 1.50\nb: 1e3",
        "a: NO\nb: on\nc: y",
        "? a\n: b",
        "? |\n  a\n: b",
        "a: &x 1\nb: *x",
        "a: &x {b: [1]}\nc: *x",
        "--- a",
        "---\na: 1\n...",
        "# c\n---\n# d\na: 1",
        "'a b': 1\n\"c:d\": 2",
        "a b c: 1",
        "a: b: c",
        "a: [1",
        "a: 'x",
        "\"\\q\"",
        "a: !!str 1",
        "a:\n\tb: 1",
        "- - - x\n    - y",
        "a: \"\"\nb: ''",
        "a: 2024-01-01",
        "a: 12:30:45",
        "a: 1_000",
        "a: 0777",
        "a: @b",
        "a: `b`",
        "a: %b",
        "a: *nope",
        "a: ]",
        "a: b\n c: d",
        "-1: x",
        "a: {x: 1, y}",
        "a:\n  b\n  c\nd: e",
        "a: !!int 3",
        "a: \"1\"",
        "a: '~'",
        "a: |\n\n  x\n",
        "a: >\n\n  x\n\n\n  y\n",
        "[a, b]: c",
        "a: \"\\ud83d\"",
        "1: a\n2: b",
    ] {
        let ours = yaml(text);
        let theirs = serde_yaml::from_str::<serde_json::Value>(text);
        let agreed = match (&ours.document, &theirs) {
            (Some(document), Ok(theirs)) => !ours.diagnostics.has_errors() && to_json(&document.root) == *theirs,
            // Comments and last commas are read with a warning.
            (_, Err(_)) => !ours.codes().is_empty(),
            (None, Ok(_)) => false,
        };
        assert!(agreed, "{text:?}: {} {} / {theirs:?}", ours.shape(), ours.messages());
    }
}
