//! Parameters that are credentials: a key that a security scheme puts where a parameter is, under its name. The client sends
//! it, so that it isn't asked of each call, and isn't sent twice. What a call can't do without is needed by all of them.

use super::causes::Causes;
use super::parameters::Parameters;
use super::security::Schemes;
use crate::diag::PARAMETER_IS_CREDENTIAL;
use crate::ir::{Location, Parameter, TypeRef};

/// Takes the parameters of an operation that its credentials stand for, and adds those that it requires to its `security`.
pub(super) fn settle(
    schemes: &Schemes<'_>,
    parameters: &mut Parameters,
    security: &mut Vec<Vec<String>>,
    causes: &mut Causes,
) {
    if parameters.authorization {
        require(&schemes.sent_as(Location::Header, "Authorization"), security);
    }
    parameters.kept.retain(|parameter| {
        // What has a value of its own is no secret.
        let is_plain = matches!(parameter.ty, TypeRef::Primitive(_)) && parameter.notes.values.is_empty();
        if parameter.preset.is_some() || !is_plain {
            return true;
        }
        let sent = schemes.sent_as(parameter.location, &parameter.wire);
        let Some(name) = credential(parameter, &sent, security) else { return true };
        let message =
            format!("the parameter `{}` is the credential `{name}`, which is set on the client", parameter.wire);
        causes.remark(&parameter.pointer, &PARAMETER_IS_CREDENTIAL, message);
        false
    });
}

/// The scheme whose credential a parameter is, of those that are sent as it is: for what may be left out, one that the
/// operation needs anyway.
fn credential<'a>(parameter: &Parameter, sent: &[&'a str], security: &mut Vec<Vec<String>>) -> Option<&'a str> {
    let is_needed = if parameter.required {
        require(sent, security)
    } else {
        security.iter().flatten().any(|name| sent.contains(&name.as_str()))
    };
    sent.first().copied().filter(|_| is_needed)
}

/// Adds a scheme to all alternatives without one of `sent`, where it is the only one; whether all have one now. An alternative
/// that needs more than one before it is none any more.
fn require(sent: &[&str], security: &mut Vec<Vec<String>>) -> bool {
    let has_one = |alternative: &[String]| alternative.iter().any(|name| sent.contains(&name.as_str()));
    if !security.is_empty() && security.iter().all(|alternative| has_one(alternative)) {
        return true;
    }
    let [only] = sent else { return false };
    let mut alternatives = std::mem::take(security);
    if alternatives.is_empty() {
        alternatives.push(Vec::new());
    }
    for alternative in &mut alternatives {
        if !has_one(alternative) {
            alternative.push((*only).to_owned());
            alternative.sort();
        }
    }
    for alternative in alternatives {
        if !security.iter().any(|before| before.iter().all(|name| alternative.contains(name))) {
            security.push(alternative);
        }
    }
    true
}
