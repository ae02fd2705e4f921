//! What the calls of all scenarios share; a part of the driver that is written, not of this crate.

use serde_json::{Value, json};

/// What a call gave.
pub enum Got {
    Nothing,
    Json(Value),
    Text(String),
    Bytes(Vec<u8>),
}

impl Got {
    pub fn json(value: &impl serde::Serialize) -> Result<Self, String> {
        Ok(Self::Json(to_json(value)?))
    }
}

pub fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| format!("the client takes no such value: {error}: {text}"))
}

pub fn to_json(value: &impl serde::Serialize) -> Result<Value, String> {
    serde_json::to_value(value).map_err(|error| format!("the answer can't be written again: {error}"))
}

pub fn base64(text: &str) -> Vec<u8> {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for digit in text.bytes().filter_map(|byte| digits.iter().position(|digit| *digit == byte)) {
        (bits, count) = (bits << 6 | digit as u32, count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

/// An error of a client.
pub struct Failure {
    pub status: Option<u16>,
    pub words: String,
}

impl From<Failure> for String {
    fn from(failure: Failure) -> Self {
        failure.words
    }
}

/// The error of a client, by its status, its body (which has what the server misses) and its own words.
pub fn failure(status: Option<u16>, body: &[u8], words: &str) -> Failure {
    let words = match status {
        Some(status) if status >= 400 => {
            format!("the server refused: {status} {}", short(&String::from_utf8_lossy(body)))
        }
        _ => format!("the client failed: {words}"),
    };
    Failure { status, words }
}

pub fn fails(answer: Result<(), Failure>, status: u16) -> Result<(), String> {
    match answer {
        Err(failure) if failure.status == Some(status) => Ok(()),
        Err(failure) => Err(failure.words),
        Ok(()) => Err(format!("the answer differs: a success, and not {status}")),
    }
}

pub fn answered(status: u16, expected: u16) -> Result<(), String> {
    if status == expected { Ok(()) } else { Err(format!("the answer differs: {status}, and not {expected}")) }
}

pub fn header(name: &str, value: Option<String>, expected: &str) -> Result<(), String> {
    if value.as_deref() == Some(expected) {
        return Ok(());
    }
    Err(format!("the answer differs: {name} is {value:?}, and not {expected}"))
}

pub fn same(got: Got, expected: Vec<u8>) -> Result<(), String> {
    let text = String::from_utf8_lossy(&expected);
    match got {
        Got::Nothing if expected.is_empty() => Ok(()),
        Got::Nothing => Err(format!("the answer differs: nothing, and not {}", short(&text))),
        Got::Json(Value::Null) if expected.is_empty() => Ok(()),
        Got::Json(value) => match serde_json::from_str(&text) {
            Ok(expected) if equal(&value, &expected) => Ok(()),
            _ => Err(format!("the answer differs: {}, and not {}", short(&value.to_string()), short(&text))),
        },
        Got::Text(got) if got == text => Ok(()),
        Got::Text(got) => Err(format!("the answer differs: {}, and not {}", short(&got), short(&text))),
        Got::Bytes(got) if got == expected => Ok(()),
        Got::Bytes(got) => Err(format!("the answer differs: {} bytes, and not {}", got.len(), expected.len())),
    }
}

pub fn event(name: Option<String>, data: Value) -> Value {
    json!({ "event": name, "data": data })
}

pub fn same_events(got: Vec<Value>, expected: Vec<u8>) -> Result<(), String> {
    let text = String::from_utf8_lossy(&expected);
    let mut events = Vec::new();
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let all = |field: &str| {
            let values = block.lines().filter_map(|line| line.strip_prefix(field));
            values.map(str::trim_start).collect::<Vec<_>>()
        };
        let data = all("data:").join("\n");
        // What ends a stream is no value where the values are JSON.
        if data == "[DONE]" && got.len() == events.len() {
            continue;
        }
        let data = match got.get(events.len()).is_some_and(|event| event["data"].is_string()) {
            true => Value::from(data),
            false => serde_json::from_str(&data).unwrap_or(Value::from(data)),
        };
        events.push(event(all("event:").first().map(|name| (*name).to_owned()), data));
    }
    same(Got::Json(got.into()), Value::from(events).to_string().into_bytes())
}

pub fn same_lines(got: Vec<Value>, expected: Vec<u8>) -> Result<(), String> {
    let text = String::from_utf8_lossy(&expected);
    let lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    same(Got::Json(got.into()), Value::from(lines).to_string().into_bytes())
}

/// Whether two values are the same in JSON: `1` and `1.0` are.
fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |name: &String, value: &Value| other.get(name).is_some_and(|other| equal(value, other));
            one.len() == other.len() && one.iter().all(|(name, value)| has(name, value))
        }
        _ => one == other,
    }
}

fn short(text: &str) -> String {
    if text.chars().count() <= 160 { text.to_owned() } else { text.chars().take(160).chain(['…']).collect() }
}
