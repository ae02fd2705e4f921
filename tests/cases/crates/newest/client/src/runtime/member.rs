//! The members that the table of a struct names.

use super::bound::Bound;
use super::encode::Encode;
use super::object::Field;

/// One member of an object: its name on the wire, and whether it must be there. JSON can write the
/// names as they are, but for those of [`Member::Escaped`]. (Variants, for a compiler would have to
/// run functions once for every member of every type.)
#[derive(Clone, Copy)]
pub enum Member {
    /// See [`Presence::Required`].
    Required(&'static str),
    /// See [`Presence::Optional`].
    Optional(&'static str),
    /// See [`Presence::ReadOnly`].
    ReadOnly(&'static str),
    /// One whose value must keep to bounds, if that is checked before it is sent.
    Within(Presence, &'static str, &'static [Bound]),
    /// One whose name has characters that JSON escapes (RFC 8259, section 7).
    Escaped(Presence, &'static str, &'static [Bound]),
}

/// A required member whose name has characters that JSON escapes.
pub(crate) const fn required_escaped(name: &'static str) -> Member {
    Member::Escaped(Presence::Required, name, &[])
}

/// An optional member whose name has characters that JSON escapes.
pub(crate) const fn optional_escaped(name: &'static str) -> Member {
    Member::Escaped(Presence::Optional, name, &[])
}

/// A member that is never sent, whose name has characters that JSON escapes.
pub(crate) const fn read_only_escaped(name: &'static str) -> Member {
    Member::Escaped(Presence::ReadOnly, name, &[])
}

/// Whether a member must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// An object without it is a fault (JSON Schema 2020-12 validation, section 6.5.3).
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, and is so in every request (OpenAPI 3.0.3, section 4.7.24.2).
    ReadOnly,
}

impl Member {
    /// The same member, with a value that must keep to these bounds.
    #[must_use]
    pub const fn within(self, bounds: &'static [Bound]) -> Self {
        match self {
            Self::Escaped(presence, name, _) => Self::Escaped(presence, name, bounds),
            _ => Self::Within(self.presence(), self.name(), bounds),
        }
    }

    /// Its name on the wire.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Required(name)
            | Self::Optional(name)
            | Self::ReadOnly(name)
            | Self::Within(_, name, _)
            | Self::Escaped(_, name, _) => name,
        }
    }

    /// Whether it must be there.
    pub(super) const fn presence(self) -> Presence {
        match self {
            Self::Required(_) => Presence::Required,
            Self::Optional(_) => Presence::Optional,
            Self::ReadOnly(_) => Presence::ReadOnly,
            Self::Within(presence, ..) | Self::Escaped(presence, ..) => presence,
        }
    }

    /// What an object shows of the member with this value; `None` if it leaves that out.
    pub(super) fn field(self, value: &dyn Encode) -> Option<Field<'_>> {
        let is_there = self.presence() == Presence::Required || !value.is_absent();
        is_there.then(|| Field {
            name: self.name(),
            value,
            is_plain: !matches!(self, Self::Escaped(..)),
            bounds: match self {
                Self::Within(_, _, bounds) | Self::Escaped(_, _, bounds) => bounds,
                Self::Required(_) | Self::Optional(_) | Self::ReadOnly(_) => &[],
            },
            read_only: self.presence() == Presence::ReadOnly,
        })
    }
}
