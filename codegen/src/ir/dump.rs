//! An [`Api`] as a few lines of text, for snapshots in tests: one line a type, member, operation and parameter, with what
//! is not as usual behind it.

use std::fmt::Write as _;

use super::{
    Answer, Api, Case, Docs, Item, Items, JsonKind, Notes, Operation, Origin, Parameter, Part, Preset, Sequence,
    Server, Style, Told, TypeDef, TypeKind, TypeRef,
};

/// The API in lines. Types are shown by the pointers of their schemas, without `#`.
pub(crate) fn dump(api: &Api) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} {} at {}",
        api.info.title,
        api.info.version,
        api.server.as_ref().map_or("-", |server| &server.url)
    );
    for Server { url, variables, description: _ } in &api.servers {
        let variables = variables.iter().map(|(name, variable)| {
            let values = variable.values.iter().map(|value| format!("|{value}")).collect::<String>();
            format!(" {name}={}{values}", variable.default.as_deref().unwrap_or("-"))
        });
        let _ = writeln!(out, "  server {url}{}", variables.collect::<String>());
    }
    for (name, scheme) in &api.security_schemes {
        let _ = writeln!(out, "scheme {name}: {:?}{}", scheme.kind, docs(&scheme.docs));
    }
    for (name, words) in &api.tags {
        let below = api.tag_parents.get(name).map(|parent| format!(" below {parent}")).unwrap_or_default();
        let _ = writeln!(out, "tag {name}{below}{}", docs(words));
    }
    api.types.values().for_each(|def| type_def(def, &mut out));
    api.operations.iter().for_each(|one| operation(one, &mut out));
    for one in &api.webhooks {
        let call = one.call.as_ref();
        let call = call.map(|call| format!(" of {} at {}", short(call.operation.as_str()), call.expression));
        let null = if one.nullable { " or null" } else { "" };
        let (name, call, words) = (&one.name, call.unwrap_or_default(), docs(&one.docs));
        let _ = writeln!(out, "webhook {name} {}{call}: {}{null}{words}", one.method, type_ref(&one.ty));
    }
    out
}

fn type_def(def: &TypeDef, out: &mut String) {
    let deprecated = if def.deprecated { " deprecated" } else { "" };
    let _ =
        write!(out, "type {} <- {}{deprecated}{}: ", short(def.id.0.as_str()), origin(&def.origin), docs(&def.docs));
    match &def.kind {
        TypeKind::Alias(ty) => {
            let _ = writeln!(out, "= {}{}", type_ref(ty), notes(&def.notes));
        }
        TypeKind::Enum(one) => {
            let of = if one.kind == JsonKind::Integer { "integer enum" } else { "enum" };
            let values =
                one.values.iter().map(|value| format!("{value}{}", one.words.get(value).map(docs).unwrap_or_default()));
            let _ = writeln!(out, "{of} {}{}", values.collect::<Vec<_>>().join(" | "), notes(&def.notes));
        }
        TypeKind::Union(union) => {
            let branches = union.branches.iter().map(|branch| {
                let said = notes(&branch.notes) + &docs(&branch.docs);
                format!("{}: {}{said}", told(&branch.told), type_ref(&branch.ty))
            });
            let _ = writeln!(out, "union {}", branches.collect::<Vec<_>>().join(" | "));
        }
        TypeKind::Tuple(tuple) => {
            out.push_str("tuple\n");
            for item in &tuple.items {
                let null = if item.nullable { " or null" } else { "" };
                let _ = writeln!(out, "  {}{null}{}{}", type_ref(&item.ty), notes(&item.notes), docs(&item.docs));
            }
        }
        TypeKind::Struct(one) => {
            out.push_str("struct\n");
            for member in &one.members {
                let required = mark(member.required, member.preset.as_ref());
                let null = if member.nullable { " or null" } else { "" };
                let deprecated = if member.deprecated { " deprecated" } else { "" };
                let _ = write!(out, "  {}{required}: {}{null}{deprecated}", member.wire, type_ref(&member.ty));
                let _ = writeln!(out, "{}{}", notes(&member.notes), docs(&member.docs));
            }
            if let Some(additional) = &one.additional {
                let _ = writeln!(out, "  others: {}{}", type_ref(&additional.ty), notes(&additional.notes));
            }
        }
    }
}

fn told(told: &Told) -> String {
    match told {
        Told::Kind(kind) => format!("{kind:?}"),
        Told::Tagged { member, values } => {
            let values = values.iter().map(ToString::to_string);
            format!("{member}={}", values.collect::<Vec<_>>().join("/"))
        }
        Told::Fitting { kind, listed, whole } => {
            let how = if *whole { "whole" } else { "fitting" };
            let listed = listed.as_ref().map(|(member, values)| {
                let values = values.iter().map(ToString::to_string);
                format!(" {member}={}", values.collect::<Vec<_>>().join("/"))
            });
            format!("{how} {kind:?}{}", listed.unwrap_or_default())
        }
        Told::Having { members } => format!("has {}", members.join("/")),
    }
}

