//! The API as a whole: servers, security schemes and what operations need of them, the words at the top, and the crate's own
//! names, features and dependencies.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Kind, Wire};
use super::operations::{base, is_at_one_address};
use super::settle::{About, Draft, Owner, Places, settle};
use super::words::code;
use super::{Pair, Side, notes};
use crate::emit::EmitError;
use crate::ir::{Api, Info, Notes, Operation, SecurityKind, SecurityScheme, ServedAt};
use crate::load::tree::{Node, Value};
use crate::pointer::Pointer;

pub(super) fn changes(pair: &Pair<'_>) -> Result<Vec<Change>, EmitError> {
    let (old, new) = (&pair.old.model.api, &pair.new.model.api);
    // Types, operations and where they hang are compared on their own.
    let Api { info, server, servers, variables, security_schemes, tags, .. } = new;
    let root = Pointer::root();
    let mut drafts = Vec::new();
    let place = root.child("servers");
    let url = |server: &Option<ServedAt>| server.as_ref().map(|server| server.url.clone());
    if url(&old.server) != url(server) {
        let at = |server: &Option<ServedAt>| match server {
            Some(server) => format!("at {}", code(&server.url)),
            None => "nowhere in particular".to_owned(),
        };
        let what = format!("it is served {} now, and was {}", at(server), at(&old.server));
        // What has left the address may be in the paths now.
        let mut here = pair.matches.operations.iter().filter(|(old, new)| old.server.is_none() || new.server.is_none());
        let is_one = here.clone().next().is_some() && here.all(|(old, new)| is_at_one_address(pair, old, new));
        let is_written = base(old.server.as_ref()) == base(server.as_ref());
        let wire = if is_one || is_written { Wire::None } else { Wire::Breaking };
        let draft = Draft::new(Kind::Server, wire, what, About::Nothing, Places::of(&place, &place));
        drafts.push(draft.advise(if is_written {
            ""
        } else if is_one {
            "Where a base URL is set, set the new one: the paths are others, and make the same addresses."
        } else {
            "Where no base URL is set, the new client calls the new server."
        }));
    }
    for name in old.variables.keys().filter(|name| !variables.contains_key(*name)) {
        let what = format!("no address has the variable {} any more", code(name));
        let draft = Draft::new(Kind::Server, Wire::None, what, About::Nothing, Places::of(&place, &place));
        drafts.push(draft.advise("No longer set it: no client is built where a variable is unknown."));
    }
    let mut docs = Vec::new();
    docs.extend((old.servers != *servers).then(|| "the servers to choose from".to_owned()));
    // What may be done with a description is no matter of the client's.
    let Info { title, version, description, license: _ } = info;
    let said = [
        (&old.info.title != title, "the title"),
        (&old.info.version != version, "the version"),
        (&old.info.description != description, "the API"),
    ];
    docs.extend(said.iter().filter(|(differs, _)| *differs).map(|(_, what)| (*what).to_owned()));
    docs.extend(
        tags.iter()
            .filter(|(tag, words)| old.tags.get(*tag).is_some_and(|old| old != *words))
            .map(|(tag, _)| format!("the tag {}", code(tag))),
    );
    let place = root.child("info");
    drafts.extend(notes::docs(Places::of(&place, &place), &docs));
    let owner = Owner { subject: "the API".to_owned(), places: Places::of(&root, &root), renamed: Kind::RustName };
    let mut changes = settle(&owner, drafts, &[]);
    let paired = &pair.matches.schemes;
    let renamed: BTreeSet<&str> = paired.values().copied().collect();
    let come = security_schemes.keys().filter(|name| !renamed.contains(name.as_str()));
    let names = old.security_schemes.keys().map(|name| (Some(name.as_str()), paired.get(name.as_str()).copied()));
    for (was, is) in names.chain(come.map(|name| (None, Some(name.as_str())))) {
        changes.extend(scheme(pair, was, is));
    }
    let owner = Owner { subject: "the crate".to_owned(), ..owner };
    changes.extend(settle(&owner, Vec::new(), &pair.surfaces.crates()?));
    Ok(changes)
}

fn scheme(pair: &Pair<'_>, was: Option<&str>, is: Option<&str>) -> Vec<Change> {
    let of = |side: Side<'_>, name: Option<&str>| side.model.api.security_schemes.get(name?).cloned();
    let (old, new) = (of(pair.old, was), of(pair.new, is));
    let name = is.or(was).unwrap_or_default();
    let draft = |wire, what: String, places| Draft::new(Kind::SecurityScheme, wire, what, About::All, places);
    let (drafts, places) = match (&old, &new) {
        (None, None) => return Vec::new(),
        (Some(old), None) => {
            let places = Places::gone(&old.pointer);
            (vec![draft(Wire::None, format!("the scheme {} is gone", code(name)), places.clone())], places)
        }
        (None, Some(new)) => {
            let places = Places::come(&new.pointer);
            (vec![draft(Wire::None, format!("the scheme {} is new", code(name)), places.clone())], places)
        }
        (Some(old), Some(new)) => {
            let SecurityScheme { pointer, kind, is_oauth, token_url, docs } = new;
            let places = Places::of(&old.pointer, pointer);
            let mut drafts = Vec::new();
            if let Some(was) = was.filter(|was| *was != name) {
                let what = format!("the scheme is called {} now, and was called {}", code(name), code(was));
                drafts.push(draft(Wire::None, what, places.clone()));
            }
            if old.kind != *kind {
                let what =
                    format!("credentials of {} go {} now, and went {}", code(name), place(kind), place(&old.kind));
                drafts.push(draft(Wire::Breaking, what, places.clone()));
            }
            if old.is_oauth != *is_oauth {
                let is = |is_oauth| if is_oauth { "those of OAuth 2 or OpenID Connect" } else { "of any kind" };
                let what = format!("tokens of {} are {} now, and were {}", code(name), is(*is_oauth), is(old.is_oauth));
                drafts.push(draft(Wire::None, what, places.clone()));
            }
            if old.token_url != *token_url {
                let at = |url: &Option<String>| url.as_deref().map_or_else(|| "not described".to_owned(), code);
                let what = format!(
                    "the token endpoint of {} is {} now, and was {}",
                    code(name),
                    at(token_url),
                    at(&old.token_url)
                );
                drafts.push(draft(Wire::Breaking, what, places.clone()));
            }
            let none = Notes::default();
            if notes::words((&old.docs, &none), (docs, &none)) {
                drafts.extend(notes::docs(places.clone(), &[format!("the scheme {}", code(name))]));
            }
            (drafts, places)
        }
    };
    let owner = Owner { subject: format!("the scheme {name}"), places, renamed: Kind::SecurityScheme };
    settle(&owner, drafts, &pair.surfaces.schemes(was, is))
}

