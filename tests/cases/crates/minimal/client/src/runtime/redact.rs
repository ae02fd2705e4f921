//! What servers and providers of tokens say, without the secrets in it.

use super::base64;
use super::call::Call;
use super::credentials::Credentials;
use super::scheme::Place;
use super::secret::Secret;
use super::url;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;
use std::error::Error as StdError;

impl Credentials {
    /// `text` without the credentials that a server repeats in it, be they the client's or what the
    /// call has [`carried`](Call::carried).
    pub(super) fn redact(&self, carried: &[Secret], text: &str) -> String {
        let given = self.given.iter().flatten().map(|credential| &credential.given);
        let sources = given.clone().filter_map(|given| given.source.as_ref());
        let fetched: Vec<Secret> = sources.flat_map(|source| source.secrets()).collect();
        let own = given.filter_map(|given| given.secret.as_ref());
        without(own.chain(&fetched).chain(carried), text)
    }

    /// Whether a credential belongs into this header.
    fn is_header(&self, name: &HeaderName) -> bool {
        [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name)
            || self.schemes.iter().any(|scheme| scheme.header() == Some(name.as_str()))
    }

    /// Whether a credential belongs into this parameter of the query.
    fn is_parameter(&self, name: &str) -> bool {
        let mut places = self.schemes.iter().map(|scheme| scheme.place);
        places.any(|place| matches!(place, Place::Query(other) if other == name))
    }
}

impl Call {
    /// What the caller put where credentials belong, be it into the call or into its options, and what
    /// the description calls a secret.
    pub(super) fn carried(&self) -> Vec<Secret> {
        let (credentials, options) = (&self.core.shared.credentials, &self.core.options);
        let mut carried = self.secrets.clone();
        let extra = options.headers.iter().map(|(name, value)| (name, value));
        for (name, value) in extra.chain(&self.headers) {
            if credentials.is_header(name) {
                add_header(name, value, &mut carried);
            }
        }
        let extra = options.query.iter().map(|(name, pair)| (name.as_str(), pair));
        let own = self.query.iter().map(|(name, pair)| (name.as_ref(), pair));
        for (name, pairs) in extra.chain(own) {
            if credentials.is_parameter(name) {
                add_pairs(pairs, '&', &mut carried);
            }
        }
        for (_, pairs) in &self.cookies {
            add_pairs(pairs, ';', &mut carried);
        }
        carried
    }

    /// `text` without the secrets of the call.
    pub(super) fn redact(&self, text: &str) -> String {
        self.core.shared.credentials.redact(&self.carried(), text)
    }
}

/// Adds what is secret in a header: of `Bearer …` what comes after the name of the scheme.
fn add_header(name: &HeaderName, value: &HeaderValue, carried: &mut Vec<Secret>) {
    let text = std::str::from_utf8(value.as_bytes()).unwrap_or_default();
    match *name {
        COOKIE => add_pairs(text, ';', carried),
        AUTHORIZATION | PROXY_AUTHORIZATION => {
            let secret = text.split_once(' ').map_or(text, |(_, secret)| secret);
            carried.push(secret.into());
        }
        _ => carried.push(text.into()),
    }
}

/// Adds the values of pairs, as they are and as what they stand for.
fn add_pairs(pairs: &str, separator: char, carried: &mut Vec<Secret>) {
    for pair in pairs.split(separator) {
        let value = pair.split_once('=').map_or(pair, |(_, value)| value);
        carried.push(value.into());
        carried.push(percent_decode_str(value).decode_utf8_lossy().as_ref().into());
    }
}

/// `text` without these secrets. What is shorter than four bytes is no secret, and would tear holes
/// into every text.
pub(super) fn without<'s>(secrets: impl IntoIterator<Item = &'s Secret>, text: &str) -> String {
    let mut forms = Vec::new();
    for secret in secrets {
        add_forms(secret.expose(), &mut forms);
    }
    forms.retain(|form| form.len() >= 4);
    // One may begin with another.
    forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    forms.dedup();
    forms.iter().fold(text.to_owned(), |text, form| text.replace(form, "[redacted]"))
}

