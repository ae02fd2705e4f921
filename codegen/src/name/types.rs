//! Types: where they come from → what they are called, and from that the words of what is inside them. The ladder is
//! described in [`super`].

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::branches;
use super::ident::{camel, plain_snake};
use super::operations::Bases;
use super::pins::Chosen;
use super::places::{USUAL, component_rungs, ends, in_file};
use super::reserved::is_type;
use super::scope::{About, Entry, Given, Owned, give, give_first, owned, rungs, with};
use super::spell::spelled_in_full;
use super::words::{Words, words};
use crate::analyze::Facts;
use crate::analyze::short::ShortNames;
use crate::analyze::walk::error_roots;
use crate::diag::Diagnostics;
use crate::ir::{Api, Origin, Part, Tuple, TypeDef, TypeId, TypeKind, TypeRef};
use crate::pointer::Pointer;

/// Styles that members are written in.
const USUAL_MEMBER: &[&str] = &["snake", "lower"];

/// Names every type that stands for itself; then the places that have another name for one that stands for them.
pub(super) fn types(
    api: &Api,
    facts: &Facts,
    chosen: &Chosen,
    bases: &Bases,
    diagnostics: &mut Diagnostics,
) -> (Names, Names) {
    let namer = Namer {
        api,
        facts,
        chosen,
        bases,
        short: ShortNames::of(api),
        errors: error_roots(api).into_iter().map(|id| facts.same.get(id).unwrap_or(id)).collect(),
        shared: facts.same.values().collect(),
    };
    let mut given = BTreeMap::new();
    let mut open: BTreeSet<&TypeId> = api.types.keys().filter(|id| !facts.same.contains_key(id)).collect();
    // Each class takes its names before the next one is asked, so that no component is ever renamed by a part.
    namer.pinned(&mut given, &mut open, diagnostics);
    let class = Class { first: &|namer, id, _| namer.component_words(id), entry: &|namer, id, _| namer.component(id) };
    namer.class(&mut given, &mut open, diagnostics, &class);
    namer.merged(&mut given, &mut open);
    let first = |entry: Option<Entry>| entry?.rungs.into_iter().next();
    let class =
        Class { first: &|namer, id, _| first(namer.of_operation(id)), entry: &|namer, id, _| namer.of_operation(id) };
    namer.class(&mut given, &mut open, diagnostics, &class);
    let class = Class { first: &Namer::part_words, entry: &Namer::part };
    while !open.is_empty() {
        let before = open.len();
        namer.class(&mut given, &mut open, diagnostics, &class);
        if open.len() == before {
            break;
        }
    }
    let orphan = |namer: &Namer<'_>, id: &TypeId, _: &Names| Some(namer.orphan(id));
    let class = Class { first: &|namer, id, given| first(orphan(namer, id, given)), entry: &orphan };
    namer.class(&mut given, &mut open, diagnostics, &class);
    let aliases = namer.aliases(&given);
    (given, aliases)
}

pub(super) struct Namer<'a> {
    api: &'a Api,
    pub(super) facts: &'a Facts,
    pub(super) chosen: &'a Chosen,
    bases: &'a Bases,
    pub(super) short: ShortNames,
    /// Types that stand at the root of errors and not of successes.
    errors: BTreeSet<&'a TypeId>,
    /// Types that stand for others.
    pub(super) shared: BTreeSet<&'a TypeId>,
}

pub(super) type Names = BTreeMap<TypeId, Given>;

/// Types that are named at once: those for which `first` has the words of the first name that each could have. `entry` is
/// all of it.
struct Class<'c, 'a> {
    first: &'c dyn Fn(&Namer<'a>, &TypeId, &Names) -> Option<Words>,
    entry: &'c dyn Fn(&Namer<'a>, &TypeId, &Names) -> Option<Entry>,
}

impl<'a> Namer<'a> {
    /// Names those of `open` that are of the class.
    fn class(
        &self,
        given: &mut Names,
        open: &mut BTreeSet<&'a TypeId>,
        diagnostics: &mut Diagnostics,
        class: &Class<'_, 'a>,
    ) {
        let asked = open.iter().filter_map(|id| Some((*id, (class.first)(self, id, given)?)));
        let asked: Vec<(&TypeId, Words)> = asked.collect();
        let taken = given.values().map(|given| &given.ident).chain(&self.chosen.kept);
        let taken: HashSet<&str> = taken.map(String::as_str).collect();
        let names = give_first(
            &asked,
            |(_, first)| first.clone(),
            |(id, _)| (class.entry)(self, id, given).unwrap_or_else(|| self.orphan(id)),
            camel,
            |name| taken.contains(name) || is_type(name),
            diagnostics,
        );
        for ((id, _), name) in asked.into_iter().zip(names) {
            open.remove(id);
            given.insert(id.clone(), name);
        }
    }

