//! What the description asks of values beyond their types, in tables.

/// What a value must keep to. A value of another JSON type keeps to it anyway.
#[derive(Clone, Copy, Debug)]
pub enum Bound {
    /// A number is this or more (JSON Schema 2020-12 validation, section 6.2.4).
    Minimum(f64),
    /// The same of a whole one that no `f64` is.
    AtLeast(i128),
    /// A number is more than this (section 6.2.5).
    Above(f64),
    /// A number is this or less (section 6.2.2).
    Maximum(f64),
    /// The same of a whole one that no `f64` is.
    AtMost(i128),
    /// A number is less than this (section 6.2.3).
    Below(f64),
    /// A number is so many times this (section 6.2.1).
    MultipleOf(f64),
    /// A text has so many characters or more (section 6.3.2).
    MinLength(u64),
    /// A text has so many characters or fewer (section 6.3.1).
    MaxLength(u64),
    /// A text matches a regular expression somewhere (section 6.3.3).
    Pattern(Pattern),
    /// A list has so many items or more (section 6.4.2).
    MinItems(u64),
    /// A list has so many items or fewer (section 6.4.1).
    MaxItems(u64),
    /// No two items of a list are equal, if so (section 6.4.3).
    UniqueItems(bool),
    /// An object has so many members or more (section 6.5.2).
    MinMembers(u64),
    /// An object has so many members or fewer (section 6.5.1).
    MaxMembers(u64),
    /// Every item of a list, and every value of a map, keeps to this.
    Each(&'static Bound),
    /// The item of a list at this index keeps to this (JSON Schema 2020-12, section 10.3.1.1).
    At(usize, &'static Bound),
}

/// A bound as wire tables have it: `bound!(record Each(MaxLength(5)))`, with the module that has
/// [`Bound`] and this macro.
#[allow(unused_macros, reason = "few types have bounds")]
macro_rules! bound {
    ($module:ident Each($($bound:tt)+)) => {
        $module::Bound::Each(&$module::bound!($module $($bound)+))
    };
    ($module:ident At($index:literal, $($bound:tt)+)) => {
        $module::Bound::At($index, &$module::bound!($module $($bound)+))
    };
    ($module:ident $bound:ident($value:expr)) => { $module::Bound::$bound($value) };
}
#[allow(unused_imports, reason = "few types have bounds")]
pub(crate) use bound;

/// A regular expression of ECMA-262, and what tells whether a text matches it.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// The expression.
    pub text: &'static str,
    /// Whether a text, which comes behind the expression, matches.
    pub is_match: fn(&'static str, &str) -> bool,
}

impl Bound {
    /// The bounds of a value that has none of its own.
    pub const NONE: &'static [Self] = &[];
}
