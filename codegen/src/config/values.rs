//! What values of settings may look like: texts go in, and the reason why a text won't do comes out. Reads and reports
//! nothing.

/// Why a text is not the name of a package that cargo takes; `None` when it is.
///
/// The rules are cargo's own (The Cargo Book, "The `name` field") and those of its registry.
pub(crate) fn package_name(name: &str) -> Option<&'static str> {
    const TAKEN: &[&str] = &["alloc", "build", "core", "deps", "examples", "incremental", "proc_macro", "std", "test"];
    let ident = name.replace('-', "_");
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        Some("it must begin with an ASCII letter")
    } else if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        Some("it may have ASCII letters, digits, `-` and `_` only")
    } else if name.len() > 64 {
        Some("it may be 64 characters long at most")
    } else if is_keyword(&ident) {
        Some("it is a keyword of Rust")
    } else if TAKEN.contains(&ident.as_str()) {
        Some("cargo or the standard library uses it")
    } else if is_reserved_on_windows(name) {
        Some("Windows reserves it")
    } else {
        None
    }
}

/// The text brought to the form of a package's name; `None` when nothing is left, or cargo doesn't take it.
pub(crate) fn to_package_name(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name: String = words.join("-").chars().take(64).collect();
    let name = name.trim_matches('-').to_owned();
    package_name(&name).is_none().then_some(name)
}

/// Whether a text is a version as Semantic Versioning 2.0.0 writes it, its numbers within 64 bits.
pub(super) fn is_version(text: &str) -> bool {
    let (rest, build) = text.split_once('+').map_or((text, None), |(rest, build)| (rest, Some(build)));
    let (core, pre) = rest.split_once('-').map_or((rest, None), |(core, pre)| (core, Some(pre)));
    let numbers: Vec<&str> = core.split('.').collect();
    numbers.len() == 3
        && numbers.iter().all(|number| is_number(number))
        && build.is_none_or(|build| build.split('.').all(is_identifier))
        && pre.is_none_or(|pre| pre.split('.').all(|part| is_identifier(part) && (!is_digits(part) || is_number(part))))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_number(text: &str) -> bool {
    is_digits(text) && (text == "0" || !text.starts_with('0')) && text.parse::<u64>().is_ok()
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether a text looks like an SPDX expression (SPDX 2.3, annex D): identifiers with `AND`, `OR`, `WITH` and brackets.
pub(super) fn is_license(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | ':' | ' ' | '(' | ')');
    let words: Vec<&str> = text.split([' ', '(', ')']).filter(|word| !word.is_empty()).collect();
    let is_operator = |word: &str| matches!(word, "AND" | "OR" | "WITH");
    // Identifiers and operators take turns, and an identifier stands at both ends.
    text.chars().all(allowed)
        && words.len() % 2 == 1
        && words.iter().enumerate().all(|(index, word)| is_operator(word) == (index % 2 == 1))
}

/// Whether a text is a web address that a manifest may hold.
pub(super) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
            && rest.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '<' | '>' | '`' | '{' | '}'))
    })
}

/// Whether a text can be a keyword of a package (The Cargo Book, "The `keywords` field").
pub(super) fn is_registry_keyword(text: &str) -> bool {
    text.len() <= 20
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
}

/// Whether a text can be the slug of a category.
pub(super) fn is_category(text: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    text.len() <= 100 && text.split("::").all(is_part)
}

/// Whether a text is in `snake_case`, and so the name of a method, member or module.
pub(super) fn is_snake_case(text: &str) -> bool {
    text.len() <= 100
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a text is in `UpperCamelCase`, and so the name of a type.
pub(super) fn is_upper_camel_case(text: &str) -> bool {
    text.len() <= 100
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Whether a text is a path of resources: names in `snake_case` with dots, eight at most.
pub(super) fn is_resource_path(text: &str) -> bool {
    text.split('.').count() <= 8 && text.split('.').all(is_snake_case)
}

/// Whether a text looks like a media type: two tokens with a slash between them, and perhaps parameters (RFC 9110, section
/// 8.3.1).
pub(super) fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim_end();
    let tokens = essence.split_once('/');
    tokens.is_some_and(|(kind, subtype)| is_header_name(kind) && is_header_name(subtype))
}

/// Whether a text is a token, which names of headers are (RFC 9110, section 5.6.2).
pub(super) fn is_header_name(text: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token)
}

