//! Descriptions that cost too much or lead outside: rows 7, 9, 10, 11, 14 and 15 of the threats, through the whole pipeline and
//! on the stack of 2 MiB that tests have.

use std::net::TcpListener;

use clientwright::model::Delivery;
use clientwright_tests::generate::{self, Ran};

/// A description whose one operation answers the schema `A`.
fn answering(schemas: &str) -> String {
    format!(
        r##"openapi: 3.0.3
info: {{ title: T, version: "1" }}
paths:
  /a: {{ get: {{ responses: {{ "200": {{ description: x, content: {{ application/json: {{ schema: {{ $ref: "#/components/schemas/A" }} }} }} }} }} }} }}
  /b: {{ get: {{ responses: {{ "204": {{ description: x }} }} }} }}
components:
  schemas:
{schemas}"##
    )
}

fn run(text: &str) -> Ran {
    generate::text(text, Delivery::Crate)
}

/// The codes of everything found, without repetition.
fn codes(ran: &Ran) -> Vec<String> {
    let mut codes: Vec<_> =
        ran.findings.lines().filter_map(|line| Some(line.split_once('[')?.1.split_once("]: ")?.0.to_owned())).collect();
    codes.sort();
    codes.dedup();
    codes.retain(|code| code.len() == 5);
    codes
}

#[test]
fn a_reference_never_leaves_the_document() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/x.yaml#/A", listener.local_addr().unwrap());
    for (target, code) in [
        (url.as_str(), "R0106"),
        ("http://169.254.169.254/latest/meta-data", "R0106"),
        ("file:///etc/passwd", "R0106"),
        ("/etc/passwd", "R0110"),
        ("../../x.yaml", "R0110"),
        ("other.yaml", "R0105"),
    ] {
        let ran = run(&answering(&format!("    A: {{ $ref: {target:?} }}\n")));
        assert!(codes(&ran).contains(&code.to_owned()), "{target}: {}", ran.findings);
        let (prepared, files) = ran.made.as_ref().unwrap();
        assert_eq!(prepared.left_out.len(), 0, "{target}");
        assert!(ran.findings.contains("; this is read as any value"), "{}", ran.findings);
        assert!(files.0.values().all(|text| !text.contains("root:")), "{target}");
    }
    assert_eq!(listener.accept().map(drop).map_err(|error| error.kind()), Err(std::io::ErrorKind::WouldBlock));
}

#[test]
fn recursion_ends_in_a_type_or_a_code() {
    let chain = |links: usize| {
        let mut text = String::new();
        for link in 0..links {
            let name = if link == 0 { "A".to_owned() } else { format!("A{link}") };
            text.push_str(&format!("    {name}: {{ $ref: \"#/components/schemas/A{}\" }}\n", link + 1));
        }
        text + &format!("    A{links}: {{ type: string }}\n")
    };
    let cases: &[(&str, String, &[&str])] = &[
        ("A → A", "    A: { $ref: \"#/components/schemas/A\" }\n".into(), &["R0104"]),
        (
            "A → B → A",
            "    A: { $ref: \"#/components/schemas/B\" }\n    B: { $ref: \"#/components/schemas/A\" }\n".into(),
            &["R0104"],
        ),
        ("allOf: [self]", "    A: { allOf: [{ $ref: \"#/components/schemas/A\" }] }\n".into(), &["S0106"]),
        ("oneOf: [self]", "    A: { oneOf: [{ $ref: \"#/components/schemas/A\" }] }\n".into(), &["S0106"]),
        (
            "oneOf: [text, self]",
            "    A: { oneOf: [{ type: string }, { $ref: \"#/components/schemas/A\" }] }\n".into(),
            &[],
        ),
        ("list of itself", "    A: { type: array, items: { $ref: \"#/components/schemas/A\" } }\n".into(), &["S0106"]),
        (
            "map of itself",
            "    A: { type: object, additionalProperties: { $ref: \"#/components/schemas/A\" } }\n".into(),
            &["S0106"],
        ),
        (
            "required self",
            "    A: { type: object, required: [a], properties: { a: { $ref: \"#/components/schemas/A\" } } }\n".into(),
            &[],
        ),
        ("60 references", chain(60), &[]),
        ("100 references", chain(100), &["R0104"]),
    ];
    for (name, schemas, expected) in cases {
        let ran = run(&answering(schemas));
        assert_eq!(codes(&ran), *expected, "{name}: {}", ran.findings);
    }
    let boxed = run(&answering(&cases[7].1));
    assert!(boxed.files().0["src/types/a.rs"].contains("pub a: Option<Box<A>>"));
}

