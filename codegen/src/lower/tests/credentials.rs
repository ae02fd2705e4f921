//! Parameters that security schemes speak of as well.

use super::{HEAD, shown};

/// The parameters and the requirements of `GET /a`, with schemes `key` and `token` in the query and `app` in a header, and the
/// codes of what was found.
fn called(root: &str, own: &str, parameters: &[&str]) -> String {
    let parameters: Vec<_> = parameters.iter().map(|one| format!("{{{one}, schema: {{type: string}}}}")).collect();
    let schemes = "{key: {type: apiKey, in: query, name: key}, token: {type: apiKey, in: query, name: token}, \
                   app: {type: apiKey, in: header, name: X-App}}";
    let text = format!(
        "{HEAD}{root}\npaths: {{/a: {{get: {{{own} parameters: [{}], responses: {{'204': {{description: D}}}}}}}}}}\n\
         components: {{securitySchemes: {schemes}}}\n",
        parameters.join(", ")
    );
    let shown = shown(&text);
    let is_told = |line: &&str| ["query", "header", "security", "note S0412"].iter().any(|it| line.starts_with(it));
    shown.lines().map(str::trim).filter(is_told).collect::<Vec<_>>().join("\n")
}

const KEY: &str = "in: query, name: key, required: true";
const TOKEN: &str = "in: query, name: token, required: true";

#[test]
fn required_credentials_are_needed_together() {
    insta::assert_snapshot!(called("", "security: [{key: []}, {token: []}],", &[KEY, TOKEN, "in: query, name: q"]), @r#"
    query q: String
    security [["key", "token"]]
    note S0412 #/paths/~1a/get/parameters/0: the parameter `key` is the credential `key`, which is set on the client
    note S0412 #/paths/~1a/get/parameters/1: the parameter `token` is the credential `token`, which is set on the client
    "#);
    let of_others = called("security: [{app: []}]", "", &[KEY]);
    assert!(of_others.starts_with("security [[\"app\", \"key\"]]"), "{of_others}");
    let unsaid = called("", "", &[KEY, "in: header, name: x-app, required: true"]);
    assert!(unsaid.starts_with("security [[\"app\", \"key\", \"token\"], [\"app\", \"key\"]]"), "{unsaid}");
}

#[test]
fn of_credentials_for_one_place_either_will_do() {
    let text = |needs: &str| {
        format!(
            "{HEAD}{needs}paths: {{/a: {{get: {{responses: {{'204': {{description: D}}}}}}}}}}\ncomponents: {{securitySchemes: {{\
             b: {{type: http, scheme: basic}}, o: {{type: oauth2, flows: {{}}}}, h: {{type: apiKey, in: header, name: X-K}}, \
             i: {{type: apiKey, in: header, name: x-k}}, q: {{type: apiKey, in: query, name: X-K}}}}}}\n"
        )
    };
    let needed = |needs: &str| {
        let shown = shown(&text(needs));
        let lines = shown.lines().map(str::trim);
        let told = lines.filter(|line| line.starts_with("security ") || line.contains("S0414"));
        told.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(needed("security: [{o: [], b: []}]\n"), @r#"
    security [["b"], ["o"]]
    note S0414 #/components/securitySchemes/o: `b` and `o` are sent in one place; either will do
    "#);
    insta::assert_snapshot!(needed("security: [{o: [], b: [], h: [], i: [], q: []}, {q: []}]\n"), @r#"
    security [["b", "h", "q"], ["b", "i", "q"], ["h", "o", "q"], ["i", "o", "q"], ["q"]]
    note S0414 #/components/securitySchemes/i: `h` and `i` are sent in one place; either will do
    note S0414 #/components/securitySchemes/o: `b` and `o` are sent in one place; either will do
    "#);
    // Where nothing is said, what can be sent at once is.
    insta::assert_snapshot!(needed(""), @r#"security [["b", "h", "q"], ["b", "i", "q"], ["h", "o", "q"], ["i", "o", "q"], ["b"], ["h"], ["i"], ["o"], ["q"], []]"#);
}

#[test]
fn what_may_be_left_out_is_a_credential_where_one_is_needed() {
    let optional = "in: query, name: key";
    let needed = called("security: [{key: []}]", "", &[optional]);
    assert!(needed.starts_with("security [[\"key\"]]\nnote S0412"), "{needed}");
    assert_eq!(called("security: [{app: []}]", "", &[optional]), "query key: String\nsecurity [[\"app\"]]");
}

#[test]
fn an_operation_that_needs_nothing_is_asked_about_a_credential() {
    assert_eq!(called("security: [{key: []}]", "security: [],", &[KEY]), "query key!: String");
}

#[test]
fn another_place_or_a_value_of_its_own_is_no_credential() {
    let other = called("security: [{key: []}]", "", &["in: header, name: key, required: true"]);
    assert_eq!(other, "header key!: String\nsecurity [[\"key\"]]");
    let text = format!(
        "{HEAD}security: [{{v: []}}]\npaths: {{/a: {{get: {{parameters: [{{in: header, name: V, required: true, schema: {{enum: [a, \
         b], type: string}}}}], responses: {{'204': {{description: D}}}}}}}}}}\n\
         components: {{securitySchemes: {{v: {{type: apiKey, in: header, name: V}}}}}}\n"
    );
    assert!(shown(&text).contains("S0412"), "{}", shown(&text));
    // None of these would be needed without it.
    let text = text
        .replace("security: [{v: []}]\n", "security: [{w: []}]\n")
        .replace("{v: {", "{w: {type: http, scheme: basic}, v: {");
    assert!(!shown(&text).contains("S0412"), "{}", shown(&text));
    let default = text.replace("enum: [a, b]", "default: a");
    assert!(!shown(&default).contains("S0412"), "{}", shown(&default));
}

#[test]
fn a_required_authorization_is_any_scheme_that_is_sent_so() {
    let called = |schemes: &str| {
        shown(&format!(
            "{HEAD}paths: {{/a: {{get: {{parameters: [{{in: header, name: authorization, required: true, schema: {{type: string}}}}], \
             responses: {{'204': {{description: D}}}}}}}}, /b: {{get: {{security: [{{t: []}}], responses: {{'204': {{description: D}}}}}}}}}}\n\
             components: {{securitySchemes: {{{schemes}}}}}\n"
        ))
    };
    let bearer = called("t: {type: http, scheme: bearer}");
    assert_eq!(bearer.matches("security [[\"t\"]]").count(), 2, "{bearer}");
    let two = called("t: {type: http, scheme: bearer}, u: {type: http, scheme: basic}");
    assert_eq!(two.matches("security [[\"t\"], [\"u\"]]").count(), 1, "{two}");
}

#[test]
fn an_authorization_that_only_parameters_tell_of() {
    let text = format!(
        "{HEAD}paths:\n  /a: {{get: {{parameters: [{{in: header, name: AUTHORIZATION, required: true, schema: {{type: string}}}}], \
         responses: {{'204': {{description: D}}}}}}}}\n  /b: {{get: {{responses: {{'204': {{description: D}}}}}}}}\n"
    );
    insta::assert_snapshot!(shown(&text), @r#"
    scheme Authorization: Header("Authorization")
    GET /a (-)
      -> nothing
      security [["Authorization"], []]
    GET /b (-)
      -> nothing
    note S0412 #/paths/~1a/get/parameters/0: the parameter `Authorization` is the credential `Authorization`, which is set on the client
    "#);
}
