//! The one edit that a configuration ever gets: another version of the package. Everything else stays as it was written.

use toml::de::{DeTable, DeValue};

/// The text with `version` as the package's; `None` when the text is no configuration that can be edited so.
pub fn with_version(text: &str, version: &str) -> Option<String> {
    let quoted = toml::Value::String(version.to_owned()).to_string();
    let edited = match place(text)? {
        Place::Value(range) => format!("{}{quoted}{}", text.get(..range.start)?, text.get(range.end..)?),
        Place::Line(at) => format!("{}version = {quoted}\n{}", text.get(..at)?, text.get(at..)?),
        Place::End => format!("{}\n\n[package]\nversion = {quoted}\n", text.trim_end()),
    };
    let read: toml::Table = toml::from_str(&edited).ok()?;
    let is_set = read.get("package")?.get("version")?.as_str() == Some(version);
    is_set.then_some(edited)
}

/// Where the version stands, or can be put.
enum Place {
    Value(std::ops::Range<usize>),
    /// Before this byte, the first behind the line `[package]`.
    Line(usize),
    End,
}

fn place(text: &str) -> Option<Place> {
    let table = DeTable::parse(text).ok()?;
    let Some(package) = table.get_ref().get("package") else { return Some(Place::End) };
    let DeValue::Table(package) = package.get_ref() else { return None };
    if let Some(version) = package.get("version") {
        return Some(Place::Value(version.span()));
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.trim() == "[package]" && line.ends_with('\n') {
            return Some(Place::Line(at));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::with_version;

    #[test]
    fn the_version_and_nothing_else_is_changed() {
        let of = |text: &str| with_version(text, "0.2.0");
        assert_eq!(
            of("# a\nspec = \"x\"\n[package]\nversion = '0.1.0' # b\nname = \"n\"\n").as_deref(),
            Some("# a\nspec = \"x\"\n[package]\nversion = \"0.2.0\" # b\nname = \"n\"\n")
        );
        assert_eq!(of("package.version = \"1\"\n").as_deref(), Some("package.version = \"0.2.0\"\n"));
        assert_eq!(of("[package]\nname = \"n\"\n").as_deref(), Some("[package]\nversion = \"0.2.0\"\nname = \"n\"\n"));
        assert_eq!(of("spec = \"x\"\n").as_deref(), Some("spec = \"x\"\n\n[package]\nversion = \"0.2.0\"\n"));
        assert_eq!(of("package = { name = \"n\" }\n"), None);
        assert_eq!(of("[package\n"), None);
    }
}
