//! What the object of a schema has: its members, those that it doesn't name, and the items of a tuple.

use std::collections::HashSet;

use super::causes::Causes;
use super::files::PartType;
use super::shape::members;
use super::types::{Types, Used, any_map};
use crate::diag::{DISCRIMINATOR_UNUSABLE, MEMBER_OVERRIDDEN, REQUIRED_WITHOUT_SCHEMA};
use crate::ir::{Access, Additional, Held, Items, Member, Notes, Preset, TupleItem, TypeId, TypeRef};
use crate::load::tree::Node;
use crate::pointer::Pointer;

impl Types<'_> {
    pub(super) fn members(&mut self, id: &TypeId, place: &Pointer, causes: &mut Causes) -> Vec<Member> {
        let object = place;
        let (names, required) = members(self.spec, place);
        let known: HashSet<&str> = names.iter().map(|(name, _)| *name).collect();
        for name in required.iter().filter(|name| !known.contains(*name)) {
            let message = format!("`{name}` is required, and `properties` has no such member; it is ignored");
            causes.remark(&self.required_at(place, name), &REQUIRED_WITHOUT_SCHEMA, message);
        }
        if self.spec.is_untold(object) {
            let message = "this does not tell all schemas apart that build on the one that has it; that one is read without \
                           the members of the others";
            let base = self.spec.was(object).unwrap_or(object);
            causes.remark(&base.child("discriminator"), &DISCRIMINATOR_UNUSABLE, message);
        }
        let mut members = Vec::with_capacity(names.len());
        let required: HashSet<&str> = required.into_iter().collect();
        for (wire, place) in names {
            let required = required.contains(wire);
            if self.spec.is_contradicted(object, wire) {
                let message =
                    format!("no value of `{wire}` fits all schemas that hold at once; it is read as this one says");
                causes.remark(place, &MEMBER_OVERRIDDEN, message);
            }
            let member = match self.file(id, place, causes) {
                Some(PartType { used, or_value }) => {
                    let mut member = self.one_member(place, wire, required, used, causes);
                    member.notes.forget_formats();
                    if or_value {
                        member.notes.or_value = true;
                    }
                    member
                }
                None => {
                    let used = self.use_of(place, causes);
                    let mut member = self.one_member(place, wire, required, used, causes);
                    let preset =
                        self.preset(place, &member.ty, causes).filter(|preset| required && !is_nothing(preset));
                    if let Some(preset) = preset {
                        member.preset = Some(preset);
                        if member.notes.default.is_none() {
                            // It is that of the type, whose docs have none.
                            member.notes.default = self.notes(&self.behind(place, causes).0).default;
                        }
                    }
                    member
                }
            };
            members.push(member);
        }
        members.sort_by(|a, b| {
            let key = |member: &Member| (!member.required, member.wire != "id");
            key(a).cmp(&key(b)).then_with(|| a.wire.cmp(&b.wire))
        });
        members
    }

    pub(super) fn tuple_item(&mut self, place: &Pointer, causes: &mut Causes) -> TupleItem {
        let Used { ty, nullable } = self.use_of(place, causes);
        let (docs, deprecated) = self.words_beside(place, &ty);
        let notes = Notes { deprecated, ..self.notes(place) }.into();
        TupleItem { pointer: place.clone(), ty, nullable, docs, notes }
    }

    /// What holds the members that the object at `owner` doesn't name, whose schema stands at `schema`.
    pub(super) fn additional(&mut self, owner: &Pointer, schema: Option<&Pointer>, causes: &mut Causes) -> Additional {
        let Some(place) = schema else {
            let pointer = owner.child("additionalProperties");
            return Additional { pointer, ty: any_map(), notes: self.keys(owner).into() };
        };
        let file = self.file(&TypeId(owner.clone()), place, causes);
        let mut notes = Notes { each: self.each(place, Held::Value), ..self.keys(owner) };
        let Used { ty, nullable } = match file {
            Some(PartType { used, or_value }) => {
                notes.forget_formats();
                notes.or_value = or_value;
                used
            }
            None => self.nested(place, 1, causes),
        };
        let ty = TypeRef::Map(Box::new(Items { ty, nullable }));
        Additional { pointer: place.clone(), ty, notes: notes.into() }
    }

    /// Where a name stands in the `required` of a schema, or the schema where it is not written there.
    fn required_at(&self, schema: &Pointer, name: &str) -> Pointer {
        let list = schema.child("required");
        let written = self.spec.node(&list).and_then(Node::as_list).unwrap_or_default();
        match written.iter().position(|item| item.as_text() == Some(name)) {
            Some(index) => list.item(index),
            None => schema.clone(),
        }
    }

    fn one_member(&self, place: &Pointer, wire: &str, required: bool, used: Used, causes: &mut Causes) -> Member {
        let (docs, deprecated) = self.words_beside(place, &used.ty);
        let notes = self.notes(place).into();
        self.remark_default(place, causes);
        Member {
            pointer: place.clone(),
            wire: wire.to_owned(),
            ty: used.ty,
            required,
            excused: false,
            nullable: used.nullable,
            docs,
            notes,
            deprecated,
            access: self.access(place, causes),
            preset: None,
        }
    }

    /// Which way a member goes, as said where it stands or behind its references. To say both says nothing.
    fn access(&self, place: &Pointer, causes: &mut Causes) -> Access {
        let said = |place: &Pointer| {
            self.item(place).map_or((false, false), |schema| (schema.is_read_only(), schema.is_write_only()))
        };
        let (here, behind) = (said(place), said(&self.behind(place, causes).0));
        match (here.0 || behind.0, here.1 || behind.1) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            _ => Access::Both,
        }
    }
}

/// Whether a default is what a language has for nothing: frameworks write it beside what is required as well, and nobody means it
/// to be sent.
fn is_nothing(preset: &Preset) -> bool {
    match preset {
        Preset::Text(text) => text.is_empty() || text.to_ascii_lowercase().ends_with("unspecified"),
        Preset::Integer(whole) => *whole == 0,
        Preset::Number(value) => *value == 0.0,
        Preset::Boolean(value) => !value,
    }
}
