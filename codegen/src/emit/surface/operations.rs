//! What callers can name of an operation.

use super::{Entry, Part, Role, Surface, text};
use crate::emit::context::ident;
use crate::emit::imports::Imports;
use crate::emit::operation::{self, cases, events, media_types};
use crate::ir::{Body, Operation};
use crate::name::OperationName;
use crate::pointer::Pointer;

impl Surface<'_> {
    /// Everything of an operation.
    pub fn of_operation(&self, pointer: &Pointer) -> Vec<Entry> {
        let cx = &self.cx;
        let Some(((operation, name), home)) = cx.operation(pointer).zip(self.homes.get(pointer)) else {
            return Vec::new();
        };
        let mut imports = Imports::default();
        let (method, request) =
            (format!("{}.{}", home.chain, ident(&name.method)), format!("{}::{}", home.module, ident(&name.request)));
        let deprecated = operation.deprecated;
        let mut entries = vec![
            Entry::whole(Role::Constructor, &method, "its arguments").deprecated(deprecated),
            Entry::whole(Role::Type, &request, "struct"),
        ];
        for parameter in &operation.parameters {
            let ident = operation::parameter_ident(operation, parameter, cx);
            let ty = text(&operation::argument_type(&parameter.ty, cx, &mut imports));
            let part = Part::Parameter(parameter.location, parameter.wire.clone());
            entries.push(if parameter.is_argument() {
                Entry::argument(part, &method, ident, ty)
            } else {
                Entry::below(part, Role::Setter, &request, ident, ty).deprecated(parameter.deprecated)
            });
        }
        entries.extend(operation.body.as_ref().map(|body| self.body(body, &method, &request)));
        for setter in media_types::setters(operation, cx, &mut imports) {
            let ty = setter.takes.as_ref().map(text).unwrap_or_default();
            let role = Role::Method(setter.name.clone());
            entries.push(Entry::below(Part::Body, role, &request, ident(&setter.name), ty));
        }
        for (name, gives) in operation::sending(operation, name, cx) {
            let (role, gives) = (Role::Method(name.clone()), text(&gives));
            // What it waits for is what callers look at.
            let awaited = gives.strip_prefix("Sending<").and_then(|rest| rest.strip_suffix('>'));
            entries.push(Entry::below(Part::Answer, role, &request, name, awaited.unwrap_or(&gives)));
        }
        if let Some(answer) = &name.answer {
            entries.extend(self.cases(operation, &format!("{}::{}", home.module, ident(answer))));
        }
        if let Some(event) = &name.event {
            entries.extend(self.events(operation, name, &format!("{}::{}", home.module, ident(&event.ident))));
        }
        entries.iter_mut().for_each(|entry| entry.gate.clone_from(&home.gate));
        entries
    }

    /// The enum at `path`, of what answers or events may hold.
    fn choice(path: &str) -> Vec<Entry> {
        let mut whole = Entry::whole(Role::Type, path, "enum");
        whole.part = Part::Answer;
        let traits =
            cases::TRAITS.map(|name| Entry::of_trait(Part::Answer, Role::Trait(name.to_owned()), path, name, ""));
        [whole].into_iter().chain(traits).collect()
    }

    /// The enum at `path`, of events that their names tell apart.
    fn events(&self, operation: &Operation, name: &OperationName, path: &str) -> Vec<Entry> {
        let mut entries = Self::choice(path);
        for variant in events::variants(operation, name, &self.cx, &mut Imports::default()) {
            // What the description doesn't list is in every enum.
            let Some(event) = variant.of else { continue };
            let part = Part::Event(event.name.clone());
            entries.push(Entry::below(part, Role::Variant, path, variant.ident, text(&variant.holds)));
        }
        entries
    }

    /// The enum at `path`, of answers that are one of several.
    fn cases(&self, operation: &Operation, path: &str) -> Vec<Entry> {
        let mut entries = Self::choice(path);
        for variant in cases::variants(operation, &self.cx, &mut Imports::default()) {
            let part = Part::Case(variant.of.map(|case| case.status));
            let holds: Vec<String> = variant.holds.iter().map(text).collect();
            entries.push(Entry::below(part, Role::Variant, path, variant.ident, holds.join(", ")));
        }
        entries
    }

    fn body(&self, body: &Body, method: &str, request: &str) -> Entry {
        let arguments = operation::body::arguments(body, &self.cx, &mut Imports::default());
        let types: Vec<String> = arguments.iter().map(|(_, ty)| text(ty)).collect();
        let names: Vec<&str> = arguments.iter().map(|(name, _)| *name).collect();
        let ty = types.join(", ");
        match body.required {
            true => Entry::argument(Part::Body, method, names.join(", "), ty),
            false => Entry::below(Part::Body, Role::Setter, request, "body", ty),
        }
    }
}
