//! From settings to a client: what was set in code, what the environment holds, and the defaults.
//!
//! Everything that can be wrong without a server is found here or, where it depends on the
//! operation, before that operation sends anything.

use super::core::{Core, Shared};
use super::credentials::{Credential, Credentials, Given};
use super::error::{Error, ErrorKind};
use super::header;
use super::hook::CallHook;
use super::options::Options;
use super::retry::{BUDGET, Budget};
use super::scheme::Scheme;
use super::secret::Secret;
use super::server_variable::{ServerVariable, ServerVariables};
use super::transport::Transport;
use super::url::BaseUrl;
use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;

/// What the description says about the API as a whole.
#[derive(Debug)]
pub(crate) struct ApiInfo {
    pub(crate) base_url: Option<&'static str>,
    /// The environment variable that replaces `base_url`.
    pub(crate) base_url_env: Option<&'static str>,
    /// The variables in `base_url` and in the addresses of other servers, with their defaults.
    pub(crate) variables: &'static [ServerVariable],
    pub(crate) schemes: &'static [Scheme],
    /// Product and version (RFC 9110, section 10.1.5).
    pub(crate) user_agent: &'static str,
}

/// Makes the transport of a client that was given none.
pub(crate) type DefaultTransport<'a> = &'a dyn Fn() -> Result<Arc<dyn Transport>, Error>;

/// The settings of a client to be.
#[derive(Clone)]
pub(crate) struct CoreBuilder {
    pub(super) api: &'static ApiInfo,
    base_url: Option<String>,
    variables: ServerVariables,
    keeps_servers: bool,
    /// By their index in the API's schemes.
    given: Vec<Option<Given>>,
    options: Options,
    product: Option<String>,
    transport: Option<Arc<dyn Transport>>,
    hooks: Vec<Arc<dyn CallHook>>,
    shows_bodies: bool,
    allows_plain_http: bool,
    /// In retries.
    budget: u32,
    reads_env: bool,
}

impl CoreBuilder {
    pub(crate) fn new(api: &'static ApiInfo) -> Self {
        Self {
            api,
            base_url: None,
            variables: ServerVariables::new(api.variables),
            keeps_servers: false,
            given: vec![None; api.schemes.len()],
            options: Options::new(),
            product: None,
            transport: None,
            hooks: Vec::new(),
            shows_bodies: false,
            allows_plain_http: false,
            budget: BUDGET,
            reads_env: false,
        }
    }

    /// Sets the credential of a scheme, by its index in the API's schemes.
    pub(crate) fn credential(&mut self, scheme: usize, secret: Secret) {
        self.give(scheme, secret.into());
    }

    /// Sets what was given for a scheme.
    pub(super) fn give(&mut self, scheme: usize, given: Given) {
        if let Some(place) = self.given.get_mut(scheme) {
            *place = Some(given);
        }
    }

    pub(crate) fn base_url(&mut self, base_url: String) {
        self.base_url = Some(base_url);
    }

    /// Chooses the value of a variable of a server's address.
    pub(crate) fn server_variable(&mut self, name: String, value: String) {
        self.variables.choose(name, value);
    }

    /// Whether operations that the description serves elsewhere go there whatever the base URL is.
    pub(crate) fn keep_servers(&mut self, keep: bool) {
        self.keeps_servers = keep;
    }

    pub(crate) fn options(&mut self, change: impl FnOnce(Options) -> Options) {
        self.options = change(self.options.clone());
    }

    /// A product of the caller, sent before the client's own in `User-Agent`.
    pub(crate) fn product(&mut self, product: String) {
        self.product = Some(product);
    }

    pub(crate) fn transport(&mut self, transport: Arc<dyn Transport>) {
        self.transport = Some(transport);
    }

    /// Adds a hook, which is called after those that are there already.
    pub(crate) fn hook(&mut self, hook: Arc<dyn CallHook>) {
        self.hooks.push(hook);
    }

    /// Whether traces show the bodies of requests and answers.
    pub(crate) fn trace_bodies(&mut self, show: bool) {
        self.shows_bodies = show;
    }

    pub(crate) fn allow_plain_http(&mut self, allow: bool) {
        self.allows_plain_http = allow;
    }

    pub(crate) fn retry_budget(&mut self, retries: u32) {
        self.budget = retries;
    }

    /// Lets the environment fill what isn't set in code, whichever is said first.
    #[allow(dead_code, reason = "not every client reads the environment")]
    pub(crate) fn env(&mut self) {
        self.reads_env = true;
    }

    /// # Errors
    /// [`ErrorKind::Configuration`] when the base URL, the product, a credential or a variable can't
    /// be sent, or there is no transport.
    pub(crate) fn build(self, default: Option<DefaultTransport<'_>>) -> Result<Core, Error> {
        self.build_in(default, &|name| std::env::var_os(name))
    }

