//! Lints: which of a workspace's are not asked of generated code, and why. All others hold: there is no `unsafe` in it, nothing that
//! panics (`unwrap`, `expect`, indexing, `panic!`), nothing that prints, and no dead code that a caller would have to look at.

use std::collections::BTreeSet;

use toml::{Table, Value};

use crate::model::Allowed;

/// Names that some compiler doesn't know would be a warning of their own.
const LATER: &[&str] = &["unknown_lints"];

/// Groups and lints of taste. What they say depends on the compiler's version, and nobody could mend it here.
const STYLE: &[&str] = &["clippy::nursery", "clippy::pedantic"];

/// Lints of rustc: words that the description doesn't have, and parts of the runtime that this API doesn't need.
const API: &[&str] = &[
    "dead_code",
    "let_underscore_drop",
    "missing_copy_implementations",
    "missing_debug_implementations",
    "missing_docs",
    "single_use_lifetimes",
    "trivial_casts",
    "unreachable_pub",
    "unused_imports",
    "unused_macro_rules",
    "unused_qualifications",
    "unused_results",
    "variant_size_differences",
];

/// Lints whose measure a `clippy.toml` sets for code that people write, and of names that are the description's.
const MEASURES: &[&str] = &[
    "clippy::cargo_common_metadata",
    "clippy::disallowed_names",
    "clippy::doc_lazy_continuation",
    "clippy::enum_variant_names",
    "clippy::large_enum_variant",
    "clippy::module_inception",
    "clippy::multiple_crate_versions",
    "clippy::result_large_err",
    "clippy::too_many_arguments",
    "clippy::type_complexity",
    "clippy::upper_case_acronyms",
];

/// Lints of clippy's group `restriction`, which is a choice of habits, some of them each other's opposite.
const HABITS: &[&str] = &[
    "clippy::absolute_paths",
    "clippy::allow_attributes",
    "clippy::allow_attributes_without_reason",
    "clippy::arbitrary_source_item_ordering",
    "clippy::arithmetic_side_effects",
    "clippy::as_conversions",
    "clippy::as_underscore",
    "clippy::big_endian_bytes",
    "clippy::blanket_clippy_restriction_lints",
    "clippy::default_numeric_fallback",
    "clippy::doc_paragraphs_missing_punctuation",
    "clippy::else_if_without_else",
    "clippy::empty_structs_with_brackets",
    "clippy::error_impl_error",
    "clippy::exhaustive_enums",
    "clippy::exhaustive_structs",
    "clippy::field_scoped_visibility_modifiers",
    "clippy::float_arithmetic",
    "clippy::impl_trait_in_params",
    "clippy::implicit_return",
    "clippy::integer_division",
    "clippy::integer_division_remainder_used",
    "clippy::let_underscore_must_use",
    "clippy::let_underscore_untyped",
    "clippy::map_err_ignore",
    "clippy::min_ident_chars",
    "clippy::missing_docs_in_private_items",
    "clippy::missing_inline_in_public_items",
    "clippy::missing_trait_methods",
    "clippy::mod_module_files",
    "clippy::module_name_repetitions",
    "clippy::modulo_arithmetic",
    "clippy::multiple_inherent_impl",
    "clippy::non_ascii_literal",
    "clippy::pattern_type_mismatch",
    "clippy::precedence_bits",
    "clippy::pub_use",
    "clippy::pub_with_shorthand",
    "clippy::question_mark_used",
    "clippy::ref_patterns",
    "clippy::renamed_function_params",
    "clippy::return_and_then",
    "clippy::same_name_method",
    "clippy::self_named_module_files",
    "clippy::separated_literal_suffix",
    "clippy::shadow_reuse",
    "clippy::shadow_same",
    "clippy::shadow_unrelated",
    "clippy::single_call_fn",
    "clippy::single_char_lifetime_names",
    "clippy::std_instead_of_alloc",
    "clippy::std_instead_of_core",
    "clippy::unchecked_time_subtraction",
    "clippy::unused_trait_names",
    "clippy::wildcard_enum_match_arm",
];

