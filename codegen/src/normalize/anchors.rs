//! Names of schemas beside pointers: `$anchor`, `$id` and `$dynamicAnchor` (JSON Schema 2020-12, section 8.2). References to
//! them in the root document are told as pointers before anything is read, so that nothing else knows of them; those in other
//! files and into them, when they are followed ([`Anchors`]). `$dynamicRef`, and `$recursiveRef` before it (JSON Schema 2019-09, section
//! 8.2.4.2), are read as a `$ref`, which is what they mean where nothing overrides them.

use std::collections::HashMap;
use std::sync::Arc;

use super::version::Version;
use crate::diag::{DYNAMIC_REFERENCE, Diagnostic, Diagnostics, Place};
use crate::load::tree::{Map, Node, Value};
use crate::load::{Document, Parts};
use crate::pointer::Pointer;

/// The keywords of dynamic references.
const DYNAMIC: [&str; 2] = ["$dynamicRef", RECURSIVE];

/// The one that leads to the next schema around it with a `$recursiveAnchor`.
const RECURSIVE: &str = "$recursiveRef";

/// Members that hold data: what looks like a schema in them is none.
const DATA: [&str; 6] = ["example", "examples", "default", "const", "enum", "value"];

/// Members whose own members have names that the description chooses.
const NAMED: [&str; 7] =
    ["properties", "patternProperties", "$defs", "schemas", "dependentSchemas", "dependencies", "definitions"];

/// Tells the references of `document` to anchors and identifiers as pointers.
pub(super) fn resolve(version: Version, document: &mut Document, diagnostics: &mut Diagnostics) {
    if version < Version::V3_1 || document.root.get("$self").is_none() && !has_names(&document.root) {
        return;
    }
    let own = document.root.get("$self").and_then(Node::as_text).unwrap_or_default();
    let root = Within { base: own.to_owned(), resource: Pointer::root(), recursive: None };
    let mut names = Names::default();
    names.ids.insert(own.to_owned(), Pointer::root());
    walk(&document.root, &Pointer::root(), &root, false, &mut |map, place, within| names.add(map, place, within));
    let mut told: HashMap<Pointer, Option<String>> = HashMap::new();
    walk(&document.root, &Pointer::root(), &root, false, &mut |map, place, within| {
        let dynamic = dynamic(map);
        let pointer = match dynamic {
            Some(RECURSIVE) => within.recursive.clone(),
            key => text(map, key.unwrap_or("$ref")).and_then(|reference| names.target(reference, within, document)),
        };
        let pointer = pointer.map(|pointer| pointer.told_from(place, &document.name));
        if dynamic.is_some() || pointer.is_some() {
            told.insert(place.clone(), pointer);
        }
        if let Some(key) = dynamic {
            let message = format!("`{key}` is read as `$ref`");
            // Where it is found once it is told.
            let at = Place::key(&place.child("$ref"));
            diagnostics.push(Diagnostic::new(&DYNAMIC_REFERENCE, message).at(at));
        }
    });
    if !told.is_empty() {
        tell(Arc::make_mut(&mut document.root), &Pointer::root(), &told);
    }
}

/// Names of schemas in other files, by file: looked for when the first reference asks for one. What a mapping names in the root
/// document is looked for here too.
#[derive(Default)]
pub(super) struct Anchors(HashMap<Option<String>, HashMap<String, Pointer>>);

