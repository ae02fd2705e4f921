//! Paths that are written in other ways than in templates.

use super::slips::{HEAD, api, assert_meant};

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

#[test]
fn urls_of_the_servers_are_paths() {
    let of = |servers: &str, path: &str, item: &str| {
        let head = HEAD.replace("{url: 'https://a.example'}", servers);
        format!("{head}paths: {{'{path}': {{{item}get: {{responses: {{'204': {{description: D}}}}}}}}}}\n")
    };
    let (here, deeper) = ("{url: 'https://a.example'}", "{url: 'https://a.example/v1/'}");
    let own = "servers: [{url: 'https://a.example'}], ";
    for (servers, meant_own) in [(here, ""), (deeper, ""), ("{url: 'https://a.example/v2'}", own)] {
        let url = "https://a.example/v1/pets";
        let path = if servers == deeper { "/pets" } else { "/v1/pets" };
        let at = format!("N0130 #/paths/{} (key)", url.replace('/', "~1"));
        assert_meant(&of(servers, url, ""), &of(servers, path, meant_own), &[&at]);
    }
    for (servers, url, item) in [
        (here, "https://b.example/pets", ""),
        (here, "http://a.example/pets", ""),
        (here, "https://a.example.org/pets", ""),
        (here, "https://a.example", ""),
        (here, "https://a.example/pets", "servers: [{url: 'https://c.example'}], "),
        ("{url: 'https://{a}.example', variables: {a: {default: a}}}", "https://a.example/pets", ""),
    ] {
        let (_, told) = api(&of(servers, url, item));
        let at = format!("N0110 #/paths/{} (key)", url.replace('/', "~1"));
        assert!(told.contains(&at), "{url}: {told:?}");
    }
}
