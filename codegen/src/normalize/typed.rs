//! The canonical form as values → the same in its types. Object by object, so that each is there in one form only.

use std::collections::HashMap;
use std::sync::Arc;

use openapiv3::{Header, OpenAPI, Operation, Parameter, PathItem, RequestBody, Response, SecurityScheme};
use serde::de::DeserializeOwned;
use serde_json::Result;

use super::form::{Form, Objects};
use super::schema::Schema;
use crate::pointer::{Pointer, PointerList};

/// What stands at a place.
#[derive(Clone, Debug)]
pub enum Stands<T> {
    /// The thing itself.
    Here(T),
    /// A reference to it.
    At(Pointer),
}

/// Things by the places where they are written; those that say the same are the same one.
pub(super) type Typed<T> = PointerList<Stands<Arc<T>>>;

/// Schemas by the places where they are written.
pub(super) type Schemas = PointerList<Stands<Schema>>;

/// What the canonical form is read into.
pub(super) trait Kind: DeserializeOwned {
    /// Gives back the room that lists have left: what is in them is large.
    fn trim(&mut self) {}
}

impl Kind for Header {}
impl Kind for OpenAPI {}
impl Kind for Operation {}
impl Kind for Parameter {}
impl Kind for PathItem {}
impl Kind for SecurityScheme {}

impl Kind for Response {
    fn trim(&mut self) {
        self.content.shrink_to_fit();
    }
}

impl Kind for RequestBody {
    fn trim(&mut self) {
        self.content.shrink_to_fit();
    }
}

/// How many bytes a thing may have in JSON that is looked for among those that are known: longer ones are hardly ever said
/// twice.
const SHORT: usize = 512;

/// Things that were read, by their JSON texts.
pub(super) struct Known<T>(HashMap<String, Arc<T>>);

impl<T: Kind> Known<T> {
    pub(super) fn new() -> Self {
        Self(HashMap::new())
    }

    /// The thing that says `form`. Through text, which is read twice as fast as a value.
    pub(super) fn read(&mut self, form: &Form) -> Result<Arc<T>> {
        let text = serde_json::to_string(form)?;
        if let Some(known) = self.0.get(&text) {
            return Ok(Arc::clone(known));
        }
        let mut read: T = serde_json::from_str(&text)?;
        read.trim();
        let read = Arc::new(read);
        if text.len() <= SHORT {
            self.0.insert(text, Arc::clone(&read));
        }
        Ok(read)
    }
}

/// All objects of a section.
pub(super) fn section<T: Kind>(objects: Objects) -> Result<Typed<T>> {
    let mut known = Known::new();
    let mut typed = PointerList::with_capacity_and_hasher(objects.len(), Default::default());
    for (place, form) in objects {
        let stands = match form {
            Form::Link(target) => Stands::At(target),
            form => Stands::Here(known.read(&form)?),
        };
        typed.insert(place, stands);
    }
    Ok(typed)
}

/// All schemas. They are read as they are: there are more of them than of all others together, and the types that others
/// have for them are large.
pub(super) fn schemas(objects: Objects) -> Schemas {
    let stands = |form| match form {
        Form::Object(members) => Some(Stands::Here(Schema(members))),
        Form::Link(target) => Some(Stands::At(target)),
        _ => None,
    };
    objects.into_iter().filter_map(|(place, form)| Some((place, stands(form)?))).collect()
}
