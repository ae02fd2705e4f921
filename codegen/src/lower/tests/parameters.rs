//! Parameters: what they hold, how they are written, and that none is in the way of its operation.

use insta::assert_snapshot;

use super::{HEAD, OK, lowered, operation, shown};

/// What comes of `GET path` with these parameters, and these schemas.
fn parameters(path: &str, list: &str) -> String {
    let schemas = "
    Filter: {type: object, properties: {a: {type: string}}}
    Never: {type: object, properties: {a: {not: {}}}}
    Either: {oneOf: [{type: object, properties: {a: {}}}, {type: object, properties: {a: {}}}]}";
    let operation = format!("{{parameters: [{list}], {OK}}}");
    let shown = shown(&format!("{HEAD}paths: {{'{path}': {{get: {operation}}}}}\ncomponents:\n  schemas: {schemas}\n"));
    shown.replace(&format!("GET {path} (-)\n"), "").replace("  -> nothing\n", "")
}

#[test]
fn what_a_schema_says_is_said_of_its_parameter() {
    let said = parameters("/a", "{name: q, in: query, schema: {type: string, description: D, deprecated: true}}");
    assert_eq!(said, "  query q: String deprecated \"D\"\n");
    let said = parameters("/a", "{name: q, in: query, schema: {type: string, enum: [a, b], description: D}}");
    assert!(
        said.contains("  query q: ")
            && said.lines().any(|line| line.starts_with("  query q") && line.ends_with("\"D\"")),
        "{said}"
    );
    let said = parameters("/a", "{name: q, in: query, description: Q, schema: {type: string, description: D}}");
    assert_eq!(said, "  query q: String \"Q\"\n");
}

#[test]
fn names_of_one_location_say_nothing_of_another() {
    let text = "schema: {type: string}";
    // A variable of the path is none of the query, and the path of an operation has only its own.
    assert_eq!(
        parameters("/a/{id}", &format!("{{name: id, in: query, {text}}}")).matches("path id!: String").count(),
        1
    );
    let said = parameters("/a", &format!("{{name: id, in: path, required: true, {text}}}"));
    assert!(said.starts_with("warning N0202") && said.lines().count() == 1, "{said}");
    // What is ignored needs no other word.
    let any = "{name: id, in: path, required: true, schema: {}}";
    assert!(parameters("/a/{id}", any).contains("the parameter `id` may hold anything; it is taken as a text"));
    assert!(!parameters("/a", any).contains("may hold anything"));
    // A path is never without its parts.
    assert!(parameters("/a/{id}", &format!("{{name: id, in: path, {text}}}")).contains("path id!: String"));
    // Only a header is one that is set otherwise.
    for (location, kept) in [("header", false), ("query", true), ("cookie", true)] {
        let said = parameters("/a", &format!("{{name: Accept, in: {location}, {text}}}"));
        assert_eq!(said.contains(&format!("{location} Accept: String\n")), kept, "{said}");
    }
    // Only a name of the query says that it may be there several times.
    let said = parameters("/a", &format!("{{name: 'q[]', in: query, {text}}}, {{name: 'c[]', in: cookie, {text}}}"));
    assert!(said.contains("query q[]: [String]") && said.contains("cookie c[]: String\n"), "{said}");
    let said = parameters("/a", "{name: 'q[]', in: query, schema: {type: string, enum: [a, b]}}");
    assert!(said.contains("query q[]: ["), "{said}");
}

#[test]
fn names_that_would_end_a_header_or_a_cookie_are_left_out() {
    for (location, name) in
        [("header", ""), ("header", "a b"), ("header", "a:"), ("cookie", "a;b"), ("cookie", "a=b"), ("cookie", "a b")]
    {
        let said = parameters("/a", &format!("{{name: '{name}', in: {location}, schema: {{type: string}}}}"));
        assert!(said.starts_with("warning ") && said.contains("can't be the name of a header or a cookie"), "{said}");
    }
}

