//! Paging: the methods that walk over all pages, with how these hang together.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::send::answer;
use crate::analyze::{Next, PagingStyle, Place, Presence};
use crate::emit::context::{Context, ident};
use crate::emit::imports::Imports;
use crate::emit::rust_type;
use crate::ir::{Answer, Items, Member, Operation, TypeKind, TypeRef};
use crate::name::OperationName;

/// What paging adds to a request.
///
/// ```text
/// pub fn pages(self) -> Pages<GetSessionsResponse> {
///     let info = |page: &GetSessionsResponse| {
///         let items = page.data.as_ref().and_then(|data| data.sessions.as_deref()).unwrap_or_default();
///         let total = page.paging.as_ref().and_then(|paging| paging.total_count);
///         PageInfo::of(items).total(total)
///     };
///     Pages::by_number(self.call, "page_no", 1, info)
/// }
/// pub fn items(self) -> Items<GetSessionsResponse, Session> {
///     let items = |page: GetSessionsResponse| page.data.and_then(|data| data.sessions).unwrap_or_default();
///     Items::new(self.pages(), items)
/// }
/// ```
pub(super) fn emit(
    operation: &Operation,
    name: &OperationName,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let paging = cx.model.facts.paging.get(&operation.pointer)?;
    let Answer::Json { ty: root, .. } = &operation.success else { return None };
    let items = Path::resolve(root, &paging.items, cx)?;
    let TypeRef::List(of) = items.target else { return None };
    imports.runtime.extend(["Items", "PageInfo", "Pages"]);
    imports.runtime.extend(paging.style.place().and_then(named_place));
    let item = rust_type::plain(&of.ty, cx, imports);
    let item = if of.nullable { quote!(Option<#item>) } else { item };
    let page = answer(&operation.success, name, cx, imports);
    let (borrowed, owned) = (items.list(Goal::Slice), items.list(Goal::List));
    let mut reads_deprecated = items.deprecated;
    let facts = [
        ("total", &paging.total, Goal::Number),
        ("pages", &paging.pages, Goal::Number),
        ("end", &paging.end, Goal::Number),
        ("more", &paging.more, Goal::Number),
        ("last", &paging.last, Goal::Number),
    ];
    let facts = facts.map(|(method, path, goal)| {
        let path = Path::resolve(root, path.as_deref()?, cx)?;
        reads_deprecated |= path.deprecated;
        Some((ident(method), path.option(&quote!(page), goal)))
    });
    let next = next(&paging.style, root, of, cx);
    let next = next.map(|(value, deprecated)| {
        reads_deprecated |= deprecated;
        (ident("next"), value)
    });
    let facts: Vec<_> = facts.into_iter().flatten().chain(next).collect();
    let (names, values): (Vec<_>, Vec<_>) = facts.into_iter().unzip();
    let in_pages = reads_deprecated.then(|| quote!(#[allow(deprecated)]));
    let in_items = items.deprecated.then(|| quote!(#[allow(deprecated)]));
    let start = start(&paging.style);
    let methods = quote! {
        /// All pages, as a stream: each is asked for when the one before it has been taken.
        #in_pages
        pub fn pages(self) -> Pages<#page> {
            let info = |page: &#page| {
                let items = #borrowed;
                #(let #names = #values;)*
                PageInfo::of(items)#(.#names(#names))*
            };
            #start
        }

        /// The items of all pages, as a stream.
        #in_items
        pub fn items(self) -> Items<#page, #item> {
            let items = |page: #page| #owned;
            Items::new(self.pages(), items)
        }
    };
    Some(methods)
}

/// The expression for what the next page is asked for with, and whether it reads what is deprecated.
fn next<'a>(style: &PagingStyle, root: &'a TypeRef, list: &'a Items, cx: &Context<'a>) -> Option<(TokenStream, bool)> {
    let member = |path: &[String]| {
        let path = Path::resolve(root, path, cx)?;
        Some((path.option(&quote!(page), Goal::Reference), path.deprecated))
    };
    match style {
        PagingStyle::Cursor { next: Next::Member(path), .. } | PagingStyle::Url { next: path } => member(path),
        PagingStyle::Cursor { next: Next::LastItem(path), .. } => {
            let path = Path::resolve(&list.ty, path, cx)?;
            let (value, optional) = chain(&quote!(item), &path.steps, Goal::Reference);
            let go_on = if optional { quote!(and_then) } else { quote!(map) };
            let last = if list.nullable { quote!(items.last().and_then(Option::as_ref)) } else { quote!(items.last()) };
            Some((quote!(#last.#go_on(|item| #value)), path.deprecated))
        }
        PagingStyle::Cursor { next: Next::Header(_), .. }
        | PagingStyle::Number { .. }
        | PagingStyle::Offset { .. }
        | PagingStyle::Link => None,
    }
}

/// `Pages::by_cursor(self.call, "cursor", info)`: how the list of pages begins.
fn start(style: &PagingStyle) -> TokenStream {
    let first = |first: &u32| proc_macro2::Literal::u32_unsuffixed(*first);
    match style {
        PagingStyle::Number { page, first: number } => {
            let (page, first) = (place(page), first(number));
            quote!(Pages::by_number(self.call, #page, #first, info))
        }
        PagingStyle::Offset { offset, first: number } => {
            let (offset, first) = (place(offset), first(number));
            quote!(Pages::by_offset(self.call, #offset, #first, info))
        }
        PagingStyle::Cursor { cursor, next: Next::Header(next) } => {
            let cursor = place(cursor);
            quote!(Pages::by_header(self.call, #cursor, #next, info))
        }
        PagingStyle::Cursor { cursor, .. } => {
            let cursor = place(cursor);
            quote!(Pages::by_cursor(self.call, #cursor, info))
        }
        PagingStyle::Url { .. } => quote!(Pages::by_url(self.call, info)),
        PagingStyle::Link => quote!(Pages::by_link(self.call, info)),
    }
}

/// `"page"`, or `InBody(&["options", "page"])`.
fn place(place: &Place) -> TokenStream {
    match place {
        Place::Query(name) => quote!(#name),
        Place::Body(path) => quote!(InBody(&[#(#path),*])),
        Place::Header(name) => quote!(InHeader(#name)),
        Place::Path(name) => quote!(InPath(#name)),
    }
}

/// What the runtime calls a place that is no query parameter.
fn named_place(place: &Place) -> Option<&'static str> {
    match place {
        Place::Query(_) => None,
        Place::Body(_) => Some("InBody"),
        Place::Header(_) => Some("InHeader"),
        Place::Path(_) => Some("InPath"),
    }
}

/// A way through members, from an answer's root to a value.
struct Path<'a> {
    steps: Vec<Step>,
    target: &'a TypeRef,
    /// Whether one of the members is deprecated.
    deprecated: bool,
}

struct Step {
    ident: Ident,
    presence: Presence,
}

/// What is wanted at the end of a way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// A list, borrowed as a slice.
    Slice,
    /// A list, moved out.
    List,
    /// A number or a boolean.
    Number,
    /// A reference to a value without parts.
    Reference,
}

impl<'a> Path<'a> {
    /// The way along `wires`; `None` where there is none.
    fn resolve(root: &'a TypeRef, wires: &[String], cx: &Context<'a>) -> Option<Self> {
        let mut target = root;
        let mut steps = Vec::new();
        let mut deprecated = false;
        for wire in wires {
            let TypeRef::Named(id) = target else { return None };
            let def = cx.resolved(id)?;
            let TypeKind::Struct(of) = &def.kind else { return None };
            let member: &Member = of.members.iter().find(|member| member.wire == *wire)?;
            let ident = cx.member_ident(&def.id, wire);
            let presence = cx.model.facts.presence(&def.id, member);
            steps.push(Step { ident, presence });
            deprecated |= member.deprecated;
            target = &member.ty;
        }
        if let TypeRef::Named(id) = target
            && let TypeKind::Alias(behind) = &cx.resolved(id)?.kind
        {
            target = behind;
        }
        Some(Self { steps, target, deprecated })
    }

    /// The list at the end of `page`'s way; an empty one where the way breaks off.
    fn list(&self, goal: Goal) -> TokenStream {
        let (value, optional) = chain(&quote!(page), &self.steps, goal);
        if optional { quote!(#value.unwrap_or_default()) } else { value }
    }

    /// The value at the end of `receiver`'s way, as an `Option`.
    fn option(&self, receiver: &TokenStream, goal: Goal) -> TokenStream {
        let (value, optional) = chain(receiver, &self.steps, goal);
        if optional { value } else { quote!(Some(#value)) }
    }
}

/// The expression for what `steps` lead to from `receiver`, and whether it is an `Option`: behind the first optional
/// member the way goes on in closures.
fn chain(receiver: &TokenStream, steps: &[Step], goal: Goal) -> (TokenStream, bool) {
    let mut value = receiver.clone();
    for (index, step) in steps.iter().enumerate() {
        let ident = &step.ident;
        value = quote!(#value.#ident);
        if step.presence == Presence::Always {
            continue;
        }
        let is_patch = step.presence == Presence::Patch;
        if is_patch {
            let option = if goal == Goal::List { quote!(into_option) } else { quote!(as_option) };
            value = quote!(#value.#option());
        }
        let rest = steps.get(index + 1..).unwrap_or_default();
        if rest.is_empty() {
            let end = match goal {
                Goal::Slice if is_patch => quote!(.map(Vec::as_slice)),
                Goal::Number if is_patch => quote!(.copied()),
                Goal::Reference if is_patch => quote!(),
                Goal::Slice => quote!(.as_deref()),
                Goal::Reference => quote!(.as_ref()),
                Goal::List | Goal::Number => quote!(),
            };
            return (quote!(#value #end), true);
        }
        let borrow = (goal != Goal::List && !is_patch).then(|| quote!(.as_ref()));
        let (inner, optional) = chain(&quote!(#ident), rest, goal);
        let go_on = if optional { quote!(and_then) } else { quote!(map) };
        return (quote!(#value #borrow.#go_on(|#ident| #inner)), true);
    }
    let end = match goal {
        Goal::Slice => quote!(#value.as_slice()),
        Goal::Reference => quote!(&#value),
        Goal::List | Goal::Number => value,
    };
    (end, false)
}
