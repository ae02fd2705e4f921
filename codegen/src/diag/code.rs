//! What a diagnostic code is.

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something was read with leniency, or left out.
    Warning,
    /// Nothing is written.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A kind of finding. The letter of its id is the stage's: `C` configuration, `D` comparing, `L` load, `N` normalize, `R` references,
/// `S` lowering schemas and operations, `M` naming, `V` vendoring,
/// `W` writing.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Such as `R0102`; never used again for something else.
    pub id: &'static str,
    /// One line, without names.
    pub title: &'static str,
    /// The severity that it has unless told otherwise.
    pub severity: Severity,
    /// What it means and what to do, in Markdown: what `clientwright explain` prints.
    pub explain: &'static str,
}
