//! `src/runtime/`: the files of `templates/runtime` that this API needs, byte for byte, the same in every crate; and the
//! `mod.rs` that ties them together.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::bounds;
use super::builder;
use super::constructor;
use super::context::{Context, ident};
use super::docs::Doc;
use super::print::{Make, Source};
use crate::analyze::{PagingStyle, Place};
use crate::ir::Primitive::{self, Base64, Date, DateTime, Duration, I8, I16, Password, Time, U8, U16, Uuid};
use crate::ir::{Access, Answer, JsonKind, Payload, Sequence, SequenceFormat, TypeKind};

/// When a file of the runtime is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    Always,
    /// There is a client.
    Calls,
    /// Some type has a wire form of its own.
    Types,
    /// Some type is a struct.
    Structs,
    /// Some type is an enum of texts.
    Enums,
    /// Some type is an enum of whole numbers.
    Integers,
    /// Some type is a union.
    Unions,
    /// Some type is a list of so many items.
    Tuples,
    /// Some operation sends a form.
    Forms,
    /// Some operation sends the parts of a form.
    Parts,
    /// Some operation sends bytes, be it as a part of a form.
    Uploads,
    /// The same, out of files: behind a feature, in a crate alone.
    FileUploads,
    /// Some operation sends files as the parts of a form: behind a feature, in a crate alone.
    FileParts,
    /// Answers into files: behind a feature, in a crate alone.
    Downloads,
    /// Some operation answers in pages.
    Pages,
    /// Some operation answers a stream of values.
    Streams,
    /// Some operation answers a stream of events.
    Events,
    /// Some operation answers a stream of events that are told apart by their names.
    NamedEvents,
    /// Some operation answers a stream of JSON values.
    JsonStreams,
    /// Some pages are asked for by their number.
    PageNumbers,
    /// Some pages are asked for by the number of items before them.
    PageOffsets,
    /// Some pages are asked for with what the page before says.
    PageNexts,
    /// The same, by a value and not by an address.
    PageCursors,
    /// Some pages are asked for with a value.
    PagePlaces,
    /// The same, in the body.
    PageBodies,
    /// Some pages are asked for at an address.
    PageUrls,
    /// The same, out of the header `Link`.
    PageLinks,
    /// Some member that requests hold may be absent and may be null.
    Patches,
    /// Some security scheme takes tokens.
    Tokens,
    /// The same, and a server gives them out.
    ClientCredentials,
    /// Some text stands for a value of a type that was chosen by hand.
    Paths,
    /// Some number does.
    Numbers,
    /// Something is checked before it is sent.
    Checks,
    /// The same, and a text of it must match a regular expression.
    Patterns,
    /// Some value is of this format.
    Is(Primitive),
    /// Some value is of one of these formats.
    IsAny(&'static [Primitive]),
    /// The same; types of other crates convert into it, behind features of a crate.
    Converts(Primitive),
    /// There are operations, or some value is of this format.
    CallsOr(Primitive),
    /// The default transport: behind a feature in a crate.
    Reqwest,
    /// What of it depends on how it speaks TLS: in a crate alone, whose features say that.
    Certificates,
    /// A transport for tests: behind a feature, in a crate alone.
    Fake,
    /// Spans: behind a feature, in a crate alone.
    Tracing,
    /// Calls that block: behind a feature, in a crate alone.
    Blocking,
    /// The same, where some operation answers in pages.
    BlockingPages,
    /// The same, where some operation answers value by value.
    BlockingStreams,
    /// The same, in events.
    BlockingEvents,
    /// The same, in values of JSON.
    BlockingJsonStreams,
    /// Helpers of the runtime's own unit tests; no part of a module delivery.
    Tests,
}

