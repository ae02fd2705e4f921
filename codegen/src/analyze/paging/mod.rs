//! How an operation's pages hang together: `Api` → [`Paging`] of each operation whose parameters and answer show it.
//!
//! The styles are tried in this order; the first that fits is the operation's. Names are compared in lower case, letters
//! and digits alone, with the tables in `names`. Each needs an answer of JSON that has one list; all but the second are
//! for `GET`.
//!
//! 1. A cursor: a query parameter that takes a text or number, and a member of the answer with what it takes.
//! 2. The same with a member of the body, for `POST`.
//! 3. The address of the next page, in a member of the answer.
//! 4. The header `Link`, where the description has it among the answer's headers.
//! 5. The ID of the last item, in a query parameter, where the answer says whether there is more.
//! 6. A page's number, in a query parameter.
//! 7. The number of items before the page, in a query parameter.

mod find;
mod given;
mod names;
#[cfg(test)]
mod tests;

pub use given::{Given, Wrong, given};

use std::collections::BTreeMap;

use self::find::{Kind, items, kind, member, parameter, placed, places, struct_at};
use self::names::{
    AFTER, AMBIGUOUS, CURSORS, END, FROM_ONE, HREF, ID, LAST, LAST_PAGE, LINKS, MORE, NEXT, NEXT_URL, OFFSET, PAGE,
    PAGES, PREVIOUS, TOTAL, plain,
};
use super::walk::{Resolved, resolve};
use crate::ir::{Answer, Api, Member, Method, Operation, Parameter, Payload, Struct, TypeKind, TypeRef};
use crate::pointer::Pointer;

/// How pages hang together. Members are named by their wire names from the answer's root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// How the next page is asked for.
    pub style: PagingStyle,
    /// Where the items are, such as `data`, `sessions`.
    pub items: Vec<String>,
    /// Where the number of all items is.
    pub total: Option<Vec<String>>,
    /// Where the number of all pages is.
    pub pages: Option<Vec<String>>,
    /// Where the number of the page's last item is.
    pub end: Option<Vec<String>>,
    /// Where it is said whether there is a next page.
    pub more: Option<Vec<String>>,
    /// Where it is said whether this is the last page.
    pub last: Option<Vec<String>>,
}

/// How the next page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagingStyle {
    /// By its number.
    Number {
        /// The query parameter that counts pages.
        page: String,
        /// The number of the first page.
        first: u32,
    },
    /// By the number of items before it.
    Offset {
        /// The query parameter that counts items.
        offset: String,
        /// What it says for the first page.
        first: u32,
    },
    /// With what the page before says.
    Cursor {
        /// The query parameter that takes it.
        cursor: String,
        /// Where it is.
        next: Next,
    },
    /// The same, in a member of the body.
    Body {
        /// Where the body takes it.
        cursor: Vec<String>,
        /// Where it is.
        next: Vec<String>,
    },
    /// At an address.
    Url {
        /// Where that is.
        next: Vec<String>,
    },
    /// At the address that the header `Link` has (RFC 8288).
    Link,
}

/// Where a page has what the next one is asked for with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// In a member of the answer.
    Member(Vec<String>),
    /// In a member of its last item.
    LastItem(Vec<String>),
}

/// The paging of every operation that shows one.
pub(super) fn paging(api: &Api) -> BTreeMap<Pointer, Paging> {
    let found = api.operations.iter().filter_map(|operation| Some((operation.pointer.clone(), shown(api, operation)?)));
    found.collect()
}

/// The paging that an operation shows.
pub fn shown(api: &Api, operation: &Operation) -> Option<Paging> {
    let site = Site::of(api, operation, None)?;
    Some(site.paging(site.style()?))
}

/// An operation that may page.
struct Site<'a> {
    api: &'a Api,
    operation: &'a Operation,
    /// The answer.
    root: &'a TypeRef,
    items: Vec<String>,
    /// The structs that may say something about pages.
    places: Vec<(Vec<String>, &'a Struct)>,
}

