//! How grave findings are under this configuration: `strict`, `allow` and `deny` over the codes' own severities.

use super::Config;
use crate::diag::{self, Code, Diagnostic, Diagnostics, Severity};

/// Findings of settings that match nothing.
static MISSES: [&Code; 11] = [
    &diag::CONFIG_BAD_BODY,
    &diag::CONFIG_UNKNOWN_PAGING,
    &diag::CONFIG_UNKNOWN_TAG,
    &diag::CONFIG_UNKNOWN_OPERATION,
    &diag::CONFIG_UNKNOWN_TYPE,
    &diag::CONFIG_UNKNOWN_MEMBER,
    &diag::CONFIG_UNKNOWN_VALUE,
    &diag::CONFIG_UNKNOWN_FORMAT,
    &diag::CONFIG_UNKNOWN_SCHEME,
    &diag::CONFIG_UNKNOWN_STREAM,
    &diag::FILTER_MATCHES_NOTHING,
];

/// Sets the severity of every finding; doing it twice changes nothing more.
///
/// What is denied is an error; what is allowed is a note; with `strict` every other warning is an error. Where settings may
/// match nothing, those that don't are notes.
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
        } else if config.may_miss && MISSES.contains(&found.code) {
            Severity::Note
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
