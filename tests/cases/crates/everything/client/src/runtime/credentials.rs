//! Which credentials a request is sent with.
//!
//! A security requirement is met when all its schemes have a credential ("and"); one met
//! requirement is enough ("or"), and no credential outside it is sent (OpenAPI 3.1, section
//! 4.8.30).

use super::core::Core;
use super::deadline::End;
use super::error::{Error, ErrorKind};
use super::scheme::Scheme;
use super::secret::Secret;
use super::transport::BoxFuture;
use http::{HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;

/// A credential, and where the client has it from.
#[derive(Clone, Debug)]
pub(super) struct Credential {
    pub(super) given: Given,
    /// Given in code, and not found in the environment.
    pub(super) by_hand: bool,
    /// The header of every request that has it, where it is the whole of one and isn't fetched.
    pub(super) header: Option<(HeaderName, HeaderValue)>,
}

/// What was given for a scheme: one of the two.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) secret: Option<Secret>,
    pub(super) source: Option<Arc<dyn Source>>,
}

impl From<Secret> for Given {
    fn from(secret: Secret) -> Self {
        Self {
            secret: Some(secret),
            source: None,
        }
    }
}

/// Where a credential comes from that isn't the same for as long as the client lives.
pub(super) trait Source: fmt::Debug + Send + Sync {
    /// The credential to send now, in a call that is over at `end`; not the one that the server has just
    /// `refused`, unless there is no other.
    fn get<'a>(
        &'a self,
        core: &'a Core,
        refused: Option<&'a Secret>,
        end: Option<End>,
    ) -> BoxFuture<'a, Result<Secret, Error>>;

    /// Whether there can be one at all, as far as it is known without a server.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] when there can't.
    fn check(&self) -> Result<(), Error>;

    /// All that is not to be printed.
    fn secrets(&self) -> Vec<Secret>;
}

/// A credential that is fetched for a request, and the scheme that says where it stands there.
#[derive(Clone, Debug)]
pub(super) struct Fetched {
    pub(super) scheme: &'static Scheme,
    pub(super) source: Arc<dyn Source>,
}

/// The credentials of a client, one place for each scheme of the description.
#[derive(Clone, Debug)]
pub(super) struct Credentials {
    pub(super) schemes: &'static [Scheme],
    pub(super) given: Vec<Option<Credential>>,
}

impl Credentials {
    /// The schemes to send: those of the first requirement that is met in full.
    ///
    /// What was given in code goes before what the environment happens to hold, and anonymous
    /// access, which descriptions often list first to say "optional", is taken last.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`], naming what is missing, when no requirement is met.
    pub(super) fn choose<'s>(&self, security: &[&'s [usize]]) -> Result<&'s [usize], Error> {
        let met = |requirement: &[usize], by_hand: bool| {
            !requirement.is_empty()
                && requirement.iter().all(|scheme| {
                    self.credential(*scheme)
                        .is_some_and(|given| given.by_hand || !by_hand)
                })
        };
        let chosen = security
            .iter()
            .find(|requirement| met(requirement, true))
            .or_else(|| security.iter().find(|requirement| met(requirement, false)));
        match chosen {
            Some(requirement) => Ok(requirement),
            None if security.is_empty() || security.iter().any(|one| one.is_empty()) => Ok(&[]),
            None => Err(self.missing(security)),
        }
    }

    /// The schemes of a requirement, each with its credential.
    pub(super) fn of<'a>(
        &'a self,
        requirement: &'a [usize],
    ) -> impl Iterator<Item = (&'static Scheme, &'a Credential)> + 'a {
        requirement
            .iter()
            .filter_map(|scheme| Some((self.schemes.get(*scheme)?, self.credential(*scheme)?)))
    }

    /// Whether there is a credential for a scheme.
    pub(super) fn has(&self, scheme: usize) -> bool {
        self.credential(scheme).is_some()
    }

    fn credential(&self, scheme: usize) -> Option<&Credential> {
        self.given.get(scheme)?.as_ref()
    }

    fn missing(&self, security: &[&[usize]]) -> Error {
        let describe = |scheme: &usize| {
            let scheme = self.schemes.get(*scheme)?;
            Some(match scheme.env {
                Some(env) => format!("{} (environment: {env})", scheme.name),
                None => scheme.name.to_owned(),
            })
        };
        let alternatives: Vec<String> = security
            .iter()
            .map(|requirement| {
                requirement
                    .iter()
                    .filter_map(describe)
                    .collect::<Vec<_>>()
                    .join(" and ")
            })
            .collect();
        let message = format!(
            "credentials are missing; needed: {}",
            alternatives.join(", or ")
        );
        Error::new(ErrorKind::Configuration, message)
    }
}

#[cfg(test)]
mod tests {
    use super::super::scheme::Place;
    use super::*;

    static SCHEMES: &[Scheme] = &[
        Scheme {
            name: "token",
            place: Place::Bearer,
            env: Some("TOKEN"),
            token_url: None,
        },
        Scheme {
            name: "email",
            place: Place::Header("x-email"),
            env: None,
            token_url: None,
        },
        Scheme {
            name: "key",
            place: Place::Query("key"),
            env: Some("KEY"),
            token_url: None,
        },
    ];
    static EITHER: &[&[usize]] = &[&[0], &[1, 2]];

    /// Upper case: given by hand; lower case: from the environment.
    fn chosen(given: [&str; 3], security: &[&[usize]]) -> Result<Vec<&'static str>, Error> {
        let given = given.map(|text| {
            (!text.is_empty()).then(|| Credential {
                given: Secret::from(text).into(),
                by_hand: text.to_uppercase() == text,
                header: None,
            })
        });
        let credentials = Credentials {
            schemes: SCHEMES,
            given: given.into(),
        };
        let chosen = credentials.of(credentials.choose(security)?);
        Ok(chosen.map(|(scheme, _)| scheme.name).collect())
    }

    #[test]
    fn the_first_met_requirement_is_sent_alone() {
        assert_eq!(chosen(["T", "E", "K"], EITHER).unwrap(), ["token"]);
        assert_eq!(chosen(["", "E", "K"], EITHER).unwrap(), ["email", "key"]);
        assert_eq!(chosen(["T", "E", "K"], &[&[2], &[0]]).unwrap(), ["key"]);
    }

    #[test]
    fn a_requirement_is_met_in_full_or_not_at_all() {
        let error = chosen(["", "E", ""], EITHER).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(
            error
                .to_string()
                .contains("token (environment: TOKEN), or email and key (environment: KEY)"),
            "{error}"
        );
    }

    #[test]
    fn what_was_given_by_hand_goes_first() {
        assert_eq!(chosen(["t", "E", "K"], EITHER).unwrap(), ["email", "key"]);
        assert_eq!(chosen(["t", "E", "k"], EITHER).unwrap(), ["token"]);
    }

    #[test]
    fn anonymous_access_comes_last() {
        let optional: &[&[usize]] = &[&[], &[0]];
        assert_eq!(chosen(["T", "", ""], optional).unwrap(), ["token"]);
        assert_eq!(chosen(["", "", ""], optional).unwrap(), [""; 0]);
        assert_eq!(chosen(["T", "", ""], &[]).unwrap(), [""; 0]);
    }
}