fn operation(operation: &Operation, out: &mut String) {
    let id = operation.id.as_deref().unwrap_or("-");
    let _ = write!(out, "{} {} ({id})", operation.method.as_str(), operation.path);
    for tag in &operation.tags {
        let _ = write!(out, " [{tag}]");
    }
    let deprecated = if operation.deprecated { " deprecated" } else { "" };
    let _ = writeln!(out, "{deprecated}{}", docs(&operation.docs));
    if let Some(server) = &operation.server {
        let _ = writeln!(out, "  at {}", server.template);
    }
    for (name, value) in &operation.query {
        let _ = writeln!(out, "  query {name}={value}");
    }
    operation.parameters.iter().for_each(|one| parameter(one, out));
    if let Some(body) = &operation.body {
        let required = if body.required { "!" } else { "" };
        let holds = match &body.payload {
            super::Payload::Json { ty, .. } => type_ref(ty),
            super::Payload::Lines { ty } => format!("lines of {}", type_ref(ty)),
            super::Payload::Form { ty, styles } => {
                let styles: Vec<_> = styles.iter().map(|(wire, style)| format!(" {wire}{}", shown(*style))).collect();
                format!("form of {}{}", type_ref(ty), styles.concat())
            }
            super::Payload::Multipart { ty, types, choices, styles } => {
                let types = types.iter().chain(choices).map(|(wire, media_type)| format!(" {wire} {media_type}"));
                let styles = styles.iter().map(|(wire, style)| format!(" {wire}{}", shown(*style)));
                format!("parts of {}{}", type_ref(ty), types.chain(styles).collect::<String>())
            }
            super::Payload::Encoded => "encoded".to_owned(),
            super::Payload::Text => "text".to_owned(),
            super::Payload::Bytes => "bytes".to_owned(),
        };
        let _ =
            writeln!(out, "  body{required} {}: {holds}{}", body.media_type, notes(&body.notes) + &docs(&body.docs));
    }
    let sequence =
        |sequence: &Sequence| format!("{}: {:?} of {}", sequence.media_type, sequence.format, item(&sequence.item));
    let _ = match &operation.success {
        Answer::Empty => writeln!(out, "  -> nothing"),
        Answer::Json { ty, nullable, optional, media_type } => {
            let null = if *nullable { " or null" } else { "" };
            let nothing = if *optional { " or nothing" } else { "" };
            writeln!(out, "  -> {media_type}: {}{null}{nothing}", type_ref(ty))
        }
        Answer::Text { media_types } => writeln!(out, "  -> {}: text", media_types.join(", ")),
        Answer::Bytes { media_types } => writeln!(out, "  -> {}: bytes", media_types.join(", ")),
        Answer::Redirect => writeln!(out, "  -> redirect to bytes"),
        Answer::Stream(of) => writeln!(out, "  -> {}", sequence(of)),
        Answer::OneOf(cases) => {
            let cases = cases.iter().map(|Case { status, answer, docs: said }| {
                let answer = match answer {
                    Answer::Json { ty, nullable, media_type, .. } => {
                        format!("{media_type}: {}{}", type_ref(ty), if *nullable { " or null" } else { "" })
                    }
                    Answer::Text { media_types } => format!("{}: text", media_types.join(", ")),
                    Answer::Bytes { media_types } => format!("{}: bytes", media_types.join(", ")),
                    _ => "nothing".to_owned(),
                };
                format!("  -> {status} {answer}{}\n", docs(said))
            });
            write!(out, "{}", cases.collect::<String>())
        }
    };
    for header in &operation.headers {
        let _ = writeln!(
            out,
            "  header {}: {}{}",
            header.wire,
            type_ref(&header.ty),
            notes(&header.notes) + &docs(&header.docs)
        );
    }
    if let Some(of) = &operation.stream {
        let _ = writeln!(out, "  or {}", sequence(of));
    }
    for (status, ty) in &operation.errors {
        let _ = writeln!(out, "  {status}: {}", type_ref(ty));
    }
    if !operation.security.is_empty() {
        let _ = writeln!(out, "  security {:?}", operation.security);
    }
}

fn item(of: &Item) -> String {
    match of {
        Item::Json { ty, nullable } => format!("{}{}", type_ref(ty), if *nullable { " or null" } else { "" }),
        Item::Text => "text".to_owned(),
        Item::Events(events) => {
            let events = events.iter().map(|event| format!("{} {}", event.name, item(&event.data)));
            events.collect::<Vec<_>>().join(" | ")
        }
    }
}

fn parameter(parameter: &Parameter, out: &mut String) {
    let location = parameter.location.as_str();
    let required = mark(parameter.required, parameter.preset.as_ref());
    let style = parameter.style;
    let written = if style == Style::usual(parameter.location) { String::new() } else { shown(style) };
    let deprecated = if parameter.deprecated { " deprecated" } else { "" };
    let _ = write!(out, "  {location} {}{required}: {}{written}{deprecated}", parameter.wire, type_ref(&parameter.ty));
    let _ = writeln!(out, "{}{}", notes(&parameter.notes), docs(&parameter.docs));
}

