//! What names in the configuration stand for: `Config` and `Api` → [`Resolved`]. Whatever matches nothing, and whatever
//! is named twice, is reported at its key.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::{Config, Keyed, Streamed, values};
use crate::analyze::paging::{self, Paging, Wrong};
use crate::diag::{self, Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Operation, Origin, TypeDef, TypeKind};
use crate::pointer::Pointer;
use crate::suggest;

/// The names that were given by hand, each by the one key that is the same whatever key the configuration used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// Methods, by method and path: `GET /pets/{id}`.
    pub operations: BTreeMap<String, Keyed>,
    /// Types, by pointer.
    pub types: BTreeMap<String, Keyed>,
    /// Members, parameters and branches of unions by their pointers; values of enums by the pointer of the enum, `/enum/`
    /// and the value.
    pub members: BTreeMap<String, Keyed>,
    /// Paths of resources, by the tag.
    pub resources: BTreeMap<String, Keyed>,
    /// How pages of operations hang together, by the operation's pointer; `None` for one that has none.
    pub paging: BTreeMap<Pointer, Option<Paging>>,
}

/// Looks up all that the configuration names in the API.
pub fn resolve(config: &Config, api: &Api, diagnostics: &mut Diagnostics) -> Resolved {
    // An operation hangs below its first tag; the others make no resources.
    let tags: BTreeSet<&str> =
        api.operations.iter().filter_map(|operation| Some(operation.tags.first()?.as_str())).collect();
    refuse_strangers(&config.resources, &tags, &diag::CONFIG_UNKNOWN_TAG, "operation with the first tag", diagnostics);
    let schemes: BTreeSet<&str> = api.security_schemes.keys().map(String::as_str).collect();
    refuse_strangers(&config.env.schemes, &schemes, &diag::CONFIG_UNKNOWN_SCHEME, "security scheme", diagnostics);
    refuse_bodies(config, api, diagnostics);
    refuse_streams(config, api, diagnostics);
    let members = pick(&config.names.members, || members(api), &diag::CONFIG_UNKNOWN_MEMBER, "member", diagnostics);
    let members = members.into_iter().filter(|(part, set)| has_its_form(part, set, diagnostics));
    Resolved {
        members: members.map(|(part, set)| (part.key, set)).collect(),
        operations: pick(
            &config.names.operations,
            || operations(api),
            &diag::CONFIG_UNKNOWN_OPERATION,
            "operation",
            diagnostics,
        ),
        types: pick(&config.names.types, || types(api), &diag::CONFIG_UNKNOWN_TYPE, "type", diagnostics),
        resources: config
            .resources
            .iter()
            .filter(|(tag, _)| tags.contains(tag.as_str()))
            .map(|(tag, set)| (tag.clone(), set.clone()))
            .collect(),
        paging: paging(config, api, diagnostics),
    }
}

/// The paging that is set, each checked against its operation.
fn paging(config: &Config, api: &Api, diagnostics: &mut Diagnostics) -> BTreeMap<Pointer, Option<Paging>> {
    let keyed = config.paging.iter().map(|(name, paged)| {
        let key = paged.key.clone();
        (name.clone(), Keyed { span: key.clone(), key, value: name.clone() })
    });
    let what = "operation";
    let picked = pick(&keyed.collect(), || operations(api), &diag::CONFIG_UNKNOWN_OPERATION, what, diagnostics);
    let mut resolved = BTreeMap::new();
    for (key, set) in picked {
        let operation = api.operations.iter().find(|operation| key_of(operation) == key);
        let (Some(operation), Some(paged)) = (operation, config.paging.get(&set.value)) else { continue };
        let paging = match &paged.given {
            Some(given) => paging::given(api, operation, given).map(Some),
            None => match paging::shown(api, operation) {
                Some(_) => Ok(None),
                None => Err(Wrong { key: "", message: "no pages were found: remove the setting".to_owned() }),
            },
        };
        match paging {
            Ok(paging) => drop(resolved.insert(operation.pointer.clone(), paging)),
            Err(Wrong { key, message }) => {
                let place = paged.spans.get(key).unwrap_or(&paged.key);
                diagnostics.push(Diagnostic::new(&diag::CONFIG_UNKNOWN_PAGING, message).at(place.clone()));
            }
        }
    }
    resolved
}

