//! What the caller of an operation says.

use clientwright::ir::{Api, Location, Operation, Payload};
use serde_json::Value;

use super::sample::Sampler;
use super::{Variant, Way};

/// The arguments of a call.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Those that are given, with what each is called and where it goes.
    pub(super) parameters: Vec<(Location, String, Value)>,
    /// The body, where one is given.
    pub(super) body: Option<Value>,
    /// The security schemes that the caller has credentials of.
    pub(super) schemes: Vec<String>,
}

impl Asked {
    /// The call in a variant.
    pub(super) fn of(operation: &Operation, api: &Api, variant: Variant) -> Self {
        let mut sampler = Sampler::new(api, variant, Way::Sent);
        let all = variant == Variant::Most;
        let given = operation.parameters.iter().filter(|parameter| parameter.required || all);
        let parameters = given.map(|parameter| {
            let value = sampler.value(&parameter.ty, false, &parameter.notes.checks);
            (parameter.location, parameter.wire.clone(), value)
        });
        let parameters = parameters.collect();
        let body = operation.body.as_ref().filter(|body| body.required || all);
        let body = body.map(|body| match &body.payload {
            Payload::Json { ty, nullable } => sampler.value(ty, *nullable, &body.notes.checks),
            Payload::Lines { ty } | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => {
                sampler.value(ty, false, &body.notes.checks)
            }
            Payload::Text | Payload::Bytes | Payload::Encoded => Value::from("a text"),
        });
        let schemes = variant.of(&operation.security).cloned().unwrap_or_default();
        Self { parameters, body, schemes }
    }

    /// The argument of this name and place.
    pub(super) fn parameter(&self, location: Location, wire: &str) -> Option<&Value> {
        let is_it = |(at, name, _): &&(Location, String, Value)| *at == location && name == wire;
        self.parameters.iter().find(is_it).map(|(_, _, value)| value)
    }
}
