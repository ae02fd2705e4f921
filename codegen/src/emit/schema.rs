//! One type of the API: its item and the table that says what it looks like on the wire.

use proc_macro2::TokenStream;
use quote::quote;

use super::bounds;
use super::constructor;
use super::context::Context;
use super::docs::{self, Doc};
use super::imports::Imports;
use super::table::{self, Table};
use super::{deprecated, rust_type, tuple, union};
use crate::analyze::Presence;
use crate::analyze::walk::innermost;
use crate::ir::{Bound, Enum, JsonKind, Member, Primitive, Struct, TypeDef, TypeId, TypeKind, TypeRef};

/// A type as it is written: the item that callers see, and its wire table, which stands at the end of the file.
pub(super) struct Emitted {
    pub(super) item: TokenStream,
    pub(super) table: Option<Table>,
}

/// Writes a type.
pub(super) fn emit(def: &TypeDef, cx: &Context<'_>, imports: &mut Imports) -> Emitted {
    if cx.model.facts.same.contains_key(&def.id) {
        return Emitted { item: same(def, cx, imports), table: None };
    }
    match &def.kind {
        TypeKind::Struct(of) => structure(def, of, cx, imports),
        TypeKind::Enum(of) if of.kind == JsonKind::Integer => integers(def, of, cx, imports),
        TypeKind::Enum(of) => enumeration(def, of, cx, imports),
        TypeKind::Union(of) => union::emit(def, of, cx, imports),
        TypeKind::Tuple(of) => tuple::emit(def, of, cx, imports),
        TypeKind::Alias(ty) => Emitted { item: alias(def, ty, cx, imports), table: None },
    }
}

/// ```text
/// /// Connection lifecycle event.
/// #[derive(Clone)]
/// #[non_exhaustive]
/// pub struct PeerEvent {
///     /// ID of the peer event.
///     pub id: Option<String>,
/// }
/// record!(PeerEvent: Eq + Hash { id: optional("id") });
/// ```
fn structure(def: &TypeDef, of: &Struct, cx: &Context<'_>, imports: &mut Imports) -> Emitted {
    imports.runtime.insert("record");
    let ident = cx.type_ident(&def.id);
    let head = head(def, cx, Doc::of_type(def));
    let derives = derives(def, cx);
    let members = of.members.iter().filter_map(|member| self::member(&def.id, member, cx, imports));
    let mut members: Vec<_> = members.collect();
    members.extend(additional(def, of, cx, imports));
    let constructor = constructor::emit(def, of, cx, imports);
    let item = quote! {
        #head
        #derives
        #[non_exhaustive]
        pub struct #ident { #(#members),* }

        #constructor
    };
    // Types alone are sent by nobody who would check them.
    let is_sent = cx.has_client() && cx.model.facts.in_requests.contains(&def.id);
    let only = is_sent_alone(def).then_some("sent");
    let allow = deprecated::in_table(def.deprecated || of.members.iter().any(|member| member.deprecated));
    let is_eq = cx.model.facts.eq.contains(&def.id) && only.is_none();
    let mut table = Table::new("record", &ident).with(is_eq.then_some(": Eq + Hash"));
    if is_sent {
        table = table.with(checked(&def.notes.checks, imports).as_deref());
    }
    let mut table = table.before(only).before(allow);
    for member in &of.members {
        let (rule, is_checked) = match cx.model.facts.presence(&def.id, member) {
            Presence::Always | Presence::Nullable => ("required", is_sent),
            Presence::Optional | Presence::Patch => ("optional", is_sent),
            Presence::ReadOnly => ("read_only", false),
            Presence::Nowhere => continue,
        };
        // The runtime writes all other names without a look at them.
        let rule = match is_escaped(&member.wire) {
            true => format!("{rule}_escaped"),
            false => rule.to_owned(),
        };
        let mut values = vec![table::text(&member.wire)];
        if is_checked {
            bounds::import(&member.notes.checks, imports);
            values.extend(bounds::rows(&member.notes.checks));
        }
        table.row(&cx.member_ident(&def.id, &member.wire), table::call(&rule, &values));
    }
    if let (Some(name), Some(additional)) = (cx.additional_ident(&def.id), &of.additional) {
        let checks = if is_sent { additional.notes.checks.as_slice() } else { &[] };
        bounds::import(checks, imports);
        table.rest(&name, &bounds::rows(checks));
    }
    Emitted { item, table: Some(table) }
}

/// Whether JSON can't write `name` as it is (RFC 8259, section 7).
fn is_escaped(name: &str) -> bool {
    name.chars().any(|c| c < ' ' || c == '"' || c == '\\')
}

/// What a table says behind its type of what is checked before it is sent.
pub(super) fn checked(checks: &[Bound], imports: &mut Imports) -> Option<String> {
    bounds::import(checks, imports);
    bounds::within(checks).map(|within| format!(" {within}"))
}

