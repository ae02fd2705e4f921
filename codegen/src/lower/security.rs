//! Who may call: security schemes, and the requirements of operations.

use std::collections::BTreeMap;

use openapiv3::{APIKeyLocation, Parameter, SecurityRequirement, SecurityScheme as Written};

use super::causes::Causes;
use super::docs;
use super::parameters::can_be_sent;
use crate::diag::{
    CLIENT_CERTIFICATE, Diagnostic, ONE_OF_CREDENTIALS, Place, SECURITY_SCHEME_UNSUPPORTED, SECURITY_UNSAID,
    SPELT_OTHERWISE, UNKNOWN_SECURITY_SCHEME,
};
use crate::ir::{Location, SecurityKind, SecurityScheme};
use crate::normalize::{Fault, Item, Resolved, Spec, required_scheme};
use crate::pointer::Pointer;
use crate::suggest::nearest;

/// The header that credentials are in (RFC 9110, section 11.6.2).
pub(super) const AUTHORIZATION: &str = "Authorization";

/// The schemes of a description, those that aren't supported included.
#[derive(Debug)]
pub(super) struct Schemes<'a>(BTreeMap<String, Known<'a>>);

#[derive(Debug)]
enum Known<'a> {
    Supported(SecurityScheme),
    /// What no scheme is sent as, and a parameter is there for: the header `Authorization`.
    Told(SecurityScheme),
    /// Nothing is sent for it: a client certificate, at this place.
    Silent(Pointer),
    Unsupported(Unsupported),
    Faulty(&'a Fault),
}

#[derive(Debug)]
struct Unsupported {
    place: Pointer,
    message: String,
}

/// Whether the description says of an operation, or of all, what it needs, be it nothing.
fn says(spec: &Spec) -> bool {
    let own = |(_, place, item): (_, Pointer, &Item)| {
        let mut calls = item.operations(&place).filter_map(|(_, _, call)| call);
        calls.any(|call| call.written.security.is_some())
    };
    spec.api().security.is_some() || spec.paths().any(own)
}

/// Reads all schemes.
pub(super) fn schemes(spec: &Spec) -> Schemes<'_> {
    let lowered = spec.security_schemes().into_iter().map(|(name, scheme)| {
        let scheme = match scheme {
            Resolved::Found(place, scheme) => one(spec, place, scheme),
            Resolved::Faulty(fault) => Known::Faulty(fault),
        };
        (name.to_owned(), scheme)
    });
    let mut schemes = Schemes(lowered.collect());
    if schemes.sent_as(Location::Header, AUTHORIZATION).is_empty() && has_authorization(spec) {
        let docs = docs::docs(None, None, None);
        let pointer = Pointer::root().child("components").child("securitySchemes").child(AUTHORIZATION);
        let kind = SecurityKind::Header(AUTHORIZATION.to_owned());
        let told = SecurityScheme { pointer, kind, is_oauth: false, token_url: None, docs };
        schemes.0.entry(AUTHORIZATION.to_owned()).or_insert(Known::Told(told));
    }
    schemes
}

/// Whether an operation has a parameter for the header `Authorization`.
fn has_authorization(spec: &Spec) -> bool {
    let is_one = |at: &Pointer| match spec.parameter(at) {
        Some(Resolved::Found(_, Parameter::Header { parameter_data, .. })) => {
            parameter_data.name.eq_ignore_ascii_case(AUTHORIZATION)
        }
        _ => false,
    };
    spec.paths().any(|(_, place, item)| {
        let mut own = item.operations(&place).filter_map(|(_, _, call)| call).flat_map(|call| &call.parameters);
        own.any(is_one) || item.parameters().iter().any(is_one)
    })
}

