//! Checks of what is sent: values that the description's bounds exclude are an error before anything
//! leaves.
//!
//! The bounds of an argument stand where the argument is taken in, those of members in the tables
//! of their types. One engine looks at the value as the writers do, through [`View`]s: no type
//! has code of its own for it.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;

pub(crate) use super::bound::Bound;
use super::bound::Pattern;
use super::call::Call;
use super::encode::{Encode, View, to_json};
use super::error::{Error, ErrorKind};
use super::fault::{Fault, Segment};
use super::object::{Field, Object};

impl Call {
    /// Checks an argument, or the body, by the name that errors call it by.
    pub(crate) fn check(&mut self, name: &str, value: &dyn Encode, bounds: &[Bound]) {
        let checked = check(value, bounds).map_err(|fault| {
            let (path, reason) = (fault.path(), fault.message().to_owned());
            let place = if path.is_empty() { String::new() } else { format!(" at {path}") };
            Error::new(ErrorKind::Request, format!("`{name}`{place}: {reason}"))
        });
        self.keep(checked);
    }
}

/// Whether a value keeps to its bounds, and all members in it to theirs, but for those that are
/// never sent.
///
/// # Errors
/// What the first value that doesn't must keep to. Texts are not repeated, for they may be secrets.
fn check(value: &dyn Encode, bounds: &[Bound]) -> Result<(), Fault> {
    keep(value, bounds)?;
    look(value, &mut |view| match *view {
        View::List(count, at, own) => {
            own.iter().try_for_each(|bound| keep_one(view, bound))?;
            elements(count, at, &|element| check(element, &[]))
        }
        View::Object(object) => {
            object.own.iter().try_for_each(|bound| keep_one(view, bound))?;
            members(*object, &|field| check(field.value, field.bounds))
        }
        _ => Ok(()),
    })
}

/// Whether a value keeps to bounds of its own, whatever is in it.
fn keep(value: &dyn Encode, bounds: &[Bound]) -> Result<(), Fault> {
    if bounds.is_empty() {
        return Ok(());
    }
    look(value, &mut |view| bounds.iter().try_for_each(|bound| keep_one(view, bound)))
}

fn keep_one(view: &View<'_>, bound: &Bound) -> Result<(), Fault> {
    match (view, *bound) {
        (&View::List(count, at, _), Bound::Each(bound)) => {
            elements(count, at, &|element| keep(element, std::slice::from_ref(bound)))
        }
        (&View::Object(object), Bound::Each(bound)) => {
            members(*object, &|field| keep(field.value, std::slice::from_ref(bound)))
        }
        (&View::List(count, at, _), Bound::At(index, bound)) => match at(index) {
            Some(element) if index < count => keep(element, std::slice::from_ref(bound))
                .map_err(|fault| fault.within(Segment::Element(index))),
            _ => Ok(()),
        },
        (&View::List(count, at, _), Bound::MinItems(_) | Bound::MaxItems(_)) => {
            size((0..count).filter_map(at).count(), bound, "item")
        }
        (&View::List(count, at, _), Bound::UniqueItems(true)) => unique(count, at),
        (&View::Object(object), Bound::MinMembers(_) | Bound::MaxMembers(_)) => {
            size(object.sent().count(), bound, "member")
        }
        (&(View::Text(text) | View::Secret(text)), Bound::MinLength(_) | Bound::MaxLength(_)) => {
            size(text.chars().count(), bound, "character")
        }
        (
            &(View::Text(text) | View::Secret(text)),
            Bound::Pattern(Pattern { text: pattern, is_match }),
        ) => match is_match(pattern, text) {
            true => Ok(()),
            false => Err(Fault::new(format!("a text that doesn't match `{pattern}`"))),
        },
        (&View::Integer(value), _) => number(Number::Whole(value.into()), bound),
        (&View::Unsigned(value), _) => number(Number::Whole(value.into()), bound),
        (&View::Float(value), _) => number(Number::of(value), bound),
        _ => Ok(()),
    }
}

