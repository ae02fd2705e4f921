//! How the default transport connects: through what, and how long it may take. What it trusts, and as
//! whom it comes, is set in `certificates`.
//!
//! Nothing here names reqwest to callers, whose code stays what it is when the transport under the
//! client is another one.

use super::error::{Error, ErrorKind};
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
use super::fetch_transport::fetch_transport as default_transport;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
use super::reqwest_transport::reqwest_transport as default_transport;
use super::transport::Transport;
use std::fmt;
use std::sync::Arc;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
use std::time::Duration;

/// Settings of the transport that a client has unless it is given one.
#[derive(Clone, Default)]
#[must_use = "settings do nothing until a client is built with them"]
pub struct TransportSettings {
    changes: Vec<Change>,
}

/// A setting, as it is made.
type Change =
    Arc<dyn Fn(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> + Send + Sync>;

/// What is up to the host where that is JavaScript.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
impl TransportSettings {
    /// Gives up making a connection after `timeout`, TLS included; 10 s unless set. How long a whole
    /// attempt may take is an option of calls.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.change(move |client| Ok(client.connect_timeout(timeout)))
    }

    /// Sends all requests through the proxy at `url`, `http://user:password@host:port`, instead of
    /// those that the environment names (`HTTPS_PROXY` and the like).
    pub fn proxy(self, url: impl Into<String>) -> Self {
        let url = url.into();
        self.change(move |client| match reqwest::Proxy::all(&url) {
            Ok(proxy) => Ok(client.no_proxy().proxy(proxy)),
            Err(error) => Err(unusable("the proxy's address", &error)),
        })
    }

    /// Sends no request through a proxy, whatever the environment says.
    pub fn no_proxy(self) -> Self {
        self.change(|client| Ok(client.no_proxy()))
    }

    pub(super) fn change<F>(mut self, change: F) -> Self
    where
        F: Fn(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error>
            + Send
            + Sync
            + 'static,
    {
        self.changes.push(Arc::new(change));
        self
    }
}

impl TransportSettings {
    /// Makes all settings, in the order in which they were set.
    pub(super) fn set(
        &self,
        client: reqwest::ClientBuilder,
    ) -> Result<reqwest::ClientBuilder, Error> {
        let mut changes = self.changes.iter();
        changes.try_fold(client, |client, change| change(client))
    }

    /// The default transport with these settings, for a transport of yours that does something around it:
    /// counts, waits, or keeps what it answers. Its futures need a tokio runtime with time and I/O.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] when a setting can't be used, or TLS can't be set up.
    pub fn transport(&self) -> Result<Arc<dyn Transport>, Error> {
        default_transport(self.clone())
    }
}

/// Shows nothing: keys and passwords may be among the settings.
impl fmt::Debug for TransportSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportSettings").finish_non_exhaustive()
    }
}

/// Says what can't be used, and why, with all that is behind it.
pub(super) fn unusable(what: &str, error: &reqwest::Error) -> Error {
    let mut message = format!("{what} can't be used");
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = next {
        message += &format!(": {error}");
        next = error.source();
    }
    Error::new(ErrorKind::Configuration, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_can_not_be_used_is_said_when_the_client_is_built() {
        let settings = TransportSettings::default().proxy("http://user:secret@[::1");
        let error = settings.transport().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let said = error.to_string();
        assert!(said.contains("the proxy's address"), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }

    #[test]
    fn what_is_set_is_not_shown() {
        let settings = TransportSettings::default().proxy("http://user:secret@example.com");
        assert_eq!(format!("{settings:?}"), "TransportSettings { .. }");
        let transport = settings.connect_timeout(Duration::from_secs(3)).transport();
        let shown = format!("{:?}", transport.unwrap());
        assert!(!shown.contains("secret"), "{shown}");
    }
}
