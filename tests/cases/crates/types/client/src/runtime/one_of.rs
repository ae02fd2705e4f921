//! Unions: a value of one of several types, told apart by what it looks like.
//!
//! `one_of!` gives an emitted enum a table: what tells each branch apart. A value is read once,
//! never by trial. Its JSON type decides, or a member of the object; members that stand before that
//! one are kept, and given to the branch before the rest of the text. A value that no branch
//! claims is kept as it came, in `Unlisted`.

pub(crate) use super::decode::{Decode, Token};
pub(crate) use super::deserialize::deserialize;
use super::encode::Field;
pub(crate) use super::encode::{Encode, View};
pub(crate) use super::fault::Fault;
use super::replay::Replay;
pub(crate) use super::serialize::serialize;
use serde_json::Value;

/// What tells a branch apart.
pub struct Rule {
    /// Whether the branch claims a value for its JSON type.
    pub fits: fn(&Token<'_>) -> bool,
    /// The name of the member whose value says which branch it is.
    pub tag: &'static str,
    /// The values that the member has in this branch.
    pub tags: &'static [&'static dyn Encode],
    /// The names of members that only this branch has.
    pub having: &'static [&'static str],
}

impl Rule {
    /// A rule that claims nothing.
    pub const NONE: Self = Self {
        fits: |_| false,
        tag: "",
        tags: &[],
        having: &[],
    };

    fn looks_inside(&self) -> bool {
        !self.tags.is_empty() || !self.having.is_empty()
    }
}

