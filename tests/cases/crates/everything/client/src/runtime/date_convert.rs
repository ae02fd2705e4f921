//! Dates to and from the types of other crates, each behind the feature of its name.

#[cfg(feature = "jiff")]
mod by_jiff {
    use super::super::date::Date;

    impl TryFrom<&Date> for jiff::civil::Date {
        type Error = jiff::Error;

        fn try_from(value: &Date) -> Result<Self, Self::Error> {
            value.as_str().parse()
        }
    }

    impl From<jiff::civil::Date> for Date {
        fn from(value: jiff::civil::Date) -> Self {
            Self::from(value.to_string())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn dates_convert_both_ways() {
            let value = jiff::civil::Date::try_from(&Date::from("2026-01-31")).unwrap();
            assert_eq!(Date::from(value).as_str(), "2026-01-31");
            assert!(jiff::civil::Date::try_from(&Date::from("none")).is_err());
        }
    }
}

#[cfg(feature = "chrono")]
mod by_chrono {
    use super::super::date::Date;

    impl TryFrom<&Date> for chrono::NaiveDate {
        type Error = chrono::ParseError;

        fn try_from(value: &Date) -> Result<Self, Self::Error> {
            value.as_str().parse()
        }
    }

    impl From<chrono::NaiveDate> for Date {
        fn from(value: chrono::NaiveDate) -> Self {
            Self::from(value.to_string())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn dates_convert_both_ways() {
            let value = chrono::NaiveDate::try_from(&Date::from("2026-01-31")).unwrap();
            assert_eq!(Date::from(value).as_str(), "2026-01-31");
            assert!(chrono::NaiveDate::try_from(&Date::from("none")).is_err());
        }
    }
}

#[cfg(feature = "time")]
mod by_time {
    use super::super::date::Date;

    impl TryFrom<&Date> for time::Date {
        type Error = time::error::Parse;

        fn try_from(value: &Date) -> Result<Self, Self::Error> {
            Self::parse(
                value.as_str(),
                &time::format_description::well_known::Iso8601::DATE,
            )
        }
    }

    impl From<time::Date> for Date {
        fn from(value: time::Date) -> Self {
            Self::from(value.to_string())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn dates_convert_both_ways() {
            let value = time::Date::try_from(&Date::from("2026-01-31")).unwrap();
            assert_eq!(Date::from(value).as_str(), "2026-01-31");
            assert!(time::Date::try_from(&Date::from("none")).is_err());
        }
    }
}
