//! Arguments of operations as text: what a path segment, a query parameter or a header is made of.
//!
//! The text is the one of OpenAPI 3.1, section 4.8.12.4 (style values): a list is several texts,
//! and who writes it joins or repeats them. Nothing is encoded here.

use std::fmt;

/// A value that a parameter can be given.
pub trait Argument {
    /// Adds the texts of this value to `into`: one, or one for each element of a list.
    ///
    /// # Errors
    /// When the value has no text: a number that isn't finite.
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable>;
}

/// A value that has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsendable {
    reason: &'static str,
}

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason)
    }
}

impl Argument for str {
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable> {
        into.push(self.to_owned());
        Ok(())
    }
}

impl Argument for String {
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable> {
        self.as_str().texts(into)
    }
}

impl Argument for bool {
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable> {
        into.push(self.to_string());
        Ok(())
    }
}

impl Argument for i32 {
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable> {
        into.push(self.to_string());
        Ok(())
    }
}

impl Argument for i64 {
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable> {
        into.push(self.to_string());
        Ok(())
    }
}

impl Argument for u32 {
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable> {
        into.push(self.to_string());
        Ok(())
    }
}

impl Argument for u64 {
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable> {
        into.push(self.to_string());
        Ok(())
    }
}

/// A whole number has no fraction: `2.0` is `2`.
impl Argument for f64 {
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable> {
        if !self.is_finite() {
            return Err(Unsendable {
                reason: "the number is not finite",
            });
        }
        into.push(self.to_string());
        Ok(())
    }
}

impl<T: Argument + ?Sized> Argument for &T {
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable> {
        (**self).texts(into)
    }
}

impl<T: Argument> Argument for [T] {
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable> {
        self.iter().try_for_each(|element| element.texts(into))
    }
}

impl<T: Argument> Argument for Vec<T> {
    fn texts(&self, into: &mut Vec<String>) -> Result<(), Unsendable> {
        self.as_slice().texts(into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(argument: &dyn Argument) -> Vec<String> {
        let mut into = Vec::new();
        argument.texts(&mut into).unwrap();
        into
    }

    #[test]
    fn whole_numbers_have_no_fraction() {
        assert_eq!(texts(&2.0), ["2"]);
        assert_eq!(texts(&0.25), ["0.25"]);
        assert_eq!(texts(&u64::MAX), ["18446744073709551615"]);
    }

    #[test]
    fn numbers_without_a_text_are_refused() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(number.texts(&mut Vec::new()).is_err(), "{number}");
        }
    }

    #[test]
    fn a_list_is_several_texts() {
        assert_eq!(texts(&vec!["a", "", "b,c"]), ["a", "", "b,c"]);
        assert_eq!(texts(&[true, false].as_slice()), ["true", "false"]);
    }
}
