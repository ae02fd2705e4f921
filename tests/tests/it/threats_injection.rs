//! Texts that would break out of where they are put: rows 2, 3 and 4 of the threats. Each text and each key of a
//! description in turn is replaced by one that would end a literal, a comment or a template's place; what comes out is
//! looked at as tokens.

use clientwright::emit::Files;
use clientwright::model::Delivery;
use clientwright_tests::generate;
use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;

/// Each begins with a letter of its own, so that a name that is made of it is no sign of a break.
const PAYLOADS: &[&str] = &[
    "x\"); injected(); (\"# */ injected() `injected` {injected} ${injected} {{ injected }}",
    "x\r\ninjected!();\n//! \0'injected",
];

const DESCRIPTION: &str = r##"
openapi: 3.0.3
info: { title: Pets, version: "1", description: All pets. }
servers: [{ url: "https://example.com/v1", description: Here. }]
tags: [{ name: pets, description: Tagged., externalDocs: { url: "https://example.com/tag" } }]
security: [{ key: [] }]
paths:
  "/pets/{id}":
    get:
      tags: [pets]
      operationId: getPet
      summary: Gets.
      description: Gets a pet.
      externalDocs: { url: "https://example.com/get", description: More. }
      parameters:
        - { name: id, in: path, required: true, description: Which., schema: { type: string } }
        - { name: page, in: query, description: Page., schema: { type: integer, default: 1 } }
        - { name: X-Kind, in: header, schema: { $ref: "#/components/schemas/Kind" } }
      responses:
        "200":
          description: Fine.
          content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
        default:
          description: Not.
          content: { application/json: { schema: { type: object, properties: { message: { type: string } } } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key, description: Secret. }
    query: { type: apiKey, in: query, name: key }
  schemas:
    Kind: { type: string, enum: [cat, dog], description: Kinds. }
    Pet:
      title: Pet
      type: object
      required: [name]
      properties:
        name: { type: string, format: odd, pattern: "^a$", default: b, example: c, description: Name. }
        kind: { $ref: "#/components/schemas/Kind" }
        items: { type: array, items: { $ref: "#/components/schemas/Pet" } }
        food: { oneOf: [{ type: string }, { type: object, properties: { tin: { type: boolean } } }] }
      x-anything: { a: b }
"##;

/// Every place of a text or key: the path to it, and whether it is the key.
fn places(value: &Value, at: &mut Vec<String>, found: &mut Vec<(Vec<String>, bool)>) {
    match value {
        Value::String(_) => found.push((at.clone(), false)),
        Value::Object(members) => {
            for (key, value) in members {
                at.push(key.clone());
                found.push((at.clone(), true));
                places(value, at, found);
                at.pop();
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                at.push(index.to_string());
                places(value, at, found);
                at.pop();
            }
        }
        _ => {}
    }
}

fn replaced(mut whole: Value, at: &[String], key: bool, payload: &str) -> Value {
    let (last, way) = at.split_last().unwrap();
    let mut value = &mut whole;
    for step in way {
        value = match value {
            Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
            other => &mut other[step.as_str()],
        };
    }
    match value {
        Value::Object(members) if key => {
            let moved = members.remove(last).unwrap();
            // What must begin with a slash still does, so that it is not refused for that alone.
            let slash = if last.starts_with('/') { "/{id}/" } else { "" };
            members.insert(format!("{slash}{payload}"), moved);
        }
        Value::Array(items) => items[last.parse::<usize>().unwrap()] = payload.into(),
        other => other[last.as_str()] = payload.into(),
    }
    whole
}

/// The identifiers that no name of ours begins with.
fn injected(tokens: TokenStream) -> Option<String> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) => Some(ident.to_string()).filter(|ident| ident.starts_with("injected")),
        TokenTree::Group(group) => injected(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    })
}

fn check(files: &Files, what: &str) {
    for (path, text) in files.0.iter().filter(|(_, text)| text.contains("injected")) {
        if path.ends_with(".rs") {
            let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{what}: {path}: {error}\n{text}"));
            assert_eq!(injected(tokens), None, "{what}: {path}\n{text}");
        }
    }
    let manifest: toml::Table = files.0["Cargo.toml"].parse().unwrap_or_else(|error| panic!("{what}: {error}"));
    // Where the payload took away all operations, there is less.
    let added: Vec<String> = keys(&manifest).into_iter().filter(|key| !KEYS.contains(&key.as_str())).collect();
    assert_eq!(added, [""; 0], "{what}");
}

