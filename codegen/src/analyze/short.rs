//! What an anonymous type would be called for short: `Api` → the member or parameter that a type is the value of, in the
//! singular where it is the item of a list or the value of a map. It is the description's own text, not a Rust name yet.

use std::collections::BTreeSet;

use super::walk::{named, parts, request};
use crate::ir::{Api, Origin, Part, TypeDef, TypeId, TypeRef};

/// Which types are items or values of something.
#[derive(Clone, Debug)]
pub(crate) struct ShortNames {
    repeated: BTreeSet<TypeId>,
}

impl ShortNames {
    /// Looks at every use of a type once.
    pub(crate) fn of(api: &Api) -> Self {
        let in_types = api.types.values().flat_map(|def| parts(&def.kind));
        let in_headers = api.operations.iter().flat_map(|operation| &operation.headers).map(|header| &header.ty);
        let uses = in_types.chain(api.operations.iter().flat_map(request)).chain(in_headers);
        let repeated = uses.filter(|ty| matches!(ty, TypeRef::List(_) | TypeRef::Map(_))).filter_map(named);
        Self { repeated: repeated.cloned().collect() }
    }

    /// The short name; `None` for what is not named after a member or parameter.
    pub(crate) fn get(&self, def: &TypeDef) -> Option<String> {
        let wire = match &def.origin {
            Origin::Parameter { name, .. } | Origin::Header { name, .. } => name,
            Origin::Part { part: Part::Member(wire), .. } => wire,
            _ => return None,
        };
        Some(if self.repeated.contains(&def.id) { singular(wire) } else { wire.clone() })
    }
}

/// Plurals that the rules below get wrong, with their singulars.
static IRREGULAR: &[(&str, &str)] = &[
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("apis", "api"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("calories", "calorie"),
    ("campuses", "campus"),
    ("canvases", "canvas"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("criteria", "criterion"),
    ("emojis", "emoji"),
    ("indices", "index"),
    ("kpis", "kpi"),
    ("matrices", "matrix"),
    ("movies", "movie"),
    ("people", "person"),
    ("quizzes", "quiz"),
    ("statuses", "status"),
    ("uris", "uri"),
    ("vertices", "vertex"),
    ("viruses", "virus"),
];

/// Words that end like a plural and are none.
static SINGULAR: &[&str] = &[
    "alias", "atlas", "aws", "bias", "canvas", "css", "dns", "gas", "gps", "https", "ios", "js", "lens", "news", "os",
    "series", "sms", "species", "tls",
];

/// The last word of `name` in the singular, by the rules of English that hold for most names in descriptions; a name that
/// no rule knows stays as it is.
pub(crate) fn singular(name: &str) -> String {
    let start = name
        .char_indices()
        .rev()
        .take_while(|(_, character)| character.is_ascii_lowercase())
        .last()
        .map_or(name.len(), |(at, _)| at);
    // The capital of `peerEvents` belongs to the word, for the tables' sake.
    let start = name
        .get(..start)
        .unwrap_or_default()
        .char_indices()
        .next_back()
        .map_or(start, |(at, character)| if character.is_ascii_uppercase() { at } else { start });
    let word = name.get(start..).unwrap_or_default().to_ascii_lowercase();
    if let Some((plural, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        let kept = plural.bytes().zip(singular.bytes()).take_while(|(a, b)| a == b).count();
        return format!("{}{}", name.get(..start + kept).unwrap_or_default(), singular.get(kept..).unwrap_or_default());
    }
    let unchanged = SINGULAR.contains(&word.as_str()) || word.len() < 3;
    let (cut, add) = if unchanged || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        (0, "")
    } else if word.ends_with("ies") && word.len() > 4 {
        (3, "y")
    } else if ["sses", "shes", "ches", "xes"].iter().any(|end| word.ends_with(end)) {
        (2, "")
    } else if word.ends_with('s') {
        (1, "")
    } else {
        (0, "")
    };
    format!("{}{add}", name.get(..name.len() - cut).unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::{ShortNames, singular};
    use crate::ir::testing::*;

    #[test]
    fn what_lists_and_maps_hold_is_one_of_them() {
        let a = component_id("A");
        let members = [
            member("entries", map_of(named(&part(&a, "entries")))),
            member("rooms", list_of(named(&part(&a, "rooms")))),
            member("terms", named(&part(&a, "terms"))),
        ];
        let one = || object([member("x", string())]);
        let mut api = build()
            .component("A", object(members))
            .part(&a, "entries", one())
            .part(&a, "rooms", one())
            .part(&a, "terms", one())
            .operation(get("/a").query_part("sorts", texts(["up", "down"])))
            .api();
        for parameter in &mut api.operations[0].parameters {
            parameter.ty = list_of(parameter.ty.clone());
        }
        let short = ShortNames::of(&api);
        let names: Vec<_> = api.types.values().filter_map(|def| short.get(def)).collect();
        assert_eq!(names, ["entry", "room", "terms", "sort"]);
    }

    #[test]
    fn items_are_named_in_the_singular() {
        let table = [
            ("sessions", "session"),
            ("peerEvents", "peerEvent"),
            ("PeerEvents", "PeerEvent"),
            ("Entries", "Entry"),
            ("breakout_rooms", "breakout_room"),
            ("addresses", "address"),
            ("matches", "match"),
            ("caches", "cache"),
            ("indices", "index"),
            ("Children", "Child"),
            ("statuses", "status"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("analyses", "analysis"),
            ("restApis", "restApi"),
            ("redirect_uris", "redirect_uri"),
            ("dns", "dns"),
            ("data", "data"),
            ("ties", "tie"),
            ("flies", "fly"),
            ("ads", "ad"),
            ("as", "as"),
            ("", ""),
            ("é", "é"),
            ("és", "és"),
            ("IDs", "IDs"),
        ];
        for (plural, expected) in table {
            assert_eq!(singular(plural), expected, "{plural}");
        }
    }
}