impl Schemes<'_> {
    /// Those that are supported.
    pub(super) fn supported(self) -> BTreeMap<String, SecurityScheme> {
        let supported = self.0.into_iter().filter_map(|(name, scheme)| match scheme {
            Known::Supported(scheme) | Known::Told(scheme) => Some((name, scheme)),
            Known::Silent(_) | Known::Unsupported(_) | Known::Faulty(_) => None,
        });
        supported.collect()
    }

    /// The schemes whose credentials are sent in this place, under this name; names of headers are compared without regard to
    /// case (RFC 9110, section 5.1).
    pub(super) fn sent_as(&self, location: Location, name: &str) -> Vec<&str> {
        let seat = seat_of(location, name);
        let is_sent = |scheme: &Known<'_>| matches!(scheme, Known::Supported(known) if self::seat(&known.kind) == seat);
        self.0.iter().filter(|(_, scheme)| is_sent(scheme)).map(|(name, _)| name.as_str()).collect()
    }

    /// Schemes that are needed together, without those that can't be sent together: one of each place is, and each such choice
    /// is an alternative.
    fn apart(&self, names: &[String], causes: &mut Causes) -> Vec<Vec<String>> {
        let mut seats: BTreeMap<(Location, String), Vec<&String>> = BTreeMap::new();
        for name in names {
            if let Some(Known::Supported(scheme) | Known::Told(scheme)) = self.0.get(name) {
                let seated = seats.entry(seat(&scheme.kind)).or_default();
                if let Some(first) = seated.first() {
                    let message = format!("`{first}` and `{name}` are sent in one place; either will do");
                    causes.remark(&scheme.pointer, &ONE_OF_CREDENTIALS, message);
                }
                seated.push(name);
            }
        }
        let mut all: Vec<Vec<String>> = vec![Vec::new()];
        for seated in seats.into_values() {
            let each = if all.len() * seated.len() > MOST_ALTERNATIVES { 1 } else { seated.len() };
            let with = |one: &[String], name: &String| one.iter().chain([name]).cloned().collect();
            all = seated.iter().take(each).flat_map(|name| all.iter().map(|one| with(one, name))).collect();
        }
        all.iter_mut().for_each(|names| names.sort());
        all.sort();
        all
    }

    /// The scheme of the header `Authorization` that only parameters tell of.
    pub(super) fn told(&self) -> Option<&str> {
        self.0
            .get_key_value(AUTHORIZATION)
            .filter(|(_, known)| matches!(known, Known::Told(_)))
            .map(|(name, _)| name.as_str())
    }

    /// The alternatives of operations where nothing says what they need: all credentials that the caller has, one of them, or
    /// none. Nothing where it is said of any, or there are no schemes.
    ///
    /// To need none is what OpenAPI makes of that; but then nobody would describe a scheme.
    pub(super) fn unsaid(&self, spec: &Spec, causes: &mut Causes) -> Vec<Vec<String>> {
        let supported = self.0.iter().filter(|(_, scheme)| matches!(scheme, Known::Supported(_)));
        let names: Vec<String> = supported.map(|(name, _)| name.clone()).collect();
        if names.is_empty() || says(spec) {
            return Vec::new();
        }
        let place = Pointer::root().child("components").child("securitySchemes");
        let message = "nothing says which operations need these; what the caller gives is sent with every request";
        causes.remark(&place, &SECURITY_UNSAID, message);
        let mut alternatives = self.apart(&names, &mut Causes::default());
        for name in names {
            if !alternatives.contains(&vec![name.clone()]) {
                alternatives.push(vec![name]);
            }
        }
        alternatives.push(Vec::new());
        alternatives
    }

    /// The alternatives of an operation whose `security` stands at `place`, without those that need a scheme that can't be
    /// had. None is left where all do: the operation is there all the same, for its caller can bring headers of their own.
    pub(super) fn alternatives(
        &self,
        requirements: &[SecurityRequirement],
        place: &Pointer,
        causes: &mut Causes,
    ) -> Vec<Vec<String>> {
        let mut alternatives = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            let place = place.item(index);
            let mut names = Vec::new();
            let mut is_met = true;
            for name in requirement.keys() {
                let scheme = self.meant(required_scheme(name), &place.child(name), causes);
                match self.0.get(scheme) {
                    Some(Known::Supported(_) | Known::Told(_)) => names.push(scheme.to_owned()),
                    Some(Known::Silent(place)) => {
                        let message = "client certificates are sent by the transport; nothing is generated for them";
                        causes.remark(place, &CLIENT_CERTIFICATE, message);
                    }
                    Some(Known::Unsupported(Unsupported { place, message })) => {
                        causes.remark(place, &SECURITY_SCHEME_UNSUPPORTED, &**message);
                        is_met = false;
                    }
                    Some(Known::Faulty(fault)) => {
                        causes.fault(fault);
                        is_met = false;
                    }
                    None => {
                        let at = place.child(name);
                        causes.found(&at, self.unknown(&at, name));
                        is_met = false;
                    }
                }
            }
            names.sort();
            names.dedup();
            if is_met {
                for names in self.apart(&names, causes) {
                    if !alternatives.contains(&names) {
                        alternatives.push(names);
                    }
                }
            }
        }
        alternatives
    }

    /// The scheme that is called as a requirement says, but for the case of letters, where just one is.
    fn meant<'a>(&'a self, name: &'a str, place: &Pointer, causes: &mut Causes) -> &'a str {
        let mut alike = self.0.keys().filter(|known| known.eq_ignore_ascii_case(name));
        match (self.0.contains_key(name), alike.next(), alike.next()) {
            (false, Some(known), None) => {
                let message = format!("there is no security scheme `{name}`; it is read as `{known}`");
                let found = Diagnostic::new(&SPELT_OTHERWISE, message).at(Place::key(place));
                causes.found(place, found.help(format!("write `{known}`")));
                known
            }
            _ => name,
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

/// So many alternatives may come of one.
const MOST_ALTERNATIVES: usize = 16;

/// Where a credential is sent, and under which name; names of headers are compared without regard to case (RFC 9110, section
/// 5.1).
fn seat(kind: &SecurityKind) -> (Location, String) {
    match kind {
        SecurityKind::Bearer | SecurityKind::Basic | SecurityKind::Authorization(_) => {
            seat_of(Location::Header, AUTHORIZATION)
        }
        SecurityKind::Header(name) => seat_of(Location::Header, name),
        SecurityKind::Query(name) => seat_of(Location::Query, name),
        SecurityKind::Cookie(name) => seat_of(Location::Cookie, name),
    }
}

fn seat_of(location: Location, name: &str) -> (Location, String) {
    let name = if location == Location::Header { name.to_ascii_lowercase() } else { name.to_owned() };
    (location, name)
}

/// The authentication schemes whose credentials answer a challenge, so that nobody can bring them before it is made (IANA's
/// HTTP Authentication Scheme Registry).
const CHALLENGED: [&str; 6] = ["digest", "hoba", "mutual", "negotiate", "scram-sha-1", "scram-sha-256"];

fn one<'a>(spec: &Spec, place: Pointer, scheme: &Written) -> Known<'a> {
    let mut token_url = None;
    let (kind, description) = match scheme {
        Written::APIKey { location, name, description, .. } => {
            let (kind, location) = match location {
                APIKeyLocation::Header => (SecurityKind::Header(name.clone()), Location::Header),
                APIKeyLocation::Query => (SecurityKind::Query(name.clone()), Location::Query),
                APIKeyLocation::Cookie => (SecurityKind::Cookie(name.clone()), Location::Cookie),
            };
            if !can_be_sent(location, name) {
                let message = format!("`{}` can't be the name of a header or a cookie", name.escape_debug());
                return Known::Unsupported(Unsupported { place, message });
            }
            (kind, description)
        }
        // Names of authentication schemes are compared without regard to case (RFC 9110, section 11.1).
        Written::HTTP { scheme, description, .. } => {
            let kind = match scheme.to_ascii_lowercase().as_str() {
                "bearer" => SecurityKind::Bearer,
                "basic" => SecurityKind::Basic,
                "mutualtls" => return Known::Silent(place),
                challenged if CHALLENGED.contains(&challenged) => {
                    let message = format!("the HTTP authentication scheme `{scheme}` answers challenges");
                    return Known::Unsupported(Unsupported { place, message });
                }
                _ => SecurityKind::Authorization(scheme.clone()),
            };
            (kind, description)
        }
        Written::OAuth2 { description, .. } => {
            token_url = token_endpoint(spec, &place);
            (SecurityKind::Bearer, description)
        }
        Written::OpenIDConnect { description, .. } => (SecurityKind::Bearer, description),
    };
    let docs = docs::docs(None, description.as_deref(), None);
    let is_oauth = matches!(scheme, Written::OAuth2 { .. } | Written::OpenIDConnect { .. });
    Known::Supported(SecurityScheme { pointer: place, kind, is_oauth, token_url, docs })
}

/// Where clients get tokens from with credentials of their own (OpenAPI 3.0.3, section 4.7.29), if they can be sent there as
/// it stands: an absolute URL, or a path at the API's own server.
fn token_endpoint(spec: &Spec, scheme: &Pointer) -> Option<String> {
    let place = scheme.child("flows").child("clientCredentials").child("tokenUrl");
    let url = spec.node(&place)?.as_text()?.trim();
    let is_absolute = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    let is_path = url.starts_with('/') && !url.starts_with("//");
    (is_absolute || is_path).then(|| url.to_owned())
}
