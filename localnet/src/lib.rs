//! A local Bittensor chain in one process, which real clients can't tell from the real one.
//!
//! ```text
//!              ┌──────────── rpc (chain_*, state_*, author_*, system_*, dev_*) ◄── server ◄── clients
//!              ▼                    │ reads
//! submit ─► pool ─► author ─► chain (blocks, states) ─► disk
//!                     │            ▲
//!                     └── exec ────┘   the runtime, native, on a state
//! ```
//!
//! [`node::Node`] holds it together; [`node::open`] begins or continues a chain; [`validator`] is a client that plays
//! another validator of the subnet; [`up`] plays a whole subnet, validators and miners, from one file; [`economics`] is the
//! supply curve, which needs no chain.

#![warn(missing_docs)]
#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

mod author;
mod chain;
pub mod cli;
pub mod economics;
pub mod exec;
pub mod node;
mod pool;
pub mod rpc;
pub mod run;
pub mod server;
pub mod up;
pub mod validator;
