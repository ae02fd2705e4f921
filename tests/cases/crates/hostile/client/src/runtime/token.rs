//! Bearer tokens: given as they are, or fetched when a call needs one.

use super::builder::CoreBuilder;
use super::core::Core;
use super::credentials::Given;
use super::scheme::Scheme;
use super::secret::Secret;
use super::token_cache::Tokens;
use super::transport::{BoxFuture, Transport};
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Fetches tokens.
///
/// The client keeps a token until it is about to expire or the server refuses it with 401, and
/// fetches one at a time, whichever number of calls wait for it: a provider needs no state. Each call
/// waits as long as its own time limit lets it, or the provider's [`timeout`](Self::timeout). While the
/// token before is still good, only the call that renews it waits, for 15 s at most, or that `timeout`, or
/// half of the time that is left, and all others send that token; where nothing comes of it, so does this
/// one, and the next renewal is tried when half of the time that is left by then is over.
///
/// ```text
/// #[derive(Debug)]
/// struct Vault { .. }
///
/// impl TokenProvider for Vault {
///     fn fetch<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
///         Box::pin(async move {
///             let lease = self.lease("api").await?;
///             Ok(FetchedToken::new(lease.token).expires_in(lease.duration))
///         })
///     }
/// }
/// ```
pub trait TokenProvider: fmt::Debug + Send + Sync + 'static {
    /// Fetches a new token.
    ///
    /// # Errors
    /// Anything: it becomes the source of the call's error, and nothing is sent. One that prints the
    /// [`secret`](Self::secret) or a token is replaced by its words without them.
    fn fetch<'a>(
        &'a self,
        context: TokenContext<'a>,
    ) -> BoxFuture<'a, Result<FetchedToken, TokenError>>;

    /// How long it may take to fetch a token, where that isn't the [`timeout`](super::options::Options::timeout)
    /// of a call: as many attempts as a call makes may each take so long. `None` unless said otherwise.
    fn timeout(&self) -> Option<Duration> {
        None
    }

    /// Whether a token can be fetched for `scheme` at all, as far as it can be known without a
    /// server; asked when the client is built.
    ///
    /// # Errors
    /// Why not.
    fn check(&self, scheme: &Scheme) -> Result<(), TokenError> {
        let _ = scheme;
        Ok(())
    }

    /// A text beside the token that is never to be printed, such as the secret it is fetched with:
    /// it is taken out of what a server says.
    fn secret(&self) -> Option<&Secret> {
        None
    }
}

/// Why no token could be fetched.
pub type TokenError = Box<dyn StdError + Send + Sync>;

/// What the client knows that a provider may need.
#[derive(Clone, Copy, Debug)]
pub struct TokenContext<'a> {
    pub(super) core: &'a Core,
    pub(super) scheme: &'static Scheme,
}

impl TokenContext<'_> {
    /// What the client sends with.
    #[must_use]
    pub fn transport(&self) -> &Arc<dyn Transport> {
        &self.core.shared.transport
    }

    /// The security scheme that the token is for.
    #[must_use]
    pub fn scheme(&self) -> &'static Scheme {
        self.scheme
    }
}

/// A token, and how long it is good.
#[derive(Clone, Debug)]
pub struct FetchedToken {
    pub(super) secret: Secret,
    pub(super) lifetime: Option<Duration>,
}

impl FetchedToken {
    /// A token that is good until the server refuses it.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self {
            secret: token.into(),
            lifetime: None,
        }
    }

    /// How long the token is good from now on. It is renewed ahead of that: by a minute, or by a
    /// tenth of a lifetime below ten minutes.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

/// What a client has its token from: a text, or a [`TokenProvider`].
#[derive(Clone, Debug)]
pub struct BearerToken(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Text(Secret),
    Fetched(Arc<dyn TokenProvider>),
}

impl From<Secret> for BearerToken {
    fn from(token: Secret) -> Self {
        Self(Kind::Text(token))
    }
}

impl From<&str> for BearerToken {
    fn from(token: &str) -> Self {
        Secret::from(token).into()
    }
}

impl From<String> for BearerToken {
    fn from(token: String) -> Self {
        Secret::from(token).into()
    }
}

impl<P: TokenProvider> From<P> for BearerToken {
    fn from(provider: P) -> Self {
        Self(Kind::Fetched(Arc::new(provider)))
    }
}

