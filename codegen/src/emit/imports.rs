//! What a module has to `use`: gathered while types are written, printed once in a fixed order.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::ident;

/// The imports of one module.
#[derive(Clone, Debug, Default)]
pub(super) struct Imports {
    /// Types of the API.
    pub(super) types: BTreeSet<String>,
    /// What the runtime has: macros and types.
    pub(super) runtime: BTreeSet<&'static str>,
    /// Our own lines that come before the runtime's by the alphabet: `crate::client`, `crate::resources`.
    pub(super) before: Vec<TokenStream>,
    /// Our own lines that come after the types': `self::…`.
    pub(super) after: Vec<TokenStream>,
    /// `std::sync::Arc`.
    pub(super) shared: bool,
    /// `std::collections::BTreeMap`.
    pub(super) map: bool,
    /// `bytes::Bytes`.
    pub(super) bytes: bool,
    /// `http::Method`.
    pub(super) method: bool,
    /// `http::StatusCode`.
    pub(super) status: bool,
    /// `serde_json::Value`.
    pub(super) value: bool,
}

impl Imports {
    /// The `use` lines: std, other crates, our own; `types` and `runtime` are the paths of those modules, `local` the
    /// types that stand in this very module.
    pub(super) fn groups(
        &self,
        types: &TokenStream,
        runtime: &TokenStream,
        local: &BTreeSet<String>,
    ) -> Vec<Vec<TokenStream>> {
        let std = [(self.map, quote!(std::collections::BTreeMap)), (self.shared, quote!(std::sync::Arc))];
        let others = [
            (self.bytes, quote!(bytes::Bytes)),
            (self.method && !self.status, quote!(http::Method)),
            (self.status && !self.method, quote!(http::StatusCode)),
            (self.method && self.status, quote!(http::{Method, StatusCode})),
            (self.value, quote!(serde_json::Value)),
        ];
        let mut groups = vec![used(&std), used(&others)];
        let mut own = Vec::new();
        own.extend(self.before.iter().cloned());
        own.extend(self.list(runtime, self.runtime.iter().copied()));
        own.extend(self.list(types, self.types.difference(local).map(String::as_str)));
        own.extend(self.after.iter().cloned());
        groups.push(own);
        groups.retain(|group| !group.is_empty());
        groups
    }

    fn list<'a>(&self, path: &TokenStream, names: impl Iterator<Item = &'a str>) -> Option<TokenStream> {
        let names: Vec<_> = names.map(ident).collect();
        match names.as_slice() {
            [] => None,
            [name] => Some(quote!(use #path::#name;)),
            names => Some(quote!(use #path::{#(#names),*};)),
        }
    }
}

/// The `use` lines of the paths that are needed.
fn used(paths: &[(bool, TokenStream)]) -> Vec<TokenStream> {
    paths.iter().filter(|(needed, _)| *needed).map(|(_, path)| quote!(use #path;)).collect()
}
