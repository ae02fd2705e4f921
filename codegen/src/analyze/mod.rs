//! Analyze: `Api` → [`Facts`]. One module a question; none changes the `Api`, and none makes a Rust name.

mod boxed;
mod checked;
mod endless;
mod eq;
mod fixed;
pub mod paging;
mod presence;
mod reach;
mod same;
pub(crate) mod short;
mod streamed;
pub(crate) mod walk;

pub use paging::{Next, Paging, PagingStyle, Place};
pub use presence::Presence;
pub use same::Precedence;
pub(crate) use same::is_ahead;
pub use streamed::unsaid_streams;

use std::collections::{BTreeMap, BTreeSet};

use crate::aside;
use crate::ir::{Api, Primitive, TypeId};
use crate::pointer::Pointer;

/// Finds out all there is in [`Facts`]. Takes time in proportion to the size of `api`, whatever its cycles; there is nothing
/// to go wrong.
pub fn analyze(api: &Api) -> Facts {
    analyze_after(api, &Precedence::default())
}

/// As [`analyze`], of what was there before: with what precedes pointers where one type stands for several.
pub fn analyze_after(api: &Api, precedence: &Precedence) -> Facts {
    let of_shapes = || {
        let same = same::same(api, precedence);
        let standing = Standing { same: &same };
        let boxed = boxed::boxed(api, &standing);
        let endless = endless::endless(api, &standing, &boxed);
        let in_requests = standing.spread(reach::in_requests(api, &standing));
        let forms = standing.spread(reach::forms(api, &standing));
        let in_answers = standing.spread(reach::in_answers(api, &standing));
        let error_types = reach::error_types(api, &standing);
        Facts { boxed, endless, in_requests, forms, in_answers, error_types, same, ..Facts::default() }
    };
    // What doesn't ask which types are the same.
    let others = || Facts {
        checked: checked::checked(api),
        fixed: fixed::fixed(api),
        eq: eq::eq(api),
        paging: paging::paging(api),
        streamed: streamed::streamed(api),
        may_stream: streamed::unsaid(api),
        primitives: reach::primitives(api),
        text_paths: reach::text_paths(api),
        number_paths: reach::number_paths(api),
        ..Facts::default()
    };
    let (of_shapes, others) = aside::both(of_shapes, others);
    let Facts { checked, fixed, eq, paging, streamed, may_stream, primitives, text_paths, number_paths, .. } = others;
    let facts = Facts { checked, fixed, eq, paging, streamed, may_stream, ..of_shapes };
    let mut facts = Facts { primitives, text_paths, number_paths, ..facts };
    facts.fixed.extend(fixed::tagged(api, &facts.same));
    facts.patched = facts.patched(api);
    facts
}

/// Which type stands for which.
#[derive(Clone, Copy, Debug)]
struct Standing<'a> {
    same: &'a BTreeMap<TypeId, TypeId>,
}

impl Standing<'_> {
    /// The type that stands for `id`: itself, where no other does.
    fn of<'b>(&'b self, id: &'b TypeId) -> &'b TypeId {
        self.same.get(id).unwrap_or(id)
    }

    /// Adds the types that one in `set` stands for, so that what is asked of either has one answer.
    fn spread(&self, mut set: BTreeSet<TypeId>) -> BTreeSet<TypeId> {
        let merged = self.same.iter().filter(|(_, stands)| set.contains(stands));
        let merged: Vec<TypeId> = merged.map(|(id, _)| id.clone()).collect();
        set.extend(merged);
        set
    }
}

/// What the other stages need to know about an API and can't see at a glance. Where one type stands for others (`same`),
/// the other facts are true of it and of those that it stands for alike.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Members (by the owning type and the wire name) and union branches (by the type and the branch's index as text)
    /// whose value is boxed, because the type would contain itself, or because the branch is a struct.
    pub boxed: BTreeSet<(TypeId, String)>,
    /// Types that hold something, however deep, that is checked before it is sent.
    pub checked: BTreeSet<TypeId>,
    /// Members (by the owning type and the wire name) that are required, and that no finite JSON text can have all the way
    /// down.
    pub endless: BTreeSet<(TypeId, String)>,
    /// The value of each member (by the owning type and the wire name) that is required and has only one.
    pub fixed: BTreeMap<(TypeId, String), String>,
    /// Types that a request can hold.
    pub in_requests: BTreeSet<TypeId>,
    /// Types that requests send as forms and in no other way: what is null is not sent.
    pub forms: BTreeSet<TypeId>,
    /// Types that an answer can hold.
    pub in_answers: BTreeSet<TypeId>,
    /// Types that can be compared for equality in full and hashed: no floats and no arbitrary JSON inside.
    pub eq: BTreeSet<TypeId>,
    /// Anonymous types that say the same as another one: from each to the one that stands for all (never a chain).
    pub same: BTreeMap<TypeId, TypeId>,
    /// Types, behind aliases and for all that they stand for, that a member holds which may be absent and may be null.
    pub patched: BTreeSet<TypeId>,
    /// How an operation's pages hang together, by the operation's pointer.
    pub paging: BTreeMap<Pointer, Paging>,
    /// The boolean member of an operation's body that asks for a stream, by the operation's pointer, where it answers both ways.
    pub streamed: BTreeMap<Pointer, String>,
    /// Operations that can be asked for a stream, and don't say what it holds.
    pub may_stream: BTreeSet<Pointer>,
    /// Types that error answers hold at their root; only such that stand for themselves in `same`.
    pub error_types: BTreeSet<TypeId>,
    /// The primitives in use.
    pub primitives: BTreeSet<Primitive>,
    /// The paths of types that texts stand for.
    pub text_paths: BTreeSet<String>,
    /// The paths of types that numbers stand for.
    pub number_paths: BTreeSet<String>,
}

impl Facts {
    /// The same facts with paging that is given: `None` for an operation that has none.
    #[must_use]
    pub fn with_paging(mut self, given: BTreeMap<Pointer, Option<Paging>>) -> Self {
        for (operation, paging) in given {
            self.paging.remove(&operation);
            self.paging.extend(paging.map(|paging| (operation, paging)));
        }
        self
    }
}
