//! `M`: naming.

use crate::diag::code::{Code, Severity};

codes! {
    NAME_CLASH = "M0001" Error "two things would get the same Rust name",
        "Names are made from the description's own names. When two of them come out equal in one scope, each is spelled with \
         more of what sets it apart: its parent, its operation, its symbols (`foo-bar` becomes `foo_dash_bar`), the style it \
         is written in (`fooBar` becomes `foo_bar_camel`). These two are still equal after that. Choose a name for one of \
         them in the configuration, with the line that the message shows.";
    PIN_UNMATCHED = "M0002" Error "a name in the configuration belongs to nothing",
        "Every line below `[names]` must still be needed: one that matches nothing is a slip of the pen, or left over from \
         an older description. Types are found by their component's name or by their pointer (`#/components/schemas/Pet`), \
         members, parameters and security schemes by their pointer, values of an enum by the pointer of the enum, `/enum/` and the value, \
         operations by `operationId` or by `METHOD /path`, resources by the first tag of an operation.";
    PIN_INVALID = "M0003" Error "a name in the configuration can't be used",
        "A name must be an identifier of Rust 2024 in ASCII: letters, digits and `_`, not beginning with a digit, and no \
         keyword (keywords are escaped for you: write `type`, not `r#type`). `self`, `Self`, `super`, `crate` and `_` can't \
         be names at all, and some names are taken by what every generated crate has, such as `Client`, `Error` or `send`. \
         A resource is a path of such names in lower case, joined by dots: `realtime_kit.sessions`.";
    PIN_CLASH = "M0004" Error "the configuration gives one name to two things, or two names to one",
        "What the configuration names is never renamed, so two things in one scope can't have the same name there, and one \
         thing can't have two. Types that say the same are one type, named by any of its places.";
    NAME_KEPT = "M0005" Note "a name is kept that would be another today",
        "`clientwright.lock` holds the name of everything that was generated before, so that what is new in the description \
         never renames its neighbours: the newcomer gets the other name. To take the name that it would have, write it below \
         `[names]` in the configuration; that breaks those who use the old one.";
    NAME_OFFERED = "M0006" Note "a type is gone, and one like it is new",
        "The new type has the shape of the one that is gone: it was renamed in the description, it seems. Or it stands in its \
         place: what was written where it is used is a component now. With the line that the message shows below `[names.types]` \
         it keeps its name in Rust, and nobody has to change a thing.";
    NAME_LOST = "M0007" Warning "a name can't be kept",
        "`clientwright.lock` holds the name, but with it something new in the description would have none: such as a parameter of \
         the path, which is named before all others. Only what stands in the way is renamed. To have other names, write them \
         below `[names]` in the configuration.";
    FEATURES_KEPT = "M0008" Note "resources keep having features, or none",
        "From more than a hundred operations on a crate has a Cargo feature for each resource. One that was generated before \
         stays as it was when operations come or go, for callers who turn the default features off would miss it all, and \
         `clientwright.lock` holds that. To decide it, write `resource_features` in the configuration; that breaks those who use the crate.";
}
