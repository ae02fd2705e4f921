//! Types that come and go, are of another kind, or stand in several places; and what a caller must do.

use super::callers::get;
use super::{OK, answered, changes, changes_with, sent, told};
use crate::diff::{Change, Kind, Rust};
use crate::model::{Delivery, Settings};

const TEXT: &str = "{type: object, properties: {x: {type: string}}}";
const NUMBER: &str = "{type: object, properties: {x: {type: integer}}}";

/// `GET /a`, which answers with this component `P`.
fn p(schema: &str) -> String {
    get("{$ref: '#/components/schemas/P'}", &format!("P: {schema}"))
}

/// The same, and `POST /a`, which sends it.
fn both(schema: &str) -> String {
    let body = "requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/P'}}}}";
    p(schema).replacen("get: ", &format!("post: {{operationId: sendA, {body}, {OK}}}, get: "), 1)
}

/// An object with these members, of which those are required.
fn object(required: &str, members: &str) -> String {
    format!("{{type: object, required: [{required}], properties: {{{members}}}}}")
}

/// The names and the advice of the changes of a kind.
fn of_kind(changes: &[Change], kind: Kind) -> Vec<(Vec<&str>, &str)> {
    let of = changes.iter().filter(|change| change.kind == kind);
    of.map(|change| (change.names.iter().map(String::as_str).collect(), change.advice.as_str())).collect()
}

#[test]
fn places_of_one_type_that_go_apart() {
    let of = |owners: &[(&str, &str)]| {
        let one = |(name, owner): &(&str, &str)| {
            let schema = format!("{{type: object, properties: {{owner: {owner}}}}}");
            let answer = format!("{{description: D, content: {{application/json: {{schema: {schema}}}}}}}");
            format!("/{name}: {{get: {{operationId: get_{name}, responses: {{'200': {answer}}}}}}}")
        };
        format!("paths: {{{}}}", owners.iter().map(one).collect::<Vec<_>>().join(", "))
    };
    let one = of(&[("a", TEXT), ("b", TEXT)]);
    assert_eq!(
        told(&one, &of(&[("a", TEXT), ("b", NUMBER)])),
        [
            "major none: GetAResponseOwner: in Rust: `types::Owner → types::GetAResponseOwner`",
            "major none: GetBResponse: in Rust: `types::GetBResponse::owner: Option<Owner> → Option<GetBResponseOwner>`",
            "minor none: GetBResponseOwner: the type is new",
            "patch breaking: GetBResponseOwner: the type of the member `x`: string → integer in answers"
        ]
    );
    assert_eq!(
        told(&of(&[("a", TEXT), ("b", NUMBER)]), &one),
        [
            "major none: GetBResponseOwner: the type is gone",
            "major none: Owner: in Rust: `types::GetAResponseOwner → types::Owner`",
            "major none: GetBResponse: in Rust: `types::GetBResponse::owner: Option<GetBResponseOwner> → Option<Owner>`",
            "patch breaking: Owner: the type of the member `x`: integer → string in answers"
        ]
    );
    // It is rather the one that is called the same,
    let three = |first: &str| of(&[("a", first), ("b", TEXT), ("c", TEXT)]);
    assert_eq!(
        told(&three(TEXT), &three(NUMBER)),
        [
            "major none: GetAResponse: in Rust: `types::GetAResponse::owner: Option<Owner> → Option<GetAResponseOwner>`",
            "minor none: GetAResponseOwner: the type is new",
            "patch breaking: GetAResponseOwner: the type of the member `x`: string → integer in answers"
        ]
    );
    // or else the one that was meant in the first place.
    let moved = of(&[("a", TEXT), ("b", NUMBER)]).replace("/a:", "/z:");
    let renamed = "major none: GetAResponseOwner: in Rust: `types::Owner → types::GetAResponseOwner`";
    assert_eq!(told(&one, &moved).first().map(String::as_str), Some(renamed));
    // It comes and goes once.
    let of_owner = |lines: Vec<String>| lines.into_iter().filter(|line| line.contains("Owner")).collect::<Vec<_>>();
    assert_eq!(of_owner(told(&of(&[]), &one)), ["minor none: Owner: the type is new"]);
    assert_eq!(of_owner(told(&one, &of(&[]))), ["major none: Owner: the type is gone"]);
}

