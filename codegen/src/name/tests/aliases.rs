//! Places whose type is called after another place.

use super::held::{held, ident};
use super::*;
use crate::ir::Origin;
use crate::pointer::Pointer;

const STATUSES: [&str; 2] = ["DRAFT", "PAID"];

/// `status` of each of these components, and in one more what takes the short name.
fn invoices(owners: &[(&str, &[&str])]) -> Api {
    let one = component_id("Job");
    let build = build()
        .component("Job", object([member("status", named(&part(&one, "status")))]))
        .part(&one, "status", texts(["RUNNING", "DONE"]))
        .component("Task", object([member("status", named(&part(&component_id("Task"), "status")))]))
        .part(&component_id("Task"), "status", texts(["RUNNING", "DONE"]));
    let build = owners.iter().fold(build, |build, (owner, values)| {
        let owner_id = component_id(owner);
        let ty = match values {
            [a, b] => texts([a, b]),
            [a, b, c] => texts([a, b, c]),
            _ => object([]),
        };
        build
            .component(owner, object([member("status", named(&part(&owner_id, "status")))]))
            .part(&owner_id, "status", ty)
    });
    build.api()
}

fn status(owner: &str) -> TypeId {
    part(&component_id(owner), "status")
}

#[test]
fn each_place_has_a_name_of_its_own_in_its_own_file() {
    let names = names(&invoices(&[("CreditNote", &STATUSES), ("Invoice", &STATUSES)]));
    assert_eq!(type_name(&names, &status("CreditNote")), "credit_note::CreditNoteStatus");
    assert_eq!(type_name(&names, &status("Invoice")), "invoice::InvoiceStatus");
    assert_eq!(
        [type_name(&names, &status("Job")), type_name(&names, &status("Task"))],
        ["job::JobStatus", "task::TaskStatus"]
    );
}

#[test]
fn a_name_that_is_of_no_place_is_that_of_all() {
    let a = [("A", &STATUSES[..]), ("B", &STATUSES)];
    let build = a.iter().fold(build(), |build, (owner, _)| {
        let owner = component_id(owner);
        build
            .component(
                owner.0.last().as_deref().unwrap_or_default(),
                object([member("status", named(&part(&owner, "status")))]),
            )
            .part(&owner, "status", texts(STATUSES))
    });
    let names = names(&build.api());
    assert_eq!([type_name(&names, &status("A")), type_name(&names, &status("B"))], ["a::Status"; 2]);
}

#[test]
fn a_chosen_name_is_that_of_all() {
    let api = invoices(&[("CreditNote", &STATUSES), ("Invoice", &STATUSES)]);
    let pins = Pins { types: [(status("Invoice").0.to_string(), "Payment".to_owned())].into(), ..Pins::default() };
    let (names, said) = names_with(&api, &pins);
    assert_eq!(said, [] as [&str; 0]);
    assert_eq!(
        [type_name(&names, &status("CreditNote")), type_name(&names, &status("Invoice"))],
        ["credit_note::Payment"; 2]
    );
}

#[test]
fn a_name_that_something_has_is_no_alias() {
    let mut api = invoices(&[("CreditNote", &STATUSES), ("Invoice", &STATUSES)]);
    let taken = component_id("InvoiceStatus");
    api.types.extend(build().component("InvoiceStatus", object([])).api().types);
    let names = names(&api);
    assert_eq!(type_name(&names, &taken), "invoice_status::InvoiceStatus");
    assert_eq!(type_name(&names, &status("Invoice")), "credit_note::CreditNoteStatus");
}

#[test]
fn what_is_the_same_no_more_keeps_the_name_of_its_place() {
    let before = invoices(&[("CreditNote", &STATUSES), ("Invoice", &STATUSES)]);
    let after = invoices(&[("CreditNote", &STATUSES), ("Invoice", &["DRAFT", "PAID", "VOID"])]);
    let (names, said) = held(&before, &after, &Pins::default());
    let is_of_others = |line: &&String| line.contains("/Job/") || line.contains("/Task/");
    assert_eq!(said.iter().find(|line| !is_of_others(line)), None);
    assert_eq!(type_name(&names, &status("CreditNote")), "credit_note::CreditNoteStatus");
    assert_eq!(type_name(&names, &status("Invoice")), "invoice::InvoiceStatus");
    assert_eq!(type_name(&names, &status("Task")), "task::TaskStatus");
}

#[test]
fn a_newcomer_takes_no_name_of_a_place() {
    let before = invoices(&[("CreditNote", &STATUSES), ("Invoice", &STATUSES)]);
    let mut after = before.clone();
    after.types.extend(build().component("InvoiceStatus", object([])).api().types);
    let (names, said) = held(&before, &after, &Pins::default());
    assert_eq!(ident(&names, &status("Invoice")), "InvoiceStatus");
    assert_eq!(ident(&names, &component_id("InvoiceStatus")), "InvoiceStatusModel");
    let kept = "M0005: `#/components/schemas/Invoice/properties/status` would be called `CreditNoteStatus`; it keeps the name `InvoiceStatus`";
    assert_eq!(said, [kept]);
}

