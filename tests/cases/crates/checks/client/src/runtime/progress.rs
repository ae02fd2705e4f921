//! How far a body has come, for those who want to watch.

/// How far a body has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes of it there were, in this attempt.
    pub done: u64,
    /// How many it has, where that is known.
    pub total: Option<u64>,
}
