//! How an operation's pages hang together: `Api` → [`Paging`] of each operation whose parameters and answer show it.
//!
//! A style of paging is a row in a table of names: the query parameters it is steered by, and the members of the answer
//! that say how far it goes. Names are compared in lower case without `_` and `-`. There is one style so far, by the number
//! of the page; others are further rows with parameters and members of their own.

use std::collections::BTreeMap;

use super::Paging;
use super::walk::{Resolved, resolve};
use crate::ir::{Answer, Api, JsonKind, Location, Method, Operation, Parameter, Struct, TypeKind, TypeRef};
use crate::pointer::Pointer;

/// The names that a style of paging goes by, the more telling first.
struct Style {
    /// Query parameters that say which page.
    page: &'static [&'static str],
    /// Query parameters that say how many items a page has.
    size: &'static [&'static str],
    /// Members that hold what is said about the pages.
    envelope: &'static [&'static str],
    /// Members with the number of all items.
    total: &'static [&'static str],
    /// Members with the number of the page's last item.
    end: &'static [&'static str],
}

static BY_NUMBER: Style = Style {
    page: &["page", "pageno", "pagenumber", "pagenum", "pageindex", "currentpage"],
    size: &["perpage", "pagesize", "pagelimit", "itemsperpage", "resultsperpage", "limit", "size", "count"],
    envelope: &["paging", "pagination", "pageinfo", "pageinformation", "resultinfo", "meta", "metadata", "page"],
    total: &["totalcount", "total", "totalitems", "totalresults", "totalrecords", "totalelements"],
    end: &["endoffset", "end", "endindex", "lastitem"],
};

/// Lists that stand in many answers beside the items.
static NOT_ITEMS: &[&str] = &["errors", "messages", "warnings", "notices", "links"];

/// The paging of every operation that has one.
pub(super) fn paging(api: &Api) -> BTreeMap<Pointer, Paging> {
    let found = api.operations.iter().filter_map(|operation| {
        let paging = by_number(api, operation, &BY_NUMBER)?;
        Some((operation.pointer.clone(), paging))
    });
    found.collect()
}

fn by_number(api: &Api, operation: &Operation, style: &Style) -> Option<Paging> {
    let Answer::Json { ty, nullable: false, optional: false, .. } = &operation.success else { return None };
    if operation.method != Method::Get {
        return None;
    }
    let page = parameter(api, operation, style.page)?;
    let size = parameter(api, operation, style.size);
    let items = items(api, ty)?;
    let members = |names: &[&str]| placed(api, ty, &items, style.envelope, names);
    Some(Paging {
        page: page.wire.clone(),
        size: size.map(|size| size.wire.clone()),
        first: first(page),
        total: members(style.total),
        end: members(style.end),
        items,
    })
}

/// The numeric query parameter with the first of `names` that there is.
fn parameter<'a>(api: &Api, operation: &'a Operation, names: &[&str]) -> Option<&'a Parameter> {
    let queries = operation.parameters.iter().filter(|parameter| parameter.location == Location::Query);
    let mut numeric = queries.filter(|parameter| is_number(api, &parameter.ty)).collect::<Vec<_>>();
    numeric.sort_by(|a, b| a.wire.cmp(&b.wire));
    names.iter().find_map(|name| numeric.iter().find(|parameter| plain(&parameter.wire) == *name)).copied()
}

/// Pages count from 1, unless the description lets them begin at 0: by its default, or by its least value without one.
fn first(page: &Parameter) -> u32 {
    let start = page.notes.default.as_ref().or(page.notes.minimum.as_ref());
    let from_zero = start.and_then(|start| start.parse::<f64>().ok()).is_some_and(|start| start == 0.0);
    u32::from(!from_zero)
}