#[test]
fn a_type_comes_and_goes_with_what_it_is_known_by() {
    let of = |error: &str| {
        format!("paths: {{/a: {{get: {{operationId: getA, responses: {{'204': {{description: D}}{error}}}}}}}}}")
    };
    let (without, with) =
        (of(""), of(&format!(", '400': {{description: D, content: {{application/json: {{schema: {TEXT}}}}}}}")));
    let found = changes(&without, &with);
    let names = vec!["+ types::GetA400Error: struct", "+ Error::get_a_400_error: GetA400Error"];
    assert_eq!(of_kind(&found, Kind::TypeAdded), [(names, "Nothing must be done.")]);
    let found = changes(&with, &without);
    let names = vec!["- types::GetA400Error", "- Error::get_a_400_error"];
    assert_eq!(of_kind(&found, Kind::TypeRemoved), [(names, "Do without `types::GetA400Error`: it is gone.")]);
}

#[test]
fn a_type_of_another_kind_or_another_name_for_another() {
    let of = |old: &str, new: &str| {
        let all = told(&p(old), &p(new));
        all.into_iter().filter(|line| line.contains(": P: ")).collect::<Vec<_>>()
    };
    let list = |item: &str| format!("{{type: array, items: {{type: {item}}}}}");
    let map = |value: &str| format!("{{type: object, additionalProperties: {{type: {value}}}}}");
    let pair = "{type: array, minItems: 2, items: false, prefixItems: [{type: string}, {type: integer}]}";
    let three = pair.replace("2", "3").replace("}]", "}, {type: string}]");
    let (values, either) = ("{type: string, enum: [a]}", "{oneOf: [{type: string}, {type: integer}]}");
    for (old, new, expected) in [
        ("{type: string}", "{type: integer}", "breaking: P: it is another name for string → integer"),
        (
            &list("string"),
            &list("[string, 'null']"),
            "breaking: P: it is another name for list of string → list of string or null",
        ),
        (&map("string"), &map("integer"), "breaking: P: it is another name for map of string → map of integer"),
        ("{type: string}", TEXT, "breaking: P: it is an object now, and was another name for string"),
        (TEXT, values, "breaking: P: it is an enum of texts now, and was an object"),
        (values, "{type: string}", "breaking: P: it is another name for string now, and was an enum of texts"),
        ("{type: string}", values, "additive: P: it is an enum of texts now, and was another name for string"),
        (values, either, "breaking: P: it is a union now, and was an enum of texts"),
        (pair, TEXT, "breaking: P: it is an object now, and was a list of 2 items"),
        (pair, &three, "additive: P: the third item is new in answers"),
    ] {
        assert_eq!(of(old, new), [format!("major {expected}")], "{old} → {new}");
    }
    for same in ["{}", "{type: string}", &list("string"), &map("string"), pair, values, either, TEXT] {
        assert!(of(same, same).is_empty(), "{same}");
    }
}

#[test]
fn bounds_and_words_are_told_of_what_has_them() {
    let of = |bound: &str| format!("{{type: string, maxLength: {bound}}}");
    let narrower = "has narrower bounds: length to 5 → length to 4";
    assert_eq!(told(&p(&of("5")), &p(&of("4"))), [format!("patch additive: P: the value {narrower}")]);
    assert_eq!(answered(&of("5"), &of("4")), [format!("patch additive: GET /a: the answer 200 {narrower}")]);
    // What has no name has them where it stands.
    let of = |bound: &str| format!("{{type: object, maxProperties: {bound}, properties: {{x: {{type: string}}}}}}");
    assert_eq!(sent(&of("5"), &of("4")), [format!("patch breaking: POST /a: the body {narrower}")]);
    let described = "{type: object, description: E, properties: {x: {type: string, description: D}}}";
    assert_eq!(answered(TEXT, described), ["patch none: GetAResponse: other words about the type, `x`"]);
}

