//! JSON → builder: takes a text, hands its values to the [`Builder`] in order. The grammar is RFC 8259: no other quotes, no other
//! blanks. Comments and a comma behind the last value, which it doesn't have either, are read over with a warning: they can
//! be nothing else. Keeps no stack of its own, so nesting costs none.

use std::borrow::Cow;
use std::ops::Range;

use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};

use super::build::{Builder, Stop};
use super::scalar::is_json_number;
use super::tree::{Number, Value};
use crate::diag::{CONTROL_CHARACTER, Diagnostic, EMPTY_FILE, LAX_GRAMMAR, SYNTAX};

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// A value.
    Value,
    /// A value, or the end of the list that has just begun.
    FirstItem,
    /// A value, after a comma.
    Item,
    /// A key, or the end of the mapping that has just begun.
    FirstKey,
    /// A key, after a comma.
    Key,
    /// The colon after a key.
    Colon,
    /// A comma, or the end of the mapping or list.
    More,
    /// Nothing: the value is complete.
    End,
}

/// Reads the one value that `text` holds. Where it may be YAML as well, which has commas behind last values, these are not told.
pub(super) fn read(text: &str, may_be_yaml: bool, builder: &mut Builder<'_>) -> Result<(), Stop> {
    let mut tokens = Tokens::new(text);
    let (mut expect, mut before, mut tells_commas) = (Expect::Value, 0..0, !may_be_yaml);
    while let Some((token, bytes)) = tokens.next(builder)? {
        let is_last =
            matches!((expect, &token), (Expect::Key, Token::CloseBrace) | (Expect::Item, Token::CloseBracket));
        if is_last && std::mem::take(&mut tells_commas) {
            let message = "JSON has no comma behind the last value; it is read over, and so are others";
            builder.warn(builder.finding(&LAX_GRAMMAR, message, before).help(LAX_JSON));
        }
        before = bytes.clone();
        expect = step(expect, token, bytes, text, builder)?;
    }
    if expect == Expect::End {
        return Ok(());
    }
    let end = text.len()..text.len();
    if builder.depth() == 0 {
        return builder.fail(&EMPTY_FILE, "the file holds no value", end);
    }
    let finding = builder.finding(&SYNTAX, "the file ends inside a mapping or list", end);
    let open = builder.open_bracket();
    builder.stop(match open {
        Some(place) => finding.related(place, "it begins here"),
        None => finding,
    })
}

/// What to do about what JSON doesn't have.
const LAX_JSON: &str = "remove them: many tools refuse the file";

fn step(
    expect: Expect,
    token: Token<'_>,
    bytes: Range<usize>,
    text: &str,
    builder: &mut Builder<'_>,
) -> Result<Expect, Stop> {
    match (expect, token) {
        (Expect::FirstKey | Expect::Key, Token::String(key)) => {
            builder.key(key, bytes)?;
            return Ok(Expect::Colon);
        }
        (Expect::Colon, Token::Colon) => return Ok(Expect::Value),
        (Expect::More, Token::Comma) => return Ok(if builder.in_map() { Expect::Key } else { Expect::Item }),
        (Expect::More, Token::CloseBrace) if builder.in_map() => builder.close(Some(bytes.end))?,
        (Expect::FirstKey | Expect::Key, Token::CloseBrace) => builder.close(Some(bytes.end))?,
        (Expect::More, Token::CloseBracket) if !builder.in_map() => builder.close(Some(bytes.end))?,
        (Expect::FirstItem | Expect::Item, Token::CloseBracket) => builder.close(Some(bytes.end))?,
        (Expect::Value | Expect::FirstItem | Expect::Item, token) => match token {
            Token::OpenBrace => {
                builder.open_map(bytes, None)?;
                return Ok(Expect::FirstKey);
            }
            Token::OpenBracket => {
                builder.open_list(bytes, None)?;
                return Ok(Expect::FirstItem);
            }
            token => match scalar(token) {
                Some(value) => builder.value(value, bytes, None)?,
                None => return unexpected(expect, bytes, text, builder),
            },
        },
        _ => return unexpected(expect, bytes, text, builder),
    }
    Ok(if builder.depth() == 0 { Expect::End } else { Expect::More })
}

fn scalar(token: Token<'_>) -> Option<Value> {
    Some(match token {
        Token::String(text) => Value::Text(text.into_owned()),
        Token::Number(number) if is_json_number(number) => Value::Number(Number(number.to_owned())),
        Token::Boolean(value) => Value::Boolean(value),
        Token::Null => Value::Null,
        _ => return None,
    })
}

