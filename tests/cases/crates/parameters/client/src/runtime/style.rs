//! How parameters are written: the styles of OpenAPI (3.1, section 4.8.12), which are expansions of
//! RFC 6570, each over the one view that a value shows of itself. Everything is encoded here, once.
//!
//! Versions of OpenAPI differ where their tables didn't say what RFC 6570 says. What is written here
//! is what they agree on since 3.0.4 and 3.1.1: a list of style `label` that isn't exploded is joined
//! by commas, and the delimiters of `spaceDelimited` and `pipeDelimited` are percent-encoded.

use super::argument::{self, Argument};
use super::encode::{Encode, View};
use super::error::{Error, ErrorKind};
use super::url::{QUERY, SEGMENT, encode, encode_owned};
use percent_encoding::{AsciiSet, CONTROLS};

/// All but what a query may hold (RFC 3986, section 3.4), `&`, which would begin another parameter,
/// `+`, which is a space to most servers, and `'`, which URL parsers encode in queries (URL standard,
/// section 1.3, the special-query percent-encode set).
pub(super) const RESERVED: &AsciiSet =
    &SEGMENT.remove(b'/').remove(b'?').add(b'&').add(b'+').add(b'\'');

/// All but what several segments of a path may hold, with the slashes between them.
const SEGMENTS: &AsciiSet = &SEGMENT.remove(b'/');

/// All but `cookie-octet` (RFC 6265, section 4.1.1), and the sign that an encoded one begins with.
const COOKIE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b',')
    .add(b';')
    .add(b'\\');

/// How a parameter is written: a style of OpenAPI, and whether lists and objects are exploded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterStyle {
    kind: Kind,
    explodes: bool,
    reserved: bool,
    whole: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    Spaces,
    Pipes,
    Deep,
    Cookie,
    Json,
}

impl ParameterStyle {
    /// `simple`, for paths and headers: `blue,black` and `R,100,G,200`.
    pub const SIMPLE: Self = Self::of(Kind::Simple, false);
    /// `label`, for paths: `.blue,black` and `.R,100,G,200`.
    pub const LABEL: Self = Self::of(Kind::Label, false);
    /// `matrix`, for paths: `;color=blue,black` and `;color=R,100,G,200`.
    pub const MATRIX: Self = Self::of(Kind::Matrix, false);
    /// `form`, for queries and cookies, exploded: `color=blue&color=black` and `R=100&G=200`.
    pub const FORM: Self = Self::of(Kind::Form, true);
    /// `spaceDelimited`, for queries: `color=blue%20black`.
    pub const SPACE_DELIMITED: Self = Self::of(Kind::Spaces, false);
    /// `pipeDelimited`, for queries: `color=blue%7Cblack`.
    pub const PIPE_DELIMITED: Self = Self::of(Kind::Pipes, false);
    /// `deepObject`, for queries: `color[R]=100&color[G]=200`, brackets encoded. The specification
    /// ends at one level; below it an object is `a[b][c]=1`, a list of values `a[b][]=1&a[b][]=2`, and
    /// a list of objects `a[b][0][c]=1`.
    pub const DEEP_OBJECT: Self = Self::of(Kind::Deep, true);
    /// `cookie`, for cookies, exploded: as `form`, with nothing encoded (OpenAPI 3.2).
    pub const COOKIE: Self = Self::of(Kind::Cookie, true);
    /// The value's JSON text, where a parameter has `content` instead of a style.
    pub const JSON: Self = Self::of(Kind::Json, false);

    const fn of(kind: Kind, explodes: bool) -> Self {
        Self {
            kind,
            explodes,
            reserved: false,
            whole: false,
        }
    }

    /// Each element of a list, and each member of an object, by itself.
    #[must_use]
    pub const fn exploded(self) -> Self {
        Self {
            explodes: true,
            ..self
        }
    }

    /// All elements of a list, or members of an object, as one value.
    #[must_use]
    pub const fn joined(self) -> Self {
        Self {
            explodes: false,
            ..self
        }
    }

