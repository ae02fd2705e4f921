//! How an operation's pages hang together: `Api` → [`Paging`] of each operation whose parameters and answer show it.
//!
//! Where the description says by itself which member has the address of the next page (`x-ms-pageable`), that is it.
//! Else the styles are tried in this order; the first that fits is the operation's. Names are compared in lower case, letters
//! and digits alone, with the tables in `names`. Each needs an answer of JSON that has one list, or of several one that is known
//! by its name; addresses and `Link` are for `GET` alone.
//!
//! 1. A cursor: a place that takes a text or number, and a member or a header of the answer with what it takes.
//! 2. The address of the next page, in a member of the answer.
//! 3. The header `Link`, where the description has it among the answer's headers.
//! 4. The ID of the last item, where the answer says whether there is more.
//! 5. A page's number.
//! 6. The number of items before the page.
//!
//! A place is a query parameter of a `GET`, or of a `POST` a member of its body: at the root, or in what the body says of
//! pages. As a body may as well be about a page or an offset, it counts these only where it says how many items it asks for.
//! An offset that is described as an ID is none, and a text in the query counts if it is a number by default. A cursor that
//! answers have only where a flag asks for it (`usemarker`) isn't taken, nor is one beside an offset where answers say how many
//! items there are: many such services begin with an offset, and have cursors only for those who ask for the first page with
//! one. Cursors may also be in a header that a request can do without, or in the path.

mod find;
mod first;
mod given;
mod names;
mod takers;
#[cfg(test)]
mod tests;

pub use given::{Given, Wrong, given};

use std::collections::BTreeMap;

use self::find::{Kind, items, kind, member, placed, places, struct_at};
use self::names::{
    AFTER, AMBIGUOUS, CURSORS, Cursor, END, FROM_ONE, HREF, ID, LAST, LAST_PAGE, LINKS, MORE, NEXT, NEXT_PAGE,
    NEXT_URL, OFFSET, PAGE, PAGES, PREVIOUS, SIZE, TOTAL, USE, is_a_cursor, plain, plain_header,
};
use self::takers::Taker;
use super::walk::{Resolved, resolve};
use crate::ir::{Answer, AnswerHeader, Api, Member, Method, NextLink, Operation, Struct, TypeKind, TypeRef};
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
        /// What counts pages.
        page: Place,
        /// The number of the first page.
        first: u32,
    },
    /// By the number of items before it.
    Offset {
        /// What counts items.
        offset: Place,
        /// What it says for the first page.
        first: u32,
    },
    /// With what the page before says.
    Cursor {
        /// What takes it.
        cursor: Place,
        /// Where it is.
        next: Next,
    },
    /// At an address.
    Url {
        /// Where that is.
        next: Vec<String>,
    },
    /// At the address that the header `Link` has (RFC 8288).
    Link,
}

/// Where a request has what its page is asked for with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a query parameter.
    Query(String),
    /// In a member of the body, by its wire names from the body's root.
    Body(Vec<String>),
    /// In a header.
    Header(String),
    /// In an argument of the path.
    Path(String),
}

impl PagingStyle {
    /// Where requests have what their page is asked for with; `None` where that is an address.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Number { page: place, .. }
            | Self::Offset { offset: place, .. }
            | Self::Cursor { cursor: place, .. } => Some(place),
            Self::Url { .. } | Self::Link => None,
        }
    }
}

/// Where a page has what the next one is asked for with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// In a member of the answer.
    Member(Vec<String>),
    /// In a member of its last item.
    LastItem(Vec<String>),
    /// In a header.
    Header(String),
}

/// The paging of every operation that shows one.
pub(super) fn paging(api: &Api) -> BTreeMap<Pointer, Paging> {
    let found = api.operations.iter().filter_map(|operation| Some((operation.pointer.clone(), shown(api, operation)?)));
    found.collect()
}

/// The paging that an operation shows.
pub fn shown(api: &Api, operation: &Operation) -> Option<Paging> {
    if let (Some(NextLink::At { member, items }), Method::Get) = (&operation.next_link, &operation.method) {
        let said = |items| given(api, operation, &Given { next_url: Some(member.clone()), items, ..Given::default() });
        if let Ok(said) = said(Some(items.clone())).or_else(|_| said(None)) {
            return Some(said);
        }
    }
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
    /// What may take something that pages are asked for with.
    takers: Vec<Taker<'a>>,
    /// What else may take a cursor.
    cursor_takers: Vec<Taker<'a>>,
}

