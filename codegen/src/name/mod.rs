//! Name: every Rust name, in one pass over the whole `Api`. Prints nothing and decides nothing but names.
//!
//! # The grammar of names
//!
//! ```text
//! name        = words in a case of Rust            see `words` for words, `ident` for cases, keywords and digits
//! rungs(text) = words(text)                        fooBar, foo-bar, foo_bar        foo bar
//!             | spelled(text)                      foo-bar                         foo dash bar
//!             | spelled(text) style(text)          fooBar                          foo bar camel
//!             | spelled(text) "symbols"            foo-bar                         foo dash bar symbols
//!
//! type        = pin
//!             | operation definition               of what an operation has in `$defs`
//!             | component                          rungs(name); a reserved name is Name "Model" | "Schema" | "Type"
//!             | merged                             short name alone, if nothing else wants it ("ErrorBody" for errors);
//!                                                  of an enum of one text, text short name; of a union of few, branch "Or"
//!                                                  branch
//!             | operation role                     "Body" | "Response" | status "Error" | short name of a parameter
//!             | parameter of a path                the last words of the path, short name | path, short name
//!             | shared parameter                   short name | rungs(component) | rungs(component) "Param"
//!             | type part                          short name, rungs(member) | "Item" | "Value" | branch
//! in full     = every symbol, `_` and change of case    fooBAR                     foo upper bar
//! short name  = the member or parameter, in the singular when it is an item of a list or a value of a map
//!             | all words of its place, in full
//! operation   = pin | own words, resource own words    where a framework made the operationId: see `framework`
//!             | operationId without a version in front, a method apart from the end of the path | rungs(operationId)
//!             | method words(operationId)
//!             | method path without "api" and version in front | method path | in full
//! method      = pin | operation without its resource's words in front, and a version or the first word of the API's title before
//!                     these (in the singular before a usual verb); what stands behind it between dots
//!             | operation | operation "Operation"
//! request     = operation | resource operation | operation "Request" | resource operation "Request"
//! answer      = request "Answer" | request "RequestAnswer"
//! resource    = pinned path of the tag | words(tag); as a type: own | parent own | own "Resource" | all parents own
//! member      = pin | rungs(wire); a reserved name is Name "Member" | "Value"; in full
//! additional  = pin | "additional" | "additional" "members" | "all" "additional" "members"
//! required    = type "Required" | type "RequiredMembers"
//! variant     = pin | rungs(text); a reserved name is Name "Value" | "Variant"; in full; of a union: branch
//! branch      = tag | component | title | what tells it apart | what it holds, each without the union's own words at either
//!               end | "branch" place in the union, for those that are found by trial
//! parameter   = pin | rungs(wire) | place rungs(wire) | place in full
//! scheme      = "bearer_token" | "basic" | rungs(scheme) | scheme "credential" | in full
//! accessor    = type | type "body"                 of the body of an error
//! alias       = short name | rungs(member)         of a place whose type is called after another place, unless it is taken
//! module      = stem of the component's type, or of the operation (by the name that its request keeps)
//! ```
//!
//! Who gets which rung is decided in `ladder`: what is pinned never moves; of the classes of types each takes its names
//! before the next (components, merged types, operations, parts from the outside in); within a scope, who owns a name (by its
//! case, or else by being of letters and digits alone) keeps it, and without an owner all who want it go on. No rule looks at
//! the order of the description, none counts, and none looks at things that want other names.

mod aliases;
mod branches;
mod client;
mod events;
mod framework;
mod ident;
mod keep;
mod ladder;
mod lock;
mod media_types;
mod members;
mod merged;
mod modules;
mod operations;
mod pins;
mod places;
mod required;
mod reserved;
mod resources;
mod scope;
mod spell;
#[cfg(test)]
mod tests;
mod types;
mod words;

pub(crate) use ident::is_keyword;
pub use lock::{Kept, Lock, Named, has_features};
pub use pins::Pins;

