//! OAuth 2 client credentials: a token for the client itself (RFC 6749, section 4.4).

use super::base64;
use super::call::{Call, Operation};
use super::core::{Core, Shared};
use super::credentials::{Credential, Credentials, Given};
use super::error::{Error, ErrorKind};
use super::message;
use super::options::Options;
use super::redact::without;
use super::retry::{BUDGET, Budget};
use super::scheme::Scheme;
use super::secret::Secret;
use super::server_variable::ServerVariables;
use super::token::{FetchedToken, TokenContext, TokenError, TokenProvider};
use super::transport::BoxFuture;
use super::url::{self, BaseUrl};
use bytes::Bytes;
use http::header::AUTHORIZATION;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What a client proves itself with to a token endpoint, which gives it tokens.
///
/// The endpoint is the description's unless [`token_url`](Self::token_url) names another. It is asked
/// through the client's own transport, and nothing of this is sent anywhere else. It is asked with the
/// time limit and the retries that the client was built with, or the time limit that is
/// [set here](Self::timeout): each call waits for its token as long as the call itself may take, or as
/// that says.
#[derive(Clone)]
pub struct ClientCredentials {
    id: String,
    secret: Secret,
    token_url: Option<String>,
    /// What the request says beside its `grant_type`.
    form: Vec<(String, String)>,
    is_in_body: bool,
    timeout: Option<Duration>,
}

impl ClientCredentials {
    /// The ID and the secret of a client.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            token_url: None,
            form: Vec::new(),
            is_in_body: false,
            timeout: None,
        }
    }

    /// The address of the token endpoint.
    #[must_use]
    pub fn token_url(mut self, token_url: impl Into<String>) -> Self {
        self.token_url = Some(token_url.into());
        self
    }

    /// The scopes to ask for (RFC 6749, section 3.3); unless set, those that the server gives.
    #[must_use]
    pub fn scopes<S: AsRef<str>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        let scopes: Vec<String> = scopes
            .into_iter()
            .map(|scope| scope.as_ref().to_owned())
            .collect();
        self.parameter("scope", scopes.join(" "))
    }

    /// A parameter that the server wants beside these, such as `audience` or `resource`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.form.push((name.into(), value.into()));
        self
    }

    /// Whether ID and secret are sent in the body, for servers that don't take them as basic
    /// authentication (RFC 6749, section 2.3.1); false unless set.
    #[must_use]
    pub fn in_body(mut self, in_body: bool) -> Self {
        self.is_in_body = in_body;
        self
    }

    /// How long the token endpoint may take to answer, each time that it is asked; unless set, as long as
    /// the client's calls ([`Options::timeout`]).
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The call that asks for a token.
    ///
    /// # Errors
    /// As of every request: its address can't be used, or would let others read the secret.
    fn call(&self, context: TokenContext<'_>) -> Result<Call, Error> {
        let own = &context.core.shared;
        let endpoint = match (&self.token_url, context.scheme.token_url) {
            (Some(url), _) => BaseUrl::parse_endpoint(url)?,
            (None, Some(path)) if path.starts_with('/') => own.base_url.endpoint_at(path)?,
            (None, Some(url)) => BaseUrl::parse_endpoint(url)?,
            (None, None) => return Err(Error::new(ErrorKind::Configuration, NO_URL)),
        };
        if !endpoint.server.is_private() && !own.allows_plain_http {
            let message = "the token endpoint is at plain http, where anyone on the way reads the secret";
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        let secret = Credential {
            given: Given {
                secret: Some(self.secret.clone()),
                source: None,
            },
            by_hand: true,
            header: None,
        };
        // Asking for a token twice does no harm.
        let options = Options::new()
            .timeout(self.timeout.unwrap_or(context.core.options.timeout))
            .max_retries(context.core.options.max_retries)
            .retry_posts_as_gets(true);
        let options = Arc::new(options);
        let core = Core {
            shared: Arc::new(Shared {
                defaults: Arc::clone(&options),
                base_url: endpoint.server,
                variables: ServerVariables::new(&[]),
                keeps_servers: false,
                allows_plain_http: own.allows_plain_http,
                // It is sent with none, and redacts this one.
                credentials: Credentials {
                    schemes: &[],
                    given: vec![Some(secret)],
                },
                user_agent: own.user_agent.clone(),
                transport: Arc::clone(&own.transport),
                // They are for the API's own requests.
                hooks: Vec::new(),
                says_attempts: own.says_attempts,
                shows_bodies: false,
                budget: Budget::new(BUDGET),
            }),
            options,
        };
        let mut call = Call::new(&core, &TOKEN);
        call.place = Some(endpoint.path);
        call.query.extend(endpoint.query.map(|query| (Cow::Borrowed(""), query)));
        let mut pairs = vec![pair("grant_type", "client_credentials")];
        pairs.extend(self.form.iter().map(|(name, value)| pair(name, value)));
        if self.is_in_body {
            pairs.push(pair("client_id", &self.id));
            pairs.push(pair("client_secret", self.secret.expose()));
        } else {
            let [id, secret] = [self.id.as_str(), self.secret.expose()].map(url::query_text);
            let basic = base64::encode(format!("{id}:{secret}").as_bytes());
            call.header(AUTHORIZATION.as_str(), &format!("Basic {basic}"));
        }
        call.bytes(
            "application/x-www-form-urlencoded",
            Bytes::from(pairs.join("&")),
        );
        Ok(call)
    }
}