    /// Names what people named.
    fn pinned(&self, given: &mut Names, open: &mut BTreeSet<&'a TypeId>, diagnostics: &mut Diagnostics) {
        let pins = self.chosen.types.iter().filter_map(|(id, pin)| Some((*open.get(id)?, pin)));
        let pins: Vec<(&TypeId, &String)> = pins.collect();
        let entries = pins.iter().map(|(id, pin)| {
            let entry = self.entry(id, Vec::new(), Owned::default());
            Entry { pinned: Some((*pin).clone()), ..entry }
        });
        let names = give(&entries.collect::<Vec<Entry>>(), camel, is_type, diagnostics);
        for ((id, _), name) in pins.into_iter().zip(names) {
            open.remove(id);
            given.insert(id.clone(), self.in_own_words(id, name));
        }
    }

    /// What was pinned to a name that it could have anyway keeps the words of that: `GetPet4xx` says less of them.
    fn in_own_words(&self, id: &TypeId, given: Given) -> Given {
        let entry = self.component(id).or_else(|| self.of_operation(id));
        let own = entry.and_then(|entry| entry.rungs.into_iter().find(|words| camel(words) == given.ident));
        Given { words: own.unwrap_or(given.words), ..given }
    }

    /// The words of the first name that a component could have.
    fn component_words(&self, id: &TypeId) -> Option<Words> {
        let Origin::Component(name) = &self.def(id)?.origin else { return None };
        let own = self.component_rungs(name, id).into_iter().next()?;
        Some(if is_type(&camel(&own)) { with(&own, "model") } else { own })
    }

    fn component(&self, id: &TypeId) -> Option<Entry> {
        let Origin::Component(name) = &self.def(id)?.origin else { return None };
        let own = words(name);
        if is_type(&camel(&own)) {
            let spelled = rungs(&[], name, USUAL).into_iter().map(|words| with(&words, "model"));
            let last = vec![with(&own, "schema"), with(&own, "type")];
            let of_file = id.0.file().map(|file| in_file(&file, &id.0, &own)).unwrap_or_default();
            return Some(self.entry(id, [spelled.collect(), last, of_file].concat(), Owned::default()));
        }
        if let Some(file) = id.0.file() {
            // It gives way to what the root document calls so.
            return Some(self.entry(
                id,
                [self.component_rungs(name, id), in_file(&file, &id.0, &own)].concat(),
                Owned::default(),
            ));
        }
        Some(self.entry(id, self.component_rungs(name, id), owned(&[], name, USUAL, camel)))
    }

    /// What a component could be called. What an operation defines for itself, which is known by the `operationId`, is called
    /// after the operation as what else stands in it.
    fn component_rungs(&self, name: &str, id: &TypeId) -> Vec<Words> {
        let is_definition = |place: &Pointer| matches!(place.last().as_deref(), Some("$defs" | "definitions"));
        let definitions = id.0.parent().filter(|place| is_definition(place));
        let base = std::iter::successors(definitions, Pointer::parent).find_map(|place| self.bases.get(&place));
        let named = base.zip(id.0.last()).map(|(base, own)| {
            let own = words(&own);
            // What has the operation's words says them once.
            let alone = own.starts_with(&base.words).then(|| own.clone());
            alone.into_iter().chain([[base.words.clone(), own].concat()])
        });
        let named =
            named.into_iter().flatten().chain(self.body_of(name).into_iter().flat_map(|base| body_rungs(&base)));
        let named = named.filter(|words| !is_type(&camel(words)));
        named.chain(component_rungs(name, &id.0)).collect()
    }

    /// The words of the operation whose body a component is by its name: `Body_` and the `operationId`, as FastAPI makes it.
    fn body_of(&self, name: &str) -> Option<Words> {
        let id = name.strip_prefix("Body_")?;
        let operation = self.api.operations.iter().find(|operation| operation.id.as_deref() == Some(id))?;
        Some(self.base(&operation.pointer))
    }

