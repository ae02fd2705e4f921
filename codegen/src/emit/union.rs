//! Unions: the enum, what makes one of a branch's value, and the table of what tells the branches apart.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::Context;
use super::docs::Doc;
use super::imports::Imports;
use super::schema::{Emitted, derives, head};
use super::table::{self, Table};
use super::{deprecated, prose, rust_type};
use crate::ir::{Branch, Items, JsonKind, Primitive, Tag, Told, TypeDef, TypeId, TypeKind, TypeRef, Union};

/// How deep lists and maps are looked into to tell two types apart; lowering allows fewer.
const DEPTH: usize = 100;

/// So many values of a tag say in the docs what tells a branch apart, if there are more than one more.
const MOST_SHOWN: usize = 3;

/// ```text
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub enum Payment {
///     /// An object whose `type` is `card`.
///     Card(Box<Card>),
///     /// Anything else, as it came.
///     Unlisted(Value),
/// }
/// one_of!(Payment { Card: tagged("type", "card") });
/// ```
pub(super) fn emit(def: &TypeDef, of: &Union, cx: &Context<'_>, imports: &mut Imports) -> Emitted {
    imports.runtime.insert("one_of");
    imports.value = true;
    let ident = cx.type_ident(&def.id);
    let head = head(def, cx, Doc::of_type(def));
    let derives = derives(def, cx);
    let objects = of.branches.iter().filter(|branch| branch.told.kind() == JsonKind::Object).count();
    let variants: Vec<Variant<'_>> =
        of.branches.iter().enumerate().map(|(index, branch)| Variant::new(def, index, branch, cx)).collect();
    let items = variants.iter().map(|variant| {
        let name = &variant.ident;
        let told = constant(variant.branch, cx).unwrap_or_else(|| words(&variant.branch.told, objects));
        let mut doc = Doc::text(&told);
        doc.extend(Doc::of(&variant.branch.docs));
        doc.bounds(&variant.branch.notes);
        let ty = rust_type::plain(&variant.branch.ty, cx, imports);
        let ty = if variant.boxed { quote!(Box<#ty>) } else { ty };
        quote!(#doc #name(#ty))
    });
    let items: Vec<_> = items.collect();
    let conversions = conversions(def, &variants, cx, imports);
    let item = quote! {
        #head
        #derives
        #[non_exhaustive]
        pub enum #ident {
            #(#items,)*
            /// Anything else, as it came.
            Unlisted(Value),
        }

        #conversions
    };
    let mut table = Table::new("one_of", &ident).before(deprecated::in_table(def.deprecated));
    for variant in &variants {
        table.row(&variant.ident, rule(&variant.branch.told));
    }
    Emitted { item, table: Some(table) }
}

/// What a branch is that is an enum of one value, with the way to it: it is not to be guessed from the names of types.
fn constant(branch: &Branch, cx: &Context<'_>) -> Option<String> {
    let TypeRef::Named(id) = &branch.ty else { return None };
    let def = cx.type_def(cx.canonical(id))?;
    let TypeKind::Enum(of) = &def.kind else { return None };
    let [value] = of.values.as_slice() else { return None };
    if branch.told != Told::Kind(of.kind) || of.takes_others {
        return None;
    }
    let called = match (of.kind, value.as_str()) {
        (JsonKind::String, "") => "The empty text".to_owned(),
        (JsonKind::String, value) => format!("The text {}", prose::code(value)),
        (_, value) => format!("The number {}", prose::code(value)),
    };
    let (ty, variant) = (cx.type_ident(&def.id), cx.variant_ident(&def.id, value));
    Some(format!("{called}: [`{ty}::{variant}`]."))
}

struct Variant<'a> {
    branch: &'a Branch,
    ident: Ident,
    boxed: bool,
}

impl<'a> Variant<'a> {
    fn new(def: &TypeDef, index: usize, branch: &'a Branch, cx: &Context<'_>) -> Self {
        let index = index.to_string();
        let ident = cx.variant_ident(&def.id, &index);
        Self { branch, ident, boxed: cx.model.facts.boxed.contains(&(def.id.clone(), index)) }
    }
}

/// Whether values of branches convert into the union at `id`, behind aliases.
pub(super) fn has_conversions(id: &TypeId, cx: &Context<'_>) -> bool {
    let Some(def) = cx.resolved(id) else { return false };
    match &def.kind {
        TypeKind::Union(of) => cx.model.facts.in_requests.contains(&def.id) && !unique(of, cx).is_empty(),
        _ => false,
    }
}

/// Conversions from the types of which only one branch is, for unions that requests hold; and into what may be null, where
/// a member holds that. A text converts into that anyway.
///
/// ```text
/// impl From<Card> for Payment {
///     fn from(value: Card) -> Self {
///         Self::Card(Box::new(value))
///     }
/// }
/// ```
fn conversions(
    def: &TypeDef,
    variants: &[Variant<'_>],
    cx: &Context<'_>,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let TypeKind::Union(of) = &def.kind else { return None };
    if !cx.model.facts.in_requests.contains(&def.id) {
        return None;
    }
    let ident = cx.type_ident(&def.id);
    let unique = unique(of, cx);
    let is_patched = cx.model.facts.patched.contains(&def.id);
    let from = |from: &TokenStream, variant: &Ident, value: TokenStream| {
        quote! {
            impl From<#from> for #ident {
                fn from(value: #from) -> Self {
                    Self::#variant(#value)
                }
            }
        }
    };
    let mut all = TokenStream::new();
    for (index, Variant { branch, ident: variant, boxed }) in variants.iter().enumerate() {
        if !unique.contains(&index) {
            continue;
        }
        let ty = rust_type::plain(&branch.ty, cx, imports);
        let value = if *boxed { quote!(Box::new(value)) } else { quote!(value) };
        match cx.behind(&branch.ty) {
            TypeRef::Primitive(Primitive::String) => {
                all.extend(from(&quote!(&str), variant, quote!(value.to_owned())));
            }
            // Of a text it can't be known whether it is base64 already.
            TypeRef::Primitive(primitive) if primitive.is_text() && *primitive != Primitive::Base64 => {
                all.extend(from(&quote!(&str), variant, quote!(value.into())));
            }
            _ => {}
        }
        all.extend(from(&ty, variant, value));
        if is_patched {
            imports.runtime.insert("Patch");
            all.extend(quote! {
                impl From<#ty> for Patch<#ident> {
                    fn from(value: #ty) -> Self {
                        Self::Value(value.into())
                    }
                }
            });
        }
    }
    Some(all)
}

/// The branches whose type no other branch has.
pub(super) fn unique(of: &Union, cx: &Context<'_>) -> Vec<usize> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, branch) in of.branches.iter().enumerate() {
        places.entry(key(&branch.ty, cx, 0)).or_default().push(index);
    }
    let single = places.into_values().filter_map(|places| <[usize; 1]>::try_from(places).ok());
    single.flatten().collect()
}