/// Reports media types that were chosen for operations that aren't sent as such.
fn refuse_bodies(config: &Config, api: &Api, diagnostics: &mut Diagnostics) {
    let what = "operation";
    let picked = pick(&config.bodies, || operations(api), &diag::CONFIG_UNKNOWN_OPERATION, what, diagnostics);
    for (key, set) in picked {
        let operation = api.operations.iter().find(|operation| key_of(operation) == key);
        let body = operation.and_then(|operation| operation.body.as_ref());
        if body.is_some_and(|body| body.media_type.eq_ignore_ascii_case(&set.value)) {
            continue;
        }
        let message = format!("`{key}` has no body of the media type `{}`", set.value.escape_debug());
        let refused = Diagnostic::new(&diag::CONFIG_BAD_BODY, message).at(set.span);
        diagnostics.push(match body {
            Some(body) => refused.help(format!("it is sent as `{}` unless another one is chosen", body.media_type)),
            None => refused.help("it has no body: remove the setting"),
        });
    }
}

/// Reports schemas that were chosen for the values of streams and aren't there.
fn refuse_streams(config: &Config, api: &Api, diagnostics: &mut Diagnostics) {
    let keyed = config.streams.iter().map(|(name, set)| {
        let key = set.key.clone();
        (name.clone(), Keyed { span: key.clone(), key, value: name.clone() })
    });
    let what = "operation";
    let picked = pick(&keyed.collect(), || operations(api), &diag::CONFIG_UNKNOWN_OPERATION, what, diagnostics);
    for (key, set) in picked {
        let operation = api.operations.iter().find(|operation| key_of(operation) == key);
        let Some(Streamed { choice, item: Some(place), .. }) = config.streams.get(&set.value) else { continue };
        if operation.is_some_and(|operation| operation.sequence().is_none()) {
            let name = choice.item.as_deref().unwrap_or_default();
            let message = format!("the description has no schema `{}`", name.escape_debug());
            let unknown = Diagnostic::new(&diag::CONFIG_UNKNOWN_STREAM, message).at(place.clone());
            diagnostics.push(unknown.label("matches nothing"));
        }
    }
}

/// `GET /pets/{id}`
fn key_of(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

fn refuse_strangers(
    settings: &BTreeMap<String, Keyed>,
    known: &BTreeSet<&str>,
    code: &'static Code,
    what: &str,
    diagnostics: &mut Diagnostics,
) {
    let names: Vec<&str> = known.iter().copied().collect();
    for (name, set) in settings {
        if !known.contains(name.as_str()) {
            diagnostics.push(stranger(code, what, name, set, &names));
        }
    }
}

/// What keys stand for: more than one thing where two have the same name.
pub(super) type Known<T> = BTreeMap<String, BTreeSet<T>>;

fn operations(api: &Api) -> Known<String> {
    let mut known = Known::new();
    for operation in &api.operations {
        let key = key_of(operation);
        for name in [Some(key.clone()), Some(operation.pointer.to_string()), operation.id.clone()].into_iter().flatten()
        {
            known.entry(name).or_default().insert(key.clone());
        }
    }
    known
}

fn types(api: &Api) -> Known<String> {
    let mut known = Known::new();
    for ty in api.types.values() {
        for name in type_names(ty) {
            known.entry(name).or_default().insert(ty.id.0.to_string());
        }
    }
    known
}

fn type_names(ty: &TypeDef) -> Vec<String> {
    let mut names = vec![ty.id.0.to_string()];
    if let Origin::Component(name) = &ty.origin {
        names.push(name.clone());
    }
    names
}

/// What a key of `[names.members]` stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct PartKey {
    key: String,
    /// Whether it becomes a variant, and is called like a type.
    variant: bool,
}