#[test]
fn a_default_is_sent_where_something_must_be() {
    let schema = "schema: {type: integer, default: 3}";
    let list = format!("{{name: a, in: query, required: true, {schema}}}, {{name: b, in: query, {schema}}}");
    let (lowered, _) = lowered(&format!("{HEAD}paths: {{/a: {{get: {{parameters: [{list}], {OK}}}}}}}\n"));
    let presets = lowered.api.operations[0].parameters.iter().map(|one| (one.wire.as_str(), one.preset.is_some()));
    assert_eq!(presets.collect::<Vec<_>>(), [("a", true), ("b", false)]);
}

#[test]
fn styles_of_all_locations() {
    let styles = [
        ("path", ["simple", "label", "matrix"].as_slice()),
        ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ("header", &["simple"]),
        ("cookie", &["form", "cookie"]),
    ];
    let mut list = Vec::new();
    for (location, styles) in styles {
        for style in styles {
            for explode in ["", ", explode: true", ", explode: false"] {
                let name = format!("{style}{}", list.len());
                let required = if location == "path" { ", required: true" } else { "" };
                list.push(format!("{{name: {name}, in: {location}, style: {style}{explode}{required}, schema: {{$ref: '#/components/schemas/Filter'}}}}"));
            }
        }
    }
    let path: String = ["simple0", "simple1", "simple2", "label3", "label4", "label5", "matrix6", "matrix7", "matrix8"]
        .map(|name| format!("/{{{name}}}"))
        .concat();
    assert_snapshot!(parameters(&path, &list.join(", ")), @r"
    type Filter <- component Filter: struct
      a: String
      path simple0!: Filter
      path simple1!: Filter Simple exploded
      path simple2!: Filter
      path label3!: Filter Label
      path label4!: Filter Label exploded
      path label5!: Filter Label
      path matrix6!: Filter Matrix
      path matrix7!: Filter Matrix exploded
      path matrix8!: Filter Matrix
      cookie cookie27: Filter Cookie exploded
      cookie cookie28: Filter Cookie exploded
      cookie cookie29: Filter Cookie
      query deepObject18: Filter DeepObject exploded
      query deepObject19: Filter DeepObject exploded
      query deepObject20: Filter DeepObject exploded
      query form10: Filter
      query form11: Filter Form
      cookie form24: Filter
      cookie form25: Filter
      cookie form26: Filter Form
      query form9: Filter
      query pipeDelimited15: Filter PipeDelimited
      query pipeDelimited16: Filter PipeDelimited exploded
      query pipeDelimited17: Filter PipeDelimited
      header simple21: Filter
      header simple22: Filter Simple exploded
      header simple23: Filter
      query spaceDelimited12: Filter SpaceDelimited
      query spaceDelimited13: Filter SpaceDelimited exploded
      query spaceDelimited14: Filter SpaceDelimited
    ");
}

#[test]
fn what_a_parameter_holds() {
    let query = |schemas: &[&str]| {
        let named = schemas
            .iter()
            .enumerate()
            .map(|(at, schema)| format!("{{name: q{at}, in: query, allowReserved: {}, schema: {schema}}}", at == 0));
        parameters("/a", &named.collect::<Vec<_>>().join(", "))
    };
    assert_snapshot!(query(&[
        "{type: string}",
        "{}",
        "{type: array, items: {}}",
        "{type: array}",
        "{type: array, items: {$ref: '#/components/schemas/Filter'}}",
        "{type: object, additionalProperties: {type: integer}}",
        "{not: {}}",
        "{$ref: '#/components/schemas/Never'}",
        "{type: array, items: {$ref: '#/components/schemas/Never'}}",
    ]), @r"
    type Filter <- component Filter: struct
      a: String
    type Never <- component Never: struct
      a: any
      query q0: String Form exploded reserved
      query q1: String
      query q2: [String]
      query q3: [String]
      query q4: [Filter]
      query q5: {I64}
      query q6: String
      query q7: Never
      query q8: [Never]
    warning S0102 #/components/schemas/Never/properties/a: `not` has no type of its own; this is read as any value
    note S0204 #/paths/~1a/get/parameters/1: the parameter `q1` may hold anything; it is taken as a text
    note S0204 #/paths/~1a/get/parameters/2: the parameter `q2` may hold anything; it is taken as a list of texts
    note S0204 #/paths/~1a/get/parameters/3: the parameter `q3` may hold anything; it is taken as a list of texts
    note S0204 #/paths/~1a/get/parameters/6: the parameter `q6` may hold anything; it is taken as a text
    warning S0102 #/paths/~1a/get/parameters/6/schema: `not` has no type of its own; this is read as any value
    ");
    assert_snapshot!(query(&[
        "{oneOf: [{type: string}, {type: integer}]}",
        "{oneOf: [{type: boolean}, {type: integer}]}",
        "{oneOf: [{type: integer}, {type: array, items: {type: integer}}]}",
        "{oneOf: [{type: integer}, {type: array, items: {type: string}}]}",
        "{oneOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}",
        "{$ref: '#/components/schemas/Either'}",
    ]), @"
    type Either <- component Either: struct
      a: any
    type /paths/~1a/get/parameters/1/schema <- parameter q1 of /paths/~1a/get: union Boolean: Boolean | Integer: I64
    type /paths/~1a/get/parameters/3/schema <- parameter q3 of /paths/~1a/get: union Integer: I64 | List: [String]
      query q0: String Form exploded reserved
      query q1: /paths/~1a/get/parameters/1/schema
      query q2: [I64]
      query q3: /paths/~1a/get/parameters/3/schema
      query q4: String
      query q5: Either
    ");
}

#[test]
fn parameters_with_content() {
    let content = |name: &str, content: &str| format!("{{name: {name}, in: query, content: {content}}}");
    let list = [
        content("a", "{application/json: {schema: {$ref: '#/components/schemas/Filter'}}}"),
        content("b", "{application/json: {}}"),
        content("c", "{text/plain: {schema: {type: string}}}"),
        content("d", "{application/json: {schema: {$ref: '#/components/schemas/Never'}}}"),
        content("e", "{application/json: {schema: {type: object, properties: {a: {}}}}}"),
        content("f", "{text/csv: {schema: {type: array, items: {type: integer}}}}"),
        content("g", "{application/xml: {schema: {$ref: '#/components/schemas/Filter'}}}"),
        content("h", "{text/plain: {schema: {type: integer}}}"),
        content("i", "{text/plain: {}}"),
    ];
    assert_snapshot!(parameters("/a", &list.join(", ")), @r"
    type Filter <- component Filter: struct
      a: String
    type Never <- component Never: struct
      a: any
    type /paths/~1a/get/parameters/4/content/application~1json/schema <- parameter e of /paths/~1a/get: struct
      a: any
      query a: Filter Json
      query b: any Json
      query c: String
      query d: Never Json
      query e: /paths/~1a/get/parameters/4/content/application~1json/schema Json
      query f: String
      query g: String
      query h: I64
      query i: String
    warning S0102 #/components/schemas/Never/properties/a: `not` has no type of its own; this is read as any value
    note S0204 #/paths/~1a/get/parameters/5: the parameter `f` has a content that is not JSON; it is taken as a text
    note S0204 #/paths/~1a/get/parameters/6: the parameter `g` has a content that is not JSON; it is taken as a text
    ");
}

#[test]
fn none_is_in_the_way_of_its_operation() {
    assert_snapshot!(parameters("/a/{b}/{c}", "{name: d, in: path, required: true, schema: {type: string}}, \
        {name: b, in: path, required: true, schema: {type: 5}}, {$ref: '#/nowhere'}, {name: e, in: query, required: true, style: \
        simple, schema: {type: integer}}"), @r#"
      path b!: String
      path c!: String
      query e!: I64
    without R0102 #/paths/~1a~1{b}~1{c}/get/parameters/2: parameter "nowhere" of GET /a/{b}/{c}
    warning N0202 #/paths/~1a~1{b}~1{c}/get/parameters/0: `/a/{b}/{c}` has no `{d}`; the parameter `d` is ignored
        did you mean `b`?
    warning N0207 #/paths/~1a~1{b}~1{c}/get/parameters/3/style: `style: simple` does not go with `in: query`
        styles for this location: `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`
    note S0204 #/paths/~1a~1{b}~1{c}/get/parameters/1: the parameter `b` may hold anything; it is taken as a text
    warning N0103 #/paths/~1a~1{b}~1{c}/get/parameters/1/schema/type: `type` must be a text, and is a number; this is read as any value
    warning R0102 #/paths/~1a~1{b}~1{c}/get/parameters/2/$ref: `$ref` points to nothing: there is no `#/nowhere`
        left out for this: parameter "nowhere" of GET /a/{b}/{c}
    "#);
}

#[test]
fn a_path_with_a_query() {
    let path = "{name: d, in: path, required: true, schema: {type: integer}}";
    assert_snapshot!(parameters("/a?b=c&d={d}&e#f", path), @r"
      query b=c
      query e=
      query d!: I64
    note S0406 #/paths/~1a?b=c&d={d}&e#f: the path `/a?b=c&d={d}&e#f` has a query, which each request has
    ");
    assert_snapshot!(parameters("/a/{d}#f", path), @r"
      path d!: I64
    note S0406 #/paths/~1a~1{d}#f: the path `/a/{d}#f` has a fragment, which is not sent
    ");
    for (path, said) in [
        ("/a?b=c{d}", "is none of names and values"),
        ("/a?b=%20", "is none of names and values"),
        ("/a?{d}=b", "is none of names and values"),
        ("/a{?d}", "begins between braces"),
        ("/a/{d", "a brace of the path `/a/{d` has no other"),
        ("/a/}d{", "a brace of the path"),
        ("/a/{x{d}}", "a brace of the path"),
    ] {
        let shown = parameters(path, "");
        assert!(shown.contains("left out S0405") && shown.contains(said), "{shown}");
    }
}

/// What comes of `GET /a` with a query as a whole of this content.
fn whole_query(content: &str) -> String {
    let parameter = format!("{{name: q, in: querystring, content: {content}}}");
    let head = HEAD.replace("3.0.3", "3.2.0");
    let shown = shown(&format!("{head}paths: {{/a: {{get: {{parameters: [{parameter}], {OK}}}}}}}\n"));
    shown.replace("GET /a (-)\n", "").replace("  -> nothing\n", "")
}

#[test]
fn a_query_as_a_whole_is_a_form_json_or_a_text() {
    let object = "{type: object, properties: {a: {type: integer}}}";
    let form = whole_query(&format!("{{application/x-www-form-urlencoded: {{schema: {object}}}}}"));
    assert!(form.contains("query q: ") && form.contains(" Form exploded whole"), "{form}");
    let json = whole_query(&format!("{{application/json: {{schema: {object}}}}}"));
    assert!(json.contains("query q: ") && json.contains(" Json whole"), "{json}");
    assert_snapshot!(whole_query("{application/jsonpath: {schema: {type: string}}}"), @"  query q: String Form exploded whole");
    assert_snapshot!(whole_query("{text/plain: {schema: {type: integer}}}"), @"  query q: I64 Form exploded whole");
    assert_snapshot!(whole_query(&format!("{{application/xml: {{schema: {object}}}}}")), @"
      query q: String Form exploded whole
    note S0204 #/paths/~1a/get/parameters/0: the parameter `q` has a content that is not JSON; it is taken as a text
    ");
}

#[test]
fn a_query_as_a_whole_needs_no_name() {
    let parameter = "{in: querystring, content: {application/json: {schema: {type: object}}}}";
    let described = |version: &str| {
        let head = HEAD.replace("3.0.3", version);
        shown(&format!("{head}paths: {{/a: {{get: {{parameters: [{parameter}], {OK}}}}}}}\n"))
    };
    assert_snapshot!(described("3.2.0"), @"
    GET /a (-)
      query query: {any} Json whole
      -> nothing
    warning N0102 #/paths/~1a/get/parameters/0: a parameter must have a member `name`; this one is read as `query`
        write `name: query`
    ");
    // There is none before 3.2.
    assert!(described("3.1.0").contains("without N0105"), "{}", described("3.1.0"));
}

#[test]
fn a_query_as_a_whole_that_is_a_form_of_no_object_is_left_out() {
    let shown = whole_query("{application/x-www-form-urlencoded: {schema: {type: string}}}");
    assert!(!shown.contains("query q"), "{shown}");
    assert!(shown.contains("warning S0206 #/paths/~1a/get/parameters/0: "), "{shown}");
}

#[test]
fn encodings_of_a_query_as_a_whole_are_not_ignored_in_silence() {
    let said = |encoding: &str| {
        let schema = "{type: object, properties: {ids: {type: array, items: {type: integer}}}}";
        let content = format!("{{application/x-www-form-urlencoded: {{schema: {schema}{encoding}}}}}");
        whole_query(&content)
    };
    assert!(!said("").contains("S0206"));
    let said = said(", encoding: {ids: {explode: false}}");
    assert!(said.contains("warning S0206 #/paths/~1a/get/parameters/0/content: "), "{said}");
}

#[test]
fn names_of_headers_are_one_whatever_their_case_and_must_be_such() {
    let shown = parameters(
        "/a",
        "{name: 'X Y', in: header, schema: {type: string}}, {name: x-id, in: header, schema: {type: string}}, \
         {name: X-Id, in: header, schema: {type: integer}}",
    );
    assert_snapshot!(shown, @r"
      header X-Id: I64
    warning N0203 #/paths/~1a/get/parameters/2: the header parameter `X-Id` is there twice
        remove one of the two
    warning S0207 #/paths/~1a/get/parameters/0: `X Y` can't be the name of a header or a cookie
    ");
}

#[test]
fn a_header_with_parts_in_its_parts_is_json() {
    let one = |more: &str, schema: &str| {
        let shown = parameters("/a", &format!("{{name: X-Filter, in: header{more}, schema: {schema}}}"));
        (shown.contains("X-Filter: ") && shown.contains(" Json"), shown.contains("note S0209"))
    };
    let lists = "{type: object, properties: {and: {type: array, items: {type: string}}}}";
    for schema in [
        lists,
        "{type: object, additionalProperties: {type: object, properties: {n: {type: string}}}}",
        &format!("{{oneOf: [{{type: object}}, {lists}]}}"),
    ] {
        assert_eq!(one("", schema), (true, true), "{schema}");
        assert_eq!(one(", style: simple", schema), (false, false), "{schema}");
    }
    for schema in
        ["{type: object, properties: {n: {type: string}}}", "{type: object}", "{type: array, items: {type: string}}"]
    {
        assert_eq!(one("", schema), (false, false), "{schema}");
    }
}

#[test]
fn a_name_of_several_values_has_a_list() {
    let one = |more: &str, schema: &str| {
        let shown = parameters("/a", &format!("{{name: 'ids[]', in: query{more}, schema: {schema}}}"));
        let line = shown.lines().find(|line| line.contains("query ids[]")).unwrap_or_default().trim().to_owned();
        (line, shown.contains("note S0208"))
    };
    assert_eq!(one("", "{type: integer}"), ("query ids[]: [I64]".to_owned(), true));
    for (more, schema) in [
        ("", "{type: array, items: {type: integer}}"),
        (", explode: false", "{type: integer}"),
        ("", "{type: integer, minimum: 1}"),
        ("", "{type: object}"),
    ] {
        assert!(!one(more, schema).1, "{schema}");
    }
}

#[test]
fn branches_of_an_argument_that_is_a_text_are_told() {
    let said = |schema: &str| {
        let said = operation(&format!("{{parameters: [{{name: q, in: query, schema: {schema}}}], {OK}}}"));
        said.lines().find(|line| line.starts_with("  query q")).unwrap_or_default().to_owned()
    };
    assert_eq!(
        said("{anyOf: [{type: string, format: date, description: A day.}, {type: string, format: date-time}]}"),
        "  query q: String, either, format date \"A day.\" or, format date-time"
    );
    assert_eq!(
        said(
            "{description: Which., oneOf: [{type: integer, minimum: 1}, {type: string, format: uuid, maxLength: 36}]}"
        ),
        "  query q: String, either, minimum 1 or, format uuid, greatest length 36 \"Which.\""
    );
    assert_eq!(said("{oneOf: [{type: string}, {type: integer}]}"), "  query q: String");
}

#[test]
fn what_stands_in_the_query_of_a_path_is_as_its_query_parameter_says() {
    let of = |own: &str| shown(&format!("{HEAD}paths: {{'/a?q={{query}}': {{get: {{parameters: [{own}], {OK}}}}}}}\n"));
    assert_snapshot!(of("{name: q, in: query, required: true, description: What to look for, schema: {type: integer}}"), @r#"
    GET /a?q={query} (-)
      query q!: I64 "What to look for"
      -> nothing
    note S0406 #/paths/~1a?q={query}: the path `/a?q={query}` has a query, which each request has
    "#);
    assert_snapshot!(of("{name: query, in: path, required: true, schema: {type: integer}}"), @"
    GET /a?q={query} (-)
      query q!: I64
      -> nothing
    note S0406 #/paths/~1a?q={query}: the path `/a?q={query}` has a query, which each request has
    ");
    assert_snapshot!(of(""), @"
    GET /a?q={query} (-)
      query q!: String
      -> nothing
    warning N0201 #/paths/~1a?q={query}/get: no parameter `in: path` is called `query`, which `/a?q={query}` needs
        add a parameter with `name: query`, `in: path`, `required: true`
    note S0406 #/paths/~1a?q={query}: the path `/a?q={query}` has a query, which each request has
    ");
}

#[test]
fn what_one_branch_of_a_parameter_lists_is_of_the_parameter() {
    let listed = "{type: array, items: {type: string, enum: [a, b]}}";
    let parameter = format!("{{name: q, in: query, schema: {{oneOf: [{{type: string}}, {listed}]}}}}");
    let said = super::operation(&format!("{{parameters: [{parameter}], {OK}}}"));
    assert!(said.contains(" <- parameter q of /paths/~1a~1{p}/post: enum a | b\n"), "{said}");
}

#[test]
fn paths_may_have_arguments_of_several_segments() {
    let of = |version: &str, parameter: &str| {
        let text = format!(
            "{version}\ninfo: {{title: T, version: '1'}}\npaths: {{'/{{p}}/a': {{get: {{parameters: [{{name: p, in: path, required: true, \
             {parameter}}}], responses: {{'204': {{description: D}}}}}}}}}}\n"
        );
        super::lowered(&text).0.api.operations[0].parameters[0].style.reserved
    };
    assert!(of("openapi: 3.2.0", "schema: {type: string}, allowReserved: true"));
    assert!(!of("openapi: 3.2.0", "schema: {type: string}, style: label, allowReserved: true"));
    assert!(of("swagger: '2.0'", "type: string, x-ms-skip-url-encoding: true"));
    assert!(!of("swagger: '2.0'", "type: string, x-ms-skip-url-encoding: false"));
}
