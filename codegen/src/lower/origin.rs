//! Where a type comes from, told from the pointer of its schema alone: the same whatever else is in the description, and
//! whichever operation was looked at first.

use std::collections::{BTreeMap, BTreeSet};

use super::{sequence, unions};
use crate::ir::{Origin, Part, TypeDef, TypeId};
use crate::load::tree::Node;
use crate::normalize::{Resolved, Spec};
use crate::pointer::Pointer;

/// The origin of the named type at `place`. `is_named` says whether the schema at a place is a type with
/// a name.
pub(super) fn origin(spec: &Spec, place: &Pointer, is_named: &dyn Fn(&Pointer) -> bool) -> Origin {
    let mut place = place.clone();
    loop {
        if let Some(name) = spec.component_name(&place) {
            return Origin::Component(name);
        }
        if let Some(name) = definition(spec, &place) {
            return Origin::Component(name);
        }
        let Some((parent, part)) = enclosing(spec, &place) else { break };
        // What stands in a schema of an `allOf` is a part of the whole.
        let parent = whole(spec, parent);
        if is_named(&parent) {
            return Origin::Part { parent: TypeId(parent), part };
        }
        // Lists, maps and the like without a name: what stands in them counts as what they are.
        place = parent;
    }
    used(spec, &place).unwrap_or_else(|| Origin::Component(place.name().unwrap_or_default()))
}

/// Tells anew where those types come from that are parts of what turned out to be no type; `wholes` has what branches are all
/// of.
pub(super) fn settle(spec: &Spec, wholes: &BTreeMap<TypeId, TypeId>, types: &mut BTreeMap<TypeId, TypeDef>) {
    let known: BTreeSet<TypeId> = types.keys().cloned().collect();
    let unions = unions::holders(types);
    // What is all of a branch, maybe by several steps.
    let whole_of = |branch: &TypeId| {
        let mut whole = wholes.get(branch);
        while let Some(inner) = whole.filter(|whole| !known.contains(*whole)) {
            whole = wholes.get(inner);
        }
        whole.cloned()
    };
    let mut made = BTreeMap::<TypeId, TypeId>::new();
    for (branch, was) in spec.made_branches() {
        let branch = TypeId(branch.clone());
        if let Some(stands) = if known.contains(&branch) { Some(branch) } else { whole_of(&branch) } {
            made.entry(TypeId(was.clone())).or_insert(stands);
        }
    }
    for def in types.values_mut() {
        if let Origin::Part { parent, part } = &def.origin
            && !known.contains(parent)
        {
            // The branch of a union that only stands inside another one is a branch of that, and what stands in a branch
            // that something was added to is a part of the whole.
            let whole = whole_of(parent).or_else(|| unions.get(&def.id).cloned()).or_else(|| made.get(parent).cloned());
            def.origin = match whole {
                Some(parent) => Origin::Part { parent, part: part.clone() },
                None => detached(spec, parent, part),
            };
        }
    }
}

/// The origin of a part of `parent` when nothing needs `parent` itself: only a reference into it was followed.
fn detached(spec: &Spec, parent: &TypeId, part: &Part) -> Origin {
    let mut names = vec![label(part)];
    let mut has_member = is_told(part);
    let mut place = parent.0.clone();
    let whole = loop {
        if let Some(name) = spec.component_name(&place) {
            break name;
        }
        let Some((parent, part)) = enclosing(spec, &place) else {
            match used(spec, &place) {
                // Of an object of the fields of an event nothing but the data is a type.
                Some(item @ Origin::Item { .. }) => return item,
                // One of several things that an argument may be is the argument.
                Some(argument @ (Origin::Parameter { .. } | Origin::Header { .. })) if !has_member => return argument,
                _ => break place.name().unwrap_or_default(),
            }
        };
        has_member |= is_told(&part);
        names.extend(label_at(spec, &place, &part));
        place = whole(spec, parent);
    };
    names.push(whole);
    names.reverse();
    Origin::Component(names.join("."))
}

/// The name of a definition in a schema (`$defs`; JSON Schema 2020-12, section 8.2.4): it is no part of its values.
fn definition(spec: &Spec, place: &Pointer) -> Option<String> {
    let (definitions, name) = (place.parent()?, place.last()?);
    let is_one = matches!(definitions.last().as_deref(), Some("$defs" | "definitions"));
    let whole = definitions.parent().filter(|_| is_one)?;
    if let Some(whole) = spec.component_name(&whole) {
        return Some(format!("{whole}.{name}"));
    }
    spec.schema(&whole)?;
    // What an operation has for itself is called by it, for another one may have the same.
    let mut around = std::iter::successors(whole.parent(), Pointer::parent);
    let operation = around.find_map(|place| Some(spec.node(&place)?.get("operationId")?.as_text()?.to_owned()));
    Some(operation.map_or_else(|| name.clone(), |operation| format!("{operation}.{name}")))
}

/// Whether a part has a name of its own in what it stands in.
fn is_told(part: &Part) -> bool {
    matches!(part, Part::Member(_) | Part::Place(_))
}

