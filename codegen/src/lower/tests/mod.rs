//! One description a construct: what the model says of it, what was found, and what was left out.

mod alike;
mod answers;
mod branches;
mod composition;
mod credentials;
mod discriminators;
mod objects;
mod operations;
mod parameters;
mod paths;
mod presets;
mod references;
mod schemas;
mod sequences;
mod singles;
mod slips;
mod swagger_2;
mod tried;
mod unions;
mod values;
mod versions;
mod webhooks;
mod widened;

use super::{Lowered, lower};
use crate::diag::Diagnostics;
use crate::ir::dump::dump;
use crate::normalize::testing::{lines, normalize_text};

fn lowered(text: &str) -> (Lowered, String) {
    let mut diagnostics = Diagnostics::default();
    let spec = normalize_text(text, &mut diagnostics);
    let spec = spec.unwrap_or_else(|| panic!("{}", lines(&diagnostics)));
    let lowered = lower(&spec, &mut diagnostics);
    (lowered, lines(&diagnostics))
}

/// The model in lines, without its first line; then what was left out, then what was found.
fn shown(text: &str) -> String {
    let (Lowered { api, left_out, .. }, found) = lowered(text);
    let mut out: String = dump(&api).lines().skip(1).map(|line| format!("{line}\n")).collect();
    for one in left_out {
        let kind = if one.operation { "left out" } else { "without" };
        out.push_str(&format!("{kind} {} {}: {}\n", one.code.id, one.pointer, one.what));
    }
    out + &found
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";

/// As [`schemas`], in a description of this version.
fn schemas_of(version: &str, schemas: &str) -> String {
    let response = "{description: D, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}";
    let paths = format!("paths: {{/a: {{get: {{responses: {{'200': {response}}}}}}}}}");
    let head = HEAD.replace("3.0.3", version);
    let shown = shown(&format!("{head}{paths}\ncomponents:\n  schemas:\n{schemas}\n"));
    shown.replace("GET /a (-)\n  -> application/json: A\n", "")
}

/// A description with one operation, `GET /a`, that answers with the first of these component schemas, `A`.
fn schemas(schemas: &str) -> String {
    schemas_of("3.0.3", schemas)
}

/// A description with one operation, `POST /a/{p}`, in flow style.
fn operation(operation: &str) -> String {
    let path = "parameters: [{name: p, in: path, required: true, schema: {type: string}}]";
    shown(&format!("{HEAD}paths: {{'/a/{{p}}': {{{path}, post: {operation}}}}}\n"))
}

const OK: &str = "responses: {'204': {description: D}}";

#[test]
fn the_order_of_the_description_changes_nothing() {
    let one = r"
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /b: {get: {responses: {'204': {description: D}}}}
  /a: {get: {responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}, default: {description: D}}}}
components:
  schemas:
    A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}, a: {type: object, properties: {y: {}, x: {}}}}}
    B: {type: string, enum: [x]}
";
    let other = r"
components:
  schemas:
    B: {enum: [x], type: string}
    A: {properties: {a: {properties: {x: {}, y: {}}, type: object}, b: {$ref: '#/components/schemas/B'}}, type: object}
paths:
  /a: {get: {responses: {default: {description: D}, '200': {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}, description: D}}}}
  /b: {get: {responses: {'204': {description: D}}}}
info: {version: '1', title: T}
openapi: 3.0.3
";
    assert_eq!(shown(one), shown(other));
}

#[test]
fn many_types_are_lowered_on_a_small_stack() {
    let chain: String = (0..5_000)
        .map(|i| {
            format!("    S{i}: {{type: object, properties: {{n: {{$ref: '#/components/schemas/S{}'}}}}}}\n", i + 1)
        })
        .collect();
    let text = format!("    A: {{$ref: '#/components/schemas/S0'}}\n{chain}    S5000: {{type: string}}");
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(move || schemas(&text).lines().count());
    assert!(matches!(thread.map(|thread| thread.join()), Ok(Ok(10_002))));
}