/// A provider that is shared already, of whatever type.
impl TokenProvider for Arc<dyn TokenProvider> {
    fn fetch<'a>(
        &'a self,
        context: TokenContext<'a>,
    ) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
        (**self).fetch(context)
    }

    fn timeout(&self) -> Option<Duration> {
        (**self).timeout()
    }

    fn check(&self, scheme: &Scheme) -> Result<(), TokenError> {
        (**self).check(scheme)
    }

    fn secret(&self) -> Option<&Secret> {
        (**self).secret()
    }
}

impl CoreBuilder {
    /// Sets the credential of a scheme that takes tokens, by its index in the API's schemes.
    pub(crate) fn token(&mut self, scheme: usize, token: BearerToken) {
        match token.0 {
            Kind::Text(secret) => self.credential(scheme, secret),
            Kind::Fetched(provider) => {
                if let Some(known) = self.api.schemes.get(scheme) {
                    let tokens = Tokens::new(provider, known);
                    let given = Given {
                        secret: None,
                        source: Some(Arc::new(tokens)),
                    };
                    self.give(scheme, given);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{API, Fake, block_on, builder};
    use super::*;

    /// A provider that says nothing but what it must.
    #[derive(Debug)]
    struct Plain;

    impl TokenProvider for Plain {
        fn fetch<'a>(
            &'a self,
            _: TokenContext<'a>,
        ) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
            Box::pin(std::future::ready(Ok(FetchedToken::new("hidden"))))
        }
    }

    /// One that says all that it can.
    #[derive(Debug)]
    struct Vault(Secret);

    impl TokenProvider for Vault {
        fn fetch<'a>(
            &'a self,
            context: TokenContext<'a>,
        ) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
            let token = FetchedToken::new(format!("{}-hidden", context.scheme().name));
            Box::pin(std::future::ready(Ok(token.expires_in(Duration::from_secs(7)))))
        }

        fn timeout(&self) -> Option<Duration> {
            Some(Duration::from_secs(8))
        }

        fn check(&self, scheme: &Scheme) -> Result<(), TokenError> {
            Err(format!("none for {}", scheme.name).into())
        }

        fn secret(&self) -> Option<&Secret> {
            Some(&self.0)
        }
    }

    /// The token that a provider fetches, and how long it is good.
    fn fetched(provider: &impl TokenProvider) -> (String, Option<Duration>) {
        let core = builder(&Fake::new([])).build(None).unwrap();
        let context = TokenContext { core: &core, scheme: &API.schemes[0] };
        let token = block_on(provider.fetch(context)).unwrap();
        (token.secret.expose().to_owned(), token.lifetime)
    }

    #[test]
    fn a_provider_needs_to_say_nothing_but_its_tokens() {
        assert_eq!(fetched(&Plain), ("hidden".to_owned(), None));
        assert!(Plain.check(&API.schemes[0]).is_ok());
        assert_eq!((Plain.timeout(), Plain.secret()), (None, None));
    }

    #[test]
    fn a_shared_provider_is_asked_whatever_it_is_asked() {
        // By the trait, which the `Arc` has beside what is in it.
        let shared: Arc<dyn TokenProvider> = Arc::new(Vault("hidden".into()));
        assert_eq!(fetched(&shared), ("token-hidden".to_owned(), Some(Duration::from_secs(7))));
        let error = TokenProvider::check(&shared, &API.schemes[1]).unwrap_err();
        assert_eq!(error.to_string(), "none for email");
        assert_eq!(TokenProvider::timeout(&shared), Some(Duration::from_secs(8)));
        assert_eq!(TokenProvider::secret(&shared).map(Secret::expose), Some("hidden"));
    }

    #[test]
    fn a_token_is_a_text_or_what_is_fetched_and_shows_nothing() {
        for text in [BearerToken::from("hidden"), "hidden".to_owned().into(), Secret::from("hidden").into()] {
            assert!(matches!(&text.0, Kind::Text(secret) if secret.expose() == "hidden"));
            assert!(!format!("{text:?}").contains("hidden"));
        }
        let token = BearerToken::from(Vault("hidden".into()));
        assert!(matches!(&token.0, Kind::Fetched(_)));
        assert!(!format!("{token:?} {:?}", FetchedToken::new("hidden")).contains("hidden"));
    }
}
