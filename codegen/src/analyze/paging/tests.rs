//! How the pages of an operation are found in what it takes and answers.

mod lists;
mod places;

use super::super::analyze;
use super::{Given, Next, Paging, PagingStyle, Place, given};
use crate::ir::NextLink;
use crate::ir::testing::*;
use crate::ir::{
    Access, Answer, AnswerHeader, Api, Docs, Location, Member, Method, Notes, Parameter, Primitive, StyleKind, TypeRef,
};

fn shown(found: &Paging) -> String {
    let style = match &found.style {
        PagingStyle::Number { page, first } => format!("{} from {first}", place(page)),
        PagingStyle::Offset { offset, first } => format!("items by {} from {first}", place(offset)),
        PagingStyle::Cursor { cursor, next: Next::Member(next) } => {
            format!("{} takes {}", place(cursor), next.join("."))
        }
        PagingStyle::Cursor { cursor, next: Next::LastItem(next) } => {
            format!("{} takes [].{}", place(cursor), next.join("."))
        }
        PagingStyle::Cursor { cursor, next: Next::Header(next) } => format!("{} takes header {next}", place(cursor)),
        PagingStyle::Url { next } => format!("at {}", next.join(".")),
        PagingStyle::Link => "at Link".to_owned(),
    };
    let facts = [
        ("of", &found.total),
        ("pages", &found.pages),
        ("to", &found.end),
        ("more", &found.more),
        ("last", &found.last),
    ];
    let facts = facts.iter().filter_map(|(name, path)| Some(format!(", {name} {}", path.as_ref()?.join("."))));
    format!("{style}: [{}]{}", found.items.join("."), facts.collect::<String>())
}

fn place(place: &Place) -> String {
    match place {
        Place::Query(name) => name.clone(),
        Place::Body(path) => format!("body.{}", path.join(".")),
        Place::Header(name) => format!("header {name}"),
        Place::Path(name) => format!("path {name}"),
    }
}

fn paged(api: &Api) -> String {
    let facts = analyze(api);
    let lines: Vec<_> = facts.paging.values().map(shown).collect();
    lines.join(
        "
",
    )
}

#[test]
fn what_is_said_to_be_an_address_is_one() {
    let said = |words: &str| {
        let docs = Docs { description: Some(words.to_owned()), ..Docs::default() };
        let next = Member { docs, ..member("next", string()) };
        let answer = object([member("items", list_of(TypeRef::Any)), next]);
        paged(&build().component("A", answer).operation(get("/a").answer(named(&component_id("A")))).api())
    };
    assert_eq!(said("URL to the next page. Null if there is none."), "at next: [items]");
    assert_eq!(said("The next pet. No link."), "");
    assert_eq!(said("The token in the link to the next page."), "");
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
    assert_eq!(paged(&api), "page from 1: [data.list], of data.meta.totalItems\npage from 1: [list], of total");
}

#[test]
fn how_many_pages_there_are() {
    let paged = |parameter: TypeRef, notes: Notes, members: &[&str], offset: bool| {
        let members = members.iter().map(|name| member(name, number())).chain([member("list", list_of(string()))]);
        let api = build()
            .component("A", object(members.collect::<Vec<_>>()))
            .operation(
                get("/a")
                    .noted_parameter(Location::Query, if offset { "offset" } else { "page" }, parameter, notes)
                    .query("limit", number())
                    .answer(named(&component_id("A"))),
            )
            .api();
        paged(&api)
    };
    let from = |first: &str| Notes { default: Some(first.to_owned()), ..Notes::default() };
    assert_eq!(paged(number(), from("1"), &["total_pages"], false), "page from 1: [list], pages total_pages");
    assert_eq!(paged(number(), from("0"), &["totalPages"], false), "page from 0: [list], pages totalPages");
    assert_eq!(paged(number(), from("1"), &["last_page"], false), "page from 1: [list], pages last_page");
    // The number of the last page is one less than there are, and others count items.
    assert_eq!(paged(number(), from("0"), &["last_page", "page_count"], false), "page from 0: [list]");
    assert_eq!(paged(number(), from("0"), &["total_pages"], true), "items by offset from 0: [list]");
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
        analyze(&api).paging.values().find_map(|found| match found.style {
            PagingStyle::Number { first, .. } => Some(first),
            _ => None,
        })
    };
    assert_eq!(first(None, None), Some(1));
    assert_eq!(first(Some("0"), None), Some(0));
    assert_eq!(first(Some("0"), Some("1")), Some(1));
    assert_eq!(first(None, Some("0")), Some(0));
}