impl<'a> Site<'a> {
    /// `None` when the answer isn't JSON, or its list isn't the only one; `items` says which it is.
    fn of(api: &'a Api, operation: &'a Operation, items: Option<&[String]>) -> Option<Self> {
        let Answer::Json { ty: root, nullable: false, optional: false, .. } = &operation.success else { return None };
        let items = match items {
            Some(items) => items.to_vec(),
            None => self::items(api, operation, root)?,
        };
        let places = places(api, root, &items);
        let takers = match operation.method {
            Method::Get => takers::queries(api, operation),
            Method::Post | Method::Query => takers::members(api, operation),
            _ => Vec::new(),
        };
        let cursor_takers = match operation.method {
            Method::Get | Method::Post | Method::Query => takers::headers_and_paths(api, operation),
            _ => Vec::new(),
        };
        Some(Self { api, operation, root, items, places, takers, cursor_takers })
    }

    /// The first style that fits.
    fn style(&self) -> Option<PagingStyle> {
        let at_address = || {
            let links = || self.operation.has_links.then_some(PagingStyle::Link);
            let is_said = self.operation.next_link == Some(NextLink::Nowhere);
            if self.operation.method == Method::Get && !is_said { self.url().or_else(links) } else { None }
        };
        self.by_total()
            .or_else(|| self.cursor())
            .or_else(at_address)
            .or_else(|| self.last_item())
            .or_else(|| self.number())
            .or_else(|| self.offset())
    }

    /// An offset, where answers say how many items there are, goes before a cursor.
    fn by_total(&self) -> Option<PagingStyle> {
        let is_said = placed(self.api, &self.places, TOTAL, Kind::Number).is_some();
        let is_current = |taker: &&Taker<'_>| !taker.deprecated;
        self.taker(OFFSET, Taker::counts).filter(is_current).filter(|_| is_said && self.cursor().is_some())?;
        self.offset()
    }

