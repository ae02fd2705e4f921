//! How grave findings are under this configuration: `strict`, `allow` and `deny` over the codes' own severities.

use super::Config;
use crate::diag::{self, Diagnostic, Diagnostics, Severity};

/// Sets the severity of every finding; doing it twice changes nothing more.
///
/// What is denied is an error; what is allowed is a note; with `strict` every other warning is an error.
pub fn judge(config: &Config, diagnostics: &mut Diagnostics) {
    for found in diagnostics.iter_mut() {
        let listed = |list: &[super::Setting<_>]| list.iter().any(|set| set.value == found.code);
        let severity = found.own_severity();
        found.severity = if listed(&config.deny) {
            Severity::Error
        } else if severity == Severity::Warning && listed(&config.allow) {
            Severity::Note
        } else if severity == Severity::Warning && config.strict {
            Severity::Error
        } else {
            severity
        };
    }
}

/// Reports what is allowed but was not found. Only for a run that came to its end: one that stopped early has not seen
/// everything.
pub(crate) fn refuse_unused(config: &Config, diagnostics: &mut Diagnostics) {
    for set in &config.allow {
        if !diagnostics.iter().any(|found| found.code == set.value) {
            let message = format!("`{}` is allowed, but nothing had this code", set.value.id);
            let unused = Diagnostic::new(&diag::CONFIG_UNUSED_ALLOW, message).at(set.span.clone());
            diagnostics.push(unused.label("not needed").help("remove it from `diagnostics.allow`"));
        }
    }
}
