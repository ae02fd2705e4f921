//! Operations: drafted first, while types are still being asked for, and decided on once all types are known.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::LeftOut;
use super::address::Address;
use super::answers::answers;
use super::body::{body, have_files};
use super::causes::{Cause, Causes};
use super::credentials;
use super::docs;
use super::links::{has_links, next_link};
use super::parameters::{Dropped, parameters};
use super::responses::responses;
use super::security::Schemes;
use super::servers;
use super::types::Types;
use crate::ir::{Docs, Method, Operation, ServedAt};
use crate::normalize::{Call, Item, Spec};
use crate::pointer::Pointer;

/// An operation that may still turn out to need what can't be had.
#[derive(Debug)]
pub(super) struct Draft {
    place: Pointer,
    /// `GET /pets`.
    title: String,
    made: Result<Made, Cause>,
}

#[derive(Debug)]
struct Made {
    operation: Operation,
    dropped: Vec<Dropped>,
}

/// Drafts every operation, by path and method.
pub(super) fn drafts(spec: &Spec, schemes: &Schemes<'_>, types: &mut Types<'_>, causes: &mut Causes) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let unsaid = schemes.unsaid(spec, causes);
    for (key, item_place, item) in spec.paths() {
        let template = match key.starts_with('/') {
            true => Cow::Borrowed(key),
            false => Cow::Owned(format!("/{key}")),
        };
        let template = template.as_ref();
        for (method, place, call) in item.operations(&item_place) {
            let method = method_of(method);
            let title = format!("{} {template}", method.as_str());
            let written_at = match spec.operation(&place) {
                Some(Ok(written_at)) => written_at,
                Some(Err(fault)) => {
                    drafts.push(Draft { title, made: Err(causes.fault(fault)), place });
                    continue;
                }
                None => continue,
            };
            let Some(call) = call else { continue };
            let (item_place, place) = (&item_place, &place);
            let site =
                Site { spec, schemes, unsaid: &unsaid, template, item_place, item, method, call, place, written_at };
            let made = site.make(types, causes);
            drafts.push(Draft { title, made, place: place.clone() });
        }
    }
    for (template, place, fault) in spec.lost_paths() {
        drafts.push(Draft { title: format!("all of {template}"), made: Err(causes.fault(fault)), place });
    }
    drafts
}

/// The method that HTTP writes so.
fn method_of(text: String) -> Method {
    match text.as_str() {
        "GET" => Method::Get,
        "PUT" => Method::Put,
        "POST" => Method::Post,
        "DELETE" => Method::Delete,
        "OPTIONS" => Method::Options,
        "HEAD" => Method::Head,
        "PATCH" => Method::Patch,
        "TRACE" => Method::Trace,
        "QUERY" => Method::Query,
        _ => Method::Other(text),
    }
}

/// Where an operation stands, and all that goes for it there.
struct Site<'a> {
    spec: &'a Spec,
    schemes: &'a Schemes<'a>,
    /// The security requirements of all operations where the description has none at all.
    unsaid: &'a [Vec<String>],
    template: &'a str,
    item_place: &'a Pointer,
    item: &'a Item,
    method: Method,
    call: &'a Call,
    place: &'a Pointer,
    /// Where it stands, behind references.
    written_at: &'a Pointer,
}

impl Site<'_> {
    fn make(&self, types: &mut Types<'_>, causes: &mut Causes) -> Result<Made, Cause> {
        let Self { spec, template, item_place, item, call, place, written_at, .. } = *self;
        let Call { written, parameters: own } = call;
        let method = &self.method;
        let address = Address::parse(template, item_place, causes)?;
        let mut parameters = parameters(spec, &address, item.parameters(), own, types, causes);
        let choices = types.choices;
        let wanted = self.chosen(&choices.bodies).map(String::as_str);
        let body = body(spec, written, method, wanted, types, causes)?;
        let responses_place = written_at.child("responses");
        let stream = self.chosen(&choices.streams);
        let answers = answers(spec, &responses_place, &written.responses, (method, stream), types, causes);
        let mut security = match (&written.security, &spec.api().security) {
            (Some(own), _) => self.schemes.alternatives(own, &written_at.child("security"), causes),
            (None, Some(of_all)) => self.schemes.alternatives(of_all, &Pointer::root().child("security"), causes),
            (None, None) => self.unsaid.to_vec(),
        };
        let needs_nothing = written.security.as_ref().is_some_and(Vec::is_empty);
        credentials::settle(self.schemes, needs_nothing, &mut parameters, &mut security, causes);
        let operation = Operation {
            pointer: place.clone(),
            id: written.operation_id.clone().filter(|id| !id.trim().is_empty()),
            method: method.clone(),
            path: template.to_owned(),
            template: address.path.to_owned(),
            query: address.query(),
            server: self.server(causes),
            tags: written.tags.clone(),
            docs: self.docs(),
            deprecated: written.deprecated,
            parameters: parameters.kept,
            body,
            success: answers.success,
            stream: answers.stream,
            headers: answers.headers,
            errors: answers.errors,
            responses: responses(spec, &written.responses, types, causes),
            has_links: has_links(spec, &written.responses),
            next_link: spec.node(written_at).and_then(next_link),
            security,
        };
        Ok(Made { operation, dropped: parameters.dropped })
    }

    /// The words about the operation.
    fn docs(&self) -> Docs {
        let (own, item) = (&self.call.written, self.item.shared());
        let url = own.external_docs.as_ref().map(|docs| docs.url.as_str());
        let own = docs::docs(own.summary.as_deref(), own.description.as_deref(), url);
        let of_all = docs::docs(item.summary.as_deref(), item.description.as_deref(), None);
        docs::of_operation(own, of_all)
    }

    /// What was chosen for the operation by hand.
    fn chosen<'t, T>(&self, all: &'t BTreeMap<String, T>) -> Option<&'t T> {
        // Without settings, nothing is looked up.
        if all.is_empty() {
            return None;
        }
        let id = self.call.written.operation_id.as_deref().and_then(|id| all.get(id));
        let of_place = || all.get(self.place.as_str());
        let of_path = || all.get(&format!("{} {}", self.method.as_str(), self.template));
        id.or_else(of_place).or_else(of_path)
    }

    /// The server that the operation or its path item has for itself.
    fn server(&self, causes: &mut Causes) -> Option<ServedAt> {
        let places = [(&self.call.written.servers, self.written_at), (&self.item.shared().servers, self.item_place)];
        let (own, place) = places.into_iter().find(|(own, _)| !own.is_empty())?;
        servers::own(self.spec, own, &place.child("servers"), causes)
    }
}

impl Draft {
    /// The operation, if everything that it needs can be had; what can't is added to `left_out`.
    pub(super) fn decide(
        self,
        types: &Types<'_>,
        causes: &mut Causes,
        left_out: &mut Vec<LeftOut>,
    ) -> Option<Operation> {
        let Self { place, title, made } = self;
        let mut leave = |pointer: Pointer, what: String, operation: bool, cause: &Cause, causes: &mut Causes| {
            if let Some(code) = causes.take(cause, &what) {
                left_out.push(LeftOut { pointer, what, operation, code });
            }
        };
        let Made { mut operation, dropped } = match made {
            Ok(made) => made,
            Err(cause) => {
                leave(place, title, true, &cause, causes);
                return None;
            }
        };
        for Dropped { place, name, cause } in dropped {
            leave(place, format!("parameter \"{name}\" of {title}"), false, &cause, causes);
        }
        if let Some(body) = &mut operation.body {
            have_files(body, types, causes);
        }
        Some(operation)
    }
}
