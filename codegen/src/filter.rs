//! Which operations of a description are wanted: patterns of tags, paths, methods and `operationId`s, some to take in and
//! some to leave out. An operation is wanted when a pattern takes it in (or there is none that does) and none leaves it out.

use std::fmt;

use crate::source::Span;

/// The patterns of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What is taken in; everything, if there is none.
    pub include: Vec<Pattern>,
    /// What is left out of it.
    pub exclude: Vec<Pattern>,
}

/// A pattern as it was written: `tag:pets`, `path:/pets/**`, `method:get` or `operation:list*`. Without a word in front,
/// what begins with `/` is a path and all else a tag. `*` stands for any text, in a path without `/`; `**` for any text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// What it looks at.
    pub subject: Subject,
    /// The text with its stars.
    pub text: String,
    /// Where it stands in the configuration; `None` for one of the command line.
    pub span: Option<Span>,
}

/// What a pattern looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Any of the operation's tags.
    Tag,
    /// The path template.
    Path,
    /// The method, in any case.
    Method,
    /// The `operationId`.
    Operation,
}

/// An operation, as patterns look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Its path template.
    pub path: &'a str,
    /// Its method, in any case.
    pub method: &'a str,
    /// Its `operationId`.
    pub id: Option<&'a str>,
    /// Its tags.
    pub tags: &'a [&'a str],
}

impl Subject {
    /// All that a pattern can look at.
    pub(crate) const ALL: [Self; 4] = [Self::Tag, Self::Path, Self::Method, Self::Operation];

    /// The word that stands in front of its patterns, before a colon.
    pub fn word(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Path => "path",
            Self::Method => "method",
            Self::Operation => "operation",
        }
    }
}

impl Filter {
    /// Whether every operation is wanted.
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Whether an operation is wanted.
    pub fn wants(&self, candidate: &Candidate<'_>) -> bool {
        let any = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.matches(candidate));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }

    /// All patterns.
    pub fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.include.iter().chain(&self.exclude)
    }
}

impl Pattern {
    /// Reads a pattern.
    pub fn parse(text: &str, span: Option<Span>) -> Self {
        let of = |subject: Subject| Some((subject, text.strip_prefix(subject.word())?.strip_prefix(':')?));
        let named = Subject::ALL.into_iter().find_map(of);
        let plain = || (if text.starts_with('/') { Subject::Path } else { Subject::Tag }, text);
        let (subject, text) = named.unwrap_or_else(plain);
        Self { subject, text: text.to_owned(), span }
    }

    /// Whether the pattern is one for an operation.
    pub fn matches(&self, candidate: &Candidate<'_>) -> bool {
        self.of(candidate).iter().any(|text| self.matches_text(text))
    }

    /// The texts of an operation that the pattern looks at.
    pub fn of<'a>(&self, candidate: &Candidate<'a>) -> Vec<&'a str> {
        match self.subject {
            Subject::Tag => candidate.tags.to_vec(),
            Subject::Path => vec![candidate.path],
            Subject::Method => vec![candidate.method],
            Subject::Operation => candidate.id.into_iter().collect(),
        }
    }

    fn matches_text(&self, text: &str) -> bool {
        match self.subject {
            Subject::Method => glob(&self.text.to_lowercase(), &text.to_lowercase(), false),
            Subject::Path => glob(&self.text, text, true),
            Subject::Tag | Subject::Operation => glob(&self.text, text, false),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.subject.word(), self.text)
    }
}

/// Whether `text` has the form of `pattern`; with `segments`, a single star stands for no `/`. Takes time by the product of
/// the lengths, whatever the pattern.
pub(crate) fn glob(pattern: &str, text: &str, segments: bool) -> bool {
    let characters: Vec<char> = text.chars().collect();
    // Whether the pattern so far fits the first `n` characters, for each n.
    let mut fits = vec![false; characters.len() + 1];
    if let Some(first) = fits.first_mut() {
        *first = true;
    }
    let mut rest = pattern;
    while let Some(character) = rest.chars().next() {
        let stars = rest.len() - rest.trim_start_matches('*').len();
        if stars > 0 {
            rest = rest.trim_start_matches('*');
            let mut reached = false;
            for (fit, next) in fits.iter_mut().zip(characters.iter().map(Some).chain([None])) {
                reached |= *fit;
                *fit = reached;
                if segments && stars == 1 && next == Some(&'/') {
                    reached = false;
                }
            }
            continue;
        }
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
        let mut before = false;
        for (fit, last) in fits.iter_mut().zip([None].into_iter().chain(characters.iter().map(Some))) {
            let fitted = std::mem::replace(&mut before, *fit);
            *fit = fitted && last == Some(&character);
        }
    }
    fits.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_text() {
        for (pattern, text, path, anywhere) in [
            ("/pets", "/pets", true, true),
            ("/pets", "/pets/", false, false),
            ("/pets/*", "/pets/{id}", true, true),
            ("/pets/*", "/pets/{id}/toys", false, true),
            ("/pets/**", "/pets/{id}/toys", true, true),
            ("/**/toys", "/pets/{id}/toys", true, true),
            ("/*/*", "/a/b", true, true),
            ("/*/*", "/a", false, false),
            ("*", "", true, true),
            ("", "", true, true),
            ("", "a", false, false),
            ("l*t*s", "listPets", true, true),
            ("ü*", "üb", true, true),
        ] {
            assert_eq!(glob(pattern, text, true), path, "{pattern} {text}");
            assert_eq!(glob(pattern, text, false), anywhere, "{pattern} {text}");
        }
        assert!(!glob(&"*a".repeat(1000), &"a".repeat(999), false), "no time without end");
    }

    #[test]
    fn an_operation_is_wanted_if_taken_in_and_not_left_out() {
        let list = Candidate { path: "/pets", method: "get", id: Some("listPets"), tags: &["pets", "a/b"] };
        let wants = |include: &[&str], exclude: &[&str]| {
            let read = |patterns: &[&str]| patterns.iter().map(|text| Pattern::parse(text, None)).collect();
            Filter { include: read(include), exclude: read(exclude) }.wants(&list)
        };
        assert!(wants(&[], &[]));
        for pattern in ["pets", "tag:a*", "/pets", "path:/**", "method:GET", "operation:list*"] {
            assert!(wants(&["other", pattern], &["other"]), "{pattern}");
            assert!(!wants(&[], &[pattern]), "{pattern}");
        }
        for pattern in ["pet", "/pets/", "method:post", "operation:pets", "tag:Pets"] {
            assert!(!wants(&[pattern], &[]), "{pattern}");
            assert!(wants(&[], &[pattern]), "{pattern}");
        }
    }
}
