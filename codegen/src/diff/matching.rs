//! What of the old API is what of the new one: pairs of operations, of parameters, of security schemes and of types. Types
//! are found from the operations down, so that neither their order nor the place of an anonymous one matters; what is left
//! over is paired by place, and components that were renamed by their shape.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::equal::equal;
use crate::analyze::walk;
use crate::ir::{Answer, Api, Item, Location, Operation, Origin, Parameter, SecurityScheme, TypeId, TypeKind, TypeRef};
use crate::name::{Names, Resource};
use crate::pointer::Pointer;

/// Pairs of operations and types.
#[derive(Debug, Default)]
pub(super) struct Matches<'a> {
    pub(super) operations: Vec<(&'a Operation, &'a Operation)>,
    pub(super) removed: Vec<&'a Operation>,
    pub(super) added: Vec<&'a Operation>,
    /// From the name of each old security scheme to that of the new one.
    pub(super) schemes: BTreeMap<&'a str, &'a str>,
    /// From each old type to the new one.
    pub(super) types: BTreeMap<&'a TypeId, &'a TypeId>,
    taken: BTreeSet<&'a TypeId>,
}

impl<'a> Matches<'a> {
    pub(super) fn of(old: &'a Api, new: &'a Api, called: [&Called<'_>; 2]) -> Self {
        let mut matches = Self::default();
        matches.operations(old, new, called);
        matches.schemes(old, new);
        matches.types(old, new);
        matches
    }

    fn operations(&mut self, old: &'a Api, new: &'a Api, [was_called, is_called]: [&Called<'_>; 2]) {
        let mut open: Vec<&Operation> = new.operations.iter().collect();
        let mut left: Vec<&Operation> = old.operations.iter().collect();
        // What has left the server's address for the paths is still called at the same one.
        let (was_at, is_at) = (addresses(old), addresses(new));
        let is_alike = |old: &Operation, new: &Operation| old.method == new.method && old.query == new.query;
        let rules: [Rule<'_, Operation>; 6] = [
            &|old, new| old.pointer == new.pointer,
            &|old, new| is_alike(old, new) && shape(old) == shape(new),
            &|old, new| is_alike(old, new) && shape(old).trim_end_matches('/') == shape(new).trim_end_matches('/'),
            &|before, after| {
                is_alike(before, after)
                    && was_at.get(&before.pointer).is_some_and(|was| is_at.get(&after.pointer) == Some(was))
            },
            &|old, new| old.id.is_some() && old.id == new.id,
            // Whoever called the old one calls the new one.
            &|old, new| {
                let was = was_called.get(&old.pointer);
                was.is_some() && was == is_called.get(&new.pointer)
            },
        ];
        for rule in rules {
            left.retain(|old| match open.iter().position(|new| rule(old, new)) {
                Some(at) => {
                    self.operations.push((old, open.remove(at)));
                    false
                }
                None => true,
            });
        }
        self.operations.sort_by_key(|(_, new)| (&new.path, &new.method));
        (self.removed, self.added) = (left, open);
    }

    /// Those of one name; of what is left, the only two that carry the same credentials in the same way.
    fn schemes(&mut self, old: &'a Api, new: &'a Api) {
        let (was, is) = (&old.security_schemes, &new.security_schemes);
        self.schemes =
            was.keys().filter(|name| is.contains_key(*name)).map(|name| (name.as_str(), name.as_str())).collect();
        let gone: Vec<_> = was.iter().filter(|(name, _)| !is.contains_key(*name)).collect();
        let come: Vec<_> = is.iter().filter(|(name, _)| !was.contains_key(*name)).collect();
        let is_alike = |one: &SecurityScheme, other: &SecurityScheme| {
            one.kind == other.kind && one.is_oauth == other.is_oauth && one.token_url == other.token_url
        };
        for (name, scheme) in &gone {
            let mut others = come.iter().filter(|(_, other)| is_alike(scheme, other));
            if let (Some((other, new)), None) = (others.next(), others.next())
                && gone.iter().filter(|(_, other)| is_alike(other, new)).count() == 1
            {
                self.schemes.insert(name, other);
            }
        }
    }

    fn types(&mut self, old: &'a Api, new: &'a Api) {
        let mut pairs = Queue::default();
        let components = |api: &'a Api| {
            api.types.values().filter(|def| matches!(def.origin, Origin::Component(_))).map(|def| &def.id)
        };
        for id in components(old) {
            if let Some((id_new, _)) = new.types.get_key_value(id) {
                self.pair(id, id_new, &mut pairs);
            }
        }
        for (before, after) in &self.operations {
            for (before, after) in parameters(before, after) {
                pairs.refs.push_back((&before.ty, &after.ty));
            }
            let bodies = before.body.as_ref().and_then(|body| body.ty());
            pairs.refs.extend(bodies.zip(after.body.as_ref().and_then(|body| body.ty())));
            pairs.refs.extend(answers(&before.success, &after.success));
            if let (Some(before), Some(after)) = (&before.stream, &after.stream) {
                pairs.refs.extend(items(&before.item, &after.item));
            }
            for (status, ty) in &before.errors {
                pairs.refs.extend(after.errors.iter().filter(|(other, _)| other == status).map(|(_, new)| (ty, new)));
            }
        }
        for before in &old.webhooks {
            let after = new.webhook(&before.pointer);
            pairs.refs.extend(after.map(|after| (&before.ty, &after.ty)));
        }
        self.follow(old, new, &mut pairs);
        for id in old.types.keys() {
            if let Some((id_new, _)) = new.types.get_key_value(id) {
                self.pair(id, id_new, &mut pairs);
            }
        }
        self.follow(old, new, &mut pairs);
        self.renamed(old, new, components(old).collect(), components(new).collect(), &mut pairs);
        self.follow(old, new, &mut pairs);
    }

    /// Pairs two types, unless one of them has its pair.
    fn pair(&mut self, old: &'a TypeId, new: &'a TypeId, pairs: &mut Queue<'a>) {
        if !self.types.contains_key(old) && self.taken.insert(new) {
            self.types.insert(old, new);
            pairs.types.push_back((old, new));
        }
    }

    /// Pairs what stands in the same place of types that are paired.
    fn follow(&mut self, old: &'a Api, new: &'a Api, pairs: &mut Queue<'a>) {
        loop {
            if let Some((before, after)) = pairs.types.pop_front() {
                if let (Some(before), Some(after)) = (old.types.get(before), new.types.get(after)) {
                    pairs.refs.extend(parts(&before.kind, &after.kind));
                }
            } else if let Some((before, after)) = pairs.refs.pop_front() {
                match (before, after) {
                    (TypeRef::Named(before), TypeRef::Named(after)) => self.pair(before, after, pairs),
                    (TypeRef::List(before), TypeRef::List(after)) | (TypeRef::Map(before), TypeRef::Map(after)) => {
                        pairs.refs.push_back((&before.ty, &after.ty));
                    }
                    _ => {}
                }
            } else {
                return;
            }
        }
    }

    /// Pairs components that nothing else pairs and that are equal all the way down, as long as there is one of each.
    fn renamed(
        &mut self,
        old: &'a Api,
        new: &'a Api,
        mut before: Vec<&'a TypeId>,
        mut after: Vec<&'a TypeId>,
        pairs: &mut Queue<'a>,
    ) {
        before.retain(|id| !self.types.contains_key(*id));
        after.retain(|id| !self.taken.contains(*id));
        let alike = |a: &TypeId, b: &TypeId| {
            let is_alias = |api: &Api, id| matches!(api.types.get(id).map(|def| &def.kind), Some(TypeKind::Alias(_)));
            let (a_ref, b_ref) = (TypeRef::Named(a.clone()), TypeRef::Named(b.clone()));
            !is_alias(old, a) && !is_alias(new, b) && equal(old, &a_ref, new, &b_ref)
        };
        for id in &before {
            let mut candidates = after.iter().filter(|other| alike(id, other));
            if let (Some(only), None) = (candidates.next(), candidates.next())
                && before.iter().filter(|other| alike(other, only)).count() == 1
            {
                self.pair(id, only, pairs);
            }
        }
    }
}

/// How callers get to operations: the methods in their order.
pub(super) type Called<'a> = BTreeMap<&'a Pointer, Vec<&'a str>>;

/// How callers get to each operation.
pub(super) fn called(names: &Names) -> Called<'_> {
    let mut called = Called::new();
    let method = |pointer: &Pointer| names.operations.get(pointer).map(|name| name.method.as_str());
    called.extend(names.root_operations.iter().filter_map(|pointer| Some((pointer, vec![method(pointer)?]))));
    let mut open: Vec<(Vec<&str>, &Resource)> = names.resources.iter().map(|resource| (Vec::new(), resource)).collect();
    while let Some((above, resource)) = open.pop() {
        let way = [above.as_slice(), &[resource.method.as_str()]].concat();
        called.extend(resource.operations.iter().filter_map(|pointer| {
            let way = [way.as_slice(), &[method(pointer)?]].concat();
            Some((pointer, way))
        }));
        open.extend(resource.children.iter().map(|child| (way.clone(), child)));
    }
    called
}