#[test]
fn depth_is_bounded() {
    let levels = 200_000;
    for (text, code) in [
        ("[".repeat(levels), "L0004"),
        (format!("a: {}", "[".repeat(levels)), "L0004"),
        (r#"{"a":"#.repeat(levels), "L0004"),
        (format!("openapi: 3.0.3\nx: {}1{}", "{a: ".repeat(levels), "}".repeat(levels)), "L0004"),
        ("- ".repeat(levels), "L0004"),
    ] {
        let ran = run(&text);
        assert_eq!(ran.errors.first(), Some(&code), "{}", &ran.findings[..ran.findings.len().min(300)]);
    }
    // As deep as is allowed, in schemas.
    let deep = |levels: usize| {
        answering(&format!("    A: {}{{}}{}\n", "{ type: array, items: ".repeat(levels), " }".repeat(levels)))
    };
    assert_eq!(codes(&run(&deep(15))), Vec::<String>::new());
    assert_eq!(codes(&run(&deep(60))), ["S0107"]);
    assert_eq!(codes(&run(&deep(200))), ["L0004"]);
}

/// Enums of so many values have stopped compilers, as derives and matches of their own; here each is a row of a table.
#[test]
fn an_enum_of_twenty_thousand_values_compiles() {
    let texts: Vec<String> = (0..20_000).map(|number| format!("value{number}")).collect();
    let numbers: Vec<String> = (0..20_000).map(|number| number.to_string()).collect();
    let ran = run(&answering(&format!(
        "    A: {{ type: object, properties: {{ a: {{ $ref: '#/components/schemas/Word' }}, b: {{ $ref: \
         '#/components/schemas/Number' }} }} }}\n    Word: {{ type: string, enum: [{}] }}\n    Number: {{ type: integer, \
         enum: [{}] }}\n",
        texts.join(", "),
        numbers.join(", ")
    )));
    assert_eq!(ran.checked("threats/wide"), "");
}

#[test]
fn growth_is_bounded() {
    let doubled: String = (0..30)
        .map(|level| {
            let name = if level == 0 { "A".to_owned() } else { format!("A{level}") };
            let next = format!("{{ $ref: \"#/components/schemas/A{}\" }}", level + 1);
            format!("    {name}: {{ type: object, properties: {{ a: {next}, b: {next} }} }}\n")
        })
        .collect();
    let ran = run(&answering(&(doubled + "    A30: { type: object, properties: { a: { type: string } } }\n")));
    assert!(ran.files().0.len() < 200, "{}", ran.files().0.len());

    // Two unions that hold at once are as many branches as the product of theirs: it is theirs alone that can't be read.
    let union = |name: &str| {
        let branch = |index| format!("{{ type: object, properties: {{ {name}{index}: {{ type: string }} }} }}");
        let branches: Vec<String> = (0..60).map(branch).collect();
        format!("    {name}: {{ oneOf: [{}] }}\n", branches.join(", "))
    };
    let ran = run(&answering(&format!(
        "    A: {{ type: object, properties: {{ many: {{ allOf: [{{ $ref: '#/components/schemas/U' }}, {{ $ref: \
         '#/components/schemas/V' }}] }}, z: {{ allOf: [{{ type: object, properties: {{ a: {{ type: string }} }} }}, \
         {{ type: object, properties: {{ b: {{ type: string }} }} }}] }} }} }}\n{}{}",
        union("U"),
        union("V")
    )));
    assert_eq!(codes(&ran), ["S0101"], "{}", ran.findings);
    let text = &ran.files().0["src/types/a.rs"];
    assert!(text.contains("pub many: Option<Value>") && text.contains("pub b: Option<String>"), "{text}");

    let mut bomb = String::from("x0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n");
    for level in 1..9 {
        let uses = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.push_str(&format!("x{level}: &a{level} [{uses}]\n"));
    }
    assert_eq!(run(&bomb).errors, ["L0004"]);

    let long = format!("a: &a \"{}\"\nb:\n{}", "x".repeat(96 << 10), "  - *a\n".repeat(5_000));
    assert_eq!(run(&long).errors, ["L0004"]);
    // What grows without bound takes longer than anyone waits; a busy machine takes its time too.
}

/// A whole description around one odd line.
fn around(line: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: \"1\" }}\n{line}\npaths: {{ /b: {{ get: {{ responses: {{ \"204\": {{ description: x }} }} }} }} }}\n"
    )
}

