//! What uses a deprecated type must say that it knows: `#[allow(deprecated)]` on the very item, method or `use` line that
//! names it, so that the crate builds without a warning and its callers still get theirs. Items in, items out;
//! wire tables say it to their macro.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, ImplItem, Item, parse_quote};

use crate::model::Model;

/// So few names are compared one by one.
const FEW: usize = 16;

/// The names of the types that the description calls deprecated.
pub(super) struct Deprecated(BTreeSet<String>);

impl Deprecated {
    pub(super) fn of(model: &Model) -> Self {
        let types = model.api.types.values();
        let own = types.filter(|def| def.deprecated && !model.facts.same.contains_key(&def.id));
        Self(own.filter_map(|def| Some(model.names.types.get(&def.id)?.ident.clone())).collect())
    }

    /// A `use` line, allowed to name what is deprecated.
    pub(super) fn line(&self, line: TokenStream) -> TokenStream {
        if self.is_named_in(&line) { quote!(#[allow(deprecated)] #line) } else { line }
    }

    /// An item, each part of it that names something deprecated allowed to.
    pub(super) fn item(&self, mut item: Item) -> Item {
        match &mut item {
            // What is derived of them names the types of their parts too, so that the whole is allowed to.
            Item::Struct(whole) => {
                let named = self.is_named_in(&whole.fields);
                allow(named, &mut whole.attrs);
            }
            Item::Enum(whole) => {
                // A variant that is called like a deprecated type is none.
                let named = whole.variants.iter().any(|variant| self.is_named_in(&variant.fields));
                allow(named, &mut whole.attrs);
            }
            Item::Impl(whole) => {
                let of = whole.trait_.as_ref().map(|(of, _)| of);
                let named = self.is_named_in(&whole.self_ty) || of.is_some_and(|of| self.is_named_in(of));
                allow(named, &mut whole.attrs);
                whole.items.iter_mut().filter(|_| !named).for_each(|part| {
                    let named = self.is_named_in(&part);
                    if let ImplItem::Fn(method) = part {
                        allow(named, &mut method.attrs);
                    }
                });
            }
            Item::Type(alias) => {
                let named = self.is_named_in(&alias.ty);
                allow(named, &mut alias.attrs);
            }
            _ => {}
        }
        item
    }

    /// Whether tokens name something deprecated.
    pub(super) fn is_named_in(&self, tokens: &impl ToTokens) -> bool {
        !self.0.is_empty() && self.is_among(tokens.to_token_stream())
    }

    fn is_among(&self, tokens: TokenStream) -> bool {
        let mut of_self = OfSelf::No;
        tokens.into_iter().any(|token| {
            let is_own = of_self.next(&token);
            match token {
                TokenTree::Ident(_) if is_own => false,
                // To make a text of each name would take longer than to look at a few of these.
                TokenTree::Ident(ident) if self.0.len() <= FEW => self.0.iter().any(|name| ident == *name),
                TokenTree::Ident(ident) => self.0.contains(&ident.to_string()),
                TokenTree::Group(group) => self.is_among(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => false,
            }
        })
    }
}

/// How much of `Self::Variant` was read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OfSelf {
    No,
    Type,
    Colon,
    Path,
}

impl OfSelf {
    /// Reads on; gives whether this token is what `Self` has of this name.
    fn next(&mut self, token: &TokenTree) -> bool {
        let was = *self;
        *self = match (was, token) {
            (_, TokenTree::Ident(ident)) if ident == "Self" => Self::Type,
            (Self::Type, TokenTree::Punct(punct)) if punct.as_char() == ':' => Self::Colon,
            (Self::Colon, TokenTree::Punct(punct)) if punct.as_char() == ':' => Self::Path,
            _ => Self::No,
        };
        was == Self::Path
    }
}

/// What a wire table begins with whose type is deprecated, or has a member that is.
pub(super) fn in_table(deprecated: bool) -> Option<&'static str> {
    deprecated.then_some("#[allow(deprecated)]")
}

fn allow(named: bool, attributes: &mut Vec<Attribute>) {
    if named && !attributes.iter().any(|attribute| attribute.path().is_ident("allow")) {
        attributes.push(parse_quote!(#[allow(deprecated)]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_that_is_called_like_a_deprecated_type_is_allowed_nothing() {
        let deprecated = Deprecated(["Card".to_owned()].into());
        let said = |item: Item| {
            let named = deprecated.item(item).to_token_stream().to_string();
            named.contains("allow (deprecated)")
        };
        assert!(!said(parse_quote!(
            enum Kind {
                Card(NewCard),
                Other,
            }
        )));
        assert!(said(parse_quote!(
            enum Kind {
                Other(Box<Card>),
            }
        )));
        assert!(!said(parse_quote!(
            impl From<NewCard> for Kind {
                fn from(value: NewCard) -> Self {
                    Self::Card(value)
                }
            }
        )));
        assert!(said(parse_quote!(
            impl Kind {
                fn card(self) -> types::Card {
                    Self::Card
                }
            }
        )));
    }
}