const NO_URL: &str =
    "the description names no token endpoint: set `token_url` on the client credentials";

static TOKEN: Operation = Operation {
    id: "",
    method: "POST",
    path: "(token endpoint)",
    accept: "application/json",
    security: &[],
    idempotency_header: None,
};

fn pair(name: &str, value: &str) -> String {
    format!("{}={}", url::query_text(name), url::query_text(value))
}

/// The token in the answer (RFC 6749, section 5.1). Some servers refuse with an answer of success, whose
/// words are in the error, without what `redact` takes out.
///
/// # Errors
/// Why there is none that can be sent.
fn read(answer: &Value, redact: impl Fn(&str) -> String) -> Result<FetchedToken, TokenError> {
    let kind = answer.get("token_type").and_then(Value::as_str);
    if kind.is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err("the token endpoint gave a token that isn't a bearer token".into());
    }
    let token = answer
        .get("access_token")
        .and_then(Value::as_str)
        .filter(|token| !token.is_empty())
        .ok_or_else(|| match message::find(None, answer.to_string().as_bytes(), redact) {
            Some(why) => format!("the token endpoint gave no `access_token`: {why}"),
            None => "the token endpoint gave no `access_token`".to_owned(),
        })?;
    let token = FetchedToken::new(token);
    // Some servers write the number as a text.
    let seconds = answer.get("expires_in").and_then(|seconds| match seconds {
        Value::String(text) => text.trim().parse::<f64>().ok(),
        number => number.as_f64(),
    });
    let lifetime = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    Ok(match lifetime {
        Some(lifetime) => token.expires_in(lifetime),
        None => token,
    })
}

impl TokenProvider for ClientCredentials {
    fn fetch<'a>(
        &'a self,
        context: TokenContext<'a>,
    ) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
        Box::pin(async move {
            let answer = self.call(context)?.send::<Value>().await?;
            read(&answer, |text| without([&self.secret], text))
        })
    }

    fn check(&self, scheme: &Scheme) -> Result<(), TokenError> {
        match &self.token_url {
            Some(url) => drop(BaseUrl::parse_endpoint(url)?),
            None if scheme.token_url.is_none() => return Err(NO_URL.into()),
            None => {}
        }
        Ok(())
    }

    fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    fn secret(&self) -> Option<&Secret> {
        Some(&self.secret)
    }
}

