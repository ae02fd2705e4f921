//! Bounds that are checked before something is sent: those of members, parameters and bodies, with those of the items and
//! values in them, wherever the configuration asks for it. What types with members hold is checked by their members.

mod open;

use std::collections::BTreeSet;

use openapiv3::Parameter as Written;
use regex_lite::Regex;

use super::docs;
use super::others::schema_place;
use super::parameters;
use super::shape::{Shape, shape};
use crate::diag::{BOUNDS_UNCHECKED, Diagnostic, Diagnostics, PATTERN_UNCHECKED};
use crate::ir::{Api, Body, Bound, JsonKind, Notes, Operation, Parameter, TypeKind, TypeRef};
use crate::normalize::{CHAIN, Resolved, Spec};
use crate::pointer::Pointer;

/// Lists and maps inside one another are looked into so deep; types end as deep.
const DEEPEST: usize = 16;

/// Gives each member, parameter and body that is sent the bounds that it is checked by.
pub fn check_bounds(api: &mut Api, spec: &Spec, diagnostics: &mut Diagnostics) {
    let mut found = Found { spec, diagnostics, unread: BTreeSet::new() };
    for def in api.types.values_mut() {
        let own = match &mut def.kind {
            TypeKind::Struct(object) => {
                for member in &mut object.members {
                    member.notes.checks = found.bounds(&member.pointer);
                }
                if let Some(additional) = &mut object.additional {
                    additional.notes.checks = found.bounds(&additional.pointer);
                }
                members_of(&def.notes)
            }
            TypeKind::Tuple(tuple) => {
                let items = tuple.items.iter().enumerate();
                let bounds = items.flat_map(|(index, item)| {
                    let bounds = found.bounds(&item.pointer).into_iter();
                    bounds.map(move |bound| Bound::At(index, Box::new(bound)))
                });
                bounds.collect()
            }
            TypeKind::Enum(_) | TypeKind::Union(_) | TypeKind::Alias(_) => Vec::new(),
        };
        if !own.is_empty() {
            def.notes.checks = own;
        }
    }
    for Operation { parameters, body, .. } in &mut api.operations {
        for parameter in parameters {
            parameter.notes.checks = found.of_parameter(parameter).unwrap_or_default();
        }
        if let Some(body) = body {
            body.notes.checks = found.of_body(body).unwrap_or_default();
        }
    }
}

struct Found<'a> {
    spec: &'a Spec,
    diagnostics: &'a mut Diagnostics,
    /// Where patterns and branches stand that are not checked.
    unread: BTreeSet<Pointer>,
}

