//! One value where the specification has a list.

use super::*;

#[test]
fn what_can_be_meant_otherwise_is_no_element() {
    for wrong in [
        "security: {key: true}",
        "servers: {production: {url: 'https://a.example'}}",
        "tags: {a: {description: All of a.}}",
        "components: {schemas: {A: {oneOf: {b: {type: string}}}}}",
        "components: {schemas: {A: {allOf: {}}}}",
        "components: {schemas: {A: {enum: {a: 1}}}}",
        "components: {schemas: {A: {properties: {a: {type: string, required: 'true'}}}}}",
        "components: {schemas: {A: {properties: {a: {type: string, required: Yes}}}}}",
    ] {
        let found = found(&described(&format!("  {{}}\n{wrong}\n")));
        assert!(!found.contains("N0129") && found.contains(" N010"), "{wrong}: {found}");
    }
}

#[test]
fn a_reference_to_a_list_stands_for_it() {
    let found = found(&described(
        "  /a: {get: {parameters: {$ref: '#/x-parameters'}, responses: {'204': {description: D}}}}
x-parameters: [{name: q, in: query, schema: {type: string}}]
",
    ));
    assert!(found.contains("R0111") && !found.contains("N0129"), "{found}");
}
