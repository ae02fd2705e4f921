//! Schemas of every kind, at most a few levels deep.

use serde_json::{Map, Value, json};

use super::{Choices, Version, names};

/// How deep schemas stand inside one another before only plain ones come.
const DEPTH: usize = 4;

/// Makes schemas for one description.
#[derive(Debug)]
pub(super) struct Schemas {
    version: Version,
    components: Vec<&'static str>,
}

impl Schemas {
    pub(super) fn new(version: Version, components: Vec<&'static str>) -> Self {
        Self { version, components }
    }

    /// The component `name`: most often an object.
    pub(super) fn component(&self, choices: &mut Choices<'_>, name: &str) -> Value {
        let mut made = match choices.below(4) {
            0 | 1 => self.object(choices, 0),
            _ => self.any(choices, 0),
        };
        // A component that is a reference to itself alone says nothing at all.
        if made.get("$ref").is_some_and(|target| target == &json!(format!("#/components/schemas/{name}"))) {
            made = json!({ "type": "string" });
        }
        made
    }

    /// Any schema.
    pub(super) fn any(&self, choices: &mut Choices<'_>, depth: usize) -> Value {
        let mut made = match choices.below(if depth < DEPTH { 16 } else { 5 }) {
            0 => self.string(choices),
            1 => self.number(choices),
            2 => json!({ "type": "boolean" }),
            3 | 4 if !self.components.is_empty() => return self.reference(choices),
            3 | 4 => json!({}),
            5..=7 => self.object(choices, depth),
            8 | 9 => self.list(choices, depth),
            10 => self.map(choices, depth),
            11 | 12 => self.all_of(choices, depth),
            13 | 14 => self.one_of(choices, depth),
            _ => self.odd(choices, depth),
        };
        self.annotate(choices, &mut made);
        made
    }

    /// A text, a number or a boolean, as parameters have them.
    pub(super) fn scalar(&self, choices: &mut Choices<'_>) -> Value {
        match choices.below(4) {
            0 | 1 => self.string(choices),
            2 => self.number(choices),
            _ => json!({ "type": "boolean" }),
        }
    }

