//! What a credential begins with that is the header `Authorization` as a whole: the words of its scheme → the start of an example.

use crate::ir::SecurityScheme;

/// What most begin with.
const USUAL: &str = "Bearer ";

/// Longer ones are no start.
const LONGEST: usize = 24;

/// What the credential begins with, by what the description says: in a pattern such as `Token token=<API_KEY>`, or as a
/// `prefix "Token"`. Nothing of it needs an escape.
pub(super) fn start(scheme: &SecurityScheme) -> String {
    let said = scheme.docs.description.as_deref().unwrap_or_default();
    let found = in_pattern(said).or_else(|| as_prefix(said));
    found.filter(|start| is_plain(start)).unwrap_or_else(|| USUAL.to_owned())
}

/// What stands in a span of code before the first `<`, without the name of the header.
fn in_pattern(said: &str) -> Option<String> {
    said.split('`').skip(1).step_by(2).find_map(|code| {
        let value = code.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let (start, _) = value.map_or(code, |(_, value)| value).trim_start().split_once('<')?;
        start.contains(' ').then(|| start.to_owned())
    })
}

fn as_prefix(said: &str) -> Option<String> {
    let (_, after) = said.split_once("prefix \"")?;
    let (word, _) = after.split_once('"')?;
    Some(format!("{} ", word.trim_end()))
}

fn is_plain(start: &str) -> bool {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || " =-_".contains(character);
    start.len() <= LONGEST
        && start.starts_with(|first: char| first.is_ascii_alphabetic())
        && start.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::start;
    use crate::ir::testing::build;
    use crate::ir::{Docs, SecurityKind};

    #[test]
    fn a_credential_begins_as_the_description_says() {
        let table = [
            ("", "Bearer "),
            ("The key, with the format `Token token=<API_KEY>`", "Token token="),
            ("Use `authorization: Token <API_KEY>`", "Token "),
            ("Token-based authentication with required prefix \"Token\"", "Token "),
            ("A key of the form `<key>`", "Bearer "),
            ("See `Vec<u8>`", "Bearer "),
            ("`To\"ken <key>`", "Bearer "),
            ("prefix \"", "Bearer "),
        ];
        for (said, expected) in table {
            let api = build().scheme("key", SecurityKind::Header("Authorization".to_owned())).api();
            let mut scheme = api.security_schemes["key"].clone();
            scheme.docs = Docs { description: Some(said.to_owned()), ..Docs::default() };
            assert_eq!(start(&scheme), expected, "{said}");
        }
    }
}
