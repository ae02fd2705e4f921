//! Grafts: a `$ref` in place of what the specification has no reference objects for, such as a media type, a mapping of media
//! types or all paths, is followed as other tools do, and what it leads to is put in its place in the tree. References in what
//! was put elsewhere are told anew from there. Objects that the canonical form collects under their own pointers are never
//! copied: references to those stay what they are.

use super::grammar::{Keys, Member, Patterned, Section, Shape};
use super::mappings::is_reference;
use super::nodes::made;
use super::read::Reader;
use super::references::{CHAIN, target_of};
use super::single;
use super::slips;
use super::version::Versions;
use crate::diag::{
    Diagnostic, Diagnostics, Place, REFERENCE_FOLLOWED, REFERENCE_LOOP, REFERENCE_NOT_ALLOWED, REFERENCE_SIBLINGS,
};
use crate::load::tree::{Map, Node, Value};
use crate::load::{Document, Parts, count};
use crate::pointer::Pointer;
use crate::source::Span;

/// How many values may be put in other places in one description: a few lines can ask for any number.
const MOST: usize = 1 << 20;

/// How many grafts may stand inside one another.
const NESTING: usize = 16;

/// A `$ref` to follow, or one value that is meant as a list.
struct Site {
    place: Pointer,
    /// What the `$ref` says.
    text: Option<String>,
    shape: Shape,
    /// What the grafts that it stands in led to.
    within: Vec<Pointer>,
}

/// Follows the references of one description, with what is left of [`MOST`].
#[derive(Debug)]
pub(super) struct Grafts {
    left: usize,
}

impl Grafts {
    pub(super) fn new() -> Self {
        Self { left: MOST }
    }

    /// Follows the references in what stands at `place`, which is to be of `shape`.
    pub(super) fn graft(
        &mut self,
        place: &Pointer,
        shape: &Shape,
        document: &mut Document,
        parts: &mut Parts<'_>,
        reader: &mut Reader,
    ) {
        if slips::mend(place, shape, document, &reader.versions, &mut reader.diagnostics) {
            reader.moves(document);
        }
        let mut waiting = Vec::new();
        if let Some(node) = document.find(place) {
            sites(node, shape, place, &[], &reader.versions, &mut waiting);
        }
        waiting.reverse();
        while let Some(site) = waiting.pop() {
            match self.follow(&site, document, parts, reader) {
                Ok((target, node)) => {
                    let within: Vec<_> = site.within.iter().cloned().chain(target).collect();
                    document.put(&site.place, node);
                    if slips::mend(&site.place, &site.shape, document, &reader.versions, &mut reader.diagnostics) {
                        reader.moves(document);
                    }
                    let mut inner = Vec::new();
                    if let Some(node) = document.find(&site.place) {
                        sites(node, &site.shape, &site.place, &within, &reader.versions, &mut inner);
                    }
                    inner.reverse();
                    waiting.extend(inner);
                }
                Err(found) => reader.diagnostics.push(*found),
            }
        }
    }

    /// What stands in the place of `site` then, and where that was, if it was elsewhere. What is beside a `$ref` has no effect.
    fn follow(
        &mut self,
        site: &Site,
        document: &mut Document,
        parts: &mut Parts<'_>,
        reader: &mut Reader,
    ) -> Result<(Option<Pointer>, Node), Box<Diagnostic>> {
        let Reader { versions, diagnostics, .. } = reader;
        let Site { place, text, shape, within } = site;
        let Some(text) = text else { return Ok((None, listed(place, document, diagnostics))) };
        let here = |document: &Document| {
            let pointer = place.child("$ref");
            Place { span: document.locate(&pointer, false), pointer: Some(pointer), key: false }
        };
        let mut target = target_of(place, text, document, parts, diagnostics)?;
        // A reference may lead to another one.
        for _ in 0..CHAIN {
            let node = document.find(&target).and_then(Node::as_map);
            let Some(onward) = node.and_then(|map| reference(map).map(str::to_owned)) else { break };
            target = target_of(&target, &onward, document, parts, diagnostics)?;
        }
        let found = document.find(&target);
        versions.learn(&target, document);
        // What is referred to is the one element of the list.
        if matches!(shape, Shape::List(_)) && found.is_some_and(|node| !matches!(node.value, Value::List(_))) {
            return Ok((None, listed(place, document, diagnostics)));
        }
        let is_end = found.and_then(Node::as_map).and_then(reference).is_none();
        if !is_end || place.is_within(&target) || within.contains(&target) {
            let message = format!("`$ref` to `{text}` leads to what it stands in, or to itself");
            let found = Diagnostic::new(&REFERENCE_LOOP, message).at(here(document));
            return Err(Box::new(found.help("give what holds itself a schema of its own, and refer to that")));
        }
        let size = found.map_or(0, count);
        let Some(mut node) = found.filter(|_| within.len() < NESTING && size <= self.left).cloned() else {
            let message = format!("with what `{text}` leads to, too much would be put in other places");
            return Err(Box::new(Diagnostic::new(&REFERENCE_NOT_ALLOWED, message).at(here(document))));
        };
        self.left -= size;
        let what = match shape {
            Shape::Object(kind) if kind.referable.is_some_and(|since| since <= versions.at(place, document)) => None,
            Shape::Object(kind) => Some(kind.name.to_owned()),
            other => Some(other.describe()),
        };
        if let Some(what) = what {
            let message = format!("the specification has no `$ref` for {what}; this one is followed");
            diagnostics.push(Diagnostic::new(&REFERENCE_FOLLOWED, message).at(here(document)));
        }
        for (key, entry) in document.find(place).and_then(Node::as_map).into_iter().flatten() {
            if key != "$ref" && !key.starts_with("x-") {
                let span = Span { file: entry.file, bytes: entry.key.clone() };
                let at = Place { pointer: Some(place.child(key)), key: true, span: Some(span) };
                diagnostics
                    .push(Diagnostic::new(&REFERENCE_SIBLINGS, format!("`{key}` beside `$ref` is ignored")).at(at));
            }
        }
        if target.file() != place.file() {
            tell_anew(&mut node, &target, place, &document.name);
        }
        Ok((Some(target), node))
    }
}

