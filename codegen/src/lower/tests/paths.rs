//! Paths that are written in other ways than in templates.

use super::slips::{HEAD, api};

#[test]
fn variables_of_frameworks_are_variables() {
    let of = |path: &str| {
        format!(
            "{HEAD}paths:\n  '{path}': {{get: {{parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}], responses: {{'204': {{description: D}}}}}}}}\n"
        )
    };
    let written = [
        "/a/:id",
        "/a/<id>",
        "/a/<int:id>",
        "/a/{id:[0-9]+}",
        "/a/{ id }",
        "/a/{{id}}",
        "/a/{*id}",
        "/a/{id?}",
        " /a/{id} ",
    ];
    for path in written {
        let ((read, told), (meant, _)) = (api(&of(path)), api(&of("/a/{id}")));
        assert_eq!(read, meant, "{path}");
        let at = format!("N0130 #/paths/{} (key)", path.replace('/', "~1"));
        assert_eq!(told, [at], "{path}");
    }
    for (path, code) in [("/a/:ID", None), ("/a/<i_d>", None), ("/a/:ie", Some("N0211")), ("/a/${id}", Some("N0211"))] {
        let (read, told) = api(&of(path));
        let at = format!("{} #/paths/{} (key)", code.unwrap_or("N0130"), path.replace('/', "~1"));
        assert!(told.contains(&at), "{path}: {told:?}");
        assert_eq!(read == api(&of("/a/{id}")).0, code.is_none(), "{path}");
    }
    // No address has such signs, whatever is declared.
    for path in ["/a/{id}/<b>", "/a/{id}/<int:b>", "/a/{id}/{{b}}"] {
        let ((read, told), (meant, _)) = (api(&of(path)), api(&of("/a/{id}/{b}")));
        assert_eq!(read, meant, "{path}");
        let places: Vec<_> = told.iter().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(places, ["N0130", "N0201"], "{path}: {told:?}");
    }
    for other in ["/a/{id}:cancel", "/a:id/{id}", "/a/:id/{id}", "/a/id"] {
        let (_, told) = api(&of(other));
        assert!(!told.iter().any(|line| line.starts_with("N0130")), "{other}: {told:?}");
    }
}
