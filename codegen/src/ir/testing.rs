//! A short way to say an [`Api`] in tests.

use super::*;

/// A branch of a union of which nothing is said.
pub(crate) fn branch(pointer: Pointer, told: Told, ty: TypeRef) -> Branch {
    Branch { pointer, told, ty, docs: Docs::default(), notes: Noted::default() }
}

/// An API without anything.
pub(crate) fn build() -> Build {
    let info = Info { title: "Test".to_owned(), version: "1".to_owned(), description: None, license: None };
    Build {
        api: Api {
            info,
            server: None,
            base_path: None,
            variables: BTreeMap::new(),
            servers: Vec::new(),
            security_schemes: BTreeMap::new(),
            types: BTreeMap::new(),
            operations: Vec::new(),
            webhooks: Vec::new(),
            tags: BTreeMap::new(),
            tag_parents: BTreeMap::new(),
        },
    }
}

pub(crate) struct Build {
    api: Api,
}

impl Build {
    pub(crate) fn component(self, name: &str, kind: TypeKind) -> Self {
        self.add(component_id(name), Origin::Component(name.to_owned()), kind)
    }

    pub(crate) fn part(self, parent: &TypeId, wire: &str, kind: TypeKind) -> Self {
        let origin = Origin::Part { parent: parent.clone(), part: Part::Member(wire.to_owned()) };
        self.add(part(parent, wire), origin, kind)
    }

    pub(crate) fn item(self, parent: &TypeId, kind: TypeKind) -> Self {
        self.add(item(parent), Origin::Part { parent: parent.clone(), part: Part::Item }, kind)
    }

    pub(crate) fn add(mut self, id: TypeId, origin: Origin, kind: TypeKind) -> Self {
        let def =
            TypeDef { id: id.clone(), origin, kind, docs: Docs::default(), notes: Noted::default(), deprecated: false };
        self.api.types.insert(id, def);
        self
    }

    pub(crate) fn operation(mut self, built: BuildOperation) -> Self {
        for tag in &built.operation.tags {
            self.api.tags.insert(tag.clone(), Docs::default());
        }
        self.api.operations.push(built.operation);
        built.types.into_iter().fold(self, |build, (id, origin, kind)| build.add(id, origin, kind))
    }

    /// A webhook, or a callback of an operation at an expression, with a body of its own.
    pub(crate) fn webhook(mut self, name: &str, method: &str, call: Option<(&Pointer, &str)>, kind: TypeKind) -> Self {
        let place = match call {
            Some((operation, expression)) => operation.child("callbacks").child(name).child(expression),
            None => Pointer::root().child("webhooks").child(name),
        };
        let pointer = place.child(&method.to_lowercase());
        let id = TypeId(pointer.child("requestBody").child("content").child("application/json").child("schema"));
        self.api.webhooks.push(Webhook {
            pointer: pointer.clone(),
            name: name.to_owned(),
            call: call.map(|(operation, expression)| Call {
                operation: operation.clone(),
                expression: expression.to_owned(),
            }),
            method: method.to_owned(),
            ty: named(&id),
            nullable: false,
            docs: Docs::default(),
        });
        self.api.webhooks.sort_by(|a, b| a.pointer.cmp(&b.pointer));
        self.add(id, Origin::Webhook { webhook: pointer }, kind)
    }

    pub(crate) fn scheme(mut self, name: &str, kind: SecurityKind) -> Self {
        let pointer = Pointer::root().child("components").child("securitySchemes").child(name);
        let scheme = SecurityScheme { pointer, kind, is_oauth: false, token_url: None, docs: Docs::default() };
        self.api.security_schemes.insert(name.to_owned(), scheme);
        self
    }

    pub(crate) fn api(self) -> Api {
        self.api
    }
}

pub(crate) fn component_id(name: &str) -> TypeId {
    TypeId(Pointer::root().child("components").child("schemas").child(name))
}

pub(crate) fn part(parent: &TypeId, wire: &str) -> TypeId {
    TypeId(parent.0.child("properties").child(wire))
}

pub(crate) fn item(parent: &TypeId) -> TypeId {
    TypeId(parent.0.child("items"))
}

pub(crate) fn named(id: &TypeId) -> TypeRef {
    TypeRef::Named(id.clone())
}

pub(crate) fn string() -> TypeRef {
    TypeRef::Primitive(Primitive::String)
}

pub(crate) fn number() -> TypeRef {
    TypeRef::Primitive(Primitive::F64)
}

pub(crate) fn list_of(ty: TypeRef) -> TypeRef {
    TypeRef::List(Box::new(Items { ty, nullable: false }))
}

pub(crate) fn map_of(ty: TypeRef) -> TypeRef {
    TypeRef::Map(Box::new(Items { ty, nullable: false }))
}

pub(crate) fn alias(ty: TypeRef) -> TypeKind {
    TypeKind::Alias(ty)
}

pub(crate) fn texts<const N: usize>(values: [&str; N]) -> TypeKind {
    TypeKind::Enum(Enum {
        kind: JsonKind::String,
        values: values.map(str::to_owned).to_vec(),
        takes_others: false,
        names: BTreeMap::new(),
        words: BTreeMap::new(),
    })
}

pub(crate) fn union<const N: usize>(branches: [(JsonKind, TypeRef); N]) -> TypeKind {
    let pointer = Pointer::root();
    let branches = branches.map(|(kind, ty)| branch(pointer.clone(), Told::Kind(kind), ty));
    TypeKind::Union(Union { branches: branches.to_vec() })
}

pub(crate) fn tuple(items: impl IntoIterator<Item = TypeRef>) -> TypeKind {
    let items = items.into_iter().enumerate().map(|(index, ty)| TupleItem {
        pointer: Pointer::root().child("prefixItems").item(index),
        ty,
        nullable: false,
        docs: Docs::default(),
        notes: Noted::default(),
    });
    TypeKind::Tuple(Tuple { items: items.collect() })
}

