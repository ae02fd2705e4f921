//! The texts of `clientwright` that are the same for every description: the runtime of the clients that it writes, and the
//! templates of the files beside their code. They are a package of their own, as no package has files from outside of its
//! folder.

/// What the code of a client rests on: a static a file, called as the file is.
pub mod runtime {
    macro_rules! files {
        ($($name:ident)*) => {
            $(
                #[doc = concat!("`runtime/", stringify!($name), ".rs`")]
                #[allow(non_upper_case_globals, reason = "it is called as its file is")]
                pub static $name: &str = include_str!(concat!("../runtime/", stringify!($name), ".rs"));
            )*
        };
    }

    files! {
        argument base64 base64_text blocking blocking_events blocking_json blocking_pages
        blocking_streams body bound builder calendar call certificates check
        client_credentials clock compare content core credentials date date_convert
        date_time date_time_convert deadline debug decode deserialize encode error
        event_parser event_stream failure fake fake_reply fake_request fault fetch_transport file_download
        file_part file_upload form fraction handed header header_value held_token hook idempotency
        iso_duration iso_duration_convert json json_lines json_stream lines media_type
        member message multipart named_event number number_of object one_of open_enum
        open_integer options page_body page_cursor page_cursor_header page_header page_link
        page_next page_number page_offset page_path page_place page_url paging parts
        password patch pattern prepare progress record redact redirect reference replay
        request reqwest_transport response retry retry_after same_url scheme secret seed send sending
        serialize server_variable shared_work small_integers streaming style target testing
        text text_of time time_convert token token_cache trace traced_body transport
        transport_settings tuple undecoded upload url uuid uuid_convert values
    }
}

/// The list of a client's operations, for people: a template.
pub static API: &str = include_str!("../api.md.j2");

/// A client's manifest: a template.
pub static MANIFEST: &str = include_str!("../Cargo.toml.j2");

/// What is said of a copy of a client: a template.
pub static NOTICE: &str = include_str!("../NOTICE.md.j2");

/// A client's README: a template.
pub static README: &str = include_str!("../README.md.j2");

/// What keeps rustfmt off a client: a file as it is.
pub static RUSTFMT: &str = include_str!("../rustfmt.toml.j2");

/// The licences that the runtime is under, either of them.
pub mod licenses {
    /// The MIT licence.
    pub static MIT: &str = include_str!("../licenses/MIT.txt");

    /// The Apache License, version 2.0.
    pub static APACHE: &str = include_str!("../licenses/Apache-2.0.txt");
}
