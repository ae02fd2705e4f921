//! Where an API is served.

use openapiv3::Server;

use super::causes::Causes;
use crate::diag::{OTHER_SERVERS, RELATIVE_SERVER};
use crate::normalize::Spec;
use crate::pointer::Pointer;

/// The address of the first server, its variables replaced by their defaults; `None` where there is none, or where it is
/// relative.
pub(super) fn server(spec: &Spec, causes: &mut Causes) -> Option<String> {
    let (server, others) = spec.api().servers.split_first()?;
    if !others.is_empty() {
        let message = format!("the first of {} servers is used", others.len() + 1);
        causes.remark(&Pointer::root().child("servers"), &OTHER_SERVERS, message);
    }
    let url = address(server);
    if url.contains("://") {
        return Some(url);
    }
    let place = Pointer::root().child("servers").item(0).child("url");
    let message = format!("the server's address `{url}` is relative; the caller must give the base URL");
    causes.remark(&place, &RELATIVE_SERVER, message);
    None
}

/// Whether `own` servers mean the same as those of the whole description.
pub(super) fn are_the_same(spec: &Spec, own: &[Server]) -> bool {
    own.first().map(address) == spec.api().servers.first().map(address)
}

fn address(server: &Server) -> String {
    let variables = server.variables.iter().flatten();
    variables.fold(server.url.clone(), |url, (name, variable)| url.replace(&format!("{{{name}}}"), &variable.default))
}
