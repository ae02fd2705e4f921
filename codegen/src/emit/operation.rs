//! One operation: the method that starts it, the request with a setter for each argument that can be left out, and the static that
//! describes it to the runtime.

mod argument;
pub(super) mod body;
pub(super) mod cases;
pub(super) mod events;
mod example;
pub(super) mod media_types;
mod paging;
mod responses;
mod sample;
pub(super) mod send;
mod setter;
mod trivial;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, ident, linked};
use super::docs::Doc;
use super::imports::Imports;
use super::{operators, prose};
use crate::ir::{Location, Operation, Parameter, ServedAt};
use crate::name::OperationName;

pub(super) use example::{call as example_call, given as example_arguments};
pub(super) use setter::argument_type;

/// How many arguments clippy lets a method have beside `self`.
const FEW: usize = 6;

/// Where an operation's method stands.
pub(super) struct Place<'a> {
    /// The methods that lead there from the client.
    pub(super) chain: &'a [&'a str],
    /// The type that has the method.
    pub(super) owner: &'a str,
}

/// An operation as it is written.
pub(super) struct Emitted {
    /// The method on the resource.
    pub(super) method: TokenStream,
    /// The request struct and its `impl`.
    pub(super) request: TokenStream,
    /// `static GET_SESSIONS: Operation`
    pub(super) statics: TokenStream,
}

/// Writes an operation.
pub(super) fn emit(
    operation: &Operation,
    name: &OperationName,
    place: &Place<'_>,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> Emitted {
    imports.runtime.extend(["Call", "Operation"]);
    let paging = paging::emit(operation, name, cx, imports);
    Emitted {
        method: method(operation, name, place, cx, imports),
        request: request(operation, name, place, cx, imports, paging.as_ref()),
        statics: statics(operation, name, cx),
    }
}

