//! Integers of 8 and 16 bits.

use super::decode::{Decode, Token};
use super::encode::{Encode, View};
use super::fault::Fault;
use super::values::narrow;

macro_rules! small {
    ($type:ident, $expected:literal) => {
        impl Decode for $type {
            fn blank() -> Self {
                0
            }

            fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
                *self = narrow(token, $expected)?;
                Ok(())
            }
        }

        impl Encode for $type {
            fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
                show(View::Integer((*self).into()));
            }
        }
    };
}

small!(i8, "a whole number of 8 bits");
small!(i16, "a whole number of 16 bits");
small!(u8, "a whole number of 8 bits, not negative");
small!(u16, "a whole number of 16 bits, not negative");

#[cfg(test)]
mod tests {
    use super::super::encode::to_json;
    use super::super::json::from_json;
    use super::*;

    #[test]
    fn what_fits_is_read_and_written() {
        fn same<T: Decode + Encode>(text: &str) -> bool {
            let value = from_json::<T>(text.as_bytes());
            value.is_ok_and(|value| to_json(&value).unwrap() == text.as_bytes())
        }
        assert!(same::<i8>("-128") && !same::<i8>("128"));
        assert!(same::<i16>("32767") && !same::<i16>("-32769"));
        assert!(same::<u8>("255") && !same::<u8>("-1") && !same::<u8>("256"));
        assert!(same::<u16>("65535") && !same::<u16>("\"1\"") && !same::<u16>("1.5"));
        let port: u16 = from_json(b"80.0").unwrap();
        assert_eq!(port, 80);
    }
}
