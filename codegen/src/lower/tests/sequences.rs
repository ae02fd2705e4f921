//! Answers that hold values one after another.

use insta::assert_snapshot;

use super::{HEAD, operation, shown};

/// The answer that `POST /a/{p}` has with this content, and what was found.
fn answer(content: &str) -> String {
    let shown = operation(&format!("{{responses: {{'200': {{description: D, content: {{{content}}}}}}}}}"));
    shown.replace("POST /a/{p} (-)\n  path p!: String\n", "").replace("/paths/~1a~1{p}/post/responses/200", "…")
}

/// The same in a description of OpenAPI 3.2.
fn answer_3_2(content: &str) -> String {
    let response = format!("{{description: D, content: {{{content}}}}}");
    let text = format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': {response}}}}}}}}}\n"
    );
    shown(&text).replace("GET /a (-)\n", "").replace("/paths/~1a/get/responses/200", "…")
}

#[test]
fn the_schema_of_a_stream_is_that_of_a_value_or_of_a_list_of_them() {
    let object = "{type: object, properties: {a: {type: string}}}";
    let one = answer(&format!("application/x-ndjson: {{schema: {object}}}"));
    assert_snapshot!(one, @"
    type …/content/application~1x-ndjson/schema <- item of 200 of /paths/~1a~1{p}/post: struct
      a: String
      -> application/x-ndjson: Lines of …/content/application~1x-ndjson/schema
    ");
    let list = answer(&format!("application/x-ndjson: {{schema: {{type: array, items: {object}}}}}"));
    assert_snapshot!(list, @"
    type …/content/application~1x-ndjson/schema/items <- item of 200 of /paths/~1a~1{p}/post: struct
      a: String
      -> application/x-ndjson: Lines of …/content/application~1x-ndjson/schema/items
    ");
    assert_snapshot!(answer("application/json-seq: {schema: {type: integer, nullable: true}}"), @"
      -> application/json-seq: Records of I64 or null
    ");
    // What the whole text is says nothing of the values in it.
    for schema in ["{schema: {type: string}}", "{schema: {type: array}}", "{}"] {
        let answer = answer(&format!("application/jsonl: {schema}"));
        assert_eq!(answer, "  -> application/jsonl: Lines of any\n", "{schema}");
    }
}

#[test]
fn what_a_stream_holds_is_read_before_3_2_too() {
    let lines = answer("application/jsonl: {itemSchema: {type: integer}}");
    assert!(lines.starts_with("  -> application/jsonl: Lines of I64\nwarning N0127 "), "{lines}");
    let events = answer("text/event-stream: {itemSchema: {type: object, properties: {data: {type: string}}}}");
    assert!(events.starts_with("  -> text/event-stream: Events of text\nwarning N0127 "), "{events}");
}

#[test]
fn the_data_of_an_event_is_json_where_it_has_parts() {
    for (schema, item) in [
        ("{}", "text"),
        ("{schema: {}}", "text"),
        ("{schema: {description: D}}", "text"),
        ("{schema: {type: string}}", "text"),
        ("{schema: {type: string, enum: [a]}}", "text"),
        ("{schema: {type: array, items: {type: string}}}", "text"),
        ("{schema: {type: integer}}", "I64"),
        ("{schema: {type: array, items: {type: array, items: {type: integer}}}}", "[I64]"),
        ("{schema: {type: object}}", "{any}"),
        ("{schema: {not: {}}}", "any"),
    ] {
        let answer = answer(&format!("text/event-stream: {schema}"));
        let first = answer.lines().next().unwrap();
        assert_eq!(first, format!("  -> text/event-stream: Events of {item}"), "{schema}");
    }
}

#[test]
fn an_object_of_the_fields_of_an_event_has_its_data() {
    let object = "{type: object, properties: {a: {type: string}}}";
    let event = |properties: &str| {
        answer(&format!("text/event-stream: {{schema: {{type: object, properties: {{{properties}}}}}}}"))
    };
    assert_snapshot!(event(&format!("data: {object}")), @"
    type …/content/text~1event-stream/schema/properties/data <- item of 200 of /paths/~1a~1{p}/post: struct
      a: String
      -> text/event-stream: Events of …/content/text~1event-stream/schema/properties/data
    ");
    assert_snapshot!(event(&format!("id: {{type: string}}, event: {{type: string}}, retry: {{type: integer}}, data: {object}")), @"
    type …/content/text~1event-stream/schema/properties/data <- item of 200 of /paths/~1a~1{p}/post: struct
      a: String
      -> text/event-stream: Events of …/content/text~1event-stream/schema/properties/data
    ");
    assert_snapshot!(event("event: {type: string}, data: {type: string}"), @"
      -> text/event-stream: Events of text
    ");
    assert_snapshot!(event(&format!("data: {object}, other: {{type: string}}")), @"
    type …/content/text~1event-stream/schema <- item of 200 of /paths/~1a~1{p}/post: struct
      data: …/content/text~1event-stream/schema/properties/data
      other: String
    type …/content/text~1event-stream/schema/properties/data <- member data of …/content/text~1event-stream/schema: struct
      a: String
      -> text/event-stream: Events of …/content/text~1event-stream/schema
    ");
}

#[test]
fn a_stream_beside_another_answer_is_another_way_to_have_it() {
    let both = answer(
        "application/json: {schema: {type: string}}, text/event-stream: {schema: {type: integer}}, application/jsonl: {}",
    );
    assert_snapshot!(both, @"
    -> application/json: String
    or text/event-stream: Events of I64
    ");
    let ids = "{description: D, content: {application/jsonl: {schema: {type: integer}}}}";
    let texts = "{description: D, content: {application/jsonl: {schema: {type: object}}}}";
    let differ = operation(&format!("{{responses: {{'200': {ids}, '201': {texts}, '204': {{description: D}}}}}}"));
    assert_snapshot!(differ, @"
    POST /a/{p} (-)
      path p!: String
      -> application/jsonl: Lines of I64
    warning S0303 #/paths/~1a~1{p}/post/responses: the streams that this operation answers are of different values; those of the first are read
    ");
}

#[test]
fn item_schemas_say_what_a_value_is() {
    assert_snapshot!(answer_3_2("application/jsonl: {itemSchema: {type: array, items: {type: string}}}"), @"
      -> application/jsonl: Lines of [String]
    ");
    assert_snapshot!(answer_3_2("application/jsonl: {itemSchema: {type: string}, schema: {type: array, items: {type: integer}}}"), @"
      -> application/jsonl: Lines of String
    ");
    let data = "{type: string, contentMediaType: application/json, contentSchema: {type: object, properties: {a: {}}}}";
    let event = |data: &str| {
        let fields = format!("event: {{type: string}}, data: {data}");
        answer_3_2(&format!(
            "text/event-stream: {{itemSchema: {{type: object, required: [data], properties: {{{fields}}}}}}}"
        ))
    };
    assert_snapshot!(event(data), @"
    type …/content/text~1event-stream/itemSchema/properties/data/contentSchema <- item of 200 of /paths/~1a/get: struct
      a: any
      -> text/event-stream: Events of …/content/text~1event-stream/itemSchema/properties/data/contentSchema
    ");
    assert_snapshot!(event("{type: string, contentMediaType: application/json}"), @"
      -> text/event-stream: Events of any
    ");
    assert_snapshot!(event("{type: string, contentMediaType: text/html, contentSchema: {type: object}}"), @"
      -> text/event-stream: Events of text
    ");
    assert_snapshot!(answer_3_2("multipart/mixed: {itemSchema: {type: string}}"), @"
      -> multipart/mixed: bytes
    warning S0302 #…/content: the answer is `multipart/mixed`; it is read as bytes
    ");
}

/// An event with this name and data, as a schema.
fn named(name: &str, data: &str) -> String {
    let name = format!("{{type: string, enum: [{name}]}}");
    format!("{{type: object, required: [event, data], properties: {{event: {name}, data: {data}}}}}")
}

/// What the events are that have one of these schemas.
fn events(branches: &[String]) -> String {
    let answer = answer(&format!("text/event-stream: {{schema: {{oneOf: [{}]}}}}", branches.join(", ")));
    let line = answer.lines().find(|line| line.contains("Events of")).unwrap_or_else(|| panic!("{answer}"));
    let warnings = answer.lines().filter(|line| line.starts_with("warning"));
    let all: Vec<&str> = line.split("Events of ").skip(1).chain(warnings).collect();
    all.join("\n").replace("…/content/text~1event-stream/schema", "…")
}

#[test]
fn events_are_told_apart_by_their_names() {
    let (a, b) = (named("a", "{type: string}"), named("b", "{type: object, properties: {x: {}}}"));
    let c = named("c", "{type: integer}");
    let branches = [a.clone(), b.clone()];
    assert_eq!(events(&branches), "a text | b …/oneOf/1/properties/data");
    // Some keep a union for each kind of event; and one event may have several names.
    let nested = [format!("{{anyOf: [{a}, {b}]}}"), c.clone()];
    assert_eq!(events(&nested), "a text | b …/oneOf/0/anyOf/1/properties/data | c I64");
    assert_eq!(events(&[named("a, b", "{type: integer}"), c.clone()]), "a I64 | b I64 | c I64");
    // What several of them hold is there once.
    let shared = [format!("{{oneOf: [{a}, {c}]}}"), format!("{{oneOf: [{a}, {b}]}}")];
    assert_eq!(events(&shared), "a text | b …/oneOf/1/oneOf/1/properties/data | c I64");
    // What has no name is a message, what has no data has an empty text, and what ends a stream is none.
    let unnamed = "{type: object, properties: {event: {type: string}, data: {type: boolean}}}".to_owned();
    let empty = "{type: object, properties: {event: {type: string, enum: [ping]}}}".to_owned();
    let done = "{type: object, properties: {data: {type: string, enum: ['[DONE]']}}}".to_owned();
    assert_eq!(events(&[c.clone(), unnamed, empty, done.clone()]), "c I64 | message Boolean | ping text");
    assert_eq!(events(&[c.clone(), done]), "I64");
    assert_eq!(events(&[c.clone(), c.clone()]), "I64");
    let other = named("c", "{type: string}");
    assert_eq!(
        events(&[c, other]),
        "text\nwarning S0302 #…: nothing tells the events of this stream apart, which are of several shapes; their data is \
         given as text"
    );
}

#[test]
fn a_union_that_holds_itself_is_no_event() {
    let within = format!(
        "{HEAD}paths: {{/a: {{get: {{responses: {{'200': {{description: D, content: {{text/event-stream: {{schema: \
        {{$ref: '#/components/schemas/E'}}}}}}}}}}}}}}}}\ncomponents: {{schemas: {{E: {{anyOf: [{}, {{$ref: '#/components/schemas/E'}}]}}}}}}\n",
        named("a", "{type: string}")
    );
    assert!(shown(&within).contains("text/event-stream: Events of"), "{}", shown(&within));
}

/// As OpenAPI 3.2.0 (section 4.14.5) has it, and what writes descriptions out of TypeSpec.
#[test]
fn events_may_be_said_beside_what_all_have() {
    let branch = |name: &str, data: &str| format!("{{properties: {{event: {{const: {name}}}, data: {data}}}}}");
    let json =
        "{contentMediaType: application/json, contentSchema: {type: object, properties: {foo: {type: integer}}}}";
    let branches = [
        branch("text", "{contentMediaType: text/plain}"),
        branch("json", json),
        "{properties: {data: {contentMediaType: text/plain, const: '[DONE]'}}}".to_owned(),
    ];
    let all = "type: object, required: [event], properties: {event: {type: string}, data: {type: string}, id: {type: string}}";
    let item = |branches: &[String]| {
        let item = format!("text/event-stream: {{itemSchema: {{{all}, oneOf: [{}]}}}}", branches.join(", "));
        let answer = answer_3_2(&item).replace("…/content/text~1event-stream/itemSchema", "…");
        answer.lines().find(|line| line.contains("Events of")).unwrap_or_default().trim().to_owned()
    };
    let json = "…/oneOf/1/properties/data/contentSchema";
    assert_eq!(item(&branches), format!("-> text/event-stream: Events of json {json} | text text"));
    // The only event needs no name.
    assert_eq!(item(&branches[1..]), format!("-> text/event-stream: Events of {}", json.replace('1', "0")));
}

#[test]
fn json_that_is_called_a_stream_is_a_value_a_line() {
    let both = |whole: &str, schema: &str| {
        let whole = format!("{{$ref: '#/components/schemas/{whole}'}}");
        let content =
            format!("application/json: {{schema: {whole}}}, application/json;stream=watch: {{schema: {schema}}}");
        let get = format!("{{get: {{responses: {{'200': {{description: D, content: {{{content}}}}}}}}}}}");
        let schemas = "{List: {type: array, items: {type: string}}, Event: {type: object, additionalProperties: {type: integer}}, \
                       Change: {type: object, properties: {type: {type: string}, object: {}}}}";
        let shown = shown(&format!("{HEAD}paths: {{/a: {get}}}\ncomponents: {{schemas: {schemas}}}\n"));
        let line = shown.lines().find(|line| line.contains("Lines of"));
        line.unwrap_or_else(|| panic!("{shown}")).trim().to_owned()
    };
    let watch = |schema: &str| both("List", schema);
    // What is said of the whole answer says nothing of a value, if there is more than one value in it.
    assert_eq!(watch("{$ref: '#/components/schemas/List'}"), "or application/json;stream=watch: Lines of any");
    let event = watch("{$ref: '#/components/schemas/Event'}");
    assert_eq!(event, "or application/json;stream=watch: Lines of Event");
    let change = "{$ref: '#/components/schemas/Change'}";
    assert_eq!(both("Change", change), "or application/json;stream=watch: Lines of Change");
}

#[test]
fn values_of_other_media_types_are_not_passed_over_in_silence() {
    let said = |other: &str| {
        let lines = "application/jsonl: {itemSchema: {type: object, properties: {a: {type: string}}}}";
        let text = format!(
            "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': {{description: D, content: \
             {{{lines}, {other}}}}}}}}}}}}}\n"
        );
        let all = shown(&text);
        all.lines().filter(|line| line.contains(" S03")).collect::<Vec<_>>().join("\n")
    };
    let other = "note S0309 #/paths/~1a/get/responses/200/content: the values are asked for as `application/jsonl`, and not as \
                 `application/json-seq`, whose values are others";
    assert_eq!(said("application/json-seq: {itemSchema: {type: integer}}"), other);
    assert_eq!(said("application/json-seq: {itemSchema: {type: object, properties: {a: {type: string}}}}"), "");
    assert_eq!(said("application/json-seq: {}"), "");
    assert_eq!(said("application/json: {schema: {type: integer}}"), "");
}

#[test]
fn lines_that_are_sent_are_a_list() {
    let sent = |version: &str, media_type: &str, said: &str| {
        let thing = "{type: object, properties: {a: {type: string}}}";
        let shown = shown(&format!(
            "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{requestBody: {{content: \
             {{{media_type}: {{{said}}}}}}}, responses: {{'204': {{description: D}}}}}}}}}}\ncomponents: {{schemas: \
             {{A: {thing}}}}}\n"
        ));
        let found = shown.contains("S0301");
        let body = shown.lines().find(|line| line.starts_with("  body ")).unwrap_or_default();
        (body.to_owned(), found)
    };
    let a = "{$ref: '#/components/schemas/A'}";
    let list = format!("schema: {{type: array, items: {a}}}");
    let lines = |media_type: &str| (format!("  body {media_type}: lines of [A]"), false);
    for media_type in ["application/jsonl", "application/x-ndjson", "application/x-ndjson; charset=utf-8"] {
        assert_eq!(sent("3.0.3", media_type, &list), lines(media_type));
    }
    assert_eq!(sent("3.2.0", "application/jsonl", &format!("itemSchema: {a}")), lines("application/jsonl"));
    assert_eq!(sent("3.1.0", "application/jsonl", &format!("schema: {a}")), lines("application/jsonl"));
    let nullable = "itemSchema: {type: [integer, 'null']}";
    assert_eq!(sent("3.2.0", "application/jsonl", nullable).0, "  body application/jsonl: lines of [I64 or null]");
    // The lines are the caller's where nothing is said of one.
    for said in ["", "schema: {type: string}", "schema: {}"] {
        let text = "  body application/jsonl: text".to_owned();
        assert_eq!(sent("3.1.0", "application/jsonl", said), (text, true), "{said}");
    }
    // Of other formats there is no writer.
    assert_eq!(sent("3.0.3", "application/json-seq", &list), ("  body application/json-seq: text".to_owned(), true));
}
