//! Bodies of `multipart/form-data` (RFC 7578): an object with a part for each member, files among
//! them, out of the one view that it shows of itself.
//!
//! A file is a part with a file name, a value without parts is a part of text, an object one of JSON,
//! and a list is a part for each element (OpenAPI 3.0.3, section 4.7.15), unless the description says
//! something else about the member. A member that is absent, null or empty is not sent. What isn't in
//! memory is read while it is sent.

use super::argument;
use super::call::Call;
use super::encode::{self, Encode, View};
use super::error::{Error, ErrorKind};
use super::header;
use super::idempotency::random_key;
use super::parts::Parts;
use super::style::ParameterStyle;
use super::upload::Upload;
use bytes::Bytes;
use std::fmt;

/// A file that a request sends: its bytes, and what the server is told about them.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FilePart {
    content: Upload,
    file_name: Option<String>,
    content_type: Option<String>,
    is_value: bool,
}

impl FilePart {
    /// A file of these bytes.
    ///
    /// It is called `blob`, as browsers call it (HTML, section 4.10.21.4), and is of the media type that
    /// the description gives, or else of `application/octet-stream`.
    pub fn new(content: impl Into<Upload>) -> Self {
        let content = content.into();
        Self {
            content_type: content.media_type().map(str::to_owned),
            content,
            file_name: None,
            is_value: false,
        }
    }

    /// A value in the place of a file, for a member that may be either: a part without a file name, of text, or
    /// of JSON if the value has parts itself.
    ///
    /// # Errors
    /// For null, which is no part, a file, and a number that is not finite.
    pub fn value(value: impl Encode) -> Result<Self, Error> {
        let refuse = |why: String| Error::new(ErrorKind::Request, format!("a part: {why}"));
        let text = argument::look(&value, &mut |view| match view {
            View::Null => Err("null is not sent".to_owned()),
            ref view => argument::plain(view),
        });
        let (content, content_type) = match text.map_err(refuse)? {
            Some(text) => (Upload::from(text), None),
            None => {
                let json = encode::to_json(&value).map_err(|error| refuse(error.to_string()))?;
                (Upload::from(json), Some("application/json".to_owned()))
            }
        };
        Ok(Self {
            content,
            file_name: None,
            content_type,
            is_value: true,
        })
    }

    /// What the file is called. Servers often tell by the extension what it holds.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Its media type, such as `image/png`.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }
}

impl From<Upload> for FilePart {
    fn from(content: Upload) -> Self {
        Self::new(content)
    }
}

impl From<Bytes> for FilePart {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for FilePart {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&'static [u8]> for FilePart {
    fn from(bytes: &'static [u8]) -> Self {
        Self::new(bytes)
    }
}

impl From<&'static str> for FilePart {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

/// Shows how long the file is, not what it holds.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("content", &self.content)
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("is_value", &self.is_value)
            .finish()
    }
}

impl Encode for FilePart {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        show(View::File(self));
    }
}

impl Call {
    /// Sets the body, as the parts of a form.
    pub(crate) fn multipart(&mut self, body: &dyn Encode) {
        self.multipart_as(&[], &[], body);
    }

    /// Sets the body, as the parts of a form in which some members have media types or styles of their
    /// own.
    pub(crate) fn multipart_as(
        &mut self,
        types: &[(&str, &str)],
        styles: &[(ParameterStyle, &[&str])],
        body: &dyn Encode,
    ) {
        let form = Form {
            boundary: &random_key(&*self.core.shared.transport),
            types,
            styles,
        };
        self.note(body);
        if let Some(parts) = self.keep(form.write(body)) {
            let media_type = format!("multipart/form-data; boundary={}", form.boundary);
            self.content(&media_type, parts.content());
        }
    }
}

/// How a form is written.
struct Form<'a> {
    /// What stands between parts. It is random and long, so that no part has it (RFC 2046, section 5.1.1).
    boundary: &'a str,
    /// The media types of members that have one of their own.
    types: &'a [(&'a str, &'a str)],
    /// The styles of members that have one of their own.
    styles: &'a [(ParameterStyle, &'a [&'a str])],
}