    /// What takes a value of this kind, by the first of `names` that there is.
    fn taker(&self, names: &[&str], is: impl Fn(&Taker<'a>) -> bool) -> Option<&Taker<'a>> {
        names.iter().find_map(|name| self.takers.iter().find(|taker| is(taker) && taker.plain == *name))
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

    /// A cursor in a member goes before one in a header, and so it is with what takes it.
    fn cursor(&self) -> Option<PagingStyle> {
        let member = |known: &Cursor, wanted| placed(self.api, &self.places, known.members, wanted).map(Next::Member);
        let header = |known: &Cursor, wanted| self.next_header(known, wanted).map(Next::Header);
        // Only a header of the answer makes a cursor of what may be something else, such as a credential.
        let said = self.cursor_takers.iter().filter(|taker| is_a_cursor(&taker.plain));
        let takers = self.takers.iter().filter(|taker| !self.is_asked_for(taker));
        cursor_of(takers.clone(), member)
            .or_else(|| cursor_of(takers, header))
            .or_else(|| cursor_of(said, member))
            .or_else(|| cursor_of(self.cursor_takers.iter(), header))
            .or_else(|| self.same_header())
    }

    /// Whether answers have a cursor only where a flag asks for that: `usemarker` beside `marker`.
    fn is_asked_for(&self, cursor: &Taker<'_>) -> bool {
        let is_flag =
            |other: &&Taker<'_>| other.kind == Kind::Boolean && other.plain.strip_prefix(USE) == Some(&cursor.plain);
        self.takers.iter().find(is_flag).is_some()
    }

    /// The header of the answer with what the next page is asked for with. What doesn't say so by its name may be what this
    /// page was asked for with.
    fn next_header(&self, known: &Cursor, wanted: Kind) -> Option<String> {
        let says_next = |name: &&&str| ["next", "end", "continuation"].iter().any(|word| name.starts_with(word));
        let mut names = known.members.iter().filter(says_next);
        let header = |name: &&str| {
            let is = |header: &&AnswerHeader| {
                plain_header(&header.wire) == *name && kind(self.api, &header.ty) == Some(wanted)
            };
            self.operation.headers.iter().find(is)
        };
        names.find_map(header).map(|header| header.wire.clone())
    }

    /// A header that answers have and requests take.
    fn same_header(&self) -> Option<PagingStyle> {
        let takers = self.cursor_takers.iter().filter(|taker| is_a_cursor(&taker.plain) && taker.kind == Kind::Text);
        let mut same = takers.filter_map(|taker| {
            let Place::Header(name) = &taker.place else { return None };
            let header = self.operation.headers.iter().find(|header| header.wire.eq_ignore_ascii_case(name))?;
            (kind(self.api, &header.ty) == Some(Kind::Text))
                .then(|| PagingStyle::Cursor { cursor: taker.place.clone(), next: Next::Header(header.wire.clone()) })
        });
        same.next()
    }

    /// Where the address of the next page is: under a name that says so; under `next` where its format is `uri` or the first
    /// words about it say so, it stands among links, or another address is beside it; under `href` in such a link.
    fn url(&self) -> Option<PagingStyle> {
        if let Some(next) = placed(self.api, &self.places, NEXT_URL, Kind::Text) {
            return Some(PagingStyle::Url { next });
        }
        let next = self.places.iter().find_map(|(path, holder)| {
            let among_links = path.last().is_some_and(|name| LINKS.contains(&plain(name).as_str()));
            let is_beside = member(holder, PREVIOUS, |_| true).is_some();
            let is_text = |member: &Member| kind(self.api, &member.ty) == Some(Kind::Text);
            let says_so = |member: &Member| is_text(member) && (is_uri(member) || is_said_to_be_one(member));
            let found = member(holder, NEXT, |next| says_so(next) || is_text(next) && (among_links || is_beside))
                .or_else(|| member(holder, NEXT_PAGE, says_so));
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
        let after = self.taker(AFTER, |after| after.kind == Kind::Text)?;
        let is_time = after.notes.format.as_deref().is_some_and(|format| format.starts_with("date"));
        if is_time || placed(self.api, &self.places, MORE, Kind::Boolean).is_none() {
            return None;
        }
        let item = find::item_at(self.api, self.root, &self.items)?;
        let Some(Resolved::Type(TypeKind::Struct(item))) = resolve(self.api, item) else { return None };
        let id = member(item, ID, |id| kind(self.api, &id.ty) == Some(Kind::Text))?;
        let next = Next::LastItem(vec![id.wire.clone()]);
        Some(PagingStyle::Cursor { cursor: after.place.clone(), next })
    }

    fn number(&self) -> Option<PagingStyle> {
        let page = self.taker(PAGE, Taker::counts)?;
        if matches!(page.place, Place::Body(_)) && !self.is_sized(page) {
            return None;
        }
        let first = first::said_with(page.notes, &self.takers).or_else(|| first::of_others(self.api, &page.place));
        let first = first.unwrap_or(1);
        Some(PagingStyle::Number { page: page.place.clone(), first })
    }

    fn offset(&self) -> Option<PagingStyle> {
        let offset = self.taker(OFFSET, Taker::counts).filter(|offset| !offset.is_id())?;
        let is_one = match offset.place {
            Place::Body(_) => self.is_sized(offset),
            Place::Query(_) | Place::Header(_) | Place::Path(_) => self.counts(offset),
        };
        let usual = u32::from(offset.plain == FROM_ONE);
        let first = first::said(offset.notes).unwrap_or(usual);
        is_one.then(|| PagingStyle::Offset { offset: offset.place.clone(), first })
    }

    /// Whether an offset is one for certain. What is called so, where nothing is said of how many items there are or are asked
    /// for, may as well be a number of items, or a distance.
    fn counts(&self, offset: &Taker<'_>) -> bool {
        let says = |names: &[&str], kind| placed(self.api, &self.places, names, kind).is_some();
        offset.plain != AMBIGUOUS
            || first::said(offset.notes).is_some()
            || self.takers.iter().any(|other| other.place != offset.place && other.kind == Kind::Number)
            || says(TOTAL, Kind::Number)
            || says(MORE, Kind::Boolean)
            || says(LAST, Kind::Boolean)
    }

    /// Whether the request says how many items it asks for, beside `taker`.
    fn is_sized(&self, taker: &Taker<'_>) -> bool {
        let is_size = |other: &Taker<'_>| other.kind == Kind::Number && SIZE.contains(&other.plain.as_str());
        self.takers.iter().any(|other| other.is_beside(taker) && is_size(other))
    }
}

/// The first of the known cursors that one of `takers` takes and `next` finds.
fn cursor_of<'a>(
    takers: impl Iterator<Item = &'a Taker<'a>> + Clone,
    next: impl Fn(&Cursor, Kind) -> Option<Next>,
) -> Option<PagingStyle> {
    CURSORS.iter().find_map(|known| {
        let fits = |wanted| {
            let taker = takers.clone().find(|taker| taker.kind == wanted && taker.plain == known.parameter)?;
            Some(PagingStyle::Cursor { cursor: taker.place.clone(), next: next(known, wanted)? })
        };
        let text = if known.text == Some(false) { None } else { fits(Kind::Text) };
        text.or_else(|| if known.text == Some(true) { None } else { fits(Kind::Number) })
    })
}

fn is_uri(member: &Member) -> bool {
    matches!(member.notes.format.as_deref(), Some("uri" | "url" | "uri-reference"))
}

/// Whether the first sentence about a member speaks of an address, and of nothing that an address is made with.
fn is_said_to_be_one(member: &Member) -> bool {
    let said = member.docs.description.as_deref().unwrap_or_default();
    let sentence = said.split(['.', '\n']).next().unwrap_or_default();
    let words = sentence.split(|character: char| !character.is_alphanumeric());
    let has = |listed: &[&str]| words.clone().any(|word| listed.iter().any(|one| word.eq_ignore_ascii_case(one)));
    has(&["url", "uri", "link"]) && !has(&["cursor", "token", "id", "key", "offset", "number"])
}
