//! The types of this crate as serde sees them: every `serde::Deserialize` is a call of the one
//! function here, so that callers can read a type out of any format, or inside a type of their own.

use super::decode::{Decode, Slot};
use super::seed::Seed;
use serde::de::{DeserializeSeed, Deserializer, Error};

/// Reads a value out of any format.
///
/// # Errors
/// The format's own, its message begun with the path to the place.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Decode,
    D: Deserializer<'de>,
{
    let mut value = T::blank();
    read(deserializer, &mut value)?;
    Ok(value)
}

fn read<'de, D: Deserializer<'de>>(deserializer: D, slot: &mut dyn Slot) -> Result<(), D::Error> {
    let mut fault = None;
    Seed {
        slot,
        fault: &mut fault,
    }
    .deserialize(deserializer)
    .map_err(|error| match fault {
        // The format's error is inside the new one, for it alone knows line and column.
        Some(fault) if !fault.path().is_empty() => {
            Error::custom(format_args!("{}: {error}", fault.path()))
        }
        _ => error,
    })
}
