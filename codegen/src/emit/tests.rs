//! What is written for small descriptions: whole files, as they would stand on the disk.

use std::collections::BTreeMap;

use super::emit;
use crate::analyze::analyze;
use crate::diag::Diagnostics;
use crate::lower::lower;
use crate::model::{Delivery, Model, Settings};
use crate::name::{Pins, name};
use crate::normalize::testing::normalized;

/// The files of a description, by path.
fn files(text: &str) -> BTreeMap<String, String> {
    let mut diagnostics = Diagnostics::default();
    let api = lower(&normalized(text).0.unwrap(), &mut diagnostics).api;
    let facts = analyze(&api);
    let names = name(&api, &facts, &Pins::default(), &mut diagnostics);
    assert!(!diagnostics.has_errors());
    let settings = Settings {
        dependencies: Vec::new(),
        delivery: Delivery::Crate,
        resource_features: None,
        package: "pets".to_owned(),
        version: "0.1.0".to_owned(),
        description: None,
        license: None,
        repository: None,
        keywords: Vec::new(),
        categories: Vec::new(),
        idempotency_header: None,
        retries: BTreeMap::new(),
        base_url_env: None,
        scheme_env: BTreeMap::new(),
        command: "clientwright generate".to_owned(),
        vendored: None,
    };
    emit(&Model { api, facts, names, settings }).unwrap().0
}

static PETS: &str = "
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    put:
      operationId: putPet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody:
        required: true
        description: The pet as it shall be.
        content: {application/vnd.pet+json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
    delete:
      operationId: deletePets
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody:
        content: {application/json: {schema: {type: array, items: {type: string}}}}
      responses: {'204': {description: ''}}
components:
  schemas:
    Pet:
      type: object
      required: [id, name, owner]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string, description: Its name.}
        owner: {type: string, nullable: true}
        weight: {type: number, nullable: true}
        friend: {$ref: '#/components/schemas/Pet'}
        new: {type: boolean}
";

#[test]
fn bodies_are_arguments_or_setters() {
    let files = files(PETS);
    insta::assert_snapshot!("operations", files["src/resources/pets.rs"]);
    assert!(files["api.md"].contains("| `body` | argument | `&Pet` | body `application/vnd.pet+json` |"));
    assert!(files["api.md"].contains("| `body` | setter | `&[&str]` | body `application/json` |"));
}

#[test]
fn types_of_requests_can_be_built() {
    let files = files(PETS);
    insta::assert_snapshot!("request_model", files["src/types/pet.rs"]);
    assert!(files.contains_key("src/runtime/patch.rs"));
}

#[test]
fn errors_are_asked_for_as_json_where_only_they_have_a_body() {
    let cases = [
        (
            "delete",
            "'204': {description: ''}, default: {description: '', content: {application/json: {schema: {type: string}}}}",
            "application/json, */*;q=0.8",
        ),
        ("delete", "'204': {description: ''}", "*/*"),
        (
            "delete",
            "'204': {description: ''}, default: {description: '', content: {text/plain: {schema: {type: string}}}}",
            "*/*",
        ),
        (
            "head",
            "'200': {description: ''}, default: {description: '', content: {application/json: {schema: {type: string}}}}",
            "*/*",
        ),
        (
            "get",
            "'200': {description: '', content: {text/csv: {}}}, '404': {description: '', content: {application/json: {schema: {type: string}}}}",
            "text/csv",
        ),
    ];
    for (method, responses, accept) in cases {
        let files = files(&format!(
            "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths: {{/a: {{{method}: {{operationId: a, responses: {{{responses}}}}}}}}}"
        ));
        let client = &files["src/client.rs"];
        assert!(client.contains(&format!("accept: \"{accept}\",")), "{responses}: {client}");
    }
}

#[test]
fn a_path_that_the_address_ends_with_is_told() {
    let files = files(&PETS.replace("paths:", "servers: [{url: /api/v1}]\npaths:"));
    let url = "`/api/v1`: `https://api.example.com/api/v1`, say.";
    let told = files["src/client.rs"].replace("\n    /// ", " ");
    assert!(told.contains(url), "{told}");
    let example = ".base_url(\"https://api.example.com/api/v1\")";
    assert!(files["README.md"].contains(example), "{}", files["README.md"]);
}

