//! `E`: emitting.

use crate::diag::code::{Code, Severity};

codes! {
    EMIT_FAULT = "E0001" Error "clientwright made something that is no Rust",
        "This is a bug of clientwright, never of the description: what the emitter made does not parse, or a name is missing. \
         Nothing was written. Please report it with the description, or the part of it that the message names.";
    NOTHING_TO_EMIT = "E0002" Error "nothing is left to generate",
        "Either each operation needs something that is not supported: the warnings say what and where, and `clientwright list` \
         shows what is left out. Or the filter of the configuration leaves no operation.";
    NOTHING_DESCRIBED = "E0003" Warning "the description has neither operations nor schemas",
        "The client has no methods but `request`, which sends to any path. A part of a description gives more with those that \
         it belongs to: name the file that refers to all others. A description with schemas alone gives a crate of types.";
}
