//! The names that paging goes by, the more telling first: in lower case, letters and digits alone.

/// What counts pages.
pub(super) static PAGE: &[&str] = &["page", "pageno", "pagenumber", "pagenum", "pageindex", "currentpage"];

/// What counts the items before a page.
pub(super) static OFFSET: &[&str] = &["offset", "pageoffset", "skip", "startindex", "startat"];

/// The one of [`OFFSET`] that may be something else.
pub(super) const AMBIGUOUS: &str = "offset";

/// The one of [`OFFSET`] that counts from 1 (SCIM: RFC 7644, section 3.4.2.4).
pub(super) const FROM_ONE: &str = "startindex";

/// A parameter that takes a cursor.
pub(super) struct Cursor {
    pub(super) parameter: &'static str,
    /// Whether both it and the members are texts; for `None`, they may be numbers just as well.
    pub(super) text: Option<bool>,
    /// The members of an answer that hold what it takes.
    pub(super) members: &'static [&'static str],
}

const fn either(parameter: &'static str, members: &'static [&'static str]) -> Cursor {
    Cursor { parameter, text: None, members }
}

const fn text(parameter: &'static str, members: &'static [&'static str]) -> Cursor {
    Cursor { parameter, text: Some(true), members }
}

const fn number(parameter: &'static str, members: &'static [&'static str]) -> Cursor {
    Cursor { parameter, text: Some(false), members }
}

/// Parameters that take a cursor. A number called `page` or `offset` is none: it counts; and a text called `next` beside
/// `from` or `until` may be an address.
pub(super) static CURSORS: &[Cursor] = &[
    either("cursor", &["nextcursor", "cursor", "endcursor"]),
    either("pagecursor", &["nextcursor", "nextpagecursor", "endcursor"]),
    either("nextcursor", &["nextcursor"]),
    either("startcursor", &["nextcursor", "endcursor"]),
    either("pagetoken", &["nextpagetoken", "nexttoken", "pagetoken"]),
    either("nextpagetoken", &["nextpagetoken"]),
    either("nexttoken", &["nexttoken"]),
    either("paginationtoken", &["nextpaginationtoken", "nexttoken", "nextpagetoken", "paginationtoken"]),
    either("continuationtoken", &["continuationtoken", "nextcontinuationtoken", "nexttoken"]),
    either("continuation", &["continuation"]),
    either("continue", &["continue"]),
    either("token", &["nexttoken", "nextpagetoken"]),
    either("iterator", &["iterator"]),
    either("marker", &["nextmarker", "marker"]),
    either("after", &["after", "endcursor", "nextcursor", "lastid"]),
    either("pageafter", &["after", "endcursor", "nextcursor"]),
    either("startingafter", &["startingafter", "lastid"]),
    either("next", &["next"]),
    number("from", &["next"]),
    number("until", &["next"]),
    text("page", &["nextpage"]),
    text("offset", &["nextoffset", "offset"]),
];

/// Parameters that take the ID of the last item of the page before.
pub(super) static AFTER: &[&str] = &["startingafter", "after", "afterid", "startafter", "lastid"];

/// Members with the ID of an item.
pub(super) static ID: &[&str] = &["id"];

/// Members with the address of the next page, whatever stands around them.
pub(super) static NEXT_URL: &[&str] =
    &["nextlink", "nexturl", "nextpageurl", "nextpagelink", "nextpageuri", "nexthref", "odatanextlink"];

/// Members with the address of the next page where it is told by what stands around them.
pub(super) static NEXT: &[&str] = &["next"];

/// The same, where it is said to be an address: it may as well be a number or a token.
pub(super) static NEXT_PAGE: &[&str] = &["nextpage"];

/// Members beside [`NEXT`] that show that it is an address.
pub(super) static PREVIOUS: &[&str] = &["previous", "prev"];

/// What a member with links to other pages is called.
pub(super) static LINKS: &[&str] = &["links"];

/// The address in a link that is an object.
pub(super) static HREF: &[&str] = &["href"];

/// Members that hold what an answer is about.
pub(super) static DATA: &[&str] = &["body", "content", "data", "payload", "response", "result", "results"];

/// Members that hold what is said about the pages.
pub(super) static ENVELOPE: &[&str] = &[
    "paging",
    "pagination",
    "pageinfo",
    "pageinformation",
    "resultinfo",
    "responsemetadata",
    "meta",
    "metadata",
    "page",
    "pages",
    "nextpage",
    "next",
    "cursor",
    "cursors",
    "links",
];

/// Members of a body that hold how it asks, beside those of [`ENVELOPE`].
pub(super) static OPTIONS: &[&str] = &["options"];

/// Members of a body that say how many items it asks for.
pub(super) static SIZE: &[&str] = &[
    "limit",
    "pagesize",
    "perpage",
    "pagelimit",
    "size",
    "count",
    "maxresults",
    "rows",
    "take",
    "top",
    "itemsperpage",
];

/// Members with the number of all items.
pub(super) static TOTAL: &[&str] = &[
    "totalcount",
    "total",
    "totalitems",
    "totalresults",
    "totalrecords",
    "totalelements",
    "totalentries",
    "totalsize",
];

/// Members with the number of all pages. (`pageCount` is none: to some it is the number of a page's items.)
pub(super) static PAGES: &[&str] =
    &["totalpages", "pagestotal", "numpages", "numberofpages", "totalpage", "totalnumberofpages", "pages"];

/// Members with the number of the last page.
pub(super) static LAST_PAGE: &[&str] = &["lastpage", "maxpage"];

/// Members with the number of the page's last item.
pub(super) static END: &[&str] = &["endoffset", "end", "endindex", "lastitem"];

/// Members that say whether there is a next page.
pub(super) static MORE: &[&str] = &["hasmore", "more", "hasnext", "hasnextpage", "hasmoreitems"];

/// Members that say whether this is the last page.
pub(super) static LAST: &[&str] = &["done", "islast", "islastpage", "lastpage", "last"];

/// Lists that stand in many answers beside the items.
pub(super) static NOT_ITEMS: &[&str] =
    &["errors", "errormessages", MESSAGES, "warnings", "warningmessages", "notices", "links", "schemas"];

/// The one of [`NOT_ITEMS`] that is as often what an answer is about.
pub(super) const MESSAGES: &str = "messages";

/// Lists that are what an answer is about, whatever other lists are beside them.
pub(super) static ITEMS: &[&str] = &["data", "items", "entries", "records", "results"];

/// What a flag begins with that asks for a cursor, before the cursor's own name.
pub(super) const USE: &str = "use";

/// Whether a name says that it is a cursor, whatever else there is.
pub(super) fn is_a_cursor(plain: &str) -> bool {
    ["cursor", "continuation", "pagetoken", "nexttoken", "paginationtoken"].iter().any(|word| plain.contains(word))
}

/// The name of a header as these tables have it: without the `X-` that many begin with.
pub(super) fn plain_header(name: &str) -> String {
    let rest = name.split_once('-').filter(|(first, _)| first.eq_ignore_ascii_case("x")).map(|(_, rest)| rest);
    plain(rest.unwrap_or(name))
}

/// A name as these tables have it.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