impl Found<'_> {
    fn of_parameter(&mut self, parameter: &Parameter) -> Option<Vec<Bound>> {
        let Some(Resolved::Found(_, written)) = self.spec.parameter(&parameter.pointer) else { return None };
        let place = parameters::schema(self.spec, Written::parameter_data_ref(written))?;
        // An argument that may be a text or a number is a text, which is as long as the number is.
        let mut inner = &parameter.ty;
        while let TypeRef::List(items) | TypeRef::Map(items) = inner {
            inner = &items.ty;
        }
        Some(self.bounds_of(&place, matches!(inner, TypeRef::Named(_)), 0))
    }

    fn of_body(&mut self, body: &Body) -> Option<Vec<Bound>> {
        body.ty()?;
        let Some(Resolved::Found(_, written)) = self.spec.request_body(&body.pointer) else { return None };
        let by_name = written.content.get(&body.media_type);
        let media = by_name.or_else(|| written.content.values().next().filter(|_| written.content.len() == 1))?;
        let place = schema_place(media)?;
        Some(self.bounds(&place))
    }

    /// What a value of the schema at `place` must keep to, as said there and behind its references.
    fn bounds(&mut self, place: &Pointer) -> Vec<Bound> {
        self.bounds_of(place, true, 0)
    }

    /// The same; `has_unions` is whether unions are values of one of several types.
    fn bounds_of(&mut self, place: &Pointer, has_unions: bool, depth: usize) -> Vec<Bound> {
        let Some((said, shape)) = said(self.spec, place) else { return Vec::new() };
        let (own, inner): (fn(&Notes) -> Vec<Bound>, _) = match shape {
            Shape::Primitive(primitive, _) => match primitive.kind() {
                JsonKind::String => (texts, None),
                JsonKind::Integer | JsonKind::Number => (numbers, None),
                JsonKind::Boolean | JsonKind::List | JsonKind::Object => return Vec::new(),
            },
            Shape::List(items) => (items_of, items),
            Shape::Map(values) => (members_of, values),
            Shape::Enum(JsonKind::String) if depth < DEEPEST => {
                return self.of_open(said.into_iter().map(|(place, _)| place), depth + 1);
            }
            Shape::Union { branches } if has_unions && depth < DEEPEST => {
                return self.of_branches(&branches, depth + 1);
            }
            _ => return Vec::new(),
        };
        let mut bounds = Vec::new();
        for (place, said) in &said {
            for bound in own(said) {
                if !bounds.contains(&bound) && self.is_checked(&bound, place) {
                    bounds.push(bound);
                }
            }
        }
        let inner = inner.filter(|_| depth < DEEPEST).map(|inner| self.bounds_of(&inner, has_unions, depth + 1));
        bounds.extend(inner.into_iter().flatten().map(|bound| Bound::Each(Box::new(bound))));
        bounds
    }

    /// What values of a union must keep to: a bound speaks of values of one JSON type, and is that of the only branch of the
    /// type. Of lists and objects it would be said of what is in either.
    fn of_branches(&mut self, branches: &[Pointer], depth: usize) -> Vec<Bound> {
        let kind = |place: &Pointer| match said(self.spec, place)?.1 {
            Shape::Primitive(primitive, _) => Some(primitive.kind()),
            Shape::Enum(kind) => Some(kind),
            Shape::List(_) | Shape::Tuple(_) => Some(JsonKind::List),
            Shape::Map(_) | Shape::Struct { .. } => Some(JsonKind::Object),
            Shape::Union { .. } | Shape::Any | Shape::Same(_) => None,
        };
        let kinds: Option<Vec<JsonKind>> = branches.iter().map(kind).collect();
        let Some(kinds) = kinds else { return Vec::new() };
        let is_number = |kind: &JsonKind| matches!(kind, JsonKind::Integer | JsonKind::Number);
        let is_text = |kind: &JsonKind| *kind == JsonKind::String;
        let only = |is: &dyn Fn(&JsonKind) -> bool| kinds.iter().filter(|kind| is(kind)).count() == 1;
        let (one_text, one_number) = (only(&is_text), only(&is_number));
        let mut bounds = Vec::new();
        for (branch, kind) in branches.iter().zip(&kinds) {
            let of_branch = self.bounds_of(branch, true, depth);
            if is_text(kind) && one_text || is_number(kind) && one_number {
                bounds.extend(of_branch);
            } else if !of_branch.is_empty() && self.unread.insert(branch.clone()) {
                let message = "what this branch holds is not checked before it is sent, for others are of its JSON type, or \
                               have parts like it";
                self.diagnostics.push(Diagnostic::new(&BOUNDS_UNCHECKED, message).at(branch));
            }
        }
        bounds
    }

    /// Whether a bound is one that a client can check; says so once where it is none.
    fn is_checked(&mut self, bound: &Bound, place: &Pointer) -> bool {
        let Bound::Pattern(pattern) = bound else { return true };
        let Some(why) = why_unread(pattern) else { return true };
        if self.unread.insert(place.clone()) {
            let message = format!("the pattern is not checked: {why}");
            self.diagnostics.push(Diagnostic::new(&PATTERN_UNCHECKED, message).at(place.child("pattern")));
        }
        false
    }
}

/// Why a regular expression can't be checked, if it can't.
fn why_unread(pattern: &str) -> Option<String> {
    // Written as JavaScript has a regular expression in its code, it asks for the slashes.
    if pattern.len() > 1 && pattern.starts_with("/^") && pattern.ends_with("$/") {
        return Some("no text matches it, for the slashes count as characters".to_owned());
    }
    Regex::new(pattern).err().map(|error| error.to_string())
}