    /// What a query may hold is not percent-encoded in its values (`allowReserved`), but for `&`,
    /// `+`, `#`, `[`, `]` and `%`, with which a value would say something else. A path argument may
    /// be several segments, with slashes in between; one before the first adds nothing to that of the
    /// template.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self {
            reserved: true,
            ..self
        }
    }

    /// The value is all of a query, which has no name for it (`in: querystring`, OpenAPI 3.2).
    #[must_use]
    pub const fn whole(self) -> Self {
        Self {
            whole: true,
            ..self
        }
    }

    /// The names and texts that a value makes where nothing has to be encoded: none for null and for
    /// what is empty.
    ///
    /// # Errors
    /// Why the value has no text.
    pub(super) fn texts(
        self,
        name: &str,
        value: &dyn Encode,
    ) -> Result<Vec<(String, String)>, String> {
        let mut texts = Vec::new();
        if self.kind == Kind::Deep {
            argument::deep(name, value, &mut texts)?;
            return Ok(texts);
        }
        let delimiter = match self.kind {
            Kind::Spaces => " ",
            Kind::Pipes => "|",
            _ => ",",
        };
        let named = |text| (name.to_owned(), text);
        match self.argument(value, true)? {
            argument if argument.is_nothing() => {}
            Argument::Nothing => {}
            Argument::One(text) => texts.push(named(text)),
            Argument::List(list) if self.explodes => texts.extend(list.into_iter().map(named)),
            Argument::Object(members) if self.explodes => texts = members,
            joined => texts.push(named(joined.texts().join(delimiter))),
        }
        Ok(texts)
    }

    fn argument(self, value: &dyn Encode, repeats: bool) -> Result<Argument, String> {
        match self.kind {
            Kind::Json => argument::json(value),
            _ => Argument::of(value, repeats && self.explodes),
        }
    }
}

/// What is put between the parts of an argument.
struct Form {
    /// Whether a value follows the parameter's name.
    is_named: bool,
    /// What stands between the name and a value that is empty.
    before_nothing: &'static str,
    /// Between exploded parts.
    separator: &'static str,
    /// Between joined parts.
    delimiter: &'static str,
    encode: fn(String) -> String,
}

impl Form {
    fn write(&self, name: &str, argument: Argument, explodes: bool) -> String {
        let pair = |value: String| match value.as_str() {
            _ if !self.is_named => value,
            "" => [name, self.before_nothing].concat(),
            value => [name, "=", value].concat(),
        };
        let encode = self.encode;
        let texts = |texts: Vec<String>| texts.into_iter().map(encode).collect::<Vec<_>>();
        match argument {
            Argument::Nothing => String::new(),
            Argument::One(text) => pair(encode(text)),
            Argument::List(list) if explodes => {
                let pairs: Vec<_> = texts(list).into_iter().map(pair).collect();
                pairs.join(self.separator)
            }
            Argument::List(list) => pair(texts(list).join(self.delimiter)),
            Argument::Object(members) if explodes => {
                let members = members.into_iter();
                let pairs = members.map(|(name, text)| [encode(name), encode(text)].join("="));
                pairs.collect::<Vec<_>>().join(self.separator)
            }
            Argument::Object(members) => {
                let members = members.into_iter();
                let parts = members.flat_map(|(name, text)| [encode(name), encode(text)]);
                pair(parts.collect::<Vec<_>>().join(self.delimiter))
            }
        }
    }
}

/// One path argument, encoded. One value that has a segment for itself (`is_alone`, which is asked only
/// where it matters) keeps what a segment may hold; beside other things, it could be taken for one of them
/// (RFC 6570, section 3.2.2).
///
/// # Errors
/// [`ErrorKind::Request`], naming the argument, when it has no text or is empty, or when a segment of it
/// is `.` or `..`.
pub(super) fn path(
    name: &str,
    value: &dyn Encode,
    style: ParameterStyle,
    is_alone: impl Fn() -> bool,
) -> Result<String, Error> {
    // Nearly all are texts, with no parts to be put together.
    let mut text = None;
    if style.kind == Kind::Simple {
        value.encode(&mut |view| {
            if let View::Text(whole) = view {
                text = Some(one_segment(whole, style, &is_alone));
            }
        });
    }
    let mut written = match text {
        Some(text) => text,
        None => compound_path(name, value, style, is_alone())?,
    };
    if style.reserved && written.starts_with('/') && is_alone() {
        written = written.trim_start_matches('/').to_owned();
    }
    // Whoever reads the address would go elsewhere by one of these, wherever it stands (RFC 3986, section
    // 5.2.4).
    let has_dots = || written.split('/').any(|segment| matches!(segment, "." | ".."));
    if written.is_empty() || written.as_bytes().contains(&b'.') && has_dots() {
        let why = format!("path argument `{name}` is empty, or has `.` or `..` for a segment");
        return Err(Error::new(ErrorKind::Request, why));
    }
    Ok(written)
}

