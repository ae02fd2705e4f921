//! `E`: emitting.

use crate::diag::code::{Code, Severity};

codes! {
    EMIT_FAULT = "E0001" Error "clientwright made something that is no Rust",
        "This is a bug of clientwright, never of the description: what the emitter made does not parse, or a name is missing. \
         Nothing was written. Please report it with the description, or the part of it that the message names.";
    NOTHING_TO_EMIT = "E0002" Error "no operation is left to generate",
        "A client without an operation would be a runtime that nobody calls. Either `paths` is empty, or each operation needs \
         something that is not supported yet: the warnings say what and where. `clientwright list` shows what is left out.";
}
