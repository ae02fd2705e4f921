//! Any serde deserializer as the parser of [`Decode`](super::decode::Decode).
//!
//! The one visitor here is generic over the parser only: what it finds goes on as a [`Token`]. The
//! parser's error type can't carry a [`Fault`], so that travels beside it.

use super::decode::{Elements, Members, Names, Slot, Token};
use super::fault::{Fault, Segment};
use super::number;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Reads one value into a slot. The parser's error type can't carry a [`Fault`], so that travels
/// beside it, in `fault`.
pub(super) struct Seed<'s> {
    pub(super) slot: &'s mut dyn Slot,
    pub(super) fault: &'s mut Option<Fault>,
}

impl Seed<'_> {
    fn put<E: de::Error>(self, token: Token<'_>) -> Result<(), E> {
        self.slot.put(token).map_err(|fault| {
            let error = E::custom(fault.message());
            *self.fault = Some(fault);
            error
        })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.put(Token::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.put(Token::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.put(Token::Boolean(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.put(Token::Integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.put(i64::try_from(value).map_or(Token::Unsigned(value), Token::Integer))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.put(Token::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.put(Token::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut list = List {
            access,
            index: 0,
            fault: self.fault,
            error: None,
        };
        let read = self.slot.put(Token::List(&mut list));
        settle(read, list.fault, list.error)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut object = Object {
            access,
            fault: self.fault,
            error: None,
            is_fresh: true,
            number: None,
        };
        let read = self.slot.put(Token::Object(&mut object));
        if read.is_err() && object.is_fresh && number::come_as_objects() {
            // Who wants a number doesn't look into an object; if this is one, `number` has it now.
            let _ = object.name(&mut |_| ());
        }
        match object.number {
            Some(digits) => {
                let seed = Seed {
                    slot: self.slot,
                    fault: object.fault,
                };
                seed.put(number::token(&digits).map_err(de::Error::custom)?)
            }
            None => settle(read, object.fault, object.error),
        }
    }
}

/// Hands a fault up beside the parser's own error, or beside a new one where the parser has none.
fn settle<E: de::Error>(
    read: Result<(), Fault>,
    up: &mut Option<Fault>,
    error: Option<E>,
) -> Result<(), E> {
    read.map_err(|fault| {
        let error = error.unwrap_or_else(|| E::custom(fault.message()));
        *up = Some(fault);
        error
    })
}

struct List<'s, A, E> {
    access: A,
    index: usize,
    fault: &'s mut Option<Fault>,
    /// The parser's own error, kept for its place in the text.
    error: Option<E>,
}

impl<'de, A: SeqAccess<'de>> Elements for List<'_, A, A::Error> {
    fn next(&mut self, slot: Option<&mut dyn Slot>) -> Result<bool, Fault> {
        let index = self.index;
        self.index += 1;
        let read = match slot {
            Some(slot) => self.access.next_element_seed(Seed {
                slot,
                fault: self.fault,
            }),
            None => self.access.next_element::<IgnoredAny>().map(|read| read.map(|_| ())),
        };
        match read {
            Ok(read) => Ok(read.is_some()),
            Err(error) => {
                let fault = pass(self.fault, &mut self.error, error);
                Err(fault.within(Segment::Element(index)))
            }
        }
    }
}

struct Object<'s, A, E> {
    access: A,
    fault: &'s mut Option<Fault>,
    /// The parser's own error, kept for its place in the text.
    error: Option<E>,
    /// Whether no name was read yet.
    is_fresh: bool,
    /// The number that the object turns out to be.
    number: Option<String>,
}

impl<'de, A: MapAccess<'de>> Members for Object<'_, A, A::Error> {
    fn name(&mut self, see: &mut dyn FnMut(&str)) -> Result<bool, Fault> {
        let is_first = std::mem::take(&mut self.is_fresh);
        let mut is_number = false;
        let name = self.access.next_key_seed(Name(&mut |name| {
            is_number = is_first && name == number::NAME;
            see(name);
        }));
        match name {
            Ok(_) if is_number => Err(self.read_number()),
            Ok(read) => Ok(read.is_some()),
            Err(error) => Err(pass(self.fault, &mut self.error, error)),
        }
    }

    fn value(&mut self, slot: Option<&mut dyn Slot>) -> Result<(), Fault> {
        let read = match slot {
            Some(slot) => self.access.next_value_seed(Seed {
                slot,
                fault: self.fault,
            }),
            None => self.access.next_value::<IgnoredAny>().map(|_| ()),
        };
        read.map_err(|error| pass(self.fault, &mut self.error, error))
    }

    fn each(&mut self, names: &mut dyn Names) -> Result<(), Fault> {
        loop {
            let mut is_number = false;
            let number = std::mem::take(&mut self.is_fresh).then_some(&mut is_number);
            let place = match self.access.next_key_seed(Place(&mut *names, number)) {
                Ok(Some(place)) => place,
                Ok(None) => return Ok(()),
                Err(error) => return Err(pass(self.fault, &mut self.error, error)),
            };
            let read = match place {
                Some(slot) => self.access.next_value_seed(Seed {
                    slot,
                    fault: self.fault,
                }),
                None if is_number => return Err(self.read_number()),
                None => match names.refused() {
                    Some(fault) => return Err(fault),
                    None => self.access.next_value::<IgnoredAny>().map(|_| ()),
                },
            };
            if let Err(error) = read {
                let fault = pass(self.fault, &mut self.error, error);
                return Err(match names.last() {
                    Some(name) => fault.within_member(name),
                    None => fault,
                });
            }
        }
    }
}

impl<'de, A: MapAccess<'de>> Object<'_, A, A::Error> {
    /// Keeps the digits of the number that the object turns out to be.
    fn read_number(&mut self) -> Fault {
        match self.access.next_value() {
            Ok(number) => {
                self.number = Some(number);
                // Ends the reading of an object; nobody sees it.
                Fault::new("the object is a number")
            }
            Err(error) => pass(self.fault, &mut self.error, error),
        }
    }
}

/// Turns the parser's error into the fault behind it, and keeps the error for [`settle`].
fn pass<E: de::Error>(inner: &mut Option<Fault>, kept: &mut Option<E>, error: E) -> Fault {
    let fault = inner
        .take()
        .unwrap_or_else(|| Fault::new(error.to_string()));
    *kept = Some(error);
    fault
}

/// Reads the name of a member without keeping it.
struct Name<'s>(&'s mut dyn FnMut(&str));

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<(), E> {
        (self.0)(name);
        Ok(())
    }
}

/// Reads the name of a member and finds where its value goes; of the first one it says too whether it
/// is a number's digits, and the object no object.
struct Place<'n, 'f>(&'n mut dyn Names, Option<&'f mut bool>);

impl<'de, 'n> DeserializeSeed<'de> for Place<'n, '_> {
    type Value = Option<&'n mut dyn Slot>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'n> Visitor<'_> for Place<'n, '_> {
    type Value = Option<&'n mut dyn Slot>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        let Self(names, number) = self;
        match number {
            Some(is_number) if name == number::NAME => {
                *is_number = true;
                Ok(None)
            }
            _ => Ok(names.slot(name)),
        }
    }
}