fn number(value: Number, bound: &Bound) -> Result<(), Fault> {
    let (keeps, limit, before, after): (fn(Ordering) -> bool, _, _, _) = match *bound {
        Bound::Minimum(least) => (Ordering::is_ge, Number::of(least), "", " or more"),
        Bound::AtLeast(least) => (Ordering::is_ge, Number::Whole(least), "", " or more"),
        Bound::Above(least) => (Ordering::is_gt, Number::of(least), "more than ", ""),
        Bound::Maximum(most) => (Ordering::is_le, Number::of(most), "", " or less"),
        Bound::AtMost(most) => (Ordering::is_le, Number::Whole(most), "", " or less"),
        Bound::Below(most) => (Ordering::is_lt, Number::of(most), "less than ", ""),
        Bound::MultipleOf(step) => match value.is_multiple(Number::of(step)) {
            true => return Ok(()),
            false => (|_| false, Number::of(step), "a multiple of ", ""),
        },
        _ => return Ok(()),
    };
    // What is not a number is refused where it is written.
    if value.against(limit).is_none_or(keeps) {
        return Ok(());
    }
    Err(Fault::new(format!("{value}, where {before}{limit}{after} is asked")))
}

/// A number as it is compared: a whole one to its last digit, of which an `f64` has fewer.
#[derive(Clone, Copy)]
enum Number {
    Whole(i128),
    Float(f64),
}

impl Number {
    fn of(value: f64) -> Self {
        const BEYOND: f64 = 1e38;
        match value.trunc() == value && value.abs() < BEYOND {
            true => Self::Whole(value as i128),
            false => Self::Float(value),
        }
    }

    fn float(self) -> f64 {
        match self {
            Self::Whole(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    fn against(self, limit: Self) -> Option<Ordering> {
        match (self, limit) {
            (Self::Whole(value), Self::Whole(limit)) => Some(value.cmp(&limit)),
            // What has a fraction is so small that the other is rounded to the same side of it.
            _ => self.float().partial_cmp(&limit.float()),
        }
    }

    /// Whether this is a multiple of `step`, but for what binary fractions make of decimal ones.
    fn is_multiple(self, step: Self) -> bool {
        const CLOSE: f64 = 1e-9;
        if let (Self::Whole(value), Self::Whole(step)) = (self, step) {
            return value.checked_rem(step) == Some(0);
        }
        let times = self.float() / step.float();
        (times - times.round()).abs() <= CLOSE * times.abs().max(1.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
        }
    }
}

/// Whether no two items of a list are equal, as JSON.
fn unique<'a>(
    count: usize,
    at: &'a dyn Fn(usize) -> Option<&'a dyn Encode>,
) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    for (index, element) in (0..count).filter_map(at).enumerate() {
        // What can't be written is refused where it is.
        let is_new = to_json(element).map_or(true, |json| seen.insert(json));
        if !is_new {
            let fault = Fault::new("an item that is there already, where no two equal ones are asked");
            return Err(fault.within(Segment::Element(index)));
        }
    }
    Ok(())
}

fn size(size: usize, bound: &Bound, what: &str) -> Result<(), Fault> {
    let (keeps, limit, or) = match *bound {
        Bound::MinLength(least) | Bound::MinItems(least) | Bound::MinMembers(least) => {
            (size as u64 >= least, least, "more")
        }
        Bound::MaxLength(most) | Bound::MaxItems(most) | Bound::MaxMembers(most) => {
            (size as u64 <= most, most, "fewer")
        }
        _ => return Ok(()),
    };
    if keeps {
        return Ok(());
    }
    let plural = if size == 1 { "" } else { "s" };
    Err(Fault::new(format!("{size} {what}{plural}, where {limit} or {or} are asked")))
}

/// Looks at each element of a list until one is at fault.
fn elements<'a>(
    count: usize,
    at: &'a dyn Fn(usize) -> Option<&'a dyn Encode>,
    check: &dyn Fn(&dyn Encode) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut elements = (0..count).filter_map(at).enumerate();
    elements.try_for_each(|(index, element)| {
        check(element).map_err(|fault| fault.within(Segment::Element(index)))
    })
}