#[cfg(test)]
pub(crate) use reserved::is_type as is_reserved_type;

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::{Facts, Precedence};
use crate::diag::{Diagnostic, Diagnostics, NAME_OFFERED};
use crate::ir::{Api, Location, TypeId, TypeKind};
use crate::pointer::Pointer;
use pins::Chosen;
use reserved::Taken;

/// Names everything in `api`. `facts` are those of the same `api`; `pins` are the names that people chose.
///
/// What can't be named apart, and pins that match nothing or can't be names, are reported as errors ([`NAME_CLASH`],
/// [`PIN_UNMATCHED`], [`PIN_INVALID`], [`PIN_CLASH`]); the answer is complete in any case, but its names are distinct only
/// where there was no error.
///
/// [`NAME_CLASH`]: crate::diag::NAME_CLASH
/// [`PIN_UNMATCHED`]: crate::diag::PIN_UNMATCHED
/// [`PIN_INVALID`]: crate::diag::PIN_INVALID
/// [`PIN_CLASH`]: crate::diag::PIN_CLASH
pub fn name(api: &Api, facts: &Facts, pins: &Pins, diagnostics: &mut Diagnostics) -> Names {
    name_with(api, facts, pins, &Lock::default(), diagnostics)
}

/// As [`name`], and whatever has a name in `lock` keeps it, unless people chose another or it can't be a name any more. What is
/// kept that would be called otherwise is told ([`NAME_KEPT`]), what can't be kept too ([`NAME_LOST`]), and so is what may have
/// been renamed ([`NAME_OFFERED`]).
///
/// [`NAME_KEPT`]: crate::diag::NAME_KEPT
/// [`NAME_LOST`]: crate::diag::NAME_LOST
/// [`NAME_OFFERED`]: crate::diag::NAME_OFFERED
pub fn name_with(api: &Api, facts: &Facts, pins: &Pins, lock: &Lock, diagnostics: &mut Diagnostics) -> Names {
    let chosen = pins::choose(api, facts, pins, diagnostics);
    if lock.0.is_empty() {
        return all(api, facts, &chosen, diagnostics);
    }
    let followed = keep::following(api, lock);
    let lock = followed.as_ref().unwrap_or(lock);
    let mut found = Diagnostics::default();
    let natural = all(api, facts, &chosen, &mut found);
    let named = Lock::of(api, facts, &natural);
    for lock::Offered { name, place, was_renamed } in lock.offered(api, &named) {
        let now = named.0.get(&(Named::Type, place.clone())).map_or("", String::as_str);
        let why = if was_renamed { "has its shape" } else { "stands in its place" };
        let message = format!("`{name}` is gone, and `{now}` {why}");
        let key = place.last().unwrap_or_default();
        let help = format!("to keep its name, write below `[names.types]`: `\"{key}\" = \"{name}\"`");
        diagnostics.push(Diagnostic::new(&NAME_OFFERED, message).at(place).help(help));
    }
    // Nearly always nothing is called otherwise, and the lock has nothing to say.
    if !found.has_errors() && lock.kept(&named).is_empty() {
        diagnostics.extend(found);
        return natural;
    }
    let Some(keep::Held { names, found: again, given_up }) = keep::all_that_can(api, facts, &chosen, lock, &named)
    else {
        diagnostics.extend(found);
        return natural;
    };
    keep::tell(lock, &named, &Lock::of(api, facts, &names), &given_up, diagnostics);
    diagnostics.extend(again);
    names
}

/// What of several types that say the same stands for all, by what `lock` holds.
pub fn precedence(api: &Api, lock: &Lock) -> Precedence {
    if lock.0.is_empty() {
        return Precedence::default();
    }
    lock::precedence(api, keep::following(api, lock).as_ref().unwrap_or(lock))
}

