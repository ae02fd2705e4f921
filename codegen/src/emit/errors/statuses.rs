//! With which statuses errors come: responses → what the docs and the conditions of accessors say of them.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::context::Context;
use crate::emit::docs::Doc;
use crate::emit::prose;
use crate::ir::{Operation, TypeId, TypeRef};

/// The statuses of errors whose body some operation describes. A status without a body is no promise that there is none:
/// hardly any description says all that errors answer.
#[derive(Default)]
pub(super) struct Described {
    codes: BTreeSet<u16>,
    classes: BTreeSet<u16>,
}

impl Described {
    /// `None` where all of them are, by a `default`.
    pub(super) fn of(cx: &Context<'_>) -> Option<Self> {
        let mut described = Self::default();
        for (status, _) in cx.model.api.operations.iter().flat_map(|operation| &operation.errors) {
            if status == "default" {
                return None;
            }
            if let Ok(code) = status.parse() {
                described.codes.insert(code);
            } else if let Some(class) = class(status) {
                described.classes.insert(class);
            }
        }
        Some(described)
    }

    /// The function that says that a status is none of them. All who ask it may be behind features.
    pub(super) fn not(&self, is_gated: bool) -> TokenStream {
        let doc = Doc::text("Whether no operation describes the body of errors with a status.");
        let codes = self.codes.iter().copied().filter(|code| !self.classes.contains(&(code / 100))).collect();
        let conditions = conditions(&codes, &self.classes, false);
        let condition = if conditions.is_empty() { quote!(true) } else { quote!(#(#conditions)&&*) };
        let allow = is_gated.then(|| quote!(#[allow(dead_code, reason = "each type that needs it has a feature")]));
        quote! {
            #doc
            #allow
            fn is_undescribed(status: u16) -> bool {
                #condition
            }
        }
    }
}

/// 4 for `4XX`.
fn class(status: &str) -> Option<u16> {
    status.get(..1).and_then(|class| class.parse().ok())
}

/// The statuses with which operations answer a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Statuses {
    /// Codes that are in no class of these.
    codes: BTreeSet<u16>,
    /// Classes: 4 for `4XX`.
    classes: BTreeSet<u16>,
    /// Every status (`default`).
    any: bool,
    /// Codes in these that are always of another type.
    but_codes: BTreeSet<u16>,
    /// Classes that are always of another type.
    but_classes: BTreeSet<u16>,
}

/// What an operation answers with each status. A code goes before its class, and this before `default` (OpenAPI 3.0.3,
/// section 4.7.16.1).
#[derive(Default)]
struct Answers<'a> {
    codes: BTreeMap<u16, &'a TypeId>,
    classes: BTreeMap<u16, &'a TypeId>,
    any: Option<&'a TypeId>,
}

impl<'a> Answers<'a> {
    fn of(operation: &'a Operation, cx: &'a Context<'a>) -> Self {
        let mut answers = Self::default();
        for (status, ty) in &operation.errors {
            let TypeRef::Named(id) = ty else { continue };
            let id = cx.canonical(id);
            if status == "default" {
                answers.any = Some(id);
            } else if let Ok(code) = status.parse() {
                answers.codes.insert(code, id);
            } else if let Some(class) = class(status) {
                answers.classes.insert(class, id);
            }
        }
        answers
    }

    fn class(&self, class: u16) -> Option<&'a TypeId> {
        self.classes.get(&class).copied().or(self.any)
    }

    fn code(&self, code: u16) -> Option<&'a TypeId> {
        self.codes.get(&code).copied().or_else(|| self.class(code / 100))
    }
}

