//! All codes, a file a stage.

use super::code::Code;

/// Declares codes as statics and lists them in `ALL`.
macro_rules! codes {
    ($($name:ident = $id:literal $severity:ident $title:literal, $explain:literal;)+) => {
        $(
            #[doc = concat!("`", $id, "`: ", $title)]
            pub static $name: Code = Code {
                id: $id,
                title: $title,
                severity: Severity::$severity,
                explain: $explain,
            };
        )+
        pub(super) static ALL: &[&Code] = &[$(&$name),+];
    };
}

mod config;
mod diff;
mod emit;
mod load;
mod lower;
mod naming;
mod normalize;
mod overlay;
mod reference;
mod vendor;
mod write;

pub use config::*;
pub use diff::*;
pub use emit::*;
pub use load::*;
pub use lower::*;
pub use naming::*;
pub use normalize::*;
pub use overlay::*;
pub use reference::*;
pub use vendor::*;
pub use write::*;

/// Every code there is, by id.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [
        config::ALL,
        diff::ALL,
        emit::ALL,
        load::ALL,
        lower::ALL,
        naming::ALL,
        normalize::ALL,
        overlay::ALL,
        reference::ALL,
        vendor::ALL,
        write::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The code with this id, in any case.
pub fn find(id: &str) -> Option<&'static Code> {
    all().find(|code| code.id.eq_ignore_ascii_case(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_distinct_and_explained() {
        let mut seen = BTreeSet::new();
        for code in all() {
            assert!(seen.insert(code.id), "{} is there twice", code.id);
            assert!(code.explain.len() > code.title.len(), "{} explains nothing", code.id);
            assert!(!code.title.ends_with('.'), "{}", code.id);
            assert_eq!(find(&code.id.to_lowercase()), Some(code));
        }
        assert!(seen.len() > 3);
    }
}
