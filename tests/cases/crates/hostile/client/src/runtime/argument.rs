//! Arguments of operations as text: what a path segment, a query parameter, a header or a cookie is
//! made of.
//!
//! OpenAPI says how values without parts, lists and objects are written (3.1, section 4.8.12.4), and
//! not what stands for a list or an object inside of another one. It is sent as its JSON text, as
//! Swagger's own client does. Nothing is encoded here.

use super::encode::{self, Encode, View};
use super::object::Field;

/// What an argument shows of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Argument {
    /// Nothing, which is not sent: null.
    Nothing,
    /// A value without parts.
    One(String),
    /// A list.
    List(Vec<String>),
    /// An object; a name may stand several times.
    Object(Vec<(String, String)>),
}

impl Argument {
    /// What `value` shows. With `repeats`, a member that holds a list is there once for each of its
    /// elements.
    ///
    /// # Errors
    /// Why the value has no text: a number that isn't finite.
    pub(super) fn of(value: &dyn Encode, repeats: bool) -> Result<Self, String> {
        look(value, &mut |view| match view {
            View::List(count, at, _) => {
                let elements = (0..count).filter_map(at);
                elements
                    .filter_map(text)
                    .collect::<Result<_, _>>()
                    .map(Self::List)
            }
            View::Object(object) => {
                let mut members = Vec::new();
                for Field { name, value, .. } in object.sent() {
                    let texts = texts(value, repeats)?;
                    members.extend(texts.into_iter().map(|text| (name.to_owned(), text)));
                }
                Ok(Self::Object(members))
            }
            ref scalar => Ok(plain(scalar)?.map_or(Self::Nothing, Self::One)),
        })
    }

    /// All texts, names of members included.
    pub(super) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Nothing => Vec::new(),
            Self::One(text) => vec![text],
            Self::List(texts) => texts.iter().map(String::as_str).collect(),
            Self::Object(members) => members
                .iter()
                .flat_map(|(name, text)| [name.as_str(), text.as_str()])
                .collect(),
        }
    }

    /// Whether there is nothing to be written: null, and what is empty.
    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::One(_) => false,
            Self::List(texts) => texts.is_empty(),
            Self::Object(members) => members.is_empty(),
        }
    }
}

/// The JSON text of `value`, as an argument without parts.
///
/// # Errors
/// As [`Argument::of`].
pub(super) fn json(value: &dyn Encode) -> Result<Argument, String> {
    json_text(value).map(Argument::One)
}

/// Adds to `into` the pairs that a value below the name `name` makes in style `deepObject`.
///
/// The specification shows one level. Beyond it this is what servers take in practice: an object in
/// an object is `name[a][b]`; an element without parts is `name[a][]`, which Rails, PHP and `qs` all
/// take for one of a list; and elements with parts are told apart by their index, `name[a][0][b]`.
///
/// # Errors
/// As [`Argument::of`].
pub(super) fn deep(
    name: &str,
    value: &dyn Encode,
    into: &mut Vec<(String, String)>,
) -> Result<(), String> {
    look(value, &mut |view| {
        match view {
            View::List(count, at, _) => {
                for (index, element) in (0..count).filter_map(at).enumerate() {
                    match Argument::of(element, false)? {
                        Argument::Nothing => {}
                        Argument::One(text) => into.push((format!("{name}[]"), text)),
                        Argument::List(_) | Argument::Object(_) => {
                            deep(&format!("{name}[{index}]"), element, into)?;
                        }
                    }
                }
            }
            View::Object(object) => {
                for member in object.sent() {
                    deep(&format!("{name}[{}]", member.name), member.value, into)?;
                }
            }
            ref scalar => into.extend(plain(scalar)?.map(|text| (name.to_owned(), text))),
        }
        Ok(())
    })
}

/// The texts of a member: with `repeats`, one for each element of a list; none for null.
///
/// # Errors
/// As [`Argument::of`].
pub(super) fn texts(value: &dyn Encode, repeats: bool) -> Result<Vec<String>, String> {
    match Argument::of(value, false)? {
        Argument::List(texts) if repeats => Ok(texts),
        _ => Ok(text(value).transpose()?.into_iter().collect()),
    }
}

