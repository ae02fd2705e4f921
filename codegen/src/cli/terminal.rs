//! Standard output and error: what is written, and whether with colours. A reader that went away is no error; the exit
//! code stays what it would have been.

use std::io::{self, IsTerminal as _, Write as _};

use super::args::Color;

/// Where text goes.
#[derive(Debug)]
pub(super) struct Terminal {
    /// Whether standard error takes colours.
    pub(super) styled: bool,
}

impl Terminal {
    /// The process's own.
    pub(super) fn new(color: Color) -> Self {
        let styled = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                io::stderr().is_terminal() && !set("NO_COLOR") && !dumb
            }
        };
        Self { styled }
    }

    /// Writes a result to standard output.
    pub(super) fn out(&mut self, text: &str) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Writes something beside the result to standard error.
    pub(super) fn err(&mut self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}
