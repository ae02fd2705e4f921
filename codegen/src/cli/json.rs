//! JSON for programs: one value on standard output. Members are added in later versions, never renamed.

use clientwright::diag::{Code, Diagnostic, Diagnostics, Place};
use clientwright::pipeline::Outcome;
use clientwright::source::Sources;
use clientwright::write::{MANIFEST, Report};
use serde_json::{Value, json};

use super::findings;

/// So many findings are written out: finding lines and columns takes time by the length of the file.
const MOST: usize = 1000;

/// What was found: a list, and how many are not in it.
pub(super) fn diagnostics(diagnostics: &Diagnostics, sources: &Sources) -> (Vec<Value>, usize) {
    let all: Vec<&Diagnostic> = findings::visible(diagnostics).collect();
    let listed = all.iter().take(MOST).map(|found| diagnostic(found, sources)).collect();
    (listed, all.len().saturating_sub(MOST))
}

fn diagnostic(found: &Diagnostic, sources: &Sources) -> Value {
    let related: Vec<Value> = found
        .related
        .iter()
        .map(|(related, label)| json!({ "place": place(Some(related), sources), "label": label }))
        .collect();
    json!({
        "code": found.code.id,
        "severity": found.severity.as_str(),
        "message": found.message,
        "place": place(found.place.as_ref(), sources),
        "label": found.label,
        "help": found.help,
        "related": related,
    })
}

/// Lines and columns count from 1, columns in characters; `bytes` from 0, end excluded.
fn place(place: Option<&Place>, sources: &Sources) -> Value {
    let Some(place) = place else { return Value::Null };
    let pointer = place.pointer.as_ref().map(ToString::to_string);
    let Some(span) = &place.span else { return json!({ "pointer": pointer }) };
    let at = sources.line_column(span.file, span.bytes.start);
    json!({
        "file": sources.path(span.file).display().to_string(),
        "line": at.line,
        "column": at.column,
        "bytes": [span.bytes.start, span.bytes.end],
        "pointer": pointer,
    })
}

/// The answer of `generate` and `check`.
pub(super) fn outcome(ok: bool, outcome: Option<&Outcome>, found: &Diagnostics, sources: &Sources) -> Value {
    let (listed, not_listed) = diagnostics(found, sources);
    let output = outcome.map(|outcome| {
        let left_out = outcome.left_out.iter().map(|left| {
            let pointer = left.pointer.to_string();
            json!({ "pointer": pointer, "what": left.what, "operation": left.operation, "code": left.code.id })
        });
        json!({
            "operations": outcome.operations,
            "types": outcome.types,
            "left_out": left_out.collect::<Value>(),
            "files": files(&outcome.report),
        })
    });
    json!({ "ok": ok, "diagnostics": listed, "diagnostics_not_listed": not_listed, "output": output })
}

/// The answer of `check` where files were compared with their manifest alone.
pub(super) fn verified(ok: bool, report: Option<&Report>, found: &Diagnostics, sources: &Sources) -> Value {
    let (listed, not_listed) = diagnostics(found, sources);
    let output = report.map(|report| json!({ "compared_with": MANIFEST, "files": files(report) }));
    json!({ "ok": ok, "diagnostics": listed, "diagnostics_not_listed": not_listed, "output": output })
}

fn files(report: &Report) -> Value {
    json!({
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "deleted": report.deleted,
        "left_alone": report.left_alone,
        "refused": report.refused,
    })
}

/// A code with its words.
pub(super) fn code(code: &Code) -> Value {
    json!({ "code": code.id, "severity": code.severity.as_str(), "title": code.title, "explain": code.explain })
}

/// The value as text, with a line feed at its end.
pub(super) fn text(value: &Value) -> String {
    format!("{value:#}\n")
}
