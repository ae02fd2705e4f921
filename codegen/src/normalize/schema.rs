//! A schema of the canonical form: what it says, keyword by keyword (OpenAPI 3.0.3, section 4.7.24). What stands in it is
//! referred to, and what only docs and checks want to know is in the tree.

use std::fmt;

use super::form::{Form, Members};
use crate::pointer::Pointer;

/// A schema: a type with its keywords, or nothing but one of `oneOf`, `anyOf` and `allOf`, and words.
#[derive(Clone, Debug)]
pub struct Schema(pub(super) Members);

/// What members an object may have beside those in `properties`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Additional<'a> {
    /// Any.
    Anything,
    /// None.
    Nothing,
    /// Those that the schema at this place describes.
    Schema(&'a Pointer),
}

/// What tells the branches of a union apart (OpenAPI 3.0.3, section 4.7.25).
#[derive(Clone, Copy, Debug)]
pub struct Discriminator<'a> {
    /// The name of the member that does.
    pub member: &'a str,
    mapping: Option<&'a Members>,
    /// The branch of what has no known value of that member, if there is one.
    pub default: Option<Mapped<'a>>,
}

/// What a discriminator's mapping names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mapped<'a> {
    /// The schema at this place, or behind references there.
    Schema(&'a Pointer),
    /// Nothing that there is.
    Nothing(&'a str),
}

impl Schema {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Form::as_text)
    }

    fn is(&self, name: &str) -> bool {
        self.0.get(name).and_then(Form::as_bool).unwrap_or_default()
    }

    fn list(&self, name: &str) -> &[Form] {
        self.0.get(name).and_then(Form::as_list).unwrap_or_default()
    }

    fn links(&self, name: &str) -> impl Iterator<Item = &Pointer> {
        self.list(name).iter().filter_map(Form::as_link)
    }

    /// `type`.
    pub fn kind(&self) -> Option<&str> {
        self.text("type")
    }

    /// `format`, if it says something.
    pub fn format(&self) -> Option<&str> {
        self.text("format").filter(|format| !format.is_empty())
    }

    /// The names in `properties`, in alphabetical order, with the places of their schemas.
    pub fn properties(&self) -> impl Iterator<Item = (&str, &Pointer)> {
        let properties = self.0.get("properties").and_then(Form::as_object).into_iter().flat_map(Members::iter);
        properties.filter_map(|(name, link)| Some((name, link.as_link()?)))
    }

    /// The names in `required`.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        self.list("required").iter().filter_map(Form::as_text)
    }

    /// `additionalProperties`; `None` where nothing is said of them.
    pub fn additional(&self) -> Option<Additional<'_>> {
        match self.0.get("additionalProperties")? {
            Form::Boolean(true) => Some(Additional::Anything),
            Form::Boolean(false) => Some(Additional::Nothing),
            said => said.as_link().map(Additional::Schema),
        }
    }

    /// Where the schema of the items stands.
    pub fn items(&self) -> Option<&Pointer> {
        self.0.get("items").and_then(Form::as_link)
    }

    /// Where the schemas of the items of a tuple stand, in order; none for other lists.
    pub fn tuple(&self) -> impl Iterator<Item = &Pointer> {
        self.links("prefixItems")
    }

    /// Where the schema of what a text holds stands (`contentSchema`; JSON Schema 2020-12 validation, section 8.5).
    pub fn content(&self) -> Option<&Pointer> {
        self.0.get("contentSchema").and_then(Form::as_link)
    }

    /// The texts of `enum`, `None` for null; other values are in the tree.
    pub fn values(&self) -> impl Iterator<Item = Option<&str>> {
        self.list("enum").iter().filter(|value| !matches!(value, Form::Number(_))).map(Form::as_text)
    }

    /// The branches of `oneOf`.
    pub fn one_of(&self) -> impl Iterator<Item = &Pointer> {
        self.links("oneOf")
    }

    /// The branches of `anyOf`.
    pub fn any_of(&self) -> impl Iterator<Item = &Pointer> {
        self.links("anyOf")
    }

    /// The schemas of `allOf`: one, unless they could not be brought together.
    pub fn all_of(&self) -> impl Iterator<Item = &Pointer> {
        self.links("allOf")
    }

    /// Whether it has a `not` that makes a difference to the type.
    pub fn has_not(&self) -> bool {
        self.0.contains("not")
    }

    /// Whether it has a `oneOf`, `anyOf`, `allOf` or `not`.
    pub fn is_composed(&self) -> bool {
        self.has_not() || ["oneOf", "anyOf", "allOf"].into_iter().any(|name| !self.list(name).is_empty())
    }

    /// `discriminator`.
    pub fn discriminator(&self) -> Option<Discriminator<'_>> {
        let said = self.0.get("discriminator")?;
        let member = said.get("propertyName")?.as_text()?;
        let mapping = said.get("mapping").and_then(Form::as_object);
        Some(Discriminator { member, mapping, default: said.get("defaultMapping").and_then(Mapped::of) })
    }

    /// `nullable`.
    pub fn is_nullable(&self) -> bool {
        self.is("nullable")
    }

    /// `deprecated`.
    pub fn is_deprecated(&self) -> bool {
        self.is("deprecated")
    }

    /// `readOnly`.
    pub fn is_read_only(&self) -> bool {
        self.is("readOnly")
    }

    /// `writeOnly`.
    pub fn is_write_only(&self) -> bool {
        self.is("writeOnly")
    }

    /// `title`.
    pub fn title(&self) -> Option<&str> {
        self.text("title")
    }

    /// `description`, Markdown.
    pub fn description(&self) -> Option<&str> {
        self.text("description")
    }

    /// The address of `externalDocs`.
    pub fn documentation(&self) -> Option<&str> {
        self.0.get("externalDocs")?.get("url")?.as_text()
    }
}

impl<'a> Discriminator<'a> {
    /// The values that are mapped, in alphabetical order, with what each is mapped to.
    pub fn mapping(&self) -> impl Iterator<Item = (&'a str, Mapped<'a>)> {
        let mapping = self.mapping.into_iter().flat_map(Members::iter);
        mapping.filter_map(|(value, target)| Some((value, Mapped::of(target)?)))
    }
}

impl<'a> Mapped<'a> {
    fn of(said: &'a Form) -> Option<Self> {
        said.as_link().map(Self::Schema).or_else(|| said.as_text().map(Self::Nothing))
    }
}

/// As an address, or as it is written.
impl fmt::Display for Mapped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema(place) => place.fmt(f),
            Self::Nothing(text) => f.write_str(text),
        }
    }
}
