//! When a file of the runtime is needed: what of the API it is for.

use crate::analyze::{Next, PagingStyle, Place};
use crate::emit::context::Context;
use crate::emit::{bounds, builder, constructor, operation};
use crate::ir::Primitive::{self, Base64, Date, DateTime, Duration, Password, Time, Uuid};
use crate::ir::{Access, Answer, JsonKind, Payload, Sequence, SequenceFormat, TypeKind};

/// When a file of the runtime is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
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
    /// Some operation sends JSON as one of several media types.
    MediaTypes,
    /// Some operation sends a form.
    Forms,
    /// Some operation sends values line by line.
    SentLines,
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
    /// Some operation answers a stream of values, or may do so without saying of what.
    Streams,
    /// Some operation answers a stream of events, or may do so.
    Events,
    /// Some operation answers a stream of events that are told apart by their names.
    NamedEvents,
    /// Some operation answers a stream of JSON values, or may do so.
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
    /// The same, in a header.
    PagesInHeaders,
    /// The same, in the path.
    PagesInPaths,
    /// Some pages are asked for with what a header of the page before says.
    PageHeaders,
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
    pub(super) fn feature(self) -> Option<&'static str> {
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

/// The formats that are kept as texts.
pub(super) const KEPT: &[Primitive] = &[DateTime, Date, Time, Duration, Uuid, Base64];

/// Whether there is what a file is for.
pub(super) fn is_needed(need: Need, cx: &Context<'_>) -> bool {
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
    // It is for the caller to know what these hold.
    let is_unsaid = !cx.model.facts.may_stream.is_empty() && cx.has_client();
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
        Need::MediaTypes => cx.model.names.media_types.keys().any(|(_, name)| name != operation::media_types::CHANGES),
        Need::Forms => some_body(|payload| matches!(payload, Payload::Form { .. })),
        Need::SentLines => some_body(|payload| matches!(payload, Payload::Lines { .. })),
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
        Need::PagesInHeaders => some_pages(|style| matches!(style.place(), Some(Place::Header(_)))),
        Need::PagesInPaths => some_pages(|style| matches!(style.place(), Some(Place::Path(_)))),
        Need::PageHeaders => some_pages(|style| matches!(style, PagingStyle::Cursor { next: Next::Header(_), .. })),
        Need::PageUrls => some_pages(|style| matches!(style, PagingStyle::Url { .. } | PagingStyle::Link)),
        Need::PageLinks => some_pages(|style| matches!(style, PagingStyle::Link)),
        Need::PageNexts => is_needed(Need::PageCursors, cx) || is_needed(Need::PageUrls, cx),
        Need::Streams => is_unsaid || some_stream(|_| true),
        Need::Events => is_unsaid || some_stream(|stream| stream.format == SequenceFormat::Events),
        Need::NamedEvents => cx.model.api.operations.iter().any(|operation| !operation.events().is_empty()),
        Need::JsonStreams => is_unsaid || some_stream(|stream| stream.format != SequenceFormat::Events),
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

/// Whether some value is of one of these formats.
pub(in crate::emit) fn has_any(formats: &[Primitive], cx: &Context<'_>) -> bool {
    formats.iter().any(|format| cx.model.facts.primitives.contains(format))
}

/// Whether some answer is a stream of values, or may be one.
pub(in crate::emit) fn has_streams(cx: &Context<'_>) -> bool {
    cx.has_client() && is_needed(Need::Streams, cx)
}

/// Whether some security scheme takes tokens.
pub(in crate::emit) fn needs_tokens(cx: &Context<'_>) -> bool {
    cx.has_client() && cx.model.api.security_schemes.values().any(builder::takes_tokens)
}

/// Whether some security scheme takes tokens that a client can get with credentials of its own.
pub(in crate::emit) fn needs_client_credentials(cx: &Context<'_>) -> bool {
    cx.has_client() && cx.model.api.security_schemes.values().any(|scheme| scheme.is_oauth)
}

/// Whether some request is checked before it is sent.
pub(in crate::emit) fn has_checks(cx: &Context<'_>) -> bool {
    cx.model.api.operations.iter().any(|operation| {
        let mut parameters = operation.parameters.iter().map(|parameter| (&parameter.ty, &parameter.notes.checks));
        let body = operation.body.as_ref().and_then(|body| Some((body.ty()?, &body.notes.checks)));
        parameters.any(|(ty, checks)| bounds::is_checked(ty, checks, cx))
            || body.is_some_and(|(ty, checks)| bounds::is_checked(ty, checks, cx))
    })
}

/// Whether some text must match a regular expression before it is sent.
pub(in crate::emit) fn has_patterns(cx: &Context<'_>) -> bool {
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
