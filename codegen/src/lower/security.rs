//! Who may call: security schemes, and the requirements of operations.

use std::collections::BTreeMap;

use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme as Written};

use super::causes::{Cause, Causes};
use super::docs;
use crate::diag::{REFERENCE_OUTSIDE, SECURITY_SCHEME_UNSUPPORTED};
use crate::ir::{SecurityKind, SecurityScheme};
use crate::normalize::{Resolved, Spec};
use crate::pointer::Pointer;

/// The schemes of a description, those that aren't supported included.
#[derive(Debug)]
pub(super) struct Schemes(BTreeMap<String, Result<SecurityScheme, Unsupported>>);

#[derive(Debug)]
struct Unsupported {
    place: Pointer,
    outside: bool,
    message: String,
}

/// Reads all schemes.
pub(super) fn schemes(spec: &Spec) -> Schemes {
    let lowered = spec.security_schemes().into_iter().map(|(name, scheme)| {
        let scheme = match scheme {
            Resolved::Found(place, scheme) => one(place, scheme),
            Resolved::Outside(place) => {
                let message = format!("the security scheme `{name}` stands outside the document");
                Err(Unsupported { place, outside: true, message })
            }
        };
        (name.to_owned(), scheme)
    });
    Schemes(lowered.collect())
}

impl Schemes {
    /// Those that are supported.
    pub(super) fn supported(self) -> BTreeMap<String, SecurityScheme> {
        self.0.into_iter().filter_map(|(name, scheme)| Some((name, scheme.ok()?))).collect()
    }

    /// The alternatives of an operation, without those that need a scheme that is not supported; what blocks the operation
    /// when none is left.
    pub(super) fn alternatives(
        &self,
        requirements: &[SecurityRequirement],
        causes: &mut Causes,
    ) -> Result<Vec<Vec<String>>, Cause> {
        let mut alternatives = Vec::new();
        let mut blocked = None;
        for requirement in requirements {
            let unsupported = requirement.keys().find_map(|name| self.0.get(name)?.as_ref().err());
            if let Some(unsupported) = unsupported {
                let code = if unsupported.outside { &REFERENCE_OUTSIDE } else { &SECURITY_SCHEME_UNSUPPORTED };
                blocked = Some(causes.remark(&unsupported.place, code, &*unsupported.message));
                continue;
            }
            let mut names: Vec<String> = requirement.keys().cloned().collect();
            names.sort();
            if !alternatives.contains(&names) {
                alternatives.push(names);
            }
        }
        match blocked {
            Some(cause) if alternatives.is_empty() => Err(cause),
            _ => Ok(alternatives),
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
            return Err(Unsupported { place, outside: false, message });
        }
        Written::OAuth2 { description, .. } | Written::OpenIDConnect { description, .. } => {
            (SecurityKind::Bearer, description)
        }
    };
    Ok(SecurityScheme { pointer: place, kind, docs: docs::docs(None, description.as_ref(), None) })
}
