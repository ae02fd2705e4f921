//! Bounds that are checked before something is sent: in the tables of types, and where arguments are taken in.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, ident};
use super::imports::Imports;
use super::table;
use crate::analyze::walk::named;
use crate::ir::{Bound, TypeRef};

/// Bounds as the rows of a wire table have them: `MinLength(1), Each(MaxLength(5))`.
pub(super) fn rows(bounds: &[Bound]) -> Vec<String> {
    bounds.iter().filter_map(row).collect()
}

/// `within(MinMembers(1))`, as it stands behind a type in its table; `None` without any.
pub(super) fn within(bounds: &[Bound]) -> Option<String> {
    let rows = rows(bounds);
    (!rows.is_empty()).then(|| table::call("within", &rows))
}

/// Brings in what bounds are written with.
pub(super) fn import(bounds: &[Bound], imports: &mut Imports) {
    if bounds.iter().any(has_pattern) {
        imports.runtime.insert("pattern");
    }
}

/// Whether a text must match a regular expression.
pub(super) fn has_pattern(bound: &Bound) -> bool {
    match bound {
        Bound::Pattern(_) => true,
        Bound::Each(inner) | Bound::At(_, inner) => has_pattern(inner),
        _ => false,
    }
}

fn row(bound: &Bound) -> Option<String> {
    Some(match plain(bound)? {
        Plain::Each(inner) => table::call("Each", &[row(inner)?]),
        Plain::At(index, inner) => table::call("At", &[index.to_string(), row(inner)?]),
        Plain::Of(name, value) => table::call(name, &[value]),
    })
}

/// `call.check("limit", &limit, &[Bound::Minimum(1.0)]);`, where there is something to check about the argument or in it.
pub(super) fn check(
    (name, value): (&str, &TokenStream),
    ty: &TypeRef,
    bounds: &[Bound],
    call: &TokenStream,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> Option<TokenStream> {
    if !is_checked(ty, bounds, cx) {
        return None;
    }
    import(bounds, imports);
    let bounds: Vec<_> = bounds.iter().filter_map(argument).collect();
    imports.runtime.insert("Bound");
    let bounds = if bounds.is_empty() { quote!(Bound::NONE) } else { quote!(&[#(#bounds),*]) };
    Some(quote!(#call.check(#name, #value, #bounds);))
}

/// Whether there is something to check about an argument of this type, or in it.
pub(super) fn is_checked(ty: &TypeRef, bounds: &[Bound], cx: &Context<'_>) -> bool {
    !bounds.is_empty() || named(ty).is_some_and(|id| cx.model.facts.checked.contains(id))
}

fn argument(bound: &Bound) -> Option<TokenStream> {
    Some(match plain(bound)? {
        Plain::Each(inner) => {
            let inner = argument(inner)?;
            quote!(Bound::Each(&#inner))
        }
        Plain::At(index, inner) => {
            let (index, inner) = (proc_macro2::Literal::usize_unsuffixed(index), argument(inner)?);
            quote!(Bound::At(#index, &#inner))
        }
        Plain::Of(name, value) => {
            let (name, value) = (ident(name), value.parse::<TokenStream>().ok()?);
            quote!(Bound::#name(#value))
        }
    })
}

/// A bound by its name in the runtime, with its literal.
enum Plain<'a> {
    Each(&'a Bound),
    At(usize, &'a Bound),
    Of(&'static str, String),
}

/// `None` for a number that no literal says.
fn plain(bound: &Bound) -> Option<Plain<'_>> {
    let size = |name, size: &u64| Plain::Of(name, size.to_string());
    if let Some((name, limit)) = long(bound) {
        return Some(Plain::Of(name, limit.to_string()));
    }
    Some(match bound {
        Bound::Minimum(number) => Plain::Of("Minimum", float(number)?),
        Bound::Above(number) => Plain::Of("Above", float(number)?),
        Bound::Maximum(number) => Plain::Of("Maximum", float(number)?),
        Bound::Below(number) => Plain::Of("Below", float(number)?),
        Bound::MultipleOf(number) => Plain::Of("MultipleOf", float(number)?),
        Bound::MinLength(length) => size("MinLength", length),
        Bound::MaxLength(length) => size("MaxLength", length),
        Bound::Pattern(pattern) => Plain::Of("Pattern", format!("pattern!({})", table::text(pattern))),
        Bound::MinItems(count) => size("MinItems", count),
        Bound::MaxItems(count) => size("MaxItems", count),
        Bound::UniqueItems => Plain::Of("UniqueItems", "true".to_owned()),
        Bound::MinMembers(count) => size("MinMembers", count),
        Bound::MaxMembers(count) => size("MaxMembers", count),
        Bound::Each(inner) => Plain::Each(inner),
        Bound::At(index, inner) => Plain::At(*index, inner),
    })
}

/// A bound that is a whole number with more digits than an `f64` has, as the last one that keeps to it: beside it are whole
/// numbers alone.
fn long(bound: &Bound) -> Option<(&'static str, i128)> {
    let (name, number, step) = match bound {
        Bound::Minimum(number) => ("AtLeast", number, 0),
        Bound::Above(number) => ("AtLeast", number, 1),
        Bound::Maximum(number) => ("AtMost", number, 0),
        Bound::Below(number) => ("AtMost", number, -1),
        _ => return None,
    };
    let whole: i128 = number.parse().ok()?;
    let is_long = whole as f64 as i128 != whole;
    Some((name, whole.checked_add(step)?)).filter(|_| is_long)
}

/// `1.0`, `-0.5` or `1e300`.
fn float(number: &str) -> Option<String> {
    let value = number.parse::<f64>().ok().filter(|value| value.is_finite())?;
    Some(format!("{value:?}"))
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::ir::Bound;

    #[test]
    fn bounds_are_written_to_the_last_digit() {
        let number = |text: &str| text.to_owned();
        for (bound, row) in [
            (Bound::Minimum(number("1")), "Minimum(1.0)"),
            (Bound::Above(number("-9007199254740992")), "Above(-9007199254740992.0)"),
            (Bound::Above(number("-9007199254740993")), "AtLeast(-9007199254740992)"),
            (Bound::Minimum(number("-9007199254740993")), "AtLeast(-9007199254740993)"),
            (Bound::Maximum(number("9223372036854775807")), "AtMost(9223372036854775807)"),
            (Bound::Below(number("9007199254740993")), "AtMost(9007199254740992)"),
            (Bound::Below(number("18446744073709551616")), "Below(1.8446744073709552e19)"),
            (Bound::Maximum(number("1e300")), "Maximum(1e300)"),
            (Bound::MultipleOf(number("9007199254740993")), "MultipleOf(9007199254740992.0)"),
        ] {
            assert_eq!(rows(&[bound]), [row]);
        }
    }
}