/// What is said of a value at `place` and at each place that is the same, and the shape at the end of them.
fn said(spec: &Spec, place: &Pointer) -> Option<(Vec<(Pointer, Notes)>, Shape)> {
    let (mut said, mut place) = (Vec::new(), place.clone());
    for _ in 0..=CHAIN * 2 {
        let shape = shape(spec, &place).ok()?.shape;
        // What stands beside a reference is ignored.
        let node = spec.node(&place).filter(|node| node.get("$ref").is_none());
        said.extend(node.map(|node| (place.clone(), docs::notes(node, None))));
        match shape {
            Shape::Same(target) => place = target,
            shape => return Some((said, shape)),
        }
    }
    None
}

fn numbers(notes: &Notes) -> Vec<Bound> {
    // What has no `f64` bounds nothing that has one.
    let finite = |number: &Option<String>| number.clone().filter(|text| text.parse().is_ok_and(f64::is_finite));
    let least = finite(&notes.minimum).map(|least| match notes.exclusive_minimum {
        true => Bound::Above(least),
        false => Bound::Minimum(least),
    });
    let most = finite(&notes.maximum).map(|most| match notes.exclusive_maximum {
        true => Bound::Below(most),
        false => Bound::Maximum(most),
    });
    let is_step = |step: &String| step.parse().is_ok_and(|step: f64| step > 0.0);
    let step = finite(&notes.multiple_of).filter(is_step).map(Bound::MultipleOf);
    least.into_iter().chain(most).chain(step).collect()
}

fn texts(notes: &Notes) -> Vec<Bound> {
    let mut bounds = sizes(notes, Bound::MinLength, Bound::MaxLength);
    bounds.extend(notes.patterns.iter().cloned().map(Bound::Pattern));
    bounds
}

fn items_of(notes: &Notes) -> Vec<Bound> {
    let mut bounds = sizes(notes, Bound::MinItems, Bound::MaxItems);
    bounds.extend(notes.unique_items.then_some(Bound::UniqueItems));
    bounds
}

fn members_of(notes: &Notes) -> Vec<Bound> {
    sizes(notes, Bound::MinMembers, Bound::MaxMembers)
}

/// No value has a size below 0.
fn sizes(notes: &Notes, least: fn(u64) -> Bound, most: fn(u64) -> Bound) -> Vec<Bound> {
    let least = notes.min_length.filter(|size| *size > 0).map(least);
    least.into_iter().chain(notes.max_length.map(most)).collect()
}

#[cfg(test)]
mod tests {
    use super::check_bounds;
    use crate::diag::Diagnostics;
    use crate::ir::{Api, Bound, TypeKind};
    use crate::lower::lower;
    use crate::normalize::testing::{lines, normalized};

    fn checked(version: &str, parameter: &str, body: &str) -> (Api, String) {
        let text = format!(
            "# YAML\n{{openapi: {version}, info: {{title: T, version: '1'}}, paths: {{/a: {{put: {{\
             parameters: [{{in: query, name: q, schema: {parameter}}}], \
             requestBody: {{content: {{application/json: {{schema: {body}}}}}}}, \
             responses: {{'204': {{description: ''}}}}}}}}}}, components: {{schemas: {{\
             Name: {{type: string, maxLength: 9}}, Names: {{type: array, minItems: 1, items: {{$ref: '#/components/schemas/Name'}}}}}}}}}}"
        );
        let spec = normalized(&text).0.unwrap();
        let mut api = lower(&spec, &mut Diagnostics::default()).api;
        let mut found = Diagnostics::default();
        check_bounds(&mut api, &spec, &mut found);
        (api, lines(&found))
    }

    fn parameter(version: &str, schema: &str) -> Vec<Bound> {
        checked(version, schema, "{}").0.operations[0].parameters[0].notes.checks.clone()
    }

    fn each(bound: Bound) -> Bound {
        Bound::Each(Box::new(bound))
    }