    /// An object with members.
    pub(super) fn object(&self, choices: &mut Choices<'_>, depth: usize) -> Value {
        let names = choices.some(names::MEMBERS, 6);
        let mut properties = Map::new();
        for name in &names {
            let mut member = self.any(choices, depth + 1);
            if choices.one_in(8) && member.get("$ref").is_none() {
                let way = *choices.of(&["readOnly", "writeOnly"]);
                member[way] = true.into();
            }
            properties.insert((*name).to_owned(), member);
        }
        let required = choices.some(&names, 4);
        let mut made = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            made["required"] = json!(required);
        }
        match choices.below(6) {
            0 => made["additionalProperties"] = false.into(),
            1 => made["additionalProperties"] = true.into(),
            2 => made["additionalProperties"] = self.any(choices, depth + 1),
            _ => {}
        }
        made
    }

    fn reference(&self, choices: &mut Choices<'_>) -> Value {
        json!({ "$ref": format!("#/components/schemas/{}", choices.of(&self.components)) })
    }

    fn string(&self, choices: &mut Choices<'_>) -> Value {
        let mut made = json!({ "type": "string" });
        match choices.below(5) {
            0 => made["enum"] = json!(choices.some(names::MEMBERS, 5)),
            1 => {
                made["format"] = (*choices.of(&[
                    "date-time",
                    "date",
                    "time",
                    "duration",
                    "uuid",
                    "uri",
                    "byte",
                    "binary",
                    "password",
                    "email",
                    "ipv4",
                    "decimal",
                    "odd",
                ]))
                .into();
            }
            2 => {
                made["pattern"] = "^[a-z]+$".into();
                made["minLength"] = 1.into();
                made["maxLength"] = 64.into();
            }
            _ => {}
        }
        if made["enum"].as_array().is_some_and(Vec::is_empty) {
            made = json!({ "type": "string", "default": "x" });
        }
        made
    }

    fn number(&self, choices: &mut Choices<'_>) -> Value {
        let kind = *choices.of(&["integer", "number"]);
        let mut made = json!({ "type": kind });
        match choices.below(5) {
            0 if kind == "integer" => {
                made["format"] = (*choices.of(&["int32", "int64", "uint32", "uint64", "odd"])).into()
            }
            0 => made["format"] = (*choices.of(&["float", "double", "decimal"])).into(),
            1 => {
                made["minimum"] = 0.into();
                made["maximum"] = 100.into();
                made["default"] = 10.into();
            }
            2 => made["enum"] = json!([1, 2, -3]),
            _ => {}
        }
        made
    }

    fn list(&self, choices: &mut Choices<'_>, depth: usize) -> Value {
        let mut made = json!({ "type": "array", "items": self.any(choices, depth + 1) });
        if choices.one_in(4) {
            made["minItems"] = 1.into();
            made["uniqueItems"] = true.into();
        }
        made
    }

    fn map(&self, choices: &mut Choices<'_>, depth: usize) -> Value {
        match choices.below(3) {
            0 => json!({ "type": "object" }),
            1 => json!({ "type": "object", "additionalProperties": true }),
            _ => json!({ "type": "object", "additionalProperties": self.any(choices, depth + 1) }),
        }
    }

    fn all_of(&self, choices: &mut Choices<'_>, depth: usize) -> Value {
        let count = 1 + choices.below(3);
        let branches: Vec<Value> = (0..count)
            .map(|_| match choices.below(4) {
                0 if !self.components.is_empty() => self.reference(choices),
                1 => json!({ "required": choices.some(names::MEMBERS, 2).into_iter().chain(["id"]).collect::<std::collections::BTreeSet<_>>() }),
                2 => json!({ "description": names::prose(choices) }),
                _ => self.object(choices, depth + 1),
            })
            .collect();
        let mut made = json!({ "allOf": branches });
        if choices.one_in(3) {
            made["properties"] = self.object(choices, depth + 1)["properties"].clone();
            made["type"] = "object".into();
        }
        made
    }

    fn one_of(&self, choices: &mut Choices<'_>, depth: usize) -> Value {
        let key = *choices.of(&["oneOf", "anyOf"]);
        let count = 1 + choices.below(4);
        if choices.one_in(3) {
            return self.tagged(choices, key, count);
        }
        let branches: Vec<Value> = (0..count).map(|_| self.any(choices, depth + 1)).collect();
        let mut made = json!({ key: branches });
        if choices.one_in(5) {
            made["properties"] = self.object(choices, depth + 1)["properties"].clone();
        }
        made
    }

    /// A union of objects that say what they are.
    fn tagged(&self, choices: &mut Choices<'_>, key: &str, count: usize) -> Value {
        let tag = *choices.of(&["type", "kind", "@id", "self"]);
        let values: Vec<&str> = names::MEMBERS.iter().copied().skip(choices.below(20)).take(count).collect();
        let mut branches = Vec::new();
        for value in &values {
            let mut branch = self.object(choices, DEPTH);
            branch["properties"][tag] = match self.version {
                Version::V3_1 if choices.one_in(2) => json!({ "const": value }),
                _ => json!({ "type": "string", "enum": [value] }),
            };
            branch["required"] = json!([tag]);
            branches.push(branch);
        }
        let mut made = json!({ key: branches });
        // Inline branches can't be named by a discriminator (section 4.8.25), which only components can.
        if !self.components.is_empty() && choices.one_in(2) {
            let targets = choices.some(&self.components, 3);
            let reference = |name: &&str| json!({ "$ref": format!("#/components/schemas/{name}") });
            let branches: Vec<Value> = targets.iter().map(reference).collect();
            if !branches.is_empty() {
                made = json!({ key: branches, "discriminator": { "propertyName": tag } });
                if choices.one_in(2) {
                    let pairs = values.iter().zip(&targets);
                    let mapping: Map<String, Value> = pairs
                        .map(|(value, name)| ((*value).to_owned(), format!("#/components/schemas/{name}").into()))
                        .collect();
                    made["discriminator"]["mapping"] = mapping.into();
                }
            }
        }
        made
    }

    /// What is rare.
    fn odd(&self, choices: &mut Choices<'_>, depth: usize) -> Value {
        match (self.version, choices.below(6)) {
            (_, 0) => json!({ "not": { "type": "string" } }),
            (_, 1) => json!({ "type": "object", "properties": {}, "additionalProperties": false }),
            (Version::V3_0, 2) => json!({ "type": "string", "nullable": true, "enum": ["a", null] }),
            (Version::V3_0, _) => json!({ "type": "array", "items": {} }),
            (Version::V3_1, 2) => json!({ "type": ["string", "null"] }),
            (Version::V3_1, 3) => json!({ "type": ["string", "integer", "object"] }),
            (Version::V3_1, 4) => json!({ "const": choices.of(names::MEMBERS) }),
            (Version::V3_1, _) => {
                let items = [self.any(choices, depth + 1), self.any(choices, depth + 1)];
                let mut made = json!({ "type": "array", "prefixItems": items, "items": false });
                if !choices.one_in(3) {
                    made["minItems"] = 2.into();
                }
                made
            }
        }
    }

    fn annotate(&self, choices: &mut Choices<'_>, made: &mut Value) {
        if choices.one_in(4) {
            made["description"] = names::prose(choices).into();
        }
        if choices.one_in(10) {
            made["title"] = (*choices.of(names::MEMBERS)).into();
        }
        if choices.one_in(12) {
            made["deprecated"] = true.into();
        }
        if self.version == Version::V3_0 && choices.one_in(8) && made.get("type").is_some() {
            made["nullable"] = true.into();
        }
    }
}