/// Shows the ID, not the secret, and of the parameters their names.
impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form: Vec<_> = self.form.iter().map(|(name, _)| name).collect();
        f.debug_struct("ClientCredentials")
            .field("id", &self.id)
            .field("form", &form)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::body::Body;
    use super::super::builder::{ApiInfo, CoreBuilder};
    use super::super::hook::{CallAttempt, CallHook};
    use super::super::scheme::Place;
    use super::super::testing::{Fake, GET, Reply, answer, answer_with, block_on, builder};
    use super::*;
    use std::sync::Mutex;

    static API: ApiInfo = ApiInfo {
        base_url: Some("https://api.example.com/v4"),
        base_url_env: None,
        variables: &[],
        schemes: &[Scheme {
            name: "login",
            place: Place::Bearer,
            env: None,
            token_url: Some("https://login.example.com/oauth/token"),
        }],
        user_agent: "example/1.0.0",
    };

    fn credentials() -> ClientCredentials {
        ClientCredentials::new("my id", "hidden:1")
    }

    fn client(api: &'static ApiInfo, credentials: ClientCredentials, replies: Vec<Reply>) -> (Core, Fake) {
        let fake = Fake::new(replies);
        let mut builder = CoreBuilder::new(api);
        builder.transport(Arc::new(fake.clone()));
        builder.options(|options| options.header("x-gateway", "own").query("sig", "own"));
        builder.token(0, credentials.into());
        (builder.build(None).unwrap(), fake)
    }

    fn token(rest: &str) -> Reply {
        answer(200, format!(r#"{{"access_token": "hidden-t", "token_type": "Bearer"{rest}}}"#))
    }

    fn get(core: &Core) -> Result<(), Error> {
        block_on(Call::new(core, &GET).send())
    }

    #[test]
    fn a_token_is_asked_for_through_the_same_transport() {
        let (core, fake) = client(&API, credentials().scopes(["read", "write"]), vec![token(""), answer(200, "")]);
        get(&core).unwrap();
        let requests = fake.requests();
        assert_eq!(requests[0].method(), "POST");
        assert_eq!(requests[0].uri(), "https://login.example.com/oauth/token");
        assert_eq!(requests[0].body(), "grant_type=client_credentials&scope=read%20write");
        let header = |name: &str| requests[0].headers().get(name).map(|value| value.to_str().unwrap());
        assert_eq!(header("authorization"), Some("Basic bXklMjBpZDpoaWRkZW4lM0Ex"));
        assert_eq!(header("content-type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(header("accept"), Some("application/json"));
        // What the options add is for the API, not for this server.
        assert_eq!(header("x-gateway"), None);
        assert_eq!(requests[1].headers()["authorization"], "Bearer hidden-t");
        assert_eq!(requests[1].uri(), "https://api.example.com/v4/things?sig=own");
    }

    #[test]
    fn the_endpoint_keeps_the_end_of_its_path_and_its_query() {
        let credentials = credentials().token_url("https://other.example.com/o/token/?tenant=a%20b");
        let (core, fake) = client(&API, credentials, vec![token(""), answer(200, "")]);
        get(&core).unwrap();
        assert_eq!(fake.requests()[0].uri(), "https://other.example.com/o/token/?tenant=a%20b");
    }

    #[test]
    fn credentials_go_into_the_body_where_the_server_wants_that() {
        let credentials = credentials().in_body(true).parameter("audience", "a b").token_url("https://other.example.com");
        let (core, fake) = client(&API, credentials, vec![token(""), answer(200, "")]);
        get(&core).unwrap();
        let requests = fake.requests();
        assert_eq!(requests[0].uri(), "https://other.example.com/");
        assert!(!requests[0].headers().contains_key("authorization"));
        assert_eq!(
            requests[0].body(),
            "grant_type=client_credentials&audience=a%20b&client_id=my%20id&client_secret=hidden%3A1"
        );
    }

    #[test]
    fn a_lifetime_is_a_number_or_a_text() {
        for (rest, times) in [
            (r#", "expires_in": 100"#, 2),
            (r#", "expires_in": "100""#, 2),
            (r#", "expires_in": 1000.5"#, 1),
            (r#", "expires_in": -1"#, 1),
            (r#", "expires_in": 1e300"#, 1),
            (r#", "expires_in": 0"#, 2),
            (r#", "expires_in": null"#, 1),
            (r#", "expires_in": "nan""#, 1),
            (r#", "expires_in": "soon""#, 1),
            (r#", "expires_in": [100]"#, 1),
            ("", 1),
        ] {
            let replies = vec![token(rest), answer(200, ""), token(rest), answer(200, "")];
            let replies = if times == 1 { vec![token(rest), answer(200, ""), answer(200, "")] } else { replies };
            let (core, fake) = client(&API, credentials(), replies);
            get(&core).unwrap();
            fake.pass(Duration::from_secs(95));
            get(&core).unwrap();
            assert_eq!(fake.requests().len(), 2 + times, "{rest}");
        }
    }

    #[test]
    fn a_token_endpoint_that_refuses_says_why() {
        let refused = r#"{"error": "invalid_client", "error_description": "unknown client, hidden:1"}"#;
        let (core, fake) = client(&API, credentials(), vec![answer(401, refused)]);
        let error = get(&core).unwrap_err();
        assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Token, 0, false));
        let text = format!("{error} {error:?}");
        assert!(text.contains("401 Unauthorized: unknown client, [redacted]"), "{text}");
        assert!(text.starts_with("GetThings GET /things: login: "), "{text}");
        assert!(!text.contains("hidden"), "{text}");
        assert_eq!(fake.requests().len(), 1);
    }

    #[test]
    fn a_token_endpoint_that_fails_is_asked_again() {
        let (core, fake) = client(&API, credentials(), vec![answer(503, ""), token(""), answer(200, "")]);
        get(&core).unwrap();
        assert_eq!((fake.requests().len(), fake.sleeps().len()), (3, 1));
        // What the endpoint can't do now, it may do later.
        let replies = (0..3).map(|_| answer_with(503, "retry-after", "5"));
        let (core, fake) = client(&API, credentials(), replies.collect());
        let error = get(&core).unwrap_err();
        assert_eq!((error.kind(), error.is_retryable(), fake.requests().len()), (ErrorKind::Token, true, 3));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(5)));
    }

    /// Shows every request that it is asked to look at.
    struct Watch(Arc<Mutex<Vec<String>>>);

    impl CallHook for Watch {
        fn before(&self, _: &CallAttempt, request: &mut http::Request<Body>) {
            self.0.lock().unwrap().push(request.uri().path().to_owned());
        }
    }

    #[test]
    fn the_secret_is_shown_to_no_hook_and_in_no_trace() {
        let fake = Fake::new([token(""), answer(200, "")]);
        let seen = Arc::new(Mutex::new(Vec::new()));
        let mut builder = CoreBuilder::new(&API);
        builder.transport(Arc::new(fake.clone()));
        builder.hook(Arc::new(Watch(Arc::clone(&seen))));
        builder.trace_bodies(true);
        builder.token(0, credentials().in_body(true).into());
        get(&builder.build(None).unwrap()).unwrap();
        assert_eq!(*seen.lock().unwrap(), ["/v4/things"]);
        let requests = fake.requests();
        let attempts = requests.iter().map(|request| request.extensions().get::<CallAttempt>().unwrap());
        assert_eq!(attempts.map(|attempt| attempt.shows_bodies).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_token_is_asked_for_as_the_client_is_set_and_not_as_one_call_is() {
        let fake = Fake::new([answer(503, ""), token(""), answer(200, "")]);
        let mut builder = CoreBuilder::new(&API);
        builder.transport(Arc::new(fake.clone()));
        builder.options(|options| options.timeout(Duration::from_secs(9)).max_retries(1));
        builder.token(0, credentials().into());
        let core = builder.build(None).unwrap();
        get(&core.with_options(|options| options.timeout(Duration::from_secs(20)).max_retries(0))).unwrap();
        let requests = fake.requests();
        let timeouts = requests.iter().map(|request| request.extensions().get::<CallAttempt>().unwrap().timeout());
        assert_eq!(timeouts.map(|timeout| timeout.as_secs()).collect::<Vec<_>>(), [9, 9, 20]);
    }

    #[test]
    fn a_token_endpoint_may_have_more_time_than_the_api() {
        let fake = Fake::new([token(""), answer(200, "")]);
        let mut builder = CoreBuilder::new(&API);
        builder.transport(Arc::new(fake.clone()));
        builder.options(|options| options.timeout(Duration::from_secs(5)));
        builder.token(0, credentials().timeout(Duration::from_secs(40)).into());
        get(&builder.build(None).unwrap()).unwrap();
        let requests = fake.requests();
        let timeouts = requests.iter().map(|request| request.extensions().get::<CallAttempt>().unwrap().timeout());
        assert_eq!(timeouts.map(|timeout| timeout.as_secs()).collect::<Vec<_>>(), [40, 5]);
    }

    #[test]
    fn answers_without_a_token_are_errors() {
        for body in ["{}", r#"{"access_token": ""}"#, r#"{"access_token": "a", "token_type": "mac"}"#, "<html>"] {
            let (core, _) = client(&API, credentials(), vec![answer(200, body)]);
            assert_eq!(get(&core).unwrap_err().kind(), ErrorKind::Token, "{body}");
        }
    }

    #[test]
    fn an_answer_of_success_without_a_token_may_say_why() {
        let said = r#"{"error": "invalid_client", "error_description": "hidden:1 is\nno longer good"}"#;
        let (core, _) = client(&API, credentials(), vec![answer(200, said)]);
        let error = get(&core).unwrap_err();
        let words = "the token endpoint gave no `access_token`: [redacted] is no longer good";
        assert!(error.to_string().ends_with(words), "{error}");
    }

    #[test]
    fn what_cannot_be_meant_is_refused_when_the_client_is_built_or_before_anything_is_sent() {
        let fake = Fake::new([]);
        let mut without = builder(&fake);
        without.token(0, credentials().into());
        let error = without.build(None).unwrap_err();
        assert!(error.to_string().contains("token: the description names no token endpoint"), "{error}");
        for url in ["login", "https://u:hidden@login.example.com", "https://login.example.com/?a b"] {
            let mut builder = builder(&fake);
            builder.token(0, credentials().token_url(url).into());
            let error = builder.build(None).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
            assert!(error.to_string().starts_with("token: token URL: "), "{error}");
            assert!(!format!("{error} {error:?}").contains("hidden"), "{error}");
        }
        for in_body in [false, true] {
            let plain = credentials().token_url("http://login.example.com/token").in_body(in_body);
            let (core, fake) = client(&API, plain, Vec::new());
            let error = get(&core).unwrap_err();
            assert_eq!((error.kind(), fake.requests().len()), (ErrorKind::Token, 0), "{in_body}");
        }
    }

    #[test]
    fn a_path_is_at_the_client_s_own_server() {
        static RELATIVE: ApiInfo = ApiInfo {
            base_url: Some("https://api.example.com/v4"),
            base_url_env: None,
            variables: &[],
            schemes: &[Scheme {
                name: "login",
                place: Place::Bearer,
                env: None,
                token_url: Some("/oauth/token"),
            }],
            user_agent: "example/1.0.0",
        };
        let (core, fake) = client(&RELATIVE, credentials(), vec![token(""), answer(200, "")]);
        get(&core).unwrap();
        assert_eq!(fake.requests()[0].uri(), "https://api.example.com/oauth/token");
    }

    #[test]
    fn secrets_are_not_shown() {
        let text = format!("{:?}", credentials().parameter("assertion", "hidden"));
        assert!(text.contains("my id") && !text.contains("hidden"), "{text}");
    }
}
