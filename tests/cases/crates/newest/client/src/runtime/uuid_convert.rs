//! UUIDs to and from the type of the crate `uuid`, behind the feature of that name.

#[cfg(feature = "uuid")]
mod by_uuid {
    use super::super::uuid::Uuid;

    impl TryFrom<&Uuid> for uuid::Uuid {
        type Error = uuid::Error;

        fn try_from(value: &Uuid) -> Result<Self, Self::Error> {
            value.as_str().parse()
        }
    }

    impl From<uuid::Uuid> for Uuid {
        fn from(value: uuid::Uuid) -> Self {
            Self::from(value.to_string())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn what_is_a_uuid_converts_both_ways() {
            let value =
                uuid::Uuid::try_from(&Uuid::from("67e55044-10b1-426f-9247-bb680e5fe0c8")).unwrap();
            assert_eq!(
                Uuid::from(value).as_str(),
                "67e55044-10b1-426f-9247-bb680e5fe0c8"
            );
            assert!(uuid::Uuid::try_from(&Uuid::from("none")).is_err());
        }
    }
}