    /// Bodies, answers and parameters: the operation and the role.
    pub(super) fn of_operation(&self, id: &TypeId) -> Option<Entry> {
        let def = self.def(id)?;
        let rungs = match &def.origin {
            Origin::RequestBody { operation } => body_rungs(&self.base(operation)).to_vec(),
            Origin::Webhook { webhook } => self.webhook(webhook),
            Origin::Response { operation, status } => self.answer(id, operation, status),
            Origin::Item { operation, status } => {
                let base = self.base(operation);
                let mut rungs = vec![with(&base, "event"), with(&[base.clone(), words(status)].concat(), "event")];
                // What holds one of several events is called like that one.
                if let Some(event) = self.event(id, operation) {
                    let named = [base, words(event)].concat();
                    rungs = [vec![named.clone(), with(&named, "event")], rungs].concat();
                }
                rungs
            }
            Origin::Parameter { operation, name } | Origin::Header { operation, name } => {
                let short = self.short.get(def).unwrap_or_default();
                let Some(operation) = operation else {
                    return Some(self.shared_parameter(def, &short));
                };
                let (base, short) = (self.base(operation), words(&short));
                let role = if is_header(def) { "headers" } else { "params" };
                let named = [base.clone(), with(&base, role)].map(|prefix| [prefix, short.clone()].concat());
                let of_path = ends(operation).filter(|_| !self.bases.contains_key(operation));
                let of_path = of_path.map(|end| [end, short.clone()].concat()).collect();
                [of_path, named.to_vec(), rungs(&base, name, USUAL_MEMBER)].concat()
            }
            Origin::Component(_) | Origin::Part { .. } => return None,
        };
        Some(self.entry(id, rungs, Owned::default()))
    }

