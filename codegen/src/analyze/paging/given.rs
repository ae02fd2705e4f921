//! Paging as the configuration gives it: names and paths with dots → [`Paging`], each looked up in the operation.

use super::find::{Kind, item_at, kind, struct_at, type_at};
use super::takers::is_plain;
use super::{Next, Paging, PagingStyle, Place, Site};
use crate::ir::{Api, Location, Operation, Parameter, Payload, TypeRef};

/// What the configuration says of an operation's paging, by the keys that it has there. One of the first four says how the
/// next page is asked for; without them, it is the header `Link`. What the first three name is a parameter of the query, or
/// else of a header or the path, or else a member of the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// What counts pages.
    pub page: Option<String>,
    /// What counts items.
    pub offset: Option<String>,
    /// What takes a cursor.
    pub cursor: Option<String>,
    /// The member of the answer with the address of the next page.
    pub next_url: Option<String>,
    /// What `page` and `offset` are for the first page.
    pub first: Option<u32>,
    /// The member of the answer that `cursor` takes.
    pub next: Option<String>,
    /// The header of the answer that `cursor` takes, whether the description has it or not.
    pub next_header: Option<String>,
    /// The member of the last item that `cursor` takes.
    pub id: Option<String>,
    /// The list; empty for one at the root.
    pub items: Option<String>,
    /// The number of all items.
    pub total: Option<String>,
    /// The number of all pages.
    pub pages: Option<String>,
    /// The number of the page's last item.
    pub end: Option<String>,
    /// Whether there is a next page.
    pub more: Option<String>,
    /// Whether this is the last page.
    pub last: Option<String>,
}

/// What is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The key that it is about; empty for the whole.
    pub key: &'static str,
    /// What is wrong.
    pub message: String,
}

impl Wrong {
    fn new(key: &'static str, message: impl Into<String>) -> Self {
        Self { key, message: message.into() }
    }
}

/// The paging of an operation as it is given; what is left out is found as it is for all.
pub fn given(api: &Api, operation: &Operation, given: &Given) -> Result<Paging, Wrong> {
    let untyped = || Wrong::new("", "the operation does not answer with JSON that has one schema");
    let found = Site::of(api, operation, None);
    let site = match &given.items {
        Some(path) => {
            let root = Site::of(api, operation, Some(&[])).ok_or_else(untyped)?.root;
            let items = member(api, root, "items", path)?;
            if item_at(api, root, &items).is_none() {
                return Err(Wrong::new("items", format!("`{path}` is not a list")));
            }
            Site::of(api, operation, Some(&items)).ok_or_else(untyped)?
        }
        None if Site::of(api, operation, Some(&[])).is_none() => return Err(untyped()),
        None => {
            found.ok_or_else(|| Wrong::new("", "the answer has no list, or more than one: name it with `items`"))?
        }
    };
    let paging = site.paging(style(&site, given)?);
    let at = |key, path: &Option<String>, wanted, found| match path {
        Some(path) => value(&site, key, path, &[wanted]).map(Some),
        None => Ok(found),
    };
    // What is set goes before what was found.
    let (found_more, found_last) = match (&given.more, &given.last) {
        (None, None) => (paging.more, paging.last),
        _ => (None, None),
    };
    Ok(Paging {
        total: at("total", &given.total, Kind::Number, paging.total)?,
        pages: at("pages", &given.pages, Kind::Number, paging.pages)?,
        end: at("end", &given.end, Kind::Number, paging.end)?,
        more: at("more", &given.more, Kind::Boolean, found_more)?,
        last: at("last", &given.last, Kind::Boolean, found_last)?,
        ..paging
    })
}

fn style(site: &Site<'_>, given: &Given) -> Result<PagingStyle, Wrong> {
    const SCALAR: &[Kind] = &[Kind::Text, Kind::Number];
    let next = || match &given.next {
        Some(path) => value(site, "next", path, SCALAR),
        None => Err(Wrong::new("", "`next`, `next_header` or `id` must say where the answer has the cursor")),
    };
    let first = |usual| given.first.unwrap_or(usual);
    if let Some(page) = &given.page {
        Ok(PagingStyle::Number { page: place(site, "page", page, Kind::Number)?, first: first(1) })
    } else if let Some(offset) = &given.offset {
        Ok(PagingStyle::Offset { offset: place(site, "offset", offset, Kind::Number)?, first: first(0) })
    } else if let Some(cursor) = &given.cursor {
        let (next, taken) = match (&given.id, &given.next_header) {
            (None, Some(header)) => (Next::Header(header.clone()), None),
            (Some(id), _) => {
                let id = of_item(site, id, SCALAR)?;
                let item = item_at(site.api, site.root, &site.items);
                let taken = item.and_then(|item| type_at(site.api, item, &id));
                (Next::LastItem(id), taken)
            }
            (None, None) => {
                let next = next()?;
                let taken = type_at(site.api, site.root, &next);
                (Next::Member(next), taken)
            }
        };
        let taken = taken.and_then(|ty| kind(site.api, ty)).unwrap_or(Kind::Text);
        Ok(PagingStyle::Cursor { cursor: place(site, "cursor", cursor, taken)?, next })
    } else if let Some(path) = &given.next_url {
        Ok(PagingStyle::Url { next: value(site, "next_url", path, &[Kind::Text])? })
    } else {
        Ok(PagingStyle::Link)
    }
}

