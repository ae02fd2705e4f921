//! Unions: a value of one of several types, told apart by what it looks like.
//!
//! `one_of!` gives an emitted enum a table: what tells each branch apart. A value is read once: its
//! JSON type decides, or a member of the object; members that stand before that one are kept, and
//! given to the branch before the rest of the text. Only where neither tells branches apart, the
//! value is kept as a whole, and the branch that fits it best is found by trial. A value that no
//! branch claims is kept as it came, in `Unlisted`.

use super::decode::Slot;
pub(crate) use super::decode::{Decode, Token};
pub(crate) use super::deserialize::deserialize;
pub(crate) use super::encode::{Encode, View};
pub(crate) use super::fault::Fault;
use super::object::{Field, Object};
use super::replay::{self, Replay};
pub(crate) use super::serialize::serialize;
use serde_json::Value;
use std::cell::Cell;

/// How often a text may be read in all, where values that are tried stand in one another.
const READS: usize = 256;

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
    /// Whether the branch is one of several of its JSON type, of which the one that fits best is
    /// taken. The member `tag` then has one of `tags` where it is there.
    pub tried: bool,
    /// Whether one that is tried is none where it skips a member of the object itself.
    pub whole: bool,
}

impl Rule {
    /// A rule that claims nothing.
    pub const NONE: Self = Self {
        fits: |_| false,
        tag: "",
        tags: &[],
        having: &[],
        tried: false,
        whole: false,
    };

    fn looks_inside(&self) -> bool {
        !self.tried && (!self.tags.is_empty() || !self.having.is_empty())
    }

    /// How many of the members that the branch lists values of have one of them; `None` where one
    /// has another.
    fn agrees(&self, value: &Value) -> Option<usize> {
        match value.get(self.tag).filter(|_| !self.tags.is_empty()) {
            Some(value) => self.tags.iter().any(|tag| is(*tag, value)).then_some(1),
            None => Some(0),
        }
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
            settle(told.or(branch), Token::Object(&mut replay), rules, read)
        }
        other => settle(branch, other, rules, read),
    }
}

/// Reads a value into the branch that claims it, or into the one that fits best of those that are
/// tried.
fn settle(
    branch: Option<usize>,
    token: Token<'_>,
    rules: &[Rule],
    read: Read<'_>,
) -> Result<(), Fault> {
    if !branch
        .and_then(|branch| rules.get(branch))
        .is_some_and(|rule| rule.tried)
    {
        return read(branch, token);
    }
    let claims = |(_, rule): &(usize, &Rule)| rule.tried && (rule.fits)(&token);
    let claiming: Vec<(usize, &Rule)> = rules.iter().enumerate().filter(claims).collect();
    let value = Value::decode(token)?;
    let agreeing = claiming.into_iter().filter_map(|(branch, rule)| {
        let (agreed, whole) = (rule.agrees(&value)?, rule.whole);
        Some(Claim { branch, agreed, whole })
    });
    let mut agreeing: Vec<Claim> = agreeing.collect();
    agreeing.sort_by_key(|claim| usize::MAX - claim.agreed);
    try_all(&value, &agreeing, read)
}

/// A branch that may be tried.
struct Claim {
    branch: usize,
    /// How much of it agrees with the value.
    agreed: usize,
    /// Whether it is none where it skips a member.
    whole: bool,
}

thread_local! {
    /// How often what is being read is read in all.
    static TRIES: Cell<usize> = const { Cell::new(1) };
}