/// A text in a path, encoded. Most are the same in every way.
fn one_segment(text: &str, style: ParameterStyle, is_alone: impl Fn() -> bool) -> String {
    if style.reserved {
        return encode(text, SEGMENTS);
    }
    let written = encode(text, QUERY);
    match written.len() > text.len() && is_alone() {
        true => encode(text, SEGMENT),
        false => written,
    }
}

/// The same for a value of any kind and any style; empty where there is nothing to be written.
///
/// # Errors
/// [`ErrorKind::Request`], naming the argument, when it has no text.
fn compound_path(
    name: &str,
    value: &dyn Encode,
    style: ParameterStyle,
    is_alone: bool,
) -> Result<String, Error> {
    let argument = style.argument(value, false);
    let argument = argument.map_err(|why| refuse("path argument", name, &why))?;
    let (prefix, separator) = match style.kind {
        Kind::Label => (".", "."),
        Kind::Matrix => (";", ";"),
        _ => ("", ","),
    };
    let is_one = style.kind != Kind::Matrix && matches!(argument, Argument::One(_));
    let form = Form {
        is_named: style.kind == Kind::Matrix,
        before_nothing: "",
        separator,
        delimiter: ",",
        encode: match (style.reserved, is_one && is_alone) {
            (true, _) => |text| encode_owned(text, SEGMENTS),
            (false, true) => |text| encode_owned(text, SEGMENT),
            (false, false) => |text| encode_owned(text, QUERY),
        },
    };
    if argument.is_nothing() || argument == Argument::One(String::new()) {
        return Ok(String::new());
    }
    let name = if form.is_named { (form.encode)(name.to_owned()) } else { String::new() };
    let written = form.write(&name, argument, style.explodes);
    Ok(match written.as_str() {
        // With a prefix it would look like something else.
        "" | "." | ".." => written,
        _ => [prefix, &written].concat(),
    })
}

/// What a query parameter adds to the query, encoded; `None` for null and for what is empty, which
/// isn't sent (RFC 6570, section 3.2.1).
///
/// # Errors
/// [`ErrorKind::Request`], naming the parameter, when it has no text.
pub(super) fn query(
    name: &str,
    value: &dyn Encode,
    style: ParameterStyle,
) -> Result<Option<String>, Error> {
    let pairs = Pairs {
        what: "query parameter",
        encode: |text| encode_owned(text, QUERY),
        encode_reserved: |text| encode_owned(text, RESERVED),
        space: "%20",
    };
    pairs.write(name, value, style)
}

/// How pairs of names and values are written.
pub(super) struct Pairs {
    /// What a value with its name is, for messages.
    pub(super) what: &'static str,
    /// What encodes names and values.
    pub(super) encode: fn(String) -> String,
    /// What encodes values that may have reserved characters.
    pub(super) encode_reserved: fn(String) -> String,
    /// A space, encoded.
    pub(super) space: &'static str,
}

impl Pairs {
    /// The pairs of one value, encoded and with `&` in between; `None` for null and for what is empty.
    ///
    /// # Errors
    /// [`ErrorKind::Request`], giving the name, when the value has no text.
    pub(super) fn write(
        &self,
        name: &str,
        value: &dyn Encode,
        style: ParameterStyle,
    ) -> Result<Option<String>, Error> {
        let refuse = |why: String| self.refuse(name, &why);
        let encode_value = if style.reserved {
            self.encode_reserved
        } else {
            self.encode
        };
        if style.kind == Kind::Deep {
            let mut pairs = Vec::new();
            argument::deep(name, value, &mut pairs).map_err(refuse)?;
            let pairs = pairs.into_iter();
            let pairs = pairs.map(|(name, text)| [(self.encode)(name), encode_value(text)].join("="));
            let pairs: Vec<_> = pairs.collect();
            return Ok((!pairs.is_empty()).then(|| pairs.join("&")));
        }
        let argument = style.argument(value, true).map_err(refuse)?;
        let form = Form {
            is_named: !style.whole,
            before_nothing: "=",
            separator: "&",
            delimiter: match style.kind {
                Kind::Spaces => self.space,
                Kind::Pipes => "%7C",
                _ => ",",
            },
            encode: encode_value,
        };
        let is_sent = !argument.is_nothing();
        let name = (self.encode)(name.to_owned());
        Ok(is_sent.then(|| form.write(&name, argument, style.explodes)))
    }

    /// Why the value of `name` can't be sent.
    pub(super) fn refuse(&self, name: &str, why: &str) -> Error {
        refuse(self.what, name, why)
    }
}