impl Need {
    /// The Cargo feature that it is behind, in a crate.
    fn feature(self) -> Option<&'static str> {
        match self {
            Self::Reqwest | Self::Certificates => Some("reqwest"),
            Self::Fake => Some("fake"),
            Self::Tracing => Some("tracing"),
            Self::Blocking
            | Self::BlockingPages
            | Self::BlockingStreams
            | Self::BlockingEvents
            | Self::BlockingJsonStreams => Some("blocking"),
            Self::FileUploads | Self::FileParts | Self::Downloads => Some("fs"),
            _ => None,
        }
    }
}

/// A file of the runtime.
struct File {
    name: &'static str,
    need: Need,
    text: &'static str,
    /// What the crate itself uses of it.
    own: &'static [&'static str],
    /// What callers can name of it.
    public: &'static [&'static str],
}

macro_rules! file {
    ($name:literal, $need:ident $(($of:expr))?, own $own:expr, public $public:expr) => {
        File {
            name: $name,
            need: Need::$need $(($of))?,
            text: include_str!(concat!("../../../templates/runtime/", $name, ".rs")),
            own: &$own,
            public: &$public,
        }
    };
}

/// The formats that are kept as texts.
const KEPT: &[Primitive] = &[DateTime, Date, Time, Duration, Uuid, Base64];

