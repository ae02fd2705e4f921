//! What `[types.schemas]` stands for: `Config` and `Api` → the API with these types in the place of those that the
//! description gives. Whatever matches nothing, and whatever can't have its type, is reported at its key.

use std::collections::BTreeSet;

use super::Config;
use super::resolve::{Known, pick};
use crate::analyze::walk::{innermost, named, parts, request};
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::ir::{
    Api, Choice, Docs, Each, Held, JsonKind, Member, Notes, Origin, Preset, Primitive, TypeId, TypeKind, TypeRef,
};
use crate::pointer::Pointer;

/// A value whose type can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// An item of a tuple, by its place.
    Item(TypeId, usize),
    /// The member of this wire name.
    Member(TypeId, String),
    /// A type that is another name for one.
    Alias(TypeId),
    /// The parameters with this pointer.
    Parameter(Pointer),
}

/// Puts the types that were chosen for single values into the API.
pub fn choose(config: &Config, api: &mut Api, diagnostics: &mut Diagnostics) {
    let mut replaced = BTreeSet::new();
    let picked = pick(&config.types.schemas, || known(api), &diag::CONFIG_UNKNOWN_VALUE, "value", diagnostics);
    for (place, set) in picked {
        let Some(choice) = Choice::of(&set.value) else { continue };
        let kinds: Vec<_> = types(&place, api).into_iter().map(|ty| kind(ty, api)).collect();
        if let Some(other) = kinds.iter().find(|kind| !kind.is_some_and(|kind| choice.kinds().contains(&kind))) {
            let is = match other {
                Some(kind) => format!("this one is of `type: {}`", kind.as_str()),
                None => "this one has parts, or is any value".to_owned(),
            };
            let message = format!("`{}` is for values of {}", set.value, of_kinds(&choice));
            let found = Diagnostic::new(&diag::CONFIG_BAD_TYPE, message).at(set.span.clone());
            diagnostics.push(found.label(is));
            continue;
        }
        replaced.extend(types(&place, api).into_iter().filter_map(named).cloned());
        let Some(kind) = kinds.into_iter().flatten().next() else { continue };
        put(&place, &choice, kind, api);
    }
    drop_unused(replaced, api);
    forget_presets(api);
}

/// Takes away the presets of members that are no values of the types that were chosen, for formats or for single values: they
/// are asked for.
fn forget_presets(api: &mut Api) {
    let structs = api.types.iter().filter_map(|(id, def)| match &def.kind {
        TypeKind::Struct(of) => Some((id, of)),
        _ => None,
    });
    let members = structs.flat_map(|(id, of)| of.members.iter().map(move |member| (id, member)));
    let is_lost = |member: &Member| member.preset.as_ref().is_some_and(|preset| !is_value(preset, &member.ty, api));
    let lost: Vec<(TypeId, String)> =
        members.filter(|(_, member)| is_lost(member)).map(|(id, member)| (id.clone(), member.wire.clone())).collect();
    for (id, wire) in lost {
        if let Some(TypeKind::Struct(of)) = api.types.get_mut(&id).map(|def| &mut def.kind) {
            of.members.iter_mut().filter(|member| member.wire == wire).for_each(|member| member.preset = None);
        }
    }
}

fn is_value(preset: &Preset, ty: &TypeRef, api: &Api) -> bool {
    let mut ty = ty;
    let mut seen = BTreeSet::new();
    while let TypeRef::Named(id) = ty {
        match api.types.get(id).map(|def| &def.kind) {
            Some(TypeKind::Alias(target)) if seen.insert(id) => ty = target,
            Some(TypeKind::Enum(of)) => {
                return preset.label().is_some_and(|value| of.values.iter().any(|one| *one == value));
            }
            _ => return false,
        }
    }
    let TypeRef::Primitive(primitive) = ty else { return false };
    match preset {
        Preset::Text(_) => *primitive == Primitive::String,
        Preset::Boolean(_) => *primitive == Primitive::Boolean,
        Preset::Integer(whole) => primitive.range().is_some_and(|range| range.contains(whole)),
        Preset::Number(_) => primitive.kind() == JsonKind::Number,
    }
}

/// Drops those of `types` that nothing needs any more.
fn drop_unused(types: BTreeSet<TypeId>, api: &mut Api) {
    if types.is_empty() {
        return;
    }
    let in_types = api.types.values().flat_map(|def| parts(&def.kind));
    let in_operations = api.operations.iter().flat_map(|operation| request(operation).chain(operation.answered()));
    let in_operations = in_operations.chain(api.webhooks.iter().map(|webhook| &webhook.ty));
    let used: BTreeSet<&TypeId> = in_types.chain(in_operations).filter_map(named).collect();
    // Without operations, every component stands for itself.
    let stands = |id: &TypeId| {
        let origin = api.types.get(id).map(|def| &def.origin);
        api.operations.is_empty() && matches!(origin, Some(Origin::Component(_)))
    };
    let unused: Vec<TypeId> = types.into_iter().filter(|id| !used.contains(id) && !stands(id)).collect();
    for id in unused {
        api.types.remove(&id);
    }
}