/// Whether an error, or one that it comes from, prints what `redact` takes out.
pub(super) fn tells(error: &(dyn StdError + 'static), redact: &dyn Fn(&str) -> String) -> bool {
    let text = format!("{error} {error:?}");
    redact(&text) != text || error.source().is_some_and(|error| tells(error, redact))
}

/// How a secret may come back: as it is, in a URL, in quotes, and of a user name and a password also the
/// latter alone and what both are sent as (RFC 7617, section 2).
fn add_forms(secret: &str, forms: &mut Vec<String>) {
    forms.extend([secret.to_owned(), url::query_text(secret), secret.escape_debug().to_string()]);
    if let Some((_, password)) = secret.split_once(':') {
        forms.extend([password.to_owned(), url::query_text(password)]);
        forms.push(base64::encode(secret.as_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::credentials::Credential;
    use super::super::encode::{Encode, View};
    use super::super::scheme::Scheme;
    use super::super::testing::{Fake, GET, builder};
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
            assert_eq!(credentials.redact(&[], said), shown);
        }
        assert!(!format!("{credentials:?}").contains("s ec"));
    }

    #[test]
    fn a_secret_that_begins_with_another_leaves_no_rest() {
        let credentials = credentials(["abcd", "", "abcdefgh", "bcdefghi"]);
        let shown = credentials.redact(&[], "abcdefgh abcd abcdefghi");
        assert!(!shown.contains("efg"), "{shown}");
    }

    #[test]
    fn so_is_what_the_caller_puts_in_their_place() {
        let core = builder(&Fake::new([])).build(None).unwrap();
        let core = core.with_options(|options| {
            options
                .header("authorization", "Bearer hidden1")
                .header("cookie", "a=hidden2; b=hidden%203")
                .header("x-auth-email", "hidden4")
                .header("x-color", "green")
                .query("key", "hidden 5")
                .query("color", "green")
        });
        let mut call = Call::new(&core, &GET);
        call.header("Proxy-Authorization", &"hidden6");
        call.header("X-Auth-Email", &"hidden\u{fc}7");
        call.header("x-size", &"large");
        call.query("key", &vec!["hidden 8", "hidden9"]);
        call.query("size", &"large");
        call.cookie("c", &vec!["hidden 10", "hidden11"]);
        let said = "hidden1 hidden2 hidden%203 hidden 3 hidden4 hidden 5 hidden%205 hidden6 hidden\u{fc}7 \
                    hidden 8 hidden%208 hidden9 hidden 10 hidden%2010 hidden11 hidden-token \
                    green large a b c";
        let redacted = ["[redacted]"; 16].join(" ");
        assert_eq!(call.redact(said), format!("{redacted} green large a b c"));
    }

    #[test]
    fn so_is_what_an_argument_or_a_body_calls_secret() {
        #[derive(Debug)]
        struct Hidden(&'static str);
        impl Encode for Hidden {
            fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
                show(View::Secret(self.0));
            }
        }
        let mut call = Call::new(&builder(&Fake::new([])).build(None).unwrap(), &GET);
        call.path("a", &Hidden("hidden1"));
        call.query("b", &Some(Hidden("hidden 2")));
        call.header("c", &vec![Hidden("hidden3"), Hidden("hidden4")]);
        call.cookie("d", &Hidden("hidden5"));
        call.json("application/json", &vec![Some(Hidden("hidden \"6\"")), None]);
        let (request, _) = call.request().unwrap();
        assert_eq!(request.headers()["c"], "hidden3,hidden4");
        assert_eq!(request.uri().query(), Some("b=hidden%202"));
        assert_eq!(request.body().as_bytes().unwrap(), r#"["hidden \"6\"",null]"#);
        let said = "hidden1 hidden 2 hidden%202 hidden3 hidden4 hidden5 hidden \"6\" hidden \\\"6\\\" hidden";
        assert_eq!(call.redact(said), format!("{} hidden", ["[redacted]"; 8].join(" ")));
        assert!(!format!("{call:?}").contains("hidden"));
    }

    #[test]
    fn a_secret_in_quotes_is_one() {
        let secret = Secret::from("a\"b\\c");
        let shown = without([&secret], &format!("{:?}", secret.expose()));
        assert_eq!(shown, "\"[redacted]\"");
    }
}
