//! The surface: what callers can name of the crate that a [`Model`] gives, by what of the API each is for. Made by the
//! functions that emitting itself uses, and without prose and without printing, so that it costs little; a test holds it
//! against the printed files.

mod krate;
mod operations;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use proc_macro2::TokenStream;

use super::EmitError;
use super::context::{Context, Placed, flatten};
use crate::ir::{Location, Status, TypeId};
use crate::model::Model;
use crate::pointer::Pointer;

/// What callers can name, ready to be asked for.
pub struct Surface<'a> {
    cx: Context<'a>,
    /// Where the method of each operation stands.
    homes: BTreeMap<Pointer, Home>,
    /// The types of each file, where files depend on features.
    files: BTreeMap<&'a str, Vec<&'a TypeId>>,
}

/// Where an operation's method stands.
struct Home {
    /// How callers get there: `client.shop().pets()`.
    chain: String,
    /// The module: `resources::shop::pets`.
    module: String,
    /// The feature that it needs.
    gate: BTreeSet<String>,
}

/// A thing that callers can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The part of its owner that it is for.
    pub part: Part,
    /// What it is to callers.
    pub role: Role,
    /// How callers write it: `types::Pet::name`, `client.pets().list`.
    pub path: String,
    /// Its own name in there: `name`; all of `path` for what is a whole.
    pub name: String,
    /// Its type as callers see it, without spaces that mean nothing: `Option<String>`.
    pub ty: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The Cargo features of which it needs one; it is always there when this is empty.
    pub gate: BTreeSet<String>,
}

/// A part of a type, of an operation or of the crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// A member, by its wire name.
    Member(String),
    /// What holds the members of an object that have no name of their own.
    Additional,
    /// A value of an enum.
    Value(String),
    /// A branch of a union, from 0.
    Branch(usize),
    /// A parameter.
    Parameter(Location, String),
    /// The body of a request.
    Body,
    /// What a success answers.
    Answer,
    /// What a success of a status answers, where that is one of several; none for every status that has no other.
    Case(Option<Status>),
    /// An event of a stream, by its name.
    Event(String),
    /// Something of the crate, by its name.
    Named(String),
}

/// What a thing is to callers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A type.
    Type,
    /// A trait that a type implements.
    Trait(String),
    /// A conversion into a type, from the type that `ty` names.
    Conversion,
    /// A conversion into what holds a type or null, from the type that `ty` names.
    NullableConversion,
    /// A field of a struct that callers can't write as a literal.
    Field,
    /// A field of a struct that callers write as a literal.
    Literal,
    /// A field without a name, of a struct that callers write and take apart in full.
    Position,
    /// A variant of an enum.
    Variant,
    /// A function that makes a value, by its way of taking arguments.
    Constructor,
    /// An argument of a constructor or of a method, in order.
    Argument,
    /// A method that sets something and gives back what it is called on.
    Setter,
    /// Any other method, with what it gives as `ty`.
    Method(String),
    /// A name at the crate's root.
    Export,
    /// A Cargo feature, with what it turns on as `ty`.
    Feature,
    /// A dependency, with what the manifest asks of it as `ty`.
    Dependency,
}

impl<'a> Surface<'a> {
    /// The surface of what `model` gives.
    ///
    /// # Errors
    ///
    /// A name that is no identifier, which is a bug of clientwright.
    pub fn new(model: &'a Model) -> Result<Self, EmitError> {
        let cx = Context::new(model)?;
        let mut homes = BTreeMap::new();
        for pointer in &model.names.root_operations {
            let home = || Home { chain: "client".to_owned(), module: "client".to_owned(), gate: BTreeSet::new() };
            homes.insert(pointer.clone(), home());
        }
        for placed in flatten(&model.names.resources) {
            for pointer in &placed.node.operations {
                homes.insert(pointer.clone(), home(&placed, &cx));
            }
        }
        let mut files: BTreeMap<&str, Vec<&TypeId>> = BTreeMap::new();
        if cx.gates.is_any() {
            for (id, name) in &model.names.types {
                files.entry(&name.module).or_default().push(id);
            }
        }
        Ok(Self { cx, homes, files })
    }

    /// The feature that turns all resources on, where each has one of its own.
    pub fn feature_of_all(&self) -> Option<&'static str> {
        self.cx.gates.is_any().then_some(super::gates::ALL)
    }
}

fn home(placed: &Placed<'_>, cx: &Context<'_>) -> Home {
    let chain: String = placed.chain().iter().map(|method| format!(".{method}()")).collect();
    let modules: Vec<&str> = placed.path.iter().map(|node| node.module.as_str()).collect();
    let feature = placed.path.first().and_then(|node| cx.gates.feature(node));
    Home {
        chain: format!("client{chain}"),
        module: format!("resources::{}", modules.join("::")),
        gate: feature.map(str::to_owned).into_iter().collect(),
    }
}

impl Entry {
    /// A whole: what others are parts of.
    fn whole(role: Role, path: impl Into<String>, ty: impl Into<String>) -> Self {
        let path = path.into();
        let (name, ty, gate) = (path.clone(), ty.into(), BTreeSet::new());
        Self { part: Part::Whole, role, path, name, ty, deprecated: false, gate }
    }

    /// What is called `name` below `home`: a field, a variant, a method.
    fn below(part: Part, role: Role, home: &str, name: impl fmt::Display, ty: impl Into<String>) -> Self {
        let name = name.to_string();
        let (path, ty, gate) = (format!("{home}::{name}"), ty.into(), BTreeSet::new());
        Self { part, role, path, name, ty, deprecated: false, gate }
    }

    /// An argument of the function at `home`; its name is nothing to callers.
    fn argument(part: Part, home: &str, name: impl fmt::Display, ty: impl Into<String>) -> Self {
        let (path, ty, gate) = (format!("{home}({name})"), ty.into(), BTreeSet::new());
        Self { part, role: Role::Argument, path, name: String::new(), ty, deprecated: false, gate }
    }

    /// A trait of the type at `home`, or a conversion into it.
    fn of_trait(part: Part, role: Role, home: &str, name: &str, ty: impl Into<String>) -> Self {
        let (path, ty, gate) = (format!("{home}: {name}"), ty.into(), BTreeSet::new());
        Self { part, role, path, name: String::new(), ty, deprecated: false, gate }
    }

    fn deprecated(mut self, deprecated: bool) -> Self {
        self.deprecated = deprecated;
        self
    }
}

/// Tokens as text, without spaces that mean nothing.
fn text(tokens: &TokenStream) -> String {
    let spaced = tokens.to_string();
    let mut text = String::with_capacity(spaced.len());
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut characters = spaced.chars().peekable();
    while let Some(character) = characters.next() {
        if character != ' ' {
            text.push(character);
            continue;
        }
        let after = characters.peek().copied().unwrap_or(' ');
        let before = text.chars().next_back().unwrap_or(' ');
        if before == ',' || (is_word(before) && (is_word(after) || after == '&')) {
            text.push(' ');
        }
    }
    text
}
