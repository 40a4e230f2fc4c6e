//! What turns texts into vectors: each model loaded once per process, whoever asks it.
//!
//! | file | duty |
//! |---|---|
//! | `manifest`, `file` | what a model's files are, and that they are the ones that were meant |
//! | `wanted` | the models that one scoring file names, before anything is loaded |
//! | `registry` | what is loaded, by hash: [`Engines`] |
//! | `demand` | what is asked of the models, and what they said |
//! | `gather` | one round's demand through all models at once |
//! | `tokenizer`, `batch` | texts → rows of ids → rows that run together |
//! | `model` | one loaded model: rows in, vectors out |
//! | `onnx/` | the engine: ONNX Runtime on threads of its own |
//! | `llm/` | the other: a chat model behind an endpoint |
//!
//! Another kind of engine (a server that computes the same model) stands beside `onnx` and behind the
//! same face as its sessions: one batch of rows in, one vector per row out. `model` is the only place that knows.

mod batch;
mod demand;
mod file;
mod gather;
mod llm;
mod manifest;
mod model;
mod onnx;
mod registry;
mod tokenizer;
mod wanted;

#[cfg(test)]
mod golden;

#[cfg(test)]
pub(super) use demand::Item;
pub(super) use demand::{Demand, Evidence, ModelRef};
pub(super) use gather::Models;
pub(super) use llm::{ANSWER_PLACE, legible};
pub use manifest::{Manifest, ModelKind};
pub use registry::Engines;
pub(super) use wanted::Wanted;

/// What a model says of one text, or of one pair.
type Vector = Vec<f32>;
