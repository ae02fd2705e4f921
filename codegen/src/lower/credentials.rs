//! Parameters that are credentials: a key that a security scheme puts where a parameter is, under its name. The client sends
//! it, so that it isn't asked of each call, and isn't sent twice. What a call can't do without is needed by all of them.

use super::causes::Causes;
use super::parameters::Parameters;
use super::security::{AUTHORIZATION, Schemes};
use crate::diag::{PARAMETER_IS_CREDENTIAL, RESERVED_HEADER};
use crate::ir::{Location, Parameter, TypeRef};
use crate::pointer::Pointer;

/// Takes the parameters of an operation that its credentials stand for, and adds those that it requires to its `security`. One
/// that `needs_nothing` by its own words is asked about credentials.
pub(super) fn settle(
    schemes: &Schemes<'_>,
    needs_nothing: bool,
    parameters: &mut Parameters,
    security: &mut Vec<Vec<String>>,
    causes: &mut Causes,
) {
    match (&parameters.authorization, schemes.told()) {
        (Some(authorization), Some(told)) => {
            remark(&authorization.place, AUTHORIZATION, told, causes);
            allow(told, security);
        }
        (Some(authorization), None) => {
            let message = format!("the header parameter `{AUTHORIZATION}` is ignored");
            causes.remark(&authorization.place, &RESERVED_HEADER, message);
            if authorization.required && !needs_nothing {
                require(&schemes.sent_as(Location::Header, AUTHORIZATION), security);
            }
        }
        (None, _) => {}
    }
    if needs_nothing {
        return;
    }
    parameters.kept.retain(|parameter| {
        let sent = schemes.sent_as(parameter.location, &parameter.wire);
        let Some(name) = credential(parameter, &sent, security) else { return true };
        remark(&parameter.pointer, &parameter.wire, name, causes);
        false
    });
}

fn remark(place: &Pointer, parameter: &str, scheme: &str, causes: &mut Causes) {
    let message = format!("the parameter `{parameter}` is the credential `{scheme}`, which is set on the client");
    causes.remark(place, &PARAMETER_IS_CREDENTIAL, message);
}

/// Puts alternatives with a scheme that no `security` speaks of before those that there are: it is sent where the caller gives
/// it.
fn allow(told: &str, security: &mut Vec<Vec<String>>) {
    if security.is_empty() {
        security.push(Vec::new());
    }
    let with = security.iter().map(|alternative| {
        let mut with = alternative.clone();
        with.push(told.to_owned());
        with.sort();
        with.dedup();
        with
    });
    let mut all: Vec<_> = with.collect();
    all.append(security);
    for alternative in all {
        if !security.contains(&alternative) {
            security.push(alternative);
        }
    }
}

/// The scheme whose credential a parameter is, of those that are sent as it is: one that the operation needs anyway, or any for
/// what is required. What has a value of its own is no secret.
fn credential<'a>(parameter: &Parameter, sent: &[&'a str], security: &mut Vec<Vec<String>>) -> Option<&'a str> {
    let needed = sent.iter().find(|name| security.iter().flatten().any(|needed| needed == **name)).or(sent.first())?;
    let is_plain = matches!(parameter.ty, TypeRef::Primitive(_)) && parameter.notes.values.is_empty();
    if parameter.is_argument() && is_plain {
        require(sent, security);
    }
    security.iter().flatten().any(|name| name == needed).then_some(*needed)
}

/// Adds one of `sent` to all alternatives without one. An alternative that needs more than one before it is none any more.
fn require(sent: &[&str], security: &mut Vec<Vec<String>>) {
    if sent.is_empty() {
        return;
    }
    let mut alternatives = std::mem::take(security);
    if alternatives.is_empty() {
        alternatives.push(Vec::new());
    }
    for alternative in alternatives {
        let with = |name: &str| {
            let mut with = alternative.clone();
            with.push(name.to_owned());
            with.sort();
            with
        };
        let has_one = alternative.iter().any(|name| sent.contains(&name.as_str()));
        let all = if has_one { vec![alternative.clone()] } else { sent.iter().map(|name| with(name)).collect() };
        for alternative in all {
            if !security.iter().any(|before| before.iter().all(|name| alternative.contains(name))) {
                security.push(alternative);
            }
        }
    }
}
