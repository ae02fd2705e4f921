//! Where an API is served, as a whole and by operation.

use std::collections::BTreeMap;

use openapiv3::Server;

use super::causes::Causes;
use crate::diag::{CLEAR_SERVER, OTHER_SERVERS, OWN_SERVERS, RELATIVE_SERVER};
use crate::ir::{self, Operation, ServedAt, ServerVariable};
use crate::normalize::Spec;
use crate::pointer::Pointer;

/// The server that is used; `None` where there is none, or where it is relative. One with variables that have no default is used
/// once they are chosen. What needs credentials is told where none are sent.
pub(super) fn server(spec: &Spec, has_credentials: bool, causes: &mut Causes) -> Option<ServedAt> {
    let place = Pointer::root().child("servers");
    let (index, server) = used(&spec.api().servers, &place, causes)?;
    let served = served_at(server);
    let place = place.item(index);
    if is_absolute(&served.url) {
        if has_credentials && served.is_in_the_clear() {
            let message = format!(
                "no credentials are sent to `{}`, for all on the way could read them; the caller must give a base URL by https",
                served.url
            );
            causes.remark(&place.child("url"), &CLEAR_SERVER, message);
        }
        return Some(served);
    }
    if let Some((name, default)) = unsendable(server) {
        let place = place.child("variables").child(name).child("default");
        let message = format!(
            "the default `{}` of the server's variable `{name}` has a character that an address can't have; the caller must \
             give the base URL",
            default.escape_debug()
        );
        causes.remark(&place, &RELATIVE_SERVER, message);
        return None;
    }
    let missing: Vec<_> = undecided(&served).map(|name| format!("`{name}`")).collect();
    let mut message = format!("the server's address `{}` is not whole; the caller must give the base URL", served.url);
    let is_whole_then = is_absolute(&chosen(&served));
    if is_whole_then {
        message.push_str(&format!(", or set {}", missing.join(" and ")));
    }
    causes.remark(&place.child("url"), &RELATIVE_SERVER, message);
    is_whole_then.then_some(served)
}

/// The path that the address of the server that is used ends with, where that is all that is said of it.
pub(super) fn base_path(spec: &Spec) -> Option<String> {
    let (_, server) = preferred(&spec.api().servers)?;
    let path = served_at(server).url;
    let path = bare(&path);
    (!path.is_empty() && can_be_sent_to(path) && !is_absolute(path)).then(|| path.to_owned())
}

/// What callers can choose from: nothing where there is one address without variables.
pub(super) fn listed(spec: &Spec) -> Vec<ir::Server> {
    let servers = &spec.api().servers;
    if servers.len() < 2 && !servers.iter().any(|server| server.url.contains('{')) {
        return Vec::new();
    }
    let listed = servers.iter().map(|server| ir::Server {
        url: server.url.clone(),
        variables: variables(server),
        description: server.description.clone(),
    });
    listed.collect()
}

/// The variables of all addresses. Where two say different things of one, that of the operation is no longer one.
pub(super) fn settle(listed: &[ir::Server], operations: &mut [Operation]) -> Variables {
    let mut all = Variables::new();
    for (name, variable) in listed.iter().flat_map(|server| &server.variables) {
        all.entry(name.clone()).or_insert_with(|| variable.clone());
    }
    for served in operations.iter_mut().filter_map(|operation| operation.server.as_mut()) {
        for (name, variable) in std::mem::take(&mut served.variables) {
            let known = all.entry(name.clone()).or_insert_with(|| variable.clone());
            match (&variable.default, known.default == variable.default) {
                (Some(default), false) => served.template = served.template.replace(&braced(&name), default),
                _ => drop(served.variables.insert(name, variable)),
            }
        }
    }
    all
}

/// The one that is used of the servers that an operation or a path item has for itself, at `place`; `None` where it is that of
/// the whole description, or can't be told.
pub(super) fn own(spec: &Spec, own: &[Server], place: &Pointer, causes: &mut Causes) -> Option<ServedAt> {
    let (index, server) = used(own, place, causes)?;
    let mut served = served_at(server);
    // Of the same scheme as where it is referred to (RFC 3986, section 4.2): that of the rest.
    if let (true, Some(scheme)) = (served.url.starts_with("//"), scheme_of_rest(spec)) {
        served.url.insert_str(0, scheme);
        served.template.insert_str(0, scheme);
    }
    let is_same = |other: &Server| other.url == server.url || bare(&served_at(other).url) == bare(&served.url);
    if preferred(&spec.api().servers).is_some_and(|(_, server)| is_same(server)) {
        return None;
    }
    // It goes there once the variables are chosen that have no default.
    if can_be_sent_to(&chosen(&served)) {
        causes.remark(place, &OWN_SERVERS, format!("this is served at `{}`, and not with the rest", served.url));
        return Some(served);
    }
    let message =
        format!("the server's address `{}` is not whole; what is here goes to the server of the rest", served.url);
    causes.remark(&place.item(index).child("url"), &RELATIVE_SERVER, message);
    None
}