#[test]
fn every_odd_form_has_one_answer() {
    let cases: &[(&str, String, &[&str])] = &[
        ("plain", around(""), &[]),
        ("byte order mark", format!("\u{feff}{}", around("")), &[]),
        ("CR LF", around("").replace('\n', "\r\n"), &[]),
        ("twice", around("x-a: 1\nx-a: 2"), &["L0003"]),
        ("twice, other quotes", around("x-a: { 200: 1, \"200\": 2 }"), &["L0003"]),
        ("two documents", around("") + "---\nb: 2\n", &["L0007"]),
        ("merge", around("x-a: { <<: { b: 1 } }"), &["L0010"]),
        ("tag", around("x-a: !include b.yaml"), &["L0009"]),
        ("alias without anchor", around("x-a: *nothing"), &["L0013"]),
        ("recursive alias", around("x-a: &a [*a]"), &["L0012"]),
        ("NO, y, on", around("x-a: [NO, y, on, ~, 0o7]"), &["L0011"]),
        ("integers past 64 bits", around("x-a: [18446744073709551616, -9223372036854775809]"), &[]),
        ("a key that is a list", around("x-a: { [1]: 2 }"), &["L0008"]),
        ("YAML 1.1", format!("%YAML 1.1\n---\n{}", around("")), &["L0016"]),
        ("empty", String::new(), &["L0014"]),
        ("no mapping", "- 1\n".into(), &["N0001"]),
    ];
    for (name, text, expected) in cases {
        let ran = run(text);
        assert_eq!(codes(&ran), *expected, "{name}: {}", ran.findings);
    }
    // The version keeps its characters, with a word about it.
    let ran = run(&around("").replace("version: \"1\"", "version: 1.10"));
    assert_eq!(codes(&ran), ["N0107"]);
    assert!(ran.files().0["src/lib.rs"].contains("version `1.10`"));
    // Status codes may be numbers.
    assert_eq!(codes(&run(&around("").replace("\"204\"", "204"))), Vec::<String>::new());
}

#[test]
fn other_encodings_are_refused() {
    let text = around("x-a: ü");
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for bytes in [utf16, latin1] {
        let (folder, _) = generate::place("");
        std::fs::write(folder.path().join("api.yaml"), bytes).unwrap();
        assert_eq!(generate::folder(folder.path()).errors, ["L0005"]);
    }
}

#[test]
fn odd_numbers_and_patterns_are_said_and_no_more() {
    let members = [
        "a: { type: string, minLength: 18446744073709551615 }",
        "b: { type: string, minLength: 18446744073709551616 }",
        "c: { type: integer, default: text, minimum: 1e400, maximum: -1 }",
        "d: { type: string, default: 5, pattern: '(?<!x)\\1(a{1000}){1000}' }",
        "e: { type: integer, enum: [99999999999999999999, 1.5] }",
        "f: { type: number, minimum: .nan }",
        "g: { type: string, minLength: -1, maxLength: 1.0 }",
        "h: { type: array, items: { type: string }, default: 5, minItems: 5, maxItems: 1 }",
    ];
    for member in members {
        let ran = run(&answering(&format!("    A: {{ type: object, properties: {{ {member} }} }}\n")));
        assert!(ran.made.is_some() || ran.findings.contains("api.yaml:"), "{member}: {}", ran.findings);
    }
    let all = answering(&format!("    A: {{ type: object, properties: {{ {} }} }}\n", members[..5].join(", ")));
    let ran = run(&all);
    let a = &ran.files().0["src/types/a.rs"];
    assert!(a.contains("18446744073709551615") && a.contains("(?<!x)\\1(a{1000}){1000}"), "{a}");
}
