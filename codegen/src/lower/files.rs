//! Files: the members of an object that are bytes when it is sent in parts (OpenAPI 3.0.3, section 4.7.14.4).

use super::causes::Causes;
use super::media;
use super::shape::{Shape, Shaped, members};
use super::types::{Types, Used};
use crate::diag::{Diagnostic, PARTS_WITHOUT_FILES};
use crate::ir::{Items, Primitive, TypeId, TypeRef};
use crate::load::tree::Node;
use crate::normalize::Spec;
use crate::pointer::Pointer;

/// Keywords that say what a value is, other than a file.
static TELLING: &[&str] = &[
    "$ref",
    "type",
    "enum",
    "const",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "properties",
    "additionalProperties",
    "unevaluatedProperties",
    "items",
    "prefixItems",
    "format",
];

impl Types<'_> {
    /// The type of the schema at `place` for a body in parts, which refers to it at `used_at`: its members may be files.
    pub(super) fn use_in_parts(&mut self, place: &Pointer, used_at: Pointer, causes: &mut Causes) -> TypeRef {
        match self.struct_with_files(place, causes) {
            Some(end) => {
                let id = TypeId(end);
                self.in_parts.entry(id.clone()).or_default().insert(used_at);
                TypeRef::Named(id)
            }
            None => {
                if self.has_texts(place, causes) {
                    let message = "no part of this body is a file; one that is needs `format: binary`";
                    let help = "where the description lacks it, an overlay can add it";
                    causes.found(place, Diagnostic::new(&PARTS_WITHOUT_FILES, message).at(place).help(help));
                }
                self.use_of(place, causes).ty
            }
        }
    }

    /// Whether a type has files that it can't have, for it is JSON elsewhere.
    pub(super) fn lacks_files(&self, ty: &TypeRef) -> bool {
        matches!(ty, TypeRef::Named(id) if self.in_parts.contains_key(id) && self.asked.contains(id))
    }

    /// A type that lacks files, and the one to make in its place for a body.
    pub(super) fn missing_form(&self) -> Option<(TypeId, TypeId)> {
        let lacking = self.in_parts.iter().filter(|(id, _)| self.asked.contains(*id));
        let forms = lacking.flat_map(|(id, places)| places.iter().map(move |place| (id, TypeId(place.clone()))));
        let mut missing = forms.filter(|(id, form)| *id != form && !self.forms.contains_key(form));
        missing.next().map(|(id, form)| (id.clone(), form))
    }

    /// The type of the body in parts whose schema is written, or referred to, at `used_at`, where it is one of its own.
    pub(super) fn form(&self, used_at: Pointer) -> Option<TypeRef> {
        let id = TypeId(used_at);
        self.forms.contains_key(&id).then_some(TypeRef::Named(id))
    }

    /// Whether the schema at `place` is a struct with files.
    pub(super) fn has_files(&self, place: &Pointer, causes: &mut Causes) -> bool {
        self.struct_with_files(place, causes).is_some()
    }

    /// The type of the member at `place`, if it is a file of a struct that isn't JSON.
    pub(super) fn file(&self, owner: &TypeId, place: &Pointer, causes: &mut Causes) -> Option<Used> {
        let is_form =
            self.forms.contains_key(owner) || !self.asked.contains(owner) && self.in_parts.contains_key(owner);
        if !is_form { None } else { file(self.spec, place, self, causes) }
    }

    /// The struct at the end of references from `place`, if it has files.
    fn struct_with_files(&self, place: &Pointer, causes: &mut Causes) -> Option<Pointer> {
        let (end, members) = self.members_of(place, causes)?;
        members.iter().any(|member| file(self.spec, member, self, causes).is_some()).then_some(end)
    }

    /// Whether the struct at the end of references from `place` has members that are any text.
    fn has_texts(&self, place: &Pointer, causes: &mut Causes) -> bool {
        let Some((_, members)) = self.members_of(place, causes) else { return false };
        members
            .iter()
            .any(|member| matches!(self.behind(member, causes).1.shape, Shape::Primitive(Primitive::String, None)))
    }

    /// The struct at the end of references from `place`, and the places of its members, and of what others are.
    fn members_of(&self, place: &Pointer, causes: &mut Causes) -> Option<(Pointer, Vec<Pointer>)> {
        let (end, shaped) = self.behind(place, causes);
        let Shape::Struct { additional } = shaped.shape else { return None };
        let (members, _) = members(self.spec, &end);
        let members = members.into_iter().map(|(_, place)| place.clone()).chain(additional.flatten()).collect();
        Some((end, members))
    }
}

