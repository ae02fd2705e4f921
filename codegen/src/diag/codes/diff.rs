//! `D`: comparing two descriptions.

use crate::diag::code::{Code, Severity};

codes! {
    ALLOW_UNREADABLE = "D0001" Error "the allow file can't be read",
        "An allow file lists changes that are fine although `--fail-on` would fail on them: a fingerprint a line, as \
         `clientwright diff` prints it, and behind it whatever you want to say. Lines that begin with `#` are comments.";
    ALLOW_NO_FINGERPRINT = "D0002" Error "a line of the allow file has no fingerprint",
        "A line begins with the twelve digits (0 to 9, a to f) that `clientwright diff` prints with each change. What comes \
         behind them is for people. Lines that begin with `#`, and empty ones, are skipped.";
    ALLOW_UNUSED = "D0003" Error "a line of the allow file allows nothing",
        "No change has this fingerprint, so the line is left over from an earlier release, or a slip of the pen. Every line \
         must be needed: remove it. A change gets another fingerprint when what it says changes.";
    NO_NEXT_VERSION = "D0004" Error "there is no next version",
        "`generate --release` counts on from the version of the last release: `package.version` in the configuration, as it was \
         in the revision that is compared with. It must be three numbers: what comes after a pre-release such as \
         `1.0.0-beta.1` is for people to decide. The new version is written into `[package]` of the configuration, which must \
         be a table of its own.";
    OLD_SETTINGS = "D0005" Warning "the configuration of a revision can't be used",
        "Of a revision, `diff` and `generate --release` read the configuration, its overlays and `clientwright.lock` as they were then: a \
         setting that gives something another name breaks callers as well as a change of the description does. Where that \
         configuration has errors, as one that was written for another version of clientwright may, today's is used for both.";
}
