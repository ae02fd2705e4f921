//! From a call to the request that each of its attempts sends: URL, headers, credentials.

use super::call::Call;
use super::credentials::Fetched;
use super::error::{Error, ErrorKind};
use super::header;
use super::idempotency;
use super::retry::{self, Policy};
use super::scheme::{Place, Scheme};
use super::url::{self, BaseUrl};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use std::borrow::Cow;
use std::sync::Arc;

/// A request that is ready to be sent, but for its body and a credential that is still to be fetched.
pub(super) struct Prepared {
    pub(super) request: http::Request<()>,
    pub(super) policy: Policy,
    pub(super) fetched: Option<Fetched>,
    /// An idempotency key that nobody gave and that is there, for the call's next attempts.
    pub(super) key: Option<(HeaderName, HeaderValue)>,
}

/// What credentials come to: pairs for the query, and one that is still to be fetched.
type Secrets = (Vec<String>, Option<Fetched>);

impl Call {
    /// The request that an attempt sends, and whether it may be sent again.
    ///
    /// # Errors
    /// [`ErrorKind::Request`] for the first argument or option that can't be sent, and
    /// [`ErrorKind::Configuration`] for credentials that are missing or would be readable on the
    /// way.
    pub(super) fn prepare(&self) -> Result<Prepared, Error> {
        let options = &self.core.options;
        if let Some(fault) = self.fault.as_ref().or(options.fault.as_ref()) {
            return Err(fault.clone());
        }
        let mut headers = self.headers()?;
        let (has_key, key) = self.idempotency_key(&mut headers)?;
        let base_url = self.base_url()?;
        let (secret_pairs, fetched) = self.authorize(&mut headers, &base_url)?;
        let uri = self.uri(&base_url, &secret_pairs)?;
        let mut request = http::Request::new(());
        *request.method_mut() = self.target.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        let policy = Policy {
            is_repeatable: has_key
                || options.retries_posts
                || retry::is_idempotent(&self.target.method),
            max_retries: match self.body.is_repeatable() {
                true => options.max_retries,
                false => 0,
            },
            chosen: options.chosen.clone(),
        };
        Ok(Prepared {
            request,
            policy,
            fetched,
            key,
        })
    }

    /// The same, for requests with nothing to fetch.
    #[cfg(test)]
    pub(super) fn request(
        &self,
    ) -> Result<(http::Request<super::content::Content>, Policy), Error> {
        let ready = self.prepare()?;
        let request = ready.request.map(|()| self.body.clone());
        Ok((request, ready.policy))
    }

    /// The address at the server of `base_url`: the options' parameters replace the call's.
    fn uri(&self, base_url: &BaseUrl, secret_pairs: &[String]) -> Result<Uri, Error> {
        let extra = &self.core.options.query;
        let is_own = |name: &str| !extra.iter().any(|(other, _)| other == name);
        let own = self.query.iter().filter(|(name, _)| is_own(name));
        let own = own.map(|(_, pair)| pair);
        let extra = extra.iter().map(|(_, pair)| pair);
        let query = own.chain(extra).chain(secret_pairs).map(String::as_str);
        let query_len = query.clone().map(|pair| 1 + pair.len()).sum();
        let path = match &self.place {
            Some(place) => with_room(place, place.len() + query_len),
            None => self.path_below(base_url.path(), query_len)?,
        };
        base_url.uri(path, query)
    }

    /// The path below `base`: the template with its arguments. It has room for `more` bytes, and for
    /// no others as a rule, so that nothing is copied while the address is put together.
    fn path_below(&self, base: &str, more: usize) -> Result<String, Error> {
        let template = &self.target.template;
        let mut room = base.len() + template.len() + more;
        for (name, segment) in &self.path {
            room = (room + segment.len()).saturating_sub("{}".len() + name.len());
        }
        let mut path = with_room(base, room);
        url::expand(&mut path, template, |name| {
            let mut arguments = self.path.iter();
            let argument = arguments.find(|(other, _)| other == name);
            argument.map(|(_, segment)| segment.as_str())
        })?;
        Ok(path)
    }