fn unexpected<T>(expect: Expect, bytes: Range<usize>, text: &str, builder: &mut Builder<'_>) -> Result<T, Stop> {
    let wanted = match expect {
        Expect::Value | Expect::Item => "a value",
        Expect::FirstItem => "a value or `]`",
        Expect::FirstKey => "a key in double quotes or `}`",
        Expect::Key => "a key in double quotes",
        Expect::Colon => "a colon",
        Expect::More if builder.in_map() => "a comma or `}`",
        Expect::More => "a comma or `]`",
        Expect::End => "the end of the file",
    };
    let found = text.get(bytes.clone()).map(start_of).unwrap_or_default();
    builder.fail(&SYNTAX, format!("JSON: expected {wanted}, found `{found}`"), bytes)
}

/// The first characters of a token, for messages.
fn start_of(token: &str) -> Cow<'_, str> {
    match token.char_indices().nth(24) {
        Some((end, _)) => Cow::Owned(format!("{}…", token.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(token),
    }
}

/// The scanner's tokens without comments, and with what it is lenient about refused: blanks that are not JSON's, and control
/// characters inside texts.
struct Tokens<'t> {
    text: &'t str,
    scanner: Scanner<'t>,
    end: usize,
    /// Whether there were comments.
    has_comments: bool,
}

impl<'t> Tokens<'t> {
    fn new(text: &'t str) -> Self {
        let strict = ScannerOptions {
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
            allow_bare_decimal_point_numbers: false,
            allow_non_finite_numbers: false,
            allow_extended_string_escapes: false,
        };
        Self { text, scanner: Scanner::new(text, &strict), end: 0, has_comments: false }
    }

    fn next(&mut self, builder: &mut Builder<'_>) -> Result<Option<(Token<'t>, Range<usize>)>, Stop> {
        loop {
            let scanned = self.scanner.scan();
            let is_end = scanned.as_ref().is_ok_and(Option::is_none);
            let start = if is_end { self.text.len() } else { self.scanner.token_start() };
            self.check_blanks(start, builder)?;
            let token = match scanned {
                Ok(None) => return Ok(None),
                Ok(Some(token)) => token,
                Err(error) => return self.refuse(&error, builder),
            };
            let bytes = start..self.scanner.token_end();
            self.end = bytes.end;
            match token {
                Token::CommentLine(_) | Token::CommentBlock(_) => {
                    if !std::mem::replace(&mut self.has_comments, true) {
                        let message = "JSON has no comments; this one is read over, and so are others";
                        builder.warn(builder.finding(&LAX_GRAMMAR, message, bytes).help(LAX_JSON));
                    }
                }
                Token::String(_) => return self.check_controls(&bytes, builder).map(|()| Some((token, bytes))),
                token => return Ok(Some((token, bytes))),
            }
        }
    }

    fn refuse<T>(&self, error: &ParseError, builder: &mut Builder<'_>) -> Result<T, Stop> {
        let bytes = error.range().start..error.range().end;
        let message = match error.kind() {
            ParseErrorKind::UnexpectedToken => {
                let rest = self.text.get(bytes.start..).unwrap_or_default();
                let word = rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
                let first = rest.chars().next().map_or(0, char::len_utf8);
                format!("unexpected `{}`", rest.get(..word.max(first)).map(start_of).unwrap_or_default())
            }
            kind => lower_first(&kind.to_string()),
        };
        builder.fail(&SYNTAX, format!("JSON: {message}"), bytes)
    }

    /// RFC 8259, section 2: space, tab, line feed and carriage return.
    fn check_blanks(&self, start: usize, builder: &mut Builder<'_>) -> Result<(), Stop> {
        let gap = self.text.get(self.end..start).unwrap_or_default();
        let Some((at, found)) =
            gap.char_indices().find(|(_, character)| !matches!(character, ' ' | '\t' | '\n' | '\r'))
        else {
            return Ok(());
        };
        let at = self.end + at;
        let message = format!("JSON: U+{:04X} is no blank", u32::from(found));
        builder.fail(&SYNTAX, message, at..at + found.len_utf8())
    }

    /// RFC 8259, section 7: characters below U+0020 must be escaped. Reported without stopping.
    fn check_controls(&self, bytes: &Range<usize>, builder: &mut Builder<'_>) -> Result<(), Stop> {
        let raw = self.text.get(bytes.clone()).unwrap_or_default();
        let Some(at) = raw.bytes().position(|byte| byte < 0x20) else { return Ok(()) };
        let code = raw.as_bytes().get(at).copied().unwrap_or_default();
        let message = format!("U+{code:04X} must be written as an escape in JSON");
        let finding: Diagnostic = builder.finding(&CONTROL_CHARACTER, message, bytes.start + at..bytes.start + at + 1);
        builder.error(finding)
    }
}

fn lower_first(message: &str) -> String {
    let mut characters = message.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}
