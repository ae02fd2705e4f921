//! How the values of one use of a type relate to those of another, and what that means in requests and in answers.

use super::change::Wire;
use super::equal::equal;
use super::matching::Matches;
use crate::analyze::walk::{Resolved, resolve};
use crate::ir::{Api, Enum, Items, JsonKind, Primitive, TypeKind, TypeRef};

/// How new values relate to old ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// They are the same.
    Same,
    /// All old values are among the new ones.
    Wider,
    /// All new values are among the old ones.
    Narrower,
    /// Neither.
    Other,
}

impl Relation {
    /// Of two things that both count.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Same, other) => other,
            (this, Self::Same) => this,
            (Self::Wider, Self::Wider) => Self::Wider,
            (Self::Narrower, Self::Narrower) => Self::Narrower,
            (Self::Wider | Self::Narrower | Self::Other, Self::Wider | Self::Narrower | Self::Other) => Self::Other,
        }
    }

    /// Of something that was so, and is so now: to allow it is wider.
    pub(super) fn of_flag(old: bool, new: bool) -> Self {
        match (old, new) {
            (false, true) => Self::Wider,
            (true, false) => Self::Narrower,
            (true, true) | (false, false) => Self::Same,
        }
    }
}

/// Which way values go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ways {
    pub(super) sent: bool,
    pub(super) answered: bool,
}

impl Ways {
    pub(super) const SENT: Self = Self { sent: true, answered: false };
    pub(super) const ANSWERED: Self = Self { sent: false, answered: true };

    /// The worse of two verdicts, each if values go that way.
    pub(super) fn wire(self, in_requests: Wire, in_answers: Wire) -> Wire {
        let sent = if self.sent { in_requests } else { Wire::None };
        sent.max(if self.answered { in_answers } else { Wire::None })
    }

    /// What other values mean: a server that takes fewer breaks, and so does one that answers more.
    pub(super) fn of_relation(self, relation: Relation) -> Wire {
        match relation {
            Relation::Same => Wire::None,
            Relation::Wider => self.wire(Wire::Additive, Wire::Breaking),
            Relation::Narrower => self.wire(Wire::Breaking, Wire::Additive),
            Relation::Other => self.wire(Wire::Breaking, Wire::Breaking),
        }
    }

    /// ` in requests`, ` in answers`, or nothing for both.
    pub(super) fn words(self) -> &'static str {
        match (self.sent, self.answered) {
            (true, false) => " in requests",
            (false, true) => " in answers",
            (true, true) | (false, false) => "",
        }
    }
}

/// As [`relation`], of values that are written as texts: what has no parts is one, and so among those of what takes any text.
pub(super) fn of_texts(old: &Api, before: &TypeRef, new: &Api, after: &TypeRef, matches: &Matches<'_>) -> Relation {
    let relation = relation(old, before, new, after, matches);
    let (mut was, mut is) = (resolve(old, before), resolve(new, after));
    if let (Some(Resolved::Plain(TypeRef::List(before))), Some(Resolved::Plain(TypeRef::List(after)))) = (was, is) {
        (was, is) = (resolve(old, &before.ty), resolve(new, &after.ty));
    }
    let is_whole = match was {
        Some(Resolved::Plain(TypeRef::Primitive(of))) => *of != Primitive::File,
        Some(Resolved::Type(kind)) => matches!(kind, TypeKind::Enum(_)),
        _ => false,
    };
    let takes_any = matches!(is, Some(Resolved::Plain(TypeRef::Primitive(Primitive::String | Primitive::Password))));
    if relation == Relation::Other && is_whole && takes_any { Relation::Wider } else { relation }
}

