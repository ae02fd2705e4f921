//! `src/client.rs`: the client, and the statics that tell the runtime about the API.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, ident, linked};
use super::docs::Doc;
use super::imports::Imports;
use super::operation::{self, Place};
use super::print::{Make, Source};
use super::{builder, errors, prose, resources, title};
use crate::ir::SecurityKind;

/// The files.
pub(super) fn sources<'a>(cx: &'a Context<'a>) -> Vec<Make<'a>> {
    let mut files: Vec<Make<'a>> = Vec::new();
    if cx.has_client() {
        files.push(Box::new(|| client(cx)));
    }
    if !cx.model.names.error_accessors.is_empty() {
        files.push(Box::new(|| errors::source(cx)));
    }
    files
}

/// What an operation needs, as an expression: the API's own static where it is the same, else a list of indexes into
/// `SCHEMES`: alternatives of what is needed together.
pub(super) fn security(requirements: &[Vec<String>], cx: &Context<'_>) -> TokenStream {
    if cx.usual_security == Some(requirements) { quote!(SECURITY) } else { alternatives(requirements, cx) }
}

/// Whether a resource's operations refer to `SECURITY`.
pub(super) fn is_usual(requirements: &[Vec<String>], cx: &Context<'_>) -> bool {
    cx.usual_security == Some(requirements)
}

