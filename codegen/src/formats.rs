//! Names of formats.

/// Other spellings of known formats that generators of descriptions write, and that nothing else is meant by.
static SPELLINGS: &[(&str, &str)] = &[
    // NSwag, Swashbuckle and other generators for .NET.
    ("guid", "uuid"),
    // Pydantic, and with it FastAPI: UUIDs of one version.
    ("uuid1", "uuid"),
    ("uuid3", "uuid"),
    ("uuid4", "uuid"),
    ("uuid5", "uuid"),
    // Utoipa.
    ("u-int8", "uint8"),
    ("u-int16", "uint16"),
    ("u-int32", "uint32"),
    ("u-int64", "uint64"),
];

/// The usual spelling of a format: `uuid` for `guid`.
pub(crate) fn usual_format(format: &str) -> &str {
    SPELLINGS.iter().find(|(other, _)| *other == format).map_or(format, |(_, usual)| usual)
}