/// Tries the branches, those that agree more before others, and reads the value into the one that
/// skips the fewest members, the first among equals; one that agrees less is none.
fn try_all(value: &Value, agreeing: &[Claim], read: Read<'_>) -> Result<(), Fault> {
    let outside = TRIES.get();
    let inside = outside.saturating_mul(agreeing.len() + 1);
    if inside > READS && outside > 1 {
        return replay::put(value, &mut Attempt(read, None)).map(|_| ());
    }
    TRIES.set(inside);
    let mut best = None;
    let (mut most, mut least, mut last) = (0, usize::MAX, None);
    for &Claim { branch, agreed, whole } in agreeing {
        if best.is_some() && (agreed < most || least == 0) {
            break;
        }
        last = Some(branch);
        match replay::put(value, &mut Attempt(read, last)) {
            Ok(skipped) if skipped.all < least && !(whole && skipped.own > 0) => {
                (best, most, least) = (last, agreed, skipped.all);
            }
            _ => {}
        }
    }
    let read = if best.is_some() && best == last {
        Ok(())
    } else {
        replay::put(value, &mut Attempt(read, best)).map(|_| ())
    };
    TRIES.set(outside);
    read
}

/// What reads a value into a branch, or into none.
type ReadInto<'f> = dyn FnMut(Option<usize>, Token<'_>) -> Result<(), Fault> + 'f;

/// Reads a value into a branch.
struct Attempt<'a, 'f>(&'a mut ReadInto<'f>, Option<usize>);

