//! The media types that a body of JSON can be sent as, where they mean different things to the service.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::{Context, ident};
use crate::emit::docs::Doc;
use crate::emit::imports::Imports;
use crate::emit::{prose, rust_type};
use crate::ir::{Body, Operation, Payload, TypeRef};

/// A list of changes (RFC 6902), whatever the body is otherwise.
pub(in crate::emit) const CHANGES: &str = "application/json-patch+json";

/// The name of the argument that such a list is.
pub(in crate::emit) const ARGUMENT: &str = "changes";

/// A setter that chooses a media type.
pub(in crate::emit) struct Setter {
    /// `as_strategic_merge_patch`
    pub(in crate::emit) name: String,
    /// The media type.
    pub(in crate::emit) media_type: String,
    /// The type of what is sent in the place of the body, if it is something else.
    pub(in crate::emit) takes: Option<TokenStream>,
}

/// The setters of an operation.
pub(in crate::emit) fn setters(operation: &Operation, cx: &Context<'_>, imports: &mut Imports) -> Vec<Setter> {
    let Some(body) = operation.body.as_ref().filter(|body| matches!(body.payload, Payload::Json { .. })) else {
        return Vec::new();
    };
    let setter = |media_type: &String| {
        let name = cx.model.names.media_types.get(&(operation.pointer.clone(), media_type.clone()))?.clone();
        let takes = (media_type == CHANGES).then(|| {
            let change = rust_type::plain(&TypeRef::Any, cx, imports);
            quote!(&[#change])
        });
        Some(Setter { name, media_type: media_type.clone(), takes })
    };
    body.offered.iter().filter_map(setter).collect()
}

/// ```text
/// /// Sends the body as `application/strategic-merge-patch+json`, and not as `application/merge-patch+json`.
/// pub fn as_strategic_merge_patch(mut self) -> Self {
///     self.call.send_as("application/strategic-merge-patch+json");
///     self
/// }
/// ```
pub(super) fn emit(operation: &Operation, body: &Body, cx: &Context<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let usual = prose::code(&body.media_type);
    let emit = |Setter { name, media_type, takes }: Setter| {
        let (name, shown) = (ident(&name), prose::code(&media_type));
        if let Some(ty) = takes {
            let changes = ident(ARGUMENT);
            let doc = Doc::text(&format!("Sends changes (RFC 6902) as {shown}, in the place of the body."));
            return quote! {
                #doc
                pub fn #name(mut self, #changes: #ty) -> Self {
                    self.call.json(#media_type, &#changes);
                    self
                }
            };
        }
        let doc = Doc::text(&format!("Sends the body as {shown}, and not as {usual}."));
        quote! {
            #doc
            pub fn #name(mut self) -> Self {
                self.call.send_as(#media_type);
                self
            }
        }
    };
    setters(operation, cx, imports).into_iter().map(emit).collect()
}
