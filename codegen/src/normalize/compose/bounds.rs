//! Bounds and the like of schemas that hold at once → what all of them allow (JSON Schema 2020-12, section 10.2.1.1).

use crate::load::tree::{Entry, Map, Node, Number, Value};

/// The bounds of numbers, each with the keyword by which it is one itself no longer (OpenAPI 3.0.3: true or false), and whether
/// the larger of two is the tighter one.
static LIMITS: [(&str, &str, bool); 2] =
    [("minimum", "exclusiveMinimum", true), ("maximum", "exclusiveMaximum", false)];

/// Other bounds, and whether the larger of two is the tighter one.
static COUNTS: [(&str, bool); 6] = [
    ("exclusiveMinimum", true),
    ("exclusiveMaximum", false),
    ("minLength", true),
    ("maxLength", false),
    ("minItems", true),
    ("maxItems", false),
];

/// All bounds.
const BOUNDS: [&str; 11] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
];

/// Whether a keyword is a bound.
pub(crate) fn is_bound(name: &str) -> bool {
    BOUNDS.contains(&name)
}

/// Adds the bounds of the schema `written` to what is `said` so far: of two the tighter one stays.
pub(crate) fn tighten(said: &mut Map, written: &Map) {
    add(said, written, &BOUNDS);
}