/// Whether two things are the same.
pub(super) type Rule<'a, T> = &'a dyn Fn(&T, &T) -> bool;

/// Pairs to look into.
#[derive(Default)]
struct Queue<'a> {
    types: VecDeque<(&'a TypeId, &'a TypeId)>,
    refs: VecDeque<(&'a TypeRef, &'a TypeRef)>,
}

/// What stands in the same place of two types.
fn parts<'a>(old: &'a TypeKind, new: &'a TypeKind) -> Vec<(&'a TypeRef, &'a TypeRef)> {
    match (old, new) {
        (TypeKind::Struct(old), TypeKind::Struct(new)) => {
            let by_wire: BTreeMap<&str, _> = new.members.iter().map(|member| (member.wire.as_str(), member)).collect();
            let members = old.members.iter();
            let members = members.filter_map(|member| Some((&member.ty, &by_wire.get(member.wire.as_str())?.ty)));
            let additional = old.additional.as_ref().zip(new.additional.as_ref()).map(|(old, new)| (&old.ty, &new.ty));
            members.chain(additional).collect()
        }
        (TypeKind::Union(old), TypeKind::Union(new)) => {
            let of = |branch: &crate::ir::Branch| branch.told.clone();
            let branches = old.branches.iter();
            branches
                .filter_map(|branch| Some((&branch.ty, &new.branches.iter().find(|other| of(other) == of(branch))?.ty)))
                .collect()
        }
        (TypeKind::Tuple(_), TypeKind::Tuple(_))
        | (TypeKind::Alias(_) | TypeKind::Enum(_), TypeKind::Alias(_) | TypeKind::Enum(_)) => {
            walk::parts(old).into_iter().zip(walk::parts(new)).collect()
        }
        _ => Vec::new(),
    }
}

