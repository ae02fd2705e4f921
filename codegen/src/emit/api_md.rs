//! `api.md`: the reference page. Every operation with its signature, HTTP method and path, parameters and models; no prose,
//! so that a change of the description's words changes the docs of one type or operation and nothing else.

use std::collections::BTreeMap;

use clientwright_templates::API;
use minijinja::{Value, context};
use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, file_stem, flatten};
use super::imports::Imports;
use super::operation;
use super::{EmitError, print, prose, template};
use crate::ir::{Body, Operation, TypeKind, TypeRef};
use crate::name::OperationName;
use crate::pointer::Pointer;

/// The file.
pub(super) fn files(cx: &Context<'_>) -> Result<BTreeMap<String, String>, EmitError> {
    let features: BTreeMap<&str, &str> = cx
        .gates
        .features(&cx.model.names.resources)
        .into_iter()
        .map(|(feature, node)| (node.method.as_str(), feature))
        .collect();
    let mut resources = vec![section("client", cx.shown("src/client.rs"), None, &cx.model.names.root_operations, cx)?];
    for placed in flatten(&cx.model.names.resources) {
        let chain: String = placed.chain().iter().map(|method| format!(".{method}()")).collect();
        let feature = placed.chain().first().and_then(|first| features.get(first)).copied();
        let file = placed.file();
        resources.push(section(&format!("client{chain}"), cx.shown(&file), feature, &placed.node.operations, cx)?);
    }
    let context = context! {
        command => &cx.model.settings.command,
        title => super::prose::inline(&cx.model.api.info.title),
        resources => resources.into_iter().flatten().collect::<Vec<_>>(),
        webhooks => webhooks(cx)?,
        models => models(cx),
    };
    Ok(BTreeMap::from([("api.md".to_owned(), template::render("api.md", API, context)?)]))
}

/// A resource's operations; `None` when it has none.
fn section(
    chain: &str,
    file: &str,
    feature: Option<&str>,
    operations: &[Pointer],
    cx: &Context<'_>,
) -> Result<Option<Value>, EmitError> {
    if operations.is_empty() {
        return Ok(None);
    }
    let operations = operations.iter().filter_map(|pointer| cx.operation(pointer));
    let operations: Vec<_> =
        operations.map(|(operation, name)| entry(operation, name, cx)).collect::<Result<_, _>>()?;
    Ok(Some(context! { chain, file, feature, operations }))
}