/// Adds the keywords `names` of the schema `written` to what is `said` so far. Of two bounds the tighter one stays, of other
/// keywords the one that is said already.
pub(super) fn add(said: &mut Map, written: &Map, names: &[&'static str]) {
    for (limit, exclusive, is_lower) in LIMITS {
        limits(said, written, limit, exclusive, is_lower);
    }
    for &name in names {
        let Some(theirs) = written.get(name) else { continue };
        let Some(ours) = said.get(name) else {
            if !is_of_limit(name, theirs) {
                said.insert(name, theirs.clone());
            }
            continue;
        };
        let is_tighter = match name {
            "uniqueItems" => theirs.node.as_bool() == Some(true),
            name => {
                let count = COUNTS.iter().find(|(count, _)| *count == name);
                count.is_some_and(|(_, is_lower)| is_beyond(ours, theirs, *is_lower) == Some(true))
            }
        };
        let tighter = match name {
            "pattern" => both_patterns(ours, theirs),
            "multipleOf" => common_multiple(ours, theirs),
            _ => is_tighter.then(|| theirs.clone()),
        };
        if let Some(tighter) = tighter {
            said.insert(name, tighter);
        }
    }
}

/// A list of the patterns of both, where they aren't the same: docs and checks read it.
fn both_patterns(ours: &Entry, theirs: &Entry) -> Option<Entry> {
    let all = |entry: &Entry| match &entry.node.value {
        Value::List(list) => list.clone(),
        _ => vec![entry.node.clone()],
    };
    let mut list = all(ours);
    let is_new = |list: &[Node], one: &Node| !list.iter().any(|known| known.as_text() == one.as_text());
    let new: Vec<Node> = all(theirs).into_iter().filter(|one| is_new(&list, one)).collect();
    if new.is_empty() {
        return None;
    }
    list.extend(new);
    let mut both = ours.clone();
    both.node.value = Value::List(list);
    Some(both)
}

/// What the multiples of both are multiples of, where that is not the first already. Of fractions it is one of them, or not known.
fn common_multiple(ours: &Entry, theirs: &Entry) -> Option<Entry> {
    let (a, b) = (number(ours)?, number(theirs)?);
    if a <= 0.0 || b <= 0.0 || a % b == 0.0 {
        return None;
    }
    let mut common = theirs.clone();
    if b % a != 0.0 {
        let whole = |number: f64| (number.fract() == 0.0 && number < 1e9).then_some(number as u64);
        let (a, b) = (whole(a)?, whole(b)?);
        common.node.value = Value::Number(Number((a / divisor(a, b) * b).to_string()));
    }
    Some(common)
}

/// The greatest number that divides both (Euclid).
fn divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// The tighter of two limits, with whether it is one of the values itself.
fn limits(said: &mut Map, written: &Map, limit: &'static str, exclusive: &'static str, is_lower: bool) {
    let Some(theirs) = written.get(limit) else { return };
    let excludes = |map: &Map| map.get(exclusive).is_some_and(|entry| entry.node.as_bool() == Some(true));
    let is_tighter = said.get(limit).is_none_or(|ours| match is_beyond(ours, theirs, is_lower) {
        Some(is_tighter) => is_tighter,
        None => !excludes(said) && excludes(written),
    });
    if !is_tighter {
        return;
    }
    said.insert(limit, theirs.clone());
    match written.get(exclusive).filter(|entry| entry.node.as_bool().is_some()) {
        Some(entry) => drop(said.insert(exclusive, entry.clone())),
        None if excludes(said) => drop(said.shift_remove(exclusive)),
        None => {}
    }
}

/// Whether a keyword goes with its limit alone.
fn is_of_limit(name: &str, entry: &Entry) -> bool {
    LIMITS.iter().any(|(limit, exclusive, _)| name == *limit || name == *exclusive && entry.node.as_bool().is_some())
}

/// Whether the second number is beyond the first; `None` where they are the same.
fn is_beyond(ours: &Entry, theirs: &Entry, is_lower: bool) -> Option<bool> {
    let (ours, theirs) = (number(ours)?, number(theirs)?);
    (ours != theirs).then_some(if is_lower { theirs > ours } else { theirs < ours })
}

fn number(entry: &Entry) -> Option<f64> {
    match &entry.node.value {
        Value::Number(number) => number.as_f64(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::ir::TypeKind;
    use crate::lower::lower;
    use crate::normalize::testing::normalized;

    /// What the docs of a member know that two schemas bound which hold at once.
    fn notes(version: &str, first: &str, second: &str) -> crate::ir::Notes {
        let text = format!(
            "# YAML\nopenapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': \
             {{description: D, content: {{application/json: {{schema: {{$ref: '#/components/schemas/M'}}}}}}}}}}}}}}}}\n\
             components: {{schemas: {{B: {{type: object, properties: {{a: {{{first}}}}}}}, \
             M: {{allOf: [{{$ref: '#/components/schemas/B'}}, {{type: object, properties: {{a: {{{second}}}}}}}]}}}}}}\n"
        );
        let api = lower(&normalized(&text).0.unwrap(), &mut Diagnostics::default()).api;
        let def = api.types.into_values().find(|def| def.id.0.as_str().ends_with("/M")).unwrap();
        let TypeKind::Struct(of) = def.kind else { panic!("{:?}", def.kind) };
        (*of.members[0].notes).clone()
    }

    #[test]
    fn the_tighter_bound_stays_whichever_is_said_first() {
        for (loose, tight) in [
            ("type: string, minLength: 2, maxLength: 30", "type: string, minLength: 3, maxLength: 10"),
            ("type: integer, minimum: 1, maximum: 20", "type: integer, minimum: 5, maximum: 10"),
            ("type: integer, minimum: 5", "type: integer, minimum: 5, exclusiveMinimum: true"),
            ("type: integer, maximum: 9, exclusiveMaximum: true", "type: integer, maximum: 8"),
            (
                "type: array, items: {type: string}, minItems: 1",
                "type: array, items: {type: string}, minItems: 2, uniqueItems: true",
            ),
            ("type: integer, multipleOf: 2", "type: integer, multipleOf: 6"),
        ] {
            let expected = notes("3.0.3", tight, tight);
            assert_eq!(notes("3.0.3", loose, tight), expected, "{loose}");
            assert_eq!(notes("3.0.3", tight, loose), expected, "{loose}");
        }
        let both = notes(
            "3.1.0",
            "type: number, exclusiveMinimum: 1, maximum: 9",
            "type: number, exclusiveMinimum: 2, maximum: 8",
        );
        assert_eq!(both, notes("3.1.0", "type: number", "type: number, exclusiveMinimum: 2, maximum: 8"));
        let patterns = notes("3.0.3", "type: string, pattern: '^a'", "type: string, pattern: 'b$'").patterns;
        assert_eq!(patterns, ["b$", "^a"]);
        assert_eq!(notes("3.0.3", "type: string, pattern: a", "type: string, pattern: a").patterns, ["a"]);
        let sixth = notes("3.0.3", "type: integer, multipleOf: 4", "type: integer, multipleOf: 6");
        assert_eq!(sixth, notes("3.0.3", "type: integer", "type: integer, multipleOf: 12"));
    }
}