#[test]
fn a_least_page_of_zero_tells_nothing_where_sizes_have_it_too() {
    let first = |size: &str, least: &str, default: Option<&str>| {
        let noted = |name: &str, minimum: &str, default: Option<&str>| {
            let notes =
                Notes { minimum: Some(minimum.to_owned()), default: default.map(str::to_owned), ..Notes::default() };
            (name.to_owned(), notes)
        };
        let parameters = [noted("page", "0", default), noted(size, least, None)];
        let operation = parameters.into_iter().fold(get("/a"), |operation, (name, notes)| {
            operation.noted_parameter(crate::ir::Location::Query, &name, number(), notes)
        });
        let api = build().operation(operation.answer(list_of(string()))).api();
        analyze(&api).paging.values().find_map(|found| match found.style {
            PagingStyle::Number { first, .. } => Some(first),
            _ => None,
        })
    };
    assert_eq!(first("per_page", "0", None), Some(1));
    assert_eq!(first("per_page", "0", Some("0")), Some(0));
    assert_eq!(first("per_page", "1", None), Some(0));
    assert_eq!(first("owner", "0", None), Some(0));
}

/// An operation with a query parameter, and an answer with items `data` of `{id}` and these members.
fn listing(parameters: &[(&str, TypeRef)], members: Vec<Member>) -> Api {
    let id = component_id;
    let item = object([member("id", string())]);
    let data = member("data", list_of(named(&id("Item"))));
    let answer = object([data].into_iter().chain(members));
    let operation = parameters.iter().fold(get("/a"), |operation, (name, ty)| operation.query(name, ty.clone()));
    build()
        .component("Item", item)
        .component("Answer", answer)
        .component("Meta", object([member("next_cursor", string()), member("hasMore", boolean())]))
        .component("Outer", object([member("cursors", named(&id("Cursors")))]))
        .component("Cursors", object([member("after", string()), member("before", string())]))
        .component("Links", object([member("next", string()), member("prev", string())]))
        .component("Addresses", object([uri("next")]))
        .component("Next", object([member("next", string())]))
        .component("LinkNumbers", object([member("next", named(&id("LinkNumber")))]))
        .component("LinkNumber", object([member("href", number())]))
        .component("LinkObjects", object([member("next", named(&id("Link")))]))
        .component("Link", object([member("href", string())]))
        .operation(operation.answer(named(&id("Answer"))))
        .api()
}

fn boolean() -> TypeRef {
    TypeRef::Primitive(Primitive::Boolean)
}

fn uri(wire: &str) -> Member {
    Member { notes: Notes { format: Some("uri".to_owned()), ..Notes::default() }.into(), ..member(wire, string()) }
}

/// What is found of a `POST` whose body has these members, and these ones below `options`.
fn search(members: Vec<Member>, options: Vec<Member>) -> String {
    let options_id = component_id("Options");
    let members = members.into_iter().chain([member("options", named(&options_id))]);
    let api = build()
        .component("Search", object(members))
        .component("Options", object(options))
        .operation(post("/a").body(named(&component_id("Search"))).answer(list_of(string())))
        .api();
    paged(&api)
}

/// An operation that answers a list, with a member `next_token` beside it, and these headers.
fn listed(operation: BuildOperation, next: TypeRef, headers: &[&str]) -> Api {
    let answer = object([member("data", list_of(string())), member("next_token", next)]);
    let operation = operation.answer(named(&component_id("Answer")));
    let mut api = build().component("Answer", answer).operation(operation).api();
    let header = |wire: &&str| AnswerHeader {
        wire: wire.to_string(),
        ty: string(),
        docs: Docs::default(),
        notes: Notes::default().into(),
    };
    api.operations[0].headers = headers.iter().map(header).collect();
    api
}

