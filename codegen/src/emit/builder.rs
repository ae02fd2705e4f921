//! The client's builder: a setter for each security scheme, and for what every client has.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, ident};
use super::docs::Doc;
use super::{authorization, prose};
use crate::ir::{Api, Operation, SecurityKind, SecurityScheme, Server, ServerVariable};

pub(super) fn emit(cx: &Context<'_>) -> TokenStream {
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
    let build = build(cx);
    let gate = transport_gate(cx);
    let gate_doc = gate.as_ref().map(|_| quote!(#[cfg_attr(docsrs, doc(cfg(feature = "reqwest")))]));
    let api = &cx.model.api;
    let server = match (&api.server, &api.base_path) {
        (Some(server), _) => format!("The server's address; {} unless set.", prose::code(&server.url)),
        (None, Some(path)) => format!(
            "The server's address, of which the description tells only the path, {}: {}, say.",
            prose::code(path),
            prose::code(&example_url(api))
        ),
        (None, None) => "The server's address, which the description doesn't tell.".to_owned(),
    };
    let moved = api.operations.iter().any(is_elsewhere);
    let mut base_url = Doc::text(&server);
    if moved {
        base_url.paragraph(
            "It takes all operations, also those that are served elsewhere; see\n[`keep_servers`](Self::keep_servers).",
        );
    }
    if !api.servers.is_empty() {
        base_url.paragraph("The description lists:");
        base_url.paragraph(&servers(cx).join("\n"));
    }
    let variables = has_variables(cx).then(|| {
        let mut doc = Doc::text("Sets a variable of an address: what stands in braces in it.");
        doc.paragraph(&variables(cx).join("\n"));
        quote! {
            #doc
            pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.core.server_variable(name.into(), value.into());
                self
            }
        }
    });
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
    let trace_bodies = cx.is_crate().then(|| {
        quote! {
            /// Whether traces show the bodies of requests and answers, as far as they are read, as events at the level `DEBUG`
            /// in the span of their attempt; `false` unless set. Bodies may hold secrets; those of token endpoints are never
            /// shown.
            #[cfg(feature = "tracing")]
            #[cfg_attr(docsrs, doc(cfg(feature = "tracing")))]
            pub fn trace_bodies(mut self, show: bool) -> Self {
                self.core.trace_bodies(show);
                self
            }
        }
    });
    let env = cx.model.settings.reads_env().then(|| {
        quote! {
            /// Takes what was not set yet from the environment; [`Client::from_env`] names the variables.
            pub fn env(mut self) -> Self {
                self.core.env();
                self
            }
        }
    });
    quote! {
        /// A client in the making.
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until it is built"]
        pub struct ClientBuilder {
            core: CoreBuilder,
            #gate
            transport_settings: TransportSettings,
        }

        impl ClientBuilder {
            #(#schemes)*

            #base_url
            pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
                self.core.base_url(base_url.into());
                self
            }

            #variables

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

            /// Changes how the default transport connects: `.transport_settings(|settings| settings.no_proxy())`. One that
            /// the client is given has settings of its own.
            #gate
            #gate_doc
            pub fn transport_settings(
                mut self,
                change: impl FnOnce(TransportSettings) -> TransportSettings,
            ) -> Self {
                self.transport_settings = change(self.transport_settings);
                self
            }

            /// Calls `hook` before each attempt of each call, and after it was answered.
            pub fn hook(mut self, hook: impl CallHook) -> Self {
                self.core.hook(Arc::new(hook));
                self
            }

            #trace_bodies

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

            #env

            /// Builds the client.
            ///
            /// # Errors
            ///
            /// A configuration error, when a setting can't be used, or there is no transport.
            pub fn build(self) -> Result<Client, Error> {
                #build
            }
        }
    }
}

/// The addresses to choose from, as items of a list.
fn servers(cx: &Context<'_>) -> Vec<String> {
    let of_server = |server: &Server| format!("* {}{}", prose::code(&server.url), words(server.description.as_deref()));
    cx.model.api.servers.iter().map(of_server).collect()
}

/// What the variables of addresses are, and what they can be, as items of a list.
fn variables(cx: &Context<'_>) -> Vec<String> {
    let of_variable = |(name, variable): (&String, &ServerVariable)| {
        let usual = match &variable.default {
            Some(default) => format!("usually {}", prose::code(default)),
            None => "which must be set where it is needed".to_owned(),
        };
        let values: Vec<String> = variable.values.iter().map(|value| prose::code(value)).collect();
        let values = if values.is_empty() { String::new() } else { format!(", one of {}", values.join(", ")) };
        format!("* {}, {usual}{values}{}", prose::code(name), words(variable.description.as_deref()))
    };
    cx.model.api.variables.iter().map(of_variable).collect()
}

