//! Where the API is, with what stands in braces there: `x-ms-parameterized-host` has a template in place of `host`, whose
//! parameters are the variables of the server.

use crate::load::tree::{Map, Node, Value};
use crate::normalize::nodes::{made, map, text, text_of};
use crate::normalize::read::scalar_text;
use crate::pointer::unescape;

/// The member of the root that has a template of the host.
pub(super) const PARAMETERIZED: &str = "x-ms-parameterized-host";

/// Where the API is.
#[derive(Clone, Debug, Default)]
pub(super) struct Host {
    /// `api.example.com:8080`, or `{account}.example.com`.
    pub(super) host: Option<String>,
    /// `/v1`, or nothing.
    pub(super) path: String,
    /// Whether the host begins with its scheme.
    pub(super) has_scheme: bool,
    /// What stands for what is in braces.
    pub(super) variables: Vec<(String, Node)>,
}

impl Host {
    /// The server at `host` and `path`, or what the template says that `said`, the root, has.
    pub(super) fn said(said: &Map, host: Option<String>, path: String) -> Self {
        let own = said.get(PARAMETERIZED).and_then(|entry| entry.node.as_map());
        let template = own.and_then(|own| text_of(own, "hostTemplate")).map(str::trim).unwrap_or_default();
        let host = host.filter(|host| !host.trim().is_empty());
        let Some(own) = own.filter(|_| !template.is_empty()) else {
            // Some write the scheme there.
            let has_scheme = host.as_ref().is_some_and(|host| host.contains("://"));
            return Self { host, path, has_scheme, variables: Vec::new() };
        };
        let is_prefixed = own.get("useSchemePrefix").and_then(|entry| entry.node.as_bool()).unwrap_or(true);
        let listed = own.get("parameters").and_then(|entry| entry.node.as_list()).unwrap_or_default();
        let variables = listed.iter().filter_map(|parameter| variable(parameter, said)).collect();
        Self {
            host: Some(template.trim_end_matches('/').to_owned()),
            path,
            has_scheme: !is_prefixed || template.contains("://"),
            variables,
        }
    }

    /// The server by a scheme.
    pub(super) fn server(&self, scheme: &str, like: &Node) -> Node {
        let Self { host, path, has_scheme, variables } = self;
        let Some(host) = host else { return map([("url", text(path, like))], like) };
        let url = if *has_scheme { format!("{host}{path}") } else { format!("{scheme}://{host}{path}") };
        let is_there = |name: &str| url.contains(&format!("{{{name}}}"));
        let used: Vec<_> = variables.iter().filter(|(name, _)| is_there(name)).cloned().collect();
        let variables = (!used.is_empty()).then(|| ("variables", map(used, like)));
        map([("url", text(url.as_str(), like))].into_iter().chain(variables), like)
    }
}

/// The variable that a parameter is, by its name. What has no default, which 3.0 wants, says that there must be something.
fn variable(parameter: &Node, root: &Map) -> Option<(String, Node)> {
    let mut said = parameter.as_map()?;
    if let Some(reference) = text_of(said, "$ref") {
        let name = unescape(reference.strip_prefix("#/parameters/")?);
        said = root.get("parameters")?.node.as_map()?.get(name.as_ref())?.node.as_map()?;
    }
    let name = text_of(said, "name")?;
    let default = said.get("default").and_then(|entry| scalar_text(&entry.node.value));
    let default = default.unwrap_or_else(|| format!("{{{name}}}"));
    let values = said.get("enum").and_then(|entry| entry.node.as_list()).unwrap_or_default();
    let values: Vec<_> = values.iter().filter_map(|value| Some(text(scalar_text(&value.value)?, value))).collect();
    let values = (!values.is_empty()).then(|| ("enum", made(Value::List(values), parameter)));
    let description = said.get("description").map(|entry| ("description", entry.node.clone()));
    let members = [("default", text(default, parameter))].into_iter().chain(values).chain(description);
    Some((name.to_owned(), map(members, parameter)))
}
