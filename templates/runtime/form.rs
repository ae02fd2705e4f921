//! Bodies of `application/x-www-form-urlencoded`: what HTML forms send (URL Standard, section 5.2),
//! out of the one view that an object shows of itself.
//!
//! Members stand as in a query (OpenAPI 3.0.3, section 4.7.15): a value without parts is its text, a
//! list is a pair for each element, and an object is its JSON text, unless the description gives the
//! member a style. A member that is absent, null or empty is not sent, for a form has no word for it
//! (RFC 6570, section 3.2.1).

use super::argument;
use super::call::Call;
use super::encode::{Encode, View};
use super::error::{Error, ErrorKind};
use super::style::{Pairs, ParameterStyle, RESERVED};
use super::url::encode_owned;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// The `application/x-www-form-urlencoded` percent-encode set (URL Standard, section 1.3).
const SET: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

const PAIRS: Pairs = Pairs {
    what: "form member",
    encode: |text| plus(text, SET),
    encode_reserved: |text| plus(text, RESERVED),
    space: "+",
};

impl Call {
    /// Sets the body, as a form of this media type.
    pub(crate) fn form(&mut self, media_type: &str, body: &dyn Encode) {
        self.form_as(media_type, &[], body);
    }

    /// Sets the body, as a form in which some members have styles of their own.
    pub(crate) fn form_as(
        &mut self,
        media_type: &str,
        styles: &[(ParameterStyle, &[&str])],
        body: &dyn Encode,
    ) {
        self.note(body);
        if let Some(text) = self.keep(write(styles, body)) {
            self.bytes(media_type, text.into());
        }
    }
}

/// The text of a form.
///
/// # Errors
/// [`ErrorKind::Request`] when `body` is no object, or when one of its members has no text.
fn write(styles: &[(ParameterStyle, &[&str])], body: &dyn Encode) -> Result<String, Error> {
    let pairs = argument::look(body, &mut |view| {
        let View::Object(object) = view else {
            return Err("only an object can be sent as a form".to_owned());
        };
        Ok(object
            .sent()
            .map(|field| {
                let style = styles.iter().find(|(_, names)| names.contains(&field.name));
                member(field.name, field.value, style.map(|(style, _)| *style))
            })
            .collect::<Result<Vec<_>, Error>>())
    });
    let pairs = pairs.map_err(|why| Error::new(ErrorKind::Request, format!("the body: {why}")))?;
    Ok(pairs?.into_iter().flatten().collect::<Vec<_>>().join("&"))
}

/// The pairs of one member; `None` where it isn't sent.
fn member(
    name: &str,
    value: &dyn Encode,
    style: Option<ParameterStyle>,
) -> Result<Option<String>, Error> {
    match style {
        Some(style) => PAIRS.write(name, value, style),
        // A list of texts is exploded as such, and a text stands for itself.
        None => {
            let texts = argument::texts(value, true).map_err(|why| PAIRS.refuse(name, &why))?;
            PAIRS.write(name, &texts, ParameterStyle::FORM)
        }
    }
}

/// `text` as a form has it: `+` is a space.
fn plus(text: String, set: &'static AsciiSet) -> String {
    encode_owned(text, set).replace("%20", "+")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn plain(body: serde_json::Value) -> String {
        write(&[], &body).unwrap()
    }

    #[test]
    fn members_are_written_as_forms_have_them() {
        assert_eq!(
            plain(json!({"a": "x y", "b": 2, "c": true, "d": 0.5, "e": ""})),
            "a=x+y&b=2&c=true&d=0.5&e="
        );
        assert_eq!(plain(json!({"a": [1, "x"], "b": 1})), "a=1&a=x&b=1");
        assert_eq!(
            plain(json!({"a": {"b": [1, "c d"]}, "l": [{"x": 1}, [2]]})),
            "a=%7B%22b%22%3A%5B1%2C%22c+d%22%5D%7D&l=%7B%22x%22%3A1%7D&l=%5B2%5D"
        );
        assert_eq!(
            plain(json!({"a": null, "b": [], "c": [null]})),
            "",
            "what is null or empty is not sent"
        );
    }

    /// Section 1.3 of the URL Standard: all but ASCII letters, digits and `*-._` is encoded.
    #[test]
    fn everything_else_is_encoded() {
        let text: String = (' '..='~')
            .filter(|character| !character.is_ascii_alphanumeric())
            .collect();
        assert_eq!(
            plain(json!({"%20 &": text, "ü": "\r\n\0"})),
            "%2520+%26=+%21%22%23%24%25%26%27%28%29*%2B%2C-.%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E_%60\
             %7B%7C%7D%7E&%C3%BC=%0D%0A%00"
        );
    }

    #[test]
    fn styles_are_those_of_queries() {
        use ParameterStyle as S;
        let body =
            json!({"a": {"b": {"c": 1}, "d": ["e f", "g"]}, "h": [1, 2], "i": {"j": [{"k": 1}]}});
        for (styles, text) in [
            (
                &[(S::DEEP_OBJECT, &["a", "h", "i"][..])][..],
                "a%5Bb%5D%5Bc%5D=1&a%5Bd%5D%5B%5D=e+f&a%5Bd%5D%5B%5D=g&h%5B%5D=1&h%5B%5D=2&\
                 i%5Bj%5D%5B0%5D%5Bk%5D=1",
            ),
            (
                &[
                    (S::FORM, &["a"]),
                    (S::SPACE_DELIMITED, &["h"]),
                    (S::FORM.joined(), &["i"]),
                ],
                "b=%7B%22c%22%3A1%7D&d=e+f&d=g&h=1+2&i=j,%5B%7B%22k%22%3A1%7D%5D",
            ),
            (
                &[
                    (S::JSON, &["a", "h"]),
                    (S::DEEP_OBJECT.reserved(), &["nobody"]),
                ],
                "a=%7B%22b%22%3A%7B%22c%22%3A1%7D%2C%22d%22%3A%5B%22e+f%22%2C%22g%22%5D%7D&\
                 h=%5B1%2C2%5D&i=%7B%22j%22%3A%5B%7B%22k%22%3A1%7D%5D%7D",
            ),
        ] {
            assert_eq!(write(styles, &body).unwrap(), text);
        }
        let styles: &[(ParameterStyle, &[&str])] = &[(S::FORM.reserved(), &["a b"])];
        let text = write(styles, &json!({"a b": "/?:@ &=+%ü"})).unwrap();
        assert_eq!(text, "a+b=/?:@+%26=%2B%25%C3%BC");
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for body in [json!(null), json!("a=b"), json!([1])] {
            assert_eq!(
                write(&[], &body).unwrap_err().kind(),
                ErrorKind::Request,
                "{body}"
            );
        }
        for styles in [&[][..], &[(ParameterStyle::DEEP_OBJECT, &["a"][..])]] {
            let body = std::collections::BTreeMap::from([("a".to_owned(), f64::NAN)]);
            let error = write(styles, &body).unwrap_err();
            assert!(error.to_string().contains("form member `a`"), "{error}");
        }
    }
}