#[test]
fn a_list_behind_a_name_is_joined_like_any_other() {
    let listed = PETS.replace(
        "in: path, required: true, schema: {type: string}}]\n      requestBody:\n        content",
        "in: path, required: true, schema: {type: string}}, {name: tags, in: query, explode: false, schema: \
         {$ref: '#/components/schemas/Tags'}}]\n      requestBody:\n        content",
    ) + "    Tags: {type: array, items: {type: string}}\n";
    let files = files(&listed);
    let resource = &files["src/resources/pets.rs"];
    assert!(resource.contains("pub fn tags(mut self, tags: &[&str]) -> Self"), "{resource}");
    assert!(resource.contains("self.call.query_as(\"tags\", ParameterStyle::FORM.joined(), &tags)"), "{resource}");
}

#[test]
fn types_of_answers_have_no_constructor_and_need_no_patch() {
    let answered = PETS.replace("    put:\n", "    get:\n");
    let files = files(&answered);
    assert!(!files["src/types/pet.rs"].contains("impl"));
    assert!(files["src/types/pet.rs"].contains("pub weight: Option<f64>"));
    assert!(files["src/types/pet.rs"].contains("id: required(\"id\")"));
    assert!(!files.contains_key("src/runtime/patch.rs"));
}

#[test]
fn a_description_without_a_title_reads_well() {
    let files = files("openapi: 3.0.3\npaths: {/a: {get: {operationId: a, responses: {'204': {description: ''}}}}}");
    let root = files.get("src/lib.rs").map(String::as_str).unwrap_or_default();
    assert!(root.contains("//! A client of the API.\n"), "{root}");
    assert!(files.get("Cargo.toml").is_some_and(|manifest| manifest.contains("\"A client of the API\"")));
}

#[test]
fn another_name_for_a_value_says_what_the_value_keeps_to() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {\
                Level: {enum: [auto, {x: 1}]}, Name: {type: string, description: Words., maxLength: 9}}}";
    let files = files(text);
    let level = "/// The schema `Level`.\n///\n/// One of `\"auto\"`, `{\"x\": 1}`.\npub type Level = Value;\n";
    assert!(files["src/types/level.rs"].ends_with(level), "{}", files["src/types/level.rs"]);
    let name = "/// Words.\n///\n/// Length: at most 9.\npub type Name = String;\n";
    assert!(files["src/types/name.rs"].ends_with(name), "{}", files["src/types/name.rs"]);
}

#[test]
fn what_is_said_of_a_value_is_said_of_its_variant() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {\
                Level: {oneOf: [{const: 1, title: Low, description: Hardly.}, {const: 2}]}}}";
    let files = files(text);
    let variants = "    /// `1`\n    ///\n    /// Low\n    ///\n    /// Hardly.\n    #[doc(alias = \"1\")]\n    Low,\n\n    /// `2`\n";
    assert!(files["src/types/level.rs"].contains(variants), "{}", files["src/types/level.rs"]);
}

#[test]
fn the_first_example_walks_over_pages_and_takes_nothing_away() {
    let started = |operations: &str| {
        let text = format!("openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths: {{{operations}}}");
        let files = files(&text);
        let line = files["README.md"].lines().find(|line| line.contains(" client.") && !line.contains("**"));
        line.map(|line| line.trim().to_owned()).unwrap_or_default()
    };
    let nothing = "responses: {'204': {description: ''}}";
    let purge = format!("/cache: {{post: {{operationId: purge, tags: [a], {nothing}}}}}");
    let get = format!("/ping: {{get: {{operationId: ping, tags: [b], {nothing}}}}}");
    let list = "/pets: {get: {operationId: list, tags: [pets], parameters: [{name: page, in: query, schema: {type: integer}}], \
                responses: {'200': {description: '', content: {application/json: {schema: {type: array, items: {type: \
                string}}}}}}}}";
    assert_eq!(started(&purge), "client.a().purge().send().await?;");
    assert_eq!(started(&format!("{purge}, {get}")), "client.b().ping().send().await?;");
    assert_eq!(started(&format!("{purge}, {get}, {list}")), "let mut items = client.pets().list().items();");
}