    /// Where the call goes. A base URL that the caller gave takes all calls, also those that the
    /// description sends elsewhere, unless the caller wants these to stay: a test's server or a
    /// proxy stands for all.
    fn base_url(&self) -> Result<Cow<'_, BaseUrl>, Error> {
        let shared = &self.core.shared;
        match self.server {
            Some(path) if path.starts_with('/') => {
                shared.base_url.at(&shared.variables.expand(path)?).map(Cow::Owned)
            }
            Some(url) if shared.keeps_servers => {
                BaseUrl::parse(&shared.variables.expand(url)?).map(Cow::Owned)
            }
            _ => Ok(Cow::Borrowed(&shared.base_url)),
        }
    }

    /// The client's headers, then the operation's, then the options'.
    fn headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        let accept = header::constant(ErrorKind::Request, "accept", self.operation.accept)?;
        headers.insert(ACCEPT, accept);
        headers.insert(USER_AGENT, self.core.shared.user_agent.clone());
        headers.extend(self.headers.clone());
        for (name, value) in &self.core.options.headers {
            headers.insert(name, value.clone());
        }
        self.cookies(&mut headers)?;
        self.length(&mut headers)?;
        Ok(headers)
    }

    /// Takes out the length of the body, which the transport says. Where it is wrong, the body would be cut
    /// off there, or the server would wait for more; where nobody knows the length, it is the caller's word.
    fn length(&self, headers: &mut HeaderMap) -> Result<(), Error> {
        let Some((said, len)) = headers.get(CONTENT_LENGTH).zip(self.body.len()) else {
            return Ok(());
        };
        let said = said.to_str().ok().and_then(|said| said.parse().ok());
        if said != Some(len) {
            let message = format!("header `content-length`: the body has {len} bytes");
            return Err(Error::new(ErrorKind::Request, message));
        }
        headers.remove(CONTENT_LENGTH);
        Ok(())
    }

    /// Adds the call's cookies to those of the options.
    fn cookies(&self, headers: &mut HeaderMap) -> Result<(), Error> {
        if !self.cookies.is_empty() {
            let own: Vec<&str> = self.cookies.iter().map(|(_, pair)| pair.as_str()).collect();
            header::add_cookies(ErrorKind::Request, COOKIE.as_str(), &own.join("; "), headers)?;
        }
        Ok(())
    }

    /// Whether the request has an idempotency key, be it the caller's or a new one, and the new one.
    fn idempotency_key(
        &self,
        headers: &mut HeaderMap,
    ) -> Result<(bool, Option<(HeaderName, HeaderValue)>), Error> {
        let described = self.operation.idempotency_header;
        let name = described.unwrap_or("idempotency-key");
        let given = &self.core.options.idempotency_key;
        let by_caller = !self.headers.is_empty() || !self.core.options.headers.is_empty();
        let is_there = by_caller && headers.contains_key(name);
        if described.is_none() && given.is_none() && !is_there {
            return Ok((false, None));
        }
        let name = header::name(ErrorKind::Request, name)?;
        match given {
            Some(key) => {
                headers.insert(name, key.clone());
            }
            None if is_there => {}
            None => {
                let key = idempotency::random_key(&*self.core.shared.transport);
                let key = header::value(ErrorKind::Request, name.as_str(), &key)?;
                headers.insert(&name, key.clone());
                return Ok((true, Some((name, key))));
            }
        }
        Ok((true, None))
    }

    /// Adds the credentials to the headers, and returns those that don't belong there yet. What the
    /// caller puts in the place of one stays, and is as good as it: whoever set it there meant it.
    fn authorize(&self, headers: &mut HeaderMap, base_url: &BaseUrl) -> Result<Secrets, Error> {
        let shared = &self.core.shared;
        let schemes = shared.credentials.schemes;
        let by_caller = || schemes.iter().any(|scheme| self.is_set(scheme, headers));
        let security = self.operation.security;
        let is_met = |requirement: &&&[usize]| {
            let mut requirement = requirement.iter();
            requirement.all(|scheme| {
                let is_set = || schemes.get(*scheme).is_some_and(|scheme| self.is_set(scheme, headers));
                shared.credentials.has(*scheme) || is_set()
            })
        };
        let chosen = match shared.credentials.choose(security) {
            Ok(chosen) => chosen,
            Err(missing) => security.iter().find(is_met).ok_or(missing)?,
        };
        let has_secrets = || {
            !chosen.is_empty()
                || by_caller()
                || headers.contains_key(AUTHORIZATION)
                || headers.contains_key(COOKIE)
        };
        if !base_url.is_private() && !shared.allows_plain_http && has_secrets() {
            let message = "credentials would be sent over plain http, readable by anyone on the way: \
                           give an address by https (`base_url`), or allow it (`allow_plain_http`)";
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        let (mut pairs, mut fetched) = (Vec::new(), None);
        for (scheme, credential) in shared.credentials.of(chosen) {
            if let Some((name, value)) = &credential.header {
                headers.entry(name).or_insert_with(|| value.clone());
                continue;
            }
            if self.is_set(scheme, headers) {
                continue;
            }
            if let Some(secret) = &credential.given.secret {
                scheme.apply(secret, headers, &mut pairs)?;
            }
            if let Some(source) = &credential.given.source {
                let source = Arc::clone(source);
                fetched = Some(Fetched { scheme, source });
            }
        }
        Ok((pairs, fetched))
    }

    /// Whether the caller put something where the credential of `scheme` belongs.
    fn is_set(&self, scheme: &Scheme, headers: &HeaderMap) -> bool {
        if let Place::Query(name) = scheme.place {
            let mut pairs = self.query.iter().map(|(name, _)| name.as_ref());
            let mut extra = self
                .core
                .options
                .query
                .iter()
                .map(|(name, _)| name.as_str());
            return pairs.any(|other| other == name) || extra.any(|other| other == name);
        }
        if let Place::Cookie(name) = scheme.place {
            return header::has_cookie(headers, name);
        }
        scheme
            .header()
            .is_some_and(|name| headers.contains_key(name))
    }
}