/// What reads the value of a branch; the branch by its place among the rules, `None` for a value
/// that none claims.
pub type Read<'a> = &'a mut dyn FnMut(Option<usize>, Token<'_>) -> Result<(), Fault>;

/// Finds the first of `rules` that claims a value, and lets `read` read it.
///
/// # Errors
/// When the value isn't JSON, or `read` refuses it.
pub fn read(token: Token<'_>, rules: &[Rule], read: Read<'_>) -> Result<(), Fault> {
    let branch = rules.iter().position(|rule| (rule.fits)(&token));
    match token {
        Token::Object(members) if rules.iter().any(Rule::looks_inside) => {
            let mut replay = Replay::new(members);
            let told = tell(&mut replay, rules)?;
            read(told.or(branch), Token::Object(&mut replay))
        }
        other => read(branch, other),
    }
}

/// Reads an object up to the member that tells which branch it is.
fn tell(replay: &mut Replay<'_>, rules: &[Rule]) -> Result<Option<usize>, Fault> {
    while let Some(name) = replay.look()? {
        let place = rules.iter().position(|rule| rule.having.contains(&name));
        if place.is_some() {
            return Ok(place);
        }
        let Some((name, value)) = replay.keep()? else {
            break;
        };
        let is_tagged =
            |rule: &Rule| rule.tag == name && rule.tags.iter().any(|tag| is(*tag, value));
        let place = rules.iter().position(is_tagged);
        if place.is_some() {
            return Ok(place);
        }
    }
    Ok(None)
}

/// Whether `value` is what `tag` is written as.
fn is(tag: &dyn Encode, value: &Value) -> bool {
    let mut same = false;
    tag.encode(&mut |tag| {
        same = match tag {
            View::Text(text) => value.as_str() == Some(text),
            View::Boolean(boolean) => value.as_bool() == Some(boolean),
            // `1.0` is a whole number.
            View::Integer(integer) => {
                value.as_i64() == Some(integer) || value.as_f64() == Some(integer as f64)
            }
            _ => false,
        };
    });
    same
}

/// Shows a branch. Where one tag stands for it, that is the object's first member, whatever the
/// branch itself has there.
pub fn write(rule: &Rule, value: &dyn Encode, show: &mut dyn FnMut(View<'_>)) {
    let &Rule {
        tag: name,
        tags: &[tag],
        ..
    } = rule
    else {
        return value.encode(show);
    };
    value.encode(&mut |view| match view {
        View::Object(count, at) => show(View::Object(count + 1, &|index| match index {
            0 => Some(Field {
                name,
                value: tag,
                read_only: false,
            }),
            _ => at(index - 1).filter(|member| member.name != name),
        })),
        other => show(other),
    });
}

/// Reads and writes an enum by what tells its branches apart:
///
/// ```text
/// one_of!(Payment {
///     Text: string,
///     Card: tagged("type", "card"),
///     Account: tagged("type", "sepa", "ach"),
///     Draft: having("draft_of"),
///     Other: object,
/// });
/// ```
///
/// `string`, `integer`, `number`, `boolean` and `list` are JSON types; the first that fits is
/// taken, so `integer` stands before `number`. An object belongs to the branch whose tag it has, or
/// whose member no other branch has; else to `object`. The enum has one more variant,
/// `Unlisted(Value)`.
macro_rules! one_of {
    (@fits $token:pat) => {
        one_of::Rule { fits: |token| matches!(token, $token), ..one_of::Rule::NONE }
    };
    (@rule string) => { one_of!(@fits one_of::Token::Text(_)) };
    (@rule boolean) => { one_of!(@fits one_of::Token::Boolean(_)) };
    (@rule list) => { one_of!(@fits one_of::Token::List(_)) };
    (@rule object) => { one_of!(@fits one_of::Token::Object(_)) };
    (@rule integer) => {
        one_of::Rule {
            // `3.0` is a whole number; beyond 2^53 a float no longer says which one it is.
            fits: |token| match token {
                one_of::Token::Integer(_) => true,
                one_of::Token::Float(value) => {
                    value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0
                }
                _ => false,
            },
            ..one_of::Rule::NONE
        }
    };
    (@rule number) => {
        one_of!(@fits
            one_of::Token::Integer(_) | one_of::Token::Unsigned(_) | one_of::Token::Float(_))
    };
    (@rule having $($name:literal)+) => {
        one_of::Rule { having: &[$($name),+], ..one_of::Rule::NONE }
    };
    (@rule tagged $name:literal $($tag:literal)+) => {
        one_of::Rule { tag: $name, tags: &[$(&$tag),+], ..one_of::Rule::NONE }
    };
    ($type:ident { $($variant:ident: $rule:ident $(($($argument:literal),+))?),* $(,)? }) => {
        #[allow(deprecated)]
        impl one_of::Decode for $type {
            fn blank() -> Self {
                Self::Unlisted(::core::default::Default::default())
            }

            fn read(
                &mut self,
                token: one_of::Token<'_>,
            ) -> ::core::result::Result<(), one_of::Fault> {
                let rules = &[$(one_of!(@rule $rule $($($argument)+)?)),*];
                one_of::read(token, rules, &mut |branch, token| {
                    let mut places = 0_usize..;
                    $(
                        if branch == places.next() {
                            *self = Self::$variant(one_of::Decode::decode(token)?);
                            return ::core::result::Result::Ok(());
                        }
                    )*
                    *self = Self::Unlisted(one_of::Decode::decode(token)?);
                    ::core::result::Result::Ok(())
                })
            }
        }

        #[allow(deprecated)]
        impl one_of::Encode for $type {
            fn encode(&self, show: &mut dyn ::core::ops::FnMut(one_of::View<'_>)) {
                match self {
                    $(Self::$variant(value) => {
                        one_of::write(&one_of!(@rule $rule $($($argument)+)?), value, show);
                    })*
                    Self::Unlisted(value) => one_of::Encode::encode(value, show),
                }
            }
        }

        #[allow(deprecated)]
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                one_of::deserialize(deserializer)
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                one_of::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use one_of;

#[cfg(test)]
mod tests {
    use super::super::decode::from_json;
    use super::super::encode::to_json;
    use super::super::one_of;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    type Members = BTreeMap<String, Value>;

    #[derive(Clone, Debug, PartialEq)]
    enum Data {
        Text(String),
        Whole(i64),
        Number(f64),
        List(Vec<String>),
        Unlisted(Value),
    }

    one_of!(Data {
        Text: string,
        Whole: integer,
        Number: number,
        List: list
    });

    #[derive(Clone, Debug, PartialEq)]
    enum Shape {
        Flag(bool),
        Circle(Members),
        Square(Members),
        Old(Members),
        Done(Members),
        Draft(Members),
        Other(Box<Members>),
        Unlisted(Value),
    }

    one_of!(Shape {
        Flag: boolean,
        Circle: tagged("type", "circle"),
        Square: tagged("type", "square", "rectangle"),
        Old: tagged("version", 1i64),
        Done: tagged("done", true),
        Draft: having("draft_of", "draft"),
        Other: object,
    });

    #[derive(Clone, Debug, PartialEq)]
    enum Strict {
        A(BTreeMap<String, i64>),
        Inner(Shape),
        Unlisted(Value),
    }

    one_of!(Strict {
        A: tagged("kind", "a"),
        Inner: tagged("kind", "inner"),
    });

    fn members(value: Value) -> Members {
        serde_json::from_value(value).unwrap()
    }

    fn written(value: &dyn one_of::Encode) -> String {
        String::from_utf8(to_json(value).unwrap()).unwrap()
    }

    #[test]
    fn the_json_type_picks_the_branch() {
        for (value, data) in [
            (json!("a"), Data::Text("a".into())),
            (json!(7), Data::Whole(7)),
            (json!(7.5), Data::Number(7.5)),
            (json!(1e300), Data::Number(1e300)),
            (json!(["a"]), Data::List(vec!["a".into()])),
            (json!(true), Data::Unlisted(json!(true))),
            (json!(null), Data::Unlisted(json!(null))),
            (json!({"a": [null]}), Data::Unlisted(json!({"a": [null]}))),
        ] {
            assert_eq!(serde_json::from_value::<Data>(value.clone()).unwrap(), data);
            assert_eq!(serde_json::to_value(&data).unwrap(), value);
        }
    }

    #[test]
    fn a_whole_number_is_one_in_every_spelling() {
        assert_eq!(serde_json::from_str::<Data>("3.0").unwrap(), Data::Whole(3));
        let large = serde_json::from_str::<Data>("18446744073709551615").unwrap();
        assert_eq!(large, Data::Number(18_446_744_073_709_551_615.0));
    }

    #[test]
    fn a_branch_is_read_by_its_own_rules() {
        let error = serde_json::from_str::<Data>(r#"["a", 7]"#).unwrap_err();
        assert!(
            error.to_string().starts_with("[1]: expected a string"),
            "{error}"
        );
    }

    #[test]
    fn a_member_picks_the_branch_wherever_it_stands() {
        type Make = fn(Members) -> Shape;
        let table: [(&str, Make); 8] = [
            (r#"{"type":"circle","r":1}"#, Shape::Circle),
            (
                r#"{"r":{"type":"square"},"x":[{}],"type":"circle"}"#,
                Shape::Circle,
            ),
            (r#"{"type":"rectangle"}"#, Shape::Square),
            (r#"{"version":1}"#, Shape::Old),
            (r#"{"a":null,"done":true}"#, Shape::Done),
            (r#"{"a":[1],"draft":{"a":[]},"b":-2}"#, Shape::Draft),
            (r#"{"type":"hexagon","version":2,"done":false}"#, |all| {
                Shape::Other(Box::new(all))
            }),
            (r#"{"type":null}"#, |all| Shape::Other(Box::new(all))),
        ];
        for (text, make) in table {
            let value: Value = serde_json::from_str(text).unwrap();
            let shape = make(members(value.clone()));
            assert_eq!(
                from_json::<Shape>(text.as_bytes()).unwrap(),
                shape,
                "{text}"
            );
            assert_eq!(
                serde_json::from_value::<Shape>(value.clone()).unwrap(),
                shape
            );
            let again: Value = serde_json::from_str(&written(&shape)).unwrap();
            assert_eq!(again, value, "{text}");
        }
        let old: Shape = from_json(br#"{"version":1.0}"#).unwrap();
        assert_eq!(old, Shape::Old(members(json!({"version": 1.0}))));
        assert_eq!(from_json::<Shape>(b"true").unwrap(), Shape::Flag(true));
        assert_eq!(
            from_json::<Shape>(b"[]").unwrap(),
            Shape::Unlisted(json!([]))
        );
    }

    #[test]
    fn what_no_branch_claims_is_kept_as_it_came() {
        for text in [
            r#"{"a":1,"kind":"b","z":[{"kind":"a"}]}"#,
            r#"{"kind":1}"#,
            r#"{"a":{}}"#,
            "{}",
            "null",
        ] {
            let kept = from_json::<Strict>(text.as_bytes()).unwrap();
            assert_eq!(kept, Strict::Unlisted(serde_json::from_str(text).unwrap()));
            assert_eq!(written(&kept), text);
        }
    }

    #[test]
    fn the_tag_is_written_first_and_once() {
        let circle = Shape::Circle(members(json!({"r": 1, "type": "square"})));
        assert_eq!(written(&circle), r#"{"type":"circle","r":1}"#);
        // Of several tags the branch itself says which it is.
        let square = Shape::Square(members(json!({"r": 1, "type": "square"})));
        assert_eq!(written(&square), r#"{"r":1,"type":"square"}"#);
        assert_eq!(written(&Shape::Old(Members::new())), r#"{"version":1}"#);
        let inner = Strict::Inner(circle);
        assert_eq!(written(&inner), r#"{"kind":"inner","type":"circle","r":1}"#);
        assert_eq!(serde_json::to_string(&inner).unwrap(), written(&inner));
        let again: Strict = from_json(written(&inner).as_bytes()).unwrap();
        assert_eq!(
            again,
            Strict::Inner(Shape::Circle(members(
                json!({"kind": "inner", "r": 1, "type": "circle"})
            )))
        );
    }

    #[test]
    fn faults_say_where_whatever_came_before() {
        for (text, path, message) in [
            (r#"{"x": [1, {"y": "#, "x[1].y", "EOF while parsing a value"),
            (
                r#"{"x": "1", "kind": "a"}"#,
                "x",
                "expected a whole number of 64 bits, found a string",
            ),
            (
                r#"{"kind": "a", "x": []}"#,
                "kind",
                "expected a whole number of 64 bits, found a string",
            ),
            (
                r#"{"x": 1, "x": 2, "kind": "inner"}"#,
                "x",
                "the member is there twice",
            ),
            (r#"{"x": 1, "x": 2}"#, "x", "the member is there twice"),
        ] {
            let fault = from_json::<Strict>(text.as_bytes()).unwrap_err();
            let found = (fault.path(), fault.message().to_owned());
            assert_eq!(found, (path.to_owned(), message.to_owned()), "{text}");
        }
    }

    #[test]
    fn the_deepest_text_is_read() {
        let mut text = r#"{"kind":"b"}"#.to_owned();
        for _ in 0..126 {
            text = format!(r#"{{"a":{text},"kind":"inner"}}"#);
        }
        assert!(from_json::<Strict>(text.as_bytes()).is_ok());
        let text = format!(r#"{{"a":{text}}}"#);
        assert!(from_json::<Strict>(format!("[{text}]").as_bytes()).is_err());
    }
}
