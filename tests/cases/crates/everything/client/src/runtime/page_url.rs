//! Paging by address: each page says where the next one is (RFC 3986).
//!
//! An address is only ever followed to the origin that the request before went to, so that
//! credentials reach no other. A list ends at a page without an address or with one of before.

use super::call::Call;
use super::error::{Error, ErrorKind};
use super::paging::{PageInfo, Pages, Rule};
use super::reference::Reference;
use super::request::Request;
use super::sending::Answer;
use http::{HeaderMap, Uri};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::borrow::Cow;

impl<P: Answer> Pages<P> {
    /// The list that `call` begins, where a page says under [`next`](PageInfo::next) where the next
    /// one is.
    pub(crate) fn by_url(call: Call, read: fn(&P) -> PageInfo) -> Self {
        Self::new(call, Box::new(ByUrl::new(from_body)), read)
    }
}

impl Request {
    /// Sends the request for each page of a list. `read` finds what a page says about itself; its
    /// [`next`](PageInfo::next) is the address of the page after it.
    pub fn pages_by_url(self, read: fn(&Value) -> PageInfo) -> Pages<Value> {
        Pages::by_url(self.call, read)
    }
}

/// Where a page or its headers say that the next one is.
type Find = fn(&PageInfo, &HeaderMap) -> Result<Option<String>, &'static str>;

/// The rule of pages that say where the next one is.
pub(super) struct ByUrl {
    find: Find,
    next: Option<String>,
}

impl ByUrl {
    pub(super) fn new(find: Find) -> Self {
        Self { find, next: None }
    }
}

fn from_body(page: &PageInfo, _: &HeaderMap) -> Result<Option<String>, &'static str> {
    let next = page.cursor()?;
    Ok(next.and_then(|next| next.as_str().map(str::to_owned)))
}

impl Rule for ByUrl {
    fn ask(&self, call: &mut Call) {
        if let Some(next) = &self.next {
            call.follow(next);
        }
    }

    fn turn(
        &mut self,
        page: &PageInfo,
        headers: &HeaderMap,
    ) -> Result<Option<String>, &'static str> {
        self.next = (self.find)(page, headers)?;
        Ok(self.next.clone())
    }
}

impl Call {
    /// Sends the call where `reference` says, which the server wrote; headers, body and what the
    /// options add to the query stay, and so does the version of the API in the query: servers leave
    /// it out of their addresses, or write another one.
    fn follow(&mut self, reference: &str) {
        let next = self
            .prepare()
            .and_then(|ready| resolve(ready.request.uri(), reference));
        if let Some(Reference { path, query, .. }) = self.keep(next) {
            let version = self.query.iter().find(|(name, _)| is_version(name)).cloned();
            let pairs = query.split('&').filter(|pair| !pair.is_empty());
            self.query = pairs
                .map(|pair| (Cow::Owned(name(pair)), pair.to_owned()))
                .filter(|(name, _)| version.is_none() || !is_version(name))
                .collect();
            self.query.extend(version);
            self.place = Some(path);
        }
    }
}

/// The name of a pair of the query, decoded.
fn name(pair: &str) -> String {
    let name = pair.split('=').next().unwrap_or_default();
    let name = percent_decode_str(name).decode_utf8_lossy();
    name.replace('+', " ")
}

/// Whether a query parameter is the version of the API that is asked for.
fn is_version(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).eq("apiversion".chars())
}

