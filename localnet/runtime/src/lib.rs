//! The local chain's runtime: a FRAME runtime, compiled natively, that a Bittensor client cannot
//! tell from the real chain.
//!
//! ```text
//!  genesis::World ──build──► Storage            (state of block 0)
//!  client::signed ─────────► UncheckedExtrinsic (what native tools submit)
//!  api::dispatch(method, bytes)                 (every runtime call of a node)
//!        │
//!        ▼
//!  extensions ──► SubtensorModule, AdminUtils, Commitments, Drand, …
//!                        └── every block: schedule → reveals → epoch (the `yuma` crate) → emission
//! ```
//!
//! Pallets, calls, storage, events, errors and runtime APIs carry the real chain's names, indexes,
//! hashers and types at spec 425. What the local chain does not model (EVM, contracts, leases,
//! locks, governance) is absent from the metadata instead of pretended.

#![expect(
    missing_docs,
    reason = "`construct_runtime!` writes items here without a word; elsewhere their paths in the metadata would no longer be the `*_runtime::RuntimeCall` by which clients know them. So each module warns by itself"
)]
#![recursion_limit = "256"]
// FRAME's macros expand to `expect` on what they have just generated; our own code has none.
#![allow(clippy::expect_used)]

#[warn(missing_docs)]
pub mod admin_utils;
mod apis;
mod aura;
#[warn(missing_docs)]
pub mod client;
#[warn(missing_docs)]
pub mod commitments;
#[warn(missing_docs)]
mod config;
#[warn(missing_docs)]
pub mod drand;
mod extensions;
#[warn(missing_docs)]
pub mod genesis;
#[warn(missing_docs)]
pub mod mev_shield;
#[warn(missing_docs)]
pub mod safe_mode;
#[warn(missing_docs)]
pub mod subtensor;
#[warn(missing_docs)]
pub mod swap;
#[warn(missing_docs)]
mod types;
#[warn(missing_docs)]
pub mod upgrade;
#[warn(missing_docs)]
pub mod utility;

pub use apis::{RUNTIME_API_VERSIONS, api};
pub use config::{AllowLoopbackAxons, SlotDuration, UpgradeLevel, VERSION, Version};
pub use types::*;

use extensions::TxExtension;
use sp_runtime::{generic, traits::BlakeTwo256};

/// A transaction or inherent as a block holds it and clients submit it.
pub type UncheckedExtrinsic =
    generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// The bytes that a signer signs.
pub(crate) type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;
/// A header and its extrinsics, inherents first.
pub type Block = generic::Block<generic::Header<BlockNumber, BlakeTwo256>, UncheckedExtrinsic>;
/// What runs blocks on a state.
pub(crate) type Executive = frame_executive::Executive<
    Runtime,
    Block,
    frame_system::ChainContext<Runtime>,
    Runtime,
    AllPalletsWithSystem,
>;

frame_support::construct_runtime!(
    pub enum Runtime {
        System: frame_system = 0,
        Timestamp: pallet_timestamp = 2,
        Aura: aura = 3,
        Balances: pallet_balances = 5,
        TransactionPayment: pallet_transaction_payment = 6,
        SubtensorModule: subtensor = 7,
        Utility: utility = 11,
        Sudo: pallet_sudo = 12,
        Commitments: commitments = 18,
        AdminUtils: admin_utils = 19,
        SafeMode: safe_mode = 20,
        Drand: drand = 26,
        Swap: swap = 28,
        MevShield: mev_shield = 30,
    }
);
