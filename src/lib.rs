//! weighmaster: a validator for Bittensor subnets.
//!
//! ```text
//!                            ┌─► rounds   sample → task → query → record ──────┐
//!  chain ─► watch ─(Subnet)──┤                                            (Postgres) ◄──► judge   score → average
//!           one finalized    └─► weights  plan → sign → broadcast → prove  ◄───┘
//!           block                   └─► chain
//! ```
//!
//! Four loops per subnet. The watch loop feeds two others through one channel; rounds, judge and weights meet only in
//! Postgres, so a slow round can never delay a commit, and a judgement may come later than its answers.
//!
//! | module | duty |
//! |---|---|
//! | [`types`] | what flows between the modules; constructors hold the invariants |
//! | [`config`] | typed sections, layers (defaults < file < environment < flags), validation |
//! | [`tasks`] | what to ask: families of tasks, each with its truth and when that is due |
//! | [`query`] | whom to ask, how to ask it, what a miner may do to us |
//! | [`scoring`] | answers → rewards → moving averages |
//! | [`weights`] | scores → vector → plan, and what the chain proves of it: pure |
//! | [`signer`] | the hotkeys, and the one door through which anything is signed |
//! | [`store`] | Postgres: one repository per aggregate |
//! | [`loops`] | the four loops |
//! | [`service`] | builds everything, runs each subnet, ends it in the opposite order |
//! | [`host`] | where we are: account, data folder, the program's files |
//! | [`cli`] | one file per command |

// A test is as long as its story, and starts itself anew with variables that only it reads.
#![cfg_attr(test, allow(clippy::disallowed_methods, clippy::too_many_lines))]
// The macros of the standard library panic when nobody reads: `cli::output` and `logwriter` don't.
#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

pub mod cli;
pub mod config;
pub mod host;
pub mod loops;
pub mod query;
pub mod scoring;
pub mod service;
pub mod signer;
pub mod store;
pub mod tasks;
pub mod types;
pub mod weights;
