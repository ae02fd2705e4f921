//! `x-ms-paths`, an extension of Azure's: paths that only their query tells from others, which `paths` of OpenAPI can't have.
//! They are paths like the others here, and are put among them.

use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics, Place, SAME_PATH};
use crate::load::Document;
use crate::load::tree::{Entry, Map, Node, Value};
use crate::pointer::Pointer;

const MEMBER: &str = "x-ms-paths";

/// Puts the paths of the extension among the others; what was there already stays.
pub(super) fn join(document: &mut Document, diagnostics: &mut Diagnostics) {
    if !document.root.get(MEMBER).is_some_and(|said| matches!(said.value, Value::Map(_))) {
        return;
    }
    let Value::Map(root) = &mut Arc::make_mut(&mut document.root).value else { return };
    let Some(Entry { key: at, file, node: Node { value: Value::Map(more), bytes, .. } }) = root.shift_remove(MEMBER)
    else {
        return;
    };
    if !root.contains_key("paths") {
        let node = Node { value: Value::map(Map::new()), bytes, file };
        root.insert("paths", Entry { key: at, file, node });
    }
    let Some(Value::Map(paths)) = root.get_mut("paths").map(|entry| &mut entry.node.value) else { return };
    let (was, now) = (Pointer::root().child(MEMBER), Pointer::root().child("paths"));
    for (path, item) in more.iter() {
        if paths.contains_key(path) {
            let message = format!("`x-ms-paths` has `{path}` as well, which is ignored there");
            let found = Diagnostic::new(&SAME_PATH, message).at(Place::key(&now.child(path)));
            diagnostics.push(found);
            continue;
        }
        paths.insert(path.to_owned(), item.clone());
        document.moved.note(was.child(path), now.child(path));
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::lower::lower;
    use crate::normalize::testing::{lines, normalize_text};

    /// The addresses of the operations, and what was found.
    fn operations(text: &str) -> (Vec<String>, String) {
        let mut diagnostics = Diagnostics::default();
        let spec = normalize_text(text, &mut diagnostics).unwrap();
        let api = lower(&spec, &mut diagnostics).api;
        let shown = api.operations.iter().map(|operation| {
            let query = operation.query.iter().map(|(name, value)| format!(" {name}={value}")).collect::<String>();
            format!("{} {}{query}", operation.method.as_str(), operation.template)
        });
        (shown.collect(), lines(&diagnostics))
    }

    #[test]
    fn paths_that_their_query_tells_apart_are_paths() {
        let answer = "responses: {'204': {description: D}}";
        let paths = format!(
            "paths: {{/a: {{get: {{{answer}}}}}}}\nx-ms-paths: {{'/a?b=c': {{get: {{{answer}}}, put: {{{answer}}}}}, \
             '/a?b=d&e={{e}}': {{get: {{{answer}, parameters: [{{$ref: '#/x-ms-paths/~1a?b=c/x-e'}}]}}}}}}\n"
        );
        for head in ["openapi: 3.0.3", "swagger: '2.0'"] {
            let text = format!("{head}\ninfo: {{title: T, version: '1'}}\n{paths}").replace(
                "'/a?b=c': {",
                match head {
                    "openapi: 3.0.3" => {
                        "'/a?b=c': {x-e: {name: e, in: query, required: true, schema: {type: string}}, "
                    }
                    _ => "'/a?b=c': {x-e: {name: e, in: query, required: true, type: string}, ",
                },
            );
            let (mut all, found) = operations(&text);
            all.sort();
            assert_eq!(all, ["GET /a", "GET /a b=c", "GET /a b=d", "PUT /a b=c"], "{found}");
            assert!(found.lines().all(|line| line.starts_with("note S0406 ")), "{found}");
        }
    }

    #[test]
    fn there_may_be_no_other_paths_and_of_two_the_usual_one_stays() {
        let answer = "{get: {responses: {'204': {description: D}}}}";
        let head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";
        let (all, _) = operations(&format!("{head}x-ms-paths: {{'/a?b=c': {answer}}}\n"));
        assert_eq!(all, ["GET /a b=c"]);
        let both = format!("{head}paths: {{/a: {answer}}}\nx-ms-paths: {{/a: {answer}}}\n");
        let (all, found) = operations(&both);
        assert_eq!(all, ["GET /a"]);
        assert!(found.starts_with("warning N0209 #/paths/~1a (key): "), "{found}");
        let (all, _) = operations(&format!("{head}paths: {{/a: {answer}}}\nx-ms-paths: none\n"));
        assert_eq!(all, ["GET /a"]);
    }
}