impl Form<'_> {
    /// All parts.
    ///
    /// # Errors
    /// [`ErrorKind::Request`] when `body` is no object, or when one of its members can't be sent.
    fn write(&self, body: &dyn Encode) -> Result<Parts, Error> {
        let refuse = |why: String| Error::new(ErrorKind::Request, format!("the body: {why}"));
        let mut out = Parts::default();
        let written = argument::look(body, &mut |view| {
            let View::Object(object) = view else {
                return Err("only an object can be sent as the parts of a form".to_owned());
            };
            for field in object.sent() {
                self.member(field.name, field.value, &mut out)
                    .map_err(|why| format!("member `{}`: {why}", field.name))?;
            }
            Ok(())
        });
        written.map_err(refuse)?;
        out.bytes(format!("--{}--\r\n", self.boundary).as_bytes());
        Ok(out)
    }

    /// The parts of a member.
    fn member(&self, name: &str, value: &dyn Encode, out: &mut Parts) -> Result<(), String> {
        let media_type = self.types.iter().find(|(member, _)| *member == name);
        let media_type = media_type.map(|(_, media_type)| *media_type);
        let style = self.styles.iter().find(|(_, names)| names.contains(&name));
        if let Some((style, _)) = style {
            for (name, text) in style.texts(name, value)? {
                self.text(&name, media_type, text.as_bytes(), out)?;
            }
            return Ok(());
        }
        argument::look(value, &mut |view| match view {
            View::List(count, at, _) => {
                let mut elements = (0..count).filter_map(at);
                elements.try_for_each(|element| self.one(name, media_type, element, out))
            }
            _ => self.one(name, media_type, value, out),
        })
    }

    /// The part of a member, or of an element of one that is a list.
    fn one(
        &self,
        name: &str,
        media_type: Option<&str>,
        value: &dyn Encode,
        out: &mut Parts,
    ) -> Result<(), String> {
        argument::look(value, &mut |view| match view {
            View::File(file) => match file.downcast_ref::<FilePart>() {
                Some(file) => self.file(name, media_type, file, out),
                None => Ok(()),
            },
            View::List(..) | View::Object(..) => {
                let json = encode::to_json(value).map_err(|error| error.to_string())?;
                let media_type = media_type.unwrap_or("application/json");
                self.text(name, Some(media_type), &json, out)
            }
            ref scalar => match argument::plain(scalar)? {
                Some(text) => self.text(name, media_type, text.as_bytes(), out),
                None => Ok(()),
            },
        })
    }

    /// Appends the part of a file.
    fn file(
        &self,
        name: &str,
        media_type: Option<&str>,
        file: &FilePart,
        out: &mut Parts,
    ) -> Result<(), String> {
        let (own, file_name) = (file.content_type.as_deref(), file.file_name.as_deref());
        let head = if file.is_value {
            self.head(name, file_name, own)
        } else {
            let media_type = own.or(media_type).unwrap_or("application/octet-stream");
            self.head(name, file_name.or(Some("blob")), Some(media_type))
        };
        out.bytes(&head?);
        out.upload(&file.content);
        out.bytes(b"\r\n");
        Ok(())
    }

    /// Appends the part of a text. One without a media type is `text/plain` (RFC 7578, section 4.4).
    fn text(
        &self,
        name: &str,
        media_type: Option<&str>,
        content: &[u8],
        out: &mut Parts,
    ) -> Result<(), String> {
        out.bytes(&self.head(name, None, media_type)?);
        out.bytes(content);
        out.bytes(b"\r\n");
        Ok(())
    }

    /// What stands before a part.
    fn head(
        &self,
        name: &str,
        file_name: Option<&str>,
        media_type: Option<&str>,
    ) -> Result<Vec<u8>, String> {
        let mut head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"{}\"",
            self.boundary,
            quoted(name)
        );
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if let Some(media_type) = media_type {
            // A line break in it would begin another header.
            header::plain(ErrorKind::Request, "Content-Type", media_type)
                .map_err(|_| "its media type has control characters".to_owned())?;
            head.push_str(&format!("\r\nContent-Type: {media_type}"));
        }
        head.push_str("\r\n\r\n");
        Ok(head.into_bytes())
    }
}

