//! `O`: overlays.

use crate::diag::code::{Code, Severity};

codes! {
    OVERLAY_INVALID = "O0001" Error "a file is no overlay",
        "An overlay has `overlay` (its version), `info` with `title` and `version`, and `actions`, a list of at least one \
         action, each with a `target` and `update`, `remove` or (from 1.1 on) `copy` (OpenAPI Overlay 1.1.0, section 4). \
         Other members begin with `x-`.";
    OVERLAY_VERSION = "O0002" Error "this version of the Overlay specification is not read",
        "Overlays of version 1.0.x and 1.1.x are read: `overlay: 1.1.0`.";
    OVERLAY_TARGET = "O0003" Error "the target of an action is no JSONPath expression",
        "A target is an expression of RFC 9535, such as `$.paths['/pets'].get` or `$.paths.*.*[?@.deprecated == true]`. It \
         begins with `$`, which is the whole description; names with other characters than letters, digits and `_` are \
         written in brackets and quotes. The whole description can't be removed.";
    OVERLAY_MATCHES_NOTHING = "O0004" Error "the target of an action selects nothing",
        "Actions are applied one after another, each to what the one before has left, to the root document as it is \
         written: nothing is looked up behind a `$ref`, or in another file. An action without effect is most often a slip \
         of the pen, or one that the description has outgrown.";
    OVERLAY_MISMATCH = "O0005" Error "an update can't be merged into what is there",
        "Mappings are merged into mappings, member by member, lists are appended to lists, and other values take the place \
         of one another (OpenAPI Overlay 1.1.0, section 4.4.3). A single value becomes one more item of a list that the \
         target selects itself. To change a value into one of another kind, remove it with an action of its own first.";
    OVERLAY_COPY = "O0006" Error "`copy` does not select one value",
        "The expression in `copy` must select exactly one value, which is merged into all that the target selects (OpenAPI \
         Overlay 1.1.0, section 4.4.3).";
    OVERLAY_LIMIT = "O0007" Error "an action makes the description larger than a limit",
        "What an action adds counts towards the limits of the description: `limits.nodes` and `limits.depth` in the \
         configuration.";
}
