//! A branch that is an object, and what is known of its members.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::discriminator::Tags;
use super::{Behind, Form, Leaf, Settler, kinds};
use crate::ir::{Access, Branch, JsonKind, Member, Struct, Tag, Told};
use crate::load::tree::{Node, Value};
use crate::normalize::{Additional, CHAIN, Spec, Stands};

/// A branch, and what is known of its members.
pub(super) struct Object<'a> {
    pub(super) leaf: Leaf<'a>,
    pub(super) members: BTreeMap<&'a str, Fact>,
    /// Whether it has no other members than these.
    is_closed: bool,
}

/// What is known of a member.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) required: bool,
    /// The JSON type of all its values, if they have one.
    kind: Option<JsonKind>,
    /// The values that it can have, where they are listed.
    pub(super) values: Option<BTreeSet<Tag>>,
}

impl Fact {
    pub(super) fn is_apart(&self, values: &BTreeSet<Tag>) -> bool {
        self.values.as_ref().is_some_and(|own| own.is_disjoint(values))
    }

    /// Whether no value of the member is one of the other as well, and it must be there in one of the branches.
    fn tells_from(&self, other: &Self) -> bool {
        let is_number = |kind| matches!(kind, JsonKind::Integer | JsonKind::Number);
        let has_other_kind =
            self.kind.zip(other.kind).is_some_and(|(own, other)| own != other && !(is_number(own) && is_number(other)));
        let has_other_values = other.values.as_ref().is_some_and(|values| self.is_apart(values));
        (self.required || other.required) && (has_other_kind || has_other_values)
    }
}

impl<'a> Object<'a> {
    pub(super) fn of(settler: &Settler<'a>, leaf: Leaf<'a>) -> Self {
        let members = match leaf.form {
            Form::Struct(Struct { members, .. }) => members.as_slice(),
            _ => &[],
        };
        // What is never answered tells nothing.
        let members = members.iter().filter(|member| member.access != Access::WriteOnly);
        let members = members.map(|member| {
            let values = (!member.nullable).then(|| values(settler.spec, member)).flatten();
            let kind = match settler.form(&member.ty) {
                Some(Behind::Form(form)) if !member.nullable => form.kind(),
                _ => None,
            };
            (member.wire.as_str(), Fact { required: member.required, kind, values })
        });
        let is_closed = leaf.places.iter().any(|place| match settler.spec.schema(place) {
            Some(Stands::Here(schema)) => schema.additional() == Some(Additional::Nothing),
            _ => false,
        });
        Self { members: members.collect(), is_closed, leaf }
    }

    /// That the branch is found by trial, among others: with its values of the discriminator, or else of the member in which
    /// most of the others have none of them, or of the one that tells best (see [`rank`]) or stands first. A list of several
    /// values may grow: it says nothing where no other branch lists what it doesn't. And none does where the member may be
    /// anything in another branch that knows more. All do where all else is no branch (`is_open`).
    pub(super) fn fitting(&self, others: &[&Self], is_open: bool) -> Told {
        let facts = |member: &str| others.iter().filter_map(|other| other.members.get(member)).collect::<Vec<_>>();
        let said = self.members.iter().filter_map(|(member, fact)| Some((*member, fact.values.clone()?)));
        let said = said.filter(|(member, values)| {
            let has_more = |fact: &&Fact| fact.values.as_ref().is_some_and(|others| !others.is_subset(values));
            let takes_any = |other: &&&Self| other.members.get(member).is_some_and(|fact| fact.values.is_none());
            let is_safe = || others.iter().filter(takes_any).all(|other| self.keeps_all_of(other));
            let tells = || values.len() == 1 || facts(member).iter().any(has_more);
            is_one_type(values) && (is_open || tells() && is_safe())
        });
        let of_member = said.min_by_key(|(member, values)| {
            let apart = facts(member).iter().filter(|fact| fact.is_apart(values)).count();
            (Reverse(apart), rank(member, values), *member)
        });
        let listed = self.tag().or(of_member);
        let listed = listed.map(|(member, values)| (member.to_owned(), values.into_iter().collect()));
        Told::Fitting { kind: JsonKind::Object, listed, whole: is_open && self.is_closed }
    }

