//! Everything that isn't Rust: minijinja templates with `{{ }}`, `if` and `for`, and one escaping filter a format.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};

use super::EmitError;
use super::prose;

/// Fills a template in; `file` names it in the error.
pub(super) fn render(file: &str, template: &str, context: Value) -> Result<String, EmitError> {
    let fault = |error: minijinja::Error| EmitError::new(file, format!("{error:#}"));
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.map_err(fault)?);
    environment.add_filter("toml", toml_string);
    environment.add_filter("code", |text: String| prose::code(&text));
    // A bar may have its backslash already.
    let cell = |text: String| prose::inline(&text).replace('|', "\\|").replace("\\\\|", "\\|");
    environment.add_filter("cell", cell);
    environment.render_str(template, context).map_err(fault)
}

/// A text as a TOML basic string, quotes included (TOML 1.0, section "String"). What would turn the text around it, or can't
/// be seen, is written as an escape.
fn toml_string(text: String) -> String {
    let is_odd = |character: char| {
        character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(is_odd) {
        return toml::Value::String(text).to_string();
    }
    let mut written = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => written.extend(['\\', character]),
            _ if is_odd(character) => written.push_str(&escape(character)),
            _ => written.push(character),
        }
    }
    written + "\""
}

/// A character of the basic plane as an escape of TOML.
fn escape(character: char) -> String {
    format!("\\u{:04X}", u32::from(character))
}

/// The value of what was filled in.
pub(super) fn read_toml(file: &str, text: &str) -> Result<toml::Table, EmitError> {
    toml::from_str(text).map_err(|error| EmitError::new(file, error))
}

/// What a table's table says, each value as text.
pub(super) fn entries(table: &toml::Table, name: &str) -> BTreeMap<String, String> {
    let entries = table.get(name).and_then(toml::Value::as_table).into_iter().flatten();
    entries.map(|(name, value)| (name.clone(), value.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_strings_hold_what_they_are_given() {
        for text in ["plain", "1.0.0\"\nbuild = \"b.rs", "a\\b", "\u{0}\u{7f}\u{202e}", "'''\"\"\"", "${x}{{ y }}"] {
            let line = format!("value = {}", toml_string(text.to_owned()));
            assert!(!line.contains(['\u{202e}', '\n', '\0']), "{line}");
            let parsed: toml::Table = toml::from_str(&line).unwrap();
            assert_eq!(parsed["value"].as_str(), Some(text));
            assert_eq!(parsed.len(), 1);
        }
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        let error = render("README.md", "{{ nothing }}", minijinja::context! {}).unwrap_err();
        assert_eq!(error.file, "README.md");
    }
}