/// The value of a header parameter; `None` for null and for what is empty, which isn't sent.
///
/// # Errors
/// [`ErrorKind::Request`], naming the header, when it has no text.
pub(super) fn header(
    name: &str,
    value: &dyn Encode,
    style: ParameterStyle,
) -> Result<Option<String>, Error> {
    let argument = style.argument(value, false);
    let argument = argument.map_err(|why| refuse("header", name, &why))?;
    let argument = match argument {
        Argument::One(text) if style.kind == Kind::Json => Argument::One(visible(&text)),
        other => other,
    };
    let form = Form {
        is_named: false,
        before_nothing: "",
        separator: ",",
        delimiter: ",",
        encode: |text| text,
    };
    let is_sent = !argument.is_nothing();
    Ok(is_sent.then(|| form.write(name, argument, style.explodes)))
}

/// The same JSON in visible characters of ASCII, which are what every server reads in a header (RFC
/// 9110, section 5.5): others can only stand in its texts, and are escaped there.
fn visible(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if matches!(character, ' '..='~') {
            text.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            text.extend([format!("\\u{unit:04x}")]);
        }
    }
    text
}

/// The cookies that a parameter makes, as the `Cookie` header has them (RFC 6265, section 4.2.1);
/// `None` for null and for what is empty, which isn't sent.
///
/// What a cookie can't hold is percent-encoded in style `form`; the rest is left as it is, for many
/// servers take cookies as they come.
///
/// # Errors
/// [`ErrorKind::Request`], naming the parameter, when it has no text, or one that can't be a cookie.
pub(super) fn cookie(
    name: &str,
    value: &dyn Encode,
    style: ParameterStyle,
) -> Result<Option<String>, Error> {
    let refuse = |why: &str| refuse("cookie", name, why);
    let argument = style.argument(value, true);
    let argument = argument.map_err(|why| refuse(&why))?;
    let is_literal = style.kind == Kind::Cookie;
    let form = Form {
        is_named: true,
        before_nothing: "=",
        separator: "; ",
        delimiter: ",",
        encode: if is_literal {
            |text| text
        } else {
            |text| encode_owned(text, COOKIE)
        },
    };
    if is_literal && !argument.texts().into_iter().all(is_cookie) {
        return Err(refuse("it can't be a cookie as it is"));
    }
    let is_sent = !argument.is_nothing();
    Ok(is_sent.then(|| form.write(name, argument, style.explodes)))
}

/// Whether `text` can be the value of a cookie (RFC 6265, section 4.1.1); commas are fine, for they
/// join lists.
fn is_cookie(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\";\\".contains(&byte))
}

