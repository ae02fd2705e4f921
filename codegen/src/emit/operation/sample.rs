//! A value of a request's type as a caller writes it, for examples: `CreatePet::new("name")`. There is none where it would take
//! more than a few lines to write down.

use crate::analyze::Presence;
use crate::emit::constructor::Owner;
use crate::emit::context::Context;
use crate::emit::rust_type;
use crate::ir::{Member, Operation, Payload, Primitive, TypeDef, TypeKind, TypeRef};

/// How deep structs may stand in one another.
const DEEPEST: usize = 2;

/// How many members a struct may take.
const WIDEST: usize = 8;

/// The longest value, in characters.
const LONGEST: usize = 200;

/// The body, if it is of a type with a constructor; `types` stands in front of the names of types. One that needn't be given is
/// written where something is required of it: most descriptions that don't say that a body is required have forgotten it.
pub(super) fn body(operation: &Operation, types: &str, cx: &Context<'_>) -> Option<String> {
    let body = operation.body.as_ref()?;
    let ty = match &body.payload {
        Payload::Json { ty, nullable: false } | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => ty,
        Payload::Json { .. } | Payload::Lines { .. } | Payload::Text | Payload::Bytes | Payload::Encoded => {
            return None;
        }
    };
    let TypeRef::Named(id) = cx.behind(ty) else { return None };
    let def = cx.resolved(id)?;
    if !body.required && !requires(def, cx) {
        return None;
    }
    let asks = cx.model.facts.streamed.get(&operation.pointer).map(String::as_str);
    Writer { types, asks, cx }.built(def, 1).filter(|text| text.len() <= LONGEST)
}

/// Whether something is required of a struct.
fn requires(def: &TypeDef, cx: &Context<'_>) -> bool {
    match &def.kind {
        TypeKind::Struct(of) => Owner { def, of, cx }.required().next().is_some(),
        _ => false,
    }
}

struct Writer<'a> {
    types: &'a str,
    /// The member of the body that asks for a stream, which no example is of.
    asks: Option<&'a str>,
    cx: &'a Context<'a>,
}

impl Writer<'_> {
    /// A struct, out of what is required of it.
    fn built(&self, def: &TypeDef, depth: usize) -> Option<String> {
        let TypeKind::Struct(of) = &def.kind else { return None };
        if depth > DEEPEST || !self.cx.model.facts.in_requests.contains(&def.id) {
            return None;
        }
        let owner = Owner { def, of, cx: self.cx };
        if owner.required().nth(WIDEST).is_some() {
            return None;
        }
        let gathered = owner.gathered();
        let asks = |member: &Member| depth == 1 && self.asks == Some(member.wire.as_str());
        let member = |member: &Member| {
            let value = if asks(member) { Written::exact("false") } else { self.value(&owner, member, depth) }?;
            Some(match &gathered {
                Some(_) => format!("{}: {}", owner.ident(member), value.owned()),
                None => value.text,
            })
        };
        let members: Vec<String> = owner.required().map(member).collect::<Option<_>>()?;
        let ty = self.named(def);
        Some(match gathered {
            Some(gathered) => {
                format!("{ty}::new({}{gathered} {{\n    {},\n}})", self.types, members.join(",\n    "))
            }
            None if members.is_empty() => format!("{ty}::new(){}", self.set(&owner, &asks).unwrap_or_default()),
            None => format!("{ty}::new({})", members.join(", ")),
        })
    }

    /// The call of a setter, for what has nothing but these: the first one that is easily written and not `left`.
    fn set(&self, owner: &Owner<'_>, left: &dyn Fn(&Member) -> bool) -> Option<String> {
        let set = |member: &Member| {
            if left(member)
                || member.deprecated
                || owner.is_boxed(member)
                || owner.presence(member) != Presence::Optional
            {
                return None;
            }
            let TypeRef::Primitive(primitive) = self.cx.behind(&member.ty) else { return None };
            let value = primitive_of(*primitive, &member.wire)?;
            Some(format!(".{}({})", owner.ident(member), value.text))
        };
        owner.of.members.iter().find_map(set)
    }

    fn named(&self, def: &TypeDef) -> String {
        format!("{}{}", self.types, self.cx.type_ident(&def.id))
    }

    /// A member, as an argument.
    fn value(&self, owner: &Owner<'_>, member: &Member, depth: usize) -> Option<Written> {
        if owner.is_boxed(member) {
            return None;
        }
        if owner.presence(member) == Presence::Nullable {
            return Written::exact("None");
        }
        match self.cx.behind(&member.ty) {
            TypeRef::Primitive(primitive) => primitive_of(*primitive, &member.wire),
            TypeRef::List(_) => Written::exact("vec![]"),
            TypeRef::Map(_) => Written::exact("Default::default()"),
            TypeRef::Named(id) => {
                let def = self.cx.resolved(id)?;
                match &def.kind {
                    TypeKind::Enum(of) => {
                        let variant = self.cx.variant_ident(&def.id, of.values.first()?);
                        Written::exact(format!("{}::{variant}", self.named(def)))
                    }
                    _ => Written::exact(self.built(def, depth + 1)?),
                }
            }
            TypeRef::TextOf(_) | TypeRef::NumberOf(_) | TypeRef::Any => None,
        }
    }
}

/// What is written down.
struct Written {
    text: String,
    /// Whether it is something else that converts into the value.
    converts: bool,
}

impl Written {
    fn exact(text: impl Into<String>) -> Option<Self> {
        Some(Self { text: text.into(), converts: false })
    }

    fn owned(self) -> String {
        if self.converts { format!("{}.into()", self.text) } else { self.text }
    }
}

fn primitive_of(primitive: Primitive, wire: &str) -> Option<Written> {
    let is_said = !wire.is_empty() && wire.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let text = rust_type::example(primitive, if is_said { wire } else { "text" });
    match primitive {
        Primitive::Base64 | Primitive::File => None,
        Primitive::String => Some(Written { text, converts: true }),
        _ if primitive.is_text() && rust_type::takes_conversions(primitive) => Some(Written { text, converts: true }),
        _ if primitive.is_text() => None,
        _ => Written::exact(text),
    }
}
