//! Paging by the header `Link`: its target of relation `next` is the next page (RFC 8288).

use super::call::Call;
use super::page_url::ByUrl;
use super::paging::{PageInfo, Pages};
use super::request::Request;
use super::sending::Answer;
use http::HeaderMap;
use http::header::LINK;
use serde_json::Value;

impl<P: Answer> Pages<P> {
    /// The list that `call` begins, where the header `Link` says where the next page is.
    pub(crate) fn by_link(call: Call, read: fn(&P) -> PageInfo) -> Self {
        let find = |_: &PageInfo, headers: &HeaderMap| Ok(next(headers));
        Self::new(call, Box::new(ByUrl::new(find)), read)
    }
}

impl Request {
    /// Sends the request for each page of a list, as the header `Link` of the one before says;
    /// `read` finds what a page says about itself.
    pub fn pages_by_link(self, read: fn(&Value) -> PageInfo) -> Pages<Value> {
        Pages::by_link(self.call, read)
    }
}

/// The target of the first link of relation `next`. Links from elsewhere (`anchor`) say nothing of
/// this page (RFC 8288, section 3.2).
fn next(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(LINK).iter();
    let mut links = lines.filter_map(|line| line.to_str().ok()).flat_map(links);
    let next = links.find(|link| link.is_next && !link.has_anchor)?;
    (!next.target.is_empty()).then(|| next.target.to_owned())
}

/// What is known of a link.
#[derive(Clone, Copy, Debug, Default)]
struct Link<'a> {
    target: &'a str,
    /// Its first parameter `rel`, which is the only one that counts, has `next`.
    is_next: bool,
    has_anchor: bool,
}

/// The links of a header's value (RFC 8288, section 3); what can't be read ends them.
fn links(mut rest: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    while let Some((target, after)) = rest
        .trim_start_matches([' ', '\t', ','])
        .strip_prefix('<')
        .and_then(|rest| rest.split_once('>'))
    {
        let mut link = Link {
            target: target.trim(),
            ..Link::default()
        };
        rest = after;
        let mut has_rel = false;
        while let Some(after) = rest.trim_start().strip_prefix(';') {
            let (name, value, after) = parameter(after);
            if name.eq_ignore_ascii_case("rel") && !has_rel {
                has_rel = true;
                let mut relations = value.split_ascii_whitespace();
                link.is_next = relations.any(|relation| relation.eq_ignore_ascii_case("next"));
            }
            link.has_anchor |= name.eq_ignore_ascii_case("anchor");
            rest = after;
        }
        links.push(link);
        rest = rest.trim_start();
    }
    links
}

/// The name and the value of the parameter that `text` begins with, and what follows it. A quoted
/// value keeps its backslashes: no relation has one.
fn parameter(text: &str) -> (&str, &str, &str) {
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
        return (name.trim(), "", rest);
    };
    let Some(quoted) = value.strip_prefix('"') else {
        let end = value.find([';', ',']).unwrap_or(value.len());
        let (value, rest) = value.split_at(end);
        return (name.trim(), value.trim(), rest);
    };
    let mut is_escaped = false;
    let end = quoted.find(|c| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    });
    let (value, rest) = quoted.split_at(end.unwrap_or(quoted.len()));
    (name.trim(), value, rest.get(1..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, GET, Reply, answer, block_on, builder};
    use super::*;

    fn found(lines: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(LINK, line.parse().unwrap());
        }
        next(&headers)
    }

    #[test]
    fn the_next_page_is_found() {
        for lines in [
            &[r#"<n>; rel="next""#][..],
            &["<n>;rel=next"],
            &[r#"<p>; rel="prev", <n>; rel="next", <l>; rel="last""#],
            &[r#"<p>; rel="prev""#, r#"<n>; rel="NEXT""#],
            &[r#"<p>; title="a, <x>; rel=\"next\""; rel=prev,<n> ; rel = "start next""#],
            &["<p>; rel, <n>; REL=next"],
            &["<p>; rel=prev; rel=next, <n>; results=\"true\"; rel=\"next\"; x"],
            &["<p>; rel=next; anchor=\"/x\", <n>; rel=next"],
            &[", ,<n>; rel=next,"],
        ] {
            assert_eq!(found(lines).as_deref(), Some("n"), "{lines:?}");
        }
    }

    #[test]
    fn what_is_no_next_page() {
        for line in [
            "",
            "n; rel=next",
            "<n; rel=next",
            "<n>",
            "<n> rel=next",
            "<>; rel=next",
            "<n>; rel=nextish",
            "<n>; rel=\"prev",
            "<n>; title=\"; rel=next",
        ] {
            assert_eq!(found(&[line]), None, "{line}");
        }
    }

    #[test]
    fn the_header_is_followed_to_its_end() {
        let next = |query: &str| format!("<https://api.example.com/v4/things?{query}>; rel=\"next\"");
        let page = |item: u8, link: &str| {
            let Reply::Answer(mut page) = answer(200, format!("[{item}]")) else {
                unreachable!()
            };
            page.headers_mut().insert(LINK, link.parse().unwrap());
            Reply::Answer(page)
        };
        let fake = Fake::new([page(1, &next("page=2")), page(2, &next("page=3")), page(3, "")]);
        let call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        let read = |page: &Vec<i64>| PageInfo::of(page);
        let mut pages = Pages::<Vec<i64>>::by_link(call, read);
        for expected in [1, 2, 3] {
            assert_eq!(block_on(pages.try_next()).unwrap(), Some(vec![expected]));
        }
        assert_eq!(block_on(pages.try_next()).unwrap(), None);
        assert_eq!(fake.queries(), ["", "page=2", "page=3"]);
    }
}
