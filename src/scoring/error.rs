//! What can go wrong: at load, for good; in a round, for that round.

use std::fmt;
use std::path::PathBuf;

use crate::types::{Cause, Caused, Reason};

/// Why a pipeline can't be built. Each message names the thing, the value and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error(
        "ONNX Runtime was not found. Looked at: {}. Run `make deps`, or name the library in models.onnxruntime or ORT_DYLIB_PATH",
        looked_at.join(", ")
    )]
    RuntimeMissing { looked_at: Vec<String> },
    #[error(
        "ONNX Runtime at {path} can't be used: {reason}. Run `make deps`, or name another library in models.onnxruntime or ORT_DYLIB_PATH"
    )]
    RuntimeBroken { path: String, reason: String },
    #[error(
        "ONNX Runtime is not loaded: it would report to its vendor, since ORT_DISABLE_TELEMETRY is not 1. The program sets it by itself, `cargo test` by .cargo/config.toml"
    )]
    RuntimeReports,
    #[error(
        "manifest = {name}: no such model in {}; there are: {}. Name one of these in the scoring file, add {name}.toml, or run `make models` if it is a shipped one", dir.display(), present.join(", ")
    )]
    UnknownManifest {
        name: String,
        dir: PathBuf,
        present: Vec<String>,
    },
    #[error("manifest {}: {reason}", path.display())]
    BadManifest { path: PathBuf, reason: String },
    #[error("manifest = {name}: the model is of kind {got}, but {used_by} needs kind {want}")]
    WrongKind {
        name: String,
        got: &'static str,
        want: &'static str,
        used_by: String,
    },
    #[error("model {name}: {}: {reason}", path.display())]
    Unreadable {
        name: String,
        path: PathBuf,
        reason: String,
    },
    #[error(
        "model {name}: {} has sha256 {actual}, its manifest says {expected}. Fetch the file again, or run `make models` and review the manifest it writes", path.display()
    )]
    WrongHash {
        name: String,
        path: PathBuf,
        expected: String,
        actual: String,
    },
    #[error("model {name}: {reason}. The file and its manifest don't fit each other")]
    BadModel { name: String, reason: String },
    #[error(
        "model {name}: no thread for it: {reason}. Raise the limit on threads, or lower models.sessions"
    )]
    NoThread { name: String, reason: String },
    #[error("model[{name}]: {reason}")]
    Llm { name: String, reason: String },
    #[error("the scoring config can't be hashed: {reason}")]
    Unhashable { reason: String },
}

impl Caused for LoadError {
    fn cause(&self) -> Cause {
        match self {
            Self::RuntimeMissing { .. } | Self::RuntimeBroken { .. } | Self::NoThread { .. } => {
                Cause::Transient
            }
            Self::Unreadable { .. } | Self::WrongHash { .. } | Self::BadModel { .. } => {
                Cause::BadData
            }
            Self::Unhashable { .. } | Self::RuntimeReports => Cause::Bug,
            Self::UnknownManifest { .. }
            | Self::BadManifest { .. }
            | Self::WrongKind { .. }
            | Self::Llm { .. } => Cause::Config,
        }
    }
}

/// Why a judge or a mask has no say in one round.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("no judge of the scoring file can judge this family of tasks")]
    NoJudge,
    #[error("a text could not be tokenised: {0}")]
    Tokenizer(String),
    #[error("inference failed: {0}")]
    Inference(String),
    #[error("its output has shape {got:?}, not {want:?}")]
    Shape { got: Vec<i64>, want: Vec<i64> },
    #[error("its output holds a value that is not finite")]
    NotFinite,
    #[error("its endpoint failed: {0}")]
    Endpoint(String),
    #[error("most of its replies were no grade")]
    Unreadable,
    #[error("its thread is gone")]
    ThreadGone,
}

impl Fault {
    /// The reason as it stands in logs, metrics and SQL.
    pub fn reason(&self) -> Reason {
        match self {
            Self::NoJudge => Reason::NoJudge,
            Self::Tokenizer(_) => Reason::Tokenizer,
            Self::Inference(_) => Reason::Inference,
            Self::Shape { .. } => Reason::WrongShape,
            Self::NotFinite => Reason::NotFinite,
            Self::Endpoint(_) => Reason::Endpoint,
            Self::Unreadable => Reason::UnreadableReplies,
            Self::ThreadGone => Reason::ThreadGone,
        }
    }
}

/// Which part of the scoring a fault took out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::Display, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Part {
    /// A judge: the scoring file calls it `[[model]]`.
    Model,
    Mask,
    /// All of it: a bug.
    Pipeline,
}

/// A judge or mask of the scoring file, by name, and what kept it from judging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundFault {
    pub part: Part,
    pub name: String,
    pub fault: Fault,
}

/// All faults of one round. As an error it means that the round can't be judged: no judge of
/// positive weight is left, or a mask can't be computed (judging without it would pay what it is
/// there to stop).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundFaults(pub Vec<RoundFault>);

impl fmt::Display for RoundFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, RoundFault { part, name, fault }) in self.0.iter().enumerate() {
            let separator = if i == 0 { "" } else { "; " };
            write!(f, "{separator}{part} {name}: {fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for RoundFaults {}

impl Caused for RoundFaults {
    fn cause(&self) -> Cause {
        Cause::Bug
    }
}
