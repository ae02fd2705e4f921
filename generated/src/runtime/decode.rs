//! What a type says to be read without generic code of its own.
//!
//! A type says in [`Decode::read`] what it makes of a null, a text or an object, and is driven
//! through [`Slot`], so that a thousand types share one engine, whose only generic part is the
//! parser. The path to a fault costs nothing until there is one: each level adds its own segment
//! while the fault passes through it.

use super::fault::Fault;
use std::fmt;

/// One JSON value as the parser found it; lists and objects are read on demand.
pub enum Token<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number that fits an `i64`.
    Integer(i64),
    /// A whole number above `i64::MAX`.
    Unsigned(u64),
    /// A number with a fraction or an exponent, or a whole one beyond 64 bits.
    Float(f64),
    /// A text, its escapes resolved.
    Text(&'a str),
    /// A list, its elements still to be read.
    List(&'a mut dyn Elements),
    /// An object, its members still to be read.
    Object(&'a mut dyn Members),
}

impl Token<'_> {
    /// What this is, in the words of an error message.
    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) | Self::Unsigned(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// The fault that this isn't what was expected; `expected` reads like "a string".
    #[must_use]
    pub fn unexpected(&self, expected: &'static str) -> Fault {
        Fault::new(format!("expected {expected}, found {}", self.kind()))
    }
}

/// Shows the kind alone: lists and objects can be read only once, and values are not ours to print.
impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({})", self.kind())
    }
}

/// A type that a JSON value can be read into.
///
/// Values are read in place: an object's members into the members of a blank struct, where a
/// `&mut dyn Slot` for each is all that the engine needs to know. That takes a compiler much less
/// time than a variable for each member, and a computer no more.
pub trait Decode {
    /// A value to read into. Nobody sees it: what isn't read over it is no answer.
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads the value that `token` stands for over this one, which is worth nothing after a fault.
    ///
    /// # Errors
    /// When `token` is of a JSON type, or has a content, that this type can't hold.
    fn read(&mut self, token: Token<'_>) -> Result<(), Fault>;

    /// The value that `token` stands for.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    fn decode(token: Token<'_>) -> Result<Self, Fault>
    where
        Self: Sized,
    {
        let mut value = Self::blank();
        value.read(token)?;
        Ok(value)
    }
}

/// A place that a value is read into, with the type of the value forgotten.
pub trait Slot {
    /// Reads `token` and keeps the value.
    ///
    /// # Errors
    /// As [`Decode::read`].
    fn put(&mut self, token: Token<'_>) -> Result<(), Fault>;
}

impl<T: Decode> Slot for T {
    fn put(&mut self, token: Token<'_>) -> Result<(), Fault> {
        self.read(token)
    }
}

/// The elements of a list, in order.
pub trait Elements {
    /// Reads the next element into `slot`, or skips it; `false` when there is none.
    ///
    /// # Errors
    /// When the element isn't JSON, or not what the slot takes.
    fn next(&mut self, slot: Option<&mut dyn Slot>) -> Result<bool, Fault>;
}

/// The members of an object, in the order of the text.
pub trait Members {
    /// Shows the name of the next member to `see`; `false` when there is none.
    ///
    /// # Errors
    /// When there is no name where one must be.
    fn name(&mut self, see: &mut dyn FnMut(&str)) -> Result<bool, Fault>;

    /// Reads the value of the member that was named last into `slot`, or skips it. A fault comes
    /// back without that member's segment, which the caller knows.
    ///
    /// # Errors
    /// When the value isn't JSON, or not what the slot takes.
    fn value(&mut self, slot: Option<&mut dyn Slot>) -> Result<(), Fault>;

    /// Reads all members, each into the slot that `names` has for it.
    ///
    /// # Errors
    /// As [`name`](Self::name) and [`value`](Self::value), and what `names` says; a fault in a value
    /// has the segment of its member.
    fn each(&mut self, names: &mut dyn Names) -> Result<(), Fault> {
        let mut name = String::new();
        while self.name(&mut |text| text.clone_into(&mut name))? {
            match names.slot(&name) {
                Some(slot) => self.value(Some(slot)).map_err(|fault| fault.within_member(&name))?,
                None => names.refused().map_or_else(|| self.value(None), Err)?,
            }
        }
        Ok(())
    }
}

/// Where the members of an object go, by their names.
pub trait Names {
    /// The slot of a member; `None` for one that is skipped, or that can't be there. No result, for this
    /// is asked for each member, and two words come back in registers.
    fn slot(&mut self, name: &str) -> Option<&mut dyn Slot>;

    /// Why the member that was asked for last can't be there, if that was why it had no slot.
    fn refused(&mut self) -> Option<Fault>;

    /// The name that was asked for last, unless it had no slot.
    fn last(&self) -> Option<&str>;
}
