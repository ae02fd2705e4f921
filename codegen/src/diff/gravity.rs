//! How grave it is that a thing is gone, deprecated, of another type or in another place, and what a caller must do.

use std::collections::BTreeSet;

use super::change::Rust;
use super::rust::{Cause, Difference};
use super::words::one;
use crate::emit::surface::{Entry, Part, Role};

pub(super) fn deprecated(old: &Entry, new: &Entry) -> Option<Difference> {
    let Entry { path, part, role, .. } = new;
    (new.deprecated && !old.deprecated).then(|| Difference {
        part: part.clone(),
        role: role.clone(),
        cause: Cause::Deprecated,
        rust: Rust::Minor,
        names: format!("{path}: deprecated"),
        advice: format!("Nothing must be done yet; `{path}` gives a warning."),
    })
}

pub(super) fn removed(entry: &Entry) -> Difference {
    let Entry { path, part, role, .. } = entry;
    let (rust, advice) = match role {
        Role::Argument => (Rust::Major, format!("Pass `{path}` no longer.")),
        Role::Literal | Role::Position => (Rust::Major, format!("Leave `{path}` out.")),
        Role::Trait(name) => (Rust::Major, format!("Do without `{name}`: `{path}` holds no longer.")),
        Role::Conversion | Role::NullableConversion => (Rust::Major, format!("Convert by hand: `{path}` is gone.")),
        Role::Feature => (Rust::Major, format!("Take `{}` out of your manifest.", path.trim_start_matches("feature "))),
        Role::Dependency => (Rust::Patch, "Nothing must be done.".to_owned()),
        Role::Type
        | Role::Field
        | Role::Variant
        | Role::Constructor
        | Role::Setter
        | Role::Method(_)
        | Role::Export => (Rust::Major, format!("Do without `{path}`: it is gone.")),
    };
    Difference {
        part: part.clone(),
        role: role.clone(),
        cause: Cause::Removed,
        rust,
        names: format!("- {path}"),
        advice,
    }
}

/// What another type means, by what has it.
pub(super) fn other_type(old: &Entry, new: &Entry) -> (Rust, String) {
    let (path, before, after) = (&new.path, &old.ty, &new.ty);
    match &new.role {
        Role::Argument | Role::Setter if accepts(before, after) => {
            (Rust::Minor, "Nothing must be done: what was passed still fits.".to_owned())
        }
        Role::Argument | Role::Setter | Role::Literal => {
            (Rust::Major, format!("Pass {} where `{path}` took {}.", one(after), one(before)))
        }
        Role::Constructor => {
            (Rust::Major, format!("Call `{path}` with {} instead of {}.", given(after), given(before)))
        }
        Role::Dependency => (Rust::Minor, "Nothing must be done.".to_owned()),
        Role::Feature => {
            let items = |text: &str| text.split(['[', ']', ',', ' ', '"']).map(str::to_owned).collect::<BTreeSet<_>>();
            match items(before).is_subset(&items(after)) {
                true => (Rust::Minor, "Nothing must be done.".to_owned()),
                false => (Rust::Major, format!("Turn on by name what `{path}` turns on no longer.")),
            }
        }
        Role::Method(_)
        | Role::Field
        | Role::Position
        | Role::Variant
        | Role::Conversion
        | Role::NullableConversion => (Rust::Major, format!("Take {} where `{path}` was {}.", one(after), one(before))),
        Role::Type => {
            let said =
                |ty: &str| ty.strip_prefix("= ").map_or_else(|| one(ty), |of| format!("another name for `{of}`"));
            (Rust::Major, format!("Take `{path}` as {}: it was {}.", said(after), said(before)))
        }
        Role::Trait(_) | Role::Export => (Rust::Patch, "Nothing must be done.".to_owned()),
    }
}

/// What a constructor takes: a value of the struct that gathers it, or everything on its own.
fn given(how: &str) -> String {
    if how.contains(' ') { "each argument on its own".to_owned() } else { one(how) }
}

/// Whether what an argument of the old type took is taken by one of the new type.
fn accepts(old: &str, new: &str) -> bool {
    let inner = |text: &str| text.strip_prefix("impl Into<").and_then(|rest| rest.strip_suffix('>')).map(str::to_owned);
    match inner(new) {
        Some(new) => {
            let patched = new.strip_prefix("Patch<").and_then(|rest| rest.strip_suffix('>'));
            let by_patch = patched.is_some_and(|new| old == new || old == format!("Option<{new}>"));
            old == new || by_patch || (old == "&str" && new == "String")
        }
        None => false,
    }
}

/// The arguments that stand in another order among those that both have.
pub(super) fn moved(old: &[Entry], new: &[Entry]) -> BTreeSet<Part> {
    let arguments = |entries: &[Entry]| {
        let arguments = entries.iter().filter(|entry| entry.role == Role::Argument);
        arguments.map(|entry| entry.part.clone()).collect::<Vec<Part>>()
    };
    let (mut before, mut after) = (arguments(old), arguments(new));
    let (had, has): (BTreeSet<Part>, BTreeSet<Part>) =
        (before.iter().cloned().collect(), after.iter().cloned().collect());
    before.retain(|part| has.contains(part));
    after.retain(|part| had.contains(part));
    before.iter().zip(&after).filter(|(before, after)| before != after).map(|(before, _)| before.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_argument_takes_that_another_took() {
        for (old, new, fits) in [
            ("String", "impl Into<String>", true),
            ("&str", "impl Into<String>", true),
            ("&str", "impl Into<Name>", false),
            ("i64", "impl Into<String>", false),
            // What may be null told apart from what is left out takes a value, and one that may be missing.
            ("Name", "impl Into<Patch<Name>>", true),
            ("Option<Name>", "impl Into<Patch<Name>>", true),
            ("&str", "impl Into<Patch<String>>", false),
            ("i64", "impl Into<Patch<Name>>", false),
            ("impl Into<String>", "impl Into<Patch<String>>", false),
            // A conversion is asked for, or nothing but the type itself is.
            ("String", "&str", false),
            ("impl Into<String>", "String", false),
        ] {
            assert_eq!(accepts(old, new), fits, "{old}: {new}");
        }
    }
}
