//! Reading a whole JSON text into a type.
//!
//! Strictness is that of JSON (RFC 8259): trailing bytes, lone surrogates, numbers beyond `f64` and
//! more than 128 levels are faults, and so is a byte order mark, but for one in front of a whole body
//! ([`unmarked`]). Members that nobody asks for are skipped; of texts in them the escapes aren't looked
//! at.

use super::decode::{Decode, Slot};
use super::fault::Fault;
use super::seed::Seed;
use serde::de::DeserializeSeed;

/// A body without the byte order mark that it may begin with, which a parser may ignore (RFC 8259,
/// section 8.1).
#[allow(dead_code, reason = "types alone have no bodies")]
pub(super) fn unmarked(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// Reads one value out of a whole JSON text.
///
/// # Errors
/// When `text` isn't exactly one JSON value (RFC 8259, section 2), or `T` can't hold it.
pub fn from_json<T: Decode>(text: &[u8]) -> Result<T, Fault> {
    let mut value = T::blank();
    read_json(text, &mut value)?;
    Ok(value)
}

/// JSON is UTF-8 (RFC 8259, section 8.1). To look at all of it first takes less time than to look at
/// each text in it; where it isn't, what stands before is read for the place.
fn read_json(text: &[u8], slot: &mut dyn Slot) -> Result<(), Fault> {
    let (text, is_whole) = match std::str::from_utf8(text) {
        Ok(text) => (text, true),
        Err(error) => {
            let before = text.get(..error.valid_up_to()).unwrap_or_default();
            (std::str::from_utf8(before).unwrap_or_default(), false)
        }
    };
    let mut parser = serde_json::Deserializer::from_str(text);
    let mut fault = None;
    let read = Seed {
        slot,
        fault: &mut fault,
    }
    .deserialize(&mut parser)
    .and_then(|()| parser.end());
    match read {
        Ok(()) if is_whole => Ok(()),
        Ok(()) => Err(Fault::new(NOT_UTF_8)),
        Err(error) => {
            let fault = fault.unwrap_or_else(|| Fault::new(error.to_string()));
            let fault = match error.is_eof() && !is_whole {
                true => fault.because(NOT_UTF_8),
                false => fault,
            };
            Err(fault.at(error.line(), error.column()))
        }
    }
}

const NOT_UTF_8: &str = "the text isn't UTF-8";

#[cfg(test)]
mod tests {
    use super::super::decode::Token;
    use super::*;
    use serde_json::Value;

    fn read(text: &[u8]) -> Result<Value, Fault> {
        from_json(text)
    }

    /// The grammar of RFC 8259, section by section.
    #[test]
    fn what_is_json_is_read() {
        for text in [
            // Whitespace and literals (sections 2 and 3).
            " \t\r\nnull\t ",
            "true",
            "false",
            "[ true , null ]",
            // Objects and arrays (sections 4 and 5).
            "{}",
            "[]",
            "[[]   ]",
            r#"{"":0}"#,
            r#"{"a":{"a":{}}}"#,
            "[1\n]",
            "[null, 1, \"1\", {}]",
            // Numbers (section 6).
            "0",
            "-0",
            "-0.0",
            "123",
            "0e1",
            "0e+1",
            "1E22",
            "1E-2",
            "1E+2",
            "123e65",
            "123.456e78",
            "-1",
            "-9223372036854775808",
            "18446744073709551616",
            "1e-400",
            "0.00000000000000000000000000001",
            // Strings (section 7).
            r#""\u0060\u012a\u12AB""#,
            r#""\"\\\/\b\f\n\r\t""#,
            r#""\\u0000""#,
            r#""\u0000""#,
            r#""\uD801\udc37""#,
            r#""\uDBFF\uDFFF""#,
            "\"\u{7f}\u{80}\u{2028}\u{10ffff}\"",
            r#""\uFFFE\uFFFF""#,
        ] {
            assert!(
                read(text.as_bytes()).is_ok(),
                "{text}: {:?}",
                read(text.as_bytes())
            );
        }
    }

    #[test]
    fn what_is_no_json_is_a_fault() {
        for text in [
            "",
            " ",
            "nul",
            "nulll",
            "True",
            "NULL",
            "undefined",
            "NaN",
            "Infinity",
            "-Infinity",
            "'a'",
            "a",
            "[",
            "]",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[1,,2]",
            "[1 2]",
            "[1]]",
            "[1],",
            "[\"a\",\n4\n,1,",
            "[1:2]",
            "{",
            "}",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{,\"a\":1}",
            "{\"a\" 1}",
            "{\"a\"::1}",
            "{a:1}",
            "{1:1}",
            "{null:1}",
            "{'a':1}",
            "{\"a\":1}#",
            "{\"a\":1}/**/",
            "{\"a\":1 \"b\"}",
            "{}}",
            "[1]x",
            "1 2",
            "/**/1",
            "// a\n1",
            "\u{feff}1",
            "\u{a0}1",
            "\u{c}1",
            "1\0",
            "-",
            "+1",
            "-a",
            "--1",
            "- 1",
            "01",
            "-01",
            "1.",
            ".5",
            "-.5",
            "1.e1",
            "1e",
            "1e+",
            "1e1.5",
            "0x1",
            "1_0",
            "1e400",
            "-1e400",
            "\u{ff11}",
            "\"",
            "\"a",
            "\"\\\"",
            "\"\\a\"",
            "\"\\x00\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"\\",
            "\"a\nb\"",
            "\"\t\"",
            "\"\0\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud800\\ud800\"",
            "\"\\ud800\\n\"",
            "\"\\ud800abc\"",
        ] {
            assert!(
                read(text.as_bytes()).is_err(),
                "{text:?}: {:?}",
                read(text.as_bytes())
            );
        }
        for bytes in [
            &b"\"\xff\""[..],
            b"\xff",
            b"[\xe0\xff]",
            b"\"\xed\xa0\x80\"",
            b"\"\xc0\xaf\"",
            b"\"\xf4\x90\x80\x80\"",
            b"\"\xe2\x82\"",
            b"\xef\xbb\xbf1",
            b"1\0\0\0",
            b"\"a\"\0",
        ] {
            assert!(read(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn one_mark_in_front_of_a_body_is_ignored() {
        for (body, rest) in [("\u{feff}1", "1"), ("\u{feff}\u{feff}1", "\u{feff}1"), (" \u{feff}1", " \u{feff}1")] {
            assert_eq!(unmarked(body.as_bytes()), rest.as_bytes());
        }
        assert_eq!(unmarked(b"\xef\xbb"), b"\xef\xbb");
        assert_eq!(unmarked(b""), b"");
    }

    #[test]
    fn what_is_no_utf_8_has_a_place() {
        for (text, shown) in [
            (&b"{\"a\": [\n\"b\xff\"]}"[..], "the text isn't UTF-8 (line 2, column 2)"),
            (b"\xff", "the text isn't UTF-8 (line 1, column 0)"),
            (b"{}\xff", "the text isn't UTF-8"),
            (b"[1 \xff]", "the text isn't UTF-8 (line 1, column 3)"),
            // The first fault is the one that is seen.
            (b"[1 2, \xff]", "expected `,` or `]` (line 1, column 4)"),
        ] {
            let fault = read(text).unwrap_err().to_string();
            assert!(fault.ends_with(shown), "{fault}");
        }
        let fault = from_json::<std::collections::BTreeMap<String, Vec<String>>>(b"{\"a\": [\"\xff\"]}");
        assert_eq!(fault.unwrap_err().path(), "a[0]");
    }

    #[test]
    fn depth_has_an_end_and_length_has_none() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(nested(127).as_bytes()).is_ok());
        for depth in [128, 100_000] {
            assert!(read(nested(depth).as_bytes()).is_err(), "{depth}");
            assert!(read("[".repeat(depth).as_bytes()).is_err(), "{depth}");
            assert!(read("{\"a\":".repeat(depth).as_bytes()).is_err(), "{depth}");
        }
        let long = format!("[{}1]", "1,".repeat(100_000));
        assert!(read(long.as_bytes()).is_ok());
    }

    #[test]
    fn what_is_skipped_must_be_json_too() {
        struct Skips;
        impl Decode for Skips {
            fn blank() -> Self {
                Self
            }
            fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
                let Token::Object(members) = token else {
                    return Ok(());
                };
                while members.name(&mut |_| ())? {
                    members.value(None)?;
                }
                Ok(())
            }
        }
        assert!(from_json::<Skips>(br#"{"a": [1, {"b": null}], "c": "d"}"#).is_ok());
        assert!(from_json::<Skips>(b"{\"a\": \"\xff\"}").is_err());
        for text in [r#"{"a": [1, {"b": nul}]}"#, r#"{"a": [1}"#, r#"{"a": 01}"#] {
            assert!(from_json::<Skips>(text.as_bytes()).is_err(), "{text}");
        }
    }
}