#[test]
fn no_text_and_no_key_becomes_code() {
    let whole: Value = serde_yaml::from_str(DESCRIPTION).unwrap();
    let mut found = Vec::new();
    places(&whole, &mut Vec::new(), &mut found);
    // Every text with each payload, every key with one of them in turn.
    let payloads = |index: usize, key: bool| {
        let first = index % PAYLOADS.len();
        if key { &PAYLOADS[first..=first] } else { PAYLOADS }
    };
    let mut tries = Vec::new();
    for (index, place) in found.iter().enumerate() {
        tries.extend(payloads(index, place.1).iter().map(|payload| (place, *payload)));
    }
    assert!(tries.len() > 200, "{}", tries.len());
    let (mut written, mut refused) = (0, 0);
    let half = tries.len() / 2;
    let results = std::thread::scope(|scope| {
        let halves = [&tries[..half], &tries[half..]];
        let threads = halves.map(|part| scope.spawn(|| part.iter().map(|part| one(&whole, part)).collect::<Vec<_>>()));
        threads.map(|thread| thread.join().unwrap()).concat()
    });
    for was_written in results {
        if was_written { written += 1 } else { refused += 1 }
    }
    assert!(written > 150 && refused > 2, "{written} written, {refused} refused");
}

/// Whether there was output, which is fine; if there was none, an error says where.
fn one(whole: &Value, (place, payload): &(&(Vec<String>, bool), &str)) -> bool {
    let (at, key) = place;
    let what = format!("{payload:?} as {} of {at:?}", if *key { "key" } else { "text" });
    let text = serde_json::to_string(&replaced(whole.clone(), at, *key, payload)).unwrap();
    let ran = generate::text(&text, Delivery::Crate);
    match &ran.made {
        Some((_, files)) => check(files, &what),
        None => assert!(!ran.errors.is_empty() && ran.findings.contains("api.yaml:1:"), "{what}: {}", ran.findings),
    }
    ran.made.is_some()
}

#[test]
fn an_extension_that_names_a_type_has_no_effect() {
    let plain = DESCRIPTION.replace("      x-anything: { a: b }\n", "");
    let odd = DESCRIPTION.replace("x-anything: { a: b }", "x-rust-type: \"int; fn injected(){}\"");
    let beside = plain.replace(
        "kind: { $ref: \"#/components/schemas/Kind\" }",
        "kind: { $ref: \"#/components/schemas/Kind\", x-rust-type: \"int; fn injected(){}\" }",
    );
    let expected = generate::text(&plain, Delivery::Crate);
    for text in [odd, beside] {
        assert_ne!(text, plain);
        assert_eq!(generate::text(&text, Delivery::Crate).files(), expected.files());
    }
}

/// Every key of the manifest, tables first.
const KEYS: &[&str] = &[
    "dependencies.bytes",
    "dependencies.futures-core",
    "dependencies.http",
    "dependencies.http-body",
    "dependencies.httpdate",
    "dependencies.percent-encoding",
    "dependencies.reqwest",
    "dependencies.serde",
    "dependencies.serde_json",
    "dependencies.tokio",
    "dependencies.tracing",
    "features.blocking",
    "features.default",
    "features.fake",
    "features.fs",
    "features.gzip",
    "features.native-tls",
    "features.reqwest",
    "features.rustls",
    "features.tracing",
    "package.description",
    "package.edition",
    "package.metadata",
    "package.name",
    "package.readme",
    "package.rust-version",
    "package.version",
    "target.cfg(all(target_arch = \"wasm32\", target_os = \"unknown\"))",
];

fn keys(manifest: &toml::Table) -> Vec<String> {
    let mut keys: Vec<_> = manifest
        .iter()
        .flat_map(|(table, value)| {
            value.as_table().unwrap().keys().map(move |key| format!("{table}.{key}")).collect::<Vec<_>>()
        })
        .collect();
    keys.sort();
    keys
}

#[test]
fn the_manifest_has_the_keys_that_were_meant() {
    let evil = "1.0.0\"\nbuild = \"b.rs\" # ''' \\u0022 {{ name }}";
    let text = DESCRIPTION.replace("title: Pets, version: \"1\"", &format!("title: {evil:?}, version: {evil:?}"));
    let ran = generate::text(&text, Delivery::Crate);
    let manifest: toml::Table = ran.files().0["Cargo.toml"].parse().unwrap();
    assert_eq!(keys(&manifest), KEYS);
    let one_line = evil.replace('\n', " ");
    assert_eq!(manifest["package"]["description"].as_str(), Some(format!("A client of {one_line}").as_str()));
    assert_eq!(manifest["package"]["version"].as_str(), Some("0.1.0"));

    let (folder, _) = generate::place(&text);
    let settings = "spec = \"api.yaml\"\nout = \"client\"\n[package]\nname = \"a-b\"\nlicense = \"MIT\"\ndescription = '''q \" \\ ' # {{ x }}'''\n";
    std::fs::write(folder.path().join("clientwright.toml"), settings).unwrap();
    let ran = generate::folder(folder.path());
    let manifest: toml::Table = ran.files().0["Cargo.toml"].parse().unwrap();
    assert_eq!(manifest["package"]["description"].as_str(), Some("q \" \\ ' # {{ x }}"));
    assert_eq!((keys(&manifest).len(), manifest["package"]["license"].as_str()), (KEYS.len() + 1, Some("MIT")));
}