/// What holds the members that the struct doesn't name.
///
/// ```text
/// /// All other members, by their names.
/// pub additional: BTreeMap<String, Value>
/// ```
fn additional(def: &TypeDef, of: &Struct, cx: &Context<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let (additional, ident) = (of.additional.as_ref()?, cx.additional_ident(&def.id)?);
    let mut doc = Doc::default();
    doc.paragraph("All other members, by their names.");
    doc.bounds(&additional.notes);
    let ty = rust_type::plain(&additional.ty, cx, imports);
    Some(quote!(#doc pub #ident: #ty))
}

/// A member of the struct; `None` for one that goes nowhere.
fn member(owner: &TypeId, member: &Member, cx: &Context<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let ty = member_type(owner, member, cx, imports)?;
    let ident = cx.member_ident(owner, &member.wire);
    let mut doc = docs::of_value(&member.docs, &member.notes, &member.wire, &ident.to_string());
    match cx.model.facts.presence(owner, member) {
        Presence::ReadOnly => doc.paragraph("Answers alone have it: it is not sent."),
        Presence::Nullable if cx.model.facts.forms.contains(owner) => doc.paragraph("`None` is not sent."),
        Presence::Nullable if cx.model.facts.in_requests.contains(owner) => doc.paragraph("`None` is sent as null."),
        _ => {}
    }
    let alias = docs::alias(&member.wire, &ident.to_string());
    let deprecated = member.deprecated.then(|| quote!(#[deprecated]));
    Some(quote!(#doc #alias #deprecated pub #ident: #ty))
}

/// The type of a member: an `Option` where it may be absent or null (in answers the two say the same), a `Patch` where the
/// two say different things, a `Box` where the type would contain itself. `None` for a member that goes nowhere.
pub(super) fn member_type(
    owner: &TypeId,
    member: &Member,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let presence = cx.model.facts.presence(owner, member);
    if presence == Presence::Nowhere {
        return None;
    }
    let mut ty = rust_type::plain(&member.ty, cx, imports);
    if cx.model.facts.boxed.contains(&(owner.clone(), member.wire.clone())) {
        ty = quote!(Box<#ty>);
    }
    Some(match presence {
        Presence::Always | Presence::Nowhere => ty,
        Presence::Nullable | Presence::Optional | Presence::ReadOnly => quote!(Option<#ty>),
        Presence::Patch => {
            imports.runtime.insert("Patch");
            quote!(Patch<#ty>)
        }
    })
}

/// ```text
/// /// current status of session
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum SessionStatus {
///     /// `LIVE`
///     Live,
///     /// A value that the description doesn't list; [`as_str`](Self::as_str) is its text.
///     Unlisted(Unlisted),
/// }
/// open_enum!(SessionStatus { Live: "LIVE" });
/// ```
fn enumeration(def: &TypeDef, of: &Enum, cx: &Context<'_>, imports: &mut Imports) -> Emitted {
    imports.runtime.extend(["open_enum", "Unlisted"]);
    let ident = cx.type_ident(&def.id);
    let head = head(def, cx, Doc::of_type(def));
    let derives = derives(def, cx);
    let variants = variants(def, of, cx);
    let item = quote! {
        #head
        #derives
        #[non_exhaustive]
        pub enum #ident {
            #(#variants,)*
            /// A value that the description doesn't list; [`as_str`](Self::as_str) is its text.
            Unlisted(Unlisted),
        }
    };
    let mut table = Table::new("open_enum", &ident).before(deprecated::in_table(def.deprecated));
    for value in &of.values {
        table.row(&cx.variant_ident(&def.id, value), table::text(value));
    }
    Emitted { item, table: Some(table) }
}

/// ```text
/// /// How loud it is.
/// #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum Loudness {
///     /// `1`
///     N1,
///     /// A value that the description doesn't list; [`get`](Self::get) is its number.
///     Unlisted(UnlistedInteger),
/// }
/// open_integer!(Loudness { N1: 1 });
/// ```
fn integers(def: &TypeDef, of: &Enum, cx: &Context<'_>, imports: &mut Imports) -> Emitted {
    imports.runtime.extend(["open_integer", "UnlistedInteger"]);
    let ident = cx.type_ident(&def.id);
    let head = head(def, cx, Doc::of_type(def));
    let (variants, derives) = (variants(def, of, cx), derives(def, cx));
    let item = quote! {
        #head
        #derives
        #[non_exhaustive]
        pub enum #ident {
            #(#variants,)*
            /// A value that the description doesn't list; [`get`](Self::get) is its number.
            Unlisted(UnlistedInteger),
        }
    };
    let mut table = Table::new("open_integer", &ident).before(deprecated::in_table(def.deprecated));
    for value in &of.values {
        if let Ok(number) = value.parse::<i64>() {
            table.row(&cx.variant_ident(&def.id, value), number);
        }
    }
    Emitted { item, table: Some(table) }
}

/// The listed values, each with its docs.
fn variants(def: &TypeDef, of: &Enum, cx: &Context<'_>) -> Vec<TokenStream> {
    let variants = of.values.iter().map(|value| {
        let name = cx.variant_ident(&def.id, value);
        let mut doc = Doc::text(&super::prose::code(value));
        if let Some(words) = of.words.get(value) {
            doc.extend(Doc::of(words));
        }
        let alias = docs::alias(value, &name.to_string());
        quote!(#doc #alias #name)
    });
    variants.collect()
}

/// ```text
/// /// The schema `AccountId`.
/// ///
/// /// Length: 32.
/// pub type AccountId = String;
/// ```
fn alias(def: &TypeDef, ty: &TypeRef, cx: &Context<'_>, imports: &mut Imports) -> TokenStream {
    let ident = cx.type_ident(&def.id);
    let head = head(def, cx, Doc::of_type(def));
    let ty = rust_type::plain(ty, cx, imports);
    quote!(#head pub type #ident = #ty;)
}

/// ```text
/// /// The member `status` of [`Invoice`].
/// pub type InvoiceStatus = CreditNoteStatus;
/// ```
///
/// Nothing where the type that stands for this one is called alike.
fn same(def: &TypeDef, cx: &Context<'_>, imports: &mut Imports) -> TokenStream {
    let [own, canonical] = [&def.id, cx.canonical(&def.id)].map(|id| cx.type_ident(id));
    if own == canonical {
        return TokenStream::new();
    }
    imports.types.insert(canonical.to_string());
    let mut doc = Doc::of_type(def);
    if doc.is_empty() {
        doc.paragraph(&cx.origin_words(&def.origin));
    }
    quote!(#doc pub type #own = #canonical;)
}

/// Docs and attributes that every type has: one without a word of its own says where it stands.
pub(super) fn head(def: &TypeDef, cx: &Context<'_>, mut doc: Doc) -> TokenStream {
    if doc.is_empty() {
        doc.paragraph(&cx.origin_words(&def.origin));
    }
    match &def.kind {
        TypeKind::Alias(_) | TypeKind::Enum(_) => doc.bounds(&def.notes),
        TypeKind::Struct(_) => {
            doc.member_counts(&def.notes);
            doc.example(&def.notes);
        }
        TypeKind::Union(_) | TypeKind::Tuple(_) => doc.example(&def.notes),
    }
    for (words, docs) in cx.webhook_words(&def.id) {
        let said = if *docs == def.docs { Doc::default() } else { Doc::of(docs) };
        match said.lines() {
            [line] => doc.paragraph(&format!("{}: {line}", words.trim_end_matches('.'))),
            _ => {
                doc.paragraph(&words);
                doc.extend(said);
            }
        }
    }
    let deprecated = def.deprecated.then(|| quote!(#[deprecated]));
    let alias = match &def.origin {
        crate::ir::Origin::Component(name) => docs::alias(name, &cx.type_ident(&def.id).to_string()),
        _ => None,
    };
    quote!(#doc #alias #deprecated)
}

/// What a type derives. A table of members compares and prints them too, which costs a compiler less; those with files have
/// none that reads.
pub(super) fn derives(def: &TypeDef, cx: &Context<'_>) -> TokenStream {
    let has_table = matches!(def.kind, TypeKind::Struct(_)) && !is_sent_alone(def);
    let is_derived = |name: &&str| !has_table || matches!(*name, "Clone" | "Default");
    let traits = traits(def, cx).into_iter().filter(is_derived).map(super::context::ident);
    quote!(#[derive(#(#traits),*)])
}

/// The traits that a type has, beside those of serde.
pub(super) fn traits(def: &TypeDef, cx: &Context<'_>) -> Vec<&'static str> {
    if matches!(&def.kind, TypeKind::Enum(of) if of.kind == JsonKind::Integer) {
        return vec!["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash"];
    }
    let default = constructor::is_default(def, cx).then_some("Default");
    let eq: &[&str] = if cx.model.facts.eq.contains(&def.id) { &["Eq", "Hash"] } else { &[] };
    ["Clone", "Debug"].into_iter().chain(default).chain(["PartialEq"]).chain(eq.iter().copied()).collect()
}

/// Whether values are written and never read: files are no JSON.
pub(super) fn is_sent_alone(def: &TypeDef) -> bool {
    let TypeKind::Struct(of) = &def.kind else { return false };
    let additional = of.additional.iter().map(|additional| &additional.ty);
    let mut types = of.members.iter().map(|member| &member.ty).chain(additional);
    types.any(|ty| *innermost(ty) == TypeRef::Primitive(Primitive::File))
}