fn mark(required: bool, preset: Option<&Preset>) -> &'static str {
    match (required, preset) {
        (true, Some(_)) => "!?",
        (true, None) => "!",
        (false, _) => "",
    }
}

fn shown(style: Style) -> String {
    let explode = if style.explode { " exploded" } else { "" };
    let reserved = if style.reserved { " reserved" } else { "" };
    let whole = if style.whole { " whole" } else { "" };
    format!(" {:?}{explode}{reserved}{whole}", style.kind)
}

fn type_ref(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => short(id.0.as_str()).to_owned(),
        TypeRef::List(inner) => format!("[{}]", items(inner)),
        TypeRef::Map(inner) => format!("{{{}}}", items(inner)),
        TypeRef::Primitive(primitive) => format!("{primitive:?}"),
        TypeRef::TextOf(path) => format!("text of {path}"),
        TypeRef::NumberOf(path) => format!("number of {path}"),
        TypeRef::Any => "any".to_owned(),
    }
}

// As deep as lists and maps nest, which lowering bounds.
fn items(items: &Items) -> String {
    format!("{}{}", type_ref(&items.ty), if items.nullable { " or null" } else { "" })
}

fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Component(name) => format!("component {name}"),
        Origin::RequestBody { operation } => format!("body of {}", short(operation.as_str())),
        Origin::Webhook { webhook } => format!("body of {}", short(webhook.as_str())),
        Origin::Response { operation, status } => format!("{status} of {}", short(operation.as_str())),
        Origin::Item { operation, status } => format!("item of {status} of {}", short(operation.as_str())),
        Origin::Header { operation: None, name } => format!("shared header {name}"),
        Origin::Header { operation: Some(of), name } => format!("header {name} of {}", short(of.as_str())),
        Origin::Parameter { operation: None, name } => format!("shared parameter {name}"),
        Origin::Parameter { operation: Some(of), name } => format!("parameter {name} of {}", short(of.as_str())),
        Origin::Part { parent, part } => {
            let part = match part {
                Part::Member(wire) => format!("member {wire}"),
                Part::Item => "item".to_owned(),
                Part::MapValue => "value".to_owned(),
                Part::Branch(index) => format!("branch {index}"),
                Part::Place(index) => format!("place {index}"),
            };
            format!("{part} of {}", short(parent.0.as_str()))
        }
    }
}

fn notes(notes: &Notes) -> String {
    let mut out = String::new();
    let excluded = |excluded: bool| if excluded { " excluded" } else { "" };
    let mut note = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = write!(out, ", {name} {value}");
        }
    };
    note("is", notes.deprecated.then(|| "deprecated".to_owned()));
    note("format", notes.format.clone());
    note("media type", notes.media_type.clone());
    note("of", notes.content.clone());
    note("minimum", notes.minimum.as_ref().map(|least| format!("{least}{}", excluded(notes.exclusive_minimum))));
    note("maximum", notes.maximum.as_ref().map(|most| format!("{most}{}", excluded(notes.exclusive_maximum))));
    note("multiple of", notes.multiple_of.clone());
    note("unique", notes.unique_items.then(|| "items".to_owned()));
    note("least length", notes.min_length.map(|length| length.to_string()));
    note("greatest length", notes.max_length.map(|length| length.to_string()));
    notes.patterns.iter().for_each(|pattern| note("pattern", Some(pattern.clone())));
    note("keys", (!notes.keys.is_empty()).then(|| notes.keys.join("/")));
    notes.key_patterns.iter().for_each(|pattern| note("pattern of keys", Some(pattern.clone())));
    note("default", notes.default.clone());
    note("example", notes.example.clone());
    note("only", (!notes.values.is_empty()).then(|| notes.values.join("/")));
    if let Some(each) = &notes.each {
        let _ = write!(out, ", each {}{}{}", each.held.as_str(), self::notes(&each.notes), docs(&each.docs));
    }
    for (index, either) in notes.either.iter().enumerate() {
        let word = if index > 0 { " or" } else { ", either" };
        let _ = write!(out, "{word}{}{}", self::notes(&either.notes), docs(&either.docs));
    }
    if notes.or_another {
        out.push_str(" or another");
    }
    if notes.or_listed {
        out.push_str(" or listed");
    }
    if notes.or_value {
        out.push_str(" or a value");
    }
    out
}

fn docs(docs: &Docs) -> String {
    let words = [&docs.summary, &docs.description, &docs.external];
    words.into_iter().flatten().map(|words| format!(" \"{words}\"")).collect()
}

fn short(pointer: &str) -> &str {
    pointer.strip_prefix("#/components/schemas/").or(pointer.strip_prefix('#')).unwrap_or(pointer)
}
