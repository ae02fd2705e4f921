//! The body of a form with parts: its type is written out by its constructor and setters, for files are in no JSON.

use clientwright::emit::surface::{Entry, Part, Role, Surface};
use clientwright::ir::{TypeKind, TypeRef};
use serde_json::Value;

use super::api::Document;
use super::argument::{Given, expression as argument};
use super::scenario::{Content, Data, File};
use super::values::{behind, typed};

/// `&c0::types::Form::new(…).photo(…)`
///
/// # Errors
///
/// Why it can't be written.
pub fn expression(content: &Content, ty: &TypeRef, document: &Document, client: &str) -> Result<String, String> {
    let TypeRef::Named(id) = behind(ty, &document.model.api) else {
        return Err("the form is no struct".to_owned());
    };
    let surface = Surface::new(&document.model).map_err(|error| error.to_string())?;
    let members = match &document.model.api.types.get(id).map(|def| &def.kind) {
        Some(TypeKind::Struct(of)) => of.members.as_slice(),
        _ => &[],
    };
    let id = document.model.facts.same.get(id).unwrap_or(id);
    let entries = surface.of_type(id);
    let path = entries.first().map(|entry| format!("{client}::{}", entry.path)).ok_or("the form has no type")?;
    let (mut arguments, mut literals, mut setters) = (Vec::new(), Vec::new(), String::new());
    let mut taken = Vec::new();
    for entry in &entries {
        let Part::Member(wire) = &entry.part else { continue };
        let is_required = matches!(entry.role, Role::Argument | Role::Literal);
        if !is_required && entry.role != Role::Setter {
            continue;
        }
        let Some(given) = given(content, wire, &entry.ty) else {
            if is_required {
                return Err(format!("the scenario gives no value for the required part `{wire}`"));
            }
            continue;
        };
        taken.push(wire.as_str());
        // Every part is text: the mock API has a number where the description has text.
        let member = members.iter().find(|member| member.wire == *wire);
        let given = match (given, member) {
            (Given::Json(value @ (Value::Number(_) | Value::Bool(_))), Some(member)) => {
                Given::Json(typed(&value.to_string(), &member.ty, &document.model.api))
            }
            (given, _) => given,
        };
        let value = argument(&given, &entry.ty, client)?;
        match entry.role {
            Role::Argument => arguments.push(value),
            Role::Literal => literals.push((entry, value)),
            _ => setters.push_str(&format!(".{}({value})", entry.name)),
        }
    }
    let names = content.parts.keys().chain(content.files.iter().map(|file| &file.part));
    if let Some(name) = names.into_iter().find(|name| !taken.contains(&name.as_str())) {
        return Err(format!("the description doesn't have the part `{name}`"));
    }
    if let Some(literal) = gathered(&literals, client) {
        arguments.push(literal);
    }
    Ok(format!("&{path}::new({}){setters}", arguments.join(", ")))
}

/// `c0::types::FormRequired { … }`, where the required members are given by name.
fn gathered(literals: &[(&Entry, String)], client: &str) -> Option<String> {
    let (first, _) = literals.first()?;
    let (path, _) = first.path.rsplit_once("::")?;
    let members: Vec<String> = literals.iter().map(|(entry, value)| format!("{}: {value}", entry.name)).collect();
    Some(format!("{client}::{path} {{ {} }}", members.join(", ")))
}

/// What the scenario sends as a part.
fn given(content: &Content, wire: &str, ty: &str) -> Option<Given> {
    if let Some(value) = content.parts.get(wire) {
        return Some(Given::Json(value.clone()));
    }
    let files: Vec<File> = content.files.iter().filter(|file| file.part == wire).cloned().collect();
    let first = files.first()?;
    Some(match ty.contains("FilePart") {
        true if ty.contains("Vec<") => Given::Files(files),
        true => Given::File(first.clone()),
        // The mock API has a part that is JSON as a file.
        false => Given::Json(match &first.data {
            Data::Text(text) => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str())),
            Data::Base64(_) => return None,
        }),
    })
}
