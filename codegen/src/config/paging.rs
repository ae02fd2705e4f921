//! `[paging]`: what the user says of how an operation's pages hang together.

use std::collections::BTreeMap;

use super::reader::{Table, list};
use super::values;
use crate::analyze::paging::Given;
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::source::Span;

/// A setting of `[paging]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paged {
    /// Where the operation is named.
    pub key: Span,
    /// How its pages hang together; `None` for an operation that has none.
    pub given: Option<Given>,
    /// Where each of its keys has its value.
    pub spans: BTreeMap<&'static str, Span>,
}

/// The keys of which an operation has exactly one.
const STYLES: &[&str] = &["page", "offset", "cursor", "next_url", "link"];

/// All keys, each with the styles that it goes with.
const KEYS: &[(&str, &[&str])] = &[
    ("page", &["page"]),
    ("offset", &["offset"]),
    ("cursor", &["cursor"]),
    ("next_url", &["next_url"]),
    ("link", &["link"]),
    ("first", &["page", "offset"]),
    ("next", &["cursor"]),
    ("next_header", &["cursor"]),
    ("id", &["cursor"]),
    ("items", STYLES),
    ("total", &["page", "offset"]),
    ("pages", &["page"]),
    ("end", &["page"]),
    ("more", STYLES),
    ("last", STYLES),
];

/// The settings, by what they call the operation.
pub(super) fn read(table: &Table<'_>, found: &mut Diagnostics) -> BTreeMap<String, Paged> {
    let keys: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
    let mut all = BTreeMap::new();
    for key in table.keys() {
        let off = Paged { key: key.span.clone(), given: None, spans: BTreeMap::new() };
        let paged = if table.is_boolean(&key.value) {
            let is_off = table.boolean(&key.value, found) == Some(false);
            if !is_off {
                refuse(&key.span, "`true` does not say how: give a table, or `false`".to_owned(), found);
            }
            is_off.then_some(off)
        } else {
            one(&table.table(&key.value, &keys, found), off, found)
        };
        all.extend(paged.map(|paged| (key.value, paged)));
    }
    all
}

fn one(table: &Table<'_>, mut paged: Paged, found: &mut Diagnostics) -> Option<Paged> {
    let before = found.iter().len();
    let present: Vec<&str> = STYLES.iter().copied().filter(|key| table.has(key)).collect();
    let [style] = present.as_slice() else {
        let message = format!("one of {} says how the next page is asked for", list(STYLES));
        refuse(&paged.key, message, found);
        return None;
    };
    for (key, _) in KEYS.iter().filter(|(key, styles)| table.has(key) && !styles.contains(style)) {
        refuse(&paged.key, format!("`{key}` says nothing beside `{style}`"), found);
    }
    for (a, b) in [("id", "next"), ("id", "next_header"), ("next", "next_header"), ("more", "last")] {
        if table.has(a) && table.has(b) {
            refuse(&paged.key, format!("`{a}` and `{b}` say the same: one of them is enough"), found);
        }
    }
    let mut text = |key: &'static str| {
        let set = table.text(key, found)?;
        paged.spans.insert(key, set.span);
        Some(set.value)
    };
    let mut given = Given {
        page: text("page"),
        offset: text("offset"),
        cursor: text("cursor"),
        next_url: text("next_url"),
        next: text("next"),
        next_header: text("next_header"),
        id: text("id"),
        items: text("items"),
        total: text("total"),
        pages: text("pages"),
        end: text("end"),
        more: text("more"),
        last: text("last"),
        ..Given::default()
    };
    if let Some(header) = given.next_header.as_ref().filter(|header| !values::is_header_name(header)) {
        let place = paged.spans.get("next_header").unwrap_or(&paged.key);
        refuse(place, format!("`{}` is not the name of a header", header.escape_debug()), found);
    }
    if table.boolean("link", found) == Some(false) {
        refuse(&paged.key, "`link` can only be `true`".to_owned(), found);
    }
    if let Some(first) = table.number("first", found) {
        given.first = u32::try_from(first.value).ok();
        if given.first.is_none() {
            refuse(&first.span, "`first` is a number from 0 to 4,294,967,295".to_owned(), found);
        }
    }
    paged.given = Some(given);
    (found.iter().len() == before).then_some(paged)
}

fn refuse(place: &Span, message: String, found: &mut Diagnostics) {
    found.push(Diagnostic::new(&diag::CONFIG_BAD_PAGING, message).at(place.clone()));
}
