//! `E`: emitting.

use crate::diag::code::{Code, Severity};

codes! {
    EMIT_FAULT = "E0001" Error "clientwright made something that is no Rust",
        "This is a bug of clientwright, never of the description: what the emitter made does not parse, or a name is missing. \
         Nothing was written. Please report it with the description, or the part of it that the message names.";
    NOTHING_TO_EMIT = "E0002" Error "nothing is left to generate",
        "Either each operation needs something that is not supported: the warnings say what and where, and `clientwright list` \
         shows what is left out. Or there are neither operations in `paths` nor schemas among the components. A description \
         with schemas alone gives a crate of types.";
}
