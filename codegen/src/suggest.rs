//! Did-you-mean: the nearest of what there is.

/// The candidate that `name` was most likely meant to be: equal but for case, or a few letters away (one in three, by
/// Damerau and Levenshtein's distance). Of equally near ones the first in the order of the alphabet.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing takes time by the product of the lengths; no name that a person wrote is longer.
    const LONGEST: usize = 200;
    if name.len() > LONGEST {
        return None;
    }
    let name = folded(name);
    let letters = name.chars().count();
    let allowed = (letters / 3).max(1);
    candidates
        .into_iter()
        // What is so many letters longer or shorter is as many letters away, and needs no comparing.
        .filter(|candidate| candidate.len() <= LONGEST && candidate.chars().count().abs_diff(letters) <= allowed)
        .map(|candidate| (strsim::damerau_levenshtein(&name, &folded(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

fn folded(text: &str) -> String {
    text.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_is_found_and_strangers_are_not() {
        let known = ["name", "version", "license", "keywords"];
        assert_eq!(nearest("licence", known), Some("license"));
        assert_eq!(nearest("Key-words", known), Some("keywords"));
        assert_eq!(nearest("nmae", known), Some("name"));
        assert_eq!(nearest("publish", known), None);
        assert_eq!(nearest(&"x".repeat(1000), known), None);
        assert_eq!(nearest("ab", ["ac", "aa"]), Some("aa"), "the order of candidates changes nothing");
    }
}
