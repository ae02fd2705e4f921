//! Variables of servers' addresses: what stands in braces there, and what is chosen for it (OpenAPI
//! 3.0.3, section 4.7.6). What they can be is for the docs: a server may have a new place tomorrow.

use super::error::{Error, ErrorKind};
use std::borrow::Cow;

/// A variable, as the description has it: its name, and what it is unless it is chosen.
pub(super) type ServerVariable = (&'static str, Option<&'static str>);

/// The variables of a client.
#[derive(Clone, Debug)]
pub(super) struct ServerVariables {
    known: &'static [ServerVariable],
    chosen: Vec<(String, String)>,
}

impl ServerVariables {
    /// With nothing chosen.
    pub(super) fn new(known: &'static [ServerVariable]) -> Self {
        Self {
            known,
            chosen: Vec::new(),
        }
    }

    /// Chooses the value of a variable, whatever it was before.
    pub(super) fn choose(&mut self, name: String, value: String) {
        self.chosen.retain(|(other, _)| *other != name);
        self.chosen.push((name, value));
    }

    /// Whether there are such variables: known ones, or in the address of the caller.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`], for the first that is chosen and nowhere.
    pub(super) fn check(&self, address: &str) -> Result<(), Error> {
        let is_known = |name: &str| {
            self.known.iter().any(|known| known.0 == name)
                || address.contains(&format!("{{{name}}}"))
        };
        match self.chosen.iter().find(|(name, _)| !is_known(name)) {
            None => Ok(()),
            Some((name, _)) => {
                let known: Vec<_> = self
                    .known
                    .iter()
                    .map(|known| format!("`{}`", known.0))
                    .collect();
                let known = known.join(", ");
                let message = format!("no server has the variable `{name}`; there are: {known}");
                Err(Error::new(ErrorKind::Configuration, message))
            }
        }
    }

    /// An address with a value for each variable in it.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`], when one was not chosen and has no default.
    pub(super) fn expand<'a>(&self, address: &'a str) -> Result<Cow<'a, str>, Error> {
        let mut expanded = String::new();
        let mut rest = address;
        while let Some((before, name, after)) = variable(rest) {
            let message = || format!("the variable `{name}` of the server's address is not set");
            let value = self
                .value(name)
                .ok_or_else(|| Error::new(ErrorKind::Configuration, message()))?;
            expanded.push_str(before);
            // An address that is a value ends with a slash as often as not.
            let is_ended = after.starts_with('/');
            expanded.push_str(if is_ended { value.trim_end_matches('/') } else { value });
            rest = after;
        }
        if rest.len() == address.len() {
            return Ok(Cow::Borrowed(address));
        }
        expanded.push_str(rest);
        Ok(Cow::Owned(expanded))
    }

    fn value(&self, name: &str) -> Option<&str> {
        let chosen = self.chosen.iter().find(|(other, _)| other == name);
        chosen
            .map(|(_, value)| value.as_str())
            .or_else(|| self.known.iter().find(|known| known.0 == name)?.1)
    }
}

/// The first variable of an address, what stands before it, and what behind.
fn variable(address: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = address.split_once('{')?;
    let (name, after) = after.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(chosen: &[(&str, &str)]) -> ServerVariables {
        let known = &[("region", Some("eu")), ("tenant", None)];
        let mut variables = ServerVariables::new(known);
        chosen
            .iter()
            .for_each(|(name, value)| variables.choose((*name).to_owned(), (*value).to_owned()));
        variables
    }

    #[test]
    fn variables_are_what_is_chosen_last_or_usual() {
        let expand = |chosen, address| variables(chosen).expand(address).map(Cow::into_owned);
        for (chosen, address, expanded) in [
            (
                &[][..],
                "https://example.com/{",
                Some("https://example.com/{"),
            ),
            (
                &[],
                "https://{region}.example.com",
                Some("https://eu.example.com"),
            ),
            (
                &[("region", "us"), ("region", "au")],
                "https://{region}.example.com",
                Some("https://au.example.com"),
            ),
            (
                &[("tenant", "a")],
                "{tenant}/{region}/{tenant}",
                Some("a/eu/a"),
            ),
            (&[], "https://{tenant}.example.com", None),
            (&[], "https://{other}.example.com", None),
            (&[("tenant", "{region}")], "/{tenant}", Some("/{region}")),
            (
                &[("tenant", "https://a.example.com/")],
                "{tenant}/v1",
                Some("https://a.example.com/v1"),
            ),
        ] {
            assert_eq!(
                expand(chosen, address).ok().as_deref(),
                expanded,
                "{address}"
            );
        }
    }

    #[test]
    fn a_variable_that_is_nowhere_is_an_error() {
        assert!(variables(&[("region", "us")]).check("").is_ok());
        assert!(
            variables(&[("mine", "us")])
                .check("https://{mine}.example.com")
                .is_ok()
        );
        let error = variables(&[("regoin", "us")])
            .check("https://example.com")
            .unwrap_err();
        let message = "no server has the variable `regoin`; there are: `region`, `tenant`";
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(message), "{error}");
    }
}
