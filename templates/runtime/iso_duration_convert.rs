//! Durations to and from the types of `jiff`, behind the feature of that name.

#[cfg(feature = "jiff")]
mod by_jiff {
    use super::super::iso_duration::IsoDuration;

    impl TryFrom<&IsoDuration> for jiff::Span {
        type Error = jiff::Error;

        fn try_from(value: &IsoDuration) -> Result<Self, Self::Error> {
            value.as_str().parse()
        }
    }

    impl From<jiff::Span> for IsoDuration {
        fn from(value: jiff::Span) -> Self {
            Self::from(value.to_string())
        }
    }

    impl From<jiff::SignedDuration> for IsoDuration {
        fn from(value: jiff::SignedDuration) -> Self {
            Self::from(value.to_string())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn durations_convert_both_ways() {
            let value = jiff::Span::try_from(&IsoDuration::from("P1Y2M3DT4H5.5S")).unwrap();
            assert_eq!(IsoDuration::from(value).as_str(), "P1Y2M3DT4H5.5S");
            assert!(jiff::Span::try_from(&IsoDuration::from("none")).is_err());
        }
    }
}
