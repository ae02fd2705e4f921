//! Sources without their unit tests, which are run in the crate itself: they are none of the caller's, and written for the lints of
//! another workspace.

/// The text without any `#[cfg(test)] mod tests { … }`, and without the empty line before it.
pub(super) fn source(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_tests_stay_where_they_come_from() {
        let text = "fn a() {}\n\nmod b {\n    fn c() {}\n\n    #[cfg(test)]\n    mod tests {\n        fn d() {\n        }\n    }\n}\n\n\
                    #[cfg(test)]\nfn e() {}\n\n#[cfg(test)]\nmod tests {\n    fn f() {\n    }\n}\n";
        assert_eq!(source(text), "fn a() {}\n\nmod b {\n    fn c() {}\n}\n\n#[cfg(test)]\nfn e() {}\n");
    }
}
