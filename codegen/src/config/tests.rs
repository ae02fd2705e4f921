use super::*;
use crate::diag::{self, Diagnostic, Severity};
use crate::model::Delivery;
use crate::source::FileId;

/// The configuration, or the diagnostics as text; the file stands in `/w/spec/`, and the home folder is `/home/me`.
fn parse(text: &str) -> Result<Config, String> {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let home = Path::new("/home/me");
    let config = Config::parse(
        Path::new("/w/spec/clientwright.toml"),
        text.to_owned(),
        Some(home),
        &mut sources,
        &mut diagnostics,
    );
    match config {
        Some(config) => {
            assert!(diagnostics.is_empty());
            Ok(config)
        }
        None => {
            assert!(diagnostics.has_errors(), "no configuration and no reason");
            Err(diagnostics.iter().map(|found| diag::text::render(found, &sources)).collect())
        }
    }
}

/// The diagnostics of a configuration whose first lines are fine.
fn refused(rest: &str) -> String {
    parse(&format!("spec = \"api.yaml\"\nout = \"../client\"\n{rest}")).err().unwrap_or_default()
}

#[test]
fn a_whole_configuration_is_read() {
    let config = parse(
        r#"
        spec = "api.yaml"
        out = "../client"
        delivery = "module"
        strict = true

        [package]
        name = "realtimekit-sessions"
        version = "0.2.0-rc.1"
        description = "A client"
        license = "MIT OR Apache-2.0"
        repository = "https://example.com/r"
        keywords = ["api", "sessions"]
        categories = ["api-bindings"]

        [resources]
        Sessions = "realtime_kit.sessions"

        [names]
        operations."GET /pets/{id}" = "pet"
        types = { Pet = "Animal" }
        members."Pet.tagName" = "tag"

        [env]
        base_url = "API_BASE_URL"
        schemes.api_token = "API_TOKEN"

        [limits]
        depth = 200
        bytes = 1_000_000

        [diagnostics]
        deny = ["l0001"]
        "#,
    )
    .unwrap();
    assert_eq!(config.spec, Path::new("/w/spec/api.yaml"));
    assert_eq!(paths::tidy(&config.out), Path::new("/w/client"));
    assert_eq!(config.delivery, Delivery::Module);
    assert!(config.strict);
    assert_eq!(config.resources["Sessions"].value, "realtime_kit.sessions");
    assert_eq!(config.names.operations["GET /pets/{id}"].value, "pet");
    assert_eq!(config.names.members["Pet.tagName"].value, "tag");
    assert_eq!(config.limits, Limits { depth: 200, bytes: 1_000_000, ..Limits::default() });
    assert_eq!(config.deny.iter().map(|set| set.value.id).collect::<Vec<_>>(), ["L0001"]);
    let settings = config.settings("Title");
    assert_eq!(settings.package, "realtimekit-sessions");
    assert_eq!(settings.scheme_env["api_token"], "API_TOKEN");
}

#[test]
fn without_a_name_the_folder_gives_it_and_then_the_title() {
    let named = |out: &str, title: &str| Config::new("/w/api.yaml", out).settings(title).package;
    assert_eq!(named("/w/My Client", "Pets"), "my-client");
    assert_eq!(named("/w/3", "The Pets"), "the-pets");
    assert_eq!(named("/w/3", "—"), "api-client");
    let module = Config { delivery: Delivery::Module, ..Config::new("/w/api.yaml", "/target/build/x/out") };
    assert_eq!(module.settings("Pets").package, "pets");
}

