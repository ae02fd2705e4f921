//! What an unquoted YAML scalar is: takes its text, gives a [`Value`] by the core schema (YAML 1.2.2, section 10.3.2).
//! Never rounds or rewrites a number: what JSON can't write stays a text, and the caller is told.

use super::tree::{Number, Value};

/// What a plain scalar was resolved to.
#[derive(Debug)]
pub(super) enum Plain {
    /// A value of the core schema that JSON has too.
    Json(Value),
    /// A number of the core schema that JSON can't write, such as `0x1F`, `+1`, `007`, `.5` or `.inf`.
    OtherNumber,
}

/// Resolves a plain scalar without a tag.
pub(super) fn resolve(text: &str) -> Plain {
    let value = match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Boolean(true),
        "false" | "False" | "FALSE" => Value::Boolean(false),
        number if is_json_number(number) => Value::Number(Number(number.to_owned())),
        number if is_core_number(number) => return Plain::OtherNumber,
        text => Value::Text(text.to_owned()),
    };
    Plain::Json(value)
}

/// Whether `text` is a number by RFC 8259, section 6.
pub(super) fn is_json_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits(text);
    if whole == 0 || (whole > 1 && text.starts_with('0')) {
        return false;
    }
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => match digits(fraction) {
            (0, _) => return false,
            (_, rest) => rest,
        },
        None => rest,
    };
    rest.is_empty() || is_exponent(rest)
}

/// Whether `text` is a number by YAML's core schema, in any form.
fn is_core_number(text: &str) -> bool {
    if let Some(octal) = text.strip_prefix("0o") {
        return !octal.is_empty() && octal.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    }
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return !hexadecimal.is_empty() && hexadecimal.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(text, ".inf" | ".Inf" | ".INF") {
        return true;
    }
    let (whole, rest) = digits(text);
    let (fraction, rest) = rest.strip_prefix('.').map_or((0, rest), digits);
    whole + fraction > 0 && (rest.is_empty() || is_exponent(rest))
}

fn is_exponent(text: &str) -> bool {
    let Some(power) = text.strip_prefix(['e', 'E']) else { return false };
    let power = power.strip_prefix(['-', '+']).unwrap_or(power);
    matches!(digits(power), (1.., ""))
}

/// How many ASCII digits `text` begins with, and what follows them.
fn digits(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit());
    (text.len() - rest.len(), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> &'static str {
        match resolve(text) {
            Plain::Json(value) => value.kind(),
            Plain::OtherNumber => "another number",
        }
    }

    #[test]
    fn the_core_schema_decides() {
        for text in [
            "NO",
            "no",
            "y",
            "Y",
            "on",
            "off",
            "1_000",
            "1.2.3",
            "2024-01-01",
            "0b1",
            "e5",
            ".",
            "+",
            "-",
            "0x",
            "0o8",
            "1e",
            "tRUE",
            "- 1",
            "+.inf5",
            "12:30:45",
            "1e+",
        ] {
            assert_eq!(kind(text), "a text", "{text}");
        }
        for text in ["0", "-0", "10", "1.10", "1e3", "1E+3", "-1.5e-10", "123456789012345678901234567890"] {
            assert_eq!(kind(text), "a number", "{text}");
        }
        for text in ["+1", "007", "0x1F", "0o17", ".5", "5.", "-.5", "+.5e3", ".inf", "-.Inf", "+.INF", ".nan", "1.e3"]
        {
            assert_eq!(kind(text), "another number", "{text}");
        }
        for text in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(kind(text), "null", "{text}");
        }
        for text in ["true", "True", "TRUE", "false", "False", "FALSE"] {
            assert_eq!(kind(text), "a boolean", "{text}");
        }
    }
}