#[test]
fn cursors_in_the_query() {
    let meta = |name: &str, ty: &str| vec![member(name, named(&component_id(ty)))];
    for (name, ty, members, found) in [
        ("cursor", string(), meta("response_metadata", "Meta"), "cursor takes response_metadata.next_cursor"),
        ("page[cursor]", string(), meta("meta", "Meta"), "page[cursor] takes meta.next_cursor"),
        ("after", string(), meta("paging", "Outer"), "after takes paging.cursors.after"),
        ("after", string(), meta("cursor", "Cursors"), "after takes cursor.after"),
        ("pageToken", string(), vec![member("next-page-token", string())], "pageToken takes next-page-token"),
        ("continue", string(), vec![member("continue", string())], "continue takes continue"),
        ("offset", string(), vec![member("offset", string())], "offset takes offset"),
        ("page", string(), vec![member("next_page", string())], "page takes next_page"),
        ("from", number(), vec![member("next", number())], "from takes next"),
        ("after", string(), vec![member("last_id", string())], "after takes last_id"),
    ] {
        let shown = paged(&listing(&[(name, ty)], members));
        assert_eq!(shown.split(':').next(), Some(found), "{name}");
    }
    let api = listing(&[("cursor", string())], meta("meta", "Meta"));
    assert_eq!(paged(&api), "cursor takes meta.next_cursor: [data], more meta.hasMore");
}

#[test]
fn a_cursor_beside_an_offset_is_for_those_who_begin_with_one_where_there_is_a_total() {
    let next = || member("next_cursor", string());
    let of =
        |members: Vec<Member>| listing(&[("cursor", string()), ("offset", number()), ("limit", number())], members);
    assert_eq!(paged(&of(vec![next()])), "cursor takes next_cursor: [data]");
    let mut api = of(vec![next(), member("total_entries", number())]);
    assert_eq!(paged(&api), "items by offset from 0: [data], of total_entries");
    for operation in &mut api.operations {
        operation.parameters.iter_mut().for_each(|parameter| parameter.deprecated = parameter.wire == "offset");
    }
    assert_eq!(paged(&api), "cursor takes next_cursor: [data]");
}

#[test]
fn what_is_no_cursor() {
    for (name, ty, members) in [
        ("cursor", string(), vec![member("next_cursor", number())]),
        ("cursor", string(), vec![]),
        ("from", string(), vec![uri("from")]),
        ("after", string(), vec![]),
        ("from", string(), vec![member("next", string())]),
        ("cursor", TypeRef::Primitive(Primitive::Password), vec![member("next_cursor", string())]),
        ("since", string(), vec![member("has_more", boolean())]),
    ] {
        assert_eq!(paged(&listing(&[(name, ty)], members)), "", "{name}");
    }
    let repeated = listing(&[("offset", number())], vec![member("offset", number()), member("total", number())]);
    assert_eq!(paged(&repeated), "items by offset from 0: [data], of total");
}

#[test]
fn an_offset_that_is_an_id_is_none() {
    let described = |text: &str| {
        let mut api = listing(&[("offset", number()), ("limit", number())], vec![]);
        for parameter in api.operations.iter_mut().flat_map(|operation| &mut operation.parameters) {
            parameter.docs.description = Some(text.to_owned());
        }
        paged(&api)
    };
    assert_eq!(described("Identifier of the first update. Updates before it are forgotten."), "");
    assert_eq!(described("The ID to begin after"), "");
    let counted = "items by offset from 0: [data]";
    assert_eq!(described("How many pets are left out. Pets are sorted by ID."), counted);
    assert_eq!(described("Where to begin, for the considerate"), counted);
}

#[test]
fn an_offset_that_nothing_tells_from_a_number_of_items_is_none() {
    assert_eq!(paged(&listing(&[("offset", number())], vec![])), "");
    assert_eq!(paged(&listing(&[("offset", number()), ("sort", string())], vec![])), "");
    let counted = "items by offset from 0: [data]";
    assert_eq!(paged(&listing(&[("offset", number()), ("limit", number())], vec![])), counted);
    let done = || vec![member("done", boolean())];
    assert_eq!(paged(&listing(&[("offset", number())], done())), format!("{counted}, last done"));
    assert_eq!(
        paged(&listing(&[("offset", number())], vec![member("has_more", boolean())])),
        format!("{counted}, more has_more")
    );
    let mut api = listing(&[("offset", number())], vec![]);
    api.operations[0].parameters[0].notes = Notes { default: Some("0".to_owned()), ..Notes::default() }.into();
    assert_eq!(paged(&api), counted);
}

