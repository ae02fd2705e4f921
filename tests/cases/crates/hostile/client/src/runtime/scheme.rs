//! Security schemes: what the description calls them, and where their credentials stand in a
//! request (OpenAPI 3.1, section 4.8.27).

use super::base64;
use super::error::{Error, ErrorKind};
use super::header;
use super::secret::Secret;
use super::url;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};

/// A security scheme of the description.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) env: Option<&'static str>,
    pub(crate) token_url: Option<&'static str>,
}

impl Scheme {
    /// The scheme's name in the description.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Where its credential stands in a request.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// The environment variable that its credential is read from when the client is told to; for
    /// [`Place::Basic`] it holds user name, colon and password.
    #[must_use]
    pub const fn env(&self) -> Option<&'static str> {
        self.env
    }

    /// Where a client gets its tokens from with credentials of its own (OAuth 2 client credentials;
    /// RFC 6749, section 4.4): a URL, or a path at the client's own server.
    #[must_use]
    pub const fn token_url(&self) -> Option<&'static str> {
        self.token_url
    }
}

/// Where a credential stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// `Authorization: Bearer …` (RFC 6750, section 2.1)
    Bearer,
    /// `Authorization: Basic …` (RFC 7617)
    Basic,
    /// The header of this name, in lower case.
    Header(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
}

impl Scheme {
    /// Whether `secret` can be sent where this scheme wants it.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`], naming the scheme, when it can't.
    pub(super) fn check(&self, secret: &Secret) -> Result<(), Error> {
        if secret.expose().is_empty() {
            return Err(self.refuse("the credential is empty"));
        }
        self.apply(secret, &mut HeaderMap::new(), &mut Vec::new())
    }

    /// Puts `secret` into the headers or the query of a request.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub(super) fn apply(
        &self,
        secret: &Secret,
        headers: &mut HeaderMap,
        query: &mut Vec<String>,
    ) -> Result<(), Error> {
        if let Some((name, value)) = self.whole_header(secret)? {
            headers.insert(name, value);
        }
        let secret = secret.expose();
        match self.place {
            Place::Cookie(name) if is_cookie(secret) => {
                let pair = format!("{name}={secret}");
                header::add_cookies(ErrorKind::Configuration, self.name, &pair, headers)?;
            }
            Place::Cookie(_) => return Err(self.refuse("the credential can't be a cookie")),
            Place::Query(name) => {
                query.push(format!(
                    "{}={}",
                    url::query_text(name),
                    url::query_text(secret)
                ));
            }
            Place::Bearer | Place::Basic | Place::Header(_) => {}
        }
        Ok(())
    }

    /// The header that `secret` is the whole of, if there is one.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub(super) fn whole_header(
        &self,
        secret: &Secret,
    ) -> Result<Option<(HeaderName, HeaderValue)>, Error> {
        let secret = secret.expose();
        let (name, value) = match self.place {
            Place::Bearer => (AUTHORIZATION, self.value(&format!("Bearer {secret}"))?),
            Place::Basic if secret.contains(':') => {
                let text = format!("Basic {}", base64::encode(secret.as_bytes()));
                (AUTHORIZATION, self.value(&text)?)
            }
            Place::Basic => {
                return Err(self.refuse("there is no colon between user name and password"));
            }
            Place::Header(name) => {
                (header::name(ErrorKind::Configuration, name)?, self.value(secret)?)
            }
            Place::Cookie(_) | Place::Query(_) => return Ok(None),
        };
        Ok(Some((name, value)))
    }

    fn value(&self, text: &str) -> Result<HeaderValue, Error> {
        header::value(ErrorKind::Configuration, self.name, text)
    }

    /// The name of the header that a credential of this scheme is the whole of, if there is one.
    pub(super) fn header(&self) -> Option<&'static str> {
        match self.place {
            Place::Bearer | Place::Basic => Some("authorization"),
            Place::Header(name) => Some(name),
            Place::Cookie(_) | Place::Query(_) => None,
        }
    }

    fn refuse(&self, why: &str) -> Error {
        Error::new(ErrorKind::Configuration, format!("{}: {why}", self.name))
    }
}

/// Whether `text` can be the value of a cookie (RFC 6265, section 4.1.1).
fn is_cookie(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::COOKIE;

    fn placed(place: Place, secret: &str) -> (HeaderMap, Vec<String>) {
        let (mut headers, mut query) = (HeaderMap::new(), Vec::new());
        headers.insert(COOKIE, "a=1".parse().unwrap());
        let scheme = Scheme {
            name: "key",
            place,
            env: None,
            token_url: None,
        };
        scheme
            .apply(&secret.into(), &mut headers, &mut query)
            .unwrap();
        (headers, query)
    }

    #[test]
    fn every_place_is_used() {
        let header = |place, name| placed(place, "u:p").0.get(name).unwrap().clone();
        assert_eq!(header(Place::Bearer, "authorization"), "Bearer u:p");
        assert_eq!(header(Place::Basic, "authorization"), "Basic dTpw");
        // The example of RFC 7617, section 2.
        let aladdin = placed(Place::Basic, "Aladdin:open sesame").0;
        assert_eq!(aladdin[AUTHORIZATION], "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(header(Place::Header("x-key"), "x-key"), "u:p");
        assert_eq!(header(Place::Cookie("k"), "cookie"), "a=1; k=u:p");
        assert_eq!(placed(Place::Query("a key"), "u&p").1, ["a%20key=u%26p"]);
    }

    #[test]
    fn headers_with_credentials_are_not_shown() {
        let (headers, _) = placed(Place::Header("x-key"), "hidden");
        assert!(!format!("{headers:?}").contains("hidden"));
    }

    #[test]
    fn credentials_that_cannot_be_sent_are_refused_and_not_shown() {
        for (place, secret) in [
            (Place::Bearer, "hidden\n"),
            (Place::Bearer, ""),
            (Place::Header("x-key"), "hidden\r\nx-admin: 1"),
            (Place::Basic, "hidden"),
            (Place::Cookie("k"), "hidden; admin=1"),
            (Place::Query("k"), ""),
        ] {
            let scheme = Scheme {
                name: "my_key",
                place,
                env: None,
                token_url: None,
            };
            let error = scheme.check(&secret.into()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            let text = format!("{error} {error:?}");
            assert!(
                text.contains("my_key") && !text.contains("hidden"),
                "{text}"
            );
        }
    }
}