/// What operations are called at, as far as they say where they are served.
fn addresses(api: &Api) -> BTreeMap<&Pointer, String> {
    let address = |operation: &'_ Operation| {
        let server = operation.server.as_ref().or(api.server.as_ref())?;
        Some(format!("{}{}", server.url.trim_end_matches('/'), shape(operation)))
    };
    api.operations.iter().filter_map(|operation| Some((&operation.pointer, address(operation)?))).collect()
}

/// The path with its parameters' names left out: they are not sent.
pub(super) fn shape(operation: &Operation) -> String {
    let mut shape = String::with_capacity(operation.template.len());
    let mut inside = false;
    for character in operation.template.chars() {
        match character {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        shape.push(character);
    }
    shape
}

/// The types of the values of streams: of several events, by their names.
fn items<'a>(old: &'a Item, new: &'a Item) -> Vec<(&'a TypeRef, &'a TypeRef)> {
    let (Item::Events(before), Item::Events(after)) = (old, new) else {
        return old.types().into_iter().zip(new.types()).collect();
    };
    let same = before.iter().filter_map(|event| {
        let now = after.iter().find(|other| other.name == event.name)?;
        Some(event.data.types().into_iter().zip(now.data.types()))
    });
    same.flatten().collect()
}

/// The types of successes: of several, by their statuses.
fn answers<'a>(old: &'a Answer, new: &'a Answer) -> Vec<(&'a TypeRef, &'a TypeRef)> {
    if let (Answer::Stream(before), Answer::Stream(after)) = (old, new) {
        return items(&before.item, &after.item);
    }
    let (Answer::OneOf(before), Answer::OneOf(after)) = (old, new) else {
        return old.types().into_iter().zip(new.types()).collect();
    };
    let same = before.iter().filter_map(|case| {
        let now = after.iter().find(|other| other.status == case.status)?;
        Some(case.answer.types().into_iter().zip(now.answer.types()))
    });
    same.flatten().collect()
}

/// The parameters of two operations that are the same: of one name in one place; of one name; in one place of the path.
pub(super) fn parameters<'a>(old: &'a Operation, new: &'a Operation) -> Vec<(&'a Parameter, &'a Parameter)> {
    let mut open: Vec<&Parameter> = new.parameters.iter().collect();
    let mut left: Vec<&Parameter> = old.parameters.iter().collect();
    let mut pairs = Vec::new();
    let same_shape = shape(old) == shape(new);
    let rules: [Rule<'_, Parameter>; 4] = [
        &|old, new| old.location == new.location && old.wire == new.wire,
        &|old, new| old.wire == new.wire,
        &|before, after| {
            let place = in_path(old, before);
            same_shape && place.is_some() && place == in_path(new, after)
        },
        &|old, new| old.location == new.location && plain(&old.wire) == plain(&new.wire),
    ];
    for rule in rules {
        left.retain(|old| match open.iter().position(|new| rule(old, new)) {
            Some(at) => {
                pairs.push((*old, open.remove(at)));
                false
            }
            None => true,
        });
    }
    pairs
}

/// Which of the path's parameters it is, from 0.
pub(super) fn in_path(operation: &Operation, parameter: &Parameter) -> Option<usize> {
    match parameter.location {
        Location::Path => {
            operation.template.split(['{', '}']).skip(1).step_by(2).position(|name| name == parameter.wire)
        }
        Location::Query | Location::Header | Location::Cookie => None,
    }
}

/// A name without its style: `userName` and `user_name` are spellings of one.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