fn all(api: &Api, facts: &Facts, chosen: &Chosen, diagnostics: &mut Diagnostics) -> Names {
    let bases = operations::bases(api, chosen, diagnostics);
    let (types, mut aliases) = types::types(api, facts, chosen, &bases, diagnostics);
    // Types that could not be told apart would be reported again as modules.
    let mut again = Diagnostics::default();
    let report = if diagnostics.has_errors() { &mut again } else { &mut *diagnostics };
    let held = operations::held(api, chosen, &bases);
    // What several places have for a name is written in the file of the first.
    let mut homes: BTreeMap<String, TypeId> = BTreeMap::new();
    for (id, alias) in &aliases {
        homes.entry(alias.ident.clone()).or_insert_with(|| id.clone());
    }
    let firsts = aliases.iter().filter(|(id, alias)| homes.get(&alias.ident) == Some(id));
    let written = types.iter().chain(firsts).map(|(id, given)| (id.clone(), given.clone())).collect();
    let modules = modules::modules(api, facts, &written, &bases, &held, report);
    let mut taken: Taken = types.values().map(|given| given.ident.clone()).collect();
    let of_resources: BTreeSet<&String> = chosen.resource_types.values().collect();
    let kept = chosen.kept.iter().filter(|name| !of_resources.contains(name));
    let reserved: Taken = taken.iter().chain(kept).cloned().collect();
    let tree = resources::tree(api, chosen, &reserved, diagnostics);
    taken.extend(tree.idents().map(str::to_owned));
    let operations = operations::names(api, chosen, &bases, &taken, diagnostics);
    let mut names = Names {
        resources: tree.resources(&operations, diagnostics),
        root_operations: tree.root_operations(),
        operations,
        schemes: client::schemes(api, chosen, diagnostics),
        error_accessors: client::error_accessors(facts, &types, diagnostics),
        ..Names::default()
    };
    for operation in &api.operations {
        let parameters = members::parameters(operation, chosen, diagnostics);
        names.media_types.extend(media_types::media_types(operation, &parameters, diagnostics));
        names.parameters.extend(parameters);
    }
    let others = taken.iter().map(String::as_str).chain(names.operations.values().map(|name| name.request.as_str()));
    let others: Taken = others.map(str::to_owned).collect();
    names.required = required::required(api, facts, &types, &others, diagnostics);
    let events =
        names.operations.values().flat_map(|name| name.answer.iter().chain(name.event.iter().map(|it| &it.ident)));
    let others: BTreeSet<&String> = others.iter().chain(names.required.values()).chain(events).collect();
    aliases.retain(|_, alias| !others.contains(&alias.ident));
    let parts = members::parts(&types, api, chosen, diagnostics);
    (names.members, names.additional, names.variants) = (parts.members, parts.additional, parts.variants);
    let named = types.into_iter().map(|(id, given)| {
        let module = modules.get(&id).cloned().unwrap_or_default();
        (id, TypeName { ident: given.ident, module })
    });
    names.types = named.collect();
    names.copy_to_merged(api, facts);
    for (id, alias) in aliases {
        let home = homes.get(&alias.ident).and_then(|first| modules.get(first));
        let module = home.cloned().unwrap_or_default();
        names.types.insert(id, TypeName { ident: alias.ident, module });
    }
    names
}

impl Names {
    /// Gives types that another one stands for the names of that one.
    fn copy_to_merged(&mut self, api: &Api, facts: &Facts) {
        for (id, stands) in &facts.same {
            if let Some(name) = self.types.get(stands).cloned() {
                self.types.insert(id.clone(), name);
            }
            if let Some(name) = self.additional.get(stands).cloned() {
                self.additional.insert(id.clone(), name);
            }
            let (Some(def), Some(other)) = (api.types.get(id), api.types.get(stands)) else { continue };
            for (label, same_label) in labels(&def.kind).into_iter().zip(labels(&other.kind)) {
                for names in [&mut self.members, &mut self.variants] {
                    if let Some(name) = names.get(&(stands.clone(), same_label.clone())).cloned() {
                        names.insert((id.clone(), label.clone()), name);
                    }
                }
            }
        }
    }
}

