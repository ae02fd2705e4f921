//! Arguments: the Rust that makes a value of the type that a signature has.

use serde_json::Value;

use super::scenario::{Data, File};

/// A value that is passed.
#[derive(Clone, Debug)]
pub enum Given {
    /// A JSON value.
    Json(Value),
    /// A file of a form.
    File(File),
    /// Files of a form.
    Files(Vec<File>),
}

/// The expression that makes `given` an argument of the type `ty`; `client` is the crate.
///
/// # Errors
///
/// Why no value of that type is `given`.
pub fn expression(given: &Given, ty: &str, client: &str) -> Result<String, String> {
    match given {
        Given::Json(value) => of_json(value, ty, client),
        Given::File(file) if ty.contains("Vec<") => Ok(format!("vec![{}]", of_file(file, client))),
        Given::File(file) => Ok(of_file(file, client)),
        Given::Files(files) => {
            let files: Vec<String> = files.iter().map(|file| of_file(file, client)).collect();
            Ok(format!("vec![{}]", files.join(", ")))
        }
    }
}

fn of_json(value: &Value, ty: &str, client: &str) -> Result<String, String> {
    let text = || value.as_str().ok_or_else(|| format!("{value} is no text, which the client wants"));
    if let Some(inner) = ty.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>')) {
        return match value {
            Value::Null => Ok("None".to_owned()),
            _ => Ok(format!("Some({})", of_json(value, inner, client)?)),
        };
    }
    if let Some(inner) = ty.strip_prefix("impl Into<").and_then(|rest| rest.strip_suffix('>')) {
        return match inner {
            "String" => Ok(literal(text()?)),
            _ => {
                let path = if inner == "f64" { inner.to_owned() } else { format!("{client}::{inner}") };
                Ok(format!("json::<{path}>({})?", literal(&value.to_string())))
            }
        };
    }
    match ty {
        "&str" => Ok(literal(text()?)),
        "&[&str]" => {
            let items = value.as_array().ok_or_else(|| format!("{value} is no list, which the client wants"))?;
            let items: Option<Vec<String>> = items.iter().map(|item| item.as_str().map(literal)).collect();
            let items = items.ok_or_else(|| format!("{value} is no list of texts, which the client wants"))?;
            Ok(format!("&[{}]", items.join(", ")))
        }
        _ if ty.starts_with("&[") => Ok(format!("json::<Vec<_>>({})?.as_slice()", literal(&value.to_string()))),
        _ if ty.starts_with('&') => Ok(format!("&json({})?", literal(&value.to_string()))),
        _ => Ok(format!("json({})?", literal(&value.to_string()))),
    }
}

fn of_file(file: &File, client: &str) -> String {
    let mut text = format!("{client}::FilePart::new({})", bytes(&file.data));
    if !file.name.is_empty() {
        text.push_str(&format!(".file_name({})", literal(&file.name)));
    }
    if !file.media_type.is_empty() {
        text.push_str(&format!(".content_type({})", literal(&file.media_type)));
    }
    text
}

/// A `Vec<u8>`.
pub fn bytes(data: &Data) -> String {
    match data {
        Data::Text(text) => format!("{}.as_bytes().to_vec()", literal(text)),
        Data::Base64(base64) => format!("base64({})", literal(base64)),
    }
}

/// A text in Rust.
pub fn literal(text: &str) -> String {
    format!("{text:?}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_made_by_what_the_signature_says() {
        let of = |value: Value, ty: &str| expression(&Given::Json(value), ty, "c0");
        let made = |value: Value, ty: &str, expected: &str| assert_eq!(of(value, ty).as_deref(), Ok(expected), "{ty}");
        made(json!("a\"b"), "&str", r#""a\"b""#);
        made(json!(["a", "b"]), "&[&str]", r#"&["a", "b"]"#);
        made(json!([1]), "&[i64]", r#"json::<Vec<_>>("[1]")?.as_slice()"#);
        made(json!("2026-01-31"), "impl Into<Date>", r#"json::<c0::Date>("\"2026-01-31\"")?"#);
        made(json!(1.5), "impl Into<f64>", r#"json::<f64>("1.5")?"#);
        made(json!(null), "Option<&Pet>", "None");
        made(json!({}), "Option<&Pet>", r#"Some(&json("{}")?)"#);
        made(json!(true), "bool", r#"json("true")?"#);
        assert!(of(json!(1), "&str").is_err());
    }
}