impl Slot for Attempt<'_, '_> {
    fn put(&mut self, token: Token<'_>) -> Result<(), Fault> {
        (self.0)(self.1, token)
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
            View::Text(text) | View::Secret(text) => value.as_str() == Some(text),
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
/// branch itself has there. A branch that is found by trial says a text for a tag itself, if it says
/// one, and is told by it all the same: constants need not be required, and servers go by them.
pub fn write(rule: &Rule, value: &dyn Encode, show: &mut dyn FnMut(View<'_>)) {
    let &Rule {
        tag: name,
        tags: &[tag],
        tried,
        ..
    } = rule
    else {
        return value.encode(show);
    };
    value.encode(&mut |view| match view {
        View::Object(object) if tried && (!is_text(tag) || says(object, name)) => show(View::Object(object)),
        View::Object(object) => {
            let within = object.first.iter().filter(|first| first.name != name);
            let first: Vec<_> = [Field::new(name, tag)].iter().chain(within).copied().collect();
            show(View::Object(&Object {
                first: &first,
                ..*object
            }));
        }
        other => show(other),
    });
}

/// Whether an object has a member of this name.
fn says(object: &Object<'_>, name: &str) -> bool {
    object.fields().any(|field| field.name == name)
}

/// Whether a tag is a text.
fn is_text(tag: &dyn Encode) -> bool {
    let mut is = false;
    tag.encode(&mut |view| is = matches!(view, View::Text(_)));
    is
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
///     Numbers: fitting_list,
///     Labels: fitting_list,
/// });
/// ```
///
/// `string`, `integer`, `number`, `boolean` and `list` are JSON types; the first that fits is
/// taken, so `integer` stands before `number`. An object belongs to the branch whose tag it has, or
/// whose member no other branch has; else to `object`. Of the branches that are `fitting_object` or
/// `fitting_list`, the one is taken that reads the value and skips the fewest members, the first
/// among equals; `fitting_object("type", "card")` is none where the member has another value, and
/// before others where it has this one, which is written if the branch says nothing there. A
/// `whole_object` is one that is none where it skips a member. The enum has one more variant,
/// `Unlisted(Value)`.
/// `one_of!(#[allow(deprecated)] Payment { … });` is for one that is deprecated.
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
    (@rule fitting_list) => {
        one_of::Rule { tried: true, ..one_of!(@rule list) }
    };
    (@rule whole_object $($name:literal $($tag:literal)+)?) => {
        one_of::Rule { whole: true, ..one_of!(@rule fitting_object $($name $($tag)+)?) }
    };
    (@rule fitting_object $($name:literal $($tag:literal)+)?) => {
        one_of::Rule {
            $(tag: $name, tags: &[$(&$tag),+],)?
            tried: true,
            ..one_of!(@rule object)
        }
    };
    (@rule tagged $name:literal $($tag:literal)+) => {
        one_of::Rule { tag: $name, tags: &[$(&$tag),+], ..one_of::Rule::NONE }
    };
    ($(#[$allow:meta])? $type:ident { $($variant:ident: $rule:ident $(($($argument:literal),+))?),* $(,)? }) => {
        $(#[$allow])?
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

        $(#[$allow])?
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

        $(#[$allow])?
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                one_of::deserialize(deserializer)
            }
        }

        $(#[$allow])?
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
    use super::super::encode::to_json;
    use super::super::json::from_json;
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

    /// An object with a member that must be there, one that may be there, and others that are
    /// skipped, but for `next`.
    #[derive(Clone, Debug, Default, PartialEq)]
    struct Pick<const FIRST: char, const SECOND: char> {
        first: Option<i64>,
        second: Option<i64>,
        next: Option<Box<Window>>,
    }

    impl<const FIRST: char, const SECOND: char> one_of::Decode for Pick<FIRST, SECOND> {
        fn blank() -> Self {
            Self::default()
        }

        fn read(&mut self, token: one_of::Token<'_>) -> Result<(), one_of::Fault> {
            let one_of::Token::Object(members) = token else {
                return Err(token.unexpected("an object"));
            };
            let mut found = String::new();
            while members.name(&mut |name| name.clone_into(&mut found))? {
                if found.starts_with(FIRST) {
                    members.value(Some(&mut self.first))?;
                } else if found.starts_with(SECOND) {
                    members.value(Some(&mut self.second))?;
                } else if found == "next" {
                    members.value(Some(&mut self.next))?;
                } else {
                    members.value(None)?;
                }
            }
            match self.first {
                Some(_) => Ok(()),
                None => Err(one_of::Fault::new("the required member is missing")),
            }
        }
    }

    impl<const FIRST: char, const SECOND: char> one_of::Encode for Pick<FIRST, SECOND> {
        fn encode(&self, show: &mut dyn FnMut(one_of::View<'_>)) {
            show(one_of::View::Integer(self.first.unwrap_or_default()));
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    enum Window {
        Left(Pick<'a', 'k'>),
        Right(Pick<'a', 'b'>),
        Numbers(Vec<i64>),
        Texts(Vec<String>),
        Unlisted(Value),
    }

    one_of!(Window {
        Left: fitting_object("k", 1i64),
        Right: fitting_object,
        Numbers: fitting_list,
        Texts: fitting_list,
    });

    #[derive(Clone, Debug, PartialEq)]
    enum Sealed {
        Left(Pick<'a', 'k'>),
        Right(Pick<'a', 'b'>),
        Unlisted(Value),
    }

    one_of!(Sealed {
        Left: whole_object("k", 1i64),
        Right: whole_object,
    });

    #[derive(Clone, Debug, PartialEq)]
    enum Named {
        Card(Members),
        Gone(Members),
        Unlisted(Value),
    }

    one_of!(Named {
        Card: fitting_object("type", "card"),
        Gone: fitting_object("gone", true),
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
    fn the_branch_that_fits_best_is_found_by_trial() {
        let left = |first, second| {
            let next = None;
            Window::Left(Pick { first: Some(first), second, next })
        };
        let right = |first, second| {
            let next = None;
            Window::Right(Pick { first: Some(first), second, next })
        };
        for (text, window) in [
            // The first, where several have all members.
            (r#"{"a":1}"#, left(1, None)),
            // The one that leaves nothing over.
            (r#"{"b":2,"a":1}"#, right(1, Some(2))),
            // What is listed comes before what is left over, and another value is none of it.
            (r#"{"k":1,"a":1,"b":2}"#, left(1, Some(1))),
            (r#"{"k":2,"a":1}"#, right(1, None)),
            ("[1,2]", Window::Numbers(vec![1, 2])),
            (r#"["a"]"#, Window::Texts(vec!["a".into()])),
            ("[]", Window::Numbers(vec![])),
        ] {
            assert_eq!(
                from_json::<Window>(text.as_bytes()).unwrap(),
                window,
                "{text}"
            );
            assert_eq!(
                serde_json::from_str::<Window>(text).unwrap(),
                window,
                "{text}"
            );
        }
    }

    #[test]
    fn what_fits_no_branch_that_is_tried_is_kept() {
        for text in [r#"{"k":2}"#, r#"{"a":"x"}"#, r#"[1,"a"]"#, "1"] {
            let kept = from_json::<Window>(text.as_bytes()).unwrap();
            assert_eq!(kept, Window::Unlisted(serde_json::from_str(text).unwrap()));
            assert_eq!(written(&kept), text);
        }
        let fault = from_json::<Window>(br#"{"a":1,"a":2}"#).unwrap_err();
        assert_eq!(fault.message(), "the member is there twice");
        assert!(from_json::<Window>(br#"{"a":"#).is_err());
    }

    #[test]
    fn a_branch_that_must_have_all_of_a_value_is_none_where_it_skips_something() {
        for (text, is_kept) in [
            (r#"{"a":1}"#, false),
            (r#"{"a":1,"k":1}"#, false),
            (r#"{"a":1,"b":2}"#, false),
            (r#"{"a":1,"next":{"a":1,"x":2}}"#, false),
            (r#"{"a":1,"x":2}"#, true),
            (r#"{"a":1,"k":1,"b":2}"#, true),
        ] {
            let sealed = from_json::<Sealed>(text.as_bytes()).unwrap();
            assert_eq!(matches!(sealed, Sealed::Unlisted(_)), is_kept, "{text}");
        }
    }

    #[test]
    fn values_that_are_tried_inside_one_another_end() {
        // Neither branch fits without something left over, so that all are tried at each level.
        let nested = |depth: usize| {
            let open = r#"{"over":0,"a":1,"next":"#.repeat(depth);
            format!(r#"{open}{{"a":1}}{}"#, "}".repeat(depth))
        };
        let levels = |text: &str| {
            let mut window = from_json::<Window>(text.as_bytes()).unwrap();
            let mut levels = 0;
            while let Window::Left(Pick {
                next: Some(next), ..
            }) = window
            {
                (window, levels) = (*next, levels + 1);
            }
            levels
        };
        assert_eq!(levels(&nested(3)), 3);
        // Far down, a value is kept as it came rather than read again and again.
        assert_eq!(levels(&nested(100)), READ_AGAIN);
        // What stands beside one another counts for itself.
        let list = format!("[{}]", vec![nested(2); 500].join(","));
        let windows: Vec<Window> = from_json(list.as_bytes()).unwrap();
        let is_whole = |window: &Window| !matches!(window, Window::Unlisted(_));
        assert!(windows.len() == 500 && windows.iter().all(is_whole));
    }

    /// How deep values stand in one another that are tried with two branches, until they are read
    /// too often: three times each.
    const READ_AGAIN: usize = 5;

    #[test]
    fn a_branch_that_is_tried_is_written_as_it_is() {
        let (first, second, next) = (Some(1), None, None);
        let left = Window::Left(Pick { first, second, next });
        assert_eq!(written(&left), "1");
    }

    #[test]
    fn a_branch_that_is_tried_says_its_tag_though_it_need_not() {
        let sent = |own: Value| written(&Named::Card(members(own)));
        assert_eq!(sent(json!({"n": 1})), r#"{"type":"card","n":1}"#);
        assert_eq!(sent(json!({"n": 1, "type": "visa"})), r#"{"n":1,"type":"visa"}"#);
        assert_eq!(written(&Named::Gone(members(json!({"n": 1})))), r#"{"n":1}"#);
        let again: Named = from_json(sent(json!({})).as_bytes()).unwrap();
        assert_eq!(again, Named::Card(members(json!({"type": "card"}))));
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
