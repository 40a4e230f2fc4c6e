//! Models as ONNX files, computed by ONNX Runtime on threads of their own.
//!
//! `runtime` finds the library, `session` runs one batch, `worker` keeps sessions on OS threads.

mod runtime;
mod session;
mod worker;

pub(super) use runtime::environment;
pub(super) use worker::Sessions;