/// A parameter, by its wire name, or else a member of the body, by its path, that takes what is put there.
fn place(site: &Site<'_>, key: &'static str, name: &str, taken: Kind) -> Result<Place, Wrong> {
    if let Some(parameter) = parameter(site.operation, name) {
        let wrong = |why: &str| Err(Wrong::new(key, format!("the parameter `{name}` {why}")));
        if !kind(site.api, &parameter.ty).is_some_and(|kind| kind != Kind::Boolean) {
            return wrong("takes neither a text nor a number");
        }
        let wire = parameter.wire.clone();
        return match parameter.location {
            Location::Header => Ok(Place::Header(wire)),
            Location::Path if !is_plain(parameter) => wrong("of the path is not of the style `simple`"),
            Location::Path => Ok(Place::Path(wire)),
            Location::Query | Location::Cookie => Ok(Place::Query(wire)),
        };
    }
    let Some(Payload::Json { ty, .. }) = site.operation.body.as_ref().map(|body| &body.payload) else {
        return Err(Wrong::new(key, format!("the operation has no parameter `{name}`")));
    };
    let Ok(wires) = member(site.api, ty, key, name) else {
        let message = format!("the operation has neither a parameter nor a member of the body `{name}`");
        return Err(Wrong::new(key, message));
    };
    // JSON tells texts and numbers apart.
    let wrong = || Wrong::new(key, format!("the member `{name}` of the body is not {}", taken.words()));
    let is_one = type_at(site.api, ty, &wires).and_then(|ty| kind(site.api, ty)) == Some(taken);
    is_one.then_some(Place::Body(wires)).ok_or_else(wrong)
}

/// The parameter of this name: of the query, else a header, else of the path.
fn parameter<'a>(operation: &'a Operation, name: &str) -> Option<&'a Parameter> {
    [Location::Query, Location::Header, Location::Path].into_iter().find_map(|location| {
        let is = |wire: &str| match location {
            Location::Header => wire.eq_ignore_ascii_case(name),
            _ => wire == name,
        };
        operation.parameters.iter().find(|one| one.location == location && is(&one.wire))
    })
}

/// A value of the answer, of one of these kinds.
fn value(site: &Site<'_>, key: &'static str, path: &str, wanted: &[Kind]) -> Result<Vec<String>, Wrong> {
    let wires = member(site.api, site.root, key, path)?;
    fits(site.api, site.root, &wires, wanted).then_some(wires).ok_or_else(|| unfit(key, path, wanted))
}

/// A value of the items.
fn of_item(site: &Site<'_>, path: &str, wanted: &[Kind]) -> Result<Vec<String>, Wrong> {
    let item = item_at(site.api, site.root, &site.items);
    let item = item.ok_or_else(|| Wrong::new("id", "the answer has no list"))?;
    let wires = member(site.api, item, "id", path)?;
    fits(site.api, item, &wires, wanted).then_some(wires).ok_or_else(|| unfit("id", path, wanted))
}

fn fits(api: &Api, root: &TypeRef, wires: &[String], wanted: &[Kind]) -> bool {
    let kind = type_at(api, root, wires).and_then(|ty| kind(api, ty));
    kind.is_some_and(|kind| wanted.contains(&kind))
}

fn unfit(key: &'static str, path: &str, wanted: &[Kind]) -> Wrong {
    let words = wanted.iter().map(|kind| kind.words());
    Wrong::new(key, format!("`{path}` is not {}", words.collect::<Vec<_>>().join(" or ")))
}

/// The wire names that `path` is made of: names with dots between them, which may have dots themselves. Empty for the root.
fn member(api: &Api, root: &TypeRef, key: &'static str, path: &str) -> Result<Vec<String>, Wrong> {
    let mut wires: Vec<String> = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let holder = struct_at(api, root, &wires);
        let members = holder.into_iter().flat_map(|holder| &holder.members);
        let fitting = members.filter_map(|member| {
            let after = rest.strip_prefix(member.wire.as_str())?;
            (after.is_empty() || after.starts_with('.')).then_some((&member.wire, after))
        });
        let Some((wire, after)) = fitting.max_by_key(|(wire, _)| wire.len()) else {
            return Err(Wrong::new(key, format!("there is no member `{path}`")));
        };
        wires.push(wire.clone());
        rest = after.strip_prefix('.').unwrap_or_default();
    }
    Ok(wires)
}