/// Where the server says that the next page is.
///
/// # Errors
/// [`ErrorKind::Paging`] when it is no URL reference, or one to another origin.
fn resolve(base: &Uri, reference: &str) -> Result<Reference, Error> {
    let refuse = |why: &str| {
        let message = format!("the address of the next page {why}");
        Error::new(ErrorKind::Paging, message)
    };
    match Reference::find(base, reference) {
        Ok(Reference { elsewhere: Some(_), .. }) => {
            Err(refuse("is at another origin, which is not sent to"))
        }
        found => found.map_err(refuse),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, GET, answer, block_on, builder};
    use super::*;

    fn read(page: &Value) -> PageInfo {
        let items = page["items"].as_array().map(Vec::as_slice);
        PageInfo::of(items.unwrap_or_default()).next(page.get("next"))
    }

    #[test]
    fn other_origins_are_refused() {
        let base: Uri = "https://api.example.com/v4/things".parse().unwrap();
        for reference in [
            "https://evil.example.com/v4/things",
            "http://api.example.com/v4/things",
            "https://api.example.com:444/",
            "https://api.example.com@evil.example.com/",
            "https://u:p@api.example.com/",
            "https://api.example.com.evil.example.com/",
            "//evil.example.com/",
            "https:evil",
            "https:/evil",
            "https:///evil",
            "https://",
            "javascript:alert(1)",
            "\\\\evil.example.com/",
            "/\\evil.example.com/",
            "ht\ntps://evil.example.com",
            "/%2e%2E/a",
        ] {
            let error = resolve(&base, reference).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Paging, "{reference}");
            assert!(!error.to_string().contains("evil"), "{error}");
        }
    }

    /// The URIs that pages were asked for at, and what the list ends with.
    fn list(next: &[&str]) -> (Vec<String>, Result<(), Error>) {
        let fake = Fake::new(next.iter().enumerate().map(|(item, next)| {
            answer(200, format!(r#"{{"items": [{item}], "next": "{next}"}}"#))
        }));
        let core = builder(&fake).build(None).unwrap();
        let core = core.with_options(|options| options.query("tenant", "t").header("x-a", "b"));
        let mut call = Call::new(&core, &GET);
        call.query("limit", &2);
        let mut pages = Pages::by_url(call, read);
        let end = loop {
            match block_on(pages.try_next()) {
                Ok(Some(_)) => {}
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        let requests = fake.requests();
        for request in &requests {
            assert_eq!(request.headers()["authorization"], "Bearer hidden-token");
            assert_eq!(request.headers()["x-a"], "b");
        }
        (requests.iter().map(|request| request.uri().to_string()).collect(), end)
    }

    #[test]
    fn pages_are_asked_for_where_the_server_says() {
        let at = |rest: &str| format!("https://api.example.com{rest}");
        let (asked, end) = list(&[&at("/other/things?after=1"), "?after=2&tenant=own", "more", ""]);
        end.unwrap();
        let expected = [
            "/v4/things?limit=2&tenant=t",
            "/other/things?after=1&tenant=t",
            "/other/things?after=2&tenant=t",
            "/other/more?tenant=t",
        ];
        assert_eq!(asked, expected.map(at));
    }

    #[test]
    fn addresses_that_repeat_end_the_list_and_others_are_errors() {
        let (asked, end) = list(&["?a", "?b", "?a"]);
        assert!((asked.len(), end.is_ok()) == (3, true));
        let (asked, end) = list(&["https://evil.example.com/"]);
        assert_eq!((asked.len(), end.unwrap_err().kind()), (1, ErrorKind::Paging));
    }

    #[test]
    fn the_version_of_the_api_stays() {
        let next = |reference: &str| {
            let fake = Fake::new([answer(200, "[]")]);
            let mut call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
            call.query("api-version", &"2024-01-01");
            call.query("top", &2);
            call.follow(reference);
            call.request().unwrap().0.uri().query().map(str::to_owned)
        };
        for reference in ["?a=1", "?Api-Version=old&a=1", "?a=1&api-version=2024-01-01"] {
            assert_eq!(next(reference).as_deref(), Some("a=1&api-version=2024-01-01"));
        }
    }

    #[test]
    fn a_credential_in_the_query_is_sent_once() {
        let next = |query: &str| {
            let fake = Fake::new([answer(200, "[]")]);
            let mut builder = super::super::builder::CoreBuilder::new(&super::super::testing::API);
            builder.credential(1, "e".into());
            builder.credential(2, "k".into());
            builder.transport(std::sync::Arc::new(fake));
            let mut call = Call::new(&builder.build(None).unwrap(), &GET);
            call.follow(query);
            call.request().unwrap().0.uri().query().map(str::to_owned)
        };
        assert_eq!(next("?a=1").as_deref(), Some("a=1&key=k"));
        assert_eq!(next("?a=1&key=k").as_deref(), Some("a=1&key=k"));
    }
}