#[test]
fn an_example_of_an_answer_as_a_whole_asks_for_no_stream() {
    let example = |members: &str| {
        let text = format!(
            "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/chat: {{post: {{operationId: chat, \
             requestBody: {{required: true, content: {{application/json: {{schema: {{type: object, {members}}}}}}}}}, \
             responses: {{'200': {{description: '', content: {{application/json: {{schema: {{type: integer}}}}, \
             text/event-stream: {{schema: {{type: string}}}}}}}}}}}}}}}}}}"
        );
        let files = files(&text);
        let lines: Vec<&str> =
            files["src/client.rs"].lines().map(|line| line.trim().trim_start_matches("/// ")).collect();
        let line = lines.iter().find(|line| line.starts_with("let body = "));
        line.map(|line| (*line).to_owned()).unwrap_or_default()
    };
    let stream = "stream: {type: boolean}";
    assert_eq!(example(&format!("properties: {{{stream}}}")), "let body = ChatBody::new();");
    let other = format!("properties: {{{stream}, text: {{type: string}}}}");
    assert_eq!(example(&other), "let body = ChatBody::new().text(\"text\");");
    assert_eq!(example(&format!("required: [stream], {other}")), "let body = ChatBody::new(false);");
}

#[test]
fn a_stream_that_nothing_is_said_of_can_be_read() {
    let with = |member: &str| {
        let body = format!("{{type: object, properties: {{{member}: {{type: boolean}}, text: {{type: string}}}}}}");
        files(&format!(
            "
openapi: 3.0.3
info: {{title: Pets, version: '1'}}
paths:
  /chat:
    post:
      operationId: chat
      requestBody: {{content: {{application/json: {{schema: {body}}}}}}}
      responses: {{'200': {{description: '', content: {{application/json: {{schema: {{type: string}}}}}}}}}}
"
        ))
    };
    let files = with("stream");
    assert!(files.contains_key("src/runtime/event_stream.rs") && files.contains_key("src/runtime/json_stream.rs"));
    assert!(files["src/client.rs"].contains("`RawResponse::events` or `RawResponse::lines` reads its values."));
    assert!(files["README.md"].contains("(`read_timeout`)"), "{}", files["README.md"]);
    let files = with("streams");
    assert!(!files.contains_key("src/runtime/event_stream.rs") && !files["src/client.rs"].contains("RawResponse"));
}

/// The body and the query of an operation that take a model of this schema.
fn with_model(schema: &str) -> BTreeMap<String, String> {
    let body = format!("{{type: object, required: [model], properties: {{model: {schema}, other: {schema}}}}}");
    files(&format!(
        "
openapi: 3.0.3
info: {{title: Pets, version: '1'}}
paths:
  /chat:
    post:
      operationId: chat
      parameters: [{{name: model, in: query, schema: {schema}}}]
      requestBody: {{required: true, content: {{application/json: {{schema: {body}}}}}}}
      responses: {{'204': {{description: ''}}}}
"
    ))
}

#[test]
fn where_any_other_text_is_as_good_as_those_that_are_listed_texts_convert() {
    let files = with_model("{anyOf: [{type: string}, {type: string, enum: [a, b]}]}");
    let chat = &files["src/types/chat.rs"];
    assert!(chat.contains("pub fn new(model: impl Into<Model>) -> Self"), "{chat}");
    assert!(chat.contains("pub fn other(mut self, other: impl Into<"), "{chat}");
    let client = &files["src/client.rs"];
    assert!(client.contains("pub fn model(mut self, model: impl Into<"), "{client}");
    assert!(files["api.md"].contains("| `model` | setter | `impl Into<"), "{}", files["api.md"]);
    // What isn't listed is most likely a mistake where nothing says that there is more.
    let files = with_model("{type: string, enum: [a, b]}");
    let chat = &files["src/types/chat.rs"];
    assert!(chat.contains("pub fn new(model: Model) -> Self"), "{chat}");
}

