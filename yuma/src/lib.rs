//! The subnet epoch as the chain computes it, bit for bit.
//!
//! ```text
//!  Input ─► activity ─┐
//!        ─► stake ────┼─► active stake ─► consensus ─► clipped weights ─► trust, incentive ─┐
//!        ─► permits ──┘        ▲                           │                              ├─► payout ─► Output
//!        ─► weights (masks) ───┴───────────────────────────┴─► bonds ─► dividends ─────────┘
//! ```
//!
//! Everything is a pure function of its arguments: no clock, no storage, no float. The number types are
//! those of the chain (`substrate-fixed` 0.6): [`I32F32`] for shares, [`I64F64`] for stake, and stores
//! truncate `share × 65535` to `u16`. Rules are those of runtime spec 425 (`epoch_mechanism` of the
//! `SubtensorModule` pallet), checked against vectors recorded from that runtime.
//!
//! ```
//! use yuma::{Input, Neuron, Params, epoch, total_stake};
//!
//! let validator = Neuron {
//!     stake: total_stake(5_000_000_000_000, 0, 0),
//!     last_update: 990,
//!     validator_permit: true,
//!     weights: vec![(1, 65535)],
//!     ..Neuron::default()
//! };
//! let miner = Neuron { last_update: 990, ..Neuron::default() };
//! let output = epoch(&Input {
//!     current_block: 1_000,
//!     last_mechanism_step: 640,
//!     emission: 1_000_000_000,
//!     neurons: vec![validator, miner],
//!     ..Input::new(Params::default())
//! });
//! assert_eq!(output.incentive, [0, 65535]);
//! assert_eq!(output.validator_trust, [65535, 0]);
//! assert_eq!(output.emission, [500_000_000, 500_000_000]);
//! ```

#![warn(missing_docs)]

mod activity;
mod bonds;
mod consensus;
pub mod emission;
mod exp;
mod fixed;
mod input;
mod liquid;
mod masks;
pub mod mechanisms;
mod output;
mod payout;
mod permits;
mod rows;
pub mod schedule;
mod stake;
mod workspace;
mod yuma2;
mod yuma3;

pub use input::{Commit, CommitKind, Input, LiquidAlpha, Neuron, Params};
pub use output::{Output, Trace};
pub use rows::Rows;
pub use stake::total_stake;
pub use substrate_fixed::types::{I32F32, I64F64};
pub use workspace::Workspace;

/// Runs one epoch of one mechanism of one subnet.
///
/// Total: no input panics or is refused. Row entries that name a uid outside the subnet are ignored,
/// as the chain ignores them; sums saturate.
pub fn epoch(input: &Input) -> Output {
    Workspace::default().epoch(input)
}

/// [`epoch`], with the exact fixed-point values before they are cut to what the chain stores.
pub fn epoch_traced(input: &Input) -> (Output, Trace) {
    Workspace::default().epoch_traced(input)
}