/// A name as browsers write it between quotes (HTML, section 4.10.21.8): what would end it, or the line, is
/// percent-encoded.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::super::content::Content;
    use super::super::object::{Field, Object};
    use super::super::testing::{Fake, POST, answer, block_on, builder, pieces};
    use super::*;
    use serde_json::json;

    /// An object of these members.
    #[derive(Debug)]
    struct Members<'a>(Vec<(&'a str, &'a dyn Encode)>);

    impl Encode for Members<'_> {
        fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
            let members = self.0.iter().map(|(name, value)| Field::new(name, *value));
            show(View::Object(&Object::of(&members.collect::<Vec<_>>())));
        }
    }

    fn written(
        types: &[(&str, &str)],
        styles: &[(ParameterStyle, &[&str])],
        body: &dyn Encode,
    ) -> Result<String, Error> {
        let form = Form {
            boundary: "b",
            types,
            styles,
        };
        form.write(body).map(|parts| match parts.content() {
            Content::Whole(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
            Content::Opened(_) => panic!("all of it is in memory"),
        })
    }

    /// The parts of a body of these members, in which each line ends as in the text.
    fn plain(members: Vec<(&str, &dyn Encode)>) -> String {
        written(&[], &[], &Members(members)).unwrap()
    }

    #[test]
    fn texts_and_bytes_are_files() {
        let file = FilePart::new("text");
        assert_eq!(FilePart::from("text"), file);
        assert_eq!(FilePart::from("text".to_owned()), file);
        assert_eq!(FilePart::from(&b"text"[..]), file);
    }

    #[test]
    fn a_value_in_the_place_of_a_file_is_a_part_without_a_file_name() {
        let seven = FilePart::value(7).unwrap();
        let text = plain(vec![
            ("a", &FilePart::value("https://a.example/1.png").unwrap()),
            ("b", &FilePart::value(json!({"id": 7})).unwrap()),
            ("c", &seven.clone().file_name("7").content_type("text/plain")),
        ]);
        let expected = [
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhttps://a.example/1.png\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"b\"\r\nContent-Type: application/json\r\n\r\n{\"id\":7}\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"c\"; filename=\"7\"\r\nContent-Type: text/plain\r\n\r\n7\r\n",
            "--b--\r\n",
        ];
        assert_eq!(text, expected.concat());
        assert!(FilePart::value(None::<bool>).is_err());
        assert!(FilePart::value(f64::NAN).is_err());
        assert!(FilePart::value(vec![f64::NAN]).is_err());
        assert!(FilePart::value(seven).is_err());
    }

    #[test]
    fn each_member_is_a_part() {
        let files = vec![
            FilePart::new("one")
                .file_name("1.txt")
                .content_type("text/plain"),
            FilePart::from(b"\0\r\n--b".to_vec()),
        ];
        let text = plain(vec![
            ("a", &"x\ny"),
            ("n", &2.5),
            ("list", &vec![1, 2]),
            ("object", &json!({"k": [1]})),
            ("objects", &json!([{"k": 1}, ["l"]])),
            ("none", &None::<FilePart>),
            ("null", &json!([null])),
            ("file", &files),
        ]);
        let expected = [
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\ny\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n2.5\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\n1\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\n2\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"object\"\r\nContent-Type: application/json\r\n\r\n{\"k\":[1]}\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"objects\"\r\nContent-Type: application/json\r\n\r\n{\"k\":1}\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"objects\"\r\nContent-Type: application/json\r\n\r\n[\"l\"]\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"1.txt\"\r\nContent-Type: text/plain\r\n\r\none\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"blob\"\r\nContent-Type: application/octet-stream\r\n\r\n\0\r\n--b\r\n",
            "--b--\r\n",
        ];
        assert_eq!(text, expected.concat());
        assert_eq!(plain(Vec::new()), "--b--\r\n");
    }

    #[test]
    fn members_have_their_own_types_and_styles() {
        let value = json!({"c": 1});
        let list = vec![1, 2];
        let (file, png) = (
            FilePart::new("f"),
            FilePart::new("p").content_type("image/png"),
        );
        let members: Vec<(&str, &dyn Encode)> = vec![
            ("file", &file),
            ("png", &png),
            ("deep", &value),
            ("flat", &value),
            ("json", &list),
            ("joined", &list),
            ("csv", &"1,2"),
        ];
        let image = "image/jpeg";
        let types = [
            ("file", image),
            ("png", image),
            ("json", "application/json"),
            ("csv", "text/csv"),
        ];
        let styles: [(ParameterStyle, &[&str]); 4] = [
            (ParameterStyle::DEEP_OBJECT, &["deep"]),
            (ParameterStyle::FORM, &["flat"]),
            (ParameterStyle::JSON, &["json"]),
            (ParameterStyle::FORM.joined(), &["joined"]),
        ];
        let text = written(&types, &styles, &Members(members)).unwrap();
        let text = text.replace("Content-Disposition: form-data; ", "");
        let expected = [
            "--b\r\nname=\"file\"; filename=\"blob\"\r\nContent-Type: image/jpeg\r\n\r\nf\r\n",
            "--b\r\nname=\"png\"; filename=\"blob\"\r\nContent-Type: image/png\r\n\r\np\r\n",
            "--b\r\nname=\"deep[c]\"\r\n\r\n1\r\n",
            "--b\r\nname=\"c\"\r\n\r\n1\r\n",
            "--b\r\nname=\"json\"\r\nContent-Type: application/json\r\n\r\n[1,2]\r\n",
            "--b\r\nname=\"joined\"\r\n\r\n1,2\r\n",
            "--b\r\nname=\"csv\"\r\nContent-Type: text/csv\r\n\r\n1,2\r\n",
            "--b--\r\n",
        ];
        assert_eq!(text, expected.concat());
    }

    #[test]
    fn names_cannot_end_their_quotes_or_begin_a_header() {
        let file = FilePart::new("").file_name("a\"; filename=\"b\\%22\r\nX-Admin: 1\u{e9}");
        let text = plain(vec![("x\"\ny", &file)]);
        assert_eq!(
            text.lines().nth(1),
            Some(
                "Content-Disposition: form-data; name=\"x%22%0Ay\"; \
                 filename=\"a%22; filename=%22b\\%22%0D%0AX-Admin: 1\u{e9}\""
            )
        );
        for control in ["\r", "\n", "\r\n\r\n--b--", "\0"] {
            let file = FilePart::new("").content_type(format!("text/plain{control}"));
            let error = written(&[], &[], &Members(vec![("f", &file)])).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request);
            assert!(error.to_string().contains("`f`"), "{error}");
        }
    }

    #[test]
    fn what_has_no_parts_is_refused() {
        for body in [json!(null), json!("a"), json!([1])] {
            assert!(written(&[], &[], &body).is_err(), "{body}");
        }
        let error = written(&[], &[], &Members(vec![("a", &f64::NAN)])).unwrap_err();
        assert!(error.to_string().contains("`a`"), "{error}");
        let file = FilePart::new("hidden");
        assert!(
            encode::to_json(&file).is_err(),
            "a file has no JSON, and no text"
        );
        assert!(serde_json::to_string(&encode::Shim(&file)).is_err());
        assert!(argument::Argument::of(&vec![file.clone()], true).is_err());
        assert!(!format!("{file:?}").contains("hidden"));
    }

    #[test]
    fn the_boundary_is_told_and_the_same_in_each_attempt() {
        let fake = Fake::new([answer(503, ""), answer(204, ""), answer(204, "")]);
        let mut builder = builder(&fake);
        builder.options(|options| options.retry_posts_as_gets(true));
        let core = builder.build(None).unwrap();
        for _ in 0..2 {
            let mut call = Call::new(&core, &POST);
            call.multipart(&json!({"a": 1}));
            block_on(call.send::<()>()).unwrap();
        }
        let sent: Vec<_> = fake
            .requests()
            .iter()
            .map(|request| {
                let media_type = request.headers()["content-type"].to_str().unwrap();
                let boundary = media_type
                    .strip_prefix("multipart/form-data; boundary=")
                    .unwrap();
                assert!(
                    request
                        .body()
                        .starts_with(format!("--{boundary}\r\n").as_bytes())
                );
                assert!(
                    request
                        .body()
                        .ends_with(format!("--{boundary}--\r\n").as_bytes())
                );
                boundary.to_owned()
            })
            .collect();
        assert!(sent[0] == sent[1] && sent[1] != sent[2], "{sent:?}");
    }

    #[test]
    fn what_is_not_in_memory_is_sent_between_what_is() {
        let file = |content: Upload| FilePart::new(content).file_name("f");
        let stream = || Upload::from_stream(pieces(&["a", "bc"], None));
        let send = |files: Vec<FilePart>| {
            let fake = Fake::new([answer(204, "")]);
            let mut call = Call::new(&builder(&fake).build(None).unwrap(), &POST);
            call.multipart(&Members(vec![("n", &1), ("f", &files)]));
            let debug = format!("{call:?}");
            block_on(call.send::<()>()).unwrap();
            let body = fake.requests()[0].body().clone();
            (debug, String::from_utf8(body.to_vec()).unwrap())
        };
        let sent = |files| send(files).1.replace(|c: char| c.is_ascii_hexdigit() || c == '-', "");
        let whole = sent(vec![file("abc".into()), file("abc".into())]);
        assert_eq!(sent(vec![file(stream()), file("abc".into())]), whole);
        assert_eq!(sent(vec![file("abc".into()), file(stream())]), whole);
        assert_eq!(sent(vec![file(stream()), file(stream())]), whole);
        // The length of the whole is known where that of each part is.
        let (debug, text) = send(vec![file(stream().with_len(3)), file("abc".into())]);
        assert!(debug.contains(&format!("Some({})", text.len())), "{debug} {text}");
        let (debug, _) = send(vec![file(stream())]);
        assert!(debug.contains("None"), "{debug}");
    }
}