/// Where the one list is that an answer holds at its root or in a struct at its root; `None` when there is none or more
/// than one.
fn items(api: &Api, root: &TypeRef) -> Option<Vec<String>> {
    let root = match resolve(api, root)? {
        Resolved::Plain(TypeRef::List(_)) => return Some(Vec::new()),
        Resolved::Type(TypeKind::Struct(root)) => root,
        _ => return None,
    };
    let mut lists = Vec::new();
    for member in &root.members {
        match resolve(api, &member.ty) {
            Some(Resolved::Plain(TypeRef::List(_))) => lists.push(vec![&member.wire]),
            Some(Resolved::Type(TypeKind::Struct(inner))) => {
                let inner = inner.members.iter().filter(|inner| is_list(api, &inner.ty));
                lists.extend(inner.map(|inner| vec![&member.wire, &inner.wire]));
            }
            _ => {}
        }
    }
    lists.retain(|path| path.last().is_some_and(|name| !NOT_ITEMS.contains(&plain(name).as_str())));
    match lists.as_slice() {
        [only] => Some(only.iter().map(|&wire| wire.clone()).collect()),
        _ => None,
    }
}

/// Where a number with one of `names` is: in an envelope at the root or beside the items, else in these places themselves.
fn placed(api: &Api, root: &TypeRef, items: &[String], envelope: &[&str], names: &[&str]) -> Option<Vec<String>> {
    let beside = items.split_last().map_or(items, |(_, above)| above);
    let homes: Vec<&[String]> = if beside.is_empty() { vec![&[]] } else { vec![&[], beside] };
    let enveloped = homes.iter().find_map(|home| {
        let holder = struct_at(api, root, home)?;
        let mut inside = envelope.iter().filter_map(|name| {
            let member = holder.members.iter().find(|member| plain(&member.wire) == *name)?;
            let path = [home, std::slice::from_ref(&member.wire)].concat();
            number_in(api, root, path, names)
        });
        inside.next()
    });
    enveloped.or_else(|| homes.iter().find_map(|home| number_in(api, root, home.to_vec(), names)))
}

/// The path of the first number with one of `names` in the struct at `path`.
fn number_in(api: &Api, root: &TypeRef, path: Vec<String>, names: &[&str]) -> Option<Vec<String>> {
    let holder = struct_at(api, root, &path)?;
    let numbers = || holder.members.iter().filter(|member| is_number(api, &member.ty));
    let found = names.iter().find_map(|name| numbers().find(|member| plain(&member.wire) == *name))?;
    Some([path.as_slice(), std::slice::from_ref(&found.wire)].concat())
}

fn struct_at<'a>(api: &'a Api, root: &'a TypeRef, path: &[String]) -> Option<&'a Struct> {
    let mut ty = root;
    for wire in path {
        let Some(Resolved::Type(TypeKind::Struct(object))) = resolve(api, ty) else { return None };
        ty = &object.members.iter().find(|member| member.wire == *wire)?.ty;
    }
    match resolve(api, ty) {
        Some(Resolved::Type(TypeKind::Struct(object))) => Some(object),
        _ => None,
    }
}

fn is_list(api: &Api, ty: &TypeRef) -> bool {
    matches!(resolve(api, ty), Some(Resolved::Plain(TypeRef::List(_))))
}

fn is_number(api: &Api, ty: &TypeRef) -> bool {
    let Some(Resolved::Plain(TypeRef::Primitive(primitive))) = resolve(api, ty) else { return false };
    matches!(primitive.kind(), JsonKind::Integer | JsonKind::Number)
}

