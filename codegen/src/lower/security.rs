//! Who may call: security schemes, and the requirements of operations.

use std::collections::BTreeMap;

use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme as Written};

use super::causes::{Cause, Causes};
use super::docs;
use crate::diag::{Diagnostic, Place, SECURITY_SCHEME_UNSUPPORTED, UNKNOWN_SECURITY_SCHEME};
use crate::ir::{SecurityKind, SecurityScheme};
use crate::normalize::{Fault, Resolved, Spec};
use crate::pointer::Pointer;
use crate::suggest::nearest;

/// The schemes of a description, those that aren't supported included.
#[derive(Debug)]
pub(super) struct Schemes<'a>(BTreeMap<String, Known<'a>>);

#[derive(Debug)]
enum Known<'a> {
    Supported(SecurityScheme),
    Unsupported(Unsupported),
    Faulty(&'a Fault),
}

#[derive(Debug)]
struct Unsupported {
    place: Pointer,
    message: String,
}

/// Why requirements can't be met with a scheme.
enum Refused<'a> {
    Faulty(&'a Fault),
    Unsupported(&'a Unsupported),
    /// There is no scheme of this name.
    Unknown(&'a str),
}

/// Reads all schemes.
pub(super) fn schemes(spec: &Spec) -> Schemes<'_> {
    let lowered = spec.security_schemes().into_iter().map(|(name, scheme)| {
        let scheme = match scheme {
            Resolved::Found(place, scheme) => one(place, scheme).map_or_else(Known::Unsupported, Known::Supported),
            Resolved::Faulty(fault) => Known::Faulty(fault),
        };
        (name.to_owned(), scheme)
    });
    Schemes(lowered.collect())
}

impl Schemes<'_> {
    /// Those that are supported.
    pub(super) fn supported(self) -> BTreeMap<String, SecurityScheme> {
        let supported = self.0.into_iter().filter_map(|(name, scheme)| match scheme {
            Known::Supported(scheme) => Some((name, scheme)),
            Known::Unsupported(_) | Known::Faulty(_) => None,
        });
        supported.collect()
    }

    /// The alternatives of an operation whose `security` stands at `place`, without those that need a scheme that can't be
    /// had; what blocks the operation when none is left.
    pub(super) fn alternatives(
        &self,
        requirements: &[SecurityRequirement],
        place: &Pointer,
        causes: &mut Causes,
    ) -> Result<Vec<Vec<String>>, Cause> {
        let mut alternatives = Vec::new();
        let mut blocked = None;
        for (index, requirement) in requirements.iter().enumerate() {
            match requirement.keys().find_map(|name| self.refused(name)) {
                None => {
                    let mut names: Vec<String> = requirement.keys().cloned().collect();
                    names.sort();
                    if !alternatives.contains(&names) {
                        alternatives.push(names);
                    }
                }
                Some(Refused::Faulty(fault)) => blocked = Some(causes.fault(fault)),
                Some(Refused::Unsupported(Unsupported { place, message })) => {
                    blocked = Some(causes.remark(place, &SECURITY_SCHEME_UNSUPPORTED, &**message));
                }
                Some(Refused::Unknown(name)) => {
                    let at = place.item(index).child(name);
                    blocked = Some(causes.finding(&at, self.unknown(&at, name)));
                }
            }
        }
        match blocked {
            Some(cause) if alternatives.is_empty() => Err(cause),
            _ => Ok(alternatives),
        }
    }

    fn refused<'n>(&'n self, name: &'n str) -> Option<Refused<'n>> {
        match self.0.get(name) {
            None => Some(Refused::Unknown(name)),
            Some(Known::Supported(_)) => None,
            Some(Known::Unsupported(unsupported)) => Some(Refused::Unsupported(unsupported)),
            Some(Known::Faulty(fault)) => Some(Refused::Faulty(fault)),
        }
    }

    fn unknown(&self, place: &Pointer, name: &str) -> Diagnostic {
        let message = format!("there is no security scheme `{name}`");
        let found = Diagnostic::new(&UNKNOWN_SECURITY_SCHEME, message).at(Place::key(place));
        match nearest(name, self.0.keys().map(String::as_str)) {
            Some(nearest) => found.help(format!("did you mean `{nearest}`?")),
            None => found.help(format!("describe `{name}` under `components.securitySchemes`")),
        }
    }
}

fn one(place: Pointer, scheme: &Written) -> Result<SecurityScheme, Unsupported> {
    let (kind, description) = match scheme {
        Written::APIKey { location, name, description, .. } => {
            let kind = match location {
                APIKeyLocation::Header => SecurityKind::Header(name.clone()),
                APIKeyLocation::Query => SecurityKind::Query(name.clone()),
                APIKeyLocation::Cookie => SecurityKind::Cookie(name.clone()),
            };
            (kind, description)
        }
        // Names of authentication schemes are compared without regard to case (RFC 9110, section 11.1).
        Written::HTTP { scheme, description, .. } if scheme.eq_ignore_ascii_case("bearer") => {
            (SecurityKind::Bearer, description)
        }
        Written::HTTP { scheme, description, .. } if scheme.eq_ignore_ascii_case("basic") => {
            (SecurityKind::Basic, description)
        }
        Written::HTTP { scheme, .. } => {
            let message = format!("the HTTP authentication scheme `{scheme}` is not supported");
            return Err(Unsupported { place, message });
        }
        Written::OAuth2 { description, .. } | Written::OpenIDConnect { description, .. } => {
            (SecurityKind::Bearer, description)
        }
    };
    Ok(SecurityScheme { pointer: place, kind, docs: docs::docs(None, description.as_ref(), None) })
}