/// The same text for uses of types that are one type in Rust, aliases followed.
fn key(ty: &TypeRef, cx: &Context<'_>, depth: usize) -> String {
    let items = |items: &Items| match depth {
        DEPTH => String::new(),
        _ => format!("{}{}", key(&items.ty, cx, depth + 1), if items.nullable { "?" } else { "" }),
    };
    match cx.behind(ty) {
        TypeRef::Named(id) => cx.resolved(id).map(|def| def.id.0.as_str().to_owned()).unwrap_or_default(),
        TypeRef::List(inner) => format!("[{}]", items(inner)),
        TypeRef::Map(inner) => format!("{{{}}}", items(inner)),
        TypeRef::Primitive(primitive) => format!("{primitive:?}"),
        TypeRef::TextOf(path) => format!("<{path}>"),
        TypeRef::NumberOf(path) => format!("#<{path}>"),
        TypeRef::Any => "any".to_owned(),
    }
}

/// `tagged("type", "card")`
fn rule(told: &Told) -> String {
    let tagged = |name: &str, member: &str, values: &[Tag]| {
        let values = values.iter().map(|value| match value {
            Tag::Text(text) => table::text(text),
            Tag::Boolean(value) => value.to_string(),
            Tag::Integer(value) => format!("{value}i64"),
        });
        table::call(name, &[table::text(member)].into_iter().chain(values).collect::<Vec<_>>())
    };
    match told {
        Told::Kind(kind) => kind.as_str().to_owned(),
        Told::Having { members } => {
            table::call("having", &members.iter().map(|member| table::text(member)).collect::<Vec<_>>())
        }
        Told::Tagged { member, values } => tagged("tagged", member, values),
        Told::Fitting { kind, listed, whole } => {
            let name = format!("{}_{}", if *whole { "whole" } else { "fitting" }, kind.as_str());
            match listed {
                Some((member, values)) => tagged(&name, member, values),
                None => name,
            }
        }
    }
}