#[test]
fn a_setter_says_what_the_type_does_where_nothing_is_said_of_the_member() {
    let text = "
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Model:
      type: object
      properties:
        state: {$ref: '#/components/schemas/State'}
        own: {description: Its own., allOf: [{$ref: '#/components/schemas/State'}]}
        other: {type: string}
    State:
      type: string
      enum: [on]
      description: How it is. There is more to be said of that, but in another place, and not all of it in one line of text.
";
    let files = files(text);
    let model = &files["src/types/model.rs"];
    for (doc, setter) in [("How it is.", "state"), ("Its own.", "own"), ("The member `other`.", "other")] {
        let lines = format!("    /// {doc}\n    #[must_use]\n    pub fn {setter}(");
        assert!(model.contains(&lines), "{model}");
    }
}

#[test]
fn one_value_beside_any_other_is_no_constant() {
    let files = with_model("{anyOf: [{type: string}, {type: string, enum: [a]}]}");
    let chat = &files["src/types/chat.rs"];
    assert!(chat.contains("pub fn new(model: impl Into<Model>) -> Self"), "{chat}");
}

#[test]
fn a_union_in_a_box_converts_as_others_do() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {post: {requestBody: {content: {application/json: {\
                schema: {$ref: '#/components/schemas/List'}}}}, responses: {'204': {description: ''}}}}}\n\
                components: {schemas: {Kind: {oneOf: [{$ref: '#/components/schemas/List'}, {type: string}]}, \
                List: {type: object, required: [of], properties: {of: {$ref: '#/components/schemas/Kind'}}}}}";
    let files = files(text);
    let list = &files["src/types/list.rs"];
    assert!(list.contains("pub fn new(of: impl Into<Kind>) -> Self"), "{list}");
    assert!(list.contains("of: Box::new(of.into())"), "{list}");
}

#[test]
fn what_is_always_null_is_sent_by_itself() {
    let gone = PETS.replace("required: [id, name, owner]", "required: [id, name, owner, gone]").replace(
        "        new: {type: boolean}\n",
        "        new: {type: boolean}\n        gone: {nullable: true, enum: [null]}\n",
    );
    let files = files(&gone);
    let pet = &files["src/types/pet.rs"];
    assert!(pet.contains("    /// Always `null`.\n    pub gone: Value,\n"), "{pet}");
    assert!(pet.contains("pub fn new(name: impl Into<String>, owner: Option<String>) -> Self"), "{pet}");
    assert!(pet.contains("            gone: Value::Null,\n"), "{pet}");
}

#[test]
fn what_is_said_of_a_webhook_is_said_of_its_body() {
    let body = "{content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}";
    let files = files(&format!(
        "# YAML\n{{openapi: 3.1.0, info: {{title: T, version: '1'}}, webhooks: {{bought: {{summary: A pet | bought, \
         description: Somebody bought a pet., post: {{requestBody: {body}}}}}}}}}"
    ));
    let said =
        "/// The body of the webhook `bought` (`POST`).\n///\n/// A pet \\| bought\n///\n/// Somebody bought a pet.\n";
    assert!(files["src/types/bought_webhook.rs"].contains(said), "{}", files["src/types/bought_webhook.rs"]);
    assert!(
        files["api.md"].contains("| `bought` | A pet \\| bought | POST |  | `BoughtWebhook` |"),
        "{}",
        files["api.md"]
    );
    let text = "# YAML\n{openapi: 3.1.0, info: {title: T, version: '1'}, webhooks: {sold: {post: {summary: It is sold, requestBody: \
                {content: {application/json: {schema: {type: object, properties: {id: {}}}}}}}}}}";
    let sold = super::tests::files(text);
    let said = "/// The body of the webhook `sold` (`POST`): It is sold\n";
    assert!(sold.values().any(|file| file.contains(said)), "{:?}", sold.get("src/types/sold_webhook.rs"));
}