#[test]
fn where_pages_begin_may_be_said_elsewhere() {
    let begins = |firsts: &[&str]| {
        let mut api = listing(&[("page", number())], vec![]);
        for first in firsts {
            let mut other = api.operations[0].clone();
            other.parameters[0].notes = Notes { default: Some((*first).to_owned()), ..Notes::default() }.into();
            other.success = Answer::Empty;
            api.operations.push(other);
        }
        paged(&api)
    };
    assert_eq!(begins(&[]), "page from 1: [data]");
    assert_eq!(begins(&["0", "5", "0"]), "page from 0: [data]");
    assert_eq!(begins(&["0", "1"]), "page from 1: [data]", "they don't agree");
    // What begins with 0 elsewhere may be something else.
    let mut api = listing(&[("page", number())], vec![]);
    let from_0 = || Notes { default: Some("0".to_owned()), ..Notes::default() };
    let other = get("/b").noted_parameter(Location::Query, "index", number(), from_0());
    let other = other.noted_parameter(Location::Header, "page", number(), from_0());
    api.operations.extend(build().operation(other).api().operations);
    assert_eq!(paged(&api), "page from 1: [data]");
}

#[test]
fn the_id_of_the_last_item_where_more_is_said() {
    let more = || vec![member("has_more", boolean())];
    let api = listing(&[("starting_after", string())], more());
    assert_eq!(paged(&api), "starting_after takes [].id: [data], more has_more");
    let after = |format: &str| {
        let notes = Notes { format: Some(format.to_owned()), ..Notes::default() };
        let mut api = listing(&[("after", string())], more());
        api.operations[0].parameters[0].notes = notes.into();
        paged(&api)
    };
    assert_eq!(after("uuid"), "after takes [].id: [data], more has_more");
    assert_eq!(after("date-time"), "");
    // A text can't take an ID that is a number.
    let mut api = listing(&[("starting_after", string())], more());
    api.types.get_mut(&component_id("Item")).unwrap().kind = object([member("id", number())]);
    assert_eq!(paged(&api), "");
}

#[test]
fn one_member_says_whether_there_is_more() {
    let meta = vec![member("has_more", boolean()), member("done", boolean())];
    assert_eq!(paged(&listing(&[("page", number())], meta)), "page from 1: [data], more has_more");
    assert_eq!(
        paged(&listing(&[("page", number())], vec![member("done", boolean())])),
        "page from 1: [data], last done"
    );
}

#[test]
fn what_a_cursor_leads_through_is_not_counted() {
    let members = vec![member("next_cursor", string()), member("total", number())];
    assert_eq!(paged(&listing(&[("cursor", string())], members)), "cursor takes next_cursor: [data]");
}

#[test]
fn the_order_of_the_description_chooses_nothing() {
    let names = ["page_number", "pageNumber"];
    for names in [names, [names[1], names[0]]] {
        let query = listing(&names.map(|name| (name, number())), vec![]);
        assert_eq!(paged(&query), "pageNumber from 1: [data]");
        let members = names.iter().chain(&["limit"]).map(|name| member(name, number()));
        assert_eq!(search(members.collect(), vec![]), "body.pageNumber from 1: []");
    }
    let names = ["page-token", "X-Page-Token"];
    for names in [names, [names[1], names[0]]] {
        let operation =
            names.iter().fold(get("/a"), |operation, name| operation.parameter(Location::Header, name, string()));
        assert_eq!(paged(&listed(operation, string(), &[])), "header X-Page-Token takes next_token: [data]");
    }
}