impl Anchors {
    /// Where a reference by name leads that is in another file, or leads into one.
    pub(super) fn target(
        &mut self,
        place: &Pointer,
        reference: &str,
        document: &mut Document,
        parts: &mut Parts<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Pointer> {
        let is_elsewhere = place.file().is_some() || !reference.starts_with('#');
        is_elsewhere.then(|| self.named(place, reference, document, parts, diagnostics))?
    }

    /// The same for what may lead into the root document from there.
    pub(super) fn named(
        &mut self,
        place: &Pointer,
        reference: &str,
        document: &mut Document,
        parts: &mut Parts<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Pointer> {
        let (path, name) = reference.split_once('#').filter(|(_, name)| !name.is_empty() && !name.starts_with('/'))?;
        let whole = place.target(&format!("{path}#"), &document.name)?;
        let file = whole.file();
        if let Some(file) = &file {
            parts.open(document, file, diagnostics).ok()?;
        }
        let names = self.0.entry(file).or_insert_with(|| {
            let mut names = HashMap::new();
            let within = Within { base: String::new(), resource: whole.clone(), recursive: None };
            if let Some(root) = document.find(&whole) {
                walk(root, &whole, &within, false, &mut |map, place, _| {
                    for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(|key| text(map, key)) {
                        names.entry(name.to_owned()).or_insert_with(|| place.clone());
                    }
                });
            }
            names
        });
        names.get(name).cloned()
    }
}

/// Whether there is anything to tell: most descriptions have none of it.
fn has_names(node: &Node) -> bool {
    match &node.value {
        Value::Map(map) => map.iter().any(|(key, entry)| {
            matches!(key, "$anchor" | "$dynamicAnchor" | "$dynamicRef" | RECURSIVE | "$id") || has_names(&entry.node)
        }),
        Value::List(list) => list.iter().any(has_names),
        _ => false,
    }
}

/// What surrounds a schema.
#[derive(Clone)]
struct Within {
    /// The address that references are relative to.
    base: String,
    /// The schema with that address, or the document.
    resource: Pointer,
    /// The next schema with a `$recursiveAnchor`.
    recursive: Option<Pointer>,
}

/// The names in a document.
#[derive(Default)]
struct Names {
    /// Schemas by their addresses.
    ids: HashMap<String, Pointer>,
    /// Schemas by the addresses around them and their names.
    anchors: HashMap<(String, String), Pointer>,
}

impl Names {
    fn add(&mut self, map: &Map, place: &Pointer, within: &Within) {
        if text(map, "$id").is_some() {
            self.ids.entry(within.base.clone()).or_insert_with(|| place.clone());
        }
        for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(|key| text(map, key)) {
            self.anchors.entry((within.base.clone(), name.to_owned())).or_insert_with(|| place.clone());
        }
    }

    /// Where a reference leads that is no pointer in the document, or one in a schema with an address of its own.
    fn target(&self, reference: &str, within: &Within, document: &Document) -> Option<Pointer> {
        let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let address = if address.is_empty() { within.base.clone() } else { join(&within.base, address) };
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self.anchors.get(&(address, fragment.to_owned())).cloned();
        }
        let resource = if reference.starts_with('#') { &within.resource } else { self.ids.get(&address)? };
        if resource.is_root() && reference.starts_with('#') {
            return None;
        }
        let inside = Pointer::root().target(&format!("#{fragment}"), &document.name)?;
        let target = inside.tokens().fold(resource.clone(), |place, token| place.child(&token));
        document.find(&target).map(|_| target)
    }
}

/// The keyword by which a schema is a dynamic reference, if it is that and no other.
fn dynamic(map: &Map) -> Option<&'static str> {
    let is_here = |key: &&str| text(map, key).is_some();
    DYNAMIC.into_iter().find(is_here).filter(|_| !map.contains_key("$ref"))
}

fn text<'a>(map: &'a Map, key: &str) -> Option<&'a str> {
    map.get(key)?.node.as_text()
}

/// An address relative to another one (RFC 3986, section 5.2).
fn join(base: &str, reference: &str) -> String {
    let has_scheme = reference.split('/').next().is_some_and(|first| first.contains(':'));
    if has_scheme {
        return reference.to_owned();
    }
    let host = base.find("://").map_or(0, |at| at + 3);
    // Behind an authority every path begins with a slash.
    let root = match host {
        0 => 0,
        host => base.get(host..).and_then(|rest| rest.find('/')).map_or(base.len(), |at| host + at),
    };
    let kept = match reference.strip_prefix('/') {
        Some(_) => root,
        None => base.rfind('/').filter(|at| *at >= root).map_or(root, |at| at + 1),
    };
    let (authority, path) = base.get(..kept).unwrap_or_default().split_at_checked(root).unwrap_or_default();
    let slash = if root > 0 && path.is_empty() && !reference.starts_with('/') { "/" } else { "" };
    without_dots(authority, &format!("{path}{slash}{reference}"))
}

