//! Secrets in what is sent and answered (`format: password`): read and written as texts, and never
//! printed.

use super::decode::{Decode, Token};
use super::deserialize::deserialize;
use super::encode::{Encode, View};
use super::fault::Fault;
use super::secret::Secret;
use super::serialize::serialize;

impl From<&Secret> for Secret {
    fn from(secret: &Secret) -> Self {
        secret.clone()
    }
}

impl Decode for Secret {
    fn blank() -> Self {
        Self::from("")
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        match token {
            Token::Text(text) => *self = Self::from(text),
            other => return Err(other.unexpected("a string")),
        }
        Ok(())
    }
}

impl Encode for Secret {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        show(View::Secret(self.expose()));
    }
}

impl<'de> serde::Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

/// Writes the text itself: whoever serializes a secret sends it.
impl serde::Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_and_written_and_not_shown() {
        let secret: Secret = serde_json::from_str(r#""hidden""#).unwrap();
        assert_eq!(serde_json::to_string(&secret).unwrap(), r#""hidden""#);
        assert!(!format!("{secret:?}").contains("hidden"));
        secret.encode(&mut |view| assert!(!format!("{view:?}").contains("hidden")));
        vec![secret].encode(&mut |view| assert_eq!(format!("{view:?}"), "[[redacted]]"));
        let fault = serde_json::from_str::<Secret>("7").unwrap_err();
        assert!(fault.to_string().contains("expected a string"), "{fault}");
    }
}
