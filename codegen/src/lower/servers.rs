//! Where an API is served, as a whole and by operation.

use openapiv3::Server;

use super::causes::Causes;
use crate::diag::{OTHER_SERVERS, OWN_SERVERS, RELATIVE_SERVER};
use crate::ir;
use crate::normalize::Spec;
use crate::pointer::Pointer;

/// The address of the first server, its variables replaced by their defaults; `None` where there is none, or where it is
/// relative.
pub(super) fn server(spec: &Spec, causes: &mut Causes) -> Option<String> {
    let place = Pointer::root().child("servers");
    let server = first(&spec.api().servers, &place, causes)?;
    let url = address(server);
    if is_absolute(&url) {
        return Some(url);
    }
    let message = format!("the server's address `{url}` is not whole; the caller must give the base URL");
    causes.remark(&place.item(0).child("url"), &RELATIVE_SERVER, message);
    None
}

/// What callers can choose from: nothing where there is one address without variables.
pub(super) fn listed(spec: &Spec) -> Vec<ir::Server> {
    let servers = &spec.api().servers;
    let has_variables = |server: &Server| server.variables.as_ref().is_some_and(|variables| !variables.is_empty());
    if servers.len() < 2 && !servers.iter().any(has_variables) {
        return Vec::new();
    }
    let variable = |(name, variable): (&String, &openapiv3::ServerVariable)| {
        let openapiv3::ServerVariable { default, enumeration, description, .. } = variable;
        let (default, values) = (default.clone(), enumeration.clone());
        (name.clone(), ir::ServerVariable { default, values, description: description.clone() })
    };
    let listed = servers.iter().map(|server| ir::Server {
        url: server.url.clone(),
        variables: server.variables.iter().flatten().map(variable).collect(),
        description: server.description.clone(),
    });
    listed.collect()
}

/// The address of the first of the servers that an operation or a path item has for itself, at `place`; `None` where it is
/// that of the whole description, or can't be told.
pub(super) fn own(spec: &Spec, own: &[Server], place: &Pointer, causes: &mut Causes) -> Option<String> {
    let server = first(own, place, causes)?;
    let url = address(server);
    let is_same = |other: &Server| other.url == server.url || bare(&address(other)) == bare(&url);
    if spec.api().servers.first().is_some_and(is_same) {
        return None;
    }
    if is_absolute(&url) || (url.starts_with('/') && is_path(&url)) {
        causes.remark(place, &OWN_SERVERS, format!("this is served at `{url}`, and not with the rest"));
        return Some(url);
    }
    let message = format!("the server's address `{url}` is not whole; what is here goes to the server of the rest");
    causes.remark(&place.item(0).child("url"), &RELATIVE_SERVER, message);
    None
}

fn first<'a>(servers: &'a [Server], place: &Pointer, causes: &mut Causes) -> Option<&'a Server> {
    let (server, others) = servers.split_first()?;
    if !others.is_empty() {
        let message = format!("the first of {} servers is used", others.len() + 1);
        causes.remark(place, &OTHER_SERVERS, message);
    }
    Some(server)
}

/// The address with the defaults of its variables.
fn address(server: &Server) -> String {
    let variables = server.variables.iter().flatten();
    variables.fold(server.url.clone(), |url, (name, variable)| url.replace(&format!("{{{name}}}"), &variable.default))
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
