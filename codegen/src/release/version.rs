//! The next version: Semantic Versioning 2.0.0, with cargo's reading of versions below 1.0.0, where the first number that is
//! not zero counts as the major one.

use std::fmt;

use crate::diff::Rust;

/// Why there is no next version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is no version of three numbers.
    NoVersion,
    /// It is a pre-release, after which people decide what comes.
    PreRelease,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoVersion => "it is no version of three numbers",
            Self::PreRelease => "what comes after a pre-release is for people to decide",
        })
    }
}

/// The version after `version`, by the gravest change.
///
/// # Errors
///
/// A version that nothing can be told of.
pub fn next(version: &str, rust: Rust) -> Result<String, Refused> {
    let (version, _build) = version.split_once('+').unwrap_or((version, ""));
    if version.contains('-') {
        return Err(Refused::PreRelease);
    }
    let numbers =
        version.split('.').map(str::parse).collect::<Result<Vec<u64>, _>>().map_err(|_| Refused::NoVersion)?;
    let [major, minor, patch] = numbers.as_slice() else { return Err(Refused::NoVersion) };
    let after = |number: &u64| number.checked_add(1).ok_or(Refused::NoVersion);
    let (major, minor, patch) = match (rust, major, minor) {
        (_, 0, 0) => (0, 0, after(patch)?),
        (Rust::Major, 0, minor) => (0, after(minor)?, 0),
        (Rust::Minor | Rust::Patch, 0, minor) => (0, *minor, after(patch)?),
        (Rust::Major, major, _) => (after(major)?, 0, 0),
        (Rust::Minor, major, minor) => (*major, after(minor)?, 0),
        (Rust::Patch, major, minor) => (*major, *minor, after(patch)?),
    };
    Ok(format!("{major}.{minor}.{patch}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_that_is_not_zero_is_the_major_one() {
        use Rust::{Major, Minor, Patch};
        for (version, wanted) in [
            ("1.2.3", ["2.0.0", "1.3.0", "1.2.4"]),
            ("0.2.3", ["0.3.0", "0.2.4", "0.2.4"]),
            ("0.0.3", ["0.0.4", "0.0.4", "0.0.4"]),
            ("1.0.0+build.7", ["2.0.0", "1.1.0", "1.0.1"]),
        ] {
            assert_eq!([Major, Minor, Patch].map(|rust| next(version, rust).unwrap()), wanted, "{version}");
        }
    }

    #[test]
    fn what_is_no_plain_version_is_refused() {
        assert_eq!(next("1.0.0-beta.1", Rust::Minor), Err(Refused::PreRelease));
        for bad in ["1.0", "1.0.0.0", "", "a.b.c", "18446744073709551615.0.0"] {
            assert_eq!(next(bad, Rust::Major), Err(Refused::NoVersion), "{bad}");
        }
    }
}
