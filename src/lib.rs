//! weighmaster: a validator for Bittensor subnets.
//!
//! ```text
//!                                    ┌─► rounds    sample → challenge → query → score → record ─┐
//! chain ─► watcher ─(watch: Subnet)──┤                                                      (Postgres)
//!          one finalized block       └─► weights   plan → sign → broadcast → prove  ◄───────────┘
//!                                             └─► chain
//! ```
//!
//! Three loops per subnet. The watcher feeds the other two through one watch channel; rounds and
//! weights meet only in Postgres, so a slow round can never delay a commit.
//!
//! | module | duty |
//! |---|---|
//! | [`types`] | what flows between the modules; constructors hold the invariants |
//! | [`config`] | typed sections, layers (defaults < file < environment < flags), validation |
//! | [`query`] | whom to ask, what to ask, how to ask it, what a miner may do to us |
//! | [`scoring`] | answers → rewards → moving averages |
//! | [`weights`] | scores → vector → a payload the chain holds: loop 3 |
//! | [`signer`] | the hotkey and what is signed with it |
//! | [`store`] | Postgres: the embedded server and one file per aggregate |
//! | [`watcher`], [`rounds`] | loops 1 and 2 |
//! | [`supervisor`] | signals, cancellation, drain, exit cause |
//! | [`exit`] | exit codes and their messages |
//! | [`app`] | the only place that constructs everything |
//! | [`cli`] | one file per command |

pub mod app;
pub mod cli;
pub mod config;
pub mod exit;
pub mod query;
pub mod rounds;
pub mod scoring;
pub mod signer;
pub mod store;
pub mod supervisor;
pub mod types;
pub mod watcher;
pub mod weights;
