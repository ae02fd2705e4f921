//! A change and its two verdicts.

use std::fmt;

use crate::pointer::Pointer;
use crate::write::digest;

/// What a change means for what goes over the network, to a client that was made from the old description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wire {
    /// It can't tell the difference.
    None,
    /// All that held still holds, and more is possible.
    Additive,
    /// Something that held does not hold any more.
    Breaking,
}

impl Wire {
    /// `none`, `additive` or `breaking`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

/// What a change means for Rust code that calls the generated client, in the words of semantic versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rust {
    /// Nothing that callers can name has changed.
    Patch,
    /// Callers compile as they are; there is something new, or a warning.
    Minor,
    /// Some callers no longer compile, or do other things than before.
    Major,
}

impl Rust {
    /// `patch`, `minor` or `major`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What kind of change it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $name,)*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name that reports and allow files use: `member-added`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

kinds! {
    /// An operation is new.
    OperationAdded = "operation-added",
    /// An operation is gone.
    OperationRemoved = "operation-removed",
    /// An operation has another method or path.
    OperationMoved = "operation-moved",
    /// An operation is called otherwise in Rust.
    OperationRenamed = "operation-renamed",
    /// An operation, a parameter, a type or a member is deprecated now, or no longer.
    Deprecated = "deprecated",
    /// A parameter is new.
    ParameterAdded = "parameter-added",
    /// A parameter is gone.
    ParameterRemoved = "parameter-removed",
    /// A parameter has another name.
    ParameterRenamed = "parameter-renamed",
    /// A parameter has another type.
    ParameterType = "parameter-type",
    /// A parameter is required now, or no longer.
    ParameterRequired = "parameter-required",
    /// A parameter goes elsewhere: from the query into a header.
    ParameterLocation = "parameter-location",
    /// A parameter is written otherwise.
    ParameterStyle = "parameter-style",
    /// The arguments of an operation come in another order.
    ParameterOrder = "parameter-order",
    /// An operation sends a body now.
    BodyAdded = "body-added",
    /// An operation sends no body any more.
    BodyRemoved = "body-removed",
    /// A body has another media type.
    BodyMediaType = "body-media-type",
    /// A body is required now, or no longer.
    BodyRequired = "body-required",
    /// A body has another type.
    BodyType = "body-type",
    /// The members of a form are written otherwise.
    BodyEncoding = "body-encoding",
    /// A success has another status.
    AnswerStatus = "answer-status",
    /// A success has another media type.
    AnswerMediaType = "answer-media-type",
    /// A success has another type, or may be missing.
    AnswerType = "answer-type",
    /// What an answer has one after another can be had as it comes, or no longer.
    AnswerStream = "answer-stream",
    /// An answer has another header than before.
    AnswerHeader = "answer-header",
    /// The pages of an operation hang together otherwise.
    Paging = "paging",
    /// An error answer is new.
    ErrorAdded = "error-added",
    /// An error answer is gone.
    ErrorRemoved = "error-removed",
    /// An error answer has another type.
    ErrorType = "error-type",
    /// The service sends something more by itself.
    WebhookAdded = "webhook-added",
    /// The service sends something no longer by itself.
    WebhookRemoved = "webhook-removed",
    /// The body of a webhook or a callback has another type.
    WebhookType = "webhook-type",
    /// A type is new.
    TypeAdded = "type-added",
    /// A type is gone.
    TypeRemoved = "type-removed",
    /// A type is called otherwise in Rust.
    TypeRenamed = "type-renamed",
    /// A type is of another kind: an object that is a list now.
    TypeKind = "type-kind",
    /// A type is sent in requests now, or no longer.
    TypeSent = "type-sent",
    /// What a type is another name for has changed.
    AliasType = "alias-type",
    /// A member is new.
    MemberAdded = "member-added",
    /// A member is gone.
    MemberRemoved = "member-removed",
    /// A member has another name on the wire.
    MemberRenamed = "member-renamed",
    /// A member has another type.
    MemberType = "member-type",
    /// A member is required now, or no longer.
    MemberRequired = "member-required",
    /// A member may be null now, or no longer.
    MemberNullable = "member-nullable",
    /// A member goes another way: only in answers, only in requests, or both.
    MemberAccess = "member-access",
    /// A value of an enum is new.
    ValueAdded = "value-added",
    /// A value of an enum is gone.
    ValueRemoved = "value-removed",
    /// A value of an enum is written otherwise.
    ValueRenamed = "value-renamed",
    /// A branch of a union is new.
    BranchAdded = "branch-added",
    /// A branch of a union is gone.
    BranchRemoved = "branch-removed",
    /// A branch of a union has another type.
    BranchType = "branch-type",
    /// A branch of a union is told apart otherwise.
    BranchTold = "branch-told",
    /// Values may be less, or more, than before: lengths, bounds, patterns.
    Bounds = "bounds",
    /// What is left out means something else.
    Default = "default",
    /// The API, or an operation, is served elsewhere.
    Server = "server",
    /// A way to prove who calls is new, gone, or another.
    SecurityScheme = "security-scheme",
    /// An operation needs other credentials.
    Security = "security",
    /// A type implements a trait no longer, or one more.
    Trait = "trait",
    /// A resource of the client is new, gone, or elsewhere.
    Resource = "resource",
    /// What is needed to have a thing: another Cargo feature.
    Feature = "feature",
    /// A dependency of the crate is new, gone, or another.
    Dependency = "dependency",
    /// Something that callers can name has changed, because of what stands around it.
    RustName = "rust-name",
    /// Words alone.
    Docs = "docs",
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind it is.
    pub kind: Kind,
    /// What it means on the wire.
    pub wire: Wire,
    /// What it means to callers.
    pub rust: Rust,
    /// The operation (`GET /pets`), the type (`Pet`) or the part of the crate that it happens to.
    pub subject: String,
    /// To what else the same happens: the other operations that share a parameter.
    pub others: Vec<String>,
    /// What happens, in a line.
    pub what: String,
    /// What a caller must do, in a sentence.
    pub advice: String,
    /// The things in Rust that change: `types::Pet::name: String → Option<String>`.
    pub names: Vec<String>,
    /// Where it stood.
    pub old: Option<Pointer>,
    /// Where it stands.
    pub new: Option<Pointer>,
}

impl Change {
    /// What an allow file names it by: twelve digits, the same wherever in the file it stands and whatever else changes.
    pub fn fingerprint(&self) -> String {
        let parts = [self.kind.as_str(), &self.subject, &self.what].into_iter();
        digest(parts.chain(self.others.iter().map(String::as_str)).map(str::as_bytes)).chars().take(12).collect()
    }

    /// ` and 3 more`, where it happens to several.
    pub fn and_more(&self) -> String {
        match self.others.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}: {}", self.subject, self.and_more(), self.what)
    }
}