fn alternatives(requirements: &[Vec<String>], cx: &Context<'_>) -> TokenStream {
    let alternatives = requirements.iter().map(|schemes| {
        let indexes = schemes.iter().filter_map(|scheme| index(scheme, cx)).map(proc_macro2::Literal::usize_unsuffixed);
        quote!(&[#(#indexes),*])
    });
    quote!(&[#(#alternatives),*])
}

fn index(scheme: &str, cx: &Context<'_>) -> Option<usize> {
    cx.model.api.security_schemes.keys().position(|name| name == scheme)
}

fn client(cx: &Context<'_>) -> Source {
    let mut imports = Imports::default();
    imports.runtime.extend([
        "ApiInfo",
        "CallHook",
        "Core",
        "CoreBuilder",
        "Error",
        "Operation",
        "Options",
        "Request",
        "Scheme",
        "Transport",
    ]);
    let schemes = cx.model.api.security_schemes.values();
    imports.runtime.extend(schemes.map(|scheme| if builder::takes_tokens(scheme) { "BearerToken" } else { "Secret" }));
    if !cx.model.api.security_schemes.is_empty() {
        imports.runtime.insert("Place");
    }
    (imports.method, imports.shared) = (true, true);
    let mut items = Vec::new();
    let place = Place { chain: &[], owner: "Client" };
    let operations: Vec<_> = cx
        .model
        .names
        .root_operations
        .iter()
        .filter_map(|pointer| cx.operation(pointer))
        .map(|(operation, name)| operation::emit(operation, name, &place, cx, &mut imports))
        .collect();
    items.push(client_struct(cx, &operations));
    items.push(builder::emit(cx));
    items.extend(operations.iter().map(|operation| operation.request.clone()));
    items.push(statics(cx));
    items.extend(operations.iter().map(|operation| operation.statics.clone()));
    let root = cx.root(1);
    imports.before.extend(cx.model.names.resources.iter().map(|node| {
        let (module, ident) = (ident(&node.module), ident(&node.ident));
        let gate = cx.gates.resource(node);
        quote!(#gate use #root::resources::#module::#ident;)
    }));
    match builder::transport_gate(cx) {
        Some(gate) => imports.before.push(quote!(#gate use #root::runtime::TransportSettings;)),
        None => drop(imports.runtime.insert("TransportSettings")),
    }
    let groups = imports.groups(&quote!(#root::types), &quote!(#root::runtime), &Default::default());
    let docs = if has_requests(cx) {
        Doc::text("The client, and the requests that it starts itself.")
    } else {
        Doc::default()
    };
    Source { path: "src/client.rs".to_owned(), docs, groups, items, ..Source::default() }
}

/// Whether requests stand beside the client: callers name them by this module.
pub(super) fn has_requests(cx: &Context<'_>) -> bool {
    !cx.model.names.root_operations.is_empty()
}

fn client_struct(cx: &Context<'_>, operations: &[operation::Emitted]) -> TokenStream {
    let called = &cx.model.api.info.title;
    let title = format!("{}{}", title::article(called), prose::inline(called));
    let doc = Doc::text(&format!("A client of {title}.\n\nCheap to clone: clones share connections and retry budget."));
    let accessors = cx.model.names.resources.iter().map(|node| {
        let (gate, accessor) = (cx.gates.resource(node), resources::accessor(node, &quote!(self.core)));
        quote!(#gate #accessor)
    });
    let methods = operations.iter().map(|operation| &operation.method);
    let (from_env, builder) = (from_env(cx), new_builder(cx));
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct Client { core: Core }

        impl Client {
            /// The security schemes of the API, and the environment variables that their secrets come from.
            pub const SCHEMES: &'static [Scheme] = SCHEMES;

            /// Starts a client: give it credentials, then [`build`](ClientBuilder::build) it.
            pub fn builder() -> ClientBuilder {
                #builder
            }

            #from_env

            /// The same client with other options for the calls that it makes: `client.with_options(|options|
            /// options.max_retries(0))`. It shares connections and retry budget with this one.
            #[must_use]
            pub fn with_options(&self, change: impl FnOnce(Options) -> Options) -> Self {
                Self { core: self.core.with_options(change) }
            }

            /// Starts a request to an endpoint that the description doesn't have: `path` is below the base URL, its
            /// arguments in braces. Credentials, retries and errors are those of every other call.
            pub fn request(&self, method: Method, path: impl Into<String>) -> Request {
                Request::new(&self.core, &UNDESCRIBED, method, path)
            }

            #(#accessors)*
            #(#methods)*
        }
    }
}

/// ```text
/// let mut core = CoreBuilder::new(&API);
/// core.options(|options| options.retry_status(423, true));
/// ClientBuilder { core, transport_settings: TransportSettings::default() }
/// ```
fn new_builder(cx: &Context<'_>) -> TokenStream {
    let gate = builder::transport_gate(cx);
    let settings = quote!(#gate transport_settings: TransportSettings::default(),);
    let retries = &cx.model.settings.retries;
    if retries.is_empty() {
        return quote!(ClientBuilder { core: CoreBuilder::new(&API), #settings });
    }
    let calls = retries.iter().map(|(status, retry)| {
        let status = proc_macro2::Literal::u16_unsuffixed(*status);
        quote!(.retry_status(#status, #retry))
    });
    quote! {
        let mut core = CoreBuilder::new(&API);
        core.options(|options| options #(#calls)*);
        ClientBuilder { core, #settings }
    }
}

/// How a client is made of what the environment says, if anything is read from there.
///
/// ```text
/// pub fn from_env() -> Result<Self, Error> {
///     Self::builder().env().build()
/// }
/// ```
fn from_env(cx: &Context<'_>) -> Option<TokenStream> {
    let settings = &cx.model.settings;
    if !settings.reads_env() {
        return None;
    }
    let mut doc = Doc::text("A client with what the environment says.");
    let mut lines = Vec::new();
    for (scheme, variable) in &settings.scheme_env {
        if let Some(setter) = cx.model.names.schemes.get(scheme) {
            let setter = linked(setter);
            lines.push(format!("* `{variable}`: see [`{setter}`](ClientBuilder::{setter})"));
        }
    }
    if let Some(variable) = &settings.base_url_env {
        lines.push(format!("* `{variable}`: see [`base_url`](ClientBuilder::base_url)"));
    }
    if !lines.is_empty() {
        doc.paragraph(&lines.join("\n"));
    }
    doc.section(
        "Errors",
        "A configuration error, when a variable has a value that can't be used. A variable that is missing is none \
         until a call needs it.",
    );
    Some(quote! {
        #doc
        pub fn from_env() -> Result<Self, Error> {
            Self::builder().env().build()
        }
    })
}

/// ```text
/// pub(crate) static SECURITY: &[&[usize]] = &[&[1], &[0, 2]];
/// static SCHEMES: &[Scheme] = …;
/// static API: ApiInfo = …;
/// ```
fn statics(cx: &Context<'_>) -> TokenStream {
    let settings = &cx.model.settings;
    let security = cx.usual_security.map(|requirements| {
        let alternatives = alternatives(requirements, cx);
        quote! {
            /// What most operations need: alternatives of schemes that are needed together, as indexes into `SCHEMES`.
            pub(crate) static SECURITY: &[&[usize]] = #alternatives;
        }
    });
    let usual = if security.is_some() { quote!(SECURITY) } else { quote!(&[]) };
    let schemes = cx.model.api.security_schemes.iter().map(|(name, scheme)| {
        let place = match &scheme.kind {
            SecurityKind::Bearer => quote!(Place::Bearer),
            SecurityKind::Basic => quote!(Place::Basic),
            SecurityKind::Authorization(_) => quote!(Place::Header("authorization")),
            SecurityKind::Header(header) => {
                let header = header.to_ascii_lowercase();
                quote!(Place::Header(#header))
            }
            SecurityKind::Query(name) => quote!(Place::Query(#name)),
            SecurityKind::Cookie(name) => quote!(Place::Cookie(#name)),
        };
        let env = option(settings.scheme_env.get(name));
        let token_url = option(scheme.token_url.as_ref());
        quote!(Scheme { name: #name, place: #place, env: #env, token_url: #token_url })
    });
    let base_url = option(cx.model.api.server.as_ref().map(|server| &server.template));
    let variables = cx.model.api.variables.iter().map(|(name, variable)| {
        let default = option(variable.default.as_ref());
        quote!((#name, #default))
    });
    let base_url_env = option(settings.base_url_env.as_ref());
    let user_agent = if cx.is_crate() {
        quote!(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
    } else {
        let agent = format!("{}/{}", settings.package, settings.version);
        quote!(#agent)
    };
    quote! {
        #security
        static SCHEMES: &[Scheme] = &[#(#schemes),*];
        static API: ApiInfo = ApiInfo {
            base_url: #base_url,
            base_url_env: #base_url_env,
            variables: &[#(#variables),*],
            schemes: SCHEMES,
            user_agent: #user_agent,
        };

        /// What requests to endpoints without a description have in common.
        static UNDESCRIBED: Operation = Operation {
            id: "",
            method: "GET",
            path: "/",
            accept: "application/json",
            security: #usual,
            idempotency_header: None,
        };
    }
}

fn option(text: Option<&String>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}
