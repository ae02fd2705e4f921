//! Media types that the body of a request can be sent as: their names → setters, each in the scope of its operation.
//!
//! `application/strategic-merge-patch+json` is `as_strategic_merge_patch`: what stands before the suffix says what it is, and
//! where that is not enough, all of it does.

use std::collections::BTreeMap;

use super::ident::snake;
use super::reserved::is_parameter;
use super::scope::{About, Entry, Owned, give};
use super::spell::spelled_in_full;
use super::words::words;
use crate::diag::Diagnostics;
use crate::ir::{Location, Operation, Payload};
use crate::pointer::Pointer;

/// The setters of an operation, whose parameters have these names.
pub(super) fn media_types(
    operation: &Operation,
    parameters: &BTreeMap<(Pointer, Location, String), String>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<(Pointer, String), String> {
    let Some(body) = operation.body.as_ref().filter(|body| matches!(body.payload, Payload::Json { .. })) else {
        return BTreeMap::new();
    };
    let entry = |media_type: &String| {
        let name = media_type.split(';').next().unwrap_or_default();
        let (_, rest) = name.split_once('/').unwrap_or(("", name));
        let short = rest.rsplit_once('+').map_or(rest, |(short, _)| short);
        let rungs = [words(short), words(name), spelled_in_full(media_type)];
        let rungs = rungs.into_iter().map(|words| [vec!["as".to_owned()], words].concat());
        let place = body.pointer.child("content").child(media_type);
        let about = About {
            thing: format!("the media type `{}`", media_type.escape_debug()),
            table: "members",
            key: place.as_str().to_owned(),
            place: Some(place),
        };
        Entry { rungs: rungs.collect(), owns: Owned::default(), pinned: None, about }
    };
    let entries: Vec<Entry> = body.offered.iter().map(entry).collect();
    let is_taken = |name: &str| is_parameter(name) || parameters.values().any(|taken| taken == name);
    let given = give(&entries, snake, is_taken, diagnostics);
    let keys = body.offered.iter().map(|media_type| (operation.pointer.clone(), media_type.clone()));
    keys.zip(given.into_iter().map(|given| given.ident)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::{post, string};

    #[test]
    fn the_part_before_the_suffix_says_what_it_is() {
        let names = |media_types: &[&str], parameters: &[&str]| {
            let operation = post("/a").body(string());
            let api = crate::ir::testing::build().operation(operation).api();
            let mut operation = api.operations[0].clone();
            if let Some(body) = &mut operation.body {
                body.offered = media_types.iter().map(|name| name.to_string()).collect();
            }
            let parameters = parameters
                .iter()
                .map(|name| ((operation.pointer.clone(), Location::Query, name.to_string()), name.to_string()));
            let mut diagnostics = Diagnostics::default();
            let named = media_types_of(&operation, &parameters.collect(), &mut diagnostics);
            assert!(!diagnostics.has_errors());
            named
        };
        assert_eq!(
            names(&["application/json-patch+json", "application/strategic-merge-patch+json"], &[]),
            ["as_json_patch", "as_strategic_merge_patch"]
        );
        assert_eq!(names(&["application/vnd.a.v2+json; charset=utf-8"], &[]), ["as_vnd_a_v2"]);
        assert_eq!(names(&["application/a+json"], &["as_a"]), ["as_application_a_plus_json"]);
        assert_eq!(names(&["application/a+json", "text/a+json"], &[]).len(), 2);
    }

    fn media_types_of(
        operation: &Operation,
        parameters: &BTreeMap<(Pointer, Location, String), String>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<String> {
        media_types(operation, parameters, diagnostics).into_values().collect()
    }
}