#[test]
fn a_place_before_all_others_renames_none() {
    let before = invoices(&[("CreditNote", &STATUSES), ("Invoice", &STATUSES)]);
    let after = invoices(&[("Bill", &STATUSES), ("CreditNote", &STATUSES), ("Invoice", &STATUSES)]);
    let (names, said) = held(&before, &after, &Pins::default());
    assert_eq!(said, [] as [&str; 0]);
    let named = ["Bill", "CreditNote", "Invoice"].map(|owner| ident(&names, &status(owner)).to_owned());
    assert_eq!(named, ["BillStatus", "CreditNoteStatus", "InvoiceStatus"]);
}

#[test]
fn an_operation_is_not_named_after_another_one() {
    let by_operation = |operations: &[&str]| {
        let build = operations.iter().fold(build(), |build, id| {
            build.operation(get(&format!("/{id}")).id(id).query_part("sort", texts(["NAME", "AGE"])))
        });
        build
            .operation(get("/others").id("others").query_part("sort", texts(["SIZE", "AGE"])))
            .operation(get("/rest").id("rest").query_part("sort", texts(["SIZE", "AGE"])))
            .api()
    };
    let api = by_operation(&["cats", "dogs"]);
    let names = names(&api);
    let sorts: Vec<String> = api.types.keys().map(|id| type_name(&names, id)).collect();
    assert_eq!(sorts, ["cats::CatsSort", "dogs::DogsSort", "others::OthersSort", "rest::RestSort"]);
}

#[test]
fn what_loses_its_first_place_is_called_by_the_next() {
    let before = invoices(&[("CreditNote", &STATUSES), ("Invoice", &STATUSES), ("Quote", &STATUSES)]);
    let after = invoices(&[("CreditNote", &[]), ("Invoice", &STATUSES), ("Quote", &STATUSES)]);
    let (names, said) = held(&before, &after, &Pins::default());
    assert_eq!(said, [] as [&str; 0]);
    let named = ["Invoice", "Quote"].map(|owner| type_name(&names, &status(owner)));
    assert_eq!(named, ["invoice::InvoiceStatus", "quote::QuoteStatus"]);
}

#[test]
fn what_is_one_now_keeps_each_name() {
    let before = invoices(&[("CreditNote", &STATUSES), ("Invoice", &["DRAFT", "VOID"])]);
    let after = invoices(&[("CreditNote", &STATUSES), ("Invoice", &STATUSES)]);
    let (names, said) = held(&before, &after, &Pins::default());
    assert_eq!(said.iter().find(|line| line.contains("Invoice") || line.contains("CreditNote")), None);
    let named = ["CreditNote", "Invoice"].map(|owner| type_name(&names, &status(owner)));
    assert_eq!(named, ["credit_note::CreditNoteStatus", "invoice::InvoiceStatus"]);
}

#[test]
fn a_name_of_several_places_stands_in_one_file() {
    let parts = |shared: bool| {
        let mut build = build();
        for (owner, holder) in [("A", "pet"), ("B", "owner"), ("C", "owner")] {
            let (id, other) = (component_id(owner), part(&component_id(owner), "other"));
            let held = part(&id, holder);
            let size = if shared || owner != "C" { string() } else { number() };
            build = build
                .component(owner, object([member(holder, named(&held)), member("other", named(&other))]))
                .part(&id, holder, object([member("status", named(&part(&held, "status"))), member("size", size)]))
                .part(&held, "status", texts(STATUSES))
                .part(&id, "other", object([member("status", named(&part(&other, "status")))]))
                .part(&other, "status", texts(["ON", "OFF"]));
        }
        build.api()
    };
    let (names, _) = held(&parts(true), &parts(false), &Pins::default());
    let mut homes: Vec<_> = names.types.values().map(|name| (&name.ident, &name.module)).collect();
    homes.sort();
    homes.dedup();
    let count = homes.len();
    homes.dedup_by_key(|(ident, _)| *ident);
    assert_eq!(homes.len(), count, "{homes:?}");
}

#[test]
fn paths_that_end_alike_have_one_name_in_one_file() {
    let mut build = build();
    for (path, values) in [
        ("/a/first", ["ON", "OFF"]),
        ("/b/summary", ["ON", "OFF"]),
        ("/c/d/summary", ["ON", "OFF"]),
        ("/e/other", ["UP", "DOWN"]),
        ("/f/rest", ["UP", "DOWN"]),
    ] {
        let path = Pointer::root().child("paths").child(path);
        let id = TypeId(path.child("parameters").item(0).child("schema"));
        build = build.add(id, Origin::Parameter { operation: Some(path), name: "scope".to_owned() }, texts(values));
    }
    let api = build.api();
    let names = names(&api);
    let scopes: Vec<String> = api.types.keys().map(|id| type_name(&names, id)).collect();
    assert_eq!(
        scopes,
        [
            "first_scope::FirstScope",
            "summary_scope::SummaryScope",
            "summary_scope::SummaryScope",
            "other_scope::OtherScope",
            "rest_scope::RestScope"
        ]
    );
}