/// `text` with room for `bytes` in all.
fn with_room(text: &str, bytes: usize) -> String {
    let mut copy = String::with_capacity(bytes);
    copy.push_str(text);
    copy
}

#[cfg(test)]
mod tests {
    use super::super::builder::{ApiInfo, CoreBuilder};
    use super::super::call::Operation;
    use super::super::core::Core;
    use super::super::options::Options;
    use super::super::testing::{API, Fake, GET, POST_WITH_KEY, builder};
    use super::*;

    /// An operation that anyone may call.
    static OPEN: Operation = Operation {
        id: "GetNews",
        method: "GET",
        path: "/news",
        accept: "application/json",
        security: &[],
        idempotency_header: None,
    };

    fn client() -> Core {
        builder(&Fake::new([])).build(None).unwrap()
    }

    #[test]
    fn options_that_cannot_be_sent_are_errors_too() {
        for change in [
            |options: Options| options.header("x-a", "hidden\n"),
            |options: Options| options.header("x a", "hidden"),
            |options: Options| options.idempotency_key("hidden\0"),
        ] {
            let core = client().with_options(change);
            let error = Call::new(&core, &GET).request().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request);
            assert!(
                !format!("{error} {error:?} {core:?}").contains("hidden"),
                "{error}"
            );
        }
    }

    #[test]
    fn options_add_to_every_request() {
        let core = client().with_options(|options| {
            options
                .header("Accept", "text/plain")
                .header("x-a", "1")
                .query("q", "a b")
        });
        let mut call = Call::new(&core, &GET);
        call.query("p", &1);
        call.json("application/json", &"body");
        let (request, _) = call.request().unwrap();
        assert_eq!(request.uri().query(), Some("p=1&q=a%20b"));
        assert_eq!(request.headers()["accept"], "text/plain");
        assert_eq!(request.headers()["x-a"], "1");
        assert_eq!(request.headers()["content-type"], "application/json");
        assert_eq!(request.headers()["authorization"], "Bearer hidden-token");
        let body = request.body().as_bytes();
        assert!(body.is_some_and(|body| body == "\"body\""));
    }

    #[test]
    fn a_length_that_the_caller_says_is_that_of_the_body() {
        let said = |length: &str, body: &str| {
            let core = client().with_options(|options| options.header("Content-Length", length));
            let mut call = Call::new(&core, &GET);
            if !body.is_empty() {
                call.bytes("text/plain", body.to_owned().into());
            }
            call.request().map(|(request, _)| request.headers().contains_key("content-length"))
        };
        // The transport says it, once.
        assert!(!said("3", "abc").unwrap());
        assert!(!said("0", "").unwrap());
        for (length, body) in [("2", "abc"), ("4", "abc"), ("3", ""), ("", "abc"), ("3, 3", "abc"), ("-1", "")] {
            let error = said(length, body).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request, "{length}");
            let words = format!("header `content-length`: the body has {} bytes", body.len());
            assert!(error.to_string().contains(&words), "{error}");
        }
    }

    #[test]
    fn a_header_of_the_options_is_meant() {
        let core = client().with_options(|options| options.header("authorization", "Mine"));
        let (request, _) = Call::new(&core, &GET).request().unwrap();
        assert_eq!(request.headers()["authorization"], "Mine");
    }

    #[test]
    fn what_the_caller_puts_in_the_place_of_a_credential_is_enough() {
        let bare = |url: &str| {
            let mut builder = CoreBuilder::new(&API);
            builder.transport(Arc::new(Fake::new([])));
            builder.base_url(url.into());
            builder.build(None).unwrap()
        };
        let headers: [fn(Options) -> Options; 2] = [
            |options| options.header("Authorization", "Mine"),
            |options| options.header("x-auth-email", "me").query("key", "mine"),
        ];
        for change in headers {
            let core = bare("https://api.example.com").with_options(change);
            assert!(Call::new(&core, &GET).request().is_ok());
            // They are secrets, wherever they come from.
            let core = bare("http://api.example.com").with_options(change);
            let error = Call::new(&core, &GET).request().unwrap_err();
            assert!(error.to_string().contains("plain http"), "{error}");
        }
        let mut call = Call::new(&bare("http://api.example.com"), &GET);
        call.header("Authorization", &"Mine");
        let error = call.request().unwrap_err();
        assert!(error.to_string().contains("plain http"), "{error}");
        let mut call = Call::new(&client(), &GET);
        call.header("Authorization", &"Mine");
        assert_eq!(call.request().unwrap().0.headers()["authorization"], "Mine");
        // One of two that are needed together.
        let half = bare("https://api.example.com").with_options(headers_of_one);
        let error = Call::new(&half, &GET).request().unwrap_err();
        assert!(error.to_string().contains("credentials are missing"), "{error}");
        let mut other = CoreBuilder::new(&API);
        other.transport(Arc::new(Fake::new([])));
        other.credential(2, "hidden".into());
        let other = other.build(None).unwrap().with_options(headers_of_one);
        let (request, _) = Call::new(&other, &GET).request().unwrap();
        let sent = (request.uri().query(), &request.headers()["x-auth-email"]);
        assert_eq!(sent, (Some("key=hidden"), &HeaderValue::from_static("me")));
    }

    fn headers_of_one(options: Options) -> Options {
        options.header("x-auth-email", "me")
    }

    #[test]
    fn a_parameter_of_the_options_replaces_that_of_the_call() {
        let core = client().with_options(|options| options.query("p", "2"));
        let mut call = Call::new(&core, &GET);
        call.query("p", &1);
        call.query("q", &1);
        let (request, _) = call.request().unwrap();
        assert_eq!(request.uri().query(), Some("q=1&p=2"));
    }

    #[test]
    fn a_cookie_of_the_options_is_sent_beside_the_credential() {
        static COOKIES: ApiInfo = ApiInfo {
            base_url: Some("https://api.example.com"),
            base_url_env: None,
            variables: &[],
            schemes: &[Scheme {
                name: "session",
                place: Place::Cookie("sid"),
                env: None,
                token_url: None,
            }],
            user_agent: "example/1.0.0",
        };
        let mut builder = CoreBuilder::new(&COOKIES);
        builder.credential(0, "s".into());
        builder.transport(Arc::new(Fake::new([])));
        builder.options(|options| options.header("cookie", "a=1"));
        let mut call = Call::new(&builder.build(None).unwrap(), &GET);
        let (request, _) = call.request().unwrap();
        assert_eq!(request.headers()["cookie"], "a=1; sid=s");
        call.cookie("b", &2);
        let (request, _) = call.request().unwrap();
        assert_eq!(request.headers()["cookie"], "a=1; b=2; sid=s");
        // A cookie of the call in the credential's place is meant.
        call.cookie("sid", &"mine");
        let (request, _) = call.request().unwrap();
        assert_eq!(request.headers()["cookie"], "a=1; b=2; sid=mine");
        // And so is one of the options, which may be any bytes but control characters.
        let meant = call.core.with_options(|options| options.header("cookie", "a=\u{e9}; sid=own"));
        let (request, _) = Call::new(&meant, &GET).request().unwrap();
        assert_eq!(request.headers()["cookie"].as_bytes(), "a=\u{e9}; sid=own".as_bytes());
    }

    #[test]
    fn credentials_are_not_sent_readably_over_the_network() {
        let url = |url: &str, allow: bool| {
            let mut builder = builder(&Fake::new([]));
            builder.base_url(url.into());
            builder.allow_plain_http(allow);
            Call::new(&builder.build(None).unwrap(), &GET).request()
        };
        let error = url("http://api.example.com", false).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(!error.to_string().contains("hidden"), "{error}");
        assert!(url("http://api.example.com", true).is_ok());
        assert!(url("http://127.0.0.1:8080", false).is_ok());
        // Nor is what one call has in their place, where it needs none.
        for name in ["Cookie", "Authorization", "X-Auth-Email"] {
            let mut builder = CoreBuilder::new(&API);
            builder.transport(Arc::new(Fake::new([])));
            builder.base_url("http://api.example.com".into());
            let mut call = Call::new(&builder.build(None).unwrap(), &OPEN);
            assert!(call.request().is_ok());
            call.header(name, &"sid=hidden");
            assert_eq!(call.request().unwrap_err().kind(), ErrorKind::Configuration, "{name}");
        }
        assert!(url("https://api.example.com", false).is_ok());
    }

    #[test]
    fn an_idempotency_key_makes_a_post_repeatable() {
        let call = Call::new(&client(), &POST_WITH_KEY);
        let (request, policy) = call.request().unwrap();
        assert!(policy.is_repeatable);
        assert_eq!(request.headers()["idempotency-key"].len(), 36);

        let core = client().with_options(|options| options.idempotency_key("mine"));
        let (request, _) = Call::new(&core, &POST_WITH_KEY).request().unwrap();
        assert_eq!(request.headers()["idempotency-key"], "mine");

        let mut call = Call::new(&client(), &POST_WITH_KEY);
        call.header("Idempotency-Key", &"given");
        assert_eq!(
            call.request().unwrap().0.headers()["idempotency-key"],
            "given"
        );
    }
}
