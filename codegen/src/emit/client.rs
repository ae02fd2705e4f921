//! `src/client.rs`: the client, its builder with a setter for each security scheme, and the statics that tell the runtime
//! about the API. `src/errors.rs`: typed bodies of error answers.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, ident, linked};
use super::docs::Doc;
use super::imports::Imports;
use super::operation::{self, Place};
use super::print::Source;
use super::prose;
use super::resources;
use crate::ir::{Operation, SecurityKind, SecurityScheme, Server};

/// The files.
pub(super) fn sources(cx: &Context<'_>, give: &mut dyn FnMut(Source)) {
    if cx.has_operations() {
        give(client(cx));
    }
    errors(cx).into_iter().for_each(give);
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
    imports.runtime.extend(schemes.map(|scheme| if takes_tokens(scheme) { "BearerToken" } else { "Secret" }));
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
    items.push(builder(cx));
    items.extend(operations.iter().map(|operation| operation.request.clone()));
    items.push(statics(cx));
    items.extend(operations.iter().map(|operation| operation.statics.clone()));
    let root = cx.root(1);
    imports.before.extend(cx.model.names.resources.iter().map(|node| {
        let (module, ident) = (ident(&node.module), ident(&node.ident));
        let gate = cx.gates.resource(node);
        quote!(#gate use #root::resources::#module::#ident;)
    }));
    let groups = imports.groups(&quote!(#root::types), &quote!(#root::runtime), &Default::default());
    let docs = if has_requests(cx) {
        Doc::text("The client, and the requests that it starts itself.")
    } else {
        Doc::default()
    };
    Source { path: "src/client.rs".to_owned(), docs, groups, items, ..Source::default() }
}

/// The addresses to choose from, as items of a list: what each is, and what its variables can be.
fn servers(cx: &Context<'_>) -> Vec<String> {
    let words = |said: &Option<String>| match said.as_deref().map(prose::inline) {
        Some(said) if !said.is_empty() => format!(": {said}"),
        _ => String::new(),
    };
    let of_server = |server: &Server| {
        let one = format!("* {}{}", prose::code(&server.url), words(&server.description));
        let variables = server.variables.iter().map(|(name, variable)| {
            let values: Vec<String> = variable.values.iter().map(|value| prose::code(value)).collect();
            let values = if values.is_empty() { String::new() } else { format!(", one of {}", values.join(", ")) };
            let (name, default) = (prose::code(name), prose::code(&variable.default));
            format!("  * {name}, usually {default}{values}{}", words(&variable.description))
        });
        [one].into_iter().chain(variables).collect::<Vec<String>>()
    };
    cx.model.api.servers.iter().flat_map(of_server).collect()
}

/// Whether requests stand beside the client: callers name them by this module.
pub(super) fn has_requests(cx: &Context<'_>) -> bool {
    !cx.model.names.root_operations.is_empty()
}

fn client_struct(cx: &Context<'_>, operations: &[operation::Emitted]) -> TokenStream {
    let title = prose::inline(&cx.model.api.info.title);
    let doc =
        Doc::text(&format!("A client of the {title}.\n\nCheap to clone: clones share connections and retry budget."));
    let accessors = cx.model.names.resources.iter().map(|node| {
        let (gate, accessor) = (cx.gates.resource(node), resources::accessor(node, &quote!(self.core)));
        quote!(#gate #accessor)
    });
    let methods = operations.iter().map(|operation| &operation.method);
    let from_env = from_env_doc(cx);
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct Client { core: Core }

        impl Client {
            /// The security schemes of the API, and the environment variables that their secrets come from.
            pub const SCHEMES: &'static [Scheme] = SCHEMES;

            /// Starts a client: give it credentials, then [`build`](ClientBuilder::build) it.
            pub fn builder() -> ClientBuilder {
                ClientBuilder { core: CoreBuilder::new(&API) }
            }

            #from_env
            pub fn from_env() -> Result<Self, Error> {
                Self::builder().env().build()
            }

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

fn from_env_doc(cx: &Context<'_>) -> Doc {
    let settings = &cx.model.settings;
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
        "A configuration error, when a variable has a value that can't be used. A variable that is missing is none\n\
         until a call needs it.",
    );
    doc
}

fn builder(cx: &Context<'_>) -> TokenStream {
    let schemes = cx.model.api.security_schemes.iter().enumerate().filter_map(|(index, (name, scheme))| {
        let setter = ident(cx.model.names.schemes.get(name)?);
        let doc = scheme_doc(scheme, cx.model.settings.scheme_env.get(name), cx);
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        if scheme.kind == SecurityKind::Basic {
            return Some(quote! {
                #doc
                pub fn #setter(mut self, user: &str, password: &str) -> Self {
                    self.core.credential(#index, Secret::basic(user, password));
                    self
                }
            });
        }
        if takes_tokens(scheme) {
            return Some(quote! {
                #doc
                pub fn #setter(mut self, #setter: impl Into<BearerToken>) -> Self {
                    self.core.token(#index, #setter.into());
                    self
                }
            });
        }
        Some(quote! {
            #doc
            pub fn #setter(mut self, #setter: impl Into<Secret>) -> Self {
                self.core.credential(#index, #setter.into());
                self
            }
        })
    });
    let default = default_transport(cx);
    let server = match &cx.model.api.server {
        Some(server) => format!("The server's address; {} unless set.", prose::code(server)),
        None => "The server's address, which the description doesn't tell.".to_owned(),
    };
    let moved = cx.model.api.operations.iter().any(is_elsewhere);
    let mut base_url = Doc::text(&server);
    if moved {
        base_url.paragraph(
            "It takes all operations, also those that are served elsewhere; see\n[`keep_servers`](Self::keep_servers).",
        );
    }
    if !cx.model.api.servers.is_empty() {
        base_url.paragraph("The description lists:");
        base_url.paragraph(&servers(cx).join("\n"));
    }
    let keep_servers = moved.then(|| {
        quote! {
            /// Whether operations that are served elsewhere are sent there even if [`base_url`](Self::base_url) is set;
            /// `false` unless set.
            pub fn keep_servers(mut self, keep: bool) -> Self {
                self.core.keep_servers(keep);
                self
            }
        }
    });
    quote! {
        /// A client in the making.
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until it is built"]
        pub struct ClientBuilder { core: CoreBuilder }

        impl ClientBuilder {
            #(#schemes)*

            #base_url
            pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
                self.core.base_url(base_url.into());
                self
            }

            #keep_servers

            /// Changes the options that every call starts with.
            pub fn options(mut self, change: impl FnOnce(Options) -> Options) -> Self {
                self.core.options(change);
                self
            }

            /// Adds a product to `User-Agent` (RFC 9110, section 10.1.5), such as `my-tool/1.2`.
            pub fn product(mut self, product: impl Into<String>) -> Self {
                self.core.product(product.into());
                self
            }

            /// Sends through `transport` instead of the default one.
            pub fn transport(mut self, transport: impl Transport) -> Self {
                self.core.transport(Arc::new(transport));
                self
            }

            /// Calls `hook` before each attempt of each call, and after it was answered.
            pub fn hook(mut self, hook: impl CallHook) -> Self {
                self.core.hook(Arc::new(hook));
                self
            }

            /// Whether credentials may go over `http://` to hosts other than this machine; `false` unless set.
            pub fn allow_plain_http(mut self, allow: bool) -> Self {
                self.core.allow_plain_http(allow);
                self
            }

            /// How many retries all calls of this client and its clones may make for nothing before no more are made; 100
            /// unless set. A success after a retry gives that retry back, and five other successes give one back. Programs
            /// that make more calls at once want more.
            pub fn retry_budget(mut self, retries: u32) -> Self {
                self.core.retry_budget(retries);
                self
            }

            /// Takes what was not set yet from the environment; [`Client::from_env`] names the variables.
            pub fn env(mut self) -> Self {
                self.core.env();
                self
            }

            /// Builds the client.
            ///
            /// # Errors
            ///
            /// A configuration error, when a setting can't be used, or there is no transport.
            pub fn build(self) -> Result<Client, Error> {
                #default
            }
        }
    }
}

/// Whether a scheme's credential is a bearer token, which may be fetched.
pub(super) fn takes_tokens(scheme: &SecurityScheme) -> bool {
    scheme.kind == SecurityKind::Bearer
}

/// Whether an operation goes to another host than the rest.
pub(super) fn is_elsewhere(operation: &Operation) -> bool {
    operation.server.as_ref().is_some_and(|server| !server.starts_with('/'))
}

/// The transport that a client has unless it is given one: behind a feature in a crate, always in a module.
fn default_transport(cx: &Context<'_>) -> TokenStream {
    let root = cx.root(1);
    if cx.is_crate() {
        quote! {
            #[cfg(feature = "reqwest")]
            let core = self.core.build(Some(#root::runtime::reqwest_transport))?;
            #[cfg(not(feature = "reqwest"))]
            let core = self.core.build(None)?;
            #[cfg(feature = "tracing")]
            let core = core.traced();
            Ok(Client { core })
        }
    } else {
        quote! {
            let core = self.core.build(Some(#root::runtime::reqwest_transport))?;
            Ok(Client { core })
        }
    }
}

fn scheme_doc(scheme: &SecurityScheme, env: Option<&String>, cx: &Context<'_>) -> Doc {
    let mut doc = Doc::of(&scheme.docs);
    let place = match &scheme.kind {
        SecurityKind::Bearer => "Sent as `Authorization: Bearer` (RFC 6750).".to_owned(),
        SecurityKind::Basic => "Sent as `Authorization: Basic` (RFC 7617).".to_owned(),
        SecurityKind::Authorization(scheme) => {
            let start = prose::code(&format!("{scheme} …"));
            format!(
                "Sent as `Authorization`, as a whole: it begins with the scheme, {start} (RFC 9110, section 11.6.2)."
            )
        }
        SecurityKind::Header(name) => format!("Sent in the header {}.", prose::code(name)),
        SecurityKind::Query(name) => format!("Sent in the query as {}.", prose::code(name)),
        SecurityKind::Cookie(name) => format!("Sent in the cookie {}.", prose::code(name)),
    };
    doc.paragraph(&match env {
        Some(variable) => format!("{place} From the environment: {}.", prose::code(variable)),
        None => place,
    });
    if takes_tokens(scheme) {
        let linked = |name: &str| if cx.is_crate() { format!("[`{name}`](crate::{name})") } else { prose::code(name) };
        let provider = linked("TokenProvider");
        let source = match scheme.is_oauth {
            true => format!("{},\nor another {provider}", linked("ClientCredentials")),
            false => format!("a {provider}"),
        };
        let mut given = format!("Give it a token, or what fetches tokens and renews them: {source}.");
        if let Some(url) = &scheme.token_url {
            given += &format!(" The token endpoint is {}.", prose::code(url));
        }
        doc.paragraph(&given);
    }
    doc
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
    let base_url = option(cx.model.api.server.as_ref());
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
            schemes: SCHEMES,
            user_agent: #user_agent,
        };

        /// What requests to endpoints without a description have in common.
        static UNDESCRIBED: Operation = Operation {
            id: "",
            method: Method::GET,
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

/// ```text
/// impl Error {
///     /// The body of an error answer as an [`ErrorEnvelope`].
///     pub fn error_envelope(&self) -> Option<ErrorEnvelope> {
///         self.body_as()
///     }
/// }
/// ```
fn errors(cx: &Context<'_>) -> Option<Source> {
    let root = cx.root(1);
    let mut imports = Imports::default();
    imports.runtime.insert("Error");
    let mut gated = BTreeMap::new();
    let accessors: Vec<_> = cx
        .model
        .names
        .error_accessors
        .iter()
        .map(|(id, accessor)| {
            let (accessor, ty) = (ident(accessor), cx.type_ident(id));
            let gate = cx.gates.types(std::iter::once(id));
            match &gate {
                None => drop(imports.types.insert(ty.to_string())),
                Some(gate) => drop(gated.insert(ty.to_string(), quote!(#gate use #root::types::#ty;))),
            }
            let doc = Doc::text(&format!(
                "The body of an error answer as [`{ty}`]; `None` when there is none, or it doesn't fit."
            ));
            quote! {
                #doc
                #gate
                pub fn #accessor(&self) -> Option<#ty> {
                    self.body_as()
                }
            }
        })
        .collect();
    imports.after.extend(gated.into_values());
    (!accessors.is_empty()).then(|| Source {
        path: "src/errors.rs".to_owned(),
        docs: Doc::text("Typed bodies of error answers."),
        groups: imports.groups(&quote!(#root::types), &quote!(#root::runtime), &Default::default()),
        items: vec![quote!(impl Error { #(#accessors)* })],
        ..Source::default()
    })
}
