//! How a request is sent: `send` for the answer as a whole, `stream` for its values one after another.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{body, cases, events, responses};
use crate::emit::context::{Context, ident};
use crate::emit::docs::{self, Doc};
use crate::emit::imports::Imports;
use crate::emit::{prose, rust_type};
use crate::ir::{Answer, Item, Operation, Payload, Sequence, SequenceFormat, TypeRef};
use crate::name::OperationName;

const REDIRECTS: &str = "\
    Sends the request.\n\nIts answer is a redirect: an error that says where it points, unless\n`Options::max_redirects` has it \
    followed. What is there is the answer then.";
const STREAMS: &str = "Sends the request, for a stream of the answer's values as they come.";
const UNSAID_BODY: &str = "Nothing is said of a body: `.send().raw()` gives it, if there is one.";
const UNSAID_STREAM: &str = "\
    With `true` for `stream` the answer may be a stream, and nothing is said of what it holds: `.send().raw()`\ngives it as it \
    comes, and `RawResponse::events` or `RawResponse::lines` reads its values.";

/// ```text
/// /// Sends the request.
/// pub fn send(self) -> Sending<Chat> {
///     self.call.send()
/// }
///
/// /// Sends the request, for a stream of the answer's values as they come.
/// pub fn stream(mut self) -> SendingStream<EventStream<ChatEvent>> {
///     self.call.accept("text/event-stream");
///     self.call.body_member("stream", true);
///     self.call.send_events()
/// }
/// ```
pub(super) fn emit(
    operation: &Operation,
    name: &OperationName,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> TokenStream {
    let ty = answer(&operation.success, name, cx, imports);
    let (sending, send) = match &operation.success {
        Answer::Stream(sequence) => ("SendingStream", stream_method(sequence)),
        // Frameworks answer with nothing at all where a program says null, or nothing.
        Answer::Json { optional: true, .. } | Answer::Json { nullable: true, .. } => ("Sending", "send_optional"),
        Answer::Json { ty: TypeRef::Any, .. } => ("Sending", "send_any"),
        Answer::Text { .. } => ("Sending", "send_text"),
        Answer::OneOf(_) => ("Sending", "send_cases"),
        Answer::Empty | Answer::Json { .. } | Answer::Bytes { .. } | Answer::Redirect => ("Sending", "send"),
    };
    imports.runtime.insert(sending);
    let (sending, send) = (ident(sending), ident(send));
    let read = cases::read(operation, name);
    let asks = asks(operation, false, cx);
    let mutable = asks.as_ref().map(|_| quote!(mut));
    let mut doc = Doc::text(sends(&operation.success));
    append(&mut doc, operation, false, cx);
    let stream = operation.stream.as_ref().map(|stream| stream_beside(stream, operation, name, cx, imports));
    quote! {
        #doc
        pub fn send(#mutable self) -> #sending<#ty> {
            #asks
            self.call.#send(#read)
        }

        #stream
    }
}

fn sends(answer: &Answer) -> &'static str {
    match answer {
        Answer::Stream(_) => STREAMS,
        Answer::Redirect => REDIRECTS,
        _ => "Sends the request.",
    }
}

fn stream_beside(
    sequence: &Sequence,
    operation: &Operation,
    name: &OperationName,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> TokenStream {
    let ty = stream(sequence, name, cx, imports);
    imports.runtime.insert("SendingStream");
    let (media_type, send) = (&sequence.media_type, ident(stream_method(sequence)));
    let asks = asks(operation, true, cx);
    let mut doc = Doc::text(STREAMS);
    append(&mut doc, operation, true, cx);
    quote! {
        #doc
        pub fn stream(mut self) -> SendingStream<#ty> {
            self.call.accept(#media_type);
            #asks
            self.call.#send()
        }
    }
}

/// Whether a member of the body can be set when the rest of it is written: in JSON.
fn is_set_late(operation: &Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| matches!(body.payload, Payload::Json { .. }))
}

