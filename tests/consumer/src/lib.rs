//! A crate whose client is made while it builds.

pub mod api {
    //! The client.
    include!(concat!(env!("OUT_DIR"), "/api.rs"));
}
