//! A copy for another workspace: a tree of modules where it is to be one, and the notices that go with the code.

use std::collections::BTreeMap;

use clientwright_templates::NOTICE;
use clientwright_templates::licenses::{APACHE, MIT};
use minijinja::context;

use super::context::Context;
use super::{EmitError, prose, template, title};

/// Where a source of the crate stands among the modules of another crate: its root is `mod.rs`, beside the others.
pub(super) fn path(path: String) -> String {
    match path.strip_prefix("src/") {
        Some("lib.rs") => "mod.rs".to_owned(),
        Some(path) => path.to_owned(),
        None => path,
    }
}

/// What goes where the code goes: whose it is, and the licences of the part that is ours.
pub(super) fn notices(cx: &Context<'_>) -> Result<BTreeMap<String, String>, EmitError> {
    let settings = &cx.model.settings;
    let info = &cx.model.api.info;
    let said = context! {
        command => &settings.command,
        article => title::article(&info.title),
        title => prose::inline(&info.title),
        runtime => cx.shown("src/runtime"),
        described_license => info.license.as_ref().map(|license| prose::inline(&license.name)),
        url => info.license.as_ref().and_then(|license| license.url.as_deref()).map(prose::inline),
        license => &settings.license,
    };
    let notices = [
        ("NOTICE.md", template::render("NOTICE.md", NOTICE, said)?),
        ("licenses/clientwright-MIT.txt", MIT.to_owned()),
        ("licenses/clientwright-Apache-2.0.txt", APACHE.to_owned()),
    ];
    Ok(notices.into_iter().map(|(path, text)| (path.to_owned(), text)).collect())
}