/// The same of the one that stands at `place`: a branch is called by its title, and the only one of a union is all of it.
fn label_at(spec: &Spec, place: &Pointer, part: &Part) -> Option<String> {
    if let (Part::Branch(_), Some(list)) = (part, place.parent()) {
        let count = spec.node(&list).and_then(Node::as_list).map_or(0, <[_]>::len);
        let title = spec.node(place).and_then(|node| node.get("title")).and_then(Node::as_text);
        return (count != 1).then(|| title.map_or_else(|| label(part), str::to_owned));
    }
    Some(label(part))
}

fn label(part: &Part) -> String {
    match part {
        Part::Member(wire) => wire.clone(),
        Part::Item => "item".to_owned(),
        Part::MapValue => "value".to_owned(),
        Part::Branch(index) => format!("branch.{index}"),
        Part::Place(index) => format!("place.{index}"),
    }
}

/// The schema that the one at `place` is a part of by `allOf`, and that is no part itself.
fn whole(spec: &Spec, mut place: Pointer) -> Pointer {
    while let Some(list) = place.parent().filter(|list| list.last().as_deref() == Some("allOf"))
        && let Some(whole) = list.parent().filter(|whole| spec.schema(whole).is_some())
        && spec.component_name(&place).is_none()
    {
        place = whole;
    }
    place
}

/// The schema that the one at `place` stands in, and as which part.
fn enclosing(spec: &Spec, place: &Pointer) -> Option<(Pointer, Part)> {
    let (parent, token) = (place.parent()?, place.last()?);
    if spec.schema(&parent).is_some() {
        let part = match token.as_str() {
            "items" => Part::Item,
            "additionalProperties" | "unevaluatedProperties" => Part::MapValue,
            _ => Part::Branch(0),
        };
        return Some((parent, part));
    }
    let schema = parent.parent()?;
    spec.schema(&schema)?;
    match parent.last()?.as_str() {
        "properties" => Some((schema, Part::Member(token))),
        "patternProperties" => Some((schema, Part::MapValue)),
        "prefixItems" => Some((schema, Part::Place(token.parse().unwrap_or_default()))),
        _ => Some((schema, Part::Branch(token.parse().unwrap_or_default()))),
    }
}

/// The parameter, header, body or answer that a schema stands in directly.
fn used(spec: &Spec, schema: &Pointer) -> Option<Origin> {
    let owner = schema.parent()?;
    // Of a `schema`, or below the media type of a `content`.
    let of_content = owner.parent().and_then(|content| content.parent());
    for owner in [Some(&owner), of_content.as_ref()].into_iter().flatten() {
        match spec.parameter(owner) {
            Some(Resolved::Found(_, parameter)) => {
                let name = parameter.parameter_data_ref().name.clone();
                return Some(Origin::Parameter { operation: user(spec, owner), name });
            }
            Some(Resolved::Faulty(_)) => return None,
            None => {}
        }
    }
    let holder = owner.parent()?.parent()?;
    if let Some(Resolved::Found(..)) = spec.header(&owner) {
        return Some(header(spec, &owner, holder));
    }
    if spec.request_body(&holder).is_some() {
        let written_at = holder.parent();
        if let Some(incoming) = written_at.as_ref().and_then(|place| spec.incoming_at(place)) {
            return Some(Origin::Webhook { webhook: incoming.place.clone() });
        }
        let operation = written_at.and_then(|operation| spec.call(&operation)).cloned();
        // One among the components, or in a file of its own, is named by itself.
        return Some(Origin::RequestBody { operation: operation.unwrap_or(holder) });
    }
    spec.response(&holder)?;
    let operation = holder.parent().and_then(|responses| responses.parent());
    let of_operation = operation.and_then(|operation| spec.call(&operation)).cloned().zip(holder.last());
    let (operation, status) = of_operation.unwrap_or_else(|| (holder, "default".to_owned()));
    Some(match owner.last().is_some_and(|media_type| sequence::format(&media_type).is_some()) {
        true => Origin::Item { operation, status },
        false => Origin::Response { operation, status },
    })
}

/// A header at `place`, in the response at `holder` or among the components.
fn header(spec: &Spec, place: &Pointer, holder: Pointer) -> Origin {
    let name = place.last().unwrap_or_default();
    let operation = spec.response(&holder).is_some().then(|| {
        let operation = holder.parent().and_then(|responses| responses.parent());
        operation.and_then(|operation| spec.call(&operation)).cloned().unwrap_or(holder)
    });
    Origin::Header { operation, name }
}

/// The operation or path item whose parameter stands at `place`; `None` for one among the components or in a file of its
/// own.
fn user(spec: &Spec, place: &Pointer) -> Option<Pointer> {
    let list = place.parent().filter(|list| !is_component(list))?;
    spec.node(&list)?.as_list()?;
    let user = list.parent()?;
    Some(spec.call(&user).cloned().unwrap_or(user))
}

fn is_component(place: &Pointer) -> bool {
    place.tokens().next().as_deref() == Some("components")
}
