//! Types in other words: those of programming languages, and formats.

use super::words::one_of;
use super::{Slips, is_schema, squashed};
use crate::diag::SPELT_OTHERWISE;
use crate::load::tree::{Map, Node, Value};
use crate::normalize::grammar::{Kind, Shape};
use crate::normalize::nodes::{set, text};
use crate::normalize::version::Version;
use crate::pointer::Pointer;

/// Words without case and separators, with the type and the format that each means. What may be a number as well as a text,
/// such as `decimal` and `timestamp`, is not among them.
const WORDS: [(&[&str], &str, Option<&str>); 18] = [
    (&["str", "text", "varchar", "char"], "string", None),
    (&["int", "bigint", "smallint", "short"], "integer", None),
    (&["int32"], "integer", Some("int32")),
    (&["int64", "long"], "integer", Some("int64")),
    (&["num"], "number", None),
    (&["float"], "number", Some("float")),
    (&["double"], "number", Some("double")),
    (&["bool"], "boolean", None),
    (&["list"], "array", None),
    (&["dict", "dictionary", "map", "hash", "hashmap"], "object", None),
    (&["date"], "string", Some("date")),
    (&["datetime"], "string", Some("date-time")),
    (&["uuid", "guid"], "string", Some("uuid")),
    (&["email"], "string", Some("email")),
    (&["uri", "url"], "string", Some("uri")),
    (&["password"], "string", Some("password")),
    (&["file"], "string", Some("binary")),
    (&["binary"], "string", Some("binary")),
];

/// Gives the `type` of an object of a kind that has one its word, and the `format` that it says.
pub(super) fn mend(slips: &mut Slips<'_>, map: &mut Map, kind: &Kind, place: &Pointer) {
    let Some(Shape::Choice(choices)) = kind.member("type").map(|member| member.shape) else { return };
    let Some(said) = map.get_mut("type").filter(|_| choices.contains(&"string")) else { return };
    // In YAML, null without quotes is no text; from 3.1 on it is read as the type all the same.
    if matches!(said.node.value, Value::Null) && is_schema(kind) && slips.versions.of(said.node.file) < Version::V3_1 {
        let (at, span) = (slips.moved.was(place).child("type"), said.node.span());
        let message = "`type: null` is read as `type: \"null\"`".to_owned();
        slips.report_at(&SPELT_OTHERWISE, at, false, span, message, "write `nullable: true`".to_owned());
        said.node.value = Value::Text("null".to_owned());
        return;
    }
    if let Value::List(list) = &mut said.node.value {
        let of_place = place.child("type");
        for (index, item) in list.iter_mut().enumerate() {
            let meant = item.as_text().filter(|text| *text != "null").and_then(|text| self::meant(text, choices));
            if let Some((ty, None)) = meant {
                be(slips, item, &of_place.item(index), ty, None);
            }
        }
        return;
    }
    let Some((ty, format)) = said.node.as_text().and_then(|text| meant(text, choices)) else { return };
    be(slips, &mut said.node, &place.child("type"), ty, format);
    let format = format.map(|format| text(format, &said.node));
    if let Some(format) = format.filter(|_| !map.contains_key("format")) {
        set(map, "format", format);
    }
}

/// The type and the format that a word means; `None` for what is a type, or none at all.
pub(super) fn meant(text: &str, choices: &[&'static str]) -> Option<(&'static str, Option<&'static str>)> {
    if choices.contains(&text) {
        return None;
    }
    if let Some(ty) = one_of(text, choices) {
        return Some((ty, None));
    }
    let word = squashed(text);
    let (_, ty, format) = WORDS.into_iter().find(|(words, ..)| words.contains(&&*word))?;
    Some((ty, format))
}

fn be(slips: &mut Slips<'_>, node: &mut Node, place: &Pointer, ty: &str, format: Option<&str>) {
    let shown = match format {
        Some(format) => format!("`type: {ty}` with `format: {format}`"),
        None => format!("`type: {ty}`"),
    };
    let message = format!("`type: {}` is read as {shown}", node.as_text().unwrap_or_default());
    let (at, span) = (slips.moved.was(place), node.span());
    slips.report_at(&SPELT_OTHERWISE, at, false, span, message, format!("write {shown}"));
    node.value = Value::Text(ty.to_owned());
}