/// What stands at `place` as the one element of a list.
fn listed(place: &Pointer, document: &Document, diagnostics: &mut Diagnostics) -> Node {
    let Some(node) = document.find(place) else { return made(Value::List(Vec::new()), &document.root) };
    let (list, found) = single::listed(node, place);
    diagnostics.push(found);
    list
}

/// Finds the references in `node` that are to be followed, in the order of the tree.
fn sites(node: &Node, shape: &Shape, place: &Pointer, within: &[Pointer], versions: &Versions, found: &mut Vec<Site>) {
    let site = |text: Option<&str>| {
        let (place, within) = (place.clone(), within.to_vec());
        Site { place, text: text.map(str::to_owned), shape: *shape, within }
    };
    match (shape, &node.value) {
        (Shape::BooleanOr(inner), _) => sites(node, inner, place, within, versions, found),
        (Shape::Object(kind) | Shape::RefOr(kind), Value::Map(map)) => {
            if let Some(text) = reference(map) {
                let is_own = matches!(shape, Shape::RefOr(_)) || kind.section_of == Some(Section::Operations);
                found.extend((!is_own).then(|| site(Some(text))));
                return;
            }
            for (key, entry) in map.iter() {
                let is_known = |member: &&Member| member.since <= versions.of(node.file) || member.meant_before;
                let member = kind.member(key).filter(is_known);
                let inner = match (member, kind.patterned) {
                    (Some(member), _) => member.shape,
                    (None, Some(Patterned { shape, keys })) if keys == Keys::Any || !key.starts_with("x-") => shape,
                    _ => continue,
                };
                if is_nested(&entry.node, &inner) {
                    sites(&entry.node, &inner, &place.child(key), within, versions, found);
                }
            }
        }
        (Shape::Map(inner), Value::Map(map)) => {
            if is_site(map, inner) {
                found.push(site(reference(map)));
                return;
            }
            for (key, entry) in map.iter().filter(|(_, entry)| is_nested(&entry.node, inner)) {
                sites(&entry.node, inner, &place.child(key), within, versions, found);
            }
        }
        (Shape::List(inner), Value::Map(map)) if is_site(map, inner) => found.push(site(reference(map))),
        (Shape::List(inner), _) if single::is_single(node, inner) => found.push(site(None)),
        (Shape::List(inner), Value::List(list)) => {
            for (index, item) in list.iter().enumerate().filter(|(_, item)| is_nested(item, inner)) {
                sites(item, inner, &place.item(index), within, versions, found);
            }
        }
        _ => {}
    }
}

fn reference(map: &Map) -> Option<&str> {
    map.get("$ref")?.node.as_text()
}

/// Whether there may be something to follow in `node`, which is to be of `shape`.
fn is_nested(node: &Node, shape: &Shape) -> bool {
    matches!(node.value, Value::Map(_) | Value::List(_)) || matches!(shape, Shape::List(_))
}

/// Whether this is a `$ref` in place of a mapping or list of what `inner` says. In data, `$ref` is a name as any other.
pub(super) fn is_site(map: &Map, inner: &Shape) -> bool {
    matches!(inner, Shape::Object(_) | Shape::RefOr(_)) && reference(map).is_some()
}

