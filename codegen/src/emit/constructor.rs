//! What callers build a request's types with: `new`, which takes what is required, and a setter for each other member. Types
//! that no request holds have neither.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, ident};
use super::docs::{self, Doc};
use super::imports::Imports;
use super::{operators, preset, prose, rust_type, schema, union};
use crate::analyze::Presence;
use crate::ir::{Docs, Member, Primitive, Struct, TypeDef, TypeKind, TypeRef};

/// Whether some member of a type is a `Patch`.
pub(super) fn has_patch(def: &TypeDef, cx: &Context<'_>) -> bool {
    let TypeKind::Struct(of) = &def.kind else { return false };
    of.members.iter().any(|member| cx.model.facts.presence(&def.id, member) == Presence::Patch)
}

/// Whether nothing in a type that requests hold is required.
pub(super) fn is_default(def: &TypeDef, cx: &Context<'_>) -> bool {
    let TypeKind::Struct(of) = &def.kind else { return false };
    let facts = &cx.model.facts;
    let has_value = |member: &Member| facts.fixed(&def.id, member).is_some() || facts.preset(&def.id, member).is_some();
    facts.in_requests.contains(&def.id)
        && facts.constructed(&def.id, of).next().is_none()
        && !of.members.iter().any(has_value)
}

/// ```text
/// impl CreateThing {
///     /// With what is required; the methods below set the rest.
///     pub fn new(name: impl Into<String>) -> Self {
///         Self { name: name.into(), size: None, note: Patch::Absent }
///     }
///
///     /// How large it is.
///     #[must_use]
///     pub fn size(mut self, size: i64) -> Self {
///         self.size = Some(size);
///         self
///     }
/// }
/// ```
pub(super) fn emit(def: &TypeDef, of: &Struct, cx: &Context<'_>, imports: &mut Imports) -> Option<TokenStream> {
    if !cx.model.facts.in_requests.contains(&def.id) {
        return None;
    }
    let owner = Owner { def, of, cx };
    let ident = cx.type_ident(&def.id);
    let new = owner.constructor(imports);
    let mut setters: Vec<_> = of.members.iter().filter_map(|member| owner.setter(member, imports)).collect();
    setters.extend(owner.additional_setter(imports));
    let required = owner.required_struct(imports);
    // What `new` takes nothing for has a default, though not the one that could be derived.
    let default = (owner.required().next().is_none() && !is_default(def, cx)).then(|| {
        quote! {
            impl Default for #ident {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    Some(quote! {
        impl #ident {
            #new
            #(#setters)*
        }

        #default

        #required
    })
}

/// A type that requests hold.
pub(super) struct Owner<'a> {
    pub(super) def: &'a TypeDef,
    pub(super) of: &'a Struct,
    pub(super) cx: &'a Context<'a>,
}

impl<'a> Owner<'a> {
    pub(super) fn presence(&self, member: &Member) -> Presence {
        self.cx.model.facts.presence(&self.def.id, member)
    }

    pub(super) fn ident(&self, member: &Member) -> Ident {
        self.cx.member_ident(&self.def.id, &member.wire)
    }

    pub(super) fn is_boxed(&self, member: &Member) -> bool {
        self.cx.model.facts.boxed.contains(&(self.def.id.clone(), member.wire.clone()))
    }

