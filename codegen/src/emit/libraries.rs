//! Other crates whose types values of a format convert into and are made of: each an optional dependency of the generated
//! crate, behind a feature of its own name, and there only where the API has such values.

use super::context::Context;
use super::runtime;
use crate::ir::Primitive::{self, Date, DateTime, Duration, Time, Uuid};

/// A crate.
pub(super) struct Library {
    /// Its name.
    pub(super) name: &'static str,
    /// What `Cargo.toml` says of it.
    pub(super) requirement: &'static str,
    /// The features of it that are needed.
    pub(super) features: &'static [&'static str],
    /// What converts.
    pub(super) formats: &'static [Primitive],
    /// The same in words.
    pub(super) words: &'static str,
}

static LIBRARIES: &[Library] = &[
    Library {
        name: "chrono",
        requirement: "0.4.38",
        features: &["std"],
        formats: &[DateTime, Date, Time],
        words: "dates and times",
    },
    Library {
        name: "jiff",
        requirement: "0.2",
        features: &["std"],
        formats: &[DateTime, Date, Time, Duration],
        words: "dates, times and durations",
    },
    Library {
        name: "time",
        requirement: "0.3.36",
        features: &["formatting", "parsing", "std"],
        formats: &[DateTime, Date, Time],
        words: "dates and times",
    },
    Library { name: "uuid", requirement: "1.10", features: &["std"], formats: &[Uuid], words: "UUIDs" },
];

/// Those that this API has a use for, by name.
pub(super) fn needed(cx: &Context<'_>) -> Vec<&'static Library> {
    LIBRARIES.iter().filter(|library| runtime::has_any(library.formats, cx)).collect()
}