/// Tells the references in `node`, which stood at `from`, as seen from `to`, in another file.
pub(super) fn tell_anew(node: &mut Node, from: &Pointer, to: &Pointer, name: &str) {
    match &mut node.value {
        Value::Map(map) => {
            for (key, entry) in map.iter_mut() {
                match &mut entry.node.value {
                    Value::Text(text) if key == "$ref" => {
                        if let Some(target) = from.target(text, name) {
                            *text = target.told_from(to, name);
                        }
                    }
                    _ => {
                        if key == "discriminator" {
                            tell_mapping(&mut entry.node, from, to, name);
                        }
                        tell_anew(&mut entry.node, from, to, name);
                    }
                }
            }
        }
        Value::List(list) => list.iter_mut().for_each(|item| tell_anew(item, from, to, name)),
        _ => {}
    }
}

/// The same of what a discriminator names by addresses.
fn tell_mapping(discriminator: &mut Node, from: &Pointer, to: &Pointer, name: &str) {
    let Value::Map(members) = &mut discriminator.value else { return };
    let tell = |node: &mut Node| {
        if let Value::Text(text) = &mut node.value
            && is_reference(text)
            && let Some(target) = from.target(text, name)
        {
            *text = target.told_from(to, name);
        }
    };
    for (key, entry) in members.iter_mut() {
        match &mut entry.node.value {
            Value::Map(mapping) if key == "mapping" => mapping.iter_mut().for_each(|(_, entry)| tell(&mut entry.node)),
            _ if key == "defaultMapping" => tell(&mut entry.node),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::diag::Diagnostics;
    use crate::filter::Filter;
    use crate::ir::dump::dump;
    use crate::load::{Limits, Parts, load};
    use crate::lower::lower;
    use crate::normalize::normalize;
    use crate::normalize::testing::lines;
    use crate::source::Sources;

    /// The API that files say, the first of them the root document, and what was found.
    fn read(files: &[(&str, &str)]) -> (String, String) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let root = folder.path().join(files[0].0);
        let (limits, mut sources, mut diagnostics) = (Limits::default(), Sources::default(), Diagnostics::default());
        let mut document = load(&root, &limits, &mut sources, &mut diagnostics).unwrap();
        let mut parts = Parts::new(&root, &[], &limits, &mut sources);
        let spec = normalize(&mut document, &mut parts, &Filter::default(), &mut diagnostics);
        let api = spec.map(|spec| dump(&lower(&spec, &mut diagnostics).api)).unwrap_or_default();
        (api, lines(&diagnostics))
    }

    const HEAD: &str = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.example'}]\n";

    /// What is found in a description with these paths and what is below `x-parts`.
    fn found(paths: &str, parts: &str) -> String {
        read(&[("api.yaml", &format!("{HEAD}paths: {paths}\nx-parts: {parts}\n"))]).1
    }

    #[test]
    fn what_is_in_other_files_is_as_if_it_stood_here() {
        let pet = "{type: object, required: [tag], properties: {tag: {$ref: '#/components/schemas/Tag'}}}";
        let whole = format!(
            "{HEAD}paths:
  /pets/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    get:
      responses:
        '200':
          description: fine
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}
components: {{schemas: {{Pet: {pet}, Tag: {{type: string, enum: [a, b]}}}}}}
"
        );
        let root = format!("{HEAD}paths: {{$ref: paths/all.yaml}}\ncomponents: {{$ref: './components.yaml'}}\n");
        let paths = "/pets/{id}:
  parameters: {$ref: '../common.yaml#/parameters'}
  get:
    responses: {$ref: 'pets.yaml#/responses'}
";
        let responses = "responses: {'200': {description: fine, content: {$ref: '#/content'}}}
content: {application/json: {$ref: '../common.yaml#/one%20pet'}}
";
        let common = "parameters: [{name: id, in: path, required: true, schema: {type: string}}]
one pet: {schema: {$ref: 'api.yaml#/components/schemas/Pet'}}
members: {tag: {$ref: 'api.yaml#/components/schemas/Tag'}}
";
        let components = "schemas: {$ref: 'schemas/all.yaml'}";
        let schemas = "Pet: {type: object, required: [tag], properties: {$ref: '../common.yaml#/members'}}
Tag: {type: string, enum: [a, b]}
";
        let (written, _) = read(&[("api.yaml", &whole)]);
        let (split, found) = read(&[
            ("api.yaml", &root),
            ("paths/all.yaml", paths),
            ("paths/pets.yaml", responses),
            ("common.yaml", common),
            ("components.yaml", components),
            ("schemas/all.yaml", schemas),
        ]);
        assert!(written.contains("Tag"), "{written}");
        assert_eq!(split, written);
        assert!(found.lines().all(|line| line.starts_with("note R0111")), "{found}");
    }

    #[test]
    fn mappings_are_told_anew_where_they_are_put() {
        let tag = "discriminator: {propertyName: t, mapping: {c: '#/x-cats/Cat', d: dog.yaml}, defaultMapping: '#/x-cats/Cat'}";
        let pet = format!("{{oneOf: [{{$ref: '#/x-cats/Cat'}}, {{$ref: dog.yaml}}], {tag}}}");
        let [cat, dog] = ["a", "b"]
            .map(|name| format!("type: object\nproperties: {{t: {{type: string}}, {name}: {{type: string}}}}\n"));
        let root = HEAD.replace("3.0.3", "3.2.0") + "paths: {}\ncomponents: {$ref: parts/parts.yaml}\n";
        let (api, found) = read(&[
            ("api.yaml", &root),
            ("parts/parts.yaml", &format!("schemas: {{Pet: {pet}}}\nx-cats: {{Cat: {{$ref: cat.yaml}}}}\n")),
            ("parts/cat.yaml", &cat),
            ("parts/dog.yaml", &dog),
        ]);
        insta::assert_snapshot!(api + &found, @"
        A 1 at https://a.example
        type Pet <- component Pet: union Object: parts/cat.yaml# | t=d: parts/dog.yaml# | t=dog: parts/dog.yaml#
        type parts/cat.yaml# <- component cat: struct
          a: String
          t: String
        type parts/dog.yaml# <- component dog: struct
          b: String
          t: String
        note R0111 #/components/$ref: the specification has no `$ref` for the components; this one is followed
        ");
    }

    #[test]
    fn what_holds_itself_ends() {
        let paths = "{/a: {get: {responses: {$ref: '#/x-parts/a'}}}}";
        insta::assert_snapshot!(found(paths, "{a: {$ref: '#/x-parts/b'}, b: {$ref: '#/x-parts/a'}}"), @r"
    warning R0104 #/paths/~1a/get/responses/$ref: `$ref` to `#/x-parts/a` leads to what it stands in, or to itself
        give what holds itself a schema of its own, and refer to that
        left out for this: GET /a
    ");
        let paths = "{/a: {get: {responses: {'200': {description: '', content: {$ref: '#/paths/~1a'}}}}}}";
        insta::assert_snapshot!(found(paths, "{}"), @r"
    warning R0104 #/paths/~1a/get/responses/200/content/$ref: `$ref` to `#/paths/~1a` leads to what it stands in, or to itself; this is read as bytes
        give what holds itself a schema of its own, and refer to that
    ");
        let body = "{a/b: {schema: {type: object, properties: {$ref: '#/x-parts/p'}}}}";
        let paths = format!("{{/a: {{get: {{responses: {{'200': {{description: '', content: {body}}}}}}}}}}}");
        insta::assert_snapshot!(found(&paths, "{p: {a: {properties: {$ref: '#/x-parts/p'}}}}"), @r"
    note R0111 #/paths/~1a/get/responses/200/content/a~1b/schema/properties/$ref: the specification has no `$ref` for a mapping; this one is followed
    note N0109 #/paths/~1a/get/responses/200/content/a~1b/schema/properties/a: a schema with `properties` and without `type` is read as `type: object`
        add `type: object`
    warning S0302 #/paths/~1a/get/responses/200/content: the answer is `a/b`; it is read as bytes
    warning R0104 #/paths/~1a/get/responses/200/content/a~1b/schema/properties/a/properties/$ref: `$ref` to `#/x-parts/p` leads to what it stands in, or to itself
        give what holds itself a schema of its own, and refer to that
    ");
        // Each holds the next one twice.
        let parts: Vec<_> = (0..64)
            .map(|n| format!("p{n}: {{a: {{properties: {{$ref: '#/x-parts/p{}'}}}}, b: {{properties: {{$ref: '#/x-parts/p{}'}}}}}}", n + 1, n + 1))
            .collect();
        let found = found(&paths.replace("/p'", "/p0'"), &format!("{{{}}}", parts.join(", ")));
        assert!(found.contains("R0108"), "{found}");
    }

    #[test]
    fn what_leads_nowhere_is_left_out_with_what_needs_it() {
        let paths = "{/a: {get: {responses: {'200': {description: '', content: {$ref: '#/x-parts/none'}}}}}}";
        insta::assert_snapshot!(found(paths, "{}"), @r"
    warning R0102 #/paths/~1a/get/responses/200/content/$ref: `$ref` points to nothing: there is no `#/x-parts/none`; this is read as bytes
    ");
        let paths = "{/a: {get: {responses: {'200': {description: '', content: {a/b: {$ref: '#/x-parts/list'}}}}}}}";
        insta::assert_snapshot!(found(paths, "{list: [1]}"), @r"
    note R0111 #/paths/~1a/get/responses/200/content/a~1b/$ref: the specification has no `$ref` for a media type; this one is followed
    warning N0103 #/paths/~1a/get/responses/200/content/a~1b: `a/b` must be a mapping, and is a list; this is read as bytes
    ");
    }
}
