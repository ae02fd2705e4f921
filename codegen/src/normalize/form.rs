//! The canonical form as values: JSON in which a reference is a value of its own and members are in alphabetical order,
//! whatever order they came in. Small, because a large description has tens of thousands of objects in it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Number;

use crate::pointer::Pointer;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    Null,
    Boolean(bool),
    Number(Number),
    Text(String),
    List(Vec<Form>),
    Object(Members),
    /// What stands at another place: `{"$ref": …}`.
    Link(Pointer),
}

/// The members of an object, in alphabetical order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Members(Vec<(Key, Form)>);

/// Objects by the places where they are written.
pub(super) type Objects = BTreeMap<Pointer, Form>;

/// A name of a member: most are known beforehand.
pub(super) type Key = Cow<'static, str>;

impl Form {
    /// The member of an object; `None` when there is none, or `self` is no object.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Self> {
        self.as_object_mut()?.get_mut(name)
    }

    pub(super) fn as_object(&self) -> Option<&Members> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    pub(super) fn as_object_mut(&mut self) -> Option<&mut Members> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    pub(super) fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// Where it leads to, if it is a reference.
    pub(super) fn as_link(&self) -> Option<&Pointer> {
        match self {
            Self::Link(place) => Some(place),
            _ => None,
        }
    }
}

/// The places that the items of a list lead to.
pub(super) fn links(list: Option<&Form>) -> impl DoubleEndedIterator<Item = Pointer> {
    list.and_then(Form::as_list).unwrap_or_default().iter().filter_map(Form::as_link).cloned()
}

impl From<&str> for Form {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Form {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl FromIterator<Form> for Form {
    fn from_iter<I: IntoIterator<Item = Form>>(items: I) -> Self {
        Self::List(items.into_iter().collect())
    }
}

impl Members {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(key, _)| (**key).cmp(name))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Form> {
        let at = self.find(name).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Form> {
        let at = self.find(name).ok()?;
        self.0.get_mut(at).map(|(_, value)| value)
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.find(name).is_ok()
    }

    /// Puts `value` there, in place of what is.
    pub(super) fn insert(&mut self, name: impl Into<Key>, value: Form) {
        let name = name.into();
        match self.find(&name) {
            Ok(at) => {
                if let Some((_, there)) = self.0.get_mut(at) {
                    *there = value;
                }
            }
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    /// Puts a value there if nothing is.
    pub(super) fn fill(&mut self, name: impl Into<Key>, value: impl FnOnce() -> Form) {
        let name = name.into();
        if let Err(at) = self.find(&name) {
            self.0.insert(at, (name, value()));
        }
    }

    pub(super) fn remove(&mut self, name: &str) -> Option<Form> {
        self.find(name).ok().map(|at| self.0.remove(at).1)
    }

    pub(super) fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.0.retain(|(name, _)| keep(name));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Form)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }
}

impl FromIterator<(Key, Form)> for Members {
    /// Of several values of one name the last one stays.
    fn from_iter<I: IntoIterator<Item = (Key, Form)>>(members: I) -> Self {
        let mut members: Vec<(Key, Form)> = members.into_iter().collect();
        members.sort_by(|(a, _), (b, _)| a.cmp(b));
        members.dedup_by(|later, kept| {
            let is_same = later.0 == kept.0;
            if is_same {
                std::mem::swap(later, kept);
            }
            is_same
        });
        members.shrink_to_fit();
        Self(members)
    }
}

impl IntoIterator for Members {
    type Item = (Key, Form);
    type IntoIter = std::vec::IntoIter<(Key, Form)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Serialize for Form {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members.iter()),
            Self::Link(place) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("$ref", place.as_str())?;
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(of: &[(&'static str, &str)]) -> Members {
        of.iter().map(|(name, value)| (Key::from(*name), Form::from(*value))).collect()
    }

    fn text(form: &Form) -> String {
        serde_json::to_string(form).unwrap()
    }

    #[test]
    fn members_are_in_alphabetical_order_however_they_came() {
        let mut all = members(&[("c", "1"), ("a", "2"), ("c", "3")]);
        assert_eq!(text(&Form::Object(all.clone())), r#"{"a":"2","c":"3"}"#);
        all.insert("b", Form::Null);
        all.insert("a", Form::Boolean(true));
        all.fill("a", || Form::Null);
        all.fill("d", || Form::List(vec![Form::Number(Number::from(1)), Form::Link(Pointer::root().child("x"))]));
        assert_eq!(text(&Form::Object(all.clone())), r##"{"a":true,"b":null,"c":"3","d":[1,{"$ref":"#/x"}]}"##);
        assert_eq!(all.remove("b"), Some(Form::Null));
        assert_eq!((all.remove("b"), all.contains("b"), all.contains("d")), (None, false, true));
        all.retain(|name| name < "c");
        assert_eq!(all.keys().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn a_value_is_small() {
        assert!(size_of::<(Key, Form)>() <= 56);
    }
}
