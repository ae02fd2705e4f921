//! The types of this crate as serde writes them: every `serde::Serialize` is a call of the one
//! function here, so that callers can write a type in any format, or inside a type of their own.

use super::encode::{Encode, Shim};
use serde::ser::{Serialize, Serializer};

/// Writes a value into any format, with all its members.
///
/// # Errors
/// The format's own, and numbers that JSON can't write.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    Shim(value).serialize(serializer)
}
