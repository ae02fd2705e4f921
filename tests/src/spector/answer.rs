//! Answers: the Rust that sends a request and holds what comes against what is expected.

use clientwright::emit::surface::{Entry, Part, Role};
use clientwright::ir::{Answer, Item, Operation, Sequence, SequenceFormat};

use super::argument::{bytes, literal};
use super::scenario::{Call, Data};
use super::values::shown;

/// The statements behind `let request = …;` for a call that is answered.
///
/// # Errors
///
/// Why that can't be written.
pub fn check(operation: &Operation, entries: &[Entry], call: &Call, client: &str) -> Result<String, String> {
    let expected = expected(call);
    if call.status >= 400 {
        return Ok(format!("fails(request.send().await.map(drop).map_err(told), {})?;", call.status));
    }
    let method = match (&operation.success, &operation.stream, call.answer.as_ref()) {
        (Answer::Stream(sequence), _, _) => return Ok(stream("send", sequence, entries, client, &expected)),
        (_, Some(sequence), Some(answer)) if answer.media_type.starts_with(&sequence.media_type) => {
            return Ok(stream("stream", sequence, entries, client, &expected));
        }
        (success, _, Some(answer)) if !reads(success, &answer.media_type) => {
            return Ok(format!(
                "let answer = request.send().raw().await.map_err(told)?;\n    \
                 same(Got::Bytes(answer.bytes().await.map_err(told)?.to_vec()), {expected})?;"
            ));
        }
        _ => "request.send().with_response().await.map_err(told)?",
    };
    let other = "return Err(\"the answer differs: it is none that the description has\".to_owned())";
    let got = taken(operation, entries, client, other);
    let mut text = format!("let answer = {method};\n    let got = {got};\n");
    text.push_str(&format!("    answered(answer.status().as_u16(), {})?;\n", call.status));
    for (name, value) in &call.answer_headers {
        let (name, value) = (literal(name), literal(&shown(value)));
        text.push_str(&format!("    header({name}, answer.header::<String>({name}), {value})?;\n"));
    }
    text.push_str(&format!("    same(got, {expected})?;"));
    Ok(text)
}

/// The `Got` of what `answer` has, which is no stream; of one of several that the client doesn't know, `other`.
pub fn taken(operation: &Operation, entries: &[Entry], client: &str, other: &str) -> String {
    match &operation.success {
        Answer::OneOf(cases) => {
            let mut arms = Vec::new();
            for entry in entries.iter().filter(|entry| entry.role == Role::Variant) {
                let Part::Case(Some(status)) = &entry.part else { continue };
                let Some(case) = cases.iter().find(|case| case.status == *status) else { continue };
                let path = format!("{client}::{}", entry.path);
                arms.push(match (&case.answer, entry.ty.is_empty()) {
                    (_, true) => format!("{path} => Got::Nothing,"),
                    (answer, false) => format!("{path}(value) => {},", got(answer, "value")),
                });
            }
            arms.push(format!("_ => {other},"));
            format!("match answer.value() {{ {} }}", arms.join(" "))
        }
        answer => got(answer, "answer.value()"),
    }
}

/// Whether an answer of this media type is read, by what it is to a program; another is there as it comes.
fn reads(answer: &Answer, media_type: &str) -> bool {
    let is_json = media_type == "application/json" || media_type.ends_with("+json");
    match answer {
        Answer::Json { .. } => is_json,
        Answer::OneOf(cases) => cases.iter().any(|case| reads(&case.answer, media_type)),
        Answer::Empty | Answer::Text { .. } | Answer::Bytes { .. } | Answer::Redirect | Answer::Stream(_) => true,
    }
}

fn got(answer: &Answer, value: &str) -> String {
    match answer {
        Answer::Empty => "Got::Nothing".to_owned(),
        Answer::Json { .. } => format!("Got::json({value})?"),
        Answer::Text { .. } => format!("Got::Text({value}.clone())"),
        Answer::Bytes { .. } | Answer::Redirect => format!("Got::Bytes({value}.to_vec())"),
        Answer::Stream(_) | Answer::OneOf(_) => "Got::Nothing".to_owned(),
    }
}

fn stream(method: &str, sequence: &Sequence, entries: &[Entry], client: &str, expected: &str) -> String {
    let push = match (sequence.format, &sequence.item) {
        (SequenceFormat::Events, Item::Json { .. }) => "got.push(event(item.event, to_json(&item.data)?));".to_owned(),
        (SequenceFormat::Events, Item::Text) => "got.push(event(item.event, item.data.into()));".to_owned(),
        (SequenceFormat::Events, Item::Events(_)) => {
            let data = named(entries, client);
            format!("let data = {data}; got.push(event(item.event, data));")
        }
        _ => "got.push(to_json(&item)?);".to_owned(),
    };
    let compare = if sequence.format == SequenceFormat::Events { "same_events" } else { "same_lines" };
    format!(
        "let mut stream = request.{method}().await.map_err(told)?;\n    let mut got = Vec::new();\n    while let Some(item) = \
         stream.try_next().await.map_err(told)? {{ {push} }}\n    {compare}(got, {expected})?;"
    )
}

/// The data of an event that its name tells apart.
fn named(entries: &[Entry], client: &str) -> String {
    let listed = entries.iter().filter(|entry| entry.role == Role::Variant && matches!(entry.part, Part::Event(_)));
    let arms = listed.map(|entry| format!("{client}::{}(value) => to_json(value)?,", entry.path));
    let other = "_ => return Err(\"an event that the description doesn't have\".to_owned()),";
    format!("match &item.data {{ {} {other} }}", arms.collect::<Vec<_>>().join(" "))
}

/// The statements for the items of all pages, which are at `items` of each answer.
pub fn check_items(calls: &[Call], items: &[String]) -> String {
    let pointer: String = items.iter().map(|key| format!("/{key}")).collect();
    let bodies = calls.iter().filter_map(|call| call.answer.as_ref()?.json());
    let all: Vec<serde_json::Value> =
        bodies.filter_map(|body| body.pointer(&pointer)?.as_array().cloned()).flatten().collect();
    let all = literal(&serde_json::Value::from(all).to_string());
    format!(
        "let mut items = request.items();\n    let mut got = Vec::new();\n    while let Some(item) = \
         items.try_next().await.map_err(told)? {{ got.push(to_json(&item)?); }}\n    same(Got::Json(got.into()), \
         {all}.as_bytes().to_vec())?;"
    )
}

fn expected(call: &Call) -> String {
    let nothing = Data::Text(String::new());
    bytes(call.answer.as_ref().map_or(&nothing, |answer| &answer.data))
}
