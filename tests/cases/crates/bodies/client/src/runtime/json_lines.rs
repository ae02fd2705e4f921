//! Bodies of values one after another, each a line of JSON:
//! `application/jsonl`, `application/x-ndjson`.

use super::argument;
use super::call::Call;
use super::encode::{Encode, Json, View};
use super::error::{Error, ErrorKind};
use super::secret::Secret;

impl Call {
    /// Sets the body, as a line of JSON for each item of a list, of this media type.
    pub(crate) fn json_lines(&mut self, media_type: &str, items: &dyn Encode) {
        if let Some(Json { text, secrets }) = self.keep(write(items)) {
            self.secrets.extend(secrets.into_iter().map(Secret::from));
            self.bytes(media_type, text.into());
        }
    }
}

/// The lines, each with its end. JSON has no line break but between its tokens, where none is
/// written.
///
/// # Errors
/// [`ErrorKind::Request`] when `items` is no list, or when JSON has no word for one of them.
fn write(items: &dyn Encode) -> Result<Json, Error> {
    let lines = argument::look(items, &mut |view| {
        let View::List(count, at, _) = view else {
            return Err("only a list can be sent line by line".to_owned());
        };
        let mut lines = Json {
            text: Vec::new(),
            secrets: Vec::new(),
        };
        for (index, item) in (0..count).filter_map(at).enumerate() {
            let line = Json::of(item).map_err(|error| format!("item {index}: {error}"))?;
            lines.text.extend(line.text);
            lines.text.push(b'\n');
            lines.secrets.extend(line.secrets);
        }
        Ok(lines)
    });
    lines.map_err(|why| Error::new(ErrorKind::Request, format!("the body: {why}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_item_is_a_line() {
        let text = |items: serde_json::Value| String::from_utf8(write(&items).unwrap().text).unwrap();
        assert_eq!(
            text(json!([{"a": "b\nc"}, 1, null, []])),
            "{\"a\":\"b\\nc\"}\n1\nnull\n[]\n"
        );
        assert_eq!(text(json!([])), "");
    }

    #[test]
    fn what_is_no_list_or_no_json_is_refused() {
        let refused = |items: &dyn Encode| write(items).err().unwrap().to_string();
        assert!(refused(&json!({})).contains("only a list"), "an object");
        assert!(refused(&[1.0, f64::NAN].as_slice()).contains("item 1: "), "no number");
    }
}
