//! The value tree: what a YAML or JSON file says, every node with the bytes it was read from.

use std::ops::Range;

pub use super::map::{Iter, IterMut, Map};
use crate::source::{FileId, Span};

/// A value and the bytes that it was read from.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// The bytes in the file, end excluded. An alias has the bytes of the alias, its children those of the anchor.
    pub bytes: Range<usize>,
    /// The file.
    pub file: FileId,
}

/// What a node says: JSON's data model, numbers as they were written.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, and YAML's `~` and empty value.
    Null,
    /// `true` or `false`: YAML 1.2's core schema, so that `yes` and `NO` are texts.
    Boolean(bool),
    /// A number, kept as its text: nothing is rounded.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file; keys are distinct.
    Map(Box<Map>),
}

/// A member of a mapping.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The bytes of the key.
    pub key: Range<usize>,
    /// The file of the key.
    pub file: FileId,
    /// The value.
    pub node: Node,
}

/// A number by its JSON text, such as `10`, `1.10` or `1e3`; integers past 64 bits keep every digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(pub String);

impl Number {
    /// The number as an integer of 64 bits, if it is one (`3.0` is).
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok().or_else(|| {
            let (whole, fraction) = self.0.split_once('.')?;
            fraction.chars().all(|digit| digit == '0').then(|| whole.parse().ok())?
        })
    }

    /// The number as a float; `None` when it is too large for one.
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok().filter(|number: &f64| number.is_finite())
    }
}

impl Value {
    /// A mapping.
    pub fn map(mut map: Map) -> Self {
        map.shrink_to_fit();
        Self::Map(Box::new(map))
    }

    /// What it is, for messages: `a text`, `a mapping` and so on.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

impl Node {
    /// Where it stands.
    pub fn span(&self) -> Span {
        Span { file: self.file, bytes: self.bytes.clone() }
    }

    /// The mapping, if it is one.
    pub fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// Whether both say the same, wherever they stand; the order of members says nothing.
    pub fn says_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Boolean(a), Value::Boolean(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => a == b,
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.says_same(b)),
            (Value::Map(a), Value::Map(b)) => {
                let same = |(key, entry): (&str, &Entry)| b.get(key).is_some_and(|b| entry.node.says_same(&b.node));
                a.len() == b.len() && a.iter().all(same)
            }
            _ => false,
        }
    }

    /// The member or item that a token of a pointer names.
    pub fn step(&self, token: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(map) => map.get(token).map(|entry| &entry.node),
            Value::List(list) => list.get(token.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// The member of a mapping; `None` when there is none, or `self` is no mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key).map(|entry| &entry.node)
    }
}