/// The statuses of each type, over all operations.
pub(super) fn statuses<'a>(cx: &'a Context<'a>) -> BTreeMap<&'a TypeId, Statuses> {
    let operations: Vec<_> = cx.model.api.operations.iter().map(|operation| Answers::of(operation, cx)).collect();
    let mut all = BTreeMap::<_, Statuses>::new();
    for answers in &operations {
        for (code, id) in &answers.codes {
            all.entry(*id).or_default().codes.insert(*code);
        }
        for (class, id) in &answers.classes {
            all.entry(*id).or_default().classes.insert(*class);
        }
        if let Some(id) = answers.any {
            all.entry(id).or_default().any = true;
        }
    }
    let codes: BTreeSet<u16> = operations.iter().flat_map(|answers| answers.codes.keys().copied()).collect();
    let classes: BTreeSet<u16> = operations.iter().flat_map(|answers| answers.classes.keys().copied()).collect();
    for (id, statuses) in &mut all {
        let is_never = |told: &dyn Fn(&Answers<'a>) -> Option<&'a TypeId>| {
            operations.iter().all(|answers| told(answers) != Some(*id))
        };
        if statuses.any {
            let never = classes.iter().filter(|class| is_never(&|answers| answers.class(**class)));
            statuses.but_classes = never.copied().collect();
        }
        let never = codes.iter().filter(|code| is_never(&|answers| answers.code(**code)));
        statuses.but_codes = never.copied().collect();
        statuses.tidy();
    }
    all
}

impl Statuses {
    /// Leaves out what the rest says already.
    fn tidy(&mut self) {
        let Self { codes, classes, any, but_codes, but_classes } = self;
        // A code that one operation has in a class of another type.
        let is_but = |code: &u16| but_classes.contains(&(code / 100));
        but_codes.retain(|code| if *any { !is_but(code) } else { classes.contains(&(code / 100)) });
        codes.retain(|code| if *any { is_but(code) } else { !classes.contains(&(code / 100)) });
        if *any {
            classes.clear();
        }
    }

    /// ` with the status `404` or `5XX``; nothing where it may be any.
    pub(super) fn said(&self) -> String {
        let all = list(&self.codes, &self.classes);
        let but = list(&self.but_codes, &self.but_classes);
        match (self.any, all.as_str(), but.as_str()) {
            (true, _, "") | (false, "", _) => String::new(),
            (true, "", but) => format!(" with any status but {but}"),
            (true, all, but) => format!(" with the status {all}, or any but {but}"),
            (false, all, "") => format!(" with the status {all}"),
            (false, all, but) => format!(" with the status {all}, but for {but}"),
        }
    }

    /// `|status| status == 404 || (500..=599).contains(&status)`, and all that nobody describes, if that is asked for.
    pub(super) fn condition(&self, or_undescribed: bool) -> TokenStream {
        let of = conditions(&self.codes, &self.classes, true);
        let but = conditions(&self.but_codes, &self.but_classes, false);
        let told = match (self.any, of.as_slice(), but.as_slice()) {
            (true, _, []) => return quote!(|_| true),
            (true, of, [but]) => quote!(#(#of ||)* #but),
            (true, [], but) => quote!(#(#but)&&*),
            (true, of, but) => quote!(#(#of)||* || (#(#but)&&*)),
            (false, [], _) if or_undescribed => return quote!(is_undescribed),
            (false, [], _) => return quote!(|_| false),
            (false, of, []) => quote!(#(#of)||*),
            (false, of, but) => {
                let of = if let [only] = of { only.clone() } else { quote!((#(#of)||*)) };
                let all = quote!(#of #(&& #but)*);
                if or_undescribed { quote!((#all)) } else { all }
            }
        };
        let or_undescribed = or_undescribed.then(|| quote!(|| is_undescribed(status)));
        quote!(|status| #told #or_undescribed)
    }
}

/// `` `404`, `422` or `5XX` ``
fn list(codes: &BTreeSet<u16>, classes: &BTreeSet<u16>) -> String {
    let codes = codes.iter().map(u16::to_string);
    let all = codes.chain(classes.iter().map(|class| format!("{class}XX")));
    let all: Vec<String> = all.map(|status| prose::code(&status)).collect();
    match all.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// `status == 404`, `(500..=599).contains(&status)`: what holds for these, one of them if a status `is` any, or all of them if it
/// is none.
fn conditions(codes: &BTreeSet<u16>, classes: &BTreeSet<u16>, is: bool) -> Vec<TokenStream> {
    let not = (!is).then(|| quote!(!));
    let literals: Vec<Literal> = codes.iter().copied().map(Literal::u16_unsuffixed).collect();
    let codes = match literals.as_slice() {
        [] => None,
        [only] if is => Some(quote!(status == #only)),
        [only] => Some(quote!(status != #only)),
        several => Some(quote!(#not [#(#several),*].contains(&status))),
    };
    // Classes that follow each other are one range.
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for class in classes.iter().copied() {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == class => *last = class,
            _ => ranges.push((class, class)),
        }
    }
    let ranges = ranges.into_iter().map(|(first, last)| {
        let (first, last) = (Literal::u16_unsuffixed(first * 100), Literal::u16_unsuffixed(last * 100 + 99));
        quote!(#not (#first..=#last).contains(&status))
    });
    codes.into_iter().chain(ranges).collect()
}

#[cfg(test)]
mod tests {
    use super::{Described, Statuses};

    #[test]
    fn statuses_are_said_and_told_alike() {
        type Case = (&'static [u16], &'static [u16], bool, &'static [u16], &'static [u16]);
        let cases: [(Case, &str, &str); 9] = [
            ((&[422], &[], false, &[], &[]), " with the status `422`", "status == 422"),
            (
                (&[404, 422], &[], false, &[], &[]),
                " with the status `404` or `422`",
                "[404 , 422] . contains (& status)",
            ),
            (
                (&[429, 503], &[4, 5], false, &[], &[]),
                " with the status `4XX` or `5XX`",
                "(400 ..= 599) . contains (& status)",
            ),
            (
                (&[404], &[5], false, &[503], &[]),
                " with the status `404` or `5XX`, but for `503`",
                "(status == 404 || (500 ..= 599) . contains (& status)) && status != 503",
            ),
            ((&[404], &[], true, &[], &[]), "", "true"),
            ((&[], &[], true, &[404], &[]), " with any status but `404`", "status != 404"),
            (
                (&[404, 500], &[], true, &[404, 422, 501], &[4]),
                " with the status `404`, or any but `501` or `4XX`",
                "status == 404 || (status != 501 && ! (400 ..= 499) . contains (& status))",
            ),
            // What is said of codes that it doesn't have is nothing.
            ((&[422], &[], false, &[404], &[]), " with the status `422`", "status == 422"),
            ((&[], &[], false, &[], &[]), "", "false"),
        ];
        for ((codes, classes, is_any, but_codes, but_classes), words, told) in cases {
            let set = |all: &[u16]| all.iter().copied().collect();
            let mut statuses = Statuses {
                codes: set(codes),
                classes: set(classes),
                any: is_any,
                but_codes: set(but_codes),
                but_classes: set(but_classes),
            };
            statuses.tidy();
            let condition = statuses.condition(false).to_string();
            let condition = condition.trim_start_matches("| _ | ").trim_start_matches("| status | ");
            assert_eq!((statuses.said().as_str(), condition), (words, told));
        }
    }
    #[test]
    fn what_nobody_describes_may_be_anything() {
        type Case = (&'static [u16], &'static [u16], &'static [u16], &'static str);
        let cases: [Case; 4] = [
            (&[404], &[], &[], "| status | status == 404 || is_undescribed (status)"),
            (
                &[404],
                &[5],
                &[],
                "| status | status == 404 || (500 ..= 599) . contains (& status) || is_undescribed (status)",
            ),
            (
                &[],
                &[4],
                &[404],
                "| status | ((400 ..= 499) . contains (& status) && status != 404) || is_undescribed (status)",
            ),
            (&[], &[], &[], "is_undescribed"),
        ];
        let set = |all: &[u16]| all.iter().copied().collect();
        for (codes, classes, but_codes, told) in cases {
            let statuses =
                Statuses { codes: set(codes), classes: set(classes), but_codes: set(but_codes), ..Statuses::default() };
            assert_eq!(statuses.condition(true).to_string(), told);
        }
        let described = |codes, classes| Described { codes: set(codes), classes: set(classes) }.not(false).to_string();
        assert!(described(&[401, 404, 503], &[5]).contains("! [401 , 404] . contains (& status) && ! (500 ..= 599)"));
        assert!(described(&[], &[]).contains("{ true }"));
    }
}