/// The path behind an authority without `.` and `..` (section 5.2.4); what leads out of a path that has no authority stays.
fn without_dots(authority: &str, path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let count = path.split('/').count();
    for (index, segment) in path.split('/').enumerate() {
        let is_last = index + 1 == count;
        match segment {
            "." => kept.extend(is_last.then_some("")),
            ".." if kept.last().is_some_and(|last| !matches!(*last, "" | "..")) => {
                kept.pop();
                kept.extend(is_last.then_some(""));
            }
            ".." if kept.is_empty() || kept.last() == Some(&"..") => kept.push(segment),
            ".." => {}
            segment => kept.push(segment),
        }
    }
    format!("{authority}{}", kept.join("/"))
}

/// Shows every mapping that may be a schema, with its place and what surrounds it.
fn walk(node: &Node, place: &Pointer, within: &Within, named: bool, see: &mut dyn FnMut(&Map, &Pointer, &Within)) {
    match &node.value {
        Value::Map(map) => {
            let mut inner = within.clone();
            if !named {
                if let Some(id) = text(map, "$id") {
                    let address = id.split('#').next().unwrap_or_default();
                    inner = Within { base: join(&within.base, address), resource: place.clone(), recursive: None };
                }
                if map.get("$recursiveAnchor").and_then(|entry| entry.node.as_bool()) == Some(true) {
                    inner.recursive = Some(place.clone());
                }
                see(map, place, &inner);
            }
            for (key, entry) in &**map {
                if named || !(DATA.contains(&key) || key.starts_with("x-")) {
                    let names = !named && NAMED.contains(&key);
                    walk(&entry.node, &place.child(key), &inner, names, see);
                }
            }
        }
        Value::List(list) => {
            for (index, item) in list.iter().enumerate() {
                walk(item, &place.item(index), within, false, see);
            }
        }
        _ => {}
    }
}