impl<'a> Site<'a> {
    /// `None` when the answer isn't JSON, or its list isn't the only one; `items` says which it is.
    fn of(api: &'a Api, operation: &'a Operation, items: Option<&[String]>) -> Option<Self> {
        let Answer::Json { ty: root, nullable: false, optional: false, .. } = &operation.success else { return None };
        let items = match items {
            Some(items) => items.to_vec(),
            None => self::items(api, root)?,
        };
        let places = places(api, root, &items);
        Some(Self { api, operation, root, items, places })
    }

    /// The first style that fits.
    fn style(&self) -> Option<PagingStyle> {
        match self.operation.method {
            Method::Get => self
                .cursor()
                .or_else(|| self.url())
                .or_else(|| self.operation.has_links.then_some(PagingStyle::Link))
                .or_else(|| self.last_item())
                .or_else(|| self.number())
                .or_else(|| self.offset()),
            Method::Post => self.body(),
            _ => None,
        }
    }

    /// `style` with what the answer says about its pages.
    fn paging(&self, style: PagingStyle) -> Paging {
        let number = |names: &[&str]| placed(self.api, &self.places, names, Kind::Number);
        let boolean = |names: &[&str]| placed(self.api, &self.places, names, Kind::Boolean);
        let counts = matches!(style, PagingStyle::Number { .. } | PagingStyle::Offset { .. });
        let total = if counts { number(TOTAL) } else { None };
        let (pages, end) = match style {
            PagingStyle::Number { first, .. } => {
                // The number of the last page is how many there are, if they are counted from 1.
                let last = || if first == 1 { number(LAST_PAGE) } else { None };
                (number(PAGES).or_else(last), number(END))
            }
            _ => (None, None),
        };
        let more = boolean(MORE);
        let last = if more.is_none() { boolean(LAST) } else { None };
        Paging { style, items: self.items.clone(), total, pages, end, more, last }
    }

    fn cursor(&self) -> Option<PagingStyle> {
        CURSORS.iter().find_map(|known| {
            let fits = |wanted| {
                let parameter = parameter(self.api, self.operation, &[known.parameter], wanted)?;
                let next = placed(self.api, &self.places, known.members, wanted)?;
                Some(PagingStyle::Cursor { cursor: parameter.wire.clone(), next: Next::Member(next) })
            };
            let text = if known.text == Some(false) { None } else { fits(Kind::Text) };
            text.or_else(|| if known.text == Some(true) { None } else { fits(Kind::Number) })
        })
    }

    fn body(&self) -> Option<PagingStyle> {
        let Payload::Json { ty, .. } = &self.operation.body.as_ref()?.payload else { return None };
        let body = struct_at(self.api, ty, &[])?;
        let texts = CURSORS.iter().filter(|known| known.text != Some(false));
        let mut found = texts.filter_map(|known| {
            let is_text = |member: &Member| kind(self.api, &member.ty) == Some(Kind::Text);
            let cursor = member(body, &[known.parameter], is_text)?;
            let next = placed(self.api, &self.places, known.members, Kind::Text)?;
            Some(PagingStyle::Body { cursor: vec![cursor.wire.clone()], next })
        });
        found.next()
    }

    /// Where the address of the next page is: under a name that says so; under `next` where its format is `uri`, it stands
    /// among links, or another address is beside it; under `href` in such a link.
    fn url(&self) -> Option<PagingStyle> {
        if let Some(next) = placed(self.api, &self.places, NEXT_URL, Kind::Text) {
            return Some(PagingStyle::Url { next });
        }
        let next = self.places.iter().find_map(|(path, holder)| {
            let among_links = path.last().is_some_and(|name| LINKS.contains(&plain(name).as_str()));
            let is_beside = member(holder, PREVIOUS, |_| true).is_some();
            let found = member(holder, NEXT, |member| {
                kind(self.api, &member.ty) == Some(Kind::Text) && (is_uri(member) || among_links || is_beside)
            });
            let to = |wires: &[&String]| path.iter().chain(wires.iter().copied()).cloned().collect::<Vec<_>>();
            if let Some(found) = found {
                return Some(to(&[&found.wire]));
            }
            if !among_links {
                return None;
            }
            let link = member(holder, NEXT, |_| true)?;
            let href =
                member(struct_at(self.api, &link.ty, &[])?, HREF, |href| kind(self.api, &href.ty) == Some(Kind::Text))?;
            Some(to(&[&link.wire, &href.wire]))
        });
        Some(PagingStyle::Url { next: next.or_else(|| self.next_anywhere())? })
    }

