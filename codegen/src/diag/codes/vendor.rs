//! `V`: a copy in another workspace.

use crate::diag::code::{Code, Severity};

codes! {
    HOST_UNREADABLE = "V0001" Error "a `Cargo.toml` of the workspace can't be read",
        "`clientwright vendor` reads the manifests above the folder of the copy, to put the crate under the workspace's lints, or to \
         tell which dependencies a module needs. It changes none of them.";
    VENDOR_NO_PACKAGE = "V0002" Error "a module needs a package around it",
        "A module lies in a folder of its own below the `src` of a package: `src/petstore`. Name such a folder, or vendor a crate, \
         with `--as crate`.";
    VENDOR_NO_DEPENDENCIES = "V0003" Error "the configuration is one of a module",
        "With `delivery = \"module\"`, a type of another crate (`[types]`) comes from the crate around the module. A crate needs these \
         in `[dependencies]` of the configuration, where `delivery = \"crate\"` allows them. Or vendor a module.";
    VENDOR_ORIGIN_GONE = "V0004" Error "what the copy was made of is not there",
        "`clientwright.lock` names the configuration or the description that the copy was made of, seen from the copy. It is not there \
         (any more). Name it with `--config FILE` or `--spec FILE`.";
    VENDOR_BAD_LINT = "V0005" Error "this is not the name of a lint",
        "`--allow` takes the name of a lint of rustc or of one of its tools, in lower case: `missing_docs`, `clippy::disallowed_methods`. \
         It is kept in `clientwright.lock`, as `vendored allow`.";
    HOST_NO_MEMBER = "V0101" Warning "no member of the workspace has the crate yet",
        "Cargo builds a crate in a workspace's folder only if it is a member: by `members` in the workspace's `Cargo.toml`, or because a \
         member depends on it by its path. The manifests are yours, and are not edited: add one of the lines.";
    HOST_NO_DEPENDENCY = "V0102" Warning "the package lacks dependencies of the module",
        "A module's code is a part of the package around it, which must have the crates that the code uses. The manifest is yours, and is \
         not edited: add the lines to its `[dependencies]`.";
    HOST_OTHER_DEPENDENCY = "V0103" Warning "a dependency of the package is other than the module needs it",
        "The module was written for another version of the crate, or needs a feature of it that the package doesn't ask for. Where another \
         package in the build asks for the feature, the module compiles too, but it should not depend on that.";
    HOST_FORBIDS = "V0104" Warning "the workspace forbids a lint that generated code doesn't keep",
        "Lints that are about code that people write are not asked of generated code: `#![allow(…)]` at its root names them. What is \
         `forbid`, nobody can allow, so a crate is left out of the workspace's lints altogether, and a module will not compile. Make \
         the lint `deny` instead of `forbid` and vendor again.";
    HOST_OLD_RUST = "V0105" Warning "the package has an edition or a Rust version that is too old for the module",
        "A module is compiled in the edition of the package around it. Generated code needs edition 2021 and Rust 1.85. Vendor a \
         crate, which has an edition of its own, or move the package to a later edition.";
    CHECK_LOCK_ONLY = "V0201" Note "the copy was compared with its own manifest only",
        "The description that the copy was made of is not here, so it can't be told whether the copy is up to date: only that every file \
         is as `clientwright vendor` wrote it. With `--config FILE` or `--spec FILE` it is generated again and compared.";
}
