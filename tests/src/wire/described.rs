//! A description as the trial looks at it: the model, and what of its answers the model leaves out.

use clientwright::ir::Operation;
use clientwright::model::Model;
use serde_json::Value;

use crate::proof::{Case, Side};

/// A description.
#[derive(Debug)]
pub(super) struct Described {
    pub(super) model: Model,
    document: Value,
}

/// A success that an operation lists.
#[derive(Clone, Debug)]
pub(super) struct Success {
    /// As the description writes it: `200`, `2XX` or `default`.
    pub(super) key: String,
    /// A status that it stands for.
    pub(super) status: u16,
    /// Whether it has a body.
    pub(super) has_body: bool,
    /// Its headers, in lower case, and whether each is always there.
    pub(super) headers: Vec<(String, bool)>,
}

impl Described {
    /// One side of a case.
    pub(super) fn read(case: &Case, side: Side) -> Self {
        let text = std::fs::read_to_string(case.spec(side)).unwrap();
        Self { model: case.model(side), document: serde_yaml::from_str(&text).unwrap() }
    }

    /// In how many turns each operation has answered with each of its successes.
    pub(super) fn turns(&self) -> usize {
        let operations = self.model.api.operations.iter();
        operations.map(|operation| self.successes(operation).len()).max().unwrap_or_default().max(1)
    }

    /// The successes of an operation; `default` is one where there is no other.
    pub(super) fn successes(&self, operation: &Operation) -> Vec<Success> {
        let place = operation.pointer.as_str().strip_prefix('#').and_then(|place| self.document.pointer(place));
        let responses = place.map(|operation| &operation["responses"]);
        let responses = responses.and_then(Value::as_object);
        let mut all: Vec<Success> =
            responses.into_iter().flatten().filter_map(|(key, response)| self.success(key, response)).collect();
        if all.iter().any(|success| success.key != "default") {
            all.retain(|success| success.key != "default");
        }
        all.sort_by(|one, other| one.key.cmp(&other.key));
        all
    }

    fn success(&self, key: &str, response: &Value) -> Option<Success> {
        let status = match key {
            "default" | "2XX" => 200,
            _ => key.parse().ok().filter(|status| (200..300).contains(status))?,
        };
        let response = self.behind(response);
        let headers = response["headers"].as_object();
        let headers = headers
            .into_iter()
            .flatten()
            .map(|(name, header)| (name.to_lowercase(), self.behind(header)["required"].as_bool().unwrap_or_default()));
        Some(Success {
            key: key.to_owned(),
            status,
            has_body: response.get("content").is_some(),
            headers: headers.collect(),
        })
    }

    fn behind<'a>(&'a self, value: &'a Value) -> &'a Value {
        let reference = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        reference.map_or(value, |place| self.document.pointer(place).unwrap())
    }
}
