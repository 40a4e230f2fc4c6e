//! Reference miners: real axons with known behaviour, to show what a validator makes of each.
//!
//! ```text
//! chain ◄── enrol: register, serve_axon, keep both ──┐
//!                                                    ├─ main
//! validator ──HTTP──► server: verify ─► mind: decide ┘
//!                    │                   ├─ text: read the prompt, speak in a voice of one's own
//!                    │                   ├─ solve: the answers to generated tasks
//!                    │                   └─ behaviour: what becomes of a right answer
//!                    └─ cache, upstream: what others said, what a model says
//! ```
//!
//! There is no language model, unless `--upstream` names one: generated tasks are solved by rules that know how they were
//! made, and answers about other passages are composed from the sentences that the question is about. The wording depends
//! on the hotkey.

#![warn(missing_docs)]
#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

pub mod behaviour;
pub mod cache;
mod chain;
pub mod cli;
pub mod enrol;
pub mod mind;
pub mod server;
pub mod solve;
mod text;
pub mod upstream;
