//! What callers can name of the crate as a whole: resources, the builder's setters, what the root exports, features and
//! dependencies.

use super::{Entry, Part, Role, Surface};
use crate::emit::context::flatten;
use crate::emit::{EmitError, builder, manifest, root, runtime};
use crate::ir::SecurityKind;
use crate::model::Delivery;

impl Surface<'_> {
    /// Everything of a security scheme, by its name in the description.
    pub fn of_scheme(&self, name: &str) -> Vec<Entry> {
        let model = self.cx.model;
        let scheme = model.api.security_schemes.get(name).zip(model.names.schemes.get(name));
        let Some((scheme, setter)) = scheme.filter(|_| self.cx.has_client()) else { return Vec::new() };
        let ty = match scheme.kind {
            SecurityKind::Basic => "&str, &str",
            SecurityKind::Bearer => "impl Into<BearerToken>",
            _ => "impl Into<Secret>",
        };
        vec![Entry::below(Part::Whole, Role::Setter, "ClientBuilder", setter, ty)]
    }

    /// Everything that belongs to no type, no operation and no scheme.
    ///
    /// # Errors
    ///
    /// A manifest that can't be made, which is a bug of clientwright.
    pub fn of_crate(&self) -> Result<Vec<Entry>, EmitError> {
        let cx = &self.cx;
        let mut entries = Vec::new();
        let mut add_gated = |name: &str, role: Role, path: String, ty: &str, feature: Option<&str>| {
            let gate = feature.map(str::to_owned).into_iter().collect();
            entries.push(Entry { part: Part::Named(name.to_owned()), gate, ..Entry::whole(role, path, ty) });
        };
        for (feature, names) in runtime::exports(cx) {
            for name in names {
                add_gated(name, Role::Export, name.to_owned(), "", feature);
            }
        }
        for path in runtime::additions(cx) {
            add_gated(path, Role::Method("runtime".to_owned()), path.to_owned(), "", None);
        }
        let mut add = |name: &str, role: Role, path: String, ty: &str| add_gated(name, role, path, ty, None);
        for placed in flatten(&cx.model.names.resources) {
            let chain: String = placed.chain().iter().map(|method| format!(".{method}()")).collect();
            let modules: Vec<&str> = placed.path.iter().map(|node| node.module.as_str()).collect();
            let ty = format!("resources::{}::{}", modules.join("::"), placed.node.ident);
            add(&placed.chain().join("."), Role::Method("resource".to_owned()), format!("client{chain}"), &ty);
        }
        if cx.has_client() {
            let foreign = root::FOREIGN.iter().flat_map(|(_, names)| names.iter().copied());
            for name in ["Client", "ClientBuilder"].into_iter().chain(foreign) {
                add(name, Role::Export, name.to_owned(), "");
            }
            if cx.model.api.operations.iter().any(builder::is_elsewhere) {
                add("keep_servers", Role::Setter, "ClientBuilder::keep_servers".to_owned(), "bool");
            }
            if builder::has_variables(cx) {
                let path = "ClientBuilder::server_variable".to_owned();
                add("server_variable", Role::Setter, path, "impl Into<String>, impl Into<String>");
            }
        }
        if cx.model.settings.delivery == Delivery::Crate {
            let manifest = manifest::read(cx)?;
            for (name, on) in &manifest.features {
                add(name, Role::Feature, format!("feature {name}"), on);
            }
            for (name, asked) in &manifest.dependencies {
                add(name, Role::Dependency, format!("dependency {name}"), asked);
            }
        }
        Ok(entries)
    }
}
