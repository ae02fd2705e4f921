use super::*;
use clientwright::diag::{self, Code};
use clientwright::pointer::Pointer;

fn draw(text: &str, bytes: Range<usize>, change: impl FnOnce(Diagnostic) -> Diagnostic) -> String {
    let mut sources = Sources::default();
    let file = sources.add("spec/petstore.yaml", text.to_owned());
    let place = Place { pointer: None, key: false, span: Some(Span { file, bytes }) };
    render(&change(Diagnostic::new(&diag::UNRESOLVED_REFERENCE, "`$ref` points to nothing").at(place)), &sources, false)
}

const PETS: &str = "paths:\n  /pets:\n    schema:\n      $ref: '#/components/schemas/Pest'\n";

#[test]
fn a_place_is_drawn_with_what_to_do() {
    let start = PETS.find("'#").unwrap();
    let drawn = draw(PETS, start..PETS.len() - 1, |mut found| {
        let pointer = Pointer::root().child("paths").child("/pets").child("schema");
        if let Some(place) = &mut found.place {
            place.pointer = Some(pointer);
        }
        found
            .label("no schema has this name")
            .help("a schema named `Pet` exists")
            .help("names are compared letter by letter")
    });
    insta::assert_snapshot!(drawn, @"
    error[R0102]: `$ref` points to nothing
      ╭▸ spec/petstore.yaml:4:13
      │
    4 │       $ref: '#/components/schemas/Pest'
      │             ━━━━━━━━━━━━━━━━━━━━━━━━━━━ no schema has this name
      │
      ├ help: a schema named `Pet` exists
      ├ help: names are compared letter by letter
      ╰ at: #/paths/~1pets/schema
    ");
}

#[test]
fn related_places_follow() {
    let drawn = draw("a: 1\nb: 2\na: 3\n", 10..11, |found| {
        let place = found.place.clone().unwrap();
        let first = Place { span: place.span.map(|span| Span { bytes: 0..1, ..span }), ..place };
        found.related(first, "the first one").related(Pointer::root().child("x"), "and here").label("again")
    });
    insta::assert_snapshot!(drawn, @"
    error[R0102]: `$ref` points to nothing
      ╭▸ spec/petstore.yaml:3:1
      │
    3 │ a: 3
      │ ━ again
      │
      ⸬  spec/petstore.yaml:1:1
      │
    1 │ a: 1
      │ ─ the first one
      │
      ╰ note: and here: #/x
    ");
}

#[test]
fn without_a_place_there_are_words_alone() {
    let found = Diagnostic::new(&diag::FILE_UNREADABLE, "can't read `a`").help("look");
    insta::assert_snapshot!(render(&found, &Sources::default(), false), @"
    error[L0001]: can't read `a`
     │
     ╰ help: look
    ");
}

#[test]
fn a_minified_line_is_cut_around_the_place() {
    let member = r#"{"name":"ä","value":1},"#;
    let text = format!("[{}{{}}]", member.repeat(200_000));
    let start = text.match_indices("\"value\"").nth(100_000).unwrap().0;
    let drawn = draw(&text, start..text.len(), |found| found.label("here"));
    assert!(drawn.len() < 2_000, "{}", drawn.len());
    insta::assert_snapshot!(drawn, @r#"
    error[R0102]: `$ref` points to nothing
      ╭▸ spec/petstore.yaml:1:2300014
      │
      ⸬  
    1 │ …ue":1},{"name":"ä","value":1},{"name":"ä","value":1},{"name":"ä","value":1},{"name":"ä","value":1},{"name":"ä…
      ╰╴                    ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ here
    "#);
    let drawn = draw(&text, start..start + 7, |found| found.label("here"));
    insta::assert_snapshot!(drawn, @r#"
    error[R0102]: `$ref` points to nothing
      ╭▸ spec/petstore.yaml:1:2300014
      │
      ⸬  
    1 │ …"ä","value":1},{"name":"ä","value":1},{"name":"ä","value":1},{"name":"ä","value":1},{"name":"ä","value":1},{"name":"ä","value":1},{"na…
      ╰╴                                                   ━━━━━━━ here
    "#);
}

#[test]
fn a_span_of_many_lines_is_its_first() {
    insta::assert_snapshot!(draw("a:\r\n  b: 1\r\n  c: 2\r\n", 0..20, |found| found), @"
    error[R0102]: `$ref` points to nothing
      ╭▸ spec/petstore.yaml:1:1
      │
    1 │ a:
      ╰╴━━
    ");
}

#[test]
fn wild_places_and_texts_do_no_harm() {
    for bytes in [0..0, 3..3, 99..120, Range { start: 4, end: 1 }, 1..2, usize::MAX - 1..usize::MAX] {
        let drawn = draw("äö\n", bytes.clone(), |found| found.label("x"));
        assert!(drawn.contains("spec/petstore.yaml"), "{bytes:?}: {drawn}");
    }
    assert!(draw("", 0..0, |found| found).contains("petstore.yaml:1:1"));
    let drawn = draw("a: \u{1b}[31m\u{7}\tb\u{202e}\n", 0..1, |found| found.label("\u{1b}[0m").help("x\ny"));
    assert!(!drawn.contains('\u{1b}') && !drawn.contains('\u{7}') && !drawn.contains('\u{202e}'), "{drawn}");
    let long = draw("a", 0..1, |found| found.label("l".repeat(1_000_000)).help("h".repeat(1_000_000)));
    assert!(long.len() < 20_000, "{}", long.len());
}

#[test]
fn colours_only_when_asked_for() {
    let found = Diagnostic::new(&diag::SYNTAX, "m");
    assert!(render(&found, &Sources::default(), true).contains('\u{1b}'));
    assert!(!render(&found, &Sources::default(), false).contains('\u{1b}'));
}

#[test]
fn severities_have_their_names() {
    static WARNING: Code = Code { id: "X1", title: "", severity: Severity::Warning, explain: "" };
    let found = Diagnostic::new(&WARNING, "odd");
    assert_eq!(render(&found, &Sources::default(), false), "warning[X1]: odd");
}
