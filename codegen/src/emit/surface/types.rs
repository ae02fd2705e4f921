//! What callers can name of a type.

use super::{Entry, Part, Role, Surface, text};
use crate::emit::constructor::Owner;
use crate::emit::imports::Imports;
use crate::emit::{rust_type, schema, tuple, union};
use crate::ir::{Enum, Struct, Tuple, TypeDef, TypeId, TypeKind, Union};

impl Surface<'_> {
    /// Everything of a type; of one that another stands for, the name if it has one of its own.
    pub fn of_type(&self, id: &TypeId) -> Vec<Entry> {
        let cx = &self.cx;
        let Some((def, name)) = cx.type_def(id).zip(cx.type_name(id)) else { return Vec::new() };
        let path = format!("types::{}", name.ident);
        let mut imports = Imports::default();
        if let Some(of) = cx.model.facts.same.get(id).and_then(|stands| cx.type_name(stands)) {
            let alias = Entry::whole(Role::Type, &path, format!("= {}", of.ident));
            return if of.ident == name.ident { Vec::new() } else { self.gated(vec![alias], &name.module) };
        }
        let (what, mut entries) = match &def.kind {
            TypeKind::Struct(of) => ("struct".to_owned(), self.structure(def, of, &path)),
            TypeKind::Enum(of) => ("enum".to_owned(), self.enumeration(def, of, &path)),
            TypeKind::Union(of) => ("enum".to_owned(), self.union(def, of, &path)),
            TypeKind::Tuple(of) => ("struct".to_owned(), self.tuple(def, of, &path)),
            TypeKind::Alias(ty) => (format!("= {}", text(&rust_type::plain(ty, cx, &mut imports))), Vec::new()),
        };
        let whole = Entry::whole(Role::Type, &path, what).deprecated(def.deprecated);
        if let Some(accessor) = cx.model.names.error_accessors.get(id) {
            let role = Role::Method("error".to_owned());
            entries.push(Entry::below(Part::Whole, role, "Error", accessor, &name.ident));
        }
        entries.insert(0, whole);
        self.gated(entries, &name.module)
    }

    /// With the features that turn on the file that they stand in.
    fn gated(&self, mut entries: Vec<Entry>, module: &str) -> Vec<Entry> {
        if let Some(ids) = self.files.get(module) {
            let gate = self.cx.gates.needing(ids.iter().copied());
            entries.iter_mut().for_each(|entry| entry.gate.clone_from(&gate));
        }
        entries
    }

    fn traits(&self, def: &TypeDef, path: &str) -> Vec<Entry> {
        let traits = schema::traits(def, &self.cx).into_iter().chain(["Serialize"]);
        let of_trait = |name: &str| Entry::of_trait(Part::Whole, Role::Trait(name.to_owned()), path, name, "");
        let mut entries: Vec<Entry> = traits.map(of_trait).collect();
        if !schema::is_sent_alone(def) {
            entries.push(of_trait("Deserialize"));
        }
        entries
    }

    fn structure(&self, def: &TypeDef, of: &Struct, path: &str) -> Vec<Entry> {
        let cx = &self.cx;
        let mut imports = Imports::default();
        let mut entries = self.traits(def, path);
        for member in &of.members {
            let Some(ty) = schema::member_type(&def.id, member, cx, &mut imports) else { continue };
            let (part, ident) = (Part::Member(member.wire.clone()), cx.member_ident(&def.id, &member.wire));
            let field = Entry::below(part, Role::Field, path, ident, text(&ty));
            entries.push(field.deprecated(member.deprecated));
        }
        let additional = of.additional.as_ref().zip(cx.additional_ident(&def.id));
        let additional = additional.map(|(of, ident)| (ident, text(&rust_type::plain(&of.ty, cx, &mut imports))));
        if let Some((ident, ty)) = &additional {
            entries.push(Entry::below(Part::Additional, Role::Field, path, ident, ty.clone()));
        }
        if !cx.model.facts.in_requests.contains(&def.id) {
            return entries;
        }
        let owner = Owner { def, of, cx };
        let gathered = owner.gathered();
        let how = gathered.as_ref().map_or("its arguments".to_owned(), ToString::to_string);
        entries.push(Entry::below(Part::Whole, Role::Constructor, path, "new", how));
        if owner.required().next().is_none() && !entries.iter().any(|entry| entry.role == default()) {
            entries.push(Entry::of_trait(Part::Whole, default(), path, "Default", ""));
        }
        for member in owner.required() {
            let (part, ident) = (Part::Member(member.wire.clone()), owner.ident(member));
            entries.push(match &gathered {
                Some(gathered) => {
                    let Some(ty) = schema::member_type(&def.id, member, cx, &mut imports) else { continue };
                    Entry::below(part, Role::Literal, &format!("types::{gathered}"), ident, text(&ty))
                }
                None => {
                    let (ty, _) = owner.argument(member, &mut imports);
                    Entry::argument(part, &format!("{path}::new"), ident, text(&ty))
                }
            });
        }
        for member in of.members.iter().filter(|member| owner.is_settable(member)) {
            let (ty, _) = owner.argument(member, &mut imports);
            let part = Part::Member(member.wire.clone());
            let setter = Entry::below(part, Role::Setter, path, owner.ident(member), text(&ty));
            entries.push(setter.deprecated(member.deprecated));
        }
        entries.extend(additional.map(|(ident, ty)| Entry::below(Part::Additional, Role::Setter, path, ident, ty)));
        entries
    }

    fn enumeration(&self, def: &TypeDef, of: &Enum, path: &str) -> Vec<Entry> {
        let mut entries = self.traits(def, path);
        for value in &of.values {
            let variant = self.cx.variant_ident(&def.id, value);
            entries.push(Entry::below(Part::Value(value.clone()), Role::Variant, path, variant, ""));
        }
        entries
    }

    fn tuple(&self, def: &TypeDef, of: &Tuple, path: &str) -> Vec<Entry> {
        let mut imports = Imports::default();
        let mut entries = self.traits(def, path);
        for (index, item) in of.items.iter().enumerate() {
            let ty = text(&tuple::item_type(&def.id, index, item, &self.cx, &mut imports));
            entries.push(Entry::below(Part::Member(index.to_string()), Role::Position, path, index, ty));
        }
        entries
    }

    fn union(&self, def: &TypeDef, of: &Union, path: &str) -> Vec<Entry> {
        let cx = &self.cx;
        let mut imports = Imports::default();
        let mut entries = self.traits(def, path);
        let from: Vec<usize> =
            if cx.model.facts.in_requests.contains(&def.id) { union::unique(of, cx) } else { Vec::new() };
        for (index, branch) in of.branches.iter().enumerate() {
            let variant = cx.variant_ident(&def.id, &index.to_string());
            let ty = text(&rust_type::plain(&branch.ty, cx, &mut imports));
            let boxed = cx.model.facts.boxed.contains(&(def.id.clone(), index.to_string()));
            let held = if boxed { format!("Box<{ty}>") } else { ty.clone() };
            entries.push(Entry::below(Part::Branch(index), Role::Variant, path, variant, held));
            if from.contains(&index) {
                let name = format!("From<{ty}>");
                if cx.model.facts.patched.contains(&def.id) {
                    let home = match path.rsplit_once("::") {
                        Some((module, ident)) => format!("{module}::Patch<{ident}>"),
                        None => format!("Patch<{path}>"),
                    };
                    let role = Role::NullableConversion;
                    entries.push(Entry::of_trait(Part::Branch(index), role, &home, &name, ty.clone()));
                }
                entries.push(Entry::of_trait(Part::Branch(index), Role::Conversion, path, &name, ty));
            }
        }
        entries
    }
}

fn default() -> Role {
    Role::Trait("Default".to_owned())
}
