//! Printing structs for who debugs, by the table that they are written with: one `derive(Debug)` for
//! all of them.

use super::encode::{Encode, View};
use std::fmt;

/// Prints a struct, as `derive(Debug)` would, without the members that are absent. `names` are those
/// of the type and of its fields, with blanks between them.
///
/// # Errors
/// Those of the formatter.
pub fn print(names: &str, value: &dyn Encode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut names = names.split_ascii_whitespace();
    let mut printed = f.debug_struct(names.next().unwrap_or_default());
    value.encode(&mut |view| {
        let View::Object(object) = view else {
            return;
        };
        for (field, name) in object.places().zip(names.by_ref()) {
            if let Some(field) = field {
                printed.field(name.strip_prefix("r#").unwrap_or(name), &field.value);
            }
        }
        // Behind the fields stand the members that the struct has no field for.
        for field in object.further() {
            printed.field(field.name, &field.value);
        }
    });
    printed.finish()
}

#[cfg(test)]
mod tests {
    use super::super::json::from_json;
    use super::super::record;
    use std::collections::BTreeMap;

    #[derive(Clone)]
    struct Thing {
        r#type: String,
        size_of_it: Option<f64>,
        next: Option<Box<Thing>>,
        others: BTreeMap<String, i64>,
    }

    record!(Thing {
        r#type: required("type"),
        size_of_it: optional("sizeOfIt"),
        next: optional("next"),
        ..others
    });

    fn thing(text: &str) -> Thing {
        from_json(text.as_bytes()).unwrap()
    }

    #[test]
    fn what_is_there_is_printed_by_the_names_of_the_fields() {
        for (text, printed) in [
            (r#"{"type": "a\"b"}"#, r#"Thing { type: "a\"b" }"#),
            (
                r#"{"type": "", "sizeOfIt": 1, "b c": 2, "a": 1}"#,
                r#"Thing { type: "", size_of_it: Some(1.0), a: 1, b c: 2 }"#,
            ),
            (
                r#"{"type": "", "next": {"type": "x"}}"#,
                r#"Thing { type: "", next: Some(Thing { type: "x" }) }"#,
            ),
        ] {
            assert_eq!(format!("{:?}", thing(text)), printed);
        }
        let long = format!("{:#?}", thing(r#"{"type": "", "next": {"type": "x"}}"#));
        assert!(
            long.contains("\n    next: Some(\n        Thing {\n            type: \"x\",\n"),
            "{long}"
        );
    }
}