/// Whether a text can be the name of an environment variable (IEEE Std 1003.1-2017, section 8.1).
pub(super) fn is_env_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase() || first == '_')
        && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a text is the path of a type: names with `::` between them, at least two, with paths in `<>` behind the last.
pub(super) fn is_type_path(text: &str) -> bool {
    text.len() <= 200 && type_path(text, 0) == Some("")
}

/// What follows the path of a type that `text` begins with. Paths nest eight deep at most.
fn type_path(text: &str, depth: usize) -> Option<&str> {
    let mut rest = text.strip_prefix("::").unwrap_or(text);
    let is_rooted = rest.len() < text.len();
    let mut names = 0;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (name, behind) = rest.split_at_checked(end)?;
        let is_own = name == "crate" && names == 0 && !is_rooted;
        let is_name = !name.starts_with(|first: char| first.is_ascii_digit()) && !matches!(name, "" | "_");
        if !is_name || (is_keyword(name) && !is_own) {
            return None;
        }
        names += 1;
        match behind.strip_prefix("::") {
            Some(next) => rest = next,
            None => {
                rest = behind;
                break;
            }
        }
    }
    let Some(mut arguments) = rest.strip_prefix('<').filter(|_| names > 1 && depth < 8) else {
        return (names > 1).then_some(rest);
    };
    loop {
        arguments = type_path(arguments.trim_start_matches(' '), depth + 1)?.trim_start_matches(' ');
        match arguments.strip_prefix(',') {
            Some(next) => arguments = next,
            None => return arguments.strip_prefix('>'),
        }
    }
}

/// The crates that the paths in a text begin with.
pub(crate) fn crates_of(text: &str) -> Vec<&str> {
    let paths = text.split(['<', '>', ',', ' ']).filter(|path| path.contains("::"));
    paths.filter_map(|path| path.strip_prefix("::").unwrap_or(path).split("::").next()).collect()
}

/// Whether a text says which versions of a package are fine (The Cargo Book, "Specifying Dependencies").
pub(super) fn is_requirement(text: &str) -> bool {
    let is_part = |part: &str| {
        let version = part.trim_matches(' ').trim_start_matches(['^', '~', '=', '<', '>']).trim_start_matches(' ');
        version.starts_with(|first: char| first.is_ascii_digit())
            && version.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '*' | '+' | '-'))
    };
    text.len() <= 100 && text.split(',').all(is_part)
}

/// Whether a text can be the name of a feature (The Cargo Book, "Features").
pub(super) fn is_feature(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '.'))
}

fn is_keyword(text: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
        "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
        "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self", "static", "struct",
        "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
        "yield",
    ];
    KEYWORDS.contains(&text)
}