/// A name in lower case without `_` and `-`.
fn plain(name: &str) -> String {
    name.chars().filter(|character| !matches!(character, '_' | '-')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::analyze;
    use crate::ir::testing::*;
    use crate::ir::{Api, Notes, TypeRef};

    fn paged(api: &Api) -> String {
        let facts = analyze(api);
        let lines = facts.paging.values().map(|found| {
            let join = |path: &Option<Vec<String>>| path.as_ref().map_or("-".to_owned(), |path| path.join("."));
            let size = found.size.as_deref().unwrap_or("-");
            let items = found.items.join(".");
            let (total, end) = (join(&found.total), join(&found.end));
            format!("{} {size} from {}: [{items}] of {total}, to {end}", found.page, found.first)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn items_two_levels_down_and_an_envelope_at_the_root() {
        let id = component_id;
        let api = build()
            .component("Answer", object([member("data", named(&id("Data"))), member("paging", named(&id("Paging")))]))
            .component("Data", object([member("sessions", list_of(TypeRef::Any))]))
            .component("Paging", object([member("total_count", number()), member("end_offset", number())]))
            .operation(get("/a").query("page_no", number()).query("per_page", number()).answer(named(&id("Answer"))))
            .api();
        assert_eq!(paged(&api), "page_no per_page from 1: [data.sessions] of paging.total_count, to paging.end_offset");
    }

    #[test]
    fn the_usual_lists_of_messages_are_no_items() {
        let id = component_id;
        let any = || list_of(TypeRef::Any);
        let api = build()
            .component(
                "A",
                object([member("errors", any()), member("result", any()), member("result_info", named(&id("I")))]),
            )
            .component("I", object([member("count", number()), member("total", number())]))
            .operation(get("/a").query("pageNumber", number()).query("limit", number()).answer(named(&id("A"))))
            .api();
        assert_eq!(paged(&api), "pageNumber limit from 1: [result] of result_info.total, to -");
    }

    #[test]
    fn an_envelope_beside_the_items_and_totals_without_one() {
        let id = component_id;
        let api = build()
            .component("A", object([member("data", named(&id("D")))]))
            .component("D", object([member("list", list_of(string())), member("meta", named(&id("M")))]))
            .component("M", object([member("totalItems", number())]))
            .component(
                "Flat",
                object([member("list", list_of(string())), member("total", number()), member("end", string())]),
            )
            .operation(get("/a").query("page", number()).answer(named(&id("A"))))
            .operation(get("/b").query("page", number()).answer(named(&id("Flat"))))
            .api();
        assert_eq!(
            paged(&api),
            "page - from 1: [data.list] of data.meta.totalItems, to -\npage - from 1: [list] of total, to -"
        );
    }

    #[test]
    fn a_list_at_the_root_through_aliases() {
        let id = component_id;
        let api = build()
            .component("A", alias(named(&id("B"))))
            .component("B", alias(list_of(string())))
            .component("N", alias(number()))
            .operation(get("/a").query("page", named(&id("N"))).answer(named(&id("A"))))
            .api();
        assert_eq!(paged(&api), "page - from 1: [] of -, to -");
    }

    #[test]
    fn what_does_not_page() {
        let id = component_id;
        let list = || list_of(string());
        let api = build()
            .component("One", object([member("a", list())]))
            .component("Two", object([member("a", list()), member("b", list())]))
            .component("Loop", alias(named(&id("Loop"))))
            .operation(get("/text").query("page", string()).answer(named(&id("One"))))
            .operation(get("/none").query("pages", number()).answer(named(&id("One"))))
            .operation(get("/two").query("page", number()).answer(named(&id("Two"))))
            .operation(get("/loop").query("page", number()).answer(named(&id("Loop"))))
            .operation(get("/empty").query("page", number()))
            .operation(post("/post").query("page", number()).answer(named(&id("One"))))
            .api();
        assert_eq!(paged(&api), "");
    }

    #[test]
    fn pages_that_count_from_zero_say_so() {
        let first = |minimum: Option<&str>, default: Option<&str>| {
            let text = |text: Option<&str>| text.map(str::to_owned);
            let notes = Notes { minimum: text(minimum), default: text(default), ..Notes::default() };
            let parameter = get("/a").noted_parameter(crate::ir::Location::Query, "page", number(), notes);
            let api = build().operation(parameter.answer(list_of(string()))).api();
            analyze(&api).paging.values().map(|found| found.first).next()
        };
        assert_eq!(first(None, None), Some(1));
        assert_eq!(first(Some("0"), None), Some(0));
        assert_eq!(first(Some("0"), Some("1")), Some(1));
        assert_eq!(first(None, Some("0")), Some(0));
    }
}