    pub(super) fn required(&self) -> impl Iterator<Item = &'a Member> {
        self.cx.model.facts.constructed(&self.def.id, self.of)
    }

    /// The name of the type that gathers what is required, where that is much.
    pub(super) fn gathered(&self) -> Option<Ident> {
        self.cx.model.names.required.get(&self.def.id).map(|name| ident(name))
    }

    fn constructor(&self, imports: &mut Imports) -> TokenStream {
        let required: Vec<_> = self.required().collect();
        if is_default(self.def, self.cx) {
            return quote! {
                /// Without any member; the methods below set them.
                pub fn new() -> Self {
                    Default::default()
                }
            };
        }
        let is_all = self.of.additional.is_none()
            && self.of.members.iter().all(|member| required.contains(&member) || !self.is_settable(member));
        let rest = if is_all { "." } else { "; the methods below set the rest." };
        let has_defaults = self.of.members.iter().any(|member| self.has_preset(member));
        let taken = match (required.is_empty(), has_defaults) {
            (false, _) => "With what is required",
            (true, true) => "With the defaults of what is required",
            (true, false) => "With what can't be chosen",
        };
        let mut doc = Doc::text(&format!("{taken}{rest}"));
        doc.paragraph(&self.nulls(&required));
        // To leave out what is deprecated is no use of it.
        let deprecated = self.of.members.iter().any(|member| member.deprecated);
        let allow = deprecated.then(|| quote!(#[allow(deprecated, reason = "every member gets its value here")]));
        let additional = self.additional().map(|ident| quote!(#ident: BTreeMap::new()));
        if let Some(gathered) = self.gathered() {
            let names: Vec<_> = required.iter().map(|member| self.ident(member)).collect();
            let values = self.of.members.iter().filter_map(|member| self.start(member, &|ident| quote!(#ident)));
            let values = values.chain(additional);
            return quote! {
                #doc
                #allow
                pub fn new(required: #gathered) -> Self {
                    let #gathered { #(#names),* } = required;
                    Self { #(#values),* }
                }
            };
        }
        let arguments = required.iter().map(|member| {
            let (ident, (ty, _)) = (self.ident(member), self.argument(member, imports));
            quote!(#ident: #ty)
        });
        let arguments: Vec<_> = arguments.collect();
        let values = self.of.members.iter().filter_map(|member| {
            self.start(member, &|ident| {
                let (_, convert) = self.argument(member, &mut Imports::default());
                let value = convert(ident);
                if *ident == value.to_string() { quote!(#ident) } else { quote!(#ident: #value) }
            })
        });
        let values = values.chain(additional);
        quote! {
            #doc
            #allow
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    }

    /// What `None` means where a member has to be there and may be null; nothing where there is no such member.
    fn nulls(&self, required: &[&Member]) -> String {
        let nullable = required.iter().filter(|member| self.presence(member) == Presence::Nullable);
        let names: Vec<String> = nullable.map(|member| prose::code(&self.ident(member).to_string())).collect();
        match names.as_slice() {
            [] => String::new(),
            [only] => format!("`None` is sent as null for {only}."),
            [first @ .., last] => format!("`None` is sent as null for {} and {last}.", first.join(", ")),
        }
    }

    /// `kind: ShapeKind::Circle`, `kind: "circle".to_owned()`, `done: true` or `gone: Value::Null`, for a member that has only one
    /// value.
    fn fixed(&self, member: &Member) -> Option<TokenStream> {
        let value = self.cx.model.facts.fixed(&self.def.id, member)?;
        let ident = self.ident(member);
        Some(match &member.ty {
            TypeRef::Named(id) => {
                let (ty, variant) = (self.cx.type_ident(id), self.cx.variant_ident(id, value));
                quote!(#ident: #ty::#variant)
            }
            TypeRef::Primitive(Primitive::Boolean) => {
                let value = value == "true";
                quote!(#ident: #value)
            }
            TypeRef::Any => quote!(#ident: Value::Null),
            _ => quote!(#ident: #value.to_owned()),
        })
    }

    /// What a member starts with: its only value, its argument by `given`, or nothing.
    fn start(&self, member: &Member, given: &dyn Fn(&Ident) -> TokenStream) -> Option<TokenStream> {
        if let Some(fixed) = self.fixed(member) {
            return Some(fixed);
        }
        let ident = self.ident(member);
        if let Some(preset) = self.cx.model.facts.preset(&self.def.id, member) {
            let value = preset::value(preset, &member.ty, self.cx);
            let value = if self.presence(member) == Presence::Nullable { quote!(Some(#value)) } else { value };
            return Some(quote!(#ident: #value));
        }
        match self.presence(member) {
            Presence::Always | Presence::Nullable => Some(given(&ident)),
            Presence::Optional | Presence::ReadOnly => Some(quote!(#ident: None)),
            Presence::Patch => Some(quote!(#ident: Patch::Absent)),
            Presence::Nowhere => None,
        }
    }

    pub(super) fn is_settable(&self, member: &Member) -> bool {
        matches!(self.presence(member), Presence::Optional | Presence::Patch) || self.has_preset(member)
    }

    fn has_preset(&self, member: &Member) -> bool {
        self.cx.model.facts.preset(&self.def.id, member).is_some()
    }

    fn setter(&self, member: &Member, imports: &mut Imports) -> Option<TokenStream> {
        if !self.is_settable(member) {
            return None;
        }
        let ident = self.ident(member);
        let (mut doc, alias) = (short_doc(member, self.cx), docs::alias(&member.wire, &ident.to_string()));
        if let (true, Some(default)) = (self.has_preset(member), &member.notes.default) {
            doc.paragraph(&format!("{} unless set.", prose::code(default)));
        }
        let deprecated = member.deprecated.then(|| {
            quote! {
                #[deprecated]
                #[allow(deprecated, reason = "the member is as deprecated as this")]
            }
        });
        let operator = operators::setter(&ident);
        let (ty, convert) = self.argument(member, imports);
        let value = convert(&ident);
        let value = if self.presence(member) == Presence::Optional { quote!(Some(#value)) } else { value };
        Some(quote! {
            #doc
            #alias
            #deprecated
            #operator
            #[must_use]
            pub fn #ident(mut self, #ident: #ty) -> Self {
                self.#ident = #value;
                self
            }
        })
    }

    /// The name of what holds the members that the type doesn't name.
    fn additional(&self) -> Option<Ident> {
        self.of.additional.as_ref().and_then(|_| self.cx.additional_ident(&self.def.id))
    }

    fn additional_setter(&self, imports: &mut Imports) -> Option<TokenStream> {
        let (ident, additional) = (self.additional()?, self.of.additional.as_ref()?);
        let ty = rust_type::plain(&additional.ty, self.cx, imports);
        Some(quote! {
            /// All other members, by their names; one that the type has a field for is not sent.
            #[must_use]
            pub fn #ident(mut self, #ident: #ty) -> Self {
                self.#ident = #ident;
                self
            }
        })
    }

    /// The type of an argument, and what makes the member's value of it: texts, numbers, unions, enums with other values than they
    /// list and any JSON convert from what is at hand.
    pub(super) fn argument(&self, member: &Member, imports: &mut Imports) -> (TokenStream, fn(&Ident) -> TokenStream) {
        let plain = rust_type::plain(&member.ty, self.cx, imports);
        match (self.presence(member), self.is_boxed(member)) {
            (Presence::Patch, boxed) => {
                let plain = if boxed { quote!(Box<#plain>) } else { plain };
                (quote!(impl Into<Patch<#plain>>), |ident| quote!(#ident.into()))
            }
            (Presence::Nullable, true) => (quote!(Option<#plain>), |ident| quote!(#ident.map(Box::new))),
            (Presence::Nullable, false) => (quote!(Option<#plain>), |ident| quote!(#ident)),
            (_, true) if self.converts(&member.ty) => {
                (quote!(impl Into<#plain>), |ident| quote!(Box::new(#ident.into())))
            }
            (_, true) => (plain, |ident| quote!(Box::new(#ident))),
            (_, false) if self.converts(&member.ty) => (quote!(impl Into<#plain>), |ident| quote!(#ident.into())),
            (_, false) => (plain, |ident| quote!(#ident)),
        }
    }

    fn converts(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Primitive(primitive) => {
                *primitive == Primitive::String || rust_type::takes_conversions(*primitive)
            }
            TypeRef::TextOf(_) | TypeRef::NumberOf(_) | TypeRef::Any => true,
            TypeRef::Named(id) => match self.cx.resolved(id).map(|def| &def.kind) {
                Some(TypeKind::Alias(
                    behind @ (TypeRef::Primitive(_) | TypeRef::TextOf(_) | TypeRef::NumberOf(_) | TypeRef::Any),
                )) => self.converts(behind),
                Some(TypeKind::Union(_)) => union::has_conversions(id, self.cx),
                Some(TypeKind::Enum(of)) => of.takes_others,
                _ => false,
            },
            _ => false,
        }
    }

    /// ```text
    /// /// The required members of [`Thing`], for [`Thing::new`].
    /// #[derive(Clone, Debug)]
    /// pub struct ThingRequired {
    ///     /// Its name.
    ///     pub name: String,
    /// }
    /// ```
    fn required_struct(&self, imports: &mut Imports) -> Option<TokenStream> {
        let (gathered, owner) = (self.gathered()?, self.cx.type_ident(&self.def.id));
        let doc = Doc::text(&format!("The required members of [`{owner}`], for [`{owner}::new`]."));
        let members = self.required().filter_map(|member| {
            let (ident, doc) = (self.ident(member), short_doc(member, self.cx));
            let ty = schema::member_type(&self.def.id, member, self.cx, imports)?;
            Some(quote!(#doc pub #ident: #ty))
        });
        let members: Vec<_> = members.collect();
        Some(quote! {
            #doc
            #[derive(Clone, Debug)]
            pub struct #gathered { #(#members),* }
        })
    }
}

/// A line about a member, whose own docs stand at the field: what is said of it or, if nothing is, of its type.
fn short_doc(member: &Member, cx: &Context<'_>) -> Doc {
    let line = |docs: &Docs| {
        let title = docs::telling_title(docs, &member.wire);
        title.or(docs.description.as_deref()).and_then(prose::summary_line)
    };
    let of_type = || match &member.ty {
        TypeRef::Named(id) => cx.resolved(id).and_then(|def| line(&def.docs)),
        _ => None,
    };
    match line(&member.docs).or_else(of_type) {
        Some(said) => Doc::text(prose::first_sentence(&said)),
        None => Doc::text(&format!("The member {}.", prose::code(&member.wire))),
    }
}
