//! Other names of types, for their places.

use super::*;

/// Components that have each a `status` of these values, or none. The short name alone is one that others want, too.
fn statuses(owners: &[(&str, &str)]) -> String {
    let owner = |(name, values): &(&str, &str)| {
        let status = match *values {
            "" => "id: {type: string}".to_owned(),
            values => format!("status: {{type: string, enum: [{values}]}}"),
        };
        format!("{name}: {{type: object, properties: {{{status}}}}}")
    };
    let [jobs, lamps] = ["RUNNING, DONE", "ON, OFF"];
    let others = [("Job", jobs), ("Task", jobs), ("Lamp", lamps), ("Bulb", lamps)];
    let all: Vec<String> = others.iter().chain(owners).map(owner).collect();
    format!("components: {{schemas: {{{}}}}}", all.join(", "))
}

/// What is told, but for members that come and go.
fn said(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
    let mut lines = told(&statuses(old), &statuses(new));
    lines.retain(|line| !line.contains("the member"));
    lines
}

const BOTH: &[(&str, &str)] = &[("CreditNote", "DRAFT, PAID"), ("Invoice", "DRAFT, PAID")];

#[test]
fn what_is_the_same_no_more_is_told() {
    let apart = [("CreditNote", "DRAFT, PAID"), ("Invoice", "DRAFT, PAID, VOID")];
    let told = [
        "major none: InvoiceStatus: it is a type of its own, and was `CreditNoteStatus`",
        "minor additive: InvoiceStatus: the value `VOID` is new",
    ];
    assert_eq!(said(BOTH, &apart), told);
    assert_eq!(said(&apart, BOTH), ["major breaking: InvoiceStatus: the value `VOID` is gone"]);
}

#[test]
fn a_place_before_the_others_leaves_their_names() {
    let three = [&[("Bill", "DRAFT, PAID")], BOTH].concat();
    let renamed = "minor none: BillStatus: in Rust: `types::CreditNoteStatus → types::BillStatus`";
    assert_eq!(said(BOTH, &three), ["minor none: Bill: the type is new", renamed]);
    let renamed = "major none: CreditNoteStatus: in Rust: `types::BillStatus → types::CreditNoteStatus`";
    assert_eq!(said(&three, BOTH), ["major none: Bill: the type is gone", renamed]);
}

#[test]
fn a_place_that_is_gone_takes_its_name_along() {
    let one = [("CreditNote", "DRAFT, PAID"), ("Invoice", "")];
    assert_eq!(said(BOTH, &one), ["major none: InvoiceStatus: this other name of `CreditNoteStatus` is gone"]);
    let other = [("CreditNote", ""), ("Invoice", "DRAFT, PAID")];
    let renamed = "major none: InvoiceStatus: in Rust: `types::CreditNoteStatus → types::InvoiceStatus`";
    assert_eq!(said(BOTH, &other), [renamed]);
}

#[test]
fn a_name_that_another_type_has_now_is_told() {
    let both = statuses(BOTH);
    let taken = format!("{}, InvoiceStatus: {{type: string, enum: [A, B]}}}}}}", both.strip_suffix("}}").unwrap());
    let told_once = "major none: InvoiceStatus: it is a type of its own, and was `CreditNoteStatus`";
    assert_eq!(told(&both, &taken), [told_once]);
}