/// What members and variants are known by, in an order that is the same for types that say the same.
fn labels(kind: &TypeKind) -> Vec<String> {
    match kind {
        TypeKind::Struct(object) => object.members.iter().map(|member| member.wire.clone()).collect(),
        TypeKind::Enum(texts) => {
            let mut values = texts.values.clone();
            values.sort();
            values
        }
        TypeKind::Union(union) => {
            let mut told: Vec<_> =
                union.branches.iter().zip(0_usize..).map(|(branch, at)| (&branch.told, at)).collect();
            told.sort();
            told.into_iter().map(|(_, at)| at.to_string()).collect()
        }
        TypeKind::Alias(_) | TypeKind::Tuple(_) => Vec::new(),
    }
}

/// Every Rust name. All are valid identifiers of Rust 2024 (`r#type` where a keyword must be escaped), ASCII, and
/// distinct in the scope that they stand in.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Types: `Session`, and the module (file) that they stand in. A type that another one stands for has that one's names
    /// here and below, so either can be looked up; here it may have another one, which is an alias.
    pub types: BTreeMap<TypeId, TypeName>,
    /// Members of structs, by type and wire name: `session_id`.
    pub members: BTreeMap<(TypeId, String), String>,
    /// What holds the members of a struct that it doesn't name, by type: `additional`.
    pub additional: BTreeMap<TypeId, String>,
    /// Variants: of enums by type and wire text, of unions by type and the branch's index as text.
    pub variants: BTreeMap<(TypeId, String), String>,
    /// What gathers the required members of a type with more than four of them, or with two of one type: `SessionRequired`.
    pub required: BTreeMap<TypeId, String>,
    /// Operations, by pointer.
    pub operations: BTreeMap<Pointer, OperationName>,
    /// Arguments and setters, by operation, location and wire name: `per_page`.
    pub parameters: BTreeMap<(Pointer, Location, String), String>,
    /// Setters that choose what a body is sent as, by operation and media type: `as_strategic_merge_patch`.
    pub media_types: BTreeMap<(Pointer, String), String>,
    /// The resource tree: what hangs on the client, sorted by module.
    pub resources: Vec<Resource>,
    /// Operations that sit on the client itself.
    pub root_operations: Vec<Pointer>,
    /// Setters of the client builder, by the name of the security scheme: `bearer_token`.
    pub schemes: BTreeMap<String, String>,
    /// Accessors of error bodies on `Error`, by type: `error_envelope`.
    pub error_accessors: BTreeMap<TypeId, String>,
}

impl Names {
    /// How many types are written, aliases among them: those that say the same share one.
    pub fn type_count(&self) -> usize {
        let written: BTreeSet<_> = self.types.values().map(|name| (&name.module, &name.ident)).collect();
        written.len()
    }
}

/// What a type is called and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// `Session`.
    pub ident: String,
    /// The module below `types`, and the stem of its file: `session`. Anonymous types stand with the component (or the
    /// operation) that they are part of.
    pub module: String,
}

/// What an operation is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationName {
    /// The method: `get_sessions`.
    pub method: String,
    /// The request type: `GetSessions`, distinct from every type of the API and within the whole crate.
    pub request: String,
    /// The static that describes it: `GET_SESSIONS`.
    pub constant: String,
    /// What it answers, where that is one of several: `GetSessionsAnswer`.
    pub answer: Option<String>,
    /// What its events hold, where their names tell them apart.
    pub event: Option<EventName>,
}

/// What the events of an operation are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventName {
    /// The enum: `WatchSessionsEvent`.
    pub ident: String,
    /// Its variants, in the order of the events: `Created`.
    pub variants: Vec<String>,
}

/// A node of the resource tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The method on its parent: `realtime_kit`.
    pub method: String,
    /// The type: `RealtimeKit`.
    pub ident: String,
    /// The module and stem of its file: `realtime_kit`.
    pub module: String,
    /// The tag that it stands for, if any.
    pub tag: Option<String>,
    /// What hangs below it, sorted by module.
    pub children: Vec<Resource>,
    /// Its operations, in the order of `Api::operations`.
    pub operations: Vec<Pointer>,
}