fn place(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::Bearer => "as a bearer token".to_owned(),
        SecurityKind::Basic => "as basic authentication".to_owned(),
        SecurityKind::Authorization(scheme) => format!("as {}", code(&format!("Authorization: {scheme}"))),
        SecurityKind::Header(name) => format!("in the header {}", code(name)),
        SecurityKind::Query(name) => format!("in the query as {}", code(name)),
        SecurityKind::Cookie(name) => format!("in the cookie {}", code(name)),
    }
}

/// What an operation needs of its callers.
pub(super) fn requirements(pair: &Pair<'_>, old: &Operation, new: &Operation) -> Option<Draft> {
    let is = needed(pair.new, new);
    let called_now = |name: String| pair.matches.schemes.get(name.as_str()).map_or(name, |name| (*name).to_owned());
    let was: BTreeSet<Needed> = needed(pair.old, old)
        .into_iter()
        .map(|needed| needed.into_iter().map(|(name, scopes)| (called_now(name), scopes)).collect())
        .collect();
    if was == is {
        return None;
    }
    // Whoever had the credentials that sufficed must still have enough.
    let is_within = |needed: &Needed, had: &Needed| {
        needed.iter().all(|(name, scopes)| had.get(name).is_some_and(|had| scopes.is_subset(had)))
    };
    let suffices = |had: &Needed| is.is_empty() || is.iter().any(|needed| is_within(needed, had));
    let all_fine = if was.is_empty() { suffices(&Needed::new()) } else { was.iter().all(suffices) };
    let wire = if all_fine { Wire::Additive } else { Wire::Breaking };
    let one = |(name, scopes): (&String, &BTreeSet<String>)| {
        let scopes: Vec<String> = scopes.iter().map(|scope| code(scope)).collect();
        if scopes.is_empty() { code(name) } else { format!("{} ({})", code(name), scopes.join(", ")) }
    };
    let said = |sets: &BTreeSet<Needed>| {
        let sets: Vec<String> = sets
            .iter()
            .map(|needed| match needed.is_empty() {
                true => "nothing".to_owned(),
                false => needed.iter().map(one).collect::<Vec<_>>().join(" and "),
            })
            .collect();
        if sets.is_empty() { "nothing".to_owned() } else { sets.join(" or ") }
    };
    let what = format!("it needs {} now, and needed {}", said(&is), said(&was));
    let places = Places::of(&required_at(pair.old, old), &required_at(pair.new, new));
    let draft = Draft::new(Kind::Security, wire, what, About::Nothing, places);
    Some(draft.advise(if all_fine { "" } else { "Give the client the credentials that are needed now." }))
}

/// Schemes that are needed together, each with the scopes that its token must have.
type Needed = BTreeMap<String, BTreeSet<String>>;

/// Where it stands what an operation needs: at itself, or for the whole API.
fn required_at(side: Side<'_>, operation: &Operation) -> Pointer {
    let (own, all) = (operation.pointer.child("security"), Pointer::root().child("security"));
    let stands = |place: &Pointer| side.document.find(place).is_some();
    if stands(&own) || !stands(&all) { operation.pointer.clone() } else { all }
}

/// What suffices for an operation: the model's alternatives, with the scopes that the description has for them.
fn needed(side: Side<'_>, operation: &Operation) -> BTreeSet<Needed> {
    let place = operation.pointer.child("security");
    let said = side.document.find(&place).or_else(|| side.document.find(&Pointer::root().child("security")));
    let said: Vec<Needed> = match said.map(|node| &node.value) {
        Some(Value::List(list)) => list.iter().map(alternative).collect(),
        _ => Vec::new(),
    };
    let with_scopes = |names: &Vec<String>| {
        let names: Needed = names.iter().map(|name| (name.clone(), BTreeSet::new())).collect();
        let mut same: Vec<Needed> = said.iter().filter(|needed| needed.keys().eq(names.keys())).cloned().collect();
        if same.is_empty() {
            same.push(names);
        }
        same
    };
    operation.security.iter().flat_map(with_scopes).collect()
}

fn alternative(node: &Node) -> Needed {
    let Value::Map(map) = &node.value else { return Needed::new() };
    let scopes = |node: &Node| match &node.value {
        Value::List(list) => list.iter().filter_map(Node::as_text).map(str::to_owned).collect(),
        _ => BTreeSet::new(),
    };
    map.iter().map(|(name, entry)| (name.to_string(), scopes(&entry.node))).collect()
}
