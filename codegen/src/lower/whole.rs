//! Types that are nothing but a part of theirs: a union of one branch that is written in it is that branch, so that what
//! stands in there is a part of the union.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Notes, Origin, Part, TypeDef, TypeId, TypeKind, TypeRef};

/// Makes them what their branches are; gives the branches, which nothing needs any more unless a reference leads to one, with
/// what each of them is all of.
pub(super) fn settle(made: &mut BTreeMap<TypeId, TypeDef>) -> BTreeMap<TypeId, TypeId> {
    let mut wholes = BTreeMap::new();
    let ids: Vec<TypeId> = made.keys().cloned().collect();
    // What stands inside of others comes after them.
    for id in ids.iter().rev() {
        let Some(branch) = only_branch(id, made).cloned() else { continue };
        if let Some(def) = made.get_mut(id) {
            become_branch(def, &branch);
        }
        wholes.insert(branch.id, id.clone());
    }
    wholes
}

/// The types with the branches that are all of one of them.
pub(super) fn with_branches(mut types: BTreeSet<TypeId>, wholes: &BTreeMap<TypeId, TypeId>) -> BTreeSet<TypeId> {
    // A branch comes after what it stands in.
    for (branch, whole) in wholes {
        if types.contains(whole) {
            types.insert(branch.clone());
        }
    }
    types
}

/// The branch that is all of a type, if it is written in there.
fn only_branch<'a>(id: &TypeId, made: &'a BTreeMap<TypeId, TypeDef>) -> Option<&'a TypeDef> {
    let TypeKind::Alias(TypeRef::Named(branch)) = &made.get(id)?.kind else { return None };
    let branch = made.get(branch)?;
    let is_own = matches!(&branch.origin, Origin::Part { parent, part: Part::Branch(_) } if parent == id);
    (is_own && !matches!(branch.kind, TypeKind::Alias(_))).then_some(branch)
}

fn become_branch(def: &mut TypeDef, branch: &TypeDef) {
    def.kind = branch.kind.clone();
    def.docs.summary = def.docs.summary.take().or_else(|| branch.docs.summary.clone());
    def.docs.description = def.docs.description.take().or_else(|| branch.docs.description.clone());
    def.docs.external = def.docs.external.take().or_else(|| branch.docs.external.clone());
    def.notes = Notes::clone(&def.notes).or(Notes::clone(&branch.notes)).into();
    def.deprecated |= branch.deprecated;
}