/// How callers send a request: each method by its name, with what it gives.
pub(super) fn sending(operation: &Operation, name: &OperationName, cx: &Context<'_>) -> Vec<(String, TokenStream)> {
    let mut imports = Imports::default();
    let (send, paged) =
        (send::emit(operation, name, cx, &mut imports), paging::emit(operation, name, cx, &mut imports));
    let parsed = syn::parse2::<syn::ItemImpl>(quote!(impl Request { #send #paged })).ok();
    let signature = |item| match item {
        syn::ImplItem::Fn(method) => {
            let gives = match method.sig.output {
                syn::ReturnType::Default => quote!(()),
                syn::ReturnType::Type(_, ty) => quote!(#ty),
            };
            Some((method.sig.ident.to_string(), gives))
        }
        _ => None,
    };
    parsed.into_iter().flat_map(|parsed| parsed.items).filter_map(signature).collect()
}

/// The signature of the method: what has to be given, in the order of the path, then the body.
pub(super) fn signature(operation: &Operation, name: &OperationName, cx: &Context<'_>) -> TokenStream {
    let mut imports = Imports::default();
    let method = ident(&name.method);
    let request = ident(&name.request);
    let arguments = required(operation).map(|parameter| {
        let (ident, ty) = (parameter_ident(operation, parameter, cx), argument_type(&parameter.ty, cx, &mut imports));
        quote!(#ident: #ty)
    });
    let mut arguments: Vec<_> = arguments.collect();
    arguments.extend(body::required(operation).into_iter().flat_map(|body| body::declared(body, cx, &mut imports)));
    quote!(fn #method(&self #(, #arguments)*) -> #request)
}

/// ```text
/// /// Fetch all sessions of an App
/// pub fn get_sessions(&self, account_id: &str, app_id: &str) -> GetSessions {
///     let mut call = Call::new(&self.core, &GET_SESSIONS);
///     call.path("account_id", &account_id);
///     call.path("app_id", &app_id);
///     GetSessions { call }
/// }
/// ```
fn method(
    operation: &Operation,
    name: &OperationName,
    place: &Place<'_>,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> TokenStream {
    let doc = method_doc(operation, name, place, cx);
    let alias = operation.id.as_deref().and_then(|id| super::docs::alias(id, &name.method));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let signature = signature(operation, name, cx);
    let (request, constant) = (ident(&name.request), ident(&name.constant));
    let mut sets: Vec<_> =
        operation.server.iter().map(|ServedAt { template, .. }| quote!(call.server(#template);)).collect();
    sets.extend(operation.query.iter().map(|(name, value)| quote!(call.query(#name, &#value);)));
    sets.extend(operation.parameters.iter().filter_map(|parameter| {
        if let (true, Some(preset)) = (parameter.required, &parameter.preset) {
            return Some(setter::preset(parameter, preset, &quote!(call), imports));
        }
        if !parameter.is_argument() {
            return None;
        }
        // The names of argument types count as used by this module.
        let _ = argument_type(&parameter.ty, cx, imports);
        Some(setter::set(parameter, &parameter_ident(operation, parameter, cx), &quote!(call), cx, imports))
    }));
    sets.extend(body::required(operation).map(|body| {
        let _ = body::arguments(body, cx, imports);
        body::set(body, &quote!(call), cx, imports)
    }));
    let of_body = body::required(operation).map(|body| body::arguments(body, cx, imports).len());
    let arguments = required(operation).count() + of_body.unwrap_or_default();
    let many = (arguments > FEW)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the operation needs them all")]));
    let operator = operators::method(&name.method, arguments);
    let mutable = (!sets.is_empty()).then(|| quote!(mut));
    quote! {
        #doc
        #alias
        #deprecated
        #many
        #operator
        pub #signature {
            let #mutable call = Call::new(&self.core, &#constant);
            #(#sets)*
            #request { call }
        }
    }
}

fn method_doc(operation: &Operation, name: &OperationName, place: &Place<'_>, cx: &Context<'_>) -> Doc {
    let mut doc = Doc::of(&operation.docs);
    let request = prose::code(&format!("{} {}", operation.method.as_str(), operation.path));
    doc.paragraph(&match &operation.server {
        Some(server) => format!("{request} at {}", prose::code(&server.template)),
        None => request,
    });
    let arguments = argument_lines(operation, cx);
    if !arguments.is_empty() {
        doc.section("Arguments", "");
        doc.paragraph(&arguments.join("\n"));
    }
    if cx.is_crate() {
        doc.section("Example", "");
        doc.paragraph(&example::of(operation, name, place, cx));
    }
    doc
}

/// What is said of each argument; nothing where nothing is said of any.
///
/// ```text
/// * `order_id`: The order. Length: at least 8. Example: `"ORD-0001"`.
/// * `item`: The path parameter `item`.
/// ```
fn argument_lines(operation: &Operation, cx: &Context<'_>) -> Vec<String> {
    let parameters = required(operation).map(|parameter| {
        let ident = parameter_ident(operation, parameter, cx).to_string();
        (parameter, setter::said(parameter, &ident, cx), ident)
    });
    let parameters: Vec<_> = parameters.collect();
    let body = body::required(operation);
    if parameters.iter().all(|(_, said, _)| said.is_none()) && body.is_none_or(|body| body::says_nothing(body, cx)) {
        return Vec::new();
    }
    let lines = parameters
        .into_iter()
        .map(|(parameter, said, ident)| format!("* `{ident}`: {}", said.unwrap_or_else(|| setter::unsaid(parameter))));
    lines.chain(body.into_iter().flat_map(|body| body::doc_lines(body, cx))).collect()
}

fn request(
    operation: &Operation,
    name: &OperationName,
    place: &Place<'_>,
    cx: &Context<'_>,
    imports: &mut Imports,
    paging: Option<&TokenStream>,
) -> TokenStream {
    let request = ident(&name.request);
    let doc = Doc::text(&format!("A request that [`{}::{}`] starts.", place.owner, linked(&name.method)));
    let optional = operation.parameters.iter().filter(|parameter| !parameter.is_argument());
    let mut setters: Vec<_> = optional.map(|parameter| setter::emit(operation, parameter, cx, imports)).collect();
    let body = operation.body.as_ref().filter(|body| !body.required);
    setters.extend(body.map(|body| body::setter(body, cx, imports)));
    let chosen = operation.body.iter().flat_map(|body| media_types::emit(operation, body, cx, imports));
    setters.extend(chosen.collect::<Vec<_>>());
    let sends = send::emit(operation, name, cx, imports);
    let cases = cases::emit(operation, name, cx, imports);
    let events = events::emit(operation, name, cx, imports);
    quote! {
        #doc
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #request { call: Call }

        impl #request {
            #(#setters)*

            #sends

            #paging
        }

        #cases

        #events
    }
}

/// ```text
/// static GET_SESSIONS: Operation = Operation {
///     id: "GetSessions",
///     method: "GET",
///     path: "/accounts/{account_id}",
///     accept: "application/json",
///     security: SECURITY,
///     idempotency_header: None,
/// };
/// ```
fn statics(operation: &Operation, name: &OperationName, cx: &Context<'_>) -> TokenStream {
    let constant = ident(&name.constant);
    let id = operation.id.clone().unwrap_or_else(|| format!("{} {}", operation.method.as_str(), operation.path));
    let method = operation.method.as_str();
    let path = &operation.template;
    let accept = operation.accept();
    let security = super::client::security(&operation.security, cx);
    let idempotency = match idempotency_header(operation, cx) {
        Some(header) => quote!(Some(#header)),
        None => quote!(None),
    };
    quote! {
        static #constant: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            accept: #accept,
            security: #security,
            idempotency_header: #idempotency,
        };
    }
}

/// The header that makes sending a request twice count once: the description's own, or the one that was configured, for what
/// is not idempotent anyway (RFC 9110, section 9.2.2).
fn idempotency_header<'a>(operation: &'a Operation, cx: &Context<'a>) -> Option<&'a str> {
    const USUAL: &str = "idempotency-key";
    let configured = cx.model.settings.idempotency_header.as_deref();
    let is_one = |wire: &str| [Some(USUAL), configured].iter().flatten().any(|name| wire.eq_ignore_ascii_case(name));
    let mut headers = operation.parameters.iter().filter(|parameter| parameter.location == Location::Header);
    let described = headers.find(|parameter| is_one(&parameter.wire)).map(|parameter| parameter.wire.as_str());
    described.or_else(|| configured.filter(|_| matches!(operation.method.as_str(), "POST" | "PATCH")))
}

/// The parameters that callers have to give, in order.
pub(super) fn required(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.is_argument())
}

pub(super) fn parameter_ident(operation: &Operation, parameter: &Parameter, cx: &Context<'_>) -> Ident {
    let key = (operation.pointer.clone(), parameter.location, parameter.wire.clone());
    ident(cx.model.names.parameters.get(&key).map_or("", String::as_str))
}