/// `self.call.body_member("stream", true);`
fn asks(operation: &Operation, stream: bool, cx: &Context<'_>) -> Option<TokenStream> {
    let member = cx.model.facts.streamed.get(&operation.pointer).filter(|_| is_set_late(operation))?;
    Some(quote!(self.call.body_member(#member, #stream);))
}

fn stream_method(sequence: &Sequence) -> &'static str {
    match (sequence.format, &sequence.item) {
        (SequenceFormat::Events, Item::Json { .. }) => "send_events",
        (SequenceFormat::Events, Item::Text) => "send_text_events",
        (SequenceFormat::Events, Item::Events(_)) => "send_named_events",
        (SequenceFormat::Lines, _) => "send_lines",
        (SequenceFormat::Records, _) => "send_records",
    }
}

/// The Rust type of a success.
pub(in crate::emit) fn answer(
    answer: &Answer,
    name: &OperationName,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> TokenStream {
    match answer {
        Answer::Empty => quote!(()),
        Answer::Json { ty, nullable, optional, .. } => {
            let plain = rust_type::plain(ty, cx, imports);
            if *nullable || *optional { quote!(Option<#plain>) } else { plain }
        }
        Answer::Text { .. } => quote!(String),
        Answer::Bytes { .. } | Answer::Redirect => {
            imports.bytes = true;
            quote!(Bytes)
        }
        Answer::Stream(sequence) => stream(sequence, name, cx, imports),
        Answer::OneOf(_) => ident(name.answer.as_deref().unwrap_or_default()).into_token_stream(),
    }
}

/// The Rust type of a stream of values: `EventStream<ChatEvent>`.
pub(in crate::emit) fn stream(
    sequence: &Sequence,
    name: &OperationName,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> TokenStream {
    let item = match &sequence.item {
        Item::Json { ty, nullable } => {
            let plain = rust_type::plain(ty, cx, imports);
            if *nullable { quote!(Option<#plain>) } else { plain }
        }
        Item::Text => quote!(String),
        Item::Events(_) => events::ty(name),
    };
    let stream = match sequence.format {
        SequenceFormat::Events => "EventStream",
        SequenceFormat::Lines | SequenceFormat::Records => "JsonStream",
    };
    imports.runtime.insert(stream);
    let stream = ident(stream);
    quote!(#stream<#item>)
}

/// How the answer is asked for, and what it can fail with: the typed bodies of error answers, by the accessor that reads
/// them.
fn append(doc: &mut Doc, operation: &Operation, stream: bool, cx: &Context<'_>) {
    if let Some(member) = cx.model.facts.streamed.get(&operation.pointer) {
        let member = prose::code(member);
        if is_set_late(operation) {
            doc.paragraph(&format!("The body has `{stream}` for {member}, whatever it had."));
        } else if stream {
            doc.paragraph(&format!("The body must have `true` for {member}."));
        }
    }
    if cx.model.facts.may_stream.contains(&operation.pointer) {
        doc.paragraph(UNSAID_STREAM);
    }
    responses::answers(doc, operation);
    if responses::may_have_a_body(operation) {
        doc.paragraph(UNSAID_BODY);
    }
    headers(doc, operation, cx);
    responses::errors(doc, operation, cx);
}

/// What answers have beside their bodies.
fn headers(doc: &mut Doc, operation: &Operation, cx: &Context<'_>) {
    if operation.headers.is_empty() {
        return;
    }
    let lines = operation.headers.iter().map(|header| {
        let ty = prose::code(&body::path(&header.ty, cx));
        let said = docs::on_one_line(&header.docs, &header.notes).map(|said| format!(": {said}")).unwrap_or_default();
        format!("* {} ({ty}){said}", prose::code(&header.wire))
    });
    let lines: Vec<String> = lines.collect();
    doc.section(
        "Headers",
        &format!("A response has these, and reads them by their names and types:\n\n{}", lines.join("\n")),
    );
}