    /// The name of the event that has this type for its data, where names tell events apart.
    fn event(&self, id: &TypeId, operation: &Pointer) -> Option<&'a str> {
        let operation = self.api.operations.iter().find(|one| one.pointer == *operation)?;
        let is_this = |ty: &&TypeRef| matches!(ty, TypeRef::Named(named) if named == id);
        let event = operation.events().iter().find(|event| event.data.types().iter().any(is_this));
        event.map(|event| event.name.as_str())
    }

    /// A parameter or header among the components: its short name, then the name of the component, which only it has.
    fn shared_parameter(&self, def: &TypeDef, short: &str) -> Entry {
        let (id, role) = (&def.id, if is_header(def) { "header" } else { "param" });
        let parameter = id.0.parent().and_then(|place| place.name()).unwrap_or_default();
        let component = id.0.tokens().nth(2).unwrap_or(parameter.into());
        let named = rungs(&[], &component, USUAL_MEMBER);
        let roles = named.iter().map(|words| with(words, role)).collect();
        self.entry(id, [vec![words(short)], named, roles].concat(), owned(&[], &component, USUAL_MEMBER, plain_snake))
    }

    /// The name of the webhook, after that of the operation that it is a callback of; then with its method, and with the
    /// expression of its address; then with all its signs.
    fn webhook(&self, pointer: &Pointer) -> Vec<Words> {
        let Some(webhook) = self.api.webhook(pointer) else { return Vec::new() };
        let (role, base, address) = match &webhook.call {
            Some(call) => ("callback", self.base(&call.operation), words(&call.expression)),
            None => ("webhook", Words::new(), Words::new()),
        };
        let method = words(&webhook.method.to_lowercase());
        let named = |name: &Words, more: &[&Words]| {
            let name = name.strip_suffix(&[role.to_owned()]).unwrap_or(name);
            with(&[name, &more.iter().copied().flatten().cloned().collect::<Words>()].concat(), role)
        };
        let mut all = rungs(&base, &webhook.name, USUAL).into_iter();
        let first = all.next().unwrap_or_default();
        let usual = [vec![], vec![&method], vec![&address], vec![&address, &method]];
        let usual = usual.iter().map(|more| named(&first, more));
        let spelled = all.flat_map(|name| [named(&name, &[]), named(&name, &[&method])]);
        usual.chain(spelled).collect()
    }

    fn answer(&self, id: &TypeId, operation: &Pointer, status: &str) -> Vec<Words> {
        let base = self.base(operation);
        let base = base.as_slice();
        let with_status = [base, &words(status)].concat();
        if self.errors.contains(id) && !self.bases.contains_key(operation) {
            // A component, which has no status: `NotFound`, `NotFoundResponse`, `NotFoundError`.
            let own = base.strip_suffix(&["response".to_owned()]).filter(|own| !own.is_empty()).unwrap_or(base);
            let own = own.strip_suffix(&["error".to_owned()]).unwrap_or(own);
            let error = with(own, "error");
            // One that says `error` within says it already.
            let says = own.iter().any(|word| word == "error").then(|| own.to_vec());
            says.into_iter().chain([error.clone(), with(&error, "body"), with(&with_status, "error")]).collect()
        } else if self.errors.contains(id) {
            vec![with(&with_status, "error"), with(&with(&with_status, "error"), "body")]
        } else if base.last().is_some_and(|last| last == "response") {
            vec![base.to_vec(), with(base, "body")]
        } else {
            vec![with(base, "response"), with(&with_status, "response")]
        }
    }

    /// The words of an operation, or of a component that takes an operation's place.
    fn base(&self, operation: &Pointer) -> Words {
        match self.bases.get(operation) {
            Some(base) => base.words.clone(),
            None => words(&operation.name().unwrap_or_default()),
        }
    }

    /// Parts: the words of the type that they stand in, and the part; `None` as long as that type has no name.
    pub(super) fn part(&self, id: &TypeId, given: &Names) -> Option<Entry> {
        let def = self.def(id)?;
        let Origin::Part { parent, part } = &def.origin else { return None };
        let stands = self.facts.same.get(parent).unwrap_or(parent);
        let base = &given.get(stands)?.words;
        let (rungs, owns) = match part {
            Part::Member(wire) => {
                let short = self.short.get(def).unwrap_or_default();
                let first = [base.as_slice(), &words(&short)].concat();
                let owns = if short == *wire { owned(base, wire, USUAL_MEMBER, plain_snake) } else { Owned::default() };
                ([vec![first], rungs(base, wire, USUAL_MEMBER)].concat(), owns)
            }
            Part::Item => (vec![with(base, "item"), with(&with(base, "list"), "item")], Owned::default()),
            Part::MapValue => (vec![with(base, "value"), with(&with(base, "map"), "value")], Owned::default()),
            Part::Place(index) => {
                let first = with(base, Tuple::ordinal(*index));
                (vec![first.clone(), with(&first, "item")], Owned::default())
            }
            Part::Branch(_) => (self.branch(id, parent, base), Owned::default()),
        };
        Some(self.entry(id, rungs, owns))
    }

    /// The words of the first name that a part could have.
    fn part_words(&self, id: &TypeId, given: &Names) -> Option<Words> {
        let def = self.def(id)?;
        let Origin::Part { parent, part } = &def.origin else { return None };
        let base = &given.get(self.facts.same.get(parent).unwrap_or(parent))?.words;
        Some(match part {
            Part::Member(_) => [base.as_slice(), &words(&self.short.get(def).unwrap_or_default())].concat(),
            Part::Item => with(base, "item"),
            Part::MapValue => with(base, "value"),
            Part::Place(index) => with(base, Tuple::ordinal(*index)),
            Part::Branch(_) => self.branch(id, parent, base).into_iter().next()?,
        })
    }

    fn branch(&self, id: &TypeId, parent: &TypeId, base: &[String]) -> Vec<Words> {
        let branch = match self.def(parent).map(|def| &def.kind) {
            Some(TypeKind::Union(union)) => {
                let branch = union.branch_of(id);
                branch.map(|branch| (union, union.branches.iter().position(|one| one == branch).unwrap_or_default()))
            }
            _ => None,
        };
        let Some((union, at)) = branch else { return vec![with(base, "branch")] };
        let own = branches::rungs(self.api, base, union, at);
        own.iter()
            .map(|own| [base, own].concat())
            .chain(own.first().map(|own| with(&[base, own].concat(), "branch")))
            .collect()
    }

    /// What has lost the type that it stood in is named by where it stands.
    fn orphan(&self, id: &TypeId) -> Entry {
        self.entry(id, rungs(&[], id.0.as_str().trim_start_matches("#/"), USUAL), Owned::default())
    }

    fn entry(&self, id: &TypeId, mut rungs: Vec<Words>, owns: Owned) -> Entry {
        if let Some(first) = rungs.first() {
            // Components that give way to reserved names have it already.
            if first.last().is_none_or(|last| last != "model") {
                rungs.push(with(first, "model"));
            }
            // The last resort before an error: nothing else stands there.
            let file = id.0.file().map(|file| spelled_in_full(&file)).unwrap_or_default();
            rungs.push(file.into_iter().chain(id.0.tokens().flat_map(|token| spelled_in_full(&token))).collect());
        }
        let (thing, key) = match self.def(id).map(|def| &def.origin) {
            Some(Origin::Component(name)) => (format!("the schema `{name}`"), name.clone()),
            _ => (format!("the type at `{}`", id.0), id.0.as_str().to_owned()),
        };
        Entry { rungs, owns, pinned: None, about: About { place: Some(id.0.clone()), thing, table: "types", key } }
    }

    /// Whether it stands, or what stands for it, at the root of errors and not of successes.
    pub(super) fn is_error(&self, id: &TypeId) -> bool {
        self.errors.contains(self.facts.same.get(id).unwrap_or(id))
    }

    pub(super) fn def(&self, id: &TypeId) -> Option<&'a TypeDef> {
        self.api.types.get(id)
    }
}

fn is_header(def: &TypeDef) -> bool {
    matches!(def.origin, Origin::Header { .. })
}

/// What the body of an operation with these words could be called.
fn body_rungs(base: &[String]) -> [Words; 2] {
    match base.last().is_some_and(|last| last == "body") {
        true => [base.to_vec(), with(base, "model")],
        false => [with(base, "body"), with(&with(base, "request"), "body")],
    }
}