    #[test]
    fn a_union_has_the_bounds_of_its_branches_each_for_values_of_its_type() {
        let member = |schema: &str| {
            let body = format!("{{type: object, properties: {{a: {schema}}}}}");
            let (api, _) = checked("3.1.0", "{type: string}", &body);
            let structs = api.types.values().filter_map(|def| match &def.kind {
                TypeKind::Struct(of) => of.members.first(),
                _ => None,
            });
            structs.map(|member| member.notes.checks.clone()).next().unwrap()
        };
        let both = vec![Bound::MaxLength(1), Bound::Minimum("1".to_owned())];
        assert_eq!(member("{oneOf: [{type: string, maxLength: 1}, {type: integer, minimum: 1}]}"), both);
        let items = "{type: array, items: {type: string, maxLength: 2}}";
        let text = vec![Bound::MaxLength(1)];
        assert_eq!(member(&format!("{{anyOf: [{{type: string, maxLength: 1}}, {items}]}}")), text);
        assert_eq!(member("{oneOf: [{type: integer, minimum: 1}, {type: number, maximum: 0}]}"), []);
    }

    #[test]
    fn types_keep_to_bounds_of_their_own() {
        let body = "{type: object, minProperties: 1, properties: {pair: {type: array, minItems: 2, items: false, \
                    prefixItems: [{type: string, maxLength: 3}, {type: string}]}}, additionalProperties: {type: integer, minimum: 1}}";
        let (api, found) = checked("3.1.0", "{type: string}", body);
        assert_eq!(found, "");
        let own: Vec<&Bound> = api.types.values().flat_map(|def| &def.notes.checks).collect();
        assert_eq!(own, [&Bound::MinMembers(1), &Bound::At(0, Box::new(Bound::MaxLength(3)))]);
        let others = api.types.values().find_map(|def| match &def.kind {
            TypeKind::Struct(object) => object.additional.clone(),
            _ => None,
        });
        assert_eq!(others.unwrap().notes.checks, [Bound::Minimum("1".to_owned())]);
    }

    #[test]
    fn branches_that_are_not_checked_are_said() {
        let texts =
            "{oneOf: [{type: string, maxLength: 3}, {type: string, format: date}, {type: integer, minimum: 1}]}";
        let found = checked("3.0.3", "{type: string}", &format!("{{type: object, properties: {{a: {texts}}}}}")).1;
        let place = "#/paths/~1a/put/requestBody/content/application~1json/schema/properties/a/oneOf/0";
        assert!(found.starts_with(&format!("note S0125 {place}: what this branch holds is not checked")), "{found}");
        assert_eq!(found.lines().count(), 1, "{found}");
    }

    #[test]
    fn bounds_are_of_the_values_that_a_type_has() {
        let number = |text: &str| text.to_owned();
        for (schema, bounds) in [
            ("{type: string, minLength: 0, maxLength: 3, maximum: 3, maxItems: 3}", vec![Bound::MaxLength(3)]),
            ("{type: integer, minimum: 1, maxLength: 3}", vec![Bound::Minimum(number("1"))]),
            ("{type: number, maximum: 1.5, exclusiveMaximum: true}", vec![Bound::Below(number("1.5"))]),
            ("{type: number, minimum: 1, maximum: 1e999}", vec![Bound::Minimum(number("1"))]),
            ("{type: boolean, minimum: 1}", vec![]),
            ("{type: integer, multipleOf: 5}", vec![Bound::MultipleOf(number("5"))]),
            ("{type: integer, multipleOf: 0}", vec![]),
            ("{type: array, items: {}, uniqueItems: true}", vec![Bound::UniqueItems]),
            ("{type: string, uniqueItems: true, multipleOf: 5}", vec![]),
            ("{type: string, enum: [a, b], maxLength: 1}", vec![]),
            ("{$ref: '#/components/schemas/Name', maxLength: 1}", vec![Bound::MaxLength(9)]),
            ("{$ref: '#/components/schemas/Names'}", vec![Bound::MinItems(1), each(Bound::MaxLength(9))]),
            (
                "{type: array, items: {type: array, maxItems: 2, items: {type: integer, minimum: 0}}}",
                vec![each(Bound::MaxItems(2)), each(each(Bound::Minimum(number("0"))))],
            ),
            (
                "{type: object, minProperties: 1, maxProperties: 2, additionalProperties: {type: string, minLength: 1}}",
                vec![Bound::MinMembers(1), Bound::MaxMembers(2), each(Bound::MinLength(1))],
            ),
            ("{oneOf: [{type: string, maxLength: 1}, {type: integer, minimum: 1}]}", vec![]),
        ] {
            assert_eq!(parameter("3.0.3", schema), bounds, "{schema}");
        }
        for (schema, bounds) in [
            ("{type: [string, 'null'], maxLength: 3}", vec![Bound::MaxLength(3)]),
            ("{type: number, exclusiveMinimum: 0}", vec![Bound::Above(number("0"))]),
            ("{anyOf: [{type: string, maxLength: 3}, {type: 'null'}]}", vec![Bound::MaxLength(3)]),
        ] {
            assert_eq!(parameter("3.1.0", schema), bounds, "{schema}");
        }
        let open = |more: &str| format!("{{anyOf: [{{type: string, enum: [any, b]}}, {{type: string, {more}}}]}}");
        assert_eq!(parameter("3.0.3", &open("maxLength: 3")), [Bound::MaxLength(3)]);
        let pattern = [Bound::MinLength(1), Bound::Pattern("^[a-z]+$".to_owned())];
        assert_eq!(parameter("3.0.3", &open("minLength: 1, pattern: '^[a-z]+$'")), pattern);
        let (api, found) = checked("3.0.3", &open("minLength: 2"), "{}");
        assert_eq!(api.operations[0].parameters[0].notes.checks, []);
        assert!(found.starts_with("note S0125 #/paths/~1a/put/parameters/0/schema/anyOf/1: "), "{found}");
        let both = "{allOf: [{$ref: '#/components/schemas/Name'}, {minLength: 1}]}";
        assert_eq!(parameter("3.0.3", both), [Bound::MinLength(1), Bound::MaxLength(9)]);
    }