/// A value of a JSON type, with its article.
fn a(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::List => "A list",
        _ => "An object",
    }
}

/// What a branch is, in a union in which so many are objects.
fn words(told: &Told, objects: usize) -> String {
    let any_of = |texts: Vec<String>| texts.join(" or ");
    let values = |values: &[Tag]| {
        let shown = if values.len() > MOST_SHOWN + 1 { MOST_SHOWN } else { values.len() };
        let mut said: Vec<String> = values.iter().take(shown).map(|value| prose::code(&value.to_string())).collect();
        let more = values.len() - shown;
        if more > 0 {
            said = vec![said.join(", "), format!("one of {more} other values")];
        }
        any_of(said)
    };
    match told {
        Told::Kind(JsonKind::String) => "A text.".to_owned(),
        Told::Kind(JsonKind::Number) => "A number.".to_owned(),
        Told::Kind(JsonKind::Integer) => "A number without a fraction.".to_owned(),
        Told::Kind(JsonKind::Boolean) => "`true` or `false`.".to_owned(),
        Told::Kind(JsonKind::List) => "A list.".to_owned(),
        Told::Kind(JsonKind::Object) if objects > 1 => "Any other object.".to_owned(),
        Told::Kind(JsonKind::Object) => "An object.".to_owned(),
        Told::Tagged { member, values: of_member } => {
            format!("An object whose {} is {}.", prose::code(member), values(of_member))
        }
        Told::Fitting { kind, listed, whole } => {
            let alone = if *whole { " without other members" } else { "" };
            let listed = listed.as_ref().map(|(member, of_member)| {
                format!(": {} is {}, if it is there", prose::code(member), values(of_member))
            });
            format!("{}{alone}, where this fits it best{}.", a(*kind), listed.unwrap_or_default())
        }
        Told::Having { members } => {
            format!("An object with {}.", any_of(members.iter().map(|member| prose::code(member)).collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_many_values_is_shown_by_a_few() {
        let said = |count: usize| {
            let values: Vec<Tag> =
                ["a", "b", "c", "d", "e"].iter().take(count).map(|value| Tag::Text((*value).to_owned())).collect();
            let listed = Some(("t".to_owned(), values.clone()));
            let tried = words(&Told::Fitting { kind: JsonKind::Object, listed, whole: false }, 2);
            let told = words(&Told::Tagged { member: "t".to_owned(), values }, 2);
            assert_eq!(
                tried.split_once(" is ").map(|(_, rest)| rest.replace(", if it is there", "")),
                told.split_once(" is ").map(|(_, rest)| rest.to_owned())
            );
            told
        };
        assert_eq!(said(1), "An object whose `t` is `a`.");
        assert_eq!(said(4), "An object whose `t` is `a` or `b` or `c` or `d`.");
        assert_eq!(said(5), "An object whose `t` is `a`, `b`, `c` or one of 2 other values.");
    }
}