/// The text of a value inside of another one; `None` for null, which is left out.
fn text(value: &dyn Encode) -> Option<Result<String, String>> {
    let shown = look(value, &mut |view| match view {
        View::List(..) | View::Object(..) => json_text(value).map(Some),
        ref scalar => plain(scalar),
    });
    shown.transpose()
}

/// The text of a view without parts; `None` for null.
///
/// # Errors
/// As [`Argument::of`].
pub(super) fn plain(view: &View<'_>) -> Result<Option<String>, String> {
    Ok(Some(match *view {
        View::Boolean(value) => value.to_string(),
        View::Integer(value) => value.to_string(),
        View::Unsigned(value) => value.to_string(),
        View::Float(value) if value.is_finite() => value.to_string(),
        View::Float(_) => return Err("the number is not finite".to_owned()),
        View::Text(text) | View::Secret(text) => text.to_owned(),
        View::File(_) => return Err("a file has no text".to_owned()),
        View::Null | View::List(..) | View::Object(..) => return Ok(None),
    }))
}

fn json_text(value: &dyn Encode) -> Result<String, String> {
    let text = encode::to_json(value).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// What `read` makes of the one view of `value`.
///
/// # Errors
/// Those of `read`, and when the value shows nothing.
pub(super) fn look<T>(
    value: &dyn Encode,
    read: &mut dyn FnMut(View<'_>) -> Result<T, String>,
) -> Result<T, String> {
    let mut made = None;
    value.encode(&mut |view| {
        if made.is_none() {
            made = Some(read(view));
        }
    });
    made.unwrap_or_else(|| Err("the value showed nothing of itself".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whole_numbers_have_no_fraction() {
        let one = |value: &dyn Encode| Argument::of(value, false).unwrap();
        assert_eq!(one(&2.0), Argument::One("2".to_owned()));
        assert_eq!(one(&0.25), Argument::One("0.25".to_owned()));
        let most = Argument::One("18446744073709551615".to_owned());
        assert_eq!(one(&u64::MAX), most);
    }

    #[test]
    fn numbers_without_a_text_are_refused() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(Argument::of(&number, false).is_err(), "{number}");
            assert!(Argument::of(&vec![vec![number]], false).is_err());
            assert!(deep("a", &vec![number], &mut Vec::new()).is_err());
        }
    }

    #[test]
    fn null_is_nothing() {
        let shown = |value| Argument::of(&value, true).unwrap();
        assert!(shown(json!(null)).is_nothing());
        assert!(shown(json!([null])).is_nothing());
        assert!(shown(json!({"a": null})).is_nothing());
        assert!(!shown(json!([""])).is_nothing());
    }

    #[test]
    fn what_is_nested_is_json() {
        let shown = |value, repeats| Argument::of(&value, repeats).unwrap();
        let object = |members: &[(&str, &str)]| {
            let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
            Argument::Object(members.iter().map(owned).collect())
        };
        let value = json!({"a": [1, "x"], "b": {"c": true}});
        let joined = object(&[("a", r#"[1,"x"]"#), ("b", r#"{"c":true}"#)]);
        assert_eq!(shown(value.clone(), false), joined);
        let repeated = object(&[("a", "1"), ("a", "x"), ("b", r#"{"c":true}"#)]);
        assert_eq!(shown(value, true), repeated);
        let list = Argument::List(vec!["[1,2]".to_owned(), r#"{"a":1}"#.to_owned()]);
        assert_eq!(shown(json!([[1, 2], {"a": 1}]), true), list);
    }

    #[test]
    fn deep_objects_are_written_as_servers_take_them() {
        let value = json!({"a": {"b": "c"}, "d": [1, null, 2], "e": [{"f": true}, {"f": false}]});
        let mut pairs = Vec::new();
        deep("x", &value, &mut pairs).unwrap();
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(
            pairs.join("&"),
            "x[a][b]=c&x[d][]=1&x[d][]=2&x[e][0][f]=true&x[e][1][f]=false"
        );
    }
}