/// Looks at each member of an object that is sent until one is at fault.
fn members(
    object: Object<'_>,
    check: &dyn Fn(Field<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut members = object.sent();
    members.try_for_each(|field| check(field).map_err(|fault| fault.within_member(field.name)))
}

/// What `check` says of the one view of `value`.
fn look(
    value: &dyn Encode,
    check: &mut dyn FnMut(&View<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut checked = None;
    value.encode(&mut |view| {
        if checked.is_none() {
            checked = Some(check(&view));
        }
    });
    checked.unwrap_or(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, GET, block_on, builder};
    use super::*;
    use serde_json::json;

    /// The message about a value that doesn't keep to `bounds`, with its path; empty, if it does.
    fn said(value: &dyn Encode, bounds: &[Bound]) -> String {
        match check(value, bounds) {
            Ok(()) => String::new(),
            Err(fault) => format!("{}: {}", fault.path(), fault.message()),
        }
    }

    fn starts(with: &'static str) -> Pattern {
        Pattern { text: with, is_match: |with, text| text.starts_with(with) }
    }

    #[test]
    fn each_bound_has_a_least_and_a_greatest_value_that_is_fine() {
        let text = "é".repeat(3);
        let list = json!([1, null, "x"]);
        let twice = json!([{"a": 1}, {"a": 2}, {"a": 1}]);
        let map = json!({"a": 1, "b": null, "c": {}});
        for (fine, not, value) in [
            (Bound::Minimum(3.0), Bound::Minimum(3.5), &json!(3) as &dyn Encode),
            (Bound::Maximum(3.0), Bound::Maximum(2.5), &json!(3)),
            (Bound::Above(2.5), Bound::Above(3.0), &json!(3.0)),
            (Bound::Below(3.5), Bound::Below(3.0), &json!(3.0)),
            (Bound::Maximum(u64::MAX as f64), Bound::Maximum(1.0), &u64::MAX),
            (Bound::Minimum(-7.0), Bound::Minimum(-6.0), &-7_i64),
            (Bound::MultipleOf(0.01), Bound::MultipleOf(0.02), &json!(19.99)),
            (Bound::MultipleOf(5.0), Bound::MultipleOf(4.0), &-15_i64),
            (Bound::MultipleOf(1.0), Bound::MultipleOf(2.0), &1_u64),
            (Bound::MinLength(3), Bound::MinLength(4), &text),
            (Bound::MaxLength(3), Bound::MaxLength(2), &text),
            (Bound::Pattern(starts("é")), Bound::Pattern(starts("e")), &text),
            (Bound::MinItems(3), Bound::MinItems(4), &list),
            (Bound::MaxItems(3), Bound::MaxItems(2), &list),
            (Bound::UniqueItems(false), Bound::UniqueItems(true), &twice),
            (Bound::MinMembers(3), Bound::MinMembers(4), &map),
            (Bound::MaxMembers(3), Bound::MaxMembers(2), &map),
        ] {
            assert_eq!(said(value, &[fine]), "", "{fine:?}");
            assert!(!said(value, &[fine, not]).is_empty(), "{not:?}");
        }
    }

    #[test]
    fn whole_numbers_are_compared_to_the_last_digit() {
        const EXACT: i64 = 1 << 53;
        for (bound, least, most) in [
            (Bound::AtLeast(-i128::from(EXACT) - 1), -EXACT - 1, i64::MAX),
            (Bound::AtMost((EXACT + 1).into()), i64::MIN, EXACT + 1),
            (Bound::Minimum(EXACT as f64), EXACT, i64::MAX),
            (Bound::Maximum(EXACT as f64), i64::MIN, EXACT),
            (Bound::Above(EXACT as f64), EXACT + 1, i64::MAX),
            (Bound::Below(-EXACT as f64), i64::MIN, -EXACT - 1),
            (Bound::Minimum(-2.5), -2, i64::MAX),
            (Bound::Below(2.5), i64::MIN, 2),
            (Bound::Maximum(1e300), i64::MIN, i64::MAX),
            (Bound::Maximum(i64::MAX as f64), i64::MIN, i64::MAX),
        ] {
            assert_eq!(said(&least, &[bound]) + &said(&most, &[bound]), "", "{bound:?}");
            for beyond in [least.checked_sub(1), most.checked_add(1)].into_iter().flatten() {
                assert!(!said(&beyond, &[bound]).is_empty(), "{bound:?}: {beyond}");
            }
        }
        let message = ": 9007199254740993, where 9007199254740992 or less is asked";
        assert_eq!(said(&(EXACT + 1), &[Bound::Maximum(EXACT as f64)]), message);
        assert_eq!(said(&(EXACT + 8), &[Bound::MultipleOf(10.0)]), "");
        assert!(!said(&(EXACT + 7), &[Bound::MultipleOf(10.0)]).is_empty());
        assert_eq!(said(&1e300, &[Bound::AtLeast(1)]), "");
        assert!(!said(&1.5, &[Bound::AtMost(1)]).is_empty());
    }

    #[test]
    fn values_of_other_types_keep_to_a_bound() {
        let all = [
            Bound::Minimum(9.0),
            Bound::Below(0.0),
            Bound::MinLength(9),
            Bound::MinItems(9),
            Bound::UniqueItems(true),
            Bound::MultipleOf(2.0),
            Bound::MinMembers(9),
            Bound::Each(&Bound::MinLength(9)),
        ];
        assert_eq!(said(&json!([1]), &[Bound::Pattern(starts("x"))]), "");
        assert_eq!(said(&"secret", &[Bound::Pattern(starts("x"))]), ": a text that doesn't match `x`");
        for value in [json!(null), json!(true)] {
            assert_eq!(said(&value, &all), "");
        }
        let numbers = [Bound::Minimum(9.0), Bound::MinItems(9), Bound::MinMembers(9)];
        assert_eq!(said(&"x", &numbers), "");
        assert_eq!(said(&json!([1]), &[Bound::MinLength(9), Bound::MinMembers(9)]), "");
        assert_eq!(said(&json!({"a": 1}), &[Bound::MinLength(9), Bound::MinItems(9)]), "");
        assert_eq!(said(&f64::NAN, &[Bound::Minimum(0.0)]), "");
    }

    /// An object of these members, and what it must keep to itself.
    #[derive(Debug)]
    struct Parts(Vec<Part>, &'static [Bound]);

    #[derive(Debug)]
    struct Part {
        name: &'static str,
        value: Box<dyn Encode>,
        bounds: &'static [Bound],
        read_only: bool,
    }

    impl Encode for Parts {
        fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
            let parts = self.0.iter().filter(|part| !part.value.is_absent());
            let fields = parts.map(|Part { name, value, bounds, read_only }| {
                let (value, read_only) = (value.as_ref(), *read_only);
                Field { name, is_plain: false, value, bounds, read_only }
            });
            show(View::Object(&Object { own: self.1, ..Object::of(&fields.collect::<Vec<_>>()) }));
        }
    }

    fn part(name: &'static str, value: impl Encode + 'static, bounds: &'static [Bound]) -> Part {
        let value = Box::new(value);
        Part { name, value, bounds, read_only: name == "id" }
    }

    fn pet(name: &str, more: Option<Part>) -> Parts {
        const ID: &[Bound] = &[Bound::Minimum(1.0)];
        const NAME: &[Bound] = &[Bound::MinLength(1), Bound::MaxLength(5)];
        let known = [part("id", -1, ID), part("name", name.to_owned(), NAME)];
        Parts(known.into_iter().chain(more).collect(), &[])
    }

    #[test]
    fn members_keep_to_the_bounds_of_their_table_however_deep() {
        const TAGS: &[Bound] = &[
            Bound::MaxItems(2),
            Bound::Each(&Bound::MaxLength(3)),
            Bound::Each(&Bound::MinLength(1)),
        ];
        const MORE: &[Bound] = &[Bound::Each(&Bound::Each(&Bound::Maximum(1.5)))];
        assert_eq!(said(&pet("Rex", None), &[]), "", "what is only read is not sent");
        assert_eq!(said(&pet("", None), &[]), "name: 0 characters, where 1 or more are asked");
        let tags = |tags: &[&str]| {
            let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
            pet("Rex", Some(part("tags", Some(tags), TAGS)))
        };
        assert_eq!(said(&tags(&["a", "b"]), &[]), "");
        assert_eq!(said(&tags(&["a"; 3]), &[]), "tags: 3 items, where 2 or fewer are asked");
        assert_eq!(said(&tags(&["a", "long"]), &[]), "tags[1]: 4 characters, where 3 or fewer are asked");
        assert_eq!(said(&tags(&["a", ""]), &[]), "tags[1]: 0 characters, where 1 or more are asked");
        let young = pet("Rex", Some(part("young", vec![pet("Max", None), tags(&["four"])], &[])));
        let message = "young[1].tags[0]: 4 characters, where 3 or fewer are asked";
        assert_eq!(said(&young, &[]), message);
        assert_eq!(said(&vec![young], &[]), format!("[0].{message}"));
        let more = part("more", json!({"a": [1, 1.5], "b": {"c": 2}}), MORE);
        assert_eq!(said(&pet("Rex", Some(more)), &[]), "more.b.c: 2, where 1.5 or less is asked");
    }

    #[test]
    fn types_keep_to_bounds_of_their_own_wherever_they_stand() {
        const OWN: &[Bound] = &[Bound::MinMembers(1), Bound::MaxMembers(2)];
        let labels = |count: usize| {
            let id = part("id", 1, &[]);
            let rest = ["a", "b", "c"].into_iter().take(count).map(|name| part(name, name, &[]));
            Parts([id].into_iter().chain(rest).chain([part("none", None::<bool>, &[])]).collect(), OWN)
        };
        assert_eq!(said(&labels(2), &[]), "");
        assert_eq!(said(&labels(0), &[]), ": 0 members, where 1 or more are asked");
        assert_eq!(said(&vec![Some(Box::new(labels(3)))], &[]), "[0]: 3 members, where 2 or fewer are asked");

        let position = |at: f64, sides: &[&str]| Position(at, sides.iter().map(|side| (*side).to_owned()).collect());
        assert_eq!(said(&position(180.0, &[]), &[]), "");
        assert_eq!(said(&position(181.0, &[]), &[]), "[0]: 181, where 180 or less is asked");
        let empty = vec![position(0.0, &["a", ""])];
        assert_eq!(said(&empty, &[]), "[0][1][1]: 0 characters, where 1 or more are asked");
    }

    /// A list of two items with bounds of their own.
    #[derive(Debug)]
    struct Position(f64, Vec<String>);

    impl Encode for Position {
        fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
            const OWN: &[Bound] = &[
                Bound::At(0, &Bound::Maximum(180.0)),
                Bound::At(1, &Bound::Each(&Bound::MinLength(1))),
            ];
            let items: [&dyn Encode; 2] = [&self.0, &self.1];
            show(View::List(2, &|index| items.get(index).copied(), OWN));
        }
    }

    #[test]
    fn what_a_bound_excludes_is_not_sent() {
        let fake = Fake::new([]);
        let mut call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        call.check("limit", &10, &[Bound::Maximum(10.0)]);
        call.check("body", &pet("Methuselah", None), &[]);
        call.check("limit", &11, &[Bound::Maximum(10.0)]);
        let error = block_on(call.send::<()>()).unwrap_err();
        assert!(fake.requests().is_empty());
        assert_eq!(error.kind(), ErrorKind::Request);
        let message = "`body` at name: 10 characters, where 5 or fewer are asked";
        assert!(error.to_string().contains(message), "{error}");
    }
}