/// How many lists and unions may stand inside one another in what a member may be.
const NESTING: usize = 3;

/// How many branches a union may have for it to be looked at whether all of them are files.
const BRANCHES: usize = 16;

/// The type of the member at `place`, if it is a file or a list of files.
pub(super) fn file(spec: &Spec, place: &Pointer, types: &Types<'_>, causes: &mut Causes) -> Option<Used> {
    let (part, nullable) = Part::of(spec, place, NESTING, types, causes);
    let ty = TypeRef::Primitive(Primitive::File);
    match part {
        Part::File => Some(Used { ty, nullable }),
        Part::Files(of_items) => Some(Used { ty: TypeRef::List(Box::new(Items { ty, nullable: of_items })), nullable }),
        Part::Text | Part::Other => None,
    }
}

/// What a member is in a body in parts.
#[derive(Clone, Copy)]
enum Part {
    File,
    /// A part for each, and whether they may be null.
    Files(bool),
    /// A text: as a part, bytes of a file may be one as well.
    Text,
    Other,
}

impl Part {
    /// What the member at `place` is, and whether it may be null.
    fn of(spec: &Spec, place: &Pointer, nesting: usize, types: &Types<'_>, causes: &mut Causes) -> (Self, bool) {
        let (end, Shaped { shape, nullable }) = types.behind(place, causes);
        let Some(nesting) = nesting.checked_sub(1) else { return (Self::Other, nullable) };
        match &shape {
            shape if is_file(spec, &end, shape) => (Self::File, nullable),
            Shape::Primitive(Primitive::String, _) => (Self::Text, nullable),
            Shape::List(Some(items)) => match Self::of(spec, items, nesting, types, causes) {
                (Self::File, of_items) => (Self::Files(of_items), nullable),
                _ => (Self::Other, nullable),
            },
            Shape::Union { branches } if branches.len() <= BRANCHES => {
                let mut branches = branches.iter().map(|branch| Self::of(spec, branch, nesting, types, causes));
                let first = branches.next().unwrap_or((Self::Other, false));
                let (part, of_branches) = branches.fold(first, |(all, null), (one, also)| (all.or(one), null || also));
                (part, nullable || of_branches)
            }
            _ => (Self::Other, nullable),
        }
    }

    /// What may be this or the other: one file is a list of one.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Other, _) | (_, Self::Other) => Self::Other,
            (Self::Files(a), Self::Files(b)) => Self::Files(a || b),
            (Self::Files(null), _) | (_, Self::Files(null)) => Self::Files(null),
            (Self::File, _) | (_, Self::File) => Self::File,
            (Self::Text, Self::Text) => Self::Text,
        }
    }
}

