//! A subnet on this machine: the local chain, miners and other validators as processes, for the demo and for all tests.
//!
//! ```text
//! program ─► Command ─► Child     started, logged, waited for, ended
//!              ▲          ▲
//!        Miner, Validator │       who plays, by the accounts that the chain names
//!              │          │
//!            Chain ───► Stage     in order: the chain first and last
//! ```
//!
//! | file | duty |
//! |---|---|
//! | [`lifetime`] | a process that ends with the one that started it |
//! | `program` | where the programs lie |
//! | `child` | one process: its start line, its log, its end |
//! | `chain` | a node of the local chain and its accounts |
//! | `players` | miners and other validators |
//! | `stage` | all of them together |
//! | [`world`] | world files for the chain, made from others |
//!
//! Nothing here knows the validator that is shown or tested. Databases for tests are `testbed-database`'s.

#![warn(missing_docs)]

mod chain;
mod child;
mod error;
pub mod lifetime;
mod players;
mod program;
mod stage;
pub mod world;

pub use chain::{Account, Chain};
pub use child::Child;
pub use error::Error;
pub use players::{Miner, Validator};
pub use program::program;
pub use stage::Stage;