/// Writes what references are told as.
fn tell(node: &mut Node, place: &Pointer, told: &HashMap<Pointer, Option<String>>) {
    match &mut node.value {
        Value::Map(map) => {
            if let Some(pointer) = told.get(place) {
                let dynamic = dynamic(map).and_then(|key| map.shift_remove(key));
                if let Some(dynamic) = dynamic {
                    map.insert("$ref".to_owned(), dynamic);
                }
                if let Some((entry, pointer)) = map.get_mut("$ref").zip(pointer.clone()) {
                    entry.node.value = Value::Text(pointer);
                }
            }
            for (key, entry) in map.iter_mut() {
                if matches!(entry.node.value, Value::Map(_) | Value::List(_)) {
                    tell(&mut entry.node, &place.child(key), told);
                }
            }
        }
        Value::List(list) => {
            for (index, item) in list.iter_mut().enumerate() {
                tell(item, &place.item(index), told);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::join;
    use crate::ir::dump::dump;
    use crate::lower::lower;
    use crate::normalize::testing::{lines, normalize_text};

    /// The types of these schemas, and what was found.
    fn read(schemas: &str) -> String {
        let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n{schemas}\n");
        let mut diagnostics = crate::diag::Diagnostics::default();
        let spec = normalize_text(&text, &mut diagnostics).unwrap();
        let api = dump(&lower(&spec, &mut diagnostics).api);
        api.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>() + &lines(&diagnostics)
    }

    #[test]
    fn anchors_are_places() {
        insta::assert_snapshot!(read(r"
    A: {type: object, properties: {b: {$ref: '#b'}, c: {$ref: '#inner'}, example: {$ref: '#b'}, d: {$ref: '#none'}}, example: {$ref: '#b'}}
    B: {$anchor: b, type: string}
    C: {type: object, properties: {x: {$anchor: inner, type: integer}}}
"), @r"
    type A <- component A: struct
      b: B
      c: I64
      d: any
      example: B
    type B <- component B: = String
    type C <- component C: struct
      x: I64
    warning R0102 #/components/schemas/A/properties/d/$ref: `#none` is not a JSON pointer, and no schema here has `$anchor: none`; this is read as any value
        write it as `#/components/schemas/Name`
    ");
    }

    #[test]
    fn identifiers_are_places() {
        insta::assert_snapshot!(read(r"
    A: {$id: 'https://a.example/schemas/a', type: object, properties: {b: {$ref: 'b'}, c: {$ref: 'https://a.example/schemas/b#/$defs/c'}, d: {$ref: '/schemas/b#d'}, e: {$ref: '#/components/schemas/E'}}}
    B: {$id: 'https://a.example/schemas/b', type: object, properties: {c: {$ref: '#/$defs/c'}, self: {$ref: '#'}}, $defs: {c: {type: integer}, d: {$anchor: d, type: boolean}}}
    E: {type: string}
    F: {type: object, properties: {a: {$ref: 'https://a.example/schemas/a'}, n: {$ref: 'https://a.example/schemas/none'}}}
"), @r"
    type A <- component A: struct
      b: B
      c: I64
      d: Boolean
      e: E
    type B <- component B: struct
      c: I64
      self: B
    type E <- component E: = String
    type F <- component F: struct
      a: A
      n: any
    warning R0106 #/components/schemas/F/properties/n/$ref: `$ref` to `https://a.example/schemas/none` is not fetched; this is read as any value
    ");
    }

    #[test]
    fn dynamic_references_are_references() {
        insta::assert_snapshot!(read(r"
    Tree: {$dynamicAnchor: node, type: object, properties: {children: {type: array, items: {$dynamicRef: '#node'}}, other: {$dynamicRef: '#/components/schemas/Other', description: D}, lost: {$dynamicRef: '#lost'}}}
    Other: {type: string}
"), @r#"
    type Other <- component Other: = String
    type Tree <- component Tree: struct
      children: [Tree]
      lost: any
      other: Other "D"
    note N0121 #/components/schemas/Tree/properties/children/items/$ref (key): `$dynamicRef` is read as `$ref`
    note N0121 #/components/schemas/Tree/properties/other/$ref (key): `$dynamicRef` is read as `$ref`
    note N0121 #/components/schemas/Tree/properties/lost/$ref (key): `$dynamicRef` is read as `$ref`
    warning R0102 #/components/schemas/Tree/properties/lost/$ref: `#lost` is not a JSON pointer, and no schema here has `$anchor: lost`; this is read as any value
        write it as `#/components/schemas/Name`
    "#);
    }

    #[test]
    fn recursive_references_lead_to_the_next_anchor_around_them() {
        insta::assert_snapshot!(read(r"
    And: {$recursiveAnchor: true, type: object, properties: {filters: {type: array, items: {$recursiveRef: '#'}}}}
    Lost: {type: object, properties: {a: {$recursiveRef: '#'}}}
"), @"
    type And <- component And: struct
      filters: [And]
    type Lost <- component Lost: struct
      a: any
    note N0121 #/components/schemas/And/properties/filters/items/$ref (key): `$recursiveRef` is read as `$ref`
    note N0121 #/components/schemas/Lost/properties/a/$ref (key): `$recursiveRef` is read as `$ref`
    warning R0103 #/components/schemas/Lost/properties/a/$ref: `$ref` must point to a schema, and `#` is a description; this is read as any value
    ");
    }

    #[test]
    fn addresses_are_relative() {
        for (base, reference, expected) in [
            ("https://a.example/x/y", "z", "https://a.example/x/z"),
            ("https://a.example/x/y", "./z", "https://a.example/x/z"),
            ("https://a.example/x/y", "/z", "https://a.example/z"),
            ("https://a.example", "/z", "https://a.example/z"),
            ("https://a.example/x/y", "urn:z", "urn:z"),
            ("", "z", "z"),
            ("y", "z", "z"),
            ("https://a.example/x/y", "../z", "https://a.example/z"),
            ("https://a.example/x/y/", "../../../z", "https://a.example/z"),
            ("https://a.example/x/y", "..", "https://a.example/"),
            ("https://a.example/x/y", ".", "https://a.example/x/"),
            ("https://a.example", "z", "https://a.example/z"),
            ("x/y", "../z", "z"),
            ("y", "../z", "../z"),
            ("", "../../z", "../../z"),
        ] {
            assert_eq!(join(base, reference), expected, "{base} {reference}");
        }
    }
}