#[test]
fn what_a_caller_must_do_is_said_of_the_gravest_difference() {
    let x = |schema: &str| both(&object("x", &format!("x: {schema}")));
    let found = changes(&x("{type: string}"), &x("{type: string, format: date}"));
    let names = vec!["types::P::x: String → Date", "types::P::new(x): impl Into<String> → impl Into<Date>"];
    let advice = "Take a `Date` where `types::P::x` was a `String`.";
    assert_eq!(of_kind(&found, Kind::MemberType), [(names, advice)]);
    let dependencies = of_kind(&found, Kind::Dependency);
    assert!(matches!(dependencies.as_slice(), [(names, _)] if names.len() == 3), "{dependencies:?}");
    let features = of_kind(&found, Kind::Feature);
    assert!(matches!(features.as_slice(), [(names, _)] if names.len() == 3), "{features:?}");
    assert!(found.iter().any(|change| change.what.starts_with("in Rust: `+ feature chrono: ")), "{found:?}");

    // What is deprecated by and by is apart from what is otherwise at once.
    let found = changes(&x("{type: string}"), &x("{type: integer, deprecated: true}"));
    let [(names, _)] = of_kind(&found, Kind::MemberType).try_into().unwrap();
    assert!(!names.iter().any(|name| name.contains("deprecated")), "{names:?}");
    let [(names, advice)] = of_kind(&found, Kind::Deprecated).try_into().unwrap();
    assert!(names.iter().all(|name| name.contains("deprecated")), "{names:?}");
    assert_eq!(advice, "Nothing must be done yet; `types::P::x` gives a warning.");

    // A field and what sets it have one name.
    let y = |more: &str| both(&object("", &format!("y: {{type: string{more}}}")));
    let found = changes(&y(""), &y(", deprecated: true"));
    assert_eq!(
        of_kind(&found, Kind::Deprecated),
        [(vec!["types::P::y: deprecated"], advice.replace("x", "y").as_str())]
    );

    // Of what is equally grave, what is there now is said first, and traits last.
    let advice = |old: &str, new: &str, set: fn(&mut Settings)| {
        let found = changes_with(&p(old), &p(new), [set; 2]);
        of_kind(&found, Kind::TypeKind).into_iter().map(|(_, advice)| advice.to_owned()).collect::<Vec<_>>()
    };
    let pair = "{type: array, minItems: 2, items: false, prefixItems: [{type: string}, {}]}";
    assert_eq!(advice(pair, TEXT, |_| {}), ["Leave `types::P::0` out."]);
    let add = "Where a value is written as a literal or taken apart in full, add `types::P::x`.";
    assert_eq!(advice(pair, TEXT, |of| of.delivery = Delivery::Module), [add]);

    // What is of the wire alone.
    let bounds = |bound: &str| x(&format!("{{type: string, maxLength: {bound}}}"));
    let advice = |old: &str, new: &str| changes(&bounds(old), &bounds(new)).remove(0).advice;
    assert_eq!(advice("5", "4"), "Bring the new client out before the server changes.");
    let found = changes(&p("{type: string, maxLength: 5}"), &p("{type: string, maxLength: 4}"));
    assert_eq!(found.first().map(|change| change.advice.as_str()), Some("Nothing must be done."));
    let must = object("x, y", "x: {type: string}, y: {type: string, writeOnly: true}");
    let found = changes(&x("{type: string}"), &both(&must));
    let [(_, advice)] = of_kind(&found, Kind::MemberAdded).try_into().unwrap();
    assert_eq!(advice, "Give the member a value; servers refuse requests without it.");
    // Where it stood and where it stands.
    let places = found.first().map(|change| (change.old.is_some(), change.new.as_ref().map(ToString::to_string)));
    assert_eq!(places, Some((false, Some("#/components/schemas/P/properties/y".to_owned()))));
}