/// The description's own words behind what they are about.
fn words(said: Option<&str>) -> String {
    match said.map(prose::inline) {
        Some(said) if !said.is_empty() => format!(": {said}"),
        _ => String::new(),
    }
}

/// Whether some address has a variable that callers can choose.
pub(super) fn has_variables(cx: &Context<'_>) -> bool {
    !cx.model.api.variables.is_empty()
}

/// Whether a scheme's credential is a bearer token, which may be fetched.
pub(super) fn takes_tokens(scheme: &SecurityScheme) -> bool {
    scheme.kind == SecurityKind::Bearer
}

/// Whether an operation goes to another host than the rest.
pub(super) fn is_elsewhere(operation: &Operation) -> bool {
    operation.server.as_ref().is_some_and(|server| !server.template.starts_with('/'))
}

/// An address in place of one that the description doesn't tell.
fn example_url(api: &Api) -> String {
    format!("https://api.example.com{}", api.base_path.as_deref().unwrap_or_default())
}

/// How a client is made in examples, for it to call an operation: from the environment, where anything is read from there,
/// else with what the operation needs.
pub(super) fn example(operation: &Operation, cx: &Context<'_>) -> String {
    let settings = &cx.model.settings;
    if settings.reads_env() {
        return "Client::from_env()?".to_owned();
    }
    let api = &cx.model.api;
    let mut steps = vec!["Client::builder()".to_owned()];
    let is_whole = api.server.as_ref().is_some_and(|served| !served.url.contains('{'));
    steps.extend((!is_whole).then(|| format!(".base_url({:?})", example_url(api))));
    let mut has_authorization = false;
    // A cookie is what a browser has.
    let has_cookie = |schemes: &&Vec<String>| {
        let mut kinds = schemes.iter().filter_map(|scheme| Some(&api.security_schemes.get(scheme)?.kind));
        kinds.any(|kind| matches!(kind, SecurityKind::Cookie(_)))
    };
    for scheme in operation.security.iter().min_by_key(has_cookie).into_iter().flatten() {
        let (Some(setter), Some(scheme)) = (cx.model.names.schemes.get(scheme), api.security_schemes.get(scheme))
        else {
            continue;
        };
        // A request has one header of that name.
        if is_authorization(&scheme.kind) && std::mem::replace(&mut has_authorization, true) {
            continue;
        }
        let credential = match &scheme.kind {
            SecurityKind::Basic => "\"user\", \"password\"".to_owned(),
            SecurityKind::Bearer => "\"token\"".to_owned(),
            SecurityKind::Header(_) if is_authorization(&scheme.kind) => {
                format!("\"{}token\"", authorization::start(scheme))
            }
            _ => "\"secret\"".to_owned(),
        };
        steps.push(format!(".{setter}({credential})"));
    }
    // It sends no credentials to where all can read them.
    if let Some(served) = api.server.as_ref().filter(|served| served.is_in_the_clear() && !served.url.contains('{'))
        && let Some(rest) = served.url.strip_prefix("http://")
        && steps.len() > 1
    {
        steps.insert(1, format!(".base_url(\"https://{rest}\")"));
    }
    steps.push(".build()?".to_owned());
    let line = steps.concat();
    if line.len() <= 80 { line } else { steps.join("\n        ") }
}

/// Whether a credential is the header `Authorization`.
fn is_authorization(kind: &SecurityKind) -> bool {
    match kind {
        SecurityKind::Bearer | SecurityKind::Basic | SecurityKind::Authorization(_) => true,
        SecurityKind::Header(name) => name.eq_ignore_ascii_case("authorization"),
        SecurityKind::Query(_) | SecurityKind::Cookie(_) => false,
    }
}

/// In front of what is about the transport that a client has unless it is given one: behind a feature in a crate, always
/// there in a module.
pub(super) fn transport_gate(cx: &Context<'_>) -> Option<TokenStream> {
    cx.is_crate().then(|| quote!(#[cfg(feature = "reqwest")]))
}

/// What makes a client.
fn build(cx: &Context<'_>) -> TokenStream {
    let gate = transport_gate(cx);
    let others = cx.is_crate().then(|| {
        quote! {
            #[cfg(not(feature = "reqwest"))]
            let core = self.core.build(None)?;
            #[cfg(feature = "tracing")]
            let core = core.traced();
        }
    });
    quote! {
        #gate
        let core = self.core.build(Some(&|| self.transport_settings.transport()))?;
        #others
        Ok(Client { core })
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
        SecurityKind::Header(name) if is_authorization(&scheme.kind) => {
            let start = prose::code(&format!("{}…", authorization::start(scheme)));
            format!("Sent in the header {}, as it is: with the scheme in front, such as {start}.", prose::code(name))
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