/// How the values of two uses of types relate. Types that are paired are the same here: what differs in them is told once,
/// where they are.
pub(super) fn relation(old: &Api, before: &TypeRef, new: &Api, after: &TypeRef, matches: &Matches<'_>) -> Relation {
    let mut relation = Relation::Same;
    let (mut before, mut after) = (before, after);
    loop {
        if let (TypeRef::Named(old_id), TypeRef::Named(new_id)) = (before, after)
            && matches.types.get(old_id) == Some(&new_id)
        {
            return relation;
        }
        let (Some(was), Some(is)) = (resolve(old, before), resolve(new, after)) else { return Relation::Other };
        let (was_items, is_items): (&Items, &Items) = match (was, is) {
            (Resolved::Plain(TypeRef::List(was)), Resolved::Plain(TypeRef::List(is)))
            | (Resolved::Plain(TypeRef::Map(was)), Resolved::Plain(TypeRef::Map(is))) => (was, is),
            (was, is) => return relation.and(ends(was, is).unwrap_or_else(|| deep(old, before, new, after))),
        };
        relation = relation.and(Relation::of_flag(was_items.nullable, is_items.nullable));
        (before, after) = (&was_items.ty, &is_items.ty);
    }
}

fn deep(old: &Api, before: &TypeRef, new: &Api, after: &TypeRef) -> Relation {
    if equal(old, before, new, after) { Relation::Same } else { Relation::Other }
}

/// What can be told of two types without a look at their parts.
fn ends(old: Resolved<'_>, new: Resolved<'_>) -> Option<Relation> {
    Some(match (old, new) {
        (Resolved::Plain(TypeRef::Any), Resolved::Plain(TypeRef::Any)) => Relation::Same,
        (_, Resolved::Plain(TypeRef::Any)) => Relation::Wider,
        (Resolved::Plain(TypeRef::Any), _) => Relation::Narrower,
        (Resolved::Type(TypeKind::Enum(of)), Resolved::Plain(TypeRef::Primitive(new))) if lists(of, *new) => {
            Relation::Wider
        }
        (Resolved::Plain(TypeRef::Primitive(old)), Resolved::Type(TypeKind::Enum(of))) if lists(of, *old) => {
            Relation::Narrower
        }
        (Resolved::Plain(TypeRef::TextOf(_)), Resolved::Plain(TypeRef::TextOf(_)))
        | (Resolved::Plain(TypeRef::NumberOf(_)), Resolved::Plain(TypeRef::NumberOf(_))) => Relation::Same,
        (Resolved::Plain(TypeRef::Primitive(old)), Resolved::Plain(TypeRef::Primitive(new))) => primitives(*old, *new),
        (Resolved::Type(_), Resolved::Type(_)) => return None,
        (Resolved::Type(_) | Resolved::Plain(_), Resolved::Type(_) | Resolved::Plain(_)) => Relation::Other,
    })
}

/// Whether an enum lists values of a primitive.
fn lists(of: &Enum, primitive: Primitive) -> bool {
    match of.kind {
        JsonKind::String => primitive == Primitive::String,
        JsonKind::Integer => matches!(primitive, Primitive::I64 | Primitive::F64),
        JsonKind::Number | JsonKind::Boolean | JsonKind::List | JsonKind::Object => false,
    }
}

fn primitives(old: Primitive, new: Primitive) -> Relation {
    if old == new || (is_within(old, new) && is_within(new, old)) {
        Relation::Same
    } else if is_within(old, new) {
        Relation::Wider
    } else if is_within(new, old) {
        Relation::Narrower
    } else {
        Relation::Other
    }
}

/// Whether all values of the one are values of the other.
fn is_within(inner: Primitive, outer: Primitive) -> bool {
    use Primitive::{
        Base64, Boolean, Date, DateTime, Duration, F64, File, I8, I16, I32, I64, Password, String, Time, U8, U16, U32,
        U64, Uuid,
    };
    match inner {
        // A format says what a text means; a password is any text, and only not shown.
        DateTime | Date | Time | Duration | Uuid | Base64 => matches!(outer, String | Password),
        Password => outer == String,
        String => outer == Password,
        I8 => matches!(outer, I16 | I32 | I64 | F64),
        I16 => matches!(outer, I32 | I64 | F64),
        I32 => matches!(outer, I64 | F64),
        U8 => matches!(outer, U16 | I16 | U32 | I32 | U64 | I64 | F64),
        U16 => matches!(outer, U32 | I32 | U64 | I64 | F64),
        U32 => matches!(outer, U64 | I64 | F64),
        I64 | U64 => outer == F64,
        Boolean | F64 | File => false,
    }
}