pub(crate) fn object(members: impl IntoIterator<Item = Member>) -> TypeKind {
    TypeKind::Struct(Struct { members: members.into_iter().collect(), additional: None })
}

/// An optional member; its pointer is `#/m/<wire>`.
pub(crate) fn member(wire: &str, ty: TypeRef) -> Member {
    Member {
        pointer: Pointer::root().child("m").child(wire),
        wire: wire.to_owned(),
        ty,
        required: false,
        excused: false,
        nullable: false,
        docs: Docs::default(),
        notes: Noted::default(),
        deprecated: false,
        access: Access::Both,
        preset: None,
    }
}

pub(crate) fn get(path: &str) -> BuildOperation {
    BuildOperation::new(Method::Get, path)
}

pub(crate) fn post(path: &str) -> BuildOperation {
    BuildOperation::new(Method::Post, path)
}

pub(crate) struct BuildOperation {
    operation: Operation,
    types: Vec<(TypeId, Origin, TypeKind)>,
}

impl BuildOperation {
    fn new(method: Method, path: &str) -> Self {
        let pointer = Pointer::root().child("paths").child(path).child(&method.as_str().to_lowercase());
        let operation = Operation {
            pointer,
            id: None,
            method,
            path: path.to_owned(),
            template: path.to_owned(),
            query: Vec::new(),
            server: None,
            tags: Vec::new(),
            docs: Docs::default(),
            deprecated: false,
            parameters: Vec::new(),
            body: None,
            success: Answer::Empty,
            stream: None,
            headers: Vec::new(),
            errors: Vec::new(),
            responses: Vec::new(),
            has_links: false,
            next_link: None,
            security: Vec::new(),
        };
        Self { operation, types: Vec::new() }
    }

    pub(crate) fn id(mut self, id: &str) -> Self {
        self.operation.id = Some(id.to_owned());
        self
    }

    pub(crate) fn tag(mut self, tag: &str) -> Self {
        self.operation.tags.push(tag.to_owned());
        self
    }

    pub(crate) fn parameter(self, location: Location, wire: &str, ty: TypeRef) -> Self {
        self.noted_parameter(location, wire, ty, Notes::default())
    }

    pub(crate) fn noted_parameter(mut self, location: Location, wire: &str, ty: TypeRef, notes: Notes) -> Self {
        let index = self.operation.parameters.len();
        self.operation.parameters.push(Parameter {
            pointer: self.operation.pointer.child("parameters").item(index),
            wire: wire.to_owned(),
            location,
            required: location == Location::Path,
            preset: None,
            ty,
            style: Style::usual(location),
            docs: Docs::default(),
            notes: notes.into(),
            deprecated: false,
        });
        self
    }

    pub(crate) fn query(self, wire: &str, ty: TypeRef) -> Self {
        self.parameter(Location::Query, wire, ty)
    }

    /// A query parameter with an anonymous type.
    pub(crate) fn query_part(mut self, wire: &str, kind: TypeKind) -> Self {
        let id = TypeId(self.operation.pointer.child("parameters").child(wire).child("schema"));
        let origin = Origin::Parameter { operation: Some(self.operation.pointer.clone()), name: wire.to_owned() };
        self.types.push((id.clone(), origin, kind));
        self.query(wire, TypeRef::Named(id))
    }

    pub(crate) fn body(self, ty: TypeRef) -> Self {
        self.payload(Payload::Json { ty, nullable: false }, "application/json")
    }

    pub(crate) fn form(self, ty: TypeRef) -> Self {
        self.payload(Payload::Form { ty, styles: Vec::new() }, "application/x-www-form-urlencoded")
    }

    fn payload(mut self, payload: Payload, media_type: &str) -> Self {
        let pointer = self.operation.pointer.child("requestBody");
        let media_type = media_type.to_owned();
        self.operation.body = Some(Body {
            pointer,
            payload,
            required: true,
            media_type,
            offered: Vec::new(),
            notes: Noted::default(),
            docs: Docs::default(),
        });
        self
    }

    pub(crate) fn body_part(mut self, kind: TypeKind) -> Self {
        let operation = self.operation.pointer.clone();
        let id = TypeId(operation.child("requestBody").child("schema"));
        self.types.push((id.clone(), Origin::RequestBody { operation }, kind));
        self.body(TypeRef::Named(id))
    }

    pub(crate) fn answer(mut self, ty: TypeRef) -> Self {
        self.operation.success =
            Answer::Json { ty, nullable: false, optional: false, media_type: "application/json".to_owned() };
        self
    }

    pub(crate) fn answer_part(mut self, kind: TypeKind) -> Self {
        let id = self.response("200", kind);
        self.answer(TypeRef::Named(id))
    }

    pub(crate) fn error(mut self, status: &str, ty: TypeRef) -> Self {
        self.operation.errors.push((status.to_owned(), ty));
        self
    }

    pub(crate) fn error_part(mut self, status: &str, kind: TypeKind) -> Self {
        let id = self.response(status, kind);
        self.error(status, TypeRef::Named(id))
    }

    /// The id of the anonymous type that this operation answers with `status`.
    pub(crate) fn response_id(&self, status: &str) -> TypeId {
        TypeId(self.operation.pointer.child("responses").child(status).child("schema"))
    }

    fn response(&mut self, status: &str, kind: TypeKind) -> TypeId {
        let id = self.response_id(status);
        let origin = Origin::Response { operation: self.operation.pointer.clone(), status: status.to_owned() };
        self.types.push((id.clone(), origin, kind));
        id
    }
}