#[test]
fn what_a_shared_response_or_body_holds_is_called_by_its_name() {
    let content = |member: &str| {
        format!(
            "content: {{application/json: {{schema: {{type: object, properties: {{{member}: {{type: string}}}}}}}}}}"
        )
    };
    let (sent, answered) = (content("a"), content("b"));
    let files = files(&format!(
        "# YAML\n{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{put: {{operationId: a, requestBody: \
         {{$ref: '#/components/requestBodies/Change'}}, responses: {{'200': {{$ref: '#/components/responses/Changed'}}}}}}}}}}, \
         components: {{requestBodies: {{Change: {{{sent}}}}}, responses: {{Changed: {{description: '', {answered}}}}}}}}}"
    ));
    let all: String =
        files.iter().filter(|(path, _)| path.starts_with("src/types/")).map(|(_, text)| text.as_str()).collect();
    for words in ["/// The request body `Change`.\n", "/// The response `Changed`.\n"] {
        assert!(all.contains(words), "{words}: {all}");
    }
}

#[test]
fn a_required_member_with_a_default_is_set_and_not_given() {
    let members = "
        unit: {type: string, enum: [day, week], default: day}
        size: {type: integer, default: 20}
        rate: {type: number, nullable: true, default: 0.5}
        name: {type: string, default: New}
        open: {type: boolean, default: true}
        other: {$ref: '#/components/schemas/Unit'}
        file: {type: string, format: byte, default: AAA=}
        word: {type: string}
        zero: {type: integer, default: 0}";
    let schema = |required: &str| {
        files(&format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{requestBody: {{content: {{application/json: \
             {{schema: {{$ref: '#/components/schemas/Model'}}}}}}}}, responses: {{'204': {{description: ''}}}}}}}}}}\ncomponents: \
             {{schemas: {{Unit: {{type: string, enum: [a, b], default: b}}, Model: {{type: object, required: [{required}], \
             properties: {{{}}}}}}}}}\n",
            members.trim().replace('\n', ",")
        ))
    };
    let all = schema("unit, size, rate, name, open, other, file, word, zero");
    let model = &all["src/types/model.rs"];
    for part in [
        "pub fn new(file: impl Into<Base64>, word: impl Into<String>, zero: i64) -> Self {",
        "unit: ModelUnit::Day,",
        "size: 20,",
        "rate: Some(0.5),",
        "name: \"New\".to_owned(),",
        "open: true,",
        "other: Unit::B,",
        "/// `20` unless set.\n    #[must_use]\n    pub fn size(mut self, size: i64) -> Self {\n        self.size = size;",
        "pub fn rate(mut self, rate: Option<f64>) -> Self {\n        self.rate = rate;",
        "    pub size: i64,",
    ] {
        assert!(model.contains(part), "{part}\n{model}");
    }
    let all = schema("unit");
    let model = &all["src/types/model.rs"];
    for part in [
        "/// With the defaults of what is required; the methods below set the rest.\n    pub fn new() -> Self {",
        "impl Default for Model {",
    ] {
        assert!(model.contains(part), "{part}\n{model}");
    }
}

#[test]
fn an_example_has_the_body_that_needs_something() {
    let example = |schema: &str| {
        let files = files(&format!(
            "
openapi: 3.0.3
info: {{title: Pets, version: '1'}}
paths:
  /pets: {{post: {{operationId: add, requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}, responses: {{'204': {{description: ''}}}}}}}}
"
        ));
        let lines: Vec<&str> =
            files["src/client.rs"].lines().map(|line| line.trim().trim_start_matches("/// ")).collect();
        let is_told = |line: &&&str| line.starts_with("let body = ") || line.starts_with("client.");
        lines.iter().filter(is_told).copied().collect::<Vec<_>>().join("\n")
    };
    let name = "properties: {name: {type: string}}";
    let needs = format!("{{type: object, required: [name], {name}}}");
    assert_eq!(example(&needs), "let body = AddBody::new(\"name\");\nclient.add().body(&body).send().await?;");
    assert_eq!(example(&format!("{{type: object, {name}}}")), "client.add().send().await?;");
}

#[test]
fn a_status_without_a_body_may_have_that_of_other_errors() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n\
                paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '204': {description: ''}\n        \
                '400': {description: Bad}\n        default: {description: Others}\n        '404': {description: '', content: \
                {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}\n\
                components: {schemas: {Problem: {type: object, required: [code], properties: {code: {type: string}}}}}";
    let files = files(text);
    let errors = &files["src/errors.rs"];
    assert!(errors.contains("status == 404 || is_undescribed(status)"), "{errors}");
    assert!(errors.contains("    status != 404\n"), "{errors}");
}