static FILES: &[File] = &[
    file!("argument", Calls, own [], public []),
    file!("base64", CallsOr(Base64), own [], public []),
    file!("base64_text", Is(Base64), own [], public ["Base64"]),
    file!("blocking", Blocking, own [], public ["BlockingStream", "wait"]),
    file!("blocking_events", BlockingEvents, own [], public []),
    file!("blocking_json", BlockingJsonStreams, own [], public []),
    file!("blocking_pages", BlockingPages, own [], public []),
    file!("blocking_streams", BlockingStreams, own [], public []),
    file!("body", Calls, own [], public ["Body"]),
    file!("bound", Always, own [], public []),
    file!("builder", Calls, own ["ApiInfo", "CoreBuilder"], public []),
    file!("calendar", IsAny(&[DateTime, Date]), own [], public []),
    file!("call", Calls, own ["Call", "Operation"], public []),
    file!("certificates", Certificates, own [], public []),
    file!("clock", IsAny(&[DateTime, Time]), own [], public []),
    file!("check", Checks, own ["Bound"], public []),
    file!("client_credentials", ClientCredentials, own [], public ["ClientCredentials"]),
    file!("compare", Structs, own [], public []),
    file!("content", Calls, own [], public []),
    file!("core", Calls, own ["Core"], public []),
    file!("credentials", Calls, own [], public []),
    file!("date", Is(Date), own [], public ["Date"]),
    file!("date_convert", Converts(Date), own [], public []),
    file!("date_time", Is(DateTime), own [], public ["DateTime"]),
    file!("date_time_convert", Converts(DateTime), own [], public []),
    file!("deadline", Calls, own [], public []),
    file!("debug", Structs, own [], public []),
    file!("decode", Always, own [], public []),
    file!("deserialize", Types, own [], public []),
    file!("encode", Always, own [], public []),
    file!("error", Calls, own [], public ["Error", "ErrorKind"]),
    file!("event_parser", Events, own [], public []),
    file!("event_stream", Events, own [], public ["EventStream", "ServerEvent"]),
    file!("failure", Calls, own [], public []),
    file!("fake", Fake, own [], public ["Fake", "Planned"]),
    file!("fake_reply", Fake, own [], public ["FakeReply"]),
    file!("fake_request", Fake, own [], public ["FakeRequest"]),
    file!("fault", Always, own [], public []),
    file!("file_download", Downloads, own [], public []),
    file!("file_part", FileParts, own [], public []),
    file!("file_upload", FileUploads, own [], public []),
    file!("form", Forms, own [], public []),
    file!("fraction", IsAny(&[DateTime, Time, Duration]), own [], public []),
    file!("header", Calls, own [], public []),
    file!("header_value", Calls, own [], public []),
    file!("held_token", Tokens, own [], public []),
    file!("hook", Calls, own [], public ["AttemptOutcome", "CallAttempt", "CallHook"]),
    file!("idempotency", Calls, own [], public []),
    file!("iso_duration", Is(Duration), own [], public ["IsoDuration"]),
    file!("iso_duration_convert", Converts(Duration), own [], public []),
    file!("json", Always, own [], public []),
    file!("json_stream", JsonStreams, own [], public ["JsonStream"]),
    file!("lines", Streams, own [], public []),
    file!("message", Calls, own [], public []),
    file!("multipart", Parts, own [], public ["FilePart"]),
    file!("named_event", NamedEvents, own ["EventRead", "EventText", "NamedEvent"], public []),
    file!("number", Always, own [], public []),
    file!("number_of", Numbers, own [], public ["NumberOf"]),
    file!("one_of", Unions, own ["one_of"], public []),
    file!("open_enum", Enums, own["open_enum"], public["Unlisted"]),
    file!("open_integer", Integers, own["open_integer"], public["UnlistedInteger"]),
    file!("options", Calls, own [], public ["Options"]),
    file!("page_body", PageBodies, own [], public ["InBody"]),
    file!("page_cursor", PageCursors, own [], public []),
    file!("page_link", PageLinks, own [], public []),
    file!("page_next", PageNexts, own [], public []),
    file!("page_number", PageNumbers, own [], public []),
    file!("page_offset", PageOffsets, own [], public []),
    file!("page_place", PagePlaces, own [], public ["PagePlace"]),
    file!("page_url", PageUrls, own [], public []),
    file!("paging", Pages, own [], public ["Items", "PageInfo", "Pages"]),
    file!("parts", Parts, own [], public []),
    file!("password", Is(Password), own [], public []),
    file!("patch", Patches, own [], public ["Patch"]),
    file!("pattern", Patterns, own ["pattern"], public []),
    file!("prepare", Calls, own [], public []),
    file!("progress", Calls, own [], public ["Progress"]),
    file!("record", Structs, own ["record"], public []),
    file!("redact", Calls, own [], public []),
    file!("redirect", Calls, own [], public []),
    file!("reference", Calls, own [], public []),
    file!("replay", Unions, own [], public []),
    file!("request", Calls, own [], public ["Request"]),
    file!("reqwest_transport", Reqwest, own [], public []),
    file!("response", Calls, own [], public ["RawResponse", "Response"]),
    file!("retry", Calls, own [], public []),
    file!("retry_after", Calls, own [], public []),
    file!("scheme", Calls, own [], public ["Place", "Scheme"]),
    file!("secret", CallsOr(Password), own [], public ["Secret"]),
    file!("seed", Always, own [], public []),
    file!("send", Calls, own [], public []),
    file!("sending", Calls, own [], public ["Sending", "SendingRaw", "SendingWithResponse"]),
    file!("serialize", Types, own [], public []),
    file!("server_variable", Calls, own [], public []),
    file!("shared_work", Tokens, own [], public []),
    file!("small_integers", IsAny(&[I8, I16, U8, U16]), own [], public []),
    file!("streaming", Streams, own [], public ["SendingStream"]),
    file!("style", Calls, own [], public ["ParameterStyle"]),
    file!("target", Calls, own [], public []),
    file!("testing", Tests, own [], public []),
    file!("text", IsAny(KEPT), own [], public []),
    file!("text_of", Paths, own [], public ["TextOf"]),
    file!("time", Is(Time), own [], public ["Time"]),
    file!("time_convert", Converts(Time), own [], public []),
    file!("token", Tokens, own [], public ["BearerToken", "FetchedToken", "TokenContext", "TokenError", "TokenProvider"]),
    file!("token_cache", Tokens, own [], public []),
    file!("trace", Tracing, own [], public []),
    file!("traced_body", Tracing, own [], public []),
    file!("transport", Calls, own [], public ["BoxFuture", "Transport", "TransportError"]),
    file!("transport_settings", Reqwest, own [], public ["TransportSettings"]),
    file!("tuple", Tuples, own ["tuple"], public []),
    file!("undecoded", Calls, own [], public []),
    file!("upload", Uploads, own [], public ["Upload"]),
    file!("url", Calls, own [], public []),
    file!("uuid", Is(Uuid), own [], public ["Uuid"]),
    file!("uuid_convert", Converts(Uuid), own [], public []),
    file!("values", Always, own [], public []),
];

