//! Words about responses that say no more than what every client knows: that a call went well or did not.

/// What such words are made of: those about a call and its success, and the names of statuses (RFC 9110, section 15).
const WORDS: &str = "\
    200 201 202 203 204 206 2xx 301 304 400 401 403 404 405 406 409 410 412 413 415 422 429 4xx 500 501 502 503 504 5xx \
    accepted access added all allowed an and answer api authentication authorized bad been body call changed client \
    code completed conflict content created data default deleted done empty entity error errors exception executed \
    expected failed failure fetched fine for forbidden found gateway generic gone has http implemented in internal \
    invalid is it large many media method modified moved no not occurred of ok okay operation or payload performed \
    permanently permission precondition processed rate removed request requests requires resource response responses result retrieved \
    returned saved sent server service status success successful successfully the there this timeout to too type \
    unauthenticated unauthorized unavailable unexpected unknown unprocessable unsupported updated validation was \
    went with wrong";

/// A text of no more words than these that speaks of success, or is called a response, speaks of nothing else: "Pet created
/// successfully", "Create pet response".
const FEW: usize = 6;

/// Whether words say nothing; a letter by itself never does.
pub(super) fn is_trivial(words: &str) -> bool {
    if letters(words).all(|word| word.len() == 1 || WORDS.split(' ').any(|known| known == word)) {
        return true;
    }
    let words: Vec<String> = letters(words).take(FEW + 1).collect();
    let is_success = |word: &String| word.starts_with("success") || word == "succeeded";
    let last = words.iter().rfind(|word| *word != "failure");
    words.len() <= FEW && (words.iter().any(is_success) || last.is_some_and(|last| last == "response"))
}

/// Whether two texts say the same, whatever stands between their words.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

/// The words of a text, in lower case.
fn letters(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_response_says_is_trivial() {
        for words in [
            "",
            "...",
            "x",
            "OK",
            "Success.",
            "A successful response.",
            "successful operation",
            "**Default response**",
            "200 OK",
            "No Content",
            "The request was successful.",
            "Not found",
            "Not modified",
            "Internal Server Error",
            "Unexpected error",
            "Validation Error",
            "Pet created successfully.",
            "Create Pet response failure",
        ] {
            assert!(is_trivial(words), "{words}");
        }
        for words in [
            "The pets.",
            "Pet deleted",
            "Successfully adds the pet to those of the shop",
            "There is no such thing.",
            "OK, later",
            "成功",
            "Gone since 2020",
        ] {
            assert!(!is_trivial(words), "{words}");
        }
        assert!(is_same("Gets a pet", "gets a pet."));
        assert!(!is_same("Gets a pet", "Gets pets"));
    }
}
