//! `[models]`: where the reward models lie, and how they run.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::rule::{Checked, at_least};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModelsConfig {
    /// Folder of the manifests (`NAME.toml`) and their files.
    pub dir: PathBuf,
    /// The ONNX Runtime shared library (`ORT_DYLIB_PATH` fills an empty value). Empty: `.deps/` below the working
    /// folder or beside the program, then the system's library path.
    pub onnxruntime: PathBuf,
    /// Inference sessions per model; each runs on one thread of its own.
    pub sessions: usize,
    /// Most tokens in one batch (rows × longest row). 512 keeps memory flat and wastes little on padding.
    pub batch_tokens: usize,
}

impl Default for ModelsConfig {
    fn default() -> Self {
        Self {
            dir: "reward_models".into(),
            onnxruntime: PathBuf::new(),
            sessions: 2,
            batch_tokens: 512,
        }
    }
}

impl ModelsConfig {
    pub(super) fn check(&self) -> Checked {
        at_least("sessions", self.sessions, 1)?;
        at_least("batch_tokens", self.batch_tokens, 64)
    }
}
