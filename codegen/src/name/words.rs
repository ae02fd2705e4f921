//! Words: a name of the description → its words in lower case, each of `[a-z0-9]+`, never none. Knows nothing of scopes,
//! keywords or clashes.
//!
//! Where words begin and end:
//!
//! * at everything that is no letter and no digit (`foo-bar`, `foo.bar`, `foo bar`); apostrophes vanish (`peer's`);
//! * before a capital that follows a small letter or a word that ends in a digit (`fooBar`, `auth2Token`), but not after a
//!   leading number (`2FA`, `3D`), and not for one letter more after a letter and a digit (`B2B`, `M2MToken`);
//! * before the last capital of a run that a small letter follows (`IPInformation` is `ip information`), except where the
//!   run is an acronym in the plural (`userIDs` is `user ids`) or a version (`IPv4` is `ipv4`);
//! * never between letters and digits (`sha256`, `100ms`), and not in `OAuth`.
//!
//! What is not ASCII is written in Latin letters (`é` is `e`, whether composed or not; `北京` is `bei jing`). `+`, and a
//! leading `-`, are said (`plus`, `minus`), because `+1` and `-1` are common values. A name of nothing but symbols is
//! spelled (`$` is `dollar`), and the empty name is `empty`.

use super::spell::spelled;

/// A name as words.
pub(super) type Words = Vec<String>;

/// The words of `text`.
pub(super) fn words(text: &str) -> Words {
    let mut found = Vec::new();
    let latin = latin(text);
    for run in latin.split(|character: char| !character.is_ascii_alphanumeric()) {
        split(run, &mut found);
    }
    if found.is_empty() { spelled(text) } else { found }
}

/// `text` in ASCII: what separates words is not yet removed, what is said is a word by itself.
fn latin(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous: Option<char> = None;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let next = rest.peek().copied();
        match character {
            '+' if text.chars().any(char::is_alphanumeric) => out.push_str(" plus "),
            '-' if is_sign(previous, next) => out.push_str(" minus "),
            '\'' | '\u{2019}' => {}
            _ if character.is_ascii() => out.push(character),
            _ => push_latin(character, &mut out),
        }
        previous = Some(character);
    }
    out
}

/// Whether a `-` is a sign: at the start, or before a digit where no word ends.
fn is_sign(previous: Option<char>, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    match previous {
        None => next.is_alphanumeric(),
        Some(previous) => next.is_ascii_digit() && matches!(previous, ' ' | '(' | '[' | ',' | ':' | '=' | '/'),
    }
}

fn push_latin(character: char, out: &mut String) {
    match deunicode::deunicode_char(character) {
        // Letters may stand inside a word; the name of a symbol is a word by itself.
        Some(latin) if character.is_alphabetic() || latin.is_empty() => out.push_str(latin),
        Some(latin) => {
            out.push(' ');
            out.push_str(latin);
            out.push(' ');
        }
        None => out.push_str(&format!(" u{:04x} ", u32::from(character))),
    }
}

/// Splits a run of ASCII letters and digits where its case says so.
fn split(run: &str, found: &mut Words) {
    let characters: Vec<char> = run.chars().collect();
    let mut word = String::new();
    let first_of_run = found.len();
    for (at, &character) in characters.iter().enumerate() {
        if !word.is_empty() && begins_word(&characters, at, &word) {
            found.push(std::mem::take(&mut word));
        }
        word.push(character.to_ascii_lowercase());
    }
    if !word.is_empty() {
        found.push(word);
    }
    join_oauth(found, first_of_run);
}

/// Whether a new word begins at `at`, with `word` the one so far.
fn begins_word(characters: &[char], at: usize, word: &str) -> bool {
    let get = |at: usize| characters.get(at).copied().unwrap_or('\0');
    let (previous, this, next) = (get(at.wrapping_sub(1)), get(at), get(at + 1));
    if !this.is_ascii_uppercase() {
        return false;
    }
    if previous.is_ascii_lowercase() {
        return true;
    }
    if previous.is_ascii_digit() {
        let is_alone = !next.is_ascii_alphanumeric() || (next.is_ascii_uppercase() && get(at + 2).is_ascii_lowercase());
        if word.len() == 2 && word.starts_with(|first: char| first.is_ascii_alphabetic()) && is_alone {
            return false;
        }
        return word.contains(|character: char| character.is_ascii_alphabetic());
    }
    // The last capital of a run begins a word if small letters follow that are no plural and no version.
    let ends_acronym =
        (next == 's' && !get(at + 2).is_ascii_lowercase()) || (next == 'v' && get(at + 2).is_ascii_digit());
    next.is_ascii_lowercase() && !ends_acronym
}

/// `o auth2` is one word where it was written as one.
fn join_oauth(found: &mut Words, from: usize) {
    let mut at = from;
    while at + 1 < found.len() {
        let joined = match (found.get(at), found.get(at + 1)) {
            (Some(o), Some(auth)) if o == "o" && auth.starts_with("auth") => format!("o{auth}"),
            _ => {
                at += 1;
                continue;
            }
        };
        found.remove(at + 1);
        if let Some(word) = found.get_mut(at) {
            *word = joined;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_where_a_reader_sees_them_begin() {
        let table = [
            ("fooBar", "foo bar"),
            ("foo_bar", "foo bar"),
            ("foo-bar", "foo bar"),
            ("FooBAR", "foo bar"),
            ("FOO_BAR", "foo bar"),
            ("oAuth2Token", "oauth2 token"),
            ("OAuthApp", "oauth app"),
            ("userIDs", "user ids"),
            ("userIDsOnly", "user ids only"),
            ("APIs", "apis"),
            ("AppStatus", "app status"),
            ("M2M", "m2m"),
            ("B2BCustomer", "b2b customer"),
            ("V2API", "v2 api"),
            ("S3Bucket", "s3 bucket"),
            ("IPv4", "ipv4"),
            ("IPv6Address", "ipv6 address"),
            ("IPInformation", "ip information"),
            ("IPsec", "i psec"),
            ("HTTPServer", "http server"),
            ("sha256Hash", "sha256 hash"),
            ("S3Bucket", "s3 bucket"),
            ("2FA", "2fa"),
            ("3DSecure", "3d secure"),
            ("100ms_or_greater_event_fraction", "100ms or greater event fraction"),
            ("v1.2", "v1 2"),
            ("+1", "plus 1"),
            ("-1", "minus 1"),
            ("1-1", "1 1"),
            ("-created_at", "minus created at"),
            ("C++", "c plus plus"),
            ("peer's", "peers"),
            ("X-Auth-Key", "x auth key"),
            ("page[size]", "page size"),
            ("__typename", "typename"),
            ("$ref", "ref"),
            ("@id", "id"),
            ("caf\u{e9}", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("\u{212a}", "k"),
            ("北京", "bei jing"),
            ("straße", "strasse"),
            ("Größe", "grosse"),
            ("имяФайла", "imia faila"),
            ("a\u{e000}b", "a ue000 b"),
            ("", "empty"),
            ("$", "dollar"),
            ("@", "at"),
            ("_", "underscore"),
            ("+", "plus"),
            ("-", "dash"),
            (">=", "greater equals"),
            ("\u{301}", "u0301"),
        ];
        for (name, expected) in table {
            assert_eq!(words(name).join(" "), expected, "{name:?}");
        }
    }
}