    /// Where a member `next` of the format `uri` is in a struct of any name.
    fn next_anywhere(&self) -> Option<Vec<String>> {
        let root = struct_at(self.api, self.root, &[])?;
        root.members.iter().find_map(|holder| {
            let next = member(struct_at(self.api, &holder.ty, &[])?, NEXT, is_uri)?;
            Some(vec![holder.wire.clone(), next.wire.clone()])
        })
    }

    fn last_item(&self) -> Option<PagingStyle> {
        let after = parameter(self.api, self.operation, AFTER, Kind::Text)?;
        let is_time = after.notes.format.as_deref().is_some_and(|format| format.starts_with("date"));
        if is_time || placed(self.api, &self.places, MORE, Kind::Boolean).is_none() {
            return None;
        }
        let item = find::item_at(self.api, self.root, &self.items)?;
        let Some(Resolved::Type(TypeKind::Struct(item))) = resolve(self.api, item) else { return None };
        let id = member(item, ID, |id| kind(self.api, &id.ty) == Some(Kind::Text))?;
        let next = Next::LastItem(vec![id.wire.clone()]);
        Some(PagingStyle::Cursor { cursor: after.wire.clone(), next })
    }

    fn number(&self) -> Option<PagingStyle> {
        let page = parameter(self.api, self.operation, PAGE, Kind::Number)?;
        let first = said_first(page).or_else(|| self.first_of_others(page)).unwrap_or(1);
        Some(PagingStyle::Number { page: page.wire.clone(), first })
    }

    /// What the first page is to all other operations that take pages by the same name and say so.
    fn first_of_others(&self, page: &Parameter) -> Option<u32> {
        let parameters = self.api.operations.iter().flat_map(|operation| &operation.parameters);
        let same = parameters.filter(|other| other.location == page.location && other.wire == page.wire);
        let mut firsts = same.filter_map(said_first);
        let first = firsts.next()?;
        firsts.all(|other| other == first).then_some(first)
    }

    fn offset(&self) -> Option<PagingStyle> {
        let offset = parameter(self.api, self.operation, OFFSET, Kind::Number)?;
        if !self.counts(offset) {
            return None;
        }
        let usual = u32::from(plain(&offset.wire) == FROM_ONE);
        let first = said_first(offset).unwrap_or(usual);
        Some(PagingStyle::Offset { offset: offset.wire.clone(), first })
    }

    /// Whether an offset is one for certain. What is called so, where nothing is said of how many items there are or are asked
    /// for, may as well be a number of items, or a distance.
    fn counts(&self, offset: &Parameter) -> bool {
        let is_number = |other: &&Parameter| kind(self.api, &other.ty) == Some(Kind::Number);
        let mut queries = self.operation.parameters.iter().filter(|other| other.location == offset.location);
        let says = |names: &[&str], kind| placed(self.api, &self.places, names, kind).is_some();
        plain(&offset.wire) != AMBIGUOUS
            || said_first(offset).is_some()
            || queries.any(|other| other.wire != offset.wire && is_number(&other))
            || says(TOTAL, Kind::Number)
            || says(MORE, Kind::Boolean)
            || says(LAST, Kind::Boolean)
    }
}

fn is_uri(member: &Member) -> bool {
    matches!(member.notes.format.as_deref(), Some("uri" | "url" | "uri-reference"))
}

/// What a parameter says for the first page: its default, or its least value without one, if that is 0 or 1.
fn said_first(parameter: &Parameter) -> Option<u32> {
    let start = parameter.notes.default.as_ref().or(parameter.notes.minimum.as_ref())?;
    match start.parse::<f64>() {
        Ok(0.0) => Some(0),
        Ok(1.0) => Some(1),
        _ => None,
    }
}
