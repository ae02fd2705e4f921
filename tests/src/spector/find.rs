//! Which operation of a description a call is.

use clientwright::ir::{Api, Operation, Server};
use percent_encoding::percent_decode_str;

/// An operation that a call is, and what the path says.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// The path before the operation's template: that of the server.
    pub base: String,
    /// What stands at each parameter of the template, decoded.
    pub path: Vec<(String, String)>,
}

/// The operation of `api` with `method` and a template that `path` fits; the one with the fewest parameters, of several.
pub fn find<'a>(api: &'a Api, method: &str, path: &str) -> Option<Found<'a>> {
    let bases = bases(api);
    let operations = api.operations.iter().filter(|operation| operation.method.as_str() == method);
    let found = operations.flat_map(|operation| {
        let of_base = |base: &String| {
            let rest = path.strip_prefix(base.as_str())?;
            // The path below a server's is never nothing.
            let rest = if rest.is_empty() { "/" } else { rest };
            Some(Found { operation, base: base.clone(), path: fit(&operation.template, rest)? })
        };
        bases.iter().filter_map(of_base).collect::<Vec<_>>()
    });
    found.min_by_key(|found| (found.path.len(), std::cmp::Reverse(found.base.len())))
}

/// The paths of the servers.
fn bases(api: &Api) -> Vec<String> {
    let mut bases: Vec<String> = api.servers.iter().flat_map(expanded).collect();
    bases.extend(api.server.as_ref().map(|server| path_of(&server.url)));
    bases.push(String::new());
    bases
}

/// The address with every value of its variables, from behind the first of them if it begins with one.
fn expanded(server: &Server) -> Vec<String> {
    let mut urls = vec![server.url.clone()];
    for (name, variable) in &server.variables {
        let written = format!("{{{name}}}");
        let values = match server.url.starts_with(&written) || variable.values.is_empty() {
            true => vec![variable.default.clone().unwrap_or_default()],
            false => variable.values.clone(),
        };
        urls = urls.iter().flat_map(|url| values.iter().map(|value| url.replace(&written, value))).collect();
    }
    urls.iter().map(|url| path_of(url)).collect()
}

fn path_of(url: &str) -> String {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default(),
        None => url,
    };
    path.trim_end_matches('/').to_owned()
}

/// What stands at each parameter of `template` in `path`.
pub fn fit(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let Some((before, rest)) = template.split_once('{') else {
        return (template == path).then(Vec::new);
    };
    let (name, after) = rest.split_once('}')?;
    let path = path.strip_prefix(before)?;
    // The longest first: what is left decides.
    let ends = (0..=path.len()).rev().filter(|end| path.is_char_boundary(*end));
    ends.filter_map(|end| {
        let mut values = fit(after, path.get(end..)?)?;
        let value = percent_decode_str(path.get(..end)?).decode_utf8_lossy().into_owned();
        values.insert(0, (name.to_owned(), value));
        Some(values)
    })
    .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_says_what_stands_where() {
        let of = |template, path| {
            fit(template, path).map(|values| values.into_iter().map(|(_, value)| value).collect::<Vec<_>>())
        };
        assert_eq!(of("/a", "/a"), Some(vec![]));
        assert_eq!(of("/a", "/b"), None);
        assert_eq!(of("/a/{b}", "/a/c%20d"), Some(vec!["c d".to_owned()]));
        assert_eq!(of("/a/x{b}/{c}", "/a/x.1,2/z"), Some(vec![".1,2".to_owned(), "z".to_owned()]));
    }
}