    #[test]
    fn only_lists_are_said_to_have_no_two_equal_items() {
        let notes = |schema: &str| checked("3.0.3", schema, "{}").0.operations[0].parameters[0].notes.unique_items;
        assert!(notes("{type: array, items: {type: string}, uniqueItems: true}"));
        assert!(!notes("{type: string, uniqueItems: true}"));
    }

    #[test]
    fn patterns_are_checked_where_they_mean_the_same() {
        let pattern = |text: &str| vec![Bound::Pattern(text.to_owned())];
        for text in ["^[a-z]+$", r"^\d{4}-\d{2}$", r"^[A-Z0-9_\-\.\/]*$", "a|b", r"\u0041"] {
            let schema = format!("{{type: string, pattern: '{text}'}}");
            assert_eq!(parameter("3.0.3", &schema), pattern(text), "{text}");
        }
        let list = "{type: array, items: {type: string, format: uuid, pattern: '^a'}}";
        assert_eq!(parameter("3.0.3", list), [each(Bound::Pattern("^a".to_owned()))]);
        assert_eq!(parameter("3.0.3", "{type: integer, pattern: '^a'}"), []);
        for text in ["^(?!a)", "(?<=a)b", r"(a)\1", r"^\p{L}+$", "(", "/^a$/", "[a&&b]"] {
            let schema = format!("{{type: string, pattern: '{text}'}}");
            let (api, found) = checked("3.0.3", &schema, &schema);
            assert_eq!(api.operations[0].parameters[0].notes.checks, [], "{text}");
            let notes: Vec<&str> = found.lines().collect();
            assert_eq!(notes.len(), 2, "{text}: {found}");
            assert!(notes[0].contains("S0123 #/paths/~1a/put/parameters/0/schema/pattern"), "{found}");
        }
    }

    #[test]
    fn members_and_roots_of_bodies_have_bounds() {
        let (api, _) = checked(
            "3.0.3",
            "{}",
            "{type: array, maxItems: 4, items: {type: object, properties: {a: {type: string, minLength: 1}}}}",
        );
        assert_eq!(api.operations[0].body.as_ref().unwrap().notes.checks, [Bound::MaxItems(4)]);
        let members = api.types.values().flat_map(|def| match &def.kind {
            TypeKind::Struct(object) => object.members.clone(),
            _ => Vec::new(),
        });
        let checks: Vec<_> = members.map(|member| member.notes.checks.clone()).collect();
        assert_eq!(checks, [vec![Bound::MinLength(1)]]);
    }
}
