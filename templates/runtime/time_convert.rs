//! Times of day without an offset to and from the types of other crates, each behind the feature of its name.

#[cfg(feature = "jiff")]
mod by_jiff {
    use super::super::time::Time;

    impl TryFrom<&Time> for jiff::civil::Time {
        type Error = jiff::Error;

        fn try_from(value: &Time) -> Result<Self, Self::Error> {
            value.as_str().parse()
        }
    }

    impl From<jiff::civil::Time> for Time {
        fn from(value: jiff::civil::Time) -> Self {
            Self::from(value.to_string())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn times_convert_both_ways() {
            let value = jiff::civil::Time::try_from(&Time::from("10:20:30")).unwrap();
            assert_eq!(Time::from(value).as_str(), "10:20:30");
            assert!(jiff::civil::Time::try_from(&Time::from("none")).is_err());
        }
    }
}

#[cfg(feature = "chrono")]
mod by_chrono {
    use super::super::time::Time;

    impl TryFrom<&Time> for chrono::NaiveTime {
        type Error = chrono::ParseError;

        fn try_from(value: &Time) -> Result<Self, Self::Error> {
            value.as_str().parse()
        }
    }

    impl From<chrono::NaiveTime> for Time {
        fn from(value: chrono::NaiveTime) -> Self {
            Self::from(value.to_string())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn times_convert_both_ways() {
            let value = chrono::NaiveTime::try_from(&Time::from("10:20:30")).unwrap();
            assert_eq!(Time::from(value).as_str(), "10:20:30");
            assert!(chrono::NaiveTime::try_from(&Time::from("none")).is_err());
        }
    }
}

#[cfg(feature = "time")]
mod by_time {
    use super::super::time::Time;

    impl TryFrom<&Time> for time::Time {
        type Error = time::error::Parse;

        fn try_from(value: &Time) -> Result<Self, Self::Error> {
            Self::parse(
                value.as_str(),
                &time::format_description::well_known::Iso8601::TIME,
            )
        }
    }

    impl From<time::Time> for Time {
        fn from(value: time::Time) -> Self {
            let (hour, minute, second, nanosecond) = value.as_hms_nano();
            let text = format!("{hour:02}:{minute:02}:{second:02}.{nanosecond:09}");
            Self::from(text.trim_end_matches('0').trim_end_matches('.'))
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn times_convert_both_ways() {
            let value = time::Time::try_from(&Time::from("10:20:30")).unwrap();
            assert_eq!(Time::from(value).as_str(), "10:20:30");
            assert!(time::Time::try_from(&Time::from("none")).is_err());
        }
    }
}