    /// [`build`](Self::build) in the environment `env`.
    fn build_in(
        mut self,
        default: Option<DefaultTransport<'_>>,
        env: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Core, Error> {
        let by_hand: Vec<bool> = self.given.iter().map(Option::is_some).collect();
        if self.reads_env {
            self.fill(env)?;
        }
        let credentials = self.credentials(&by_hand)?;
        let base_url = self
            .base_url
            .as_deref()
            .or(self.api.base_url)
            .ok_or_else(no_base_url)?;
        self.variables.check(base_url)?;
        let base_url = BaseUrl::parse(&self.variables.expand(base_url)?)?;
        let user_agent = match &self.product {
            Some(product) => format!("{product} {}", self.api.user_agent),
            None => self.api.user_agent.to_owned(),
        };
        let says_attempts = self.transport.is_some() || !self.hooks.is_empty();
        let transport = match (self.transport, default) {
            (Some(transport), _) => transport,
            (None, Some(default)) => default()?,
            (None, None) => return Err(no_transport()),
        };
        let options = Arc::new(self.options);
        let shared = Shared {
            defaults: Arc::clone(&options),
            base_url,
            variables: self.variables,
            keeps_servers: self.keeps_servers || self.base_url.is_none(),
            allows_plain_http: self.allows_plain_http,
            credentials,
            user_agent: header::plain(ErrorKind::Configuration, "user-agent", &user_agent)?,
            transport,
            hooks: self.hooks,
            says_attempts,
            shows_bodies: self.shows_bodies,
            budget: Budget::new(self.budget),
        };
        Ok(Core {
            shared: Arc::new(shared),
            options,
        })
    }

    /// Takes from the environment what isn't set.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] for a variable that isn't Unicode.
    fn fill(&mut self, env: &dyn Fn(&str) -> Option<OsString>) -> Result<(), Error> {
        if self.base_url.is_none() {
            self.base_url = read(env, self.api.base_url_env)?;
        }
        for (index, scheme) in self.api.schemes.iter().enumerate() {
            let is_set = self.given.get(index).is_some_and(Option::is_some);
            if is_set {
                continue;
            }
            if let Some(text) = read(env, scheme.env)? {
                self.credential(index, text.into());
            }
        }
        Ok(())
    }

    fn credentials(&mut self, by_hand: &[bool]) -> Result<Credentials, Error> {
        let schemes = self.api.schemes;
        let mut all = Vec::new();
        for ((scheme, given), by_hand) in schemes.iter().zip(&self.given).zip(by_hand) {
            let Some(given) = given.clone() else {
                all.push(None);
                continue;
            };
            let mut header = None;
            if let Some(secret) = &given.secret {
                scheme.check(secret)?;
                header = scheme.whole_header(secret)?;
            }
            given.source.iter().try_for_each(|source| source.check())?;
            all.push(Some(Credential {
                given,
                by_hand: *by_hand,
                header,
            }));
        }
        Ok(Credentials {
            schemes,
            given: all,
        })
    }
}

/// The text of a variable; an empty one is as good as none.
fn read(
    env: &dyn Fn(&str) -> Option<OsString>,
    name: Option<&str>,
) -> Result<Option<String>, Error> {
    let Some(name) = name else { return Ok(None) };
    match env(name).map(OsString::into_string) {
        None => Ok(None),
        Some(Ok(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
        Some(Err(_)) => {
            let message = format!("the environment variable {name} isn't Unicode");
            Err(Error::new(ErrorKind::Configuration, message))
        }
    }
}

fn no_base_url() -> Error {
    let message = "the description names no server: set the base URL on the builder";
    Error::new(ErrorKind::Configuration, message)
}

fn no_transport() -> Error {
    let message = "no transport: enable the feature `reqwest`, or give the builder one";
    Error::new(ErrorKind::Configuration, message)
}

/// Shows none of the settings: a base URL may have a password in it until it is checked.
impl fmt::Debug for CoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoreBuilder")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::call::Call;
    use super::super::testing::{API, Fake, GET, answer, block_on, builder};
    use super::*;

    /// The URI and the headers, in text, of a request by what `set` and the environment make.
    fn sent(set: impl FnOnce(&mut CoreBuilder), env: &[(&str, &str)]) -> Result<String, Error> {
        let fake = Fake::new([answer(200, "")]);
        let mut builder = CoreBuilder::new(&API);
        builder.transport(Arc::new(fake.clone()));
        set(&mut builder);
        let env = |name: &str| {
            env.iter()
                .find(|(other, _)| *other == name)
                .map(|(_, value)| OsString::from(value))
        };
        let core = builder.build_in(None, &env)?;
        block_on(Call::new(&core, &GET).send::<()>())?;
        let requests = fake.requests();
        let mut text = requests[0].uri().to_string();
        for (name, value) in requests[0].headers() {
            text += &format!(" {name}={}", String::from_utf8_lossy(value.as_bytes()));
        }
        Ok(text)
    }

    #[test]
    fn defaults_are_those_of_the_description() {
        let sent = sent(|builder| builder.credential(0, "t".into()), &[]).unwrap();
        assert_eq!(
            sent,
            "https://api.example.com/v4/things accept=application/json \
             user-agent=example/1.0.0 authorization=Bearer t"
        );
    }

    #[test]
    fn the_environment_fills_what_is_not_set() {
        let env = [
            ("EXAMPLE_TOKEN", "e"),
            ("EXAMPLE_BASE_URL", "https://other.example.com"),
        ];
        let from_env = sent(CoreBuilder::env, &env).unwrap();
        assert!(
            from_env.starts_with("https://other.example.com/things "),
            "{from_env}"
        );
        assert!(from_env.ends_with("authorization=Bearer e"), "{from_env}");

        let by_hand = |builder: &mut CoreBuilder| {
            builder.env();
            builder.base_url("https://mine.example.com".into());
            builder.credential(0, "mine".into());
        };
        let by_hand = sent(by_hand, &env).unwrap();
        assert!(
            by_hand.starts_with("https://mine.example.com/things "),
            "{by_hand}"
        );
        assert!(by_hand.ends_with("authorization=Bearer mine"), "{by_hand}");
    }

    #[test]
    fn the_environment_is_not_read_unasked() {
        let error = sent(|_| (), &[("EXAMPLE_TOKEN", "e")]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("EXAMPLE_TOKEN"), "{error}");
    }

    #[test]
    fn a_credential_in_code_goes_before_another_in_the_environment() {
        let both = |builder: &mut CoreBuilder| {
            builder.env();
            builder.credential(1, "m".into());
            builder.credential(2, "k".into());
        };
        let sent = sent(both, &[("EXAMPLE_TOKEN", "e")]).unwrap();
        assert!(
            sent.contains("?key=k ") && sent.contains("x-auth-email=m"),
            "{sent}"
        );
        assert!(!sent.contains("authorization"), "{sent}");
    }

    #[test]
    fn an_empty_variable_is_as_good_as_none() {
        let error = sent(CoreBuilder::env, &[("EXAMPLE_TOKEN", "")]).unwrap_err();
        assert!(
            error.to_string().contains("credentials are missing"),
            "{error}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_no_text_is_an_error_and_not_a_missing_one() {
        use std::os::unix::ffi::OsStringExt;
        for name in ["EXAMPLE_TOKEN", "EXAMPLE_BASE_URL"] {
            let mut builder = CoreBuilder::new(&API);
            builder.transport(Arc::new(Fake::new([])));
            builder.env();
            let env = |other: &str| (other == name).then(|| OsString::from_vec(vec![0xff]));
            let error = builder.build_in(None, &env).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(error.to_string().contains(name), "{error}");
        }
    }

    #[test]
    fn settings_that_cannot_be_sent_are_refused_at_once() {
        type Set = fn(&mut CoreBuilder);
        let sets: [Set; 4] = [
            |builder| builder.credential(0, "hidden\n".into()),
            |builder| builder.credential(0, "".into()),
            |builder| builder.base_url("https://u:hidden@api.example.com".into()),
            |builder| builder.product("hidden\r\nx-admin: 1".into()),
        ];
        for set in sets {
            let mut builder = CoreBuilder::new(&API);
            builder.transport(Arc::new(Fake::new([])));
            set(&mut builder);
            assert!(!format!("{builder:?}").contains("hidden"));
            let error = builder.build(None).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(!format!("{error} {error:?}").contains("hidden"), "{error}");
        }
    }

    #[test]
    fn without_a_transport_the_error_says_what_to_do() {
        let error = CoreBuilder::new(&API).build(None).unwrap_err();
        assert!(error.to_string().contains("feature `reqwest`"), "{error}");
    }

    #[test]
    fn a_product_stands_before_the_client_s_own() {
        let set = |builder: &mut CoreBuilder| {
            builder.credential(0, "t".into());
            builder.product("mine/2".into());
        };
        let sent = sent(set, &[]).unwrap();
        assert!(sent.contains("user-agent=mine/2 example/1.0.0"), "{sent}");
    }

    #[test]
    fn what_every_request_says_is_no_secret() {
        let fake = Fake::new([answer(200, "")]);
        let core = builder(&fake).build(None).unwrap();
        block_on(Call::new(&core, &GET).send::<()>()).unwrap();
        let headers = format!("{:?}", fake.requests()[0].headers());
        assert!(headers.contains("application/json"), "{headers}");
        assert!(headers.contains("example/1.0.0"), "{headers}");
        assert!(!headers.contains("hidden"), "{headers}");
    }
}
