//! Dates with times to and from the types of other crates, each behind the feature of its name.

#[cfg(feature = "jiff")]
mod by_jiff {
    use super::super::date_time::DateTime;

    impl TryFrom<&DateTime> for jiff::Timestamp {
        type Error = jiff::Error;

        fn try_from(value: &DateTime) -> Result<Self, Self::Error> {
            value.as_str().parse()
        }
    }

    impl From<jiff::Timestamp> for DateTime {
        fn from(value: jiff::Timestamp) -> Self {
            Self::from(value.to_string())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn moments_convert_both_ways() {
            let value =
                jiff::Timestamp::try_from(&DateTime::from("2026-01-31T13:00:00.5+01:00")).unwrap();
            assert_eq!(DateTime::from(value).as_str(), "2026-01-31T12:00:00.5Z");
            assert!(jiff::Timestamp::try_from(&DateTime::from("none")).is_err());
        }
    }
}

#[cfg(feature = "chrono")]
mod by_chrono {
    use super::super::date_time::DateTime;
    use chrono::{FixedOffset, SecondsFormat, TimeZone, Utc};

    impl TryFrom<&DateTime> for chrono::DateTime<FixedOffset> {
        type Error = chrono::ParseError;

        fn try_from(value: &DateTime) -> Result<Self, Self::Error> {
            Self::parse_from_rfc3339(value.as_str())
        }
    }

    impl TryFrom<&DateTime> for chrono::DateTime<Utc> {
        type Error = chrono::ParseError;

        fn try_from(value: &DateTime) -> Result<Self, Self::Error> {
            Ok(chrono::DateTime::<FixedOffset>::try_from(value)?.to_utc())
        }
    }

    /// With the time zone's offset, and as many digits of a second as it takes.
    impl<Zone: TimeZone> From<chrono::DateTime<Zone>> for DateTime {
        fn from(value: chrono::DateTime<Zone>) -> Self {
            Self::from(value.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn moments_convert_both_ways() {
            let text = DateTime::from("2026-01-31T13:00:00.500+01:00");
            let value = chrono::DateTime::<FixedOffset>::try_from(&text).unwrap();
            assert_eq!(DateTime::from(value), text);
            let value = chrono::DateTime::<Utc>::try_from(&text).unwrap();
            assert_eq!(DateTime::from(value).as_str(), "2026-01-31T12:00:00.500Z");
            assert!(chrono::DateTime::<Utc>::try_from(&DateTime::from("none")).is_err());
        }
    }
}

#[cfg(feature = "time")]
mod by_time {
    use super::super::date_time::DateTime;
    use std::time::SystemTime;
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;

    impl TryFrom<&DateTime> for OffsetDateTime {
        type Error = time::error::Parse;

        fn try_from(value: &DateTime) -> Result<Self, Self::Error> {
            Self::parse(value.as_str(), &Rfc3339)
        }
    }

    /// With its offset, or in UTC where RFC 3339 can't write that: one with seconds.
    impl From<OffsetDateTime> for DateTime {
        fn from(value: OffsetDateTime) -> Self {
            match value.format(&Rfc3339) {
                Ok(text) => Self::from(text),
                Err(_) => Self::from(SystemTime::from(value)),
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn moments_convert_both_ways() {
            let text = DateTime::from("2026-01-31T13:00:00.5+01:00");
            let value = OffsetDateTime::try_from(&text).unwrap();
            assert_eq!(DateTime::from(value), text);
            let odd = time::UtcOffset::from_hms(1, 0, 1).unwrap();
            let utc = DateTime::from(value.to_offset(odd));
            assert_eq!(utc.as_str(), "2026-01-31T12:00:00.5Z");
            assert!(OffsetDateTime::try_from(&DateTime::from("none")).is_err());
        }
    }
}