/// The files' texts, by path.
pub(super) fn files(cx: &Context<'_>) -> BTreeMap<String, String> {
    let needed = needed(cx);
    needed.iter().map(|file| (format!("src/runtime/{}.rs", file.name), file.text.to_owned())).collect()
}

/// ```text
/// mod argument;
/// pub(crate) use self::builder::{ApiInfo, CoreBuilder};
/// pub use self::error::{Error, ErrorKind};
/// ```
pub(super) fn sources<'a>(cx: &'a Context<'a>) -> Vec<Make<'a>> {
    vec![Box::new(|| root(cx))]
}

fn root(cx: &Context<'_>) -> Source {
    let needed = needed(cx);
    let modules = needed.iter().map(|file| {
        let (gate, name) = (gate(file, cx), ident(file.name));
        // A macro reaches what it expands to through the module of its own name.
        let visibility = file.own.contains(&file.name).then(|| quote!(pub(crate)));
        quote!(#gate #visibility mod #name;)
    });
    // A client without operations makes no calls but the caller's.
    let is_used = |name: &&str| *name != "Call" || !cx.model.api.operations.is_empty();
    let own = needed.iter().filter_map(|file| {
        let names: Vec<_> = file.own.iter().copied().filter(is_used).collect();
        reexport(file, &names, &quote!(pub(crate)), cx)
    });
    let public = needed.iter().filter_map(|file| reexport(file, file.public, &quote!(pub), cx));
    Source {
        path: "src/runtime/mod.rs".to_owned(),
        docs: Doc::text(match cx.has_client() {
            true => "What every operation shares: nothing here knows the API.",
            false => "What all types share: nothing here knows the API.",
        }),
        groups: vec![modules.collect(), own.collect(), public.collect()],
        ..Source::default()
    }
}

/// What callers can name of the runtime, by the Cargo feature that it needs.
pub(super) fn exports(cx: &Context<'_>) -> BTreeMap<Option<&'static str>, BTreeSet<&'static str>> {
    let mut exports = BTreeMap::new();
    for file in needed(cx).iter().filter(|file| !file.public.is_empty()) {
        exports.entry(feature(file, cx)).or_insert_with(BTreeSet::new).extend(file.public);
    }
    exports
}

/// Whether some value is of one of these formats.
pub(super) fn has_any(formats: &[Primitive], cx: &Context<'_>) -> bool {
    formats.iter().any(|format| cx.model.facts.primitives.contains(format))
}

/// Whether some security scheme takes tokens.
pub(super) fn needs_tokens(cx: &Context<'_>) -> bool {
    cx.has_client() && cx.model.api.security_schemes.values().any(builder::takes_tokens)
}

/// Whether some security scheme takes tokens that a client can get with credentials of its own.
pub(super) fn needs_client_credentials(cx: &Context<'_>) -> bool {
    cx.has_client() && cx.model.api.security_schemes.values().any(|scheme| scheme.is_oauth)
}

/// Whether some request is checked before it is sent.
pub(super) fn has_checks(cx: &Context<'_>) -> bool {
    cx.model.api.operations.iter().any(|operation| {
        let mut parameters = operation.parameters.iter().map(|parameter| (&parameter.ty, &parameter.notes.checks));
        let body = operation.body.as_ref().and_then(|body| Some((body.ty()?, &body.notes.checks)));
        parameters.any(|(ty, checks)| bounds::is_checked(ty, checks, cx))
            || body.is_some_and(|(ty, checks)| bounds::is_checked(ty, checks, cx))
    })
}

/// Whether some text must match a regular expression before it is sent.
pub(super) fn has_patterns(cx: &Context<'_>) -> bool {
    let api = &cx.model.api;
    let of_types = api.types.values().filter(|def| cx.model.facts.in_requests.contains(&def.id));
    let of_types = of_types.flat_map(|def| {
        let (members, additional) = match &def.kind {
            TypeKind::Struct(of) => (of.members.as_slice(), of.additional.as_ref()),
            _ => (&[][..], None),
        };
        let members = members.iter().filter(|member| member.access != Access::ReadOnly);
        let members = members.map(|member| &member.notes.checks);
        members.chain(additional.map(|of| &of.notes.checks)).chain([&def.notes.checks])
    });
    let of_arguments = api.operations.iter().flat_map(|operation| &operation.parameters).map(|one| &one.notes.checks);
    let of_bodies = api.operations.iter().filter_map(|operation| Some(&operation.body.as_ref()?.notes.checks));
    let mut all = of_types.chain(of_arguments).chain(of_bodies).flatten();
    cx.has_client() && all.any(bounds::has_pattern)
}

fn needed(cx: &Context<'_>) -> Vec<&'static File> {
    FILES.iter().filter(|file| is_needed(file.need, cx)).collect()
}

fn is_needed(need: Need, cx: &Context<'_>) -> bool {
    let some_type = |is: fn(&TypeKind) -> bool| cx.model.api.types.values().any(|def| is(&def.kind));
    let some_body = |is: fn(&Payload) -> bool| {
        let bodies = cx.model.api.operations.iter().filter_map(|operation| operation.body.as_ref());
        bodies.into_iter().any(|body| is(&body.payload))
    };
    let some_stream = |is: fn(&Sequence) -> bool| {
        let mut streams = cx.model.api.operations.iter().filter_map(|operation| match &operation.success {
            Answer::Stream(stream) => Some(stream),
            _ => operation.stream.as_ref(),
        });
        streams.any(is)
    };
    let some_pages = |is: fn(&PagingStyle) -> bool| cx.model.facts.paging.values().any(|paging| is(&paging.style));
    match need {
        Need::Always => true,
        Need::Calls | Need::Reqwest => cx.has_client(),
        // A copy is tested where it comes from.
        Need::Tests => cx.is_crate() && cx.has_client() && cx.vendored().is_none(),
        Need::Fake | Need::Tracing | Need::Blocking | Need::Certificates => cx.is_crate() && cx.has_client(),
        Need::BlockingPages => cx.is_crate() && is_needed(Need::Pages, cx),
        Need::BlockingStreams => cx.is_crate() && is_needed(Need::Streams, cx),
        Need::BlockingEvents => cx.is_crate() && is_needed(Need::Events, cx),
        Need::BlockingJsonStreams => cx.is_crate() && is_needed(Need::JsonStreams, cx),
        Need::Types => {
            has_any(KEPT, cx)
                || has_any(&[Password], cx)
                || is_needed(Need::Paths, cx)
                || is_needed(Need::Numbers, cx)
                || some_type(|kind| !matches!(kind, TypeKind::Alias(_)))
        }
        Need::Structs => some_type(|kind| matches!(kind, TypeKind::Struct(_))),
        Need::Enums => some_type(|kind| matches!(kind, TypeKind::Enum(of) if of.kind != JsonKind::Integer)),
        Need::Integers => some_type(|kind| matches!(kind, TypeKind::Enum(of) if of.kind == JsonKind::Integer)),
        Need::Tuples => some_type(|kind| matches!(kind, TypeKind::Tuple(_))),
        Need::Patterns => has_patterns(cx),
        Need::Unions => some_type(|kind| matches!(kind, TypeKind::Union(_))),
        Need::Forms => some_body(|payload| matches!(payload, Payload::Form { .. })),
        Need::Parts => some_body(|payload| matches!(payload, Payload::Multipart { .. })),
        Need::Uploads => {
            some_body(|payload| matches!(payload, Payload::Multipart { .. } | Payload::Bytes | Payload::Encoded))
        }
        Need::FileUploads => cx.is_crate() && is_needed(Need::Uploads, cx),
        Need::FileParts => cx.is_crate() && is_needed(Need::Parts, cx),
        Need::Downloads => cx.is_crate() && cx.has_client(),
        Need::Pages => some_pages(|_| true),
        Need::PageNumbers => some_pages(|style| matches!(style, PagingStyle::Number { .. })),
        Need::PageOffsets => some_pages(|style| matches!(style, PagingStyle::Offset { .. })),
        Need::PageCursors => some_pages(|style| matches!(style, PagingStyle::Cursor { .. })),
        Need::PagePlaces => some_pages(|style| style.place().is_some()),
        Need::PageBodies => some_pages(|style| matches!(style.place(), Some(Place::Body(_)))),
        Need::PageUrls => some_pages(|style| matches!(style, PagingStyle::Url { .. } | PagingStyle::Link)),
        Need::PageLinks => some_pages(|style| matches!(style, PagingStyle::Link)),
        Need::PageNexts => is_needed(Need::PageCursors, cx) || is_needed(Need::PageUrls, cx),
        Need::Streams => some_stream(|_| true),
        Need::Events => some_stream(|stream| stream.format == SequenceFormat::Events),
        Need::NamedEvents => cx.model.api.operations.iter().any(|operation| !operation.events().is_empty()),
        Need::JsonStreams => some_stream(|stream| stream.format != SequenceFormat::Events),
        Need::Patches => cx.model.api.types.values().any(|def| constructor::has_patch(def, cx)),
        Need::Checks => has_checks(cx),
        Need::Tokens => needs_tokens(cx),
        Need::ClientCredentials => needs_client_credentials(cx),
        Need::Paths => !cx.model.facts.text_paths.is_empty(),
        Need::Numbers => !cx.model.facts.number_paths.is_empty(),
        Need::Is(format) => has_any(&[format], cx),
        Need::IsAny(formats) => has_any(formats, cx),
        Need::Converts(format) => cx.is_crate() && has_any(&[format], cx),
        Need::CallsOr(format) => cx.has_client() || has_any(&[format], cx),
    }
}

/// The Cargo feature that a file is behind: a module has none.
fn feature(file: &File, cx: &Context<'_>) -> Option<&'static str> {
    file.need.feature().filter(|_| cx.is_crate())
}

/// The attribute in front of a module and of what is taken from it.
fn gate(file: &File, cx: &Context<'_>) -> Option<TokenStream> {
    match file.need {
        Need::Tests => Some(quote!(#[cfg(test)])),
        _ => feature(file, cx).map(|feature| quote!(#[cfg(feature = #feature)])),
    }
}

fn reexport(file: &File, names: &[&str], visibility: &TokenStream, cx: &Context<'_>) -> Option<TokenStream> {
    let (gate, module) = (gate(file, cx), ident(file.name));
    let names: Vec<_> = names.iter().map(|name| ident(name)).collect();
    match names.as_slice() {
        [] => None,
        [name] => Some(quote!(#gate #visibility use self::#module::#name;)),
        names => Some(quote!(#gate #visibility use self::#module::{#(#names),*};)),
    }
}

#[cfg(test)]
mod tests {
    use super::FILES;
    use crate::name::is_reserved_type;

    #[test]
    fn no_type_of_a_description_is_called_as_one_of_the_runtime() {
        let names = FILES.iter().flat_map(|file| file.own.iter().chain(file.public));
        let types: Vec<&str> = names.copied().filter(|name| name.starts_with(char::is_uppercase)).collect();
        assert!(types.len() > 40, "{types:?}");
        let free: Vec<&&str> = types.iter().filter(|name| !is_reserved_type(name)).collect();
        assert!(free.is_empty(), "{free:?}");
    }
}
