//! What all handles of a client share: where it sends to, with which credentials, and how.

use super::credentials::Credentials;
use super::hook::CallHook;
use super::options::Options;
use super::retry::Budget;
use super::server_variable::ServerVariables;
use super::transport::Transport;
use super::url::BaseUrl;
use http::HeaderValue;
use std::fmt;
use std::sync::Arc;

/// A client without its operations. Clones share connections, credentials and the retry budget;
/// each has options of its own.
#[derive(Clone)]
pub(crate) struct Core {
    pub(super) shared: Arc<Shared>,
    pub(super) options: Arc<Options>,
}

pub(super) struct Shared {
    /// The options that it was built with: those of what is done for all calls, and not for one.
    pub(super) defaults: Arc<Options>,
    pub(super) base_url: BaseUrl,
    /// What stands for the variables in the addresses of operations.
    pub(super) variables: ServerVariables,
    /// Whether operations with a server of their own are sent there.
    pub(super) keeps_servers: bool,
    pub(super) allows_plain_http: bool,
    pub(super) credentials: Credentials,
    pub(super) user_agent: HeaderValue,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) hooks: Vec<Arc<dyn CallHook>>,
    /// Whether requests have the [`CallAttempt`](super::hook::CallAttempt) that they are for: hooks look
    /// at it, and any transport but the default one may.
    pub(super) says_attempts: bool,
    /// Whether traces show bodies.
    pub(super) shows_bodies: bool,
    pub(super) budget: Budget,
}

impl Core {
    /// The same client with other options.
    pub(crate) fn with_options(&self, change: impl FnOnce(Options) -> Options) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            options: Arc::new(change(self.options.as_ref().clone())),
        }
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("base_url", &self.shared.base_url)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, builder};
    use super::*;

    #[test]
    fn each_handle_has_options_of_its_own_and_shares_the_rest() {
        let first = builder(&Fake::new([])).build(None).unwrap();
        let second = first.with_options(|options| options.max_retries(7));
        let third = second.with_options(|options| options.max_redirects(8));
        let all = [&first, &second, &third];
        let retries_and_redirects = all.map(|core| (core.options.max_retries, core.options.max_redirects));
        assert_eq!(retries_and_redirects, [(2, 0), (7, 0), (7, 8)]);
        assert!(all.iter().all(|core| Arc::ptr_eq(&core.shared, &first.shared)));
        assert_eq!(first.shared.defaults.max_retries, 2);
    }

    #[test]
    fn a_client_shows_where_it_sends_to_and_no_secret() {
        let core = builder(&Fake::new([])).build(None).unwrap();
        let shown = format!("{core:?}");
        assert!(shown.contains("api.example.com") && shown.contains("max_retries: 2"), "{shown}");
        assert!(!shown.contains("hidden"), "{shown}");
    }
}
