//! What operations consume and produce: media types, as the description lists them.

use super::Converter;
use crate::load::tree::{Map, Node};
use crate::normalize::nodes::{map, text};
use crate::pointer::Pointer;

/// The media types of requests and answers.
#[derive(Clone, Debug, Default)]
pub(in crate::normalize) struct Media {
    consumes: Option<Vec<String>>,
    produces: Option<Vec<String>>,
}

/// What is meant when nothing is said.
const JSON: &str = "application/json";

impl Media {
    /// What `map` says itself.
    pub(in crate::normalize) fn said(map: &Map) -> Self {
        let list = |key: &str| {
            let list = map.get(key)?.node.as_list()?;
            let mut names: Vec<String> = Vec::new();
            for name in list.iter().filter_map(Node::as_text).filter(|name| !name.trim().is_empty()) {
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
            Some(names)
        };
        Self { consumes: list("consumes"), produces: list("produces") }
    }

    /// The same, and what `others` say where it says nothing.
    pub(in crate::normalize) fn or(self, others: &Self) -> Self {
        Self {
            consumes: self.consumes.or_else(|| others.consumes.clone()),
            produces: self.produces.or_else(|| others.produces.clone()),
        }
    }

    /// Whether `name` is listed as what is consumed.
    pub(in crate::normalize) fn consumes(&self, name: &str) -> bool {
        self.consumes.iter().flatten().any(|listed| listed == name)
    }

    /// Whether `name` is listed as what is produced.
    pub(in crate::normalize) fn produces(&self, name: &str) -> bool {
        self.produces.iter().flatten().any(|listed| listed == name)
    }

    /// The media types of the files that an operation with this list of its own answers; none where it answers anything else.
    pub(super) fn files(&self) -> &[String] {
        let produced = self.produces.as_deref().unwrap_or_default();
        if produced.iter().all(|name| is_file(name)) { produced } else { &[] }
    }

    /// The media types of a body.
    pub(super) fn of_bodies(&self) -> Vec<&str> {
        names(self.consumes.as_deref())
    }

    /// The media types of a form: of those that are consumed, the ones for forms.
    pub(super) fn of_forms(&self, has_files: bool) -> Vec<&str> {
        let fits = |name: &&str| is_multipart(name) || (!has_files && is(name, FORM));
        let forms: Vec<_> = self.consumes.iter().flatten().map(String::as_str).filter(fits).collect();
        match (forms.is_empty(), has_files) {
            (false, _) => forms,
            (true, true) => vec![MULTIPART],
            (true, false) => vec![FORM],
        }
    }

    /// The media types of an answer.
    pub(super) fn of_answers(&self, is_file: bool) -> Vec<&str> {
        let names = names(self.produces.as_deref());
        if !is_file {
            return names;
        }
        // A file is no JSON, whatever else the operation answers.
        let files: Vec<_> = names.into_iter().filter(|name| !is(name, JSON)).collect();
        if files.is_empty() { vec!["application/octet-stream"] } else { files }
    }
}

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// Whether `name` is a media type of neither text nor anything that is told in text.
fn is_file(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let told = ["text", "json", "xml", "yaml", "form", "html", "script", "*"];
    !told.iter().any(|word| name.contains(word))
}

/// Whether `name` is a media type of parts.
fn is_multipart(name: &str) -> bool {
    is(name, MULTIPART)
}

fn is(name: &str, what: &str) -> bool {
    name.split(';').next().is_some_and(|name| name.trim().eq_ignore_ascii_case(what))
}

fn names(list: Option<&[String]>) -> Vec<&str> {
    match list {
        None | Some([]) => vec![JSON],
        Some(names) => names.iter().map(String::as_str).collect(),
    }
}

impl Converter<'_> {
    /// The `content` at `place`: `schema`, which was written at `was`, as each of the media types. It
    /// stands at the first one, where `others` may say more, and the others refer to it.
    pub(super) fn content(
        &mut self,
        names: &[&str],
        mut schema: Node,
        was: Pointer,
        place: &Pointer,
        others: impl Fn(&str) -> Option<(&'static str, Node)>,
    ) -> Node {
        let Some((first, _)) = names.split_first() else { return map::<String>([], &schema) };
        let stands = place.child(first).child("schema");
        self.moved.note(was, stands.clone());
        self.schema(&mut schema, &stands);
        let is_reference = schema.get("$ref").is_some();
        let like = schema.clone();
        let link = || match is_reference {
            true => like.clone(),
            false => map([("$ref", text(stands.told_from(&stands, ""), &like))], &like),
        };
        let mut written = Some(schema);
        let media_types = names.iter().map(|name| {
            let schema = written.take().unwrap_or_else(link);
            (*name, map([("schema", schema)].into_iter().chain(others(name)), &like))
        });
        map(media_types.collect::<Vec<_>>(), &like)
    }
}