    /// Whether each value of the other branch is one of this as well, with as many members that it knows.
    pub(super) fn has_all_of(&self, other: &Self) -> bool {
        self.covers(other, |own, member| own.is_some_and(|own| own.ty == member.ty))
    }

    /// Whether all that the other branch can be without the members in `but` is read as this one, and nothing is lost. A map
    /// takes any object, and what lists values keeps others.
    pub(super) fn takes(&self, other: &Self, but: &[String]) -> bool {
        let listed = |of: &Self, member: &Member| {
            let fact = of.members.get(member.wire.as_str())?;
            fact.kind.filter(|_| fact.values.is_some())
        };
        let is_alike = |own: &Member, member: &Member| {
            let kind = listed(self, own);
            own.ty == member.ty || kind.is_some() && kind == listed(other, member)
        };
        let knows = |own: Option<&Member>, member: &Member| {
            but.contains(&member.wire) || own.is_some_and(|own| is_alike(own, member))
        };
        matches!(self.leaf.form, Form::Map) || self.covers(other, knows)
    }

    /// Whether all members of the other branch are known here, and none must be there that may be missing in it.
    fn covers(&self, other: &Self, knows: impl Fn(Option<&Member>, &Member) -> bool) -> bool {
        let (Form::Struct(own), Form::Struct(others)) = (self.leaf.form, other.leaf.form) else { return false };
        let is_known = |member: &Member| {
            let own = named(own, &member.wire);
            knows(own.filter(|own| own.nullable || !member.nullable), member)
        };
        others.members.iter().all(is_known) && !self.asks_more_than(other)
    }

    /// Whether nothing that the other branch knows of an object is lost where it is read as this one.
    pub(super) fn keeps_all_of(&self, other: &Self) -> bool {
        match self.leaf.form {
            Form::Struct(Struct { additional: None, .. }) => {
                other.members.keys().all(|member| self.members.contains_key(member))
            }
            _ => true,
        }
    }

    /// Whether no object is of both branches.
    pub(super) fn is_apart(&self, other: &Self) -> bool {
        let needs_another = |closed: &Self, open: &Self| {
            let mut needed = open.members.iter().filter(|(_, fact)| fact.required);
            closed.is_closed && needed.any(|(member, _)| !closed.members.contains_key(member))
        };
        let tells =
            |(member, fact): (&&str, &Fact)| other.members.get(member).is_some_and(|others| fact.tells_from(others));
        needs_another(self, other) || needs_another(other, self) || self.members.iter().any(tells)
    }

    /// Whether a member must be there that may be missing in the other branch.
    pub(super) fn asks_more_than(&self, other: &Self) -> bool {
        let (Form::Struct(own), Form::Struct(others)) = (self.leaf.form, other.leaf.form) else { return false };
        let needs =
            |member: &Member| member.required && !named(others, &member.wire).is_some_and(|other| other.required);
        own.members.iter().any(needs)
    }

    pub(super) fn discriminator(&self) -> Option<&str> {
        Some(&self.leaf.tags.as_ref()?.member)
    }

    /// The discriminator's member, with the values that the branch has in it.
    pub(super) fn tag(&self) -> Option<(&str, BTreeSet<Tag>)> {
        let member = self.discriminator()?;
        Some((member, self.constants(member).filter(is_one_type)?))
    }

    /// The values of a member that is always there: by the discriminator, if it is that one's, or by its own schema.
    pub(super) fn constants(&self, member: &str) -> Option<BTreeSet<Tag>> {
        let tags = self.leaf.tags.as_ref().filter(|tags| tags.member == member);
        let fact = self.members.get(member);
        let own = fact.and_then(|fact| fact.values.as_ref());
        let Some(Tags { mapped, implied, named, .. }) = tags else {
            return own.filter(|_| fact.is_some_and(|fact| fact.required)).cloned();
        };
        if mapped.is_empty() {
            let implied = implied.clone().map(|name| BTreeSet::from([Tag::Text(name)]));
            // One of several that a base allows is meant by its name.
            let is_one_of = |own: &&BTreeSet<Tag>| implied.as_ref().is_none_or(|implied| !implied.is_subset(own));
            return own.filter(is_one_of).cloned().or(implied);
        }
        // A mapping has texts, whatever the values are.
        let is_mapped = |own: &&BTreeSet<Tag>| own.iter().all(|value| mapped.contains_key(&value.to_string()));
        let of_its_own = own.filter(|own| own.len() == mapped.len()).filter(is_mapped);
        let kind = fact.and_then(|fact| fact.kind);
        let mut values = of_its_own
            .cloned()
            .unwrap_or_else(|| mapped.keys().map(|value| said(value, kind)).collect::<BTreeSet<_>>());
        let name =
            implied.clone().map(Tag::Text).filter(|_| *named && kind.is_none_or(|kind| kind == JsonKind::String));
        values.extend(name.filter(|name| own.is_none_or(|own| own.contains(name))));
        Some(values)
    }

