//! Errors by what is done about them, and the one way from an error to the end of a program.

use std::fmt;

use subtensor::ChainError;

/// What the one who meets an error does about it. Every error type of the validator says which it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, strum::Display, strum::EnumIter, strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum Cause {
    /// The command line is wrong: show the usage.
    Usage,
    /// Data that this program would not have written: a wrong model hash, another world in the database.
    BadData,
    /// A dependency is away (chain, Postgres, ONNX Runtime): try again, elsewhere or later.
    Transient,
    /// A state that can't be: refuse, and keep the evidence.
    Bug,
    /// The key can't be used: somebody must register, decrypt or name it.
    Key,
    /// The config is wrong: somebody must mend it.
    Config,
    /// Who read our output has gone: end without a word.
    ClosedPipe,
}

impl Cause {
    /// The exit code of a program that ends for it (sysexits.h).
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Usage => 64,
            Self::BadData => 65,
            Self::Transient => 69,
            Self::Bug => 70,
            Self::Key => 77,
            Self::Config => 78,
            // What a shell shows of a tool that SIGPIPE ended.
            Self::ClosedPipe => 141,
        }
    }
}

/// An error that knows what is done about it.
pub trait Caused: fmt::Display {
    /// What the one who meets it does.
    fn cause(&self) -> Cause;
}

impl Caused for ChainError {
    fn cause(&self) -> Cause {
        match self {
            Self::NoSubnet(_) => Cause::Config,
            Self::Unsignable(_) => Cause::Bug,
            Self::Unavailable { .. } | Self::NoEndpoint { .. } | Self::Runtime { .. } => {
                Cause::Transient
            }
        }
    }
}

/// Work that can't go on: the cause, and one message that names the thing, the value and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is done about it.
    pub cause: Cause,
    /// For people.
    pub message: String,
}

impl Failure {
    /// A failure that no error type stands for.
    pub fn new(cause: Cause, message: impl ToString) -> Self {
        Self {
            cause,
            message: message.to_string(),
        }
    }
}

// Not an `Error` itself: then every error with a cause becomes a failure through one `From`.
impl<E: Caused> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(error.cause(), error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn each_cause_has_a_code_of_its_own() {
        let codes: BTreeSet<u8> = Cause::iter().map(Cause::exit_code).collect();
        assert_eq!(
            codes.into_iter().collect::<Vec<_>>(),
            [64, 65, 69, 70, 77, 78, 141]
        );
    }
}
