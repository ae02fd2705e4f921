//! A copy for another workspace: the sources without what is tested where they come from, a tree of modules where it is to be
//! one, and the notices that go with the code.

use std::collections::BTreeMap;

use minijinja::context;

use super::context::Context;
use super::{EmitError, Files, prose, template};

static NOTICE: &str = include_str!("../../../templates/NOTICE.md.j2");
static MIT: &str = include_str!("../../../LICENSE-MIT");
static APACHE: &str = include_str!("../../../LICENSE-APACHE");

/// The crate's sources as the modules of another crate: its root is `mod.rs`, beside the others.
pub(super) fn module(files: Files) -> Files {
    let files = without_tests(files).0.into_iter();
    let moved = |path: String| match path.strip_prefix("src/") {
        Some("lib.rs") => "mod.rs".to_owned(),
        Some(path) => path.to_owned(),
        None => path,
    };
    Files(files.map(|(path, text)| (moved(path), text)).collect())
}

/// The sources without their unit tests: these are written for the lints of another workspace, and run there.
pub(super) fn without_tests(files: Files) -> Files {
    Files(files.0.into_iter().map(|(path, text)| (path, untested(&text))).collect())
}

/// The text without any `#[cfg(test)] mod tests { … }`, and without the empty line before it.
fn untested(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let indent = line.strip_suffix("#[cfg(test)]").filter(|indent| indent.trim().is_empty());
        let begins = |indent: &&str| lines.peek().is_some_and(|next| **next == format!("{indent}mod tests {{"));
        match indent.filter(begins) {
            Some(indent) => {
                let end = format!("{indent}}}");
                lines.by_ref().find(|line| **line == end);
                if kept.ends_with("\n\n") {
                    kept.pop();
                }
            }
            None => {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    kept
}

/// What goes where the code goes: whose it is, and the licences of the part that is ours.
pub(super) fn notices(cx: &Context<'_>) -> Result<BTreeMap<String, String>, EmitError> {
    let settings = &cx.model.settings;
    let info = &cx.model.api.info;
    let said = context! {
        command => &settings.command,
        title => prose::inline(&info.title),
        runtime => cx.shown("src/runtime"),
        licence => info.license.as_ref().map(|license| prose::inline(&license.name)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_tests_stay_where_they_come_from() {
        let text = "fn a() {}\n\nmod b {\n    fn c() {}\n\n    #[cfg(test)]\n    mod tests {\n        fn d() {\n        }\n    }\n}\n\n\
                    #[cfg(test)]\nfn e() {}\n\n#[cfg(test)]\nmod tests {\n    fn f() {\n    }\n}\n";
        assert_eq!(untested(text), "fn a() {}\n\nmod b {\n    fn c() {}\n}\n\n#[cfg(test)]\nfn e() {}\n");
    }
}
