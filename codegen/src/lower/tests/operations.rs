//! Operations, and all that goes for them: parameters, bodies, answers, servers, security, tags.

use insta::assert_snapshot;

use super::{HEAD, OK, lowered, operation, shown};

#[test]
fn parameters_in_order() {
    let text = r"
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a/{z}/{b}:
    parameters:
      - {$ref: '#/components/parameters/B'}
      - {name: z, in: path, required: true, schema: {type: string}}
      - {name: sort, in: query, schema: {type: string, enum: [up, down]}}
      - {name: same, in: query, schema: {type: string}}
    get:
      parameters:
        - {name: same, in: query, required: true, description: Replaced., schema: {type: boolean}}
        - {name: ids, in: query, schema: {type: array, items: {type: integer}}}
        - {name: csv, in: query, explode: false, schema: {type: array, items: {$ref: '#/components/schemas/Kind'}}}
        - {name: X-Trace, in: header, deprecated: true, schema: {type: string, default: a}, example: b}
        - {name: Authorization, in: header, schema: {type: string}}
        - {name: own, in: query, schema: {type: string, enum: [q]}}
      responses: {'204': {description: D}}
    put:
      responses: {'204': {description: D}}
components:
  parameters:
    B: {name: b, in: path, required: true, schema: {type: string, enum: [shared]}}
  schemas:
    Kind: {type: string, enum: [k]}
";
    assert_snapshot!(shown(text), @r#"
    scheme Authorization: Header("Authorization")
    type /components/parameters/B/schema <- shared parameter b: enum shared
    type Kind <- component Kind: enum k
    type /paths/~1a~1{z}~1{b}/get/parameters/5/schema <- parameter own of /paths/~1a~1{z}~1{b}/get: enum q
    type /paths/~1a~1{z}~1{b}/parameters/2/schema <- parameter sort of /paths/~1a~1{z}~1{b}: enum up | down
    GET /a/{z}/{b} (-)
      path z!: String
      path b!: /components/parameters/B/schema
      query same!: Boolean "Replaced."
      header X-Trace: String deprecated, default "a", example "b"
      query csv: [Kind] Form
      query ids: [I64]
      query own: /paths/~1a~1{z}~1{b}/get/parameters/5/schema
      query sort: /paths/~1a~1{z}~1{b}/parameters/2/schema
      -> nothing
      security [["Authorization"], []]
    PUT /a/{z}/{b} (-)
      path z!: String
      path b!: /components/parameters/B/schema
      query same: String
      query sort: /paths/~1a~1{z}~1{b}/parameters/2/schema
      -> nothing
    note S0412 #/paths/~1a~1{z}~1{b}/get/parameters/4: the parameter `Authorization` is the credential `Authorization`, which is set on the client
    "#);
}

#[test]
fn bodies() {
    let body = |body: &str| operation(&format!("{{requestBody: {body}, {OK}}}"));
    assert_snapshot!(body("{required: true, description: B, content: {text/plain: {}, application/json: {schema: {type: object, properties: {a: {type: string}}}}}}"), @r#"
    type /paths/~1a~1{p}/post/requestBody/content/application~1json/schema <- body of /paths/~1a~1{p}/post: struct
      a: String
    POST /a/{p} (-)
      path p!: String
      body! application/json: /paths/~1a~1{p}/post/requestBody/content/application~1json/schema "B"
      -> nothing
    "#);
    assert_snapshot!(body("{content: {application/vnd.a+json; v=1: {}}}"), @r"
    POST /a/{p} (-)
      path p!: String
      body application/vnd.a+json; v=1: any
      -> nothing
    ");
    assert_snapshot!(body("{content: {application/json: {schema: {type: array, nullable: true, items: {type: string}}}}}"), @r"
    POST /a/{p} (-)
      path p!: String
      body application/json: [String]
      -> nothing
    ");
    assert_snapshot!(body("{content: {multipart/form-data: {schema: {}}, text/plain: {}}}"), @"
    POST /a/{p} (-)
      path p!: String
      body text/plain: text
      -> nothing
    ");
    assert_snapshot!(body("{$ref: 'other.yaml#/B'}"), @"
    left out R0105 #/paths/~1a~1{p}/post: POST /a/{p}
    warning R0105 #/paths/~1a~1{p}/post/requestBody/$ref: `$ref` to `other.yaml#/B`: `other.yaml` is not read: it does not exist
        left out for this: POST /a/{p}
    ");
    let get = format!("{HEAD}paths: {{/a: {{get: {{requestBody: {{content: {{}}}}, {OK}}}}}}}");
    assert_snapshot!(shown(&get), @r"
    GET /a (-)
      -> nothing
    warning S0305 #/paths/~1a/get/requestBody: a GET request has no body; this one is ignored
    ");
    let get = format!("{HEAD}paths: {{/a: {{get: {{requestBody: {{content: {{text/plain: {{}}}}}}, {OK}}}}}}}");
    assert_snapshot!(shown(&get.replace("3.0.3", "3.1.0")), @r"
    GET /a (-)
      body text/plain: text
      -> nothing
    ");
}

#[test]
fn answers() {
    let answers = |responses: &str| operation(&format!("{{responses: {{{responses}}}}}"));
    let json = |schema: &str| format!("{{description: D, content: {{application/json: {{schema: {schema}}}}}}}");
    let text = "{description: D, content: {text/csv: {schema: {type: string}}}}";
    let string = json("{type: string}");
    assert_snapshot!(answers(&format!("'200': {string}, '201': {string}, 404: {}, default: {string}", json("{type: object, properties: {e: {}}}"))), @r"
    type /paths/~1a~1{p}/post/responses/404/content/application~1json/schema <- 404 of /paths/~1a~1{p}/post: struct
      e: any
    POST /a/{p} (-)
      path p!: String
      -> application/json: String
      404: /paths/~1a~1{p}/post/responses/404/content/application~1json/schema
      default: String
    ");
    assert_snapshot!(answers(&format!("'200': {}", json("{type: array, nullable: true, items: {type: string}}"))), @r"
    POST /a/{p} (-)
      path p!: String
      -> application/json: [String] or null
    ");
    assert_snapshot!(answers(&format!("default: {string}, '500': {text}")), @r"
    POST /a/{p} (-)
      path p!: String
      -> application/json: String
      default: String
    ");
    assert_snapshot!(answers(&format!("'200': {string}, '204': {{description: D}}")), @"
    POST /a/{p} (-)
      path p!: String
      -> application/json: String or nothing
    ");
    assert_snapshot!(answers(&format!("'200': {text}")), @"
    POST /a/{p} (-)
      path p!: String
      -> text/csv: text
    ");
    assert_snapshot!(answers(&format!("'404': {string}")), @r"
    POST /a/{p} (-)
      path p!: String
      -> nothing
      404: String
    warning S0304 #/paths/~1a~1{p}/post/responses: no success is among the responses
    ");
    assert_snapshot!(answers(&format!("'302': {{description: D}}, '404': {string}")), @r"
    POST /a/{p} (-)
      path p!: String
      -> redirect to bytes
      404: String
    note S0310 #/paths/~1a~1{p}/post/responses: this operation answers with a redirect
    ");
    let beside = answers(&format!("'303': {{description: D}}, default: {string}"));
    assert!(beside.contains("-> redirect to bytes\n  default: String\n"), "{beside}");
    assert_snapshot!(answers(&format!("'204': {{description: D}}, '400': {}, '401': {{$ref: 'x.yaml'}}", json("{not: {}}"))), @r"
    POST /a/{p} (-)
      path p!: String
      -> nothing
      400: any
    warning S0102 #/paths/~1a~1{p}/post/responses/400/content/application~1json/schema: `not` has no type of its own; this is read as any value
    warning R0105 #/paths/~1a~1{p}/post/responses/401/$ref: `$ref` to `x.yaml`: `x.yaml` is not read: it does not exist; this is read as bytes
    ");
}

#[test]
fn shared_responses_and_bodies_name_their_types_once() {
    let text = format!(
        r"{HEAD}
paths:
  /a: {{post: {{requestBody: {{$ref: '#/components/requestBodies/New'}}, responses: {{'200': {{$ref: '#/components/responses/One'}}}}}}}}
  /b: {{put: {{requestBody: {{$ref: '#/components/requestBodies/New'}}, responses: {{2XX: {{$ref: '#/components/responses/One'}}}}}}}}
components:
  requestBodies:
    New: {{content: {{application/json: {{schema: {{type: array, items: {{type: object, properties: {{n: {{type: string}}}}}}}}}}}}}}
  responses:
    One: {{description: D, content: {{application/json: {{schema: {{type: object, properties: {{o: {{type: string}}}}}}}}}}}}
"
    );
    assert_snapshot!(shown(&text), @r"
    type /components/requestBodies/New/content/application~1json/schema/items <- body of /components/requestBodies/New: struct
      n: String
    type /components/responses/One/content/application~1json/schema <- default of /components/responses/One: struct
      o: String
    POST /a (-)
      body application/json: [/components/requestBodies/New/content/application~1json/schema/items]
      -> application/json: /components/responses/One/content/application~1json/schema
    PUT /b (-)
      body application/json: [/components/requestBodies/New/content/application~1json/schema/items]
      -> application/json: /components/responses/One/content/application~1json/schema
    ");
}

#[test]
fn servers() {
    let with = |servers: &str, operation: &str| {
        let text = format!("{HEAD}servers: {servers}\npaths: {{/a: {{get: {{{operation}{OK}}}}}}}");
        let (lowered, found) = lowered(&text);
        format!(
            "{:?} {} operations\n{found}",
            lowered.api.server.map(|server| server.url),
            lowered.api.operations.len()
        )
    };
    let template = "[{url: 'https://{region}.example.com/{v}', variables: {region: {default: eu}, v: {default: 2}}}]";
    assert_snapshot!(with(template, ""), @r#"
    Some("https://eu.example.com/2") 1 operations
    warning N0107 #/servers/0/variables/v/default: a number stands where a text must be; it is read as "2"
        write "2", in quotes
    "#);
    assert_snapshot!(with("[{url: 'https://a.example.com'}, {url: 'https://b.example.com'}]", ""), @r#"
    Some("https://a.example.com") 1 operations
    note S0407 #/servers: the first of 2 servers is used
    "#);
    assert_snapshot!(with("[{url: 'http://a.example/v1'}, {url: 'http://b.example'}, {url: 'https://a.example/v1/'}]", ""), @r#"
    Some("https://a.example/v1/") 1 operations
    note S0407 #/servers: of 3 servers, `https://a.example/v1/` is used, which is the first one by TLS
    "#);
    let path = |servers: &str| lowered(&format!("{HEAD}servers: {servers}\npaths: {{}}")).0.api.base_path;
    assert_eq!(path("[{url: /v1/}]").as_deref(), Some("/v1"));
    assert_eq!(path("[{url: '/{v}', variables: {v: {default: v1}}}]").as_deref(), Some("/v1"));
    for nowhere in
        ["[]", "[{url: /}]", "[{url: '//a.example/v1'}]", "[{url: 'https://a.example/v1'}]", "[{url: '/{v}'}]"]
    {
        assert_eq!(path(nowhere), None, "{nowhere}");
    }
    let needs = "security: [{t: []}], ";
    let clear = |host: &str| {
        let api = with(
            &format!(
                "[{{url: 'http://{host}/v1'}}]\ncomponents: {{securitySchemes: {{t: {{type: http, scheme: basic}}}}}}"
            ),
            needs,
        );
        api.contains("warning S0413 #/servers/0/url: no credentials are sent to")
    };
    assert!(clear("a.example:8080") && !clear("localhost:8080") && !clear("127.0.0.1") && !clear("[::1]:8"));
    assert_snapshot!(with("[{url: /v1}]", ""), @r"
    None 1 operations
    warning S0402 #/servers/0/url: the server's address `/v1` is not whole; the caller must give the base URL
    ");
    let template = "[{url: 'https://a.example/{v}', variables: {v: {default: 'a b'}}}]";
    assert_snapshot!(with(template, ""), @"
    None 1 operations
    warning S0402 #/servers/0/variables/v/default: the default `a b` of the server's variable `v` has a character that an address can't have; the caller must give the base URL
    ");
    let template = "[{url: 'https://{h}/', variables: {h: {default: '<your host>'}}}]";
    assert_snapshot!(with(template, ""), @r#"
    Some("https://{h}/") 1 operations
    warning S0402 #/servers/0/url: the server's address `https://{h}/` is not whole; the caller must give the base URL, or set `h`
    "#);
    assert_snapshot!(with("[]", ""), @"None 1 operations");
    assert_snapshot!(with("[{url: 'https://a.example'}]", "servers: [{url: 'https://b.example'}], "), @r#"
    Some("https://a.example") 1 operations
    note S0401 #/paths/~1a/get/servers: this is served at `https://b.example`, and not with the rest
    "#);
    // A host without a scheme.
    assert_snapshot!(with("[{url: 'http://a.example'}]", "servers: [{url: '//b.example/v1'}], "), @r#"
    Some("http://a.example") 1 operations
    note S0401 #/paths/~1a/get/servers: this is served at `http://b.example/v1`, and not with the rest
    "#);
    assert_snapshot!(with("[{url: 'http://a.example'}]", "servers: [{url: '//a.example/'}], "), @r#"
    Some("http://a.example") 1 operations
    "#);
    assert_snapshot!(with("[{url: /v1}]", "servers: [{url: '//b.example'}], "), @r"
    None 1 operations
    warning S0402 #/paths/~1a/get/servers/0/url: the server's address `//b.example` is not whole; what is here goes to the server of the rest
    warning S0402 #/servers/0/url: the server's address `/v1` is not whole; the caller must give the base URL
    ");
    assert_snapshot!(with("[{url: 'https://a.example'}]", "servers: [{url: 'https://a.example'}], "), @r#"
    Some("https://a.example") 1 operations
    "#);
}

#[test]
fn variables_of_servers() {
    let with = |own: &str| {
        let servers = "[{url: 'https://{region}.example', variables: {region: {default: eu}}}, \
                       {url: 'https://{tenant}.example', variables: {tenant: {default: t, enum: [t, u]}}}]";
        let text = format!("{HEAD}servers: {servers}\npaths: {{/a: {{servers: [{own}], get: {{{OK}}}}}}}");
        let api = lowered(&text).0.api;
        let own = api.operations[0].server.as_ref().map(|server| (server.url.clone(), server.template.clone()));
        let all = api.variables.iter().map(|(name, variable)| (name.as_str(), variable.default.as_deref()));
        format!("{own:?} {:?}", all.collect::<Vec<_>>())
    };
    // The same variable, another one, and one that is something else here.
    assert_snapshot!(
        with("{url: 'https://up.{region}.example', variables: {region: {default: eu}}}"),
        @r#"Some(("https://up.eu.example", "https://up.{region}.example")) [("region", Some("eu")), ("tenant", Some("t"))]"#
    );
    assert_snapshot!(
        with("{url: 'https://{bucket}.example', variables: {bucket: {default: b}}}"),
        @r#"Some(("https://b.example", "https://{bucket}.example")) [("bucket", Some("b")), ("region", Some("eu")), ("tenant", Some("t"))]"#
    );
    assert_snapshot!(
        with("{url: 'https://up.{region}.example', variables: {region: {default: us}}}"),
        @r#"Some(("https://up.us.example", "https://up.us.example")) [("region", Some("eu")), ("tenant", Some("t"))]"#
    );
    // What says nothing of itself must be chosen.
    for own in ["{url: 'https://{agent}.example'}", "{url: '{agent}', variables: {agent: {default: '{your agent}'}}}"] {
        assert!(with(own).contains("(\"agent\", None)"), "{}", with(own));
    }
    let both = "{url: 'https://{agent}.example/{v}', variables: {agent: {default: '{your agent}'}, v: {default: v1}}}";
    assert!(
        with(both).starts_with(r#"Some(("https://{agent}.example/v1", "https://{agent}.example/{v}"))"#),
        "{}",
        with(both)
    );
    assert!(with("{url: 'ftp://{agent}.example'}").starts_with("None"), "a client can't go there");
}

#[test]
fn unknown_schemes() {
    let text = format!(
        r"{HEAD}
security: [{{api_kye: []}}]
paths:
  /a: {{get: {{{OK}}}}}
  /b: {{get: {{security: [{{b: []}}, {{}}], {OK}}}}}
  /c: {{get: {{security: [{{b: []}}], {OK}}}}}
components: {{securitySchemes: {{api_key: {{type: http, scheme: bearer}}}}}}
"
    );
    assert_snapshot!(shown(&text), @r"
    scheme api_key: Bearer
    GET /a (-)
      -> nothing
    GET /b (-)
      -> nothing
      security [[]]
    GET /c (-)
      -> nothing
    warning N0208 #/paths/~1b/get/security/0/b (key): there is no security scheme `b`
        describe `b` under `components.securitySchemes`
    warning N0208 #/paths/~1c/get/security/0/b (key): there is no security scheme `b`
        describe `b` under `components.securitySchemes`
    warning N0208 #/security/0/api_kye (key): there is no security scheme `api_kye`
        did you mean `api_key`?
    ");
}

#[test]
fn security_that_nothing_asks_for() {
    let schemes = "{a: {type: http, scheme: bearer}, b: {type: apiKey, in: header, name: B}}";
    let api = |root: &str, own: &str, schemes: &str| {
        shown(&format!(
            "{HEAD}{root}paths: {{/a: {{get: {{{own}{OK}}}}}}}\ncomponents: {{securitySchemes: {schemes}}}\n"
        ))
    };
    assert_snapshot!(api("", "", schemes), @r#"
    scheme a: Bearer
    scheme b: Header("B")
    GET /a (-)
      -> nothing
      security [["a", "b"], ["a"], ["b"], []]
    note S0411 #/components/securitySchemes: nothing says which operations need these; what the caller gives is sent with every request
    "#);
    let one = api("", "", "{a: {type: http, scheme: bearer}}");
    assert!(one.contains(r#"security [["a"], []]"#), "{one}");
    // To need nothing can be said.
    for (root, own) in [("security: []\n", ""), ("", "security: [], ")] {
        let said = api(root, own, schemes);
        assert!(!said.contains("security") && !said.contains("S0411"), "{said}");
    }
}

#[test]
fn security() {
    let text = format!(
        r"{HEAD}
security: [{{token: []}}, {{key: [], mail: []}}]
paths:
  /a: {{get: {{{OK}}}}}
  /b: {{get: {{security: [], {OK}}}}}
  /c: {{get: {{security: [{{}}, {{oauth: [a]}}], {OK}}}}}
  /d: {{get: {{security: [{{digest: []}}, {{basic: []}}], {OK}}}}}
  /e: {{get: {{security: [{{digest: []}}], {OK}}}}}
components:
  securitySchemes:
    token: {{type: http, scheme: Bearer, description: A token.}}
    key: {{type: apiKey, in: header, name: X-Key}}
    mail: {{type: apiKey, in: query, name: mail}}
    cookie: {{type: apiKey, in: cookie, name: c}}
    oauth: {{type: oauth2, flows: {{}}}}
    oidc: {{type: openIdConnect, openIdConnectUrl: 'https://example.com'}}
    basic: {{type: http, scheme: basic}}
    digest: {{type: http, scheme: digest}}
"
    );
    assert_snapshot!(shown(&text), @r#"
    scheme basic: Basic
    scheme cookie: Cookie("c")
    scheme key: Header("X-Key")
    scheme mail: Query("mail")
    scheme oauth: Bearer
    scheme oidc: Bearer
    scheme token: Bearer "A token."
    GET /a (-)
      -> nothing
      security [["token"], ["key", "mail"]]
    GET /b (-)
      -> nothing
    GET /c (-)
      -> nothing
      security [[], ["oauth"]]
    GET /d (-)
      -> nothing
      security [["basic"]]
    GET /e (-)
      -> nothing
    warning S0403 #/components/securitySchemes/digest: the HTTP authentication scheme `digest` answers challenges
    "#);
}

#[test]
fn where_nothing_says_what_is_needed_only_what_can_be_sent_is() {
    let text = format!(
        r"{HEAD}
paths: {{/a: {{get: {{{OK}}}}}}}
components:
  securitySchemes:
    digest: {{type: http, scheme: digest}}
    key: {{type: apiKey, in: header, name: X-Key}}
"
    );
    let said = shown(&text);
    assert!(said.contains("  security [[\"key\"], []]\n"), "{said}");
}

#[test]
fn the_same_credentials_in_another_order_are_one_alternative() {
    let text = format!(
        r"{HEAD}
paths: {{/a: {{get: {{security: [{{key: [], mail: []}}, {{mail: [], key: []}}, {{bad: []}}], {OK}}}}}}}
components:
  securitySchemes:
    key: {{type: apiKey, in: header, name: X-Key}}
    mail: {{type: apiKey, in: query, name: mail}}
    bad: {{type: apiKey}}
"
    );
    let said = shown(&text);
    assert!(said.contains("  security [[\"key\", \"mail\"]]\n"), "{said}");
    assert!(said.contains("#/components/securitySchemes/bad"), "{said}");
}

#[test]
fn token_endpoints() {
    let flow =
        |kind: &str, url: &str| format!("{{type: oauth2, flows: {{{kind}: {{tokenUrl: '{url}', scopes: {{}}}}}}}}");
    let text = format!(
        "{HEAD}paths: {{/a: {{get: {{{OK}}}}}}}\ncomponents:\n  securitySchemes:\n    absolute: {}\n    path: {}\n    other: {}\n    \
         host: {}\n    user: {}\n",
        flow("clientCredentials", "https://example.com/token"),
        flow("clientCredentials", "/token"),
        flow("clientCredentials", "token"),
        flow("clientCredentials", "//example.com/token"),
        flow("password", "https://example.com/token"),
    );
    let (crate::lower::Lowered { api, .. }, _) = lowered(&text);
    let urls =
        api.security_schemes.iter().filter_map(|(name, scheme)| Some((name.as_str(), scheme.token_url.as_deref()?)));
    assert_eq!(urls.collect::<Vec<_>>(), [("absolute", "https://example.com/token"), ("path", "/token")]);
}

#[test]
fn servers_give_out_tokens_of_oauth_2_and_openid_connect_alone() {
    let text = format!(
        "{HEAD}paths: {{/a: {{get: {{{OK}}}}}}}\ncomponents:\n  securitySchemes:\n    \
         bearer: {{type: http, scheme: bearer}}\n    basic: {{type: http, scheme: basic}}\n    \
         key: {{type: apiKey, in: header, name: key}}\n    oauth: {{type: oauth2, flows: {{}}}}\n    \
         openid: {{type: openIdConnect, openIdConnectUrl: 'https://example.com'}}\n"
    );
    let (crate::lower::Lowered { api, .. }, _) = lowered(&text);
    let given = api.security_schemes.iter().filter(|(_, scheme)| scheme.is_oauth);
    assert_eq!(given.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["oauth", "openid"]);
}

#[test]
fn operations_and_tags() {
    let text = format!(
        r"{HEAD}
tags: [{{name: pets, description: Pets.}}, {{name: unused}}]
paths:
  /b: {{post: {{tags: [pets, new], summary: S, description: D, deprecated: true, operationId: makeB, {OK}}}, get: {{{OK}}}}}
  /a: {{$ref: '#/x-items/a'}}
  /c?d=e: {{get: {{{OK}}}}}
x-items:
  a: {{head: {{callbacks: {{c: {{'{{$url}}': {{post: {{{OK}}}}}}}}}, responses: {{'200': {{description: D, content: {{text/plain: {{}}}}}}}}}}}}
"
    );
    assert_snapshot!(shown(&text), @r#"
    tag new
    tag pets "Pets."
    HEAD /a (-)
      -> nothing
    GET /b (-)
      -> nothing
    POST /b (makeB) [pets] [new] deprecated "S" "D"
      -> nothing
    GET /c?d=e (-)
      query d=e
      -> nothing
    note S0406 #/paths/~1c?d=e: the path `/c?d=e` has a query, which each request has
    "#);
}
