//! Results go to stdout.

use std::fmt::Display;
use std::io::{ErrorKind, Write};

use crate::types::{Cause, Failure};

/// As it stands. A reader that has gone (`weighmaster metagraph | head`) wants no more: the program ends without a word.
pub fn print(text: impl Display) -> Result<(), Failure> {
    write!(std::io::stdout().lock(), "{text}").map_err(|e| match e.kind() {
        ErrorKind::BrokenPipe => Failure::new(Cause::ClosedPipe, ""),
        _ => Failure::new(Cause::Transient, format!("stdout: {e}")),
    })
}

pub fn line(text: impl Display) -> Result<(), Failure> {
    print(format_args!("{text}\n"))
}