/// Whether a schema is one of bytes: `format: binary`, or from 3.1 on no type, or a text of another media type that isn't
/// encoded (OpenAPI 3.1.0, section 4.8.14.3).
fn is_file(spec: &Spec, place: &Pointer, shape: &Shape) -> bool {
    let untyped = match shape {
        Shape::Primitive(Primitive::String, format) if format.as_deref() == Some("binary") => return true,
        Shape::Primitive(Primitive::String, None) => false,
        Shape::Any => true,
        _ => return false,
    };
    let Some(node) = spec.node(place).filter(|_| spec.is_3_1(place)) else { return false };
    let says = |name: &str| node.get(name).is_some();
    let media_type = node.get("contentMediaType").and_then(Node::as_text);
    let is_bytes = media_type.is_some_and(media::is_bytes);
    let is_free = untyped && !TELLING.iter().any(|name| says(name)) && media_type.is_none();
    (is_bytes || is_free) && !says("contentEncoding")
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::ir::{Api, Payload, TypeKind, TypeRef};
    use crate::lower::lower;
    use crate::normalize::testing::{lines, normalized};

    /// The API that sends `schema` in parts, beside `components`, and what was found.
    fn lowered(version: &str, media: &str, more: &str) -> (Api, String) {
        let text = format!(
            "# YAML\n{{openapi: {version}, info: {{title: T, version: '1'}}, paths: {{/a: {{post: {{requestBody: {{content: \
             {{multipart/form-data: {{{media}}}}}}}, responses: {{'204': {{description: ''}}}}}}}}}}, {more}}}"
        );
        let (spec, found) = normalized(&text);
        let mut diagnostics = Diagnostics::default();
        let api = lower(&spec.unwrap(), &mut diagnostics).api;
        (api, found + &lines(&diagnostics))
    }

    /// The members of the body and their types.
    fn members(version: &str, properties: &str) -> Vec<String> {
        let (api, found) =
            lowered(version, &format!("schema: {{type: object, properties: {{{properties}}}}}"), "tags: []");
        assert_eq!(found, "");
        let Some(TypeRef::Named(id)) = api.operations[0].body.as_ref().and_then(|body| body.ty()) else { panic!() };
        let TypeKind::Struct(of) = &api.types[id].kind else { panic!() };
        let shown = of.members.iter().map(|member| {
            let null = if member.nullable { " or null" } else { "" };
            format!("{}: {:?}{null}", member.wire, member.ty).replace("Items ", "")
        });
        shown.collect()
    }

    #[test]
    fn bytes_are_files() {
        let properties = "a: {type: string, format: binary, nullable: true}, b: {type: array, items: {type: string, format: binary}}, \
                          c: {type: string, format: byte}, d: {}, e: {type: string}";
        assert_eq!(
            members("3.0.3", properties),
            [
                "a: Primitive(File) or null",
                "b: List({ ty: Primitive(File), nullable: false })",
                "c: Primitive(Base64)",
                "d: Any",
                "e: Primitive(String)",
            ]
        );
    }

    #[test]
    fn what_may_be_bytes_is_a_file_and_what_may_be_several_a_list() {
        let file = "{type: string, format: binary}";
        let files = format!("{{type: array, items: {file}}}");
        let properties = format!(
            "a: {{anyOf: [{file}, {files}]}}, b: {{oneOf: [{file}, {{type: string, format: uri}}]}}, \
             c: {{type: array, items: {{anyOf: [{{type: string}}, {file}]}}}}, d: {{oneOf: [{file}, {{type: integer}}]}}"
        );
        let members = members("3.0.3", &properties);
        let list = "List({ ty: Primitive(File), nullable: false })";
        assert_eq!(members[..3], [format!("a: {list}"), "b: Primitive(File)".to_owned(), format!("c: {list}")]);
        assert!(members[3].starts_with("d: Named("), "{members:?}");
        let schema = format!("{{type: object, properties: {{a: {{type: integer}}}}, additionalProperties: {file}}}");
        let (api, found) = lowered("3.0.3", &format!("schema: {schema}"), "tags: []");
        let Some(TypeRef::Named(id)) = api.operations[0].body.as_ref().and_then(|body| body.ty()) else { panic!() };
        let TypeKind::Struct(of) = &api.types[id].kind else { panic!() };
        let additional = format!("{:?}", of.additional.as_ref().map(|additional| &additional.ty));
        assert!(additional.contains("File") && found.is_empty(), "{additional} {found}");
    }

    #[test]
    fn what_has_no_type_is_a_file_since_3_1() {
        let properties = "a: {type: string, contentMediaType: application/octet-stream}, b: {contentMediaType: image/png}, \
                          c: {type: string, contentMediaType: image/png}, d: {description: Bytes.}, e: {type: array, items: {}}, \
                          f: {type: string, contentMediaType: image/png, contentEncoding: base64}, \
                          g: {type: string, contentMediaType: text/html}, h: {type: string}";
        let members = members("3.1.0", properties);
        let is_file: Vec<_> = members.iter().map(|member| member.contains("File")).collect();
        assert_eq!(is_file, [true, true, true, true, true, false, false, false], "{members:?}");
    }

    #[test]
    fn a_struct_that_is_json_elsewhere_has_files_in_a_type_of_its_own() {
        let thing = "schema: {$ref: '#/components/schemas/Thing'}";
        let components = |more: &str| {
            let file = "{type: string, format: binary}";
            format!("components: {{schemas: {{Thing: {{type: object, properties: {{file: {file}{more}}}}}}}}}")
        };
        let (api, found) = lowered("3.0.3", thing, &components(""));
        assert!(
            matches!(api.operations[0].body.as_ref().unwrap().payload, Payload::Multipart { .. }) && found.is_empty()
        );
        let (api, found) = lowered("3.0.3", thing, &components(", next: {$ref: '#/components/schemas/Thing'}"));
        let types = api.types.values().map(|def| match &def.kind {
            TypeKind::Struct(of) => format!("{} {:?}", def.id.0, of.members[0].ty),
            kind => format!("{} {kind:?}", def.id.0),
        });
        let body = "#/paths/~1a/post/requestBody/content/multipart~1form-data/schema";
        let expected = ["#/components/schemas/Thing Primitive(String)".to_owned(), format!("{body} Primitive(File)")];
        assert_eq!(types.collect::<Vec<_>>(), expected);
        let sent = &api.operations[0].body.as_ref().unwrap().payload;
        assert!(matches!(sent, Payload::Multipart { ty: TypeRef::Named(id), .. } if id.0.as_str() == body), "{sent:?}");
        assert!(found.is_empty(), "{found}");
        // What is written in the body itself has no other place.
        let own = format!(
            "schema: {{type: object, properties: {{file: {{type: string, format: binary}}, next: {{$ref: '{body}'}}}}}}"
        );
        let (api, found) = lowered("3.0.3", &own, "tags: []");
        assert_eq!(api.operations[0].body.as_ref().unwrap().payload, Payload::Encoded);
        assert!(found.starts_with("warning S0301 #/paths/~1a/post/requestBody/content: the schema"), "{found}");
        assert!(api.types.is_empty(), "{:?}", api.types);
    }

    #[test]
    fn of_json_and_parts_that_are_the_same_the_parts_are_sent_if_they_have_files() {
        let sent = |format: &str, other: &str| {
            let text = format!(
                "# YAML\nopenapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{requestBody: {{content: {{\
                 application/json: {{schema: {{$ref: '#/components/schemas/{other}'}}}}, \
                 application/x-www-form-urlencoded: {{schema: {{$ref: '#/components/schemas/A'}}}}, \
                 multipart/form-data: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}, responses: {{'204': {{description: \
                 D}}}}}}}}}}\ncomponents: {{schemas: {{A: {{type: object, properties: {{a: {{type: string, format: {format}}}}}}}, \
                 B: {{type: object, properties: {{b: {{type: string}}}}}}}}}}\n"
            );
            let mut diagnostics = Diagnostics::default();
            let api = lower(&normalized(&text).0.unwrap(), &mut diagnostics).api;
            let body = api.operations[0].body.as_ref().unwrap();
            (body.media_type.clone(), lines(&diagnostics).starts_with("note S0308"))
        };
        assert_eq!(sent("binary", "A"), ("multipart/form-data".to_owned(), false));
        assert_eq!(sent("date", "A"), ("application/json".to_owned(), false));
        // What says something else is not guessed.
        assert_eq!(sent("binary", "B"), ("application/json".to_owned(), true));
    }

    #[test]
    fn texts_where_a_file_is_likely_are_said() {
        let found = |properties: &str| {
            lowered("3.0.3", &format!("schema: {{type: object, properties: {{{properties}}}}}"), "tags: []").1
        };
        let place = "#/paths/~1a/post/requestBody/content/multipart~1form-data/schema";
        let note = format!("note S0307 {place}: no part of this body is a file; one that is needs `format: binary`");
        assert!(found("a: {type: string}, b: {type: integer}").starts_with(&note));
        for properties in [
            "a: {type: string}, b: {type: string, format: binary}",
            "a: {type: integer}",
            "a: {type: string, enum: [b]}",
        ] {
            assert_eq!(found(properties), "", "{properties}");
        }
    }

    #[test]
    fn encodings_give_media_types() {
        let media = |encoding: &str| {
            let properties = "file: {type: string, format: binary}, text: {type: string}, object: {type: object}";
            let schema = format!("schema: {{type: object, properties: {{{properties}}}}}");
            lowered("3.0.3", &format!("{schema}, encoding: {encoding}"), "tags: []")
        };
        let types = |encoding: &str| {
            let (mut api, found) = media(encoding);
            match api.operations.remove(0).body.unwrap().payload {
                Payload::Multipart { types, styles, .. } if styles.is_empty() => (types, found),
                other => panic!("{other:?}"),
            }
        };
        let row = |wire: &str, media_type: &str| (wire.to_owned(), media_type.to_owned());
        let (all, found) = types(
            "{file: {contentType: image/png}, text: {contentType: text/csv}, object: {contentType: application/a+json}}",
        );
        let expected = [row("file", "image/png"), row("object", "application/a+json"), row("text", "text/csv")];
        assert_eq!((all.as_slice(), found.as_str()), (expected.as_slice(), ""));
        let (none, found) = types(
            "{file: {contentType: 'image/png, image/jpeg'}, text: {contentType: text/plain}, object: {contentType: application/json}}",
        );
        assert_eq!((none.len(), found.as_str()), (0, ""));
        let (none, found) =
            types("{file: {contentType: image/*}, text: {contentType: \"text/a\\nb\"}, other: {contentType: a/b}}");
        assert_eq!((none.len(), found.as_str()), (0, ""));
        let (none, found) =
            types("{object: {contentType: application/xml}, file: {headers: {X-A: {schema: {type: string}}}}}");
        assert_eq!(none.len(), 0);
        assert!(
            found.contains("note S0306") && found.contains("`object` is to be sent as `application/xml`"),
            "{found}"
        );
    }

    #[test]
    fn schemas_and_lists_of_media_types_are_heeded() {
        let properties = "a: {type: string, contentMediaType: image/png}, b: {type: string, contentMediaType: text/csv}, \
                          c: {type: array, items: {contentMediaType: image/png}}, \
                          d: {type: string, contentMediaType: image/png, contentEncoding: base64}, \
                          e: {contentMediaType: image/png}, f: {contentMediaType: application/octet-stream}, \
                          g: {contentMediaType: application/octet-stream}";
        let media = format!(
            "schema: {{type: object, properties: {{{properties}}}}}, encoding: {{e: {{contentType: image/gif}}, \
             f: {{contentType: 'image/png, image/*'}}, g: {{contentType: '*/*'}}}}"
        );
        let (mut api, found) = lowered("3.1.0", &media, "tags: []");
        let Payload::Multipart { types, choices, .. } = api.operations.remove(0).body.unwrap().payload else {
            panic!()
        };
        let types: Vec<String> = types.iter().map(|(wire, media_type)| format!("{wire} {media_type}")).collect();
        assert_eq!(types, ["a image/png", "b text/csv", "c image/png", "e image/gif"]);
        assert_eq!((choices, found.as_str()), (vec![("f".to_owned(), "image/png, image/*".to_owned())], ""));
    }
}