    /// The branch; one for each value of a tag that only the union knows, for nothing in the branch itself says which
    /// it is.
    pub(super) fn branches(self, told: Told) -> Vec<Branch> {
        let Leaf { pointer, ty, tags, said, .. } = self.leaf;
        let (docs, notes) = kinds::said(said.iter().map(AsRef::as_ref));
        match told {
            Told::Tagged { member, values }
                if values.len() > 1 && !self.members.get(member.as_str()).is_some_and(|fact| fact.required) =>
            {
                let place = |value: &Tag| match &tags {
                    Some(Tags { mapped, .. }) => mapped.get(&value.to_string()).unwrap_or(&pointer).clone(),
                    None => pointer.clone(),
                };
                let one = |value: Tag| Branch {
                    pointer: place(&value),
                    told: Told::Tagged { member: member.clone(), values: vec![value] },
                    ty: ty.clone(),
                    docs: docs.clone(),
                    notes: notes.clone(),
                };
                values.into_iter().map(one).collect()
            }
            told => vec![Branch { pointer, told, ty, docs, notes }],
        }
    }
}

fn named<'a>(of: &'a Struct, wire: &str) -> Option<&'a Member> {
    of.members.iter().find(|member| member.wire == wire)
}

/// The value that a mapping means by a text, for a member of this JSON type.
fn said(value: &str, kind: Option<JsonKind>) -> Tag {
    let meant = match kind {
        Some(JsonKind::Integer | JsonKind::Number) => value.parse().ok().map(Tag::Integer),
        Some(JsonKind::Boolean) => value.parse().ok().map(Tag::Boolean),
        _ => None,
    };
    meant.unwrap_or_else(|| Tag::Text(value.to_owned()))
}

/// How well a member with these values tells what an object is, the least best: texts before other values, `type` before
/// other members, and sentences, which are for people and may be said in other words, last.
pub(super) fn rank<'a>(member: &str, values: impl IntoIterator<Item = &'a Tag>) -> (bool, bool, bool) {
    let mut values = values.into_iter().peekable();
    let is_text = matches!(values.peek(), Some(Tag::Text(_)));
    let is_sentence = values.any(Tag::is_sentence);
    (is_sentence, !is_text, member != "type")
}

/// Whether there are values, and all are texts, booleans or numbers.
pub(super) fn is_one_type(values: &BTreeSet<Tag>) -> bool {
    let same = |other: &Tag| {
        values.first().is_some_and(|first| std::mem::discriminant(first) == std::mem::discriminant(other))
    };
    !values.is_empty() && values.iter().all(same)
}

/// The values that a member's schema lists in `enum`, there or behind references: texts, booleans and whole numbers.
fn values(spec: &Spec, member: &Member) -> Option<BTreeSet<Tag>> {
    let mut place = member.pointer.clone();
    for _ in 0..CHAIN {
        if let Some(Stands::At(onward)) = spec.schema(&place) {
            place = onward.clone();
            continue;
        }
        let node = spec.node(&place)?;
        if let Some(values) = node.get("enum") {
            return values.as_list()?.iter().map(tag).collect();
        }
        let Stands::Here(schema) = spec.schema(&place)? else { return None };
        let mut all = schema.all_of();
        let (Some(only), None) = (all.next(), all.next()) else { return None };
        place = only.clone();
    }
    None
}

fn tag(node: &Node) -> Option<Tag> {
    match &node.value {
        Value::Text(text) => Some(Tag::Text(text.clone())),
        Value::Boolean(value) => Some(Tag::Boolean(*value)),
        Value::Number(number) => number.0.parse().ok().map(Tag::Integer),
        _ => None,
    }
}