#[test]
fn what_is_no_toml_has_its_place() {
    insta::assert_snapshot!(parse("spec = api.yaml\nout = \"a\"\n").unwrap_err(), @"
    error[C0002]: string values must be quoted, expected literal string
      --> /w/spec/clientwright.toml:1:8
    ");
    insta::assert_snapshot!(refused("[package]\nname = \"a\"\nname = \"b\"\n"), @"
    error[C0002]: duplicate key
      --> /w/spec/clientwright.toml:5:1
    ");
}

#[test]
fn odd_texts_are_read_or_refused() {
    for prefix in ["\u{feff}", "\r\n", "# a comment\r\n"] {
        assert!(parse(&format!("{prefix}spec = \"a\"\r\nout = \"../b\"\r\n")).is_ok(), "{prefix:?}");
    }
    for text in ["\0", "a = ", "= 1", "[", "spec = \"\u{1b}\"", "\u{2028}"] {
        assert!(parse(text).unwrap_err().contains("C0002"), "{text:?}");
    }
    let deep = format!("a = {}", "[".repeat(200_000));
    assert!(parse(&deep).is_err());
    let deep = format!("{}a = 1", "a.".repeat(100_000));
    assert!(parse(&deep).is_err());
}

#[test]
fn unknown_keys_are_refused_wherever_they_stand() {
    insta::assert_snapshot!(
        refused("publish = true\n[packages]\n[package]\nlicence = \"MIT\"\n[env]\nschema.a = \"A\"\n[limits]\nlines = 3\n"),
        @"
        error[C0003]: the configuration has no setting `publish`
          --> /w/spec/clientwright.toml:3:1: unknown
          = help: the settings here are `spec`, `also_read`, `overlays`, `include`, `exclude`, `out`, `delivery`, `resource_features`, `keep_unknown_members`, `check_bounds`, `idempotency_header`, `strict`, `package`, `retries`, `resources`, `names`, `types`, `dependencies`, `bodies`, `paging`, `streams`, `env`, `limits`, `diagnostics`
        error[C0003]: the configuration has no setting `packages`
          --> /w/spec/clientwright.toml:4:2: unknown
          = help: did you mean `package`?
        error[C0003]: the configuration has no setting `package.licence`
          --> /w/spec/clientwright.toml:6:1: unknown
          = help: did you mean `license`?
        error[C0003]: the configuration has no setting `env.schema`
          --> /w/spec/clientwright.toml:8:1: unknown
          = help: did you mean `schemes`?
        error[C0003]: the configuration has no setting `limits.lines`
          --> /w/spec/clientwright.toml:10:1: unknown
          = help: the settings here are `files`, `bytes`, `nodes`, `depth`, `text`, `key`
        "
    );
}

#[test]
fn wrong_types_are_told_with_the_right_ones() {
    insta::assert_snapshot!(
        refused(
            "strict = \"yes\"\nresources = []\n[package]\nversion = 1.0\nkeywords = \"a\"\ncategories = [1]\n[limits]\ndepth = \"9\"\n[names.types]\nPet = 3\n"
        ),
        @"
        error[C0004]: `strict` must be `true` or `false`
          --> /w/spec/clientwright.toml:3:10: this is a text
        error[C0004]: `resources` must be a table
          --> /w/spec/clientwright.toml:4:13: this is a list
        error[C0004]: `package.version` must be a text
          --> /w/spec/clientwright.toml:6:11: this is a number
        error[C0004]: `package.keywords` must be a list of texts
          --> /w/spec/clientwright.toml:7:12: this is a text
        error[C0004]: `package.categories` must be a list of texts only
          --> /w/spec/clientwright.toml:8:15: this is a whole number
        error[C0004]: `limits.depth` must be a whole number
          --> /w/spec/clientwright.toml:10:9: this is a text
        error[C0004]: `names.types.Pet` must be a text
          --> /w/spec/clientwright.toml:12:7: this is a whole number
        "
    );
}

#[test]
fn what_must_be_there_is_asked_for() {
    insta::assert_snapshot!(parse("[package]\n").unwrap_err(), @r#"
    error[C0005]: the configuration has no `spec`
      --> /w/spec/clientwright.toml:1:1
      = help: add `spec = "…"` at the top: the path of the description, relative to this file
    error[C0005]: the configuration has no `out`
      --> /w/spec/clientwright.toml:1:1
      = help: add `out = "…"` at the top: the path of the folder of the generated crate, relative to this file
    "#);
    insta::assert_snapshot!(parse("spec = \"\"\nout = 3").unwrap_err(), @"
    error[C0004]: `spec` is not a path
      --> /w/spec/clientwright.toml:1:8
    error[C0004]: `out` must be a text
      --> /w/spec/clientwright.toml:2:7: this is a whole number
    ");
}

#[test]
fn values_of_the_package_are_what_cargo_takes() {
    insta::assert_snapshot!(
        refused(
            r#"[package]
name = "3d"
version = "1.0.0\"\nbuild = \"b.rs"
description = "a\u0000b"
license = "MIT/Apache-2.0"
repository = "javascript:alert(1)"
keywords = ["a", "a", "b", "c", "d", "e", "f", "g h"]
categories = ["Web"]
"#
        ),
        @r#"
        error[C0101]: `package.name` can't be `3d`
          --> /w/spec/clientwright.toml:4:8: it must begin with an ASCII letter
        error[C0101]: `package.version` can't be `1.0.0\"\nbuild = \"b.rs`
          --> /w/spec/clientwright.toml:5:11: a version looks like `1.2.3` or `1.2.3-beta.1`
        error[C0101]: `package.description` can't be `a\0b`
          --> /w/spec/clientwright.toml:6:15: it must be some text without control characters
        error[C0101]: `package.license` can't be `MIT/Apache-2.0`
          --> /w/spec/clientwright.toml:7:11: an SPDX expression looks like `MIT OR Apache-2.0`
        error[C0101]: `package.repository` can't be `javascript:alert(1)`
          --> /w/spec/clientwright.toml:8:14: it must be an address that begins with `https://` or `http://`
        error[C0101]: `package.keywords` can't be `a`
          --> /w/spec/clientwright.toml:9:18: it is there twice
        error[C0101]: `package.keywords` can't be `f`
          --> /w/spec/clientwright.toml:9:43: there may be five at most
        error[C0101]: `package.keywords` can't be `g h`
          --> /w/spec/clientwright.toml:9:48: a keyword has at most 20 of letters, digits, `_`, `-`, `+`
        error[C0101]: `package.categories` can't be `Web`
          --> /w/spec/clientwright.toml:10:15: a category is a slug such as `web-programming::http-client`
        "#
    );
}

#[test]
fn names_variables_choices_and_limits_have_their_forms() {
    insta::assert_snapshot!(
        refused(
            r#"delivery = "folder"
[resources]
Pets = "Pets"
[names]
operations.a = "int; fn f(){}"
types.a = "pet"
members."a.b" = ""
[env]
base_url = "base-url"
schemes.a = "1A"
[limits]
depth = 257
nodes = 0
bytes = -1
text = 99999999999999999999
key = 0x10
"#
        ),
        @"
        error[C0103]: `delivery` can't be `folder`
          --> /w/spec/clientwright.toml:3:12: it can be `crate`, `module`
        error[C0104]: `Pets` is not a name that can be used here
          --> /w/spec/clientwright.toml:5:8
          = help: a resource is a path such as `realtime_kit.sessions`: names in `snake_case` with dots, at most eight
        error[C0104]: `int; fn f(){}` is not a name that can be used here
          --> /w/spec/clientwright.toml:7:16
          = help: write it in `snake_case`, with ASCII letters, digits and `_`
        error[C0104]: `pet` is not a name that can be used here
          --> /w/spec/clientwright.toml:8:11
          = help: write it in `UpperCamelCase`, with ASCII letters and digits
        error[C0104]: `` is not a name that can be used here
          --> /w/spec/clientwright.toml:9:17
          = help: write members in `snake_case` and variants in `UpperCamelCase`, with ASCII letters and digits
        error[C0105]: `base-url` is not a name that can be used here
          --> /w/spec/clientwright.toml:11:12
          = help: write it with capital letters, digits and `_`, such as `API_TOKEN`
        error[C0105]: `1A` is not a name that can be used here
          --> /w/spec/clientwright.toml:12:13
          = help: write it with capital letters, digits and `_`, such as `API_TOKEN`
        error[C0106]: `limits.depth` must be from 1 to 256
          --> /w/spec/clientwright.toml:14:9
        error[C0106]: `limits.nodes` must be from 1 to 4294967295
          --> /w/spec/clientwright.toml:15:9
        error[C0106]: `limits.bytes` must be from 1 to 4294967295
          --> /w/spec/clientwright.toml:16:9
        error[C0106]: `limits.text` must be from 1 to 4294967295
          --> /w/spec/clientwright.toml:17:8
        "
    );
}

#[test]
fn codes_exist_and_only_warnings_are_allowed() {
    insta::assert_snapshot!(
        refused("[diagnostics]\nallow = [\"L0001\", \"L00001\", \"nonsense\"]\ndeny = [\"W0104\", \"W0104\"]\n"),
        @"
        error[C0207]: `L0001` can't be in `diagnostics.allow`
          --> /w/spec/clientwright.toml:4:10: only warnings can be allowed
        error[C0206]: there is no code `L00001`
          --> /w/spec/clientwright.toml:4:19
          = help: did you mean `L0001`?
        error[C0206]: there is no code `nonsense`
          --> /w/spec/clientwright.toml:4:29
          = help: `clientwright explain` lists all codes
        error[C0207]: `W0104` can't be in `diagnostics.deny`
          --> /w/spec/clientwright.toml:5:18: it is there already
        "
    );
}

#[test]
fn the_output_folder_takes_nothing_in() {
    insta::assert_snapshot!(parse("spec = \"api.yaml\"\nout = \"..\"\n").unwrap_err(), @"
    error[C0102]: `..` can't be the output folder
      --> /w/spec/clientwright.toml:2:7: the configuration lies inside
    ");
    for out in ["/", "/home", "/home/me", ".", "/w", "../..", "../spec"] {
        let refused = parse(&format!("spec = \"api.yaml\"\nout = \"{out}\"\n")).unwrap_err();
        assert!(refused.contains("C0102"), "{out}: {refused}");
    }
    let refused = parse("spec = \"../client/api/a.yaml\"\nout = \"../client\"\n").unwrap_err();
    assert!(refused.contains("the description lies inside"), "{refused}");
    assert!(parse("spec = \"api.yaml\"\nout = \"/home/me/client\"\n").is_ok());
}

static WARNING: diag::Code = diag::Code { id: "X1", title: "", severity: Severity::Warning, explain: "" };

fn place() -> Span {
    fn file() -> FileId {
        Sources::default().add("", String::new())
    }
    Span { file: file(), bytes: 0..0 }
}

#[test]
fn strict_allow_and_deny_change_severities() {
    let mut config = Config::new("a", "b");
    let severity = |config: &Config, code| {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Diagnostic::new(code, ""));
        judge(config, &mut diagnostics);
        judge(config, &mut diagnostics);
        diagnostics.iter().map(|found| found.severity).collect::<Vec<_>>()
    };
    assert_eq!(severity(&config, &WARNING), [Severity::Warning]);
    config.strict = true;
    assert_eq!(severity(&config, &WARNING), [Severity::Error]);
    config.allow.push(Setting { value: &WARNING, span: place() });
    assert_eq!(severity(&config, &WARNING), [Severity::Note]);
    assert_eq!(severity(&config, &diag::SYNTAX), [Severity::Error]);
    config.deny.push(Setting { value: &WARNING, span: place() });
    assert_eq!(severity(&config, &WARNING), [Severity::Error]);
}

#[test]
fn an_allowed_code_that_nothing_has_is_refused() {
    let mut config = Config::new("a", "b");
    config.allow.push(Setting { value: &WARNING, span: place() });
    let mut diagnostics = Diagnostics::default();
    refuse_unused(&config, &mut diagnostics);
    assert_eq!(diagnostics.iter().map(|found| found.code.id).collect::<Vec<_>>(), ["C0208"]);

    let mut diagnostics = Diagnostics::default();
    diagnostics.push(Diagnostic::new(&WARNING, ""));
    refuse_unused(&config, &mut diagnostics);
    assert_eq!(diagnostics.iter().count(), 1);
}

#[test]
fn types_of_other_crates_are_dependencies() {
    let config = parse(
        r#"
        spec = "api.yaml"
        out = "../client"

        [types]
        formats = { decimal = "rust_decimal::Decimal", ip = "std::net::IpAddr" }
        schemas."Pet.born" = "a_b::C<rust_decimal::Decimal>"

        [dependencies]
        rust_decimal = "1.36"
        a-b = { version = "2", features = ["x"], default-features = false }
        "#,
    );
    let config = config.unwrap();
    let names: Vec<&str> = config.dependencies.iter().map(|own| own.name.as_str()).collect();
    assert_eq!(names, ["a-b", "rust_decimal"]);
    assert_eq!(
        (config.dependencies[0].features.as_slice(), config.dependencies[0].default_features),
        (&["x".to_owned()][..], false)
    );
    assert_eq!(config.types.schemas["Pet.born"].value, "a_b::C<rust_decimal::Decimal>");
    assert_eq!(config.choices().formats.len(), 2);
}

#[test]
fn dependencies_need_versions_and_a_crate() {
    let types = "[types.formats]\nx = \"a::B\"\n";
    for (rest, expected) in [
        ("[dependencies]\na = \"latest\"", "it needs a version"),
        ("[dependencies]\na = {}", "it needs a version"),
        ("[dependencies]\na = { version = \"1\", path = \"..\" }", "no setting `dependencies.a.path`"),
        ("[dependencies]\na = { version = \"1\", features = [\"x y\"] }", "not the name of a feature"),
        ("[dependencies]\na = 1", "must be a text"),
    ] {
        let refused = refused(&format!("{types}{rest}"));
        assert!(refused.contains(expected), "{refused}");
    }
    let module = refused("delivery = \"module\"\n[types.formats]\nx = \"crate::B\"\n[dependencies]\na = \"1\"");
    assert!(module.contains("a module has no manifest") && !module.contains("C0107"), "{module}");
}

#[test]
fn an_idempotency_header_is_the_name_of_one() {
    let set = |value: &str| format!("spec = \"api.yaml\"\nout = \"../client\"\nidempotency_header = \"{value}\"");
    assert_eq!(parse(&set("X-Request-Key")).unwrap().idempotency_header.as_deref(), Some("X-Request-Key"));
    let refused = refused("idempotency_header = \"a: b\"");
    assert!(refused.starts_with("error[C0110]: `a: b` is not a name that can be used here"), "{refused}");
}

#[test]
fn retries_are_statuses_of_errors() {
    let set = "spec = \"api.yaml\"\nout = \"../client\"\n[retries]\n423 = true\n409 = false";
    assert_eq!(parse(set).unwrap().retries, [(409, false), (423, true)].into());
    let edges = "spec = \"api.yaml\"\nout = \"../client\"\n[retries]\n400 = true\n599 = true";
    assert_eq!(parse(edges).unwrap().retries, [(400, true), (599, true)].into());
    for key in ["200", "399", "600", "0429", "all", "\"\"", "-1"] {
        let refused = refused(&format!("[retries]\n{key} = true"));
        assert!(refused.starts_with("error[C0112]"), "{refused}");
    }
    assert!(refused("[retries]\n423 = 3").starts_with("error[C0004]: `retries.423` must be"));
}

#[test]
fn each_limit_is_its_own() {
    let of = |limit: &str| {
        let limits =
            parse(&format!("spec = \"api.yaml\"\nout = \"../client\"\n[limits]\n{limit} = 1\n")).unwrap().limits;
        [limits.files, limits.bytes, limits.nodes, limits.depth, limits.text, limits.key].map(|set| set == 1)
    };
    for (at, limit) in ["files", "bytes", "nodes", "depth", "text", "key"].into_iter().enumerate() {
        let mut expected = [false; 6];
        expected[at] = true;
        assert_eq!(of(limit), expected, "{limit}");
    }
}

#[test]
fn what_is_blank_says_nothing_of_a_package() {
    assert!(refused("[package]\ndescription = \" \"").starts_with("error[C0101]: `package.description` can't be ` `"));
    assert!(parse("spec = \"a\\u0000b\"\nout = \"../client\"").unwrap_err().contains("`spec` is not a path"));
}

#[test]
fn a_crate_is_delivered_unless_it_is_a_module() {
    let delivery = |line: &str| parse(&format!("spec = \"api.yaml\"\nout = \"../client\"\n{line}")).unwrap().delivery;
    assert_eq!(delivery(""), Delivery::Crate);
    assert_eq!(delivery("delivery = \"crate\""), Delivery::Crate);
    assert_eq!(delivery("delivery = \"module\""), Delivery::Module);
}

#[test]
fn streams_are_read() {
    let set = "spec = \"api.yaml\"\nout = \"../client\"\n[streams]\na = {}\nb = { media_type = \"application/x-ndjson\", item = \"B\" }";
    let streams = parse(set).unwrap().choices().streams;
    assert_eq!((streams["a"].media_type.as_str(), &streams["a"].item), ("text/event-stream", &None));
    assert_eq!((streams["b"].media_type.as_str(), streams["b"].item.as_deref()), ("application/x-ndjson", Some("B")));
    for (setting, found) in [
        ("true", "error[C0004]: `streams.a` must be a table"),
        ("{ media_type = \"application/json\" }", "error[C0113]: `application/json` is not a media type of a stream"),
        ("{ items = \"B\" }", "did you mean `item`?"),
    ] {
        let refused = refused(&format!("[streams]\na = {setting}"));
        assert!(refused.contains(found), "{refused}");
    }
}

#[test]
fn paging_is_read() {
    let text = r#"
        spec = "api.yaml"
        out = "../client"
        [paging]
        off = false
        "GET /a" = { page = "p", first = 0, items = "a.b", total = "n", pages = "k" }
        link = { link = true }
        [paging.cursor]
        cursor = "c"
        id = "id"
    "#;
    let paging = parse(text).unwrap().paging;
    assert_eq!(paging["off"].given, None);
    let given = paging["GET /a"].given.clone().unwrap();
    assert_eq!((given.page.as_deref(), given.first, given.total.as_deref()), (Some("p"), Some(0), Some("n")));
    assert_eq!(given.pages.as_deref(), Some("k"));
    assert!(paging["GET /a"].spans.contains_key("items") && paging["link"].given == Some(Default::default()));
    assert_eq!(paging["cursor"].given.as_ref().and_then(|given| given.id.as_deref()), Some("id"));
}

#[test]
fn paging_says_in_one_way_how_the_next_page_is_asked_for() {
    for (setting, found) in [
        ("true", "does not say how"),
        ("\"page\"", "must be a table"),
        ("{}", "one of `page`, `offset`"),
        ("{ page = \"p\", cursor = \"c\" }", "one of `page`, `offset`"),
        ("{ page = 1 }", "`paging.a.page` must be a text"),
        ("{ link = false }", "can only be `true`"),
        ("{ link = \"next\" }", "must be `true` or `false`"),
        ("{ page = \"p\", next = \"n\" }", "`next` says nothing beside `page`"),
        ("{ offset = \"c\", pages = \"n\" }", "`pages` says nothing beside `offset`"),
        ("{ cursor = \"c\", total = \"n\" }", "`total` says nothing beside `cursor`"),
        ("{ cursor = \"c\", next = \"n\", id = \"i\" }", "`id` and `next` say the same"),
        ("{ cursor = \"c\", next = \"n\", next_header = \"i\" }", "`next` and `next_header` say the same"),
        ("{ cursor = \"c\", next_header = \"a b\" }", "`a b` is not the name of a header"),
        ("{ page = \"c\", next_header = \"a\" }", "`next_header` says nothing beside `page`"),
        ("{ cursor = \"c\", more = \"n\", last = \"i\" }", "`more` and `last` say the same"),
        ("{ page = \"p\", first = 4294967296 }", "`first` is a number from 0"),
        ("{ page = \"p\", first = -1 }", "`first` is a number from 0"),
        ("{ page = \"p\", frist = 1 }", "did you mean `first`"),
    ] {
        let refused = refused(&format!("[paging]\na = {setting}\n"));
        assert!(refused.contains(found), "{setting}: {refused}");
    }
}