/// Whether Windows reserves the name, with or without an extension: `con`, `aux.rs`, `COM1`.
pub(crate) fn is_reserved_on_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = |prefix: &str| {
        let digit = stem.strip_prefix(prefix);
        digit.is_some_and(|digit| digit.len() == 1 && digit.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_names_are_those_that_cargo_takes() {
        for good in ["a", "realtimekit-sessions", "A_b-3"] {
            assert_eq!(package_name(good), None, "{good}");
        }
        for bad in ["", "3a", "-a", "a b", "ä", "a/b", "type", "self", "std", "proc-macro", "con", "lpt1", "a.b", "a\n"]
        {
            assert!(package_name(bad).is_some(), "{bad:?}");
        }
        assert!(package_name(&"a".repeat(65)).is_some());
    }

    #[test]
    fn titles_become_package_names() {
        assert_eq!(to_package_name("Swagger Petstore - OpenAPI 3.0").as_deref(), Some("swagger-petstore-openapi-3-0"));
        for bad in ["", "Ωmega".trim_end_matches("mega"), "3D", "Test", "con"] {
            assert_eq!(to_package_name(bad), None, "{bad:?}");
        }
        let long = to_package_name(&"word ".repeat(40));
        assert!(long.is_some_and(|name| name.len() <= 64 && !name.ends_with('-')));
    }

    #[test]
    fn versions_follow_semver() {
        for good in ["0.1.0", "1.2.3-alpha.1+b.01", "1.0.0--", "1.0.0+001", "18446744073709551615.0.0"] {
            assert!(is_version(good), "{good}");
        }
        let bad = [
            "",
            "1",
            "1.0",
            "1.0.0.0",
            "v1.0.0",
            "01.0.0",
            "1.0.0-",
            "1.0.0-01",
            "1.0.0+",
            "1.0.0-a..b",
            "1.0.0\"\nbuild",
        ];
        for bad in bad {
            assert!(!is_version(bad), "{bad:?}");
        }
        assert!(!is_version("18446744073709551616.0.0"));
    }

    #[test]
    fn licences_and_addresses() {
        for good in [
            "MIT",
            "MIT OR Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "GPL-2.0-only WITH Classpath-exception-2.0",
        ] {
            assert!(is_license(good), "{good}");
        }
        for bad in ["", "MIT/Apache-2.0", "MIT Apache-2.0", "OR MIT", "MIT OR", "MIT\" x"] {
            assert!(!is_license(bad), "{bad}");
        }
        assert!(is_web_address("https://example.com/a?b=c#d"));
        for bad in
            ["", "example.com", "https://", "ftp://a", "javascript:a", "https://a b", "https://a\"", "https://a\n"]
        {
            assert!(!is_web_address(bad), "{bad:?}");
        }
    }

    #[test]
    fn paths_of_types() {
        for good in [
            "std::net::IpAddr",
            "::url::Url",
            "crate::Money",
            "chrono::DateTime<chrono::Utc>",
            "a::B<c::D, e::F<g::H>>",
        ] {
            assert!(is_type_path(good), "{good}");
        }
        assert_eq!(crates_of("::a::B<c::D, e::F<g::H>>"), ["a", "c", "e", "g"]);
        let deep = format!("{}a::B{}", "a::B<".repeat(9), ">".repeat(9));
        for bad in [
            "",
            "Money",
            "int; fn f(){}",
            "a::b; fn f(){}",
            "a::B<C>",
            "a::B<>",
            "a::B<c::D",
            "a::B<c::D>>",
            "a::B::",
            "::",
            "a:::B",
            "a::fn",
            "self::B",
            "::crate::B",
            "a::crate::B",
            "a::1B",
            "a::B\n",
            "\u{e4}::B",
            "a::B<'static>",
            &deep,
        ] {
            assert!(!is_type_path(bad), "{bad}");
        }
    }

    #[test]
    fn dependencies_are_what_cargo_takes() {
        for good in ["1", "1.2.3-rc.1", "^0.4", ">=1.2, <2", "1.*"] {
            assert!(is_requirement(good), "{good}");
        }
        for bad in ["", "*", "latest", "1\"\npath = \"x", "1, ", "git"] {
            assert!(!is_requirement(bad), "{bad}");
        }
        assert!(is_feature("serde-with_std") && is_feature("c++20") && !is_feature("a b") && !is_feature("a/b"));
    }

    #[test]
    fn names_of_things() {
        assert!(is_snake_case("get_sessions2") && !is_snake_case("Get") && !is_snake_case("_a") && !is_snake_case(""));
        assert!(is_upper_camel_case("Session2") && !is_upper_camel_case("session") && !is_upper_camel_case("A_b"));
        assert!(is_resource_path("realtime_kit.sessions") && !is_resource_path("a..b") && !is_resource_path("a.B"));
        assert!(!is_resource_path("a.a.a.a.a.a.a.a.a"));
        assert!(is_media_type("application/vnd.a+json; v=1") && !is_media_type("json") && !is_media_type("a/b c"));
        assert!(
            is_header_name("Idempotency-Key")
                && !is_header_name("")
                && !is_header_name("a b")
                && !is_header_name("\u{e9}")
        );
        assert!(
            is_env_name("_A1") && !is_env_name("1A") && !is_env_name("a") && !is_env_name("A-B") && !is_env_name("")
        );
        assert!(is_registry_keyword("c++") && !is_registry_keyword("+c") && !is_registry_keyword(&"a".repeat(21)));
        assert!(
            is_category("web-programming::http-client")
                && !is_category("Web")
                && !is_category("a::")
                && !is_category("")
        );
        assert!(
            is_reserved_on_windows("AUX.rs") && is_reserved_on_windows("com1") && !is_reserved_on_windows("common")
        );
    }
}
