//! Comparing and hashing values by what they show of themselves.
//!
//! `derive(PartialEq)` and `derive(Hash)` cost a compiler more than all else about a struct, for they
//! are code for each of its fields. This is that code once, over `dyn`.

use super::encode::{Encode, View};
use super::object::Field;
use std::hash::Hasher;

/// Whether two values of a type are equal: whether they are written alike. Not a number equals
/// nothing, itself included, as everywhere in Rust.
pub fn equal(a: &dyn Encode, b: &dyn Encode) -> bool {
    if let (Some(a), Some(b)) = (a.text(), b.text()) {
        return a == b;
    }
    let mut equal = false;
    a.encode(&mut |a| b.encode(&mut |b| equal = is_same(&a, &b)));
    equal && a.is_absent() == b.is_absent()
}

/// Files are never equal: what holds them derives what it needs.
fn is_same(a: &View<'_>, b: &View<'_>) -> bool {
    match (a, b) {
        (View::Null, View::Null) => true,
        (View::Boolean(a), View::Boolean(b)) => a == b,
        (View::Integer(a), View::Integer(b)) => a == b,
        (View::Unsigned(a), View::Unsigned(b)) => a == b,
        (View::Float(a), View::Float(b)) => a == b,
        (View::Text(a), View::Text(b)) | (View::Secret(a), View::Secret(b)) => a == b,
        (View::List(count, a, _), View::List(other, b, _)) => {
            count == other && (0..*count).all(|index| both(a(index), b(index), equal))
        }
        (View::Object(a), View::Object(b)) => {
            let mut others = b.fields();
            let is_same = |a: Field<'_>| {
                others.next().is_some_and(|b| a.name == b.name && equal(a.value, b.value))
            };
            a.fields().all(is_same) && others.next().is_none()
        }
        _ => false,
    }
}

fn both<T>(a: Option<T>, b: Option<T>, is_same: impl FnOnce(T, T) -> bool) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => is_same(a, b),
        _ => false,
    }
}

/// Hashes a value, so that equal ones have equal hashes.
pub fn hash(value: &dyn Encode, state: &mut dyn Hasher) {
    if let Some(text) = value.text() {
        return hash_text(text, state);
    }
    value.encode(&mut |view| match view {
        View::Null | View::File(_) => state.write_u8(value.is_absent().into()),
        View::Boolean(value) => state.write_u8(value.into()),
        View::Integer(value) => state.write_i64(value),
        View::Unsigned(value) => state.write_u64(value),
        View::Float(value) => state.write_u64(value.to_bits()),
        View::Text(text) | View::Secret(text) => hash_text(text, state),
        View::List(count, at, _) => {
            state.write_usize(count);
            (0..count)
                .filter_map(at)
                .for_each(|element| hash(element, state));
        }
        View::Object(object) => {
            for member in object.fields() {
                state.write_u8(1);
                hash_text(member.name, state);
                hash(member.value, state);
            }
            state.write_u8(0);
        }
    });
}

/// With an end, as `str` has it, so that no text is the beginning of another one.
fn hash_text(text: &str, state: &mut dyn Hasher) {
    state.write(text.as_bytes());
    state.write_u8(0xff);
}

#[cfg(test)]
mod tests {
    use super::super::json::from_json;
    use super::super::record;
    use serde_json::Value;
    use std::collections::{BTreeMap, HashSet};

    #[derive(Clone)]
    struct Thing {
        id: String,
        name: Option<String>,
        on: Option<bool>,
        sizes: Vec<i64>,
        parts: Option<Vec<Thing>>,
        others: BTreeMap<String, u64>,
    }

    record!(Thing: Eq + Hash {
        id: required("id"),
        name: required("name"),
        on: optional("on"),
        sizes: required("sizes"),
        parts: optional("parts"),
        ..others
    });

    #[derive(Clone)]
    struct Measure {
        size: f64,
        any: Option<Value>,
    }

    record!(Measure {
        size: required("size"),
        any: optional("any")
    });

    const THINGS: [&str; 14] = [
        r#"{"id": "a", "name": null, "sizes": []}"#,
        r#"{"id": "", "name": null, "sizes": []}"#,
        r#"{"id": "a", "name": "", "sizes": []}"#,
        r#"{"id": "a", "name": "a", "sizes": []}"#,
        r#"{"id": "a", "name": null, "sizes": [], "on": false}"#,
        r#"{"id": "a", "name": null, "sizes": [], "on": true}"#,
        r#"{"id": "a", "name": null, "sizes": [0]}"#,
        r#"{"id": "a", "name": null, "sizes": [0, 1]}"#,
        r#"{"id": "a", "name": null, "sizes": [1, 0]}"#,
        r#"{"id": "a", "name": null, "sizes": [], "parts": []}"#,
        r#"{"id": "a", "name": null, "sizes": [], "parts": [{"id": "a", "name": null, "sizes": []}]}"#,
        r#"{"id": "a", "name": null, "sizes": [], "parts": [{"id": "b", "name": null, "sizes": []}]}"#,
        r#"{"id": "a", "name": null, "sizes": [], "x": 1}"#,
        r#"{"id": "a", "name": null, "sizes": [], "y": 1}"#,
    ];

    #[test]
    fn values_are_equal_that_are_written_alike() {
        let things = THINGS.map(|text| from_json::<Thing>(text.as_bytes()).unwrap());
        for (index, a) in things.iter().enumerate() {
            for (other, b) in things.iter().enumerate() {
                assert_eq!(*a == b.clone(), index == other, "{a:?} {b:?}");
            }
        }
        let mut set: HashSet<Thing> = things.iter().cloned().collect();
        assert_eq!(set.len(), things.len());
        set.extend(things);
        assert_eq!(set.len(), THINGS.len());
    }

    #[test]
    fn numbers_and_any_values_are_compared_as_rust_does() {
        let measure = |size, any: Option<&str>| Measure {
            size,
            any: any.map(|text| serde_json::from_str(text).unwrap()),
        };
        for any in [
            None,
            Some("null"),
            Some("[1, {\"a\": -1.5}]"),
            Some("18446744073709551615"),
        ] {
            assert_eq!(measure(0.0, any), measure(-0.0, any));
            assert_ne!(measure(0.5, any), measure(0.25, any));
            assert_ne!(measure(f64::NAN, any), measure(f64::NAN, any));
            assert_ne!(measure(1.0, any), measure(1.0, Some("[1, {\"a\": -1.25}]")));
        }
        assert_ne!(measure(1.0, None), measure(1.0, Some("null")));
        assert_ne!(measure(1.0, Some("1")), measure(1.0, Some("1.0")));
    }
}