/// Reports formats whose type was chosen in vain; `chosen` has the others.
pub(crate) fn refuse_unused_formats(config: &Config, chosen: &BTreeSet<String>, diagnostics: &mut Diagnostics) {
    for (format, set) in config.types.formats.iter().filter(|(format, _)| !chosen.contains(*format)) {
        let of = Choice::of(&set.value).map(|choice| of_kinds(&choice)).unwrap_or_default();
        let message = format!("no value of {of} has the format `{}`", format.escape_debug());
        let unknown = Diagnostic::new(&diag::CONFIG_UNKNOWN_FORMAT, message).at(set.key.clone());
        diagnostics.push(unknown.label("matches nothing"));
    }
}

/// `` `type: number` or `type: integer` ``
fn of_kinds(choice: &Choice) -> String {
    let kinds = choice.kinds().into_iter().map(|kind| format!("`type: {}`", kind.as_str()));
    kinds.collect::<Vec<_>>().join(" or ")
}

fn known(api: &Api) -> Known<Place> {
    let mut known = Known::new();
    let mut add = |name: String, place: Place| {
        known.entry(name).or_insert_with(BTreeSet::new).insert(place);
    };
    for def in api.types.values() {
        let component = match &def.origin {
            Origin::Component(name) => Some(name),
            _ => None,
        };
        match &def.kind {
            TypeKind::Struct(of) => {
                for member in &of.members {
                    let place = Place::Member(def.id.clone(), member.wire.clone());
                    add(member.pointer.to_string(), place.clone());
                    if let Some(component) = component {
                        add(format!("{component}.{}", member.wire), place);
                    }
                }
            }
            TypeKind::Alias(_) => {
                add(def.id.0.to_string(), Place::Alias(def.id.clone()));
                if let Some(component) = component {
                    add(component.clone(), Place::Alias(def.id.clone()));
                }
            }
            TypeKind::Tuple(tuple) => {
                for (index, item) in tuple.items.iter().enumerate() {
                    add(item.pointer.to_string(), Place::Item(def.id.clone(), index));
                }
            }
            TypeKind::Enum(_) | TypeKind::Union(_) => {}
        }
    }
    for parameter in api.operations.iter().flat_map(|operation| &operation.parameters) {
        add(parameter.pointer.to_string(), Place::Parameter(parameter.pointer.clone()));
    }
    known
}

/// The types at a place.
fn types<'a>(place: &Place, api: &'a Api) -> Vec<&'a TypeRef> {
    match place {
        Place::Member(id, wire) => match api.types.get(id).map(|def| &def.kind) {
            Some(TypeKind::Struct(of)) => {
                of.members.iter().filter(|member| member.wire == *wire).map(|member| &member.ty).collect()
            }
            _ => Vec::new(),
        },
        Place::Item(id, index) => match api.types.get(id).map(|def| &def.kind) {
            Some(TypeKind::Tuple(tuple)) => tuple.items.get(*index).map(|item| &item.ty).into_iter().collect(),
            _ => Vec::new(),
        },
        Place::Alias(id) => match api.types.get(id).map(|def| &def.kind) {
            Some(TypeKind::Alias(ty)) => vec![ty],
            _ => Vec::new(),
        },
        Place::Parameter(pointer) => {
            let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
            parameters.filter(|parameter| parameter.pointer == *pointer).map(|parameter| &parameter.ty).collect()
        }
    }
}

