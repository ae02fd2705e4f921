//! What servers say of a request, without the secrets in it.

use super::base64;
use super::credentials::{Credentials, Given};
use super::options::Options;
use super::scheme::Place;
use super::url;
use http::HeaderName;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

impl Credentials {
    /// `text` without the credentials that a server repeats in it, be they the client's or in the
    /// options of the call. What is shorter than four bytes is no secret, and would tear holes into
    /// every text.
    pub(super) fn redact(&self, options: &Options, text: &str) -> String {
        let mut forms = Vec::new();
        for credential in self.given.iter().flatten() {
            let Given { secret, source } = &credential.given;
            let fetched = source.as_ref().map(|source| source.secrets()).unwrap_or_default();
            for secret in secret.iter().chain(&fetched) {
                add_forms(secret.expose(), &mut forms);
            }
        }
        for secret in self.in_options(options) {
            add_forms(&secret, &mut forms);
        }
        forms.retain(|form| form.len() >= 4);
        // One may begin with another.
        forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        forms.dedup();
        forms.iter().fold(text.to_owned(), |text, form| text.replace(form, "[redacted]"))
    }

    /// What the caller put where credentials belong.
    fn in_options<'o>(&'o self, options: &'o Options) -> impl Iterator<Item = Cow<'o, str>> {
        let is_secret = |name: &HeaderName| {
            [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name)
                || self.schemes.iter().any(|scheme| scheme.header() == Some(name.as_str()))
        };
        let headers = options.headers.iter().filter(move |(name, _)| is_secret(name));
        let headers = headers.flat_map(|(name, value)| {
            let text = std::str::from_utf8(value.as_bytes()).unwrap_or_default();
            // `a=…; b=…`, `Bearer …`, or the secret alone.
            let (separator, sign) = match *name {
                COOKIE => (Some(';'), '='),
                AUTHORIZATION | PROXY_AUTHORIZATION => (None, ' '),
                _ => (None, '\0'),
            };
            let parts = text.split(move |c| Some(c) == separator);
            parts.map(move |part| part.split_once(sign).map_or(part, |(_, secret)| secret).into())
        });
        let is_key = |name: &str| {
            let mut places = self.schemes.iter().map(|scheme| scheme.place);
            places.any(|place| matches!(place, Place::Query(other) if other == name))
        };
        let query = options.query.iter().filter(move |(name, _)| is_key(name));
        headers.chain(query.filter_map(|(_, pair)| {
            let (_, value) = pair.split_once('=')?;
            Some(percent_decode_str(value).decode_utf8_lossy())
        }))
    }
}

/// How a secret may come back: as it is, in a URL, and of a user name and a password also the latter
/// alone and what both are sent as (RFC 7617, section 2).
fn add_forms(secret: &str, forms: &mut Vec<String>) {
    forms.extend([secret.to_owned(), url::query_text(secret)]);
    if let Some((_, password)) = secret.split_once(':') {
        forms.extend([password.to_owned(), url::query_text(password)]);
        forms.push(base64::encode(secret.as_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::credentials::Credential;
    use super::super::scheme::Scheme;
    use super::super::secret::Secret;
    use super::*;

    const fn scheme(name: &'static str, place: Place) -> Scheme {
        Scheme {
            name,
            place,
            env: None,
            token_url: None,
        }
    }

    static SCHEMES: &[Scheme] = &[
        scheme("token", Place::Bearer),
        scheme("basic", Place::Basic),
        scheme("email", Place::Header("x-email")),
        scheme("key", Place::Query("key")),
    ];

    fn credentials(given: [&str; 4]) -> Credentials {
        let given = given.map(|secret| {
            (!secret.is_empty()).then(|| Credential {
                given: Secret::from(secret).into(),
                by_hand: true,
                header: None,
            })
        });
        Credentials {
            schemes: SCHEMES,
            given: given.into(),
        }
    }

    #[test]
    fn secrets_that_come_back_are_redacted() {
        let credentials = credentials(["s ec", "joe:p ss", "abc", "abcd"]);
        for (said, shown) in [
            ("no s ec, s%20ec", "no [redacted], [redacted]"),
            ("joe:p ss is wrong", "[redacted] is wrong"),
            ("joe, p ss is wrong", "joe, [redacted] is wrong"),
            ("Basic am9lOnAgc3M= of p%20ss", "Basic [redacted] of [redacted]"),
            // Too short to be a secret.
            ("abc", "abc"),
        ] {
            assert_eq!(credentials.redact(&Options::new(), said), shown);
        }
        assert!(!format!("{credentials:?}").contains("s ec"));
    }

    #[test]
    fn a_secret_that_begins_with_another_leaves_no_rest() {
        let credentials = credentials(["abcd", "", "abcdefgh", "bcdefghi"]);
        let shown = credentials.redact(&Options::new(), "abcdefgh abcd abcdefghi");
        assert!(!shown.contains("efg"), "{shown}");
    }

    #[test]
    fn so_are_those_of_the_options() {
        let options = Options::new()
            .header("authorization", "Bearer hidden1")
            .header("cookie", "a=hidden2; b=hidden3")
            .header("x-email", "hidden4")
            .header("x-color", "green")
            .query("key", "hidden 5")
            .query("color", "green");
        let said = "hidden1 hidden2 hidden3 hidden4 hidden 5 hidden%205 green a b";
        let shown = credentials([""; 4]).redact(&options, said);
        let redacted = ["[redacted]"; 6].join(" ");
        assert_eq!(shown, format!("{redacted} green a b"));
    }
}
