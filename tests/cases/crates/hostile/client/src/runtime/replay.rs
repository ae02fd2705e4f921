//! Objects that are looked into before it is known what type they are: members that were read are
//! kept, and come again before those that are still to be read.

use super::decode::{Elements, Members, Slot, Token};
use super::fault::{Fault, Segment};
use serde_json::{Value, map};
use std::cell::Cell;
use std::collections::VecDeque;
use std::slice;

/// An object's members from the first on, some of which were read before.
pub struct Replay<'a> {
    /// Those that were read, and come again.
    kept: VecDeque<(String, Value)>,
    /// The member after those, if its name was read and its value was not.
    looked_at: Option<String>,
    /// Those that are still to be read; `None` once the object has ended.
    rest: Option<&'a mut dyn Members>,
    /// The value of the member that was named last, if that was kept.
    value: Option<Value>,
}

impl<'a> Replay<'a> {
    /// An object that was not looked into yet.
    pub fn new(members: &'a mut dyn Members) -> Self {
        Self {
            rest: Some(members),
            ..Self::of(VecDeque::new())
        }
    }

    fn of(kept: VecDeque<(String, Value)>) -> Self {
        Self {
            kept,
            looked_at: None,
            rest: None,
            value: None,
        }
    }

    /// The name of the next member; `None` when there is none.
    ///
    /// # Errors
    /// When there is no name where one must be.
    pub fn look(&mut self) -> Result<Option<&str>, Fault> {
        let mut name = String::new();
        let is_there = match &mut self.rest {
            Some(rest) => rest.name(&mut |text| text.clone_into(&mut name))?,
            None => false,
        };
        if is_there {
            Ok(Some(self.looked_at.insert(name)))
        } else {
            self.rest = None;
            Ok(None)
        }
    }

    /// Reads and keeps the member that was looked at.
    ///
    /// # Errors
    /// When its value isn't JSON.
    pub fn keep(&mut self) -> Result<Option<&(String, Value)>, Fault> {
        if let (Some(name), Some(rest)) = (self.looked_at.take(), &mut self.rest) {
            let mut value = Value::Null;
            rest.value(Some(&mut value))
                .map_err(|fault| fault.within_member(&name))?;
            self.kept.push_back((name, value));
        }
        Ok(self.kept.back())
    }
}

impl Members for Replay<'_> {
    fn name(&mut self, see: &mut dyn FnMut(&str)) -> Result<bool, Fault> {
        if let Some((name, value)) = self.kept.pop_front() {
            see(&name);
            self.value = Some(value);
            return Ok(true);
        }
        match (self.looked_at.take(), &mut self.rest) {
            (Some(name), _) => {
                see(&name);
                Ok(true)
            }
            (None, Some(rest)) => rest.name(see),
            (None, None) => Ok(false),
        }
    }

    fn value(&mut self, slot: Option<&mut dyn Slot>) -> Result<(), Fault> {
        match (self.value.take(), &mut self.rest, slot) {
            (Some(value), _, Some(slot)) => put(&value, slot).map(|_| ()),
            (None, Some(rest), slot) => rest.value(slot),
            _ => Ok(()),
        }
    }
}

/// What of a value was skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// How many members and elements, however deep.
    pub all: usize,
    /// How many members of the value itself.
    pub own: usize,
}

/// Reads a value that was kept, and says what of it was skipped.
///
/// # Errors
/// When the slot doesn't take it.
pub fn put(value: &Value, slot: &mut dyn Slot) -> Result<Skipped, Fault> {
    let skipped = Cell::default();
    Kept {
        value,
        skipped: &skipped,
        is_outer: true,
    }
    .put(slot)?;
    Ok(skipped.get())
}

/// A value that was kept, and what was skipped so far.
#[derive(Clone, Copy)]
struct Kept<'a> {
    value: &'a Value,
    skipped: &'a Cell<Skipped>,
    /// Whether it stands in no other.
    is_outer: bool,
}

impl Kept<'_> {
    fn put(self, slot: &mut dyn Slot) -> Result<(), Fault> {
        match self.value {
            Value::Null => slot.put(Token::Null),
            Value::Bool(value) => slot.put(Token::Boolean(*value)),
            Value::Number(number) => slot.put(match (number.as_i64(), number.as_u64()) {
                (Some(value), _) => Token::Integer(value),
                (None, Some(value)) => Token::Unsigned(value),
                (None, None) => number.as_f64().map_or(Token::Null, Token::Float),
            }),
            Value::String(text) => slot.put(Token::Text(text)),
            Value::Array(elements) => slot.put(Token::List(&mut KeptList {
                elements: elements.iter(),
                index: 0,
                skipped: self.skipped,
            })),
            Value::Object(members) => slot.put(Token::Object(&mut KeptObject {
                members: members.iter(),
                value: None,
                skipped: self.skipped,
                is_outer: self.is_outer,
            })),
        }
    }
}

/// A value in another one.
fn inner<'a>(value: &'a Value, skipped: &'a Cell<Skipped>) -> Kept<'a> {
    Kept {
        value,
        skipped,
        is_outer: false,
    }
}

