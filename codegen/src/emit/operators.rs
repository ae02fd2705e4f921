//! Methods that are called as those of the standard library's operators, such as a setter `add`: clippy asks whether the
//! trait was meant, and is told that it was not.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Operators of two values, by the names of their methods (`std::ops`).
const BINARY: [&str; 10] = ["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];

/// What a method `fn name(mut self, value: T) -> Self` needs to be called so.
pub(super) fn setter(name: &Ident) -> Option<TokenStream> {
    let is_operator = BINARY.iter().any(|operator| name == operator);
    is_operator.then(allowed)
}

/// What a method `fn name(&self, …) -> T` of so many arguments needs to be called so.
pub(super) fn method(name: &str, arguments: usize) -> Option<TokenStream> {
    (name == "cmp" && arguments == 1).then(allowed)
}

fn allowed() -> TokenStream {
    quote!(#[allow(clippy::should_implement_trait, reason = "the description calls it so")])
}
