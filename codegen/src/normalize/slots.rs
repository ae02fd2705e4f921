//! Where the operations of a path item stand: in members of its own (OpenAPI 3.0.3, section 4.7.9; `query` from 3.2 on), and
//! by their methods in `additionalOperations` (OpenAPI 3.2.0, section 4.9).

use super::form::{Form, Members};

use super::rules::METHODS;
use crate::load::tree::{Entry, Node};
use crate::pointer::Pointer;

/// The member with the operations of other methods.
const OTHERS: &str = "additionalOperations";

/// The members that are operations.
const MEMBERS: [&str; 9] = {
    let [get, put, post, delete, options, head, patch, trace] = METHODS;
    [get, put, post, delete, options, head, patch, trace, "query"]
};

/// A place for an operation in a path item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    member: &'static str,
    /// The method, in [`OTHERS`].
    name: Option<String>,
}

impl Slot {
    const fn own(member: &'static str) -> Self {
        Self { member, name: None }
    }

    fn other(name: &str) -> Self {
        Self { member: OTHERS, name: Some(name.to_owned()) }
    }

    /// The operations of a path item of the canonical form.
    pub(super) fn of(item: &Form) -> Vec<(Self, &Form)> {
        let own = MEMBERS.into_iter().filter_map(|member| Some((Self::own(member), item.get(member)?)));
        let others = item.get(OTHERS).and_then(Form::as_object).into_iter().flat_map(Members::iter);
        let others = others.filter(|(name, _)| is_other_method(name)).map(|(name, link)| (Self::other(name), link));
        own.chain(others).collect()
    }

    /// The operations of a path item as it is written.
    pub(super) fn written(item: &Node) -> Vec<(Self, &Node)> {
        let own = MEMBERS.into_iter().filter_map(|member| Some((Self::own(member), item.get(member)?)));
        let others = item.get(OTHERS).and_then(Node::as_map).into_iter().flatten();
        let others = others.filter(|(name, _)| is_other_method(name));
        own.chain(others.map(|(name, Entry { node, .. })| (Self::other(name), node))).collect()
    }

    /// The names in the path item `item`, which stands at `place`, that no additional operation can have.
    pub(super) fn refused<'a>(item: &'a Form, place: &Pointer) -> impl Iterator<Item = (Pointer, &'a str)> {
        let others = item.get(OTHERS).and_then(Form::as_object).into_iter().flat_map(Members::keys);
        let names = others.filter(|name| !is_other_method(name));
        let place = place.child(OTHERS);
        names.map(move |name| (place.child(name), name))
    }

    /// The method, as HTTP writes it.
    pub(super) fn method(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.member.to_ascii_uppercase())
    }

    /// The place, in the path item at `item`.
    pub(super) fn below(&self, item: &Pointer) -> Pointer {
        let place = item.child(self.member);
        self.name.iter().fold(place, |place, name| place.child(name))
    }

    /// Takes all operations out of a path item.
    pub(super) fn clear(item: &mut Members) {
        item.retain(|member| member != OTHERS && !MEMBERS.contains(&member));
    }

    /// Takes the operation out of the path item.
    pub(super) fn take(&self, item: &mut Members) -> Option<Form> {
        match &self.name {
            None => item.remove(self.member),
            Some(name) => item.get_mut(self.member)?.as_object_mut()?.remove(name),
        }
    }
}

/// Whether a name is a method (a token; RFC 9110, section 9.1) that has no member of its own.
fn is_other_method(name: &str) -> bool {
    let is_token =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    is_token && !MEMBERS.iter().any(|member| member.eq_ignore_ascii_case(name))
}