/// Counts one more, of the outer value itself or not.
fn skip(skipped: &Cell<Skipped>, is_own: bool) {
    let Skipped { all, own } = skipped.get();
    let own = own + usize::from(is_own);
    skipped.set(Skipped { all: all + 1, own });
}

/// A list that was kept.
struct KeptList<'a> {
    elements: slice::Iter<'a, Value>,
    index: usize,
    skipped: &'a Cell<Skipped>,
}

impl Elements for KeptList<'_> {
    fn next(&mut self, slot: Option<&mut dyn Slot>) -> Result<bool, Fault> {
        let Some(value) = self.elements.next() else {
            return Ok(false);
        };
        let (index, skipped) = (self.index, self.skipped);
        self.index += 1;
        match slot {
            Some(slot) => inner(value, skipped)
                .put(slot)
                .map_err(|fault| fault.within(Segment::Element(index)))?,
            None => skip(skipped, false),
        }
        Ok(true)
    }
}

/// An object that was kept.
struct KeptObject<'a> {
    members: map::Iter<'a>,
    /// The value of the member that was named last.
    value: Option<&'a Value>,
    skipped: &'a Cell<Skipped>,
    is_outer: bool,
}

impl Members for KeptObject<'_> {
    fn name(&mut self, see: &mut dyn FnMut(&str)) -> Result<bool, Fault> {
        let next = self.members.next();
        self.value = next.map(|(name, value)| {
            see(name);
            value
        });
        Ok(next.is_some())
    }

    fn value(&mut self, slot: Option<&mut dyn Slot>) -> Result<(), Fault> {
        let skipped = self.skipped;
        match (self.value.take(), slot) {
            (Some(value), Some(slot)) => inner(value, skipped).put(slot),
            (Some(_), None) => {
                skip(skipped, self.is_outer);
                Ok(())
            }
            (None, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode::Decode;
    use super::super::json::from_json;
    use super::*;
    use serde_json::json;

    /// Looks at as many members as its length says before it reads the whole, and keeps all but
    /// the last of these.
    struct After<const LOOKS: usize>(Value);

    impl<const LOOKS: usize> Decode for After<LOOKS> {
        fn blank() -> Self {
            Self(Value::Null)
        }

        fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
            let Token::Object(members) = token else {
                return Err(token.unexpected("an object"));
            };
            let mut replay = Replay::new(members);
            for _ in 1..LOOKS {
                replay.look()?;
                replay.keep()?;
            }
            replay.look()?;
            self.0.read(Token::Object(&mut replay))
        }
    }

    #[test]
    fn an_object_is_whole_however_far_it_was_looked_into() {
        let text = r#"{"a": {"b": [null, true, -1, 18446744073709551615, 1.5, "t"], "c": {}}, "d": [[]], "e": 1}"#;
        let whole: Value = serde_json::from_str(text).unwrap();
        let text = text.as_bytes();
        assert_eq!(from_json::<After<1>>(text).unwrap().0, whole);
        assert_eq!(from_json::<After<2>>(text).unwrap().0, whole);
        assert_eq!(from_json::<After<3>>(text).unwrap().0, whole);
        assert_eq!(from_json::<After<5>>(text).unwrap().0, whole);
        assert_eq!(from_json::<After<1>>(b"{}").unwrap().0, json!({}));
    }

    #[test]
    fn faults_in_what_was_kept_have_their_path() {
        let fault = put(&json!([1, {"a": [true, "x"]}]), &mut Vec::<Inner>::new()).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "[0]: expected an object, found a whole number"
        );
        let fault = put(&json!([{"a": [true, "x"]}]), &mut Vec::<Inner>::new()).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "[0].a[1]: expected a boolean, found a string"
        );
    }

    #[test]
    fn what_is_skipped_is_counted() {
        struct Skips;
        impl Slot for Skips {
            fn put(&mut self, token: Token<'_>) -> Result<(), Fault> {
                let Token::Object(members) = token else {
                    return Ok(());
                };
                let mut read = false;
                while members.name(&mut |name| read = name == "read")? {
                    members.value(read.then_some(&mut Skips as &mut dyn Slot))?;
                }
                Ok(())
            }
        }
        let value = json!({"a": 1, "read": {"b": {"c": 2}, "read": [{"d": 1}]}, "e": []});
        assert_eq!(put(&value, &mut Skips).unwrap(), Skipped { all: 3, own: 2 });
        assert_eq!(put(&value, &mut Value::Null).unwrap(), Skipped::default());
        struct First(Value);
        impl Slot for First {
            fn put(&mut self, token: Token<'_>) -> Result<(), Fault> {
                let Token::List(elements) = token else {
                    return Ok(());
                };
                elements.next(Some(&mut self.0))?;
                while elements.next(None)? {}
                Ok(())
            }
        }
        let mut first = First(Value::Null);
        let skipped = put(&json!([1, [2, 3], 4]), &mut first).unwrap();
        assert_eq!(skipped, Skipped { all: 2, own: 0 });
        assert_eq!(first.0, json!(1));
    }

    type Inner = std::collections::BTreeMap<String, Vec<bool>>;
}