fn refuse(what: &str, name: &str, why: &str) -> Error {
    Error::new(ErrorKind::Request, format!("{what} `{name}`: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// The values of the table in section 4.8.12.4.
    fn values() -> [Value; 4] {
        [
            json!(""),
            json!("blue"),
            json!(["blue", "black", "brown"]),
            json!({"R": 100, "G": 200, "B": 150}),
        ]
    }

    /// The rows of the table; members of objects stand in the order of their names.
    #[test]
    fn paths_are_those_of_the_specification() {
        use ParameterStyle as S;
        for (style, written) in [
            (
                S::SIMPLE,
                ["!", "blue", "blue,black,brown", "B,150,G,200,R,100"],
            ),
            (
                S::SIMPLE.exploded(),
                ["!", "blue", "blue,black,brown", "B=150,G=200,R=100"],
            ),
            (
                S::LABEL,
                ["!", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"],
            ),
            (
                S::LABEL.exploded(),
                ["!", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"],
            ),
            (
                S::MATRIX,
                [
                    "!",
                    ";color=blue",
                    ";color=blue,black,brown",
                    ";color=B,150,G,200,R,100",
                ],
            ),
            (
                S::MATRIX.exploded(),
                [
                    "!",
                    ";color=blue",
                    ";color=blue;color=black;color=brown",
                    ";B=150;G=200;R=100",
                ],
            ),
        ] {
            for (value, written) in values().iter().zip(written) {
                let path = path("color", value, style, || true);
                // What is empty would make another path.
                assert_eq!(path.unwrap_or("!".to_owned()), written, "{style:?}");
            }
        }
        assert_eq!(
            path("c", &json!({"a": [1, 2]}), S::JSON, || true).unwrap(),
            "%7B%22a%22:%5B1,2%5D%7D"
        );
    }

    #[test]
    fn what_is_in_a_value_is_not_taken_for_what_stands_between_values() {
        use ParameterStyle as S;
        for (value, style, is_alone, written) in [
            (json!(["a,b", "c"]), S::SIMPLE, true, "a%2Cb,c"),
            (json!({"k=1": "x,y=2"}), S::SIMPLE.exploded(), true, "k%3D1=x%2Cy%3D2"),
            (json!(["a;a=b", "c"]), S::MATRIX.exploded(), true, ";a=a%3Ba%3Db;a=c"),
            (json!("b;c=d"), S::MATRIX, true, ";a=b%3Bc%3Dd"),
            (json!(["a,b"]), S::LABEL, true, ".a%2Cb"),
            (json!("x,y"), S::SIMPLE, false, "x%2Cy"),
            (json!("a:b@c,d"), S::SIMPLE, true, "a:b@c,d"),
            (json!("a:b"), S::LABEL, true, ".a:b"),
        ] {
            assert_eq!(path("a", &value, style, || is_alone).unwrap(), written, "{value}");
        }
    }

    #[test]
    fn queries_are_those_of_the_specification() {
        use ParameterStyle as S;
        for (style, written) in [
            (
                S::FORM.joined(),
                [
                    "color=",
                    "color=blue",
                    "color=blue,black,brown",
                    "color=B,150,G,200,R,100",
                ],
            ),
            (
                S::FORM,
                [
                    "color=",
                    "color=blue",
                    "color=blue&color=black&color=brown",
                    "B=150&G=200&R=100",
                ],
            ),
            (
                S::SPACE_DELIMITED,
                [
                    "color=",
                    "color=blue",
                    "color=blue%20black%20brown",
                    "color=B%20150%20G%20200%20R%20100",
                ],
            ),
            (
                S::PIPE_DELIMITED,
                [
                    "color=",
                    "color=blue",
                    "color=blue%7Cblack%7Cbrown",
                    "color=B%7C150%7CG%7C200%7CR%7C100",
                ],
            ),
            (
                S::PIPE_DELIMITED.exploded(),
                [
                    "color=",
                    "color=blue",
                    "color=blue&color=black&color=brown",
                    "B=150&G=200&R=100",
                ],
            ),
            (
                S::DEEP_OBJECT,
                [
                    "color=",
                    "color=blue",
                    "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
                    "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
                ],
            ),
            (
                S::JSON,
                [
                    "color=%22%22",
                    "color=%22blue%22",
                    "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
                    "color=%7B%22B%22%3A150%2C%22G%22%3A200%2C%22R%22%3A100%7D",
                ],
            ),
        ] {
            for (value, written) in values().iter().zip(written) {
                let query = query("color", value, style).unwrap();
                assert_eq!(query.as_deref(), Some(written), "{style:?}");
            }
        }
    }

    #[test]
    fn a_query_as_a_whole_has_no_name() {
        let [_, _, list, object] = values();
        let written = |value: &Value, style: ParameterStyle| query("q", value, style.whole()).unwrap();
        let text = Value::from("$.a[1]&b=c d");
        assert_eq!(written(&text, ParameterStyle::FORM).unwrap(), "%24.a%5B1%5D%26b%3Dc%20d");
        let json = written(&list, ParameterStyle::JSON).unwrap();
        assert_eq!(json, "%5B%22blue%22%2C%22black%22%2C%22brown%22%5D");
        assert_eq!(written(&object, ParameterStyle::FORM).unwrap(), "B=150&G=200&R=100");
        assert_eq!(written(&Value::Null, ParameterStyle::FORM), None);
    }

    #[test]
    fn headers_are_those_of_the_specification() {
        use ParameterStyle as S;
        for (style, written) in [
            (
                S::SIMPLE,
                ["", "blue", "blue,black,brown", "B,150,G,200,R,100"],
            ),
            (
                S::SIMPLE.exploded(),
                ["", "blue", "blue,black,brown", "B=150,G=200,R=100"],
            ),
        ] {
            for (value, written) in values().iter().zip(written) {
                let header = header("color", value, style).unwrap();
                assert_eq!(header.as_deref(), Some(written), "{style:?}");
            }
        }
    }

    #[test]
    fn json_in_a_header_is_ascii() {
        let value = vec!["us-\u{e9}", "\u{1f600} \"\u{7f}"];
        let header = header("filter", &value, ParameterStyle::JSON).unwrap();
        let text = header.unwrap();
        assert_eq!(text, r#"["us-\u00e9","\ud83d\ude00 \"\u007f"]"#);
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).unwrap(), value);
    }

    #[test]
    fn cookies_are_pairs() {
        use ParameterStyle as S;
        for (style, written) in [
            (
                S::FORM.joined(),
                [
                    "color=",
                    "color=blue",
                    "color=blue,black,brown",
                    "color=B,150,G,200,R,100",
                ],
            ),
            (
                S::FORM,
                [
                    "color=",
                    "color=blue",
                    "color=blue; color=black; color=brown",
                    "B=150; G=200; R=100",
                ],
            ),
        ] {
            for (value, written) in values().iter().zip(written) {
                let cookie = cookie("color", value, style).unwrap();
                assert_eq!(cookie.as_deref(), Some(written), "{style:?}");
            }
        }
        let one = |value: &str, style| cookie("c", &value, style).ok().flatten();
        assert_eq!(one("a=b/c+d", S::FORM).unwrap(), "c=a=b/c+d");
        assert_eq!(one("a b;ü%", S::FORM).unwrap(), "c=a%20b%3B%C3%BC%25");
        assert_eq!(one("a%20b", S::COOKIE).unwrap(), "c=a%20b");
        for text in ["a b", "a; b=c", "a\r\nb", "ü"] {
            assert_eq!(one(text, S::COOKIE), None, "{text:?}");
        }
    }

    #[test]
    fn what_is_empty_is_not_sent() {
        for value in [json!(null), json!([]), json!({}), json!([null])] {
            for style in [
                ParameterStyle::FORM,
                ParameterStyle::FORM.joined(),
                ParameterStyle::DEEP_OBJECT,
            ] {
                assert_eq!(
                    query("a", &value, style).unwrap(),
                    None,
                    "{value} {style:?}"
                );
            }
            assert_eq!(header("a", &value, ParameterStyle::SIMPLE).unwrap(), None);
            assert_eq!(cookie("a", &value, ParameterStyle::FORM).unwrap(), None);
            assert!(path("a", &value, ParameterStyle::SIMPLE, || true).is_err());
        }
    }

    #[test]
    fn values_are_encoded() {
        let one = |value: &str, style| query("a[]", &value, style).unwrap().unwrap();
        assert_eq!(
            one("x y+&='ü", ParameterStyle::FORM),
            "a%5B%5D=x%20y%2B%26%3D%27%C3%BC"
        );
        assert_eq!(
            one("/?:@!$'()*,;=&+#[]% ü", ParameterStyle::FORM.reserved()),
            "a%5B%5D=/?:@!$%27()*,;=%26%2B%23%5B%5D%25%20%C3%BC"
        );
        let list = query("a", &vec!["1,", "2"], ParameterStyle::FORM.joined());
        assert_eq!(list.unwrap().unwrap(), "a=1%2C,2");
        let object = query("o", &json!({"a&b": "c"}), ParameterStyle::FORM);
        assert_eq!(object.unwrap().unwrap(), "a%26b=c");
    }

    #[test]
    fn a_path_argument_may_be_several_segments() {
        let style = ParameterStyle::SIMPLE.reserved();
        let one = |value: &str, is_alone| path("scope", &value, style, || is_alone).unwrap();
        assert_eq!(one("groups/a b/c?d#e%2F", true), "groups/a%20b/c%3Fd%23e%252F");
        assert_eq!(one("/groups/a/", true), "groups/a/");
        assert_eq!(one("/a", false), "/a");
        let list = path("l", &vec!["a/b", "c"], style, || true).unwrap();
        assert_eq!(list, "a/b,c");
        for elsewhere in ["", "/", "..", ".", "a/../b", "../a", "a/.", "/./a"] {
            assert!(path("scope", &elsewhere, style, || true).is_err(), "{elsewhere}");
        }
        assert_eq!(one("a/..b/%2e%2e", true), "a/..b/%252e%252e");
    }

    #[test]
    fn dot_segments_and_nothing_are_refused() {
        for style in [
            ParameterStyle::SIMPLE,
            ParameterStyle::LABEL,
            ParameterStyle::MATRIX,
        ] {
            for argument in ["", ".", ".."] {
                let Err(error) = path("b", &argument, style, || true) else {
                    assert!(style == ParameterStyle::MATRIX && !argument.is_empty());
                    continue;
                };
                assert_eq!(error.kind(), ErrorKind::Request);
                assert!(error.to_string().contains("`b`"), "{error}");
            }
        }
    }
}