/// Groups that have some of these in them.
const GROUPS: &[(&str, &[&str])] = &[
    ("clippy::all", &["clippy::"]),
    ("clippy::cargo", &["clippy::cargo_common_metadata", "clippy::multiple_crate_versions"]),
    ("clippy::complexity", &["clippy::too_many_arguments", "clippy::type_complexity"]),
    ("clippy::perf", &["clippy::large_enum_variant", "clippy::result_large_err"]),
    ("clippy::restriction", HABITS),
    ("clippy::style", &["clippy::disallowed_names", "clippy::enum_variant_names", "clippy::upper_case_acronyms"]),
    ("let_underscore", &["let_underscore_drop"]),
    ("unused", &["dead_code", "unused_imports", "unused_macro_rules"]),
];

/// Whether a text is the name of a lint, or could be: it goes into Rust as it is.
pub(super) fn is_name(text: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    text.split("::").count() <= 2 && text.split("::").all(is_word)
}

/// What generated code is free of; `also` by the user's own word.
pub(super) fn allowed(also: &[String], forbidden: &BTreeSet<String>) -> Vec<Allowed> {
    let named = |lints: &[&str]| lints.iter().map(|lint| (*lint).to_owned()).collect::<Vec<_>>();
    let all = [
        ("some of these names are of later compilers", named(LATER)),
        ("taste, about code that people write", named(STYLE)),
        ("the API has what it has, and the description says what it says", named(API)),
        ("their measure is set for code that people write", named(MEASURES)),
        ("habits, some of them each other's opposite", named(HABITS)),
        ("as it was asked for", also.to_vec()),
    ];
    let kept = all.into_iter().map(|(reason, mut lints)| {
        lints.retain(|lint| !forbidden.contains(lint));
        Allowed { reason, lints }
    });
    kept.filter(|allowed| !allowed.lints.is_empty()).collect()
}

/// The lints among those that are allowed which a table of lints (`rust`, `clippy`) forbids, by themselves or as a group.
pub(super) fn forbidden(lints: Option<&Table>, also: &[String]) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (tool, lints) in lints.into_iter().flatten() {
        for (name, level) in lints.as_table().into_iter().flatten() {
            let level = level.get("level").unwrap_or(level);
            if level.as_str() == Some("forbid") {
                named.insert(if tool == "rust" { name.clone() } else { format!("{tool}::{name}") });
            }
        }
    }
    let in_group = |lint: &str| {
        let mut groups = GROUPS.iter().filter(|(group, _)| named.contains(*group));
        groups.any(|(group, lints)| match *group {
            "clippy::all" => lint.starts_with("clippy::") && MEASURES.contains(&lint),
            _ => lints.contains(&lint),
        })
    };
    let all = allowed(also, &BTreeSet::new()).into_iter().flat_map(|allowed| allowed.lints);
    all.filter(|lint| named.contains(lint) || in_group(lint)).collect()
}

/// The table of lints that holds for a package, in its workspace.
pub(super) fn of_package<'t>(package: &'t Table, workspace: Option<&'t Table>) -> Option<&'t Table> {
    let own = package.get("lints").and_then(Value::as_table)?;
    match own.get("workspace").and_then(Value::as_bool) {
        Some(true) => workspace.and_then(of_workspace),
        _ => Some(own),
    }
}

/// The table of lints that a workspace offers its members.
pub(super) fn of_workspace(workspace: &Table) -> Option<&Table> {
    workspace.get("workspace")?.get("lints")?.as_table()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forbids(text: &str) -> Vec<String> {
        forbidden(Some(&toml::from_str(text).unwrap()), &[]).into_iter().collect()
    }

    #[test]
    fn only_names_go_into_rust() {
        for good in ["missing_docs", "clippy::disallowed_methods"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "clippy::", "a::b::c", "a)] fn b() {}", "A", "a-b", "a b"] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_forbidden_can_not_be_allowed() {
        assert_eq!(forbids("rust = { unsafe_code = 'forbid', missing_docs = 'deny' }"), Vec::<String>::new());
        assert_eq!(forbids("rust = { missing_docs = { level = 'forbid' } }"), ["missing_docs"]);
        assert_eq!(forbids("clippy = { pedantic = 'forbid', unwrap_used = 'forbid' }"), ["clippy::pedantic"]);
        assert_eq!(forbids("rust.unused = 'forbid'"), ["dead_code", "unused_imports", "unused_macro_rules"]);
        assert_eq!(forbids("clippy.all = 'forbid'").len(), MEASURES.len());
        let left = allowed(&[], &BTreeSet::from(["clippy::pedantic".to_owned()]));
        assert!(left.iter().all(|allowed| !allowed.lints.iter().any(|lint| lint == "clippy::pedantic")));
    }
}