fn members(api: &Api) -> Known<PartKey> {
    let mut known = Known::new();
    let mut add = |names: &[String], pointer: String, variant: bool| {
        for name in names.iter().chain([&pointer]) {
            known.entry(name.clone()).or_insert_with(BTreeSet::new).insert(PartKey { key: pointer.clone(), variant });
        }
    };
    for ty in api.types.values() {
        let short = |label: &str| match &ty.origin {
            Origin::Component(name) => vec![format!("{name}.{label}")],
            _ => Vec::new(),
        };
        match &ty.kind {
            TypeKind::Struct(shape) => {
                shape.members.iter().for_each(|member| add(&short(&member.wire), member.pointer.to_string(), false));
                shape.additional.iter().for_each(|additional| add(&[], additional.pointer.to_string(), false));
            }
            TypeKind::Enum(list) => {
                let pointer = |value: &str| ty.id.0.child("enum").child(value).to_string();
                list.values.iter().for_each(|value| add(&short(value), pointer(value), true));
            }
            TypeKind::Union(union) => {
                union.branches.iter().for_each(|branch| add(&[], branch.pointer.to_string(), true));
            }
            TypeKind::Alias(_) | TypeKind::Tuple(_) => {}
        }
    }
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    parameters.for_each(|parameter| add(&[], parameter.pointer.to_string(), false));
    known
}

/// Whether a member is called in `snake_case` and a variant in `UpperCamelCase`: known only now.
fn has_its_form(part: &PartKey, set: &Keyed, diagnostics: &mut Diagnostics) -> bool {
    let (good, form) = if part.variant {
        (values::is_upper_camel_case(&set.value), "this becomes a variant: write it in `UpperCamelCase`")
    } else {
        (values::is_snake_case(&set.value), "this becomes a member or an argument: write it in `snake_case`")
    };
    if !good {
        let message = format!("`{}` is not a name that can be used here", set.value);
        diagnostics.push(Diagnostic::new(&diag::CONFIG_BAD_NAME, message).at(set.span.clone()).help(form));
    }
    good
}

/// The settings by what their keys stand for; `known` is asked only where there are some.
pub(super) fn pick<T: Ord + Clone>(
    settings: &BTreeMap<String, Keyed>,
    known: impl FnOnce() -> Known<T>,
    code: &'static Code,
    what: &str,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<T, Keyed> {
    if settings.is_empty() {
        return BTreeMap::new();
    }
    let known = known();
    let names: Vec<&str> = known.keys().map(String::as_str).filter(|name| !name.starts_with('#')).collect();
    let mut picked: BTreeMap<T, Keyed> = BTreeMap::new();
    for (name, set) in settings {
        let mut targets = known.get(name).into_iter().flatten();
        match (targets.next(), targets.next()) {
            (None, _) => diagnostics.push(stranger(code, what, name, set, &names)),
            (Some(_), Some(_)) => {
                let message = format!("there is more than one {what} `{}`", name.escape_debug());
                let several = Diagnostic::new(&diag::CONFIG_AMBIGUOUS, message).at(set.key.clone());
                diagnostics.push(several.help("name the one that is meant by its pointer"));
            }
            (Some(target), None) => match picked.entry(target.clone()) {
                Entry::Occupied(first) => {
                    let message = format!("two settings name the same {what}");
                    let twice = Diagnostic::new(&diag::CONFIG_NAMED_TWICE, message).at(set.key.clone());
                    diagnostics.push(twice.related(first.get().key.clone(), "the other one"));
                }
                Entry::Vacant(entry) => {
                    entry.insert(set.clone());
                }
            },
        }
    }
    picked
}

fn stranger(code: &'static Code, what: &str, name: &str, set: &Keyed, known: &[&str]) -> Diagnostic {
    let message = format!("the description has no {what} `{}`", name.escape_debug());
    let unknown = Diagnostic::new(code, message).at(set.key.clone()).label("matches nothing");
    if let Some(near) = suggest::nearest(name, known.iter().copied()) {
        return unknown.help(format!("did you mean `{near}`?"));
    }
    const MANY: usize = 8;
    match known {
        [] => unknown.help("there are none: remove the setting"),
        few if few.len() <= MANY => unknown.help(format!("there are {}", super::reader::list(few))),
        _ => unknown.help("`clientwright list` shows all that there are"),
    }
}

#[cfg(test)]
mod tests;
