//! The canonical form as values → the same in its types. Object by object, so that each is there in one form only.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::Result;

use super::form::{Form, Objects};
use crate::aside;
use crate::pointer::Pointer;

/// What stands at a place.
#[derive(Clone, Debug)]
pub enum Stands<T> {
    /// The thing itself; things that say the same are the same one.
    Here(Arc<T>),
    /// A reference to it.
    At(Pointer),
}

/// Things by the places where they are written.
pub(super) type Typed<T> = IndexMap<Pointer, Stands<T>>;

/// How many bytes a thing may have in JSON that is looked for among those that are known: longer ones are hardly ever said
/// twice.
const SHORT: usize = 512;

/// Things that were read, by their JSON texts.
pub(super) struct Known<T>(HashMap<String, Arc<T>>);

impl<T: DeserializeOwned> Known<T> {
    pub(super) fn new() -> Self {
        Self(HashMap::new())
    }

    /// The thing that says `form`. Through text, which is read twice as fast as a value.
    pub(super) fn read(&mut self, form: &Form) -> Result<Arc<T>> {
        let text = serde_json::to_string(form)?;
        if let Some(known) = self.0.get(&text) {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(serde_json::from_str(&text)?);
        if text.len() <= SHORT {
            self.0.insert(text, Arc::clone(&read));
        }
        Ok(read)
    }
}

/// All objects of a section.
pub(super) fn section<T: DeserializeOwned>(objects: Objects) -> Result<Typed<T>> {
    typed(objects.into_iter())
}

/// As [`section`], for the section that is larger than all others together.
pub(super) fn by_halves<T: DeserializeOwned + Send + Sync>(objects: Objects) -> Result<Typed<T>> {
    let mut first: Vec<(Pointer, Form)> = objects.into_iter().collect();
    let second = Mutex::new(first.split_off(first.len() / 2));
    let (first, second) = aside::both(
        || typed(first.into_iter()),
        || typed(std::mem::take(&mut *second.lock().unwrap_or_else(PoisonError::into_inner)).into_iter()),
    );
    let mut all = first?;
    all.extend(second?);
    Ok(all)
}

fn typed<T: DeserializeOwned>(objects: impl ExactSizeIterator<Item = (Pointer, Form)>) -> Result<Typed<T>> {
    let mut known = Known::new();
    let mut typed = IndexMap::with_capacity(objects.len());
    for (place, form) in objects {
        let written = match form {
            Form::Link(target) => Stands::At(target),
            form => Stands::Here(known.read(&form)?),
        };
        typed.insert(place, written);
    }
    Ok(typed)
}