/// Puts a type in a place, and says beside it what it doesn't say of the format.
fn put(place: &Place, choice: &Choice, kind: JsonKind, api: &mut Api) {
    let change = |ty: &mut TypeRef, notes: &mut Notes| {
        let notes = innermost_notes(ty, notes);
        let was = set(ty, choice, kind);
        let is_plain = matches!(choice, Choice::Primitive(Primitive::String | Primitive::I64));
        match was {
            TypeRef::Primitive(was) if is_plain && notes.format.is_none() => {
                notes.format = was.word().filter(|_| Choice::Primitive(was) != *choice).map(str::to_owned);
            }
            _ if !is_plain => notes.format = None,
            _ => {}
        }
    };
    match place {
        Place::Member(id, wire) => {
            if let Some(TypeKind::Struct(of)) = api.types.get_mut(id).map(|def| &mut def.kind) {
                let members = of.members.iter_mut().filter(|member| member.wire == *wire);
                members.for_each(|member| change(&mut member.ty, &mut member.notes));
            }
        }
        Place::Item(id, index) => {
            if let Some(TypeKind::Tuple(tuple)) = api.types.get_mut(id).map(|def| &mut def.kind)
                && let Some(item) = tuple.items.get_mut(*index)
            {
                change(&mut item.ty, &mut item.notes);
            }
        }
        Place::Alias(id) => {
            if let Some(TypeKind::Alias(ty)) = api.types.get_mut(id).map(|def| &mut def.kind) {
                set(ty, choice, kind);
            }
        }
        Place::Parameter(pointer) => {
            let parameters = api.operations.iter_mut().flat_map(|operation| &mut operation.parameters);
            let parameters = parameters.filter(|parameter| parameter.pointer == *pointer);
            parameters.for_each(|parameter| change(&mut parameter.ty, &mut parameter.notes));
        }
    }
}

/// The notes of what lists and maps hold in the end.
fn innermost_notes<'a>(ty: &TypeRef, notes: &'a mut Notes) -> &'a mut Notes {
    let (held, items) = match ty {
        TypeRef::List(items) => (Held::Item, items),
        TypeRef::Map(items) => (Held::Value, items),
        _ => return notes,
    };
    let none = || Box::new(Each { held, docs: Docs::default(), notes: Notes::default() });
    innermost_notes(&items.ty, &mut notes.each.get_or_insert_with(none).notes)
}

/// Puts the type in the place of what lists and maps hold in the end, and gives what was there.
fn set(ty: &mut TypeRef, choice: &Choice, kind: JsonKind) -> TypeRef {
    let mut ty = ty;
    while let TypeRef::List(items) | TypeRef::Map(items) = ty {
        ty = &mut items.ty;
    }
    std::mem::replace(ty, choice.ty(kind))
}

/// The JSON type of what lists and maps hold in the end; `None` for what has parts, is any value, or a file.
fn kind(ty: &TypeRef, api: &Api) -> Option<JsonKind> {
    let mut seen = BTreeSet::new();
    let mut ty = innermost(ty);
    loop {
        match ty {
            TypeRef::Primitive(Primitive::File) | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Any => return None,
            TypeRef::Primitive(primitive) => return Some(primitive.kind()),
            TypeRef::TextOf(_) => return Some(JsonKind::String),
            TypeRef::NumberOf(_) => return Some(JsonKind::Number),
            TypeRef::Named(id) => match &api.types.get(id)?.kind {
                TypeKind::Enum(of) => return Some(of.kind),
                TypeKind::Alias(target) if seen.insert(id) => ty = target,
                _ => return None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::lower::lower;
    use crate::normalize::testing::normalized;
    use crate::source::Sources;

    #[test]
    fn a_default_that_is_no_value_of_the_chosen_type_is_none() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {post: {requestBody: {content: \
                    {application/json: {schema: {$ref: '#/components/schemas/M'}}}}, responses: {'204': {description: ''}}}}}\n\
                    components: {schemas: {Price: {type: number, default: 1.5}, Count: {type: integer, default: 7}, M: {type: \
                    object, required: [a, b, c, d, e], properties: {a: {$ref: '#/components/schemas/Price'}, b: {$ref: \
                    '#/components/schemas/Count'}, c: {type: string, default: '5'}, d: {type: integer, default: 3000000000}, \
                    e: {type: integer, default: 3000000000}}}}}\n";
        let config = "spec = \"a.yaml\"\nout = \"b\"\n[types.schemas]\nPrice = \"d::Decimal\"\nCount = \"uint32\"\n\"M.c\" = \
                      \"d::Decimal\"\n\"M.d\" = \"int32\"\n[dependencies]\nd = \"1\"\n";
        let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
        let place = Path::new("/w/clientwright.toml");
        let config = Config::parse(place, config.to_owned(), None, &mut sources, &mut found).unwrap();
        let mut api = lower(&normalized(text).0.unwrap(), &mut found).api;
        let presets = |api: &Api| -> Vec<String> {
            let structs = api.types.values().filter_map(|def| match &def.kind {
                TypeKind::Struct(of) => Some(of),
                _ => None,
            });
            let members = structs.flat_map(|of| &of.members).filter(|member| member.preset.is_some());
            members.map(|member| member.wire.clone()).collect()
        };
        assert_eq!(presets(&api), ["a", "b", "c", "d", "e"]);
        choose(&config, &mut api, &mut found);
        assert!(!found.has_errors());
        assert_eq!(presets(&api), ["b", "e"]);
    }
}