/// `https:`, if the whole description is served at such an address.
fn scheme_of_rest(spec: &Spec) -> Option<&'static str> {
    let (_, server) = preferred(&spec.api().servers)?;
    let url = served_at(server).url;
    ["https:", "http:"].into_iter().find(|scheme| url.starts_with(scheme))
}

/// The server that is used, with its place among all.
fn used<'a>(servers: &'a [Server], place: &Pointer, causes: &mut Causes) -> Option<(usize, &'a Server)> {
    let (index, server) = preferred(servers)?;
    let count = servers.len();
    if index > 0 {
        let message = format!("of {count} servers, `{}` is used, which is the first one by TLS", server.url);
        causes.remark(place, &OTHER_SERVERS, message);
    } else if count > 1 {
        causes.remark(place, &OTHER_SERVERS, format!("the first of {count} servers is used"));
    }
    Some((index, server))
}

/// The first server, or the same one by TLS, if that is there as well.
fn preferred(servers: &[Server]) -> Option<(usize, &Server)> {
    let first = servers.first()?;
    let by_tls = first.url.strip_prefix("http://").and_then(|rest| {
        servers.iter().enumerate().find(|(_, server)| server.url.strip_prefix("https://").map(bare) == Some(bare(rest)))
    });
    by_tls.or(Some((0, first)))
}

/// Variables by name.
type Variables = BTreeMap<String, ServerVariable>;

fn served_at(server: &Server) -> ServedAt {
    let variables = variables(server);
    let defaults = variables.iter().filter_map(|(name, variable)| Some((name, variable.default.as_ref()?)));
    let url = defaults.fold(server.url.clone(), |url, (name, default)| url.replace(&braced(name), default));
    ServedAt { url, template: server.url.clone(), variables }
}

/// The variables in a server's address; one that nothing is said of has no default, nor has one whose default says that there
/// must be something (`{your-host}`).
fn variables(server: &Server) -> Variables {
    let said = server.variables.as_ref();
    let mut rest = server.url.as_str();
    let mut variables = BTreeMap::new();
    while let Some((_, after)) = rest.split_once('{')
        && let Some((name, after)) = after.split_once('}')
    {
        let said = said.and_then(|said| said.get(name));
        let variable = ServerVariable {
            default: said.map(|said| said.default.clone()).filter(|default| is_path(default)),
            values: said.map(|said| said.enumeration.clone()).unwrap_or_default(),
            description: said.and_then(|said| said.description.clone()),
        };
        variables.insert(name.to_owned(), variable);
        rest = after;
    }
    variables
}

/// The variable of an address whose default can't stand there, unless that only says that there must be something.
fn unsendable(server: &Server) -> Option<(&str, &str)> {
    let said = server.variables.iter().flatten().filter(|(name, _)| server.url.contains(&braced(name)));
    let mut said = said.map(|(name, variable)| (name.as_str(), variable.default.as_str()));
    said.find(|(_, default)| !is_path(default) && !default.starts_with(['{', '<']))
}

fn braced(name: &str) -> String {
    format!("{{{name}}}")
}

/// An address with something in place of each variable that has no default; one in the first place has a scheme and a host.
fn chosen(served: &ServedAt) -> String {
    undecided(served).fold(served.url.clone(), |url, name| match url.strip_prefix(&braced(name)) {
        Some(rest) => format!("https://x{rest}").replace(&braced(name), "x"),
        None => url.replace(&braced(name), "x"),
    })
}

/// The variables that must be chosen.
fn undecided(served: &ServedAt) -> impl Iterator<Item = &String> {
    served.variables.iter().filter(|(_, variable)| variable.default.is_none()).map(|(name, _)| name)
}

fn can_be_sent_to(url: &str) -> bool {
    is_absolute(url) || (url.starts_with('/') && !url.starts_with("//") && is_path(url))
}

/// Whether a client can send to an address as it is: all its variables are known, and it is a URL of HTTP.
fn is_absolute(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| is_path(rest) && !rest.starts_with('/') && !rest.is_empty())
}

/// Whether a text has none of the characters by which an address ends or can't be sent.
fn is_path(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"{}?#@\\\"<>^`|".contains(&byte))
}

fn bare(url: &str) -> &str {
    url.trim_end_matches('/')
}
