//! Paths that are written as whole URLs, `https://api.example.com/v1/pets`: where one of the servers is at the same host, they
//! can be nothing but what is there.

use super::templates::rename;
use super::{METHODS, Tree};
use crate::diag::Diagnostics;
use crate::load::Document;
use crate::load::tree::{Node, Value};
use crate::normalize::nodes::{as_map_mut, made, map, set, text};
use crate::pointer::Pointer;

/// Makes paths of them, in the tree; whether there were any.
pub(in crate::normalize) fn mend(document: &mut Document, diagnostics: &mut Diagnostics) -> bool {
    let found = urls(document);
    let paths = Pointer::root().child("paths");
    for (was, Meant { server, .. }) in &found {
        if let (Some(server), Some(item)) = (server, document.find_mut(&paths.child(was))) {
            let url = map([("url", text(server.as_str(), item))], item);
            let servers = made(Value::List(vec![url]), item);
            if let Some(said) = as_map_mut(item) {
                set(said, "servers", servers);
            }
        }
    }
    let meant: Vec<_> = found.into_iter().map(|(was, Meant { path, .. })| (was, path)).collect();
    rename(document, &meant, diagnostics);
    !meant.is_empty()
}

/// What a URL is meant as.
struct Meant {
    path: String,
    /// The server of the path alone, where it is below none of those of the description.
    server: Option<String>,
}

fn urls(document: &Document) -> Vec<(String, Meant)> {
    let tree = Tree { document };
    let Some(paths) = tree.root().get("paths").and_then(Node::as_map) else { return Vec::new() };
    let written: Vec<&str> = paths.keys().filter(|key| key.contains("://")).collect();
    if written.is_empty() {
        return Vec::new();
    }
    let listed = tree.root().get("servers").and_then(Node::as_list).unwrap_or_default();
    let servers: Vec<&str> = listed.iter().filter_map(|server| server.get("url")?.as_text()).collect();
    let mut found: Vec<(String, Meant)> = Vec::new();
    for url in written {
        let is_elsewhere = paths.get(url).is_none_or(|entry| has_servers(&entry.node));
        let Some(meant) = meant(url, &servers).filter(|_| !is_elsewhere) else { continue };
        if !paths.contains_key(&meant.path) && !found.iter().any(|(_, other)| other.path == meant.path) {
            found.push((url.to_owned(), meant));
        }
    }
    found
}

/// Whether a path item or one of its operations says where it is.
fn has_servers(item: &Node) -> bool {
    let operations = METHODS.iter().filter_map(|method| item.get(method));
    operations.chain([item]).any(|node| node.get("servers").is_some())
}

fn meant(url: &str, servers: &[&str]) -> Option<Meant> {
    let below = |server: &&str| url.strip_prefix(server.trim_end_matches('/')).filter(|rest| rest.starts_with('/'));
    // Only the first server is asked by what says nothing else.
    if let Some(path) = servers.first().and_then(below) {
        return Some(Meant { path: path.to_owned(), server: None });
    }
    let (host, path) = apart(url)?;
    let is_served =
        servers.iter().filter_map(|server| apart(server)).any(|(other, _)| other.eq_ignore_ascii_case(host));
    (is_served && path.starts_with('/')).then(|| Meant { path: path.to_owned(), server: Some(host.to_owned()) })
}

/// Scheme and host of a URL, and its path.
fn apart(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let is_scheme = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let end = scheme.len() + "://".len() + rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = url.split_at_checked(end)?;
    (is_scheme && !host.contains('{')).then_some((host, path))
}