#[test]
fn addresses_of_the_next_page() {
    let links = |name: &str, ty: &str| vec![member(name, named(&component_id(ty)))];
    for (members, found) in [
        (vec![member("@odata.nextLink", string())], "at @odata.nextLink"),
        (vec![uri("next")], "at next"),
        (vec![uri("next_page")], "at next_page"),
        (vec![member("next", string()), member("previous", string())], "at next"),
        (links("_links", "LinkObjects"), "at _links.next.href"),
        (links("links", "Links"), "at links.next"),
        (links("whatever", "Addresses"), "at whatever.next"),
    ] {
        assert_eq!(paged(&listing(&[], members)).split(':').next(), Some(found));
    }
    assert_eq!(paged(&listing(&[], vec![member("next", string())])), "", "it may be anything");
    assert_eq!(paged(&listing(&[], links("paging", "Next"))), "", "it may be anything there, too");
    let pages = vec![member("next_page", string()), member("prev_page", string())];
    assert_eq!(paged(&listing(&[], pages)), "", "it may be a token or a number");
    assert_eq!(paged(&listing(&[], links("_links", "LinkNumbers"))), "");
    let mut posted = listing(&[], vec![uri("next")]);
    posted.operations[0].method = Method::Post;
    assert_eq!(paged(&posted), "", "nothing says what is sent there");
    // An address goes before a count, and a cursor before an address.
    let next = || vec![uri("next"), member("count", number())];
    assert_eq!(paged(&listing(&[("offset", number())], next())), "at next: [data]");
    let both = vec![uri("next"), member("next_cursor", string())];
    assert_eq!(paged(&listing(&[("cursor", string())], both)), "cursor takes next_cursor: [data]");
}

#[test]
fn links_in_the_header() {
    let mut api = listing(&[("page", number())], Vec::new());
    api.operations[0].has_links = true;
    assert_eq!(paged(&api), "at Link: [data]");
}

#[test]
fn where_the_next_page_is_said_to_be() {
    let mut api = listing(&[], vec![member("more.at", string()), member("nextLink", string())]);
    assert_eq!(paged(&api), "at nextLink: [data]");
    let at = |member: &str, items: &str| NextLink::At { member: member.to_owned(), items: items.to_owned() };
    let mut with = |said| {
        api.operations[0].next_link = Some(said);
        paged(&api)
    };
    assert_eq!(with(at("more.at", "data")), "at more.at: [data]");
    // The one list there is, and what is no text.
    assert_eq!(with(at("more.at", "value")), "at more.at: [data]");
    assert_eq!(with(at("data", "data")), "at nextLink: [data]");
    assert_eq!(with(NextLink::Nowhere), "");
    // It may be asked for otherwise.
    let mut counted = listing(&[("$skip", number())], vec![member("nextLink", string())]);
    counted.operations[0].next_link = Some(NextLink::Nowhere);
    assert_eq!(paged(&counted), "items by $skip from 0: [data]");
}

#[test]
fn items_that_are_counted() {
    for (name, found) in [("$skip", "items by $skip from 0"), ("startIndex", "items by startIndex from 1")] {
        assert_eq!(paged(&listing(&[(name, number())], vec![])).split(':').next(), Some(found));
    }
}

#[test]
fn a_cursor_that_a_flag_asks_for_is_not_the_usual_way() {
    let boolean = || TypeRef::Primitive(Primitive::Boolean);
    let answer = || object([member("entries", list_of(TypeRef::Any)), member("next_marker", string())]);
    let operation = || get("/a").query("marker", string()).query("offset", number()).answer(named(&component_id("A")));
    let paged_with = |operation| paged(&build().component("A", answer()).operation(operation).api());
    let operation = || operation().query("limit", number());
    assert_eq!(paged_with(operation().query("useMarker", boolean())), "items by offset from 0: [entries]");
    assert_eq!(paged_with(operation().query("deep", boolean())), "marker takes next_marker: [entries]");
}

#[test]
fn a_text_that_is_a_number_by_default_counts() {
    let paged_with = |default: &str| {
        let notes = Notes { default: Some(default.to_owned()), ..Notes::default() };
        let answer = object([member("values", list_of(TypeRef::Any)), member("total", number())]);
        let operation = get("/a").noted_parameter(Location::Query, "startAt", string(), notes);
        let operation = operation.query("maxResults", string()).answer(named(&component_id("A")));
        paged(&build().component("A", answer).operation(operation).api())
    };
    assert_eq!(paged_with("\"0\""), "items by startAt from 0: [values], of total");
    assert_eq!(paged_with("\"first\""), "");
}
