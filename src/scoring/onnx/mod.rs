//! Models as ONNX files, judged by ONNX Runtime on threads of their own.
//!
//! `runtime` finds the library, `manifest` says what a file is, `tokenize` turns texts into rows of
//! ids, `batch` packs rows, `session` runs one batch, `worker` keeps sessions on OS threads.

mod batch;
mod manifest;
mod runtime;
mod session;
mod tokenize;
mod worker;

#[cfg(test)]
mod golden;

pub use manifest::{Manifest, ModelKind};
pub(super) use manifest::{load_manifest, read_verified};
pub(super) use runtime::environment;
pub(super) use tokenize::{Row, TextTokenizer, Tokenised};
pub(super) use worker::OnnxModel;
