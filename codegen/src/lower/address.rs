//! Addresses: what is written as a path, taken apart into the path template, the query that some descriptions put into it,
//! and the fragment by which others tell operations of one address apart.

use super::causes::{Cause, Causes};
use crate::diag::{PATH_NOT_SPLIT, PATH_SPLIT};
use crate::ir::{Location, Parameter, Style};
use crate::pointer::Pointer;

/// Where an operation is.
#[derive(Debug)]
pub(super) struct Address<'a> {
    /// The path item.
    pub(super) place: &'a Pointer,
    /// The path template, without query and fragment.
    pub(super) path: &'a str,
    /// The pairs of the query.
    query: Vec<(&'a str, Value<'a>)>,
}

#[derive(Debug)]
enum Value<'a> {
    Text(&'a str),
    /// The variable in braces.
    Variable(&'a str),
}

impl<'a> Address<'a> {
    /// Takes `template` apart, the key of the path item at `place`. An error where a brace has no other, and where its query
    /// can't be said of parameters: a variable is a part of a value, or something is percent-encoded.
    pub(super) fn parse(template: &'a str, place: &'a Pointer, causes: &mut Causes) -> Result<Self, Cause> {
        let (before, fragment) = template.split_once('#').map_or((template, None), |(a, b)| (a, Some(b)));
        let (path, query) = before.split_once('?').map_or((before, None), |(a, b)| (a, Some(b)));
        if !braces_match(path) {
            let message = match query {
                None => format!("a brace of the path `{template}` has no other"),
                Some(_) => format!("the query of the path `{template}` begins between braces"),
            };
            return Err(causes.block(place, &PATH_NOT_SPLIT, message));
        }
        let pairs = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        let Some(query) = pairs.map(pair).collect::<Option<Vec<_>>>() else {
            let message = format!("the query of the path `{template}` is none of names and values");
            return Err(causes.block(place, &PATH_NOT_SPLIT, message));
        };
        if fragment.is_some() || !query.is_empty() {
            let sent = if query.is_empty() { "which is not sent" } else { "which each request has" };
            let what = if query.is_empty() { "a fragment" } else { "a query" };
            causes.remark(place, &PATH_SPLIT, format!("the path `{template}` has {what}, {sent}"));
        }
        Ok(Self { place, path, query })
    }

    /// The names in braces, those of the path first.
    pub(super) fn variables(&self) -> impl Iterator<Item = &'a str> {
        let of_path = self.path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
        let of_query = self.query.iter().filter_map(|(_, value)| match value {
            Value::Variable(name) => Some(*name),
            Value::Text(_) => None,
        });
        of_path.chain(of_query)
    }

    /// The pairs of the query that are the same in each request.
    pub(super) fn query(&self) -> Vec<(String, String)> {
        let fixed = self.query.iter().filter_map(|(name, value)| match value {
            Value::Text(text) => Some(((*name).to_owned(), (*text).to_owned())),
            Value::Variable(_) => None,
        });
        fixed.collect()
    }

    /// Whether a variable stands in the query alone, as the value of what is a query parameter already.
    pub(super) fn is_of_query(&self, variable: &str, parameters: &[Parameter]) -> bool {
        let is_query = |name: &str| {
            parameters.iter().any(|parameter| parameter.location == Location::Query && parameter.wire == name)
        };
        let mut places = self.query.iter().filter(|(_, value)| matches!(value, Value::Variable(of) if *of == variable));
        !self.in_path(variable) && places.all(|(name, _)| is_query(name))
    }

    /// Makes query parameters of the path parameters that stand in the query.
    pub(super) fn settle(&self, parameters: &mut Vec<Parameter>) {
        let drop_others = |name: &str, parameters: &mut Vec<Parameter>| {
            parameters.retain(|other| other.location != Location::Query || other.wire != name);
        };
        for (name, value) in &self.query {
            let Value::Variable(variable) = value else {
                drop_others(name, parameters);
                continue;
            };
            let of_path = |parameter: &Parameter| parameter.location == Location::Path && parameter.wire == *variable;
            let Some(parameter) = parameters.iter().find(|parameter| of_path(parameter)).cloned() else { continue };
            drop_others(name, parameters);
            let (location, style) = (Location::Query, Style::usual(Location::Query));
            parameters.push(Parameter { wire: (*name).to_owned(), location, style, ..parameter });
        }
        parameters.retain(|parameter| parameter.location != Location::Path || self.in_path(&parameter.wire));
    }

    fn in_path(&self, variable: &str) -> bool {
        self.path.contains(&format!("{{{variable}}}"))
    }
}

fn pair(text: &str) -> Option<(&str, Value<'_>)> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    let is_plain = |text: &str| !text.contains(['{', '}', '%', '+']);
    let variable = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).filter(|name| is_plain(name));
    match variable {
        _ if !is_plain(name) => None,
        Some(variable) => Some((name, Value::Variable(variable))),
        None => is_plain(value).then_some((name, Value::Text(value))),
    }
}

/// Whether each brace has its other, and none stands between two.
fn braces_match(path: &str) -> bool {
    let mut is_open = false;
    let fits = path.chars().filter(|letter| matches!(letter, '{' | '}')).all(|brace| {
        let fits = is_open == (brace == '}');
        is_open = brace == '{';
        fits
    });
    fits && !is_open
}
