//! `src/runtime/`: the files of `templates/runtime` that this API needs, byte for byte, the same in every crate; and the
//! `mod.rs` that ties them together.

mod need;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use self::need::{KEPT, Need, is_needed};
pub(super) use self::need::{has_any, has_checks, has_patterns, has_streams, needs_client_credentials, needs_tokens};
use super::context::{Context, ident};
use super::docs::Doc;
use super::print::{Make, Source};
use crate::ir::Primitive::{Base64, Date, DateTime, Duration, I8, I16, Password, Time, U8, U16, Uuid};

/// A file of the runtime.
struct File {
    name: &'static str,
    need: Need,
    text: &'static str,
    /// What the crate itself uses of it.
    own: &'static [&'static str],
    /// What callers can name of it.
    public: &'static [&'static str],
    /// What it adds to types that are there without it.
    adds: &'static [&'static str],
}

macro_rules! file {
    ($name:ident, $need:ident $(($of:expr))?, own $own:expr, public $public:expr $(, adds $adds:expr)?) => {
        File {
            name: stringify!($name),
            need: Need::$need $(($of))?,
            text: clientwright_templates::runtime::$name,
            own: &$own,
            public: &$public,
            adds: &[$($adds)?],
        }
    };
}

static FILES: &[File] = &[
    file!(argument, Calls, own [], public []),
    file!(base64, CallsOr(Base64), own [], public []),
    file!(base64_text, Is(Base64), own [], public ["Base64"]),
    file!(blocking, Blocking, own [], public ["BlockingStream", "wait"]),
    file!(blocking_events, BlockingEvents, own [], public []),
    file!(blocking_json, BlockingJsonStreams, own [], public []),
    file!(blocking_pages, BlockingPages, own [], public []),
    file!(blocking_streams, BlockingStreams, own [], public []),
    file!(body, Calls, own [], public ["Body"]),
    file!(bound, Always, own [], public []),
    file!(builder, Calls, own ["ApiInfo", "CoreBuilder"], public []),
    file!(calendar, IsAny(&[DateTime, Date]), own [], public []),
    file!(call, Calls, own ["Call", "Operation"], public []),
    file!(certificates, Certificates, own [], public []),
    file!(clock, IsAny(&[DateTime, Time]), own [], public []),
    file!(check, Checks, own ["Bound"], public []),
    file!(client_credentials, ClientCredentials, own [], public ["ClientCredentials"]),
    file!(compare, Structs, own [], public []),
    file!(content, Calls, own [], public []),
    file!(core, Calls, own ["Core"], public []),
    file!(credentials, Calls, own [], public []),
    file!(date, Is(Date), own [], public ["Date"]),
    file!(date_convert, Converts(Date), own [], public []),
    file!(date_time, Is(DateTime), own [], public ["DateTime"]),
    file!(date_time_convert, Converts(DateTime), own [], public []),
    file!(deadline, Calls, own [], public []),
    file!(debug, Structs, own [], public []),
    file!(decode, Always, own [], public []),
    file!(deserialize, Types, own [], public []),
    file!(encode, Always, own [], public []),
    file!(error, Calls, own [], public ["Error", "ErrorKind"]),
    file!(event_parser, Events, own [], public []),
    file!(event_stream, Events, own [], public ["EventStream", "ServerEvent"]),
    file!(failure, Calls, own [], public []),
    file!(fake, Fake, own [], public ["Fake", "Planned"]),
    file!(fake_reply, Fake, own [], public ["FakeReply"]),
    file!(fake_request, Fake, own [], public ["FakeRequest"]),
    file!(fault, Always, own [], public []),
    file!(fetch_transport, Reqwest, own [], public []),
    file!(file_download, Downloads, own [], public []),
    file!(file_part, FileParts, own [], public []),
    file!(file_upload, FileUploads, own [], public []),
    file!(form, Forms, own [], public []),
    file!(fraction, IsAny(&[DateTime, Time, Duration]), own [], public []),
    file!(handed, Reqwest, own [], public []),
    file!(header, Calls, own [], public []),
    file!(header_value, Calls, own [], public []),
    file!(held_token, Tokens, own [], public []),
    file!(hook, Calls, own [], public ["AttemptOutcome", "CallAttempt", "CallHook"]),
    file!(idempotency, Calls, own [], public []),
    file!(iso_duration, Is(Duration), own [], public ["IsoDuration"]),
    file!(iso_duration_convert, Converts(Duration), own [], public []),
    file!(json, Always, own [], public []),
    file!(json_lines, SentLines, own [], public []),
    file!(json_stream, JsonStreams, own [], public ["JsonStream"]),
    file!(lines, Streams, own [], public []),
    file!(media_type, MediaTypes, own [], public []),
    file!(member, Always, own [], public []),
    file!(message, Calls, own [], public []),
    file!(multipart, Parts, own [], public ["FilePart"]),
    file!(named_event, NamedEvents, own ["EventRead", "EventText", "NamedEvent"], public []),
    file!(number, Always, own [], public []),
    file!(number_of, Numbers, own [], public ["NumberOf"]),
    file!(object, Always, own [], public []),
    file!(one_of, Unions, own ["one_of"], public []),
    file!(open_enum, Enums, own["open_enum"], public["Unlisted"]),
    file!(open_integer, Integers, own["open_integer"], public["UnlistedInteger"]),
    file!(options, Calls, own [], public ["Options"]),
    file!(page_body, PageBodies, own [], public ["InBody"]),
    file!(page_cursor, PageCursors, own [], public [], adds "Request::pages_by_cursor"),
    file!(page_cursor_header, PageHeaders, own [], public [], adds "Request::pages_by_header"),
    file!(page_header, PagesInHeaders, own [], public ["InHeader"]),
    file!(page_link, PageLinks, own [], public [], adds "Request::pages_by_link"),
    file!(page_next, PageNexts, own [], public [], adds "PageInfo::next"),
    file!(page_number, PageNumbers, own [], public [], adds "Request::pages_by_number"),
    file!(page_offset, PageOffsets, own [], public [], adds "Request::pages_by_offset"),
    file!(page_path, PagesInPaths, own [], public ["InPath"]),
    file!(page_place, PagePlaces, own [], public ["PagePlace"]),
    file!(page_url, PageUrls, own [], public [], adds "Request::pages_by_url"),
    file!(paging, Pages, own [], public ["Items", "PageInfo", "Pages"]),
    file!(parts, Parts, own [], public []),
    file!(password, Is(Password), own [], public []),
    file!(patch, Patches, own [], public ["Patch"]),
    file!(pattern, Patterns, own ["pattern"], public []),
    file!(prepare, Calls, own [], public []),
    file!(progress, Calls, own [], public ["Progress"]),
    file!(record, Structs, own ["record"], public []),
    file!(redact, Calls, own [], public []),
    file!(redirect, Calls, own [], public []),
    file!(reference, Calls, own [], public []),
    file!(replay, Unions, own [], public []),
    file!(request, Calls, own [], public ["Request"]),
    file!(reqwest_transport, Reqwest, own [], public []),
    file!(response, Calls, own [], public ["RawResponse", "Response"]),
    file!(retry, Calls, own [], public []),
    file!(retry_after, Calls, own [], public []),
    file!(same_url, Reqwest, own [], public []),
    file!(scheme, Calls, own [], public ["Place", "Scheme"]),
    file!(secret, CallsOr(Password), own [], public ["Secret"]),
    file!(seed, Always, own [], public []),
    file!(send, Calls, own [], public []),
    file!(sending, Calls, own [], public ["Sending", "SendingRaw", "SendingWithResponse"]),
    file!(serialize, Types, own [], public []),
    file!(server_variable, Calls, own [], public []),
    file!(shared_work, Tokens, own [], public []),
    file!(small_integers, IsAny(&[I8, I16, U8, U16]), own [], public []),
    file!(streaming, Streams, own [], public ["SendingStream"]),
    file!(style, Calls, own [], public ["ParameterStyle"]),
    file!(target, Calls, own [], public []),
    file!(testing, Tests, own [], public []),
    file!(text, IsAny(KEPT), own [], public []),
    file!(text_of, Paths, own [], public ["TextOf"]),
    file!(time, Is(Time), own [], public ["Time"]),
    file!(time_convert, Converts(Time), own [], public []),
    file!(token, Tokens, own [], public ["BearerToken", "FetchedToken", "TokenContext", "TokenError", "TokenProvider"]),
    file!(token_cache, Tokens, own [], public []),
    file!(trace, Tracing, own [], public []),
    file!(traced_body, Tracing, own [], public []),
    file!(transport, Calls, own [], public ["BoxFuture", "Transport", "TransportError"]),
    file!(transport_settings, Reqwest, own [], public ["TransportSettings"]),
    file!(tuple, Tuples, own ["tuple"], public []),
    file!(undecoded, Calls, own [], public []),
    file!(upload, Uploads, own [], public ["Upload"]),
    file!(url, Calls, own [], public []),
    file!(uuid, Is(Uuid), own [], public ["Uuid"]),
    file!(uuid_convert, Converts(Uuid), own [], public []),
    file!(values, Always, own [], public []),
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

/// What callers can call on types of the runtime in some crates alone.
pub(super) fn additions<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = &'static str> + 'a {
    needed(cx).into_iter().flat_map(|file| file.adds.iter().copied())
}

fn needed(cx: &Context<'_>) -> Vec<&'static File> {
    FILES.iter().filter(|file| is_needed(file.need, cx)).collect()
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