#[test]
fn what_makes_values_comes_with_sending_them() {
    let found = |schema: &str, delivery: Delivery| {
        let set: fn(&mut Settings) = match delivery {
            Delivery::Module => |of| of.delivery = Delivery::Module,
            Delivery::Crate => |_| {},
        };
        let all = changes_with(&p(schema), &both(schema), [set; 2]);
        let names =
            all.iter().filter(|change| change.subject == "P").map(|change| (change.kind, change.names.join(", ")));
        names.collect::<Vec<_>>()
    };
    let many = ["a", "b", "c"].map(|name| format!("{name}: {{type: string}}")).join(", ");
    let null = "{type: [string, 'null']}";
    for (schema, names) in [
        ("{type: string, enum: [a, b]}".to_owned(), None),
        (
            object("x", "x: {type: string}, y: {type: string}"),
            Some("+ types::P::new: its arguments, + types::P::y: impl Into<String>"),
        ),
        (
            object("", "y: {type: string}"),
            Some("+ types::P: Default, + types::P::new: its arguments, + types::P::y: impl Into<String>"),
        ),
        (object("a, b, c", &many), Some("+ types::P::new: PRequired")),
        (
            "{oneOf: [{type: string}, {type: integer}]}".to_owned(),
            Some("+ types::P: From<String>: String, + types::P: From<i64>: i64"),
        ),
        (
            object("x", &format!("x: {null}, y: {null}")),
            Some(
                "types::P::y: Option<String> → Patch<String>, + types::P::new: its arguments, + types::P::y: impl \
                 Into<Patch<String>>",
            ),
        ),
    ] {
        let expected: Vec<_> = names.into_iter().map(|names| (Kind::TypeSent, names.to_owned())).collect();
        assert_eq!(found(&schema, Delivery::Crate), expected, "{schema}");
        assert_eq!(found(&schema, Delivery::Module), expected, "{schema}");
    }
}

#[test]
fn another_name_is_of_the_kind_of_what_has_it() {
    let many = object("a, b, c", &["a", "b", "c"].map(|name| format!("{name}: {{type: string}}")).join(", "));
    let is_one = |old: &str, new: &str, kind: Kind, name: &str| {
        let found = changes(old, new);
        let kinds: Vec<_> = found.iter().map(|change| (change.kind, change.names.join(", "))).collect();
        assert_eq!(kinds, [(kind, name.to_owned())]);
    };
    let name = "types::P → types::Q";
    let names = "types::P → types::Q, types::PRequired → types::QRequired";
    for (schema, names) in [("{type: string, enum: [a]}", name), (TEXT, name), (&many, names)] {
        let old = both(schema);
        let new = old.replace("P: ", "Q: ").replace("/P'", "/Q'");
        is_one(&old, &new, Kind::TypeRenamed, names);
    }
    let old = p("{type: string}");
    let names = "client.get_a → client.read_a, client::GetA → client::ReadA";
    is_one(&old, &old.replace("getA", "readA"), Kind::OperationRenamed, names);
}

#[test]
fn what_is_new_in_a_type_breaks_callers_in_a_module() {
    let told = |old: &str, new: &str, set: fn(&mut Settings)| {
        let [change] = changes_with(&p(old), &p(new), [set; 2]).try_into().unwrap();
        (change.rust, change.advice)
    };
    let module: fn(&mut Settings) = |of| of.delivery = Delivery::Module;
    let values = |values: &str| format!("{{type: string, enum: [{values}]}}");
    let two = object("", "x: {type: string}, y: {type: string}");
    for (old, new, advice) in [
        (TEXT, &two, "Where a value is written as a literal or taken apart in full, add `types::P::y`."),
        (&values("a"), &values("a, b"), "Add an arm for `types::P::B` to each `match` without `_`."),
    ] {
        assert_eq!(told(old, new, |_| {}), (Rust::Minor, "Nothing must be done.".to_owned()));
        assert_eq!(told(old, new, module), (Rust::Major, advice.to_owned()));
    }
    // What a new member brings is its own, even if the type is sent from now on.
    let found = changes(&p(TEXT), &both(&two));
    let names = of_kind(&found, Kind::TypeSent).into_iter().flat_map(|(names, _)| names).collect::<Vec<_>>();
    let makes = ["+ types::P: Default", "+ types::P::new: its arguments", "+ types::P::x: impl Into<String>"];
    assert_eq!(names, makes);
}

#[test]
fn what_is_different_of_one_status_is_told_of_that() {
    let of = |statuses: &[(&str, &str)], more: &str| {
        let one = |(status, ty): &(&str, &str)| {
            format!("'{status}': {{description: D, content: {{application/json: {{schema: {{type: {ty}}}}}}}}}")
        };
        let answers = statuses.iter().map(one).collect::<Vec<_>>().join(", ");
        format!("paths: {{/a: {{get: {{operationId: getA, {more}responses: {{{answers}}}}}}}}}")
    };
    let query = "parameters: [{name: q, in: query, schema: {type: string}}], ";
    let old = of(&[("200", "string"), ("201", "integer")], "");
    let found = changes(&old, &of(&[("200", "boolean"), ("202", "integer")], query));
    let names = |kind: Kind| of_kind(&found, kind).into_iter().map(|(names, _)| names.join(", ")).collect::<Vec<_>>();
    let statuses = "- client::GetAAnswer::Created, + client::GetAAnswer::Accepted: i64";
    assert_eq!(names(Kind::AnswerStatus), [statuses]);
    assert_eq!(names(Kind::AnswerType), ["client::GetAAnswer::Ok: String → bool"]);
    assert_eq!(names(Kind::ParameterAdded), ["+ client::GetA::q: &str"]);
}

