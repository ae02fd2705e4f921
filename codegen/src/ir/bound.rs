//! Bounds of values, in the form in which a client checks them before it sends something.

/// What a value must keep to. A value of another JSON type keeps to it anyway, as JSON Schema has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// A number is this or more (JSON Schema 2020-12 validation, section 6.2.4); a number of JSON, as written.
    Minimum(String),
    /// A number is more than this (6.2.5).
    Above(String),
    /// A number is this or less (6.2.2).
    Maximum(String),
    /// A number is less than this (6.2.3).
    Below(String),
    /// A number is so many times this (6.2.1).
    MultipleOf(String),
    /// A text has so many characters or more (6.3.2).
    MinLength(u64),
    /// A text has so many characters or fewer (6.3.1).
    MaxLength(u64),
    /// A text matches this regular expression somewhere (6.3.3).
    Pattern(String),
    /// A list has so many items or more (6.4.2).
    MinItems(u64),
    /// A list has so many items or fewer (6.4.1).
    MaxItems(u64),
    /// No two items of a list are equal (6.4.3).
    UniqueItems,
    /// An object has so many members or more (6.5.2).
    MinMembers(u64),
    /// An object has so many members or fewer (6.5.1).
    MaxMembers(u64),
    /// Every item of a list, and every value of a map, keeps to this.
    Each(Box<Bound>),
    /// The item of a list at this index keeps to this (JSON Schema 2020-12, section 10.3.1.1).
    At(usize, Box<Bound>),
}
