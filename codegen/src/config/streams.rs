//! `[streams]`: what the user says of what an operation answers value by value.

use std::collections::BTreeMap;

use super::reader::Table;
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::ir::{SequenceFormat, StreamChoice};
use crate::source::Span;

/// A setting of `[streams]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Streamed {
    /// Where the operation is named.
    pub key: Span,
    /// What it answers.
    pub choice: StreamChoice,
    /// Where the schema of its values is named, if it is.
    pub item: Option<Span>,
}

/// What most streams are.
const USUAL: &str = "text/event-stream";

/// The settings, by what they call the operation.
pub(super) fn read(table: &Table<'_>, found: &mut Diagnostics) -> BTreeMap<String, Streamed> {
    let mut all = BTreeMap::new();
    for key in table.keys() {
        let set = table.table(&key.value, &["media_type", "item"], found);
        let media_type = set.text("media_type", found);
        if let Some(other) = media_type.as_ref().filter(|set| SequenceFormat::of(&set.value).is_none()) {
            let message = format!("`{}` is not a media type of a stream", other.value.escape_debug());
            let help = "there are `text/event-stream`, `application/x-ndjson`, `application/jsonl`, `application/stream+json`, \
                        `application/json-seq` and the like";
            found.push(Diagnostic::new(&diag::CONFIG_BAD_STREAM, message).at(other.span.clone()).help(help));
        }
        let item = set.text("item", found);
        let choice = StreamChoice {
            media_type: media_type.map_or_else(|| USUAL.to_owned(), |set| set.value),
            item: item.as_ref().map(|set| set.value.clone()),
        };
        all.insert(key.value, Streamed { key: key.span, choice, item: item.map(|set| set.span) });
    }
    all
}