fn entry(operation: &Operation, name: &OperationName, cx: &Context<'_>) -> Result<Value, EmitError> {
    let fault = |error: syn::Error| EmitError::new("api.md", error);
    let mut imports = Imports::default();
    let parameters = operation.parameters.iter().map(|parameter| {
        let ident = operation::parameter_ident(operation, parameter, cx);
        let ty = operation::argument_type(&parameter.ty, cx, &mut imports);
        let ty = argument_text(&ident.to_string(), &ty)?;
        Ok(context! {
            ident => ident.to_string(),
            ty,
            place => parameter.location.as_str(),
            wire => &parameter.wire,
            required => parameter.is_argument(),
        })
    });
    let mut parameters: Vec<_> = parameters.collect::<syn::Result<_>>().map_err(fault)?;
    if let Some(body) = &operation.body {
        for (ident, ty) in operation::body::arguments(body, cx, &mut imports) {
            let ty = argument_text(ident, &ty).map_err(fault)?;
            parameters.push(context! {
                ident,
                ty,
                place => "body",
                wire => &body.media_type,
                required => body.required,
            });
        }
    }
    for setter in operation::media_types::setters(operation, cx, &mut imports) {
        let ty = setter.takes.as_ref().map(|ty| argument_text(operation::media_types::ARGUMENT, ty));
        parameters.push(context! {
            ident => setter.name,
            ty => ty.transpose().map_err(fault)?.flatten(),
            place => "body",
            wire => setter.media_type,
            required => false,
        });
    }
    let answer = operation::send::answer(&operation.success, name, cx, &mut imports);
    let answer = print::signature(&quote!(fn x() -> #answer)).map_err(fault)?;
    let stream = operation.stream.as_ref().map(|stream| {
        let stream = operation::send::stream(stream, name, cx, &mut imports);
        print::signature(&quote!(fn x() -> #stream)).map(|text| text.trim_start_matches("fn x() -> ").to_owned())
    });
    let stream = stream.transpose().map_err(fault)?;
    let paging = cx.model.facts.paging.contains_key(&operation.pointer);
    Ok(context! {
        method => &name.method,
        signature => print::signature(&operation::signature(operation, name, cx)).map_err(fault)?,
        request => format!("{} {}", operation.method.as_str(), operation.path),
        parameters,
        answer => answer.trim_start_matches("fn x() -> "),
        stream,
        paging,
        models => reached(operation, cx),
    })
}

/// The type of an argument as text. It is printed as part of a signature, for that is what the printer knows.
fn argument_text(name: &str, ty: &TokenStream) -> syn::Result<Option<String>> {
    let ident = super::context::ident(name);
    // What is long is printed over several lines.
    let lines = print::signature(&quote!(fn x(#ident: #ty)))?;
    let text = lines.split_whitespace().collect::<Vec<_>>().join(" ");
    let argument = text.strip_suffix(')').unwrap_or(&text).trim_end().trim_end_matches(',');
    Ok(argument.split_once(": ").map(|(_, ty)| ty.to_owned()))
}

/// What the service sends by itself: its name, what asked for it, and the type to decode its body as.
fn webhooks(cx: &Context<'_>) -> Result<Vec<Value>, EmitError> {
    let rows = cx.model.api.webhooks.iter().map(|webhook| {
        let mut ty = super::rust_type::plain(&webhook.ty, cx, &mut Imports::default());
        if webhook.nullable {
            ty = quote!(Option<#ty>);
        }
        let ty = argument_text("x", &ty).map_err(|error| EmitError::new("api.md", error))?;
        let call = webhook.call.as_ref().and_then(|call| cx.operation(&call.operation));
        let call = call.map(|(_, name)| name.method.clone());
        let words = [&webhook.docs.summary, &webhook.docs.description].into_iter().flatten();
        let said = words.into_iter().find_map(|words| prose::summary_line(words)).unwrap_or_default();
        Ok(context! { name => &webhook.name, said, method => &webhook.method, call, ty })
    });
    rows.collect()
}

/// The models at the root of an operation's body and answers, by name.
fn reached(operation: &Operation, cx: &Context<'_>) -> Vec<Value> {
    let mut types: Vec<&TypeRef> = operation.body.iter().filter_map(Body::ty).collect();
    types.extend(operation.answered());
    let mut names = BTreeMap::new();
    for ty in types {
        if let TypeRef::Named(id) = ty
            && let Some(name) = cx.type_name(cx.canonical(id))
        {
            names.insert(name.ident.clone(), cx.shown(&format!("src/types/{}.rs", file_stem(&name.module))).to_owned());
        }
    }
    names.into_iter().map(|(ident, file)| context! { ident, file }).collect()
}

/// Every model, by name, with the file that has it.
fn models(cx: &Context<'_>) -> Vec<Value> {
    let mut rows = BTreeMap::new();
    for def in cx.model.api.types.values() {
        let Some(name) = cx.type_name(&def.id) else { continue };
        let kind = match &def.kind {
            _ if cx.model.facts.same.contains_key(&def.id) => "alias",
            TypeKind::Struct(_) => "struct",
            TypeKind::Enum(_) => "open enum",
            TypeKind::Union(_) => "union",
            TypeKind::Tuple(_) => "tuple",
            TypeKind::Alias(_) => "alias",
        };
        rows.entry(name.ident.clone()).or_insert_with(|| {
            context! { ident => &name.ident, kind, file => cx.shown(&format!("src/types/{}.rs", file_stem(&name.module))).to_owned() }
        });
    }
    rows.into_values().collect()
}
