//! The title of an API as part of a sentence.

/// What a title is the title of, where it says so.
const KINDS: [&str; 8] = ["api", "apis", "server", "service", "services", "interface", "gateway", "sdk"];

/// What stands before the title in a sentence: `the Pet Store API` is one of many, and `Kubernetes` is a name.
pub(super) fn article(title: &str) -> &'static str {
    let mut words =
        title.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let has_its_own = words.peek().is_some_and(|first| first.eq_ignore_ascii_case("the"));
    let says_its_kind = words.any(|word| KINDS.iter().any(|kind| word.eq_ignore_ascii_case(kind)));
    if says_its_kind && !has_its_own { "the " } else { "" }
}

#[cfg(test)]
mod tests {
    use super::article;

    #[test]
    fn what_is_a_name_has_no_article() {
        for (title, expected) in [
            ("Stripe API", "the "),
            ("Gotify REST-API.", "the "),
            ("API Reference", "the "),
            ("Pet Service v2", "the "),
            ("The Movie API", ""),
            ("Kubernetes", ""),
            ("Rapid Transit", ""),
            ("", ""),
        ] {
            assert_eq!(article(title), expected, "{title}");
        }
    }
}
