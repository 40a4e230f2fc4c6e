//! Reference miners: real axons with known behaviour, to show what a validator makes of each.
//!
//! ```text
//! chain ◄── enrol: register, serve_axon, keep both ──┐
//!                                                    ├─ main
//! validator ──HTTP──► server: verify ─► mind: decide ┘
//!                                        └─ text: read the prompt, compose from its passage
//! ```
//!
//! Generated tasks are answered by `solve`, whose rules know the generators' grammar. There is no language model: any other answer is composed from the sentences of the passage that the question
//! is about, in a wording that depends on the hotkey.

#![warn(missing_docs)]
#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

mod chain;
pub mod cli;
pub mod enrol;
pub mod mind;
pub mod server;
pub mod solve;
mod text;
