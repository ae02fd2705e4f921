//! What a schema says of the type of a value, brought together from itself and from all that its `allOf` lists.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::normalize::form::{Form, Key, Members, links};
use crate::pointer::Pointer;

/// The keywords of a schema that are words about it rather than a part of its type.
pub(super) const WORDS: [&str; 6] = ["title", "description", "externalDocs", "deprecated", "readOnly", "writeOnly"];

/// What a schema says, without its words. Two that are equal but for `home` and `notes` are the same type.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat {
    /// Where a schema stands that says just this; `None` where no single one does.
    pub(super) home: Option<Pointer>,
    /// `type`, said or told by other keywords.
    pub(super) kind: Option<String>,
    /// Whether the type is told by other keywords alone: they say nothing of values of another type.
    pub(super) is_told: bool,
    pub(super) format: Option<String>,
    /// `enum`, of texts or whole numbers, and null.
    pub(super) values: Option<Vec<Form>>,
    /// The members, with the places of their schemas.
    pub(super) properties: IndexMap<String, Pointer>,
    pub(super) required: BTreeSet<String>,
    pub(super) additional: Additional,
    /// The place of `items`.
    pub(super) items: Option<Pointer>,
    /// The places of the items of a tuple; none for other lists.
    pub(super) tuple: Vec<Pointer>,
    /// The place of `contentSchema`.
    pub(super) content: Option<Pointer>,
    pub(super) nullable: bool,
    /// The `oneOf`s and `anyOf`s that hold at once.
    pub(super) unions: Vec<Choice>,
    /// The places that have bounds, patterns and the like to say of a value.
    pub(super) notes: Vec<Pointer>,
}

/// `additionalProperties`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Additional {
    /// Not there.
    #[default]
    Unsaid,
    /// True.
    Anything,
    /// False.
    Forbidden,
    /// The place of their schema.
    Schema(Pointer),
}

/// A `oneOf` or `anyOf`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    /// The schema that has it.
    pub(super) place: Pointer,
    /// `oneOf` or `anyOf`.
    pub(super) keyword: &'static str,
    /// The places of the branches.
    pub(super) branches: Vec<Pointer>,
}

impl Flat {
    /// What the object at `place`, in canonical form, says by itself: its `allOf` is not looked at.
    pub(super) fn own(place: &Pointer, object: &Members) -> Self {
        let text = |name: &str| object.get(name).and_then(Form::as_text).map(str::to_owned);
        let link = |name: &str| object.get(name).and_then(Form::as_link).cloned();
        let properties = object.get("properties").and_then(Form::as_object).into_iter().flat_map(Members::iter);
        let properties = properties.filter_map(|(name, link)| Some((name.to_owned(), link.as_link()?.clone())));
        let additional = match object.get("additionalProperties") {
            Some(Form::Boolean(false)) => Additional::Forbidden,
            Some(Form::Boolean(true)) => Additional::Anything,
            Some(Form::Link(place)) => Additional::Schema(place.clone()),
            _ => Additional::Unsaid,
        };
        let choices = ["oneOf", "anyOf"].into_iter().filter_map(|keyword| {
            let branches: Vec<Pointer> = links(object.get(keyword)).collect();
            (!branches.is_empty()).then(|| Choice { place: place.clone(), keyword, branches })
        });
        let mut flat = Self {
            home: Some(place.clone()),
            kind: text("type"),
            is_told: false,
            format: text("format"),
            values: object.get("enum").and_then(Form::as_list).filter(|values| !values.is_empty()).map(<[_]>::to_vec),
            properties: properties.collect(),
            required: texts(object.get("required")),
            additional,
            items: link("items"),
            tuple: links(object.get("prefixItems")).collect(),
            content: link("contentSchema"),
            nullable: object.get("nullable").and_then(Form::as_bool).unwrap_or_default(),
            unions: choices.collect(),
            notes: vec![place.clone()],
        };
        if flat.kind.is_none() {
            flat.kind = flat.told_kind().map(str::to_owned);
            flat.is_told = true;
        }
        flat
    }

    /// The type that the keywords of a schema without `type` speak of.
    fn told_kind(&self) -> Option<&'static str> {
        if !self.properties.is_empty() || matches!(self.additional, Additional::Schema(_)) {
            Some("object")
        } else if self.items.is_some() || !self.tuple.is_empty() {
            Some("array")
        } else {
            self.values
                .as_ref()
                .is_some_and(|values| values.iter().any(|value| value.as_text().is_some()))
                .then_some("string")
        }
    }

    /// Whether it says nothing of the type: members that must be there are no type.
    pub(super) fn is_bare(&self) -> bool {
        self.kind.is_none() && self.values.is_none() && self.unions.is_empty()
    }

    /// Whether it says no more than that a value is an object, if that.
    pub(super) fn is_any_object(&self) -> bool {
        self.values.is_none()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.items.is_none()
            && self.tuple.is_empty()
            && !matches!(self.additional, Additional::Schema(_))
            && self.kind.as_deref().is_none_or(|kind| kind == "object")
    }

    /// Whether it allows null alone.
    pub(super) fn is_null(&self) -> bool {
        self.values.as_ref().is_some_and(|values| values.iter().all(|value| *value == Form::Null))
    }

    /// Whether both are the same type, but for null.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.format == other.format
            && self.values == other.values
            && self.properties == other.properties
            && self.required == other.required
            && self.additional == other.additional
            && self.items == other.items
            && self.tuple == other.tuple
            && self.content == other.content
            && self.unions == other.unions
    }

    /// The schema in canonical form, without words and unions.
    pub(super) fn render(&self) -> Members {
        let mut object = Members::new();
        let mut put = |name: &'static str, value: Option<Form>| {
            if let Some(value) = value {
                object.insert(name, value);
            }
        };
        put("type", self.kind.clone().map(Form::from));
        put("format", self.format.clone().map(Form::from));
        put("enum", self.values.clone().map(Form::List));
        let is_object = self.kind.as_deref() == Some("object");
        if is_object && !self.properties.is_empty() {
            let members = self.properties.iter();
            let members = members.map(|(name, place)| (Key::from(name.clone()), Form::Link(place.clone())));
            put("properties", Some(Form::Object(members.collect())));
        }
        if is_object && !self.required.is_empty() {
            put("required", Some(self.required.iter().cloned().map(Form::from).collect()));
        }
        put(
            "additionalProperties",
            match &self.additional {
                Additional::Schema(place) if is_object => Some(Form::Link(place.clone())),
                Additional::Forbidden if is_object => Some(Form::Boolean(false)),
                Additional::Anything if is_object => Some(Form::Boolean(true)),
                _ => None,
            },
        );
        put("items", self.items.clone().map(Form::Link));
        let tuple = (!self.tuple.is_empty()).then(|| self.tuple.iter().cloned().map(Form::Link).collect());
        put("prefixItems", tuple);
        put("contentSchema", self.content.clone().map(Form::Link));
        put("nullable", self.nullable.then_some(Form::Boolean(true)));
        object
    }
}

fn texts(list: Option<&Form>) -> BTreeSet<String> {
    list.and_then(Form::as_list).unwrap_or_default().iter().filter_map(Form::as_text).map(str::to_owned).collect()
}