#[test]
fn what_no_change_of_the_description_accounts_for_is_told_by_part() {
    let rust = |old: &str, new: &str| {
        let found = changes(old, new);
        let of = of_kind(&found, Kind::RustName).into_iter();
        of.map(|(names, advice)| (names.join(", "), advice.to_owned())).collect::<Vec<_>>()
    };
    let told = |old: &str, new: &str| {
        let all = changes(old, new).into_iter().filter(|change| change.kind == Kind::RustName);
        all.map(|change| change.what).collect::<Vec<_>>()
    };
    // Where a constructor takes its arguments in another way, that is told of it alone.
    let old = both(&object("x, z", "x: {type: string}, z: {type: integer}"));
    let new = both(&object("x, y, z", "x: {type: string}, y: {type: string}, z: {type: integer}"));
    assert_eq!(told(&old, &new), ["in Rust: `types::P::new: its arguments → PRequired`"]);
    let names = "types::P::new: its arguments → PRequired, - types::P::new(x), - types::P::new(z), + types::PRequired::x: \
                 String, + types::PRequired::z: i64";
    let advice = "Call `types::P::new` with a `PRequired` instead of each argument on its own.";
    assert_eq!(rust(&old, &new), [(names.to_owned(), advice.to_owned())]);
    // Each member by itself; what the crate exports together.
    let of = |ty: &str| {
        let one = |name: &str, ty: &str| {
            let part = |member: &str| format!("{{type: object, properties: {{{member}: {{type: {ty}}}}}}}");
            let schema = format!("{{type: object, properties: {{p: {}, q: {}}}}}", part("x"), part("y"));
            let answer = format!("{{description: D, content: {{application/json: {{schema: {schema}}}}}}}");
            format!("/{name}: {{get: {{operationId: get_{name}, responses: {{'200': {answer}}}}}}}")
        };
        format!("paths: {{{}, {}}}", one("a", "string"), one("b", ty))
    };
    let of_member = |name: &str| {
        let upper = name.to_uppercase();
        format!("in Rust: `types::GetBResponse::{name}: Option<{upper}> → Option<GetBResponse{upper}>`")
    };
    assert_eq!(told(&of("string"), &of("integer")), [of_member("p"), of_member("q")]);
    let dated = object("", "x: {type: string}, d: {type: string, format: date}, u: {type: string, format: uuid}");
    assert_eq!(told(&p(TEXT), &p(&dated)), ["in Rust: `+ Date`, `+ Uuid`"]);
}

#[test]
fn a_value_in_another_style_is_the_same() {
    let of = |values: &str| format!("{{type: string, enum: [{values}]}}");
    let found = |old: &str, new: &str| {
        let all = changes(&p(&of(old)), &p(&of(new)));
        let all = all.iter().map(|change| (change.rust, change.what.clone(), change.names.join(", ")));
        all.collect::<Vec<_>>()
    };
    let what = |was: &str, is: &str| format!("the value `{was}` is written `{is}` now in answers");
    assert_eq!(found("InStock", "in_stock"), [(Rust::Patch, what("InStock", "in_stock"), String::new())]);
    let names = "types::P::SuperHighway → types::P::Superhighway".to_owned();
    assert_eq!(found("SuperHighway", "superhighway"), [(Rust::Major, what("SuperHighway", "superhighway"), names)]);
    // Neither of two is the one, and numbers are other values.
    for (old, new) in [("a-b", "a_b, A.b"), ("a-b, a_b", "A.B"), ("v1.0", "v10"), ("'+1'", "'-1'")] {
        let all = found(old, new);
        assert!(all.iter().all(|(_, what, _)| !what.contains("written")), "{all:?}");
    }
}
