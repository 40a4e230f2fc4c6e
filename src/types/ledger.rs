//! The ledger of weight sets: what was meant, what was signed, what became of it.

use super::{BlockNumber, BlockRef, Scope, Seat, WeightVector};

/// `SubnetEpochIndex` of the epoch that will read the weights.
pub type EpochIndex = u64;

/// An epoch may be served twice: early, and once more shortly before it fires.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    strum::Display,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum Slot {
    Early,
    Late,
}

/// What a payload is for. At most one signed payload of a window may be able to land at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    pub scope: Scope,
    pub epoch: EpochIndex,
    pub slot: Slot,
}

/// `planned → signed → broadcast → in_block → finalized → applied`, or off that path. The last five are final.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum LedgerState {
    Planned,
    Signed,
    Broadcast,
    InBlock,
    Finalized,
    /// Proven: the row on chain is the planned row.
    Applied,
    /// A node refused it for good.
    Rejected,
    /// In a block, but the call failed there.
    DispatchFailed,
    /// Its era ended without it.
    Expired,
    /// A newer plan took its place before it was signed, or its row was overwritten.
    Superseded,
}

/// Row id in `weight_sets`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeightSetId(pub i64);

/// The blocks in which signed bytes are valid: `birth ≤ block < death`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Era {
    pub birth: BlockNumber,
    pub death: BlockNumber,
}

/// One entry of the ledger, as Postgres holds it.
#[derive(Clone, Debug)]
pub struct WeightSet {
    pub id: WeightSetId,
    pub window: Window,
    pub state: LedgerState,
    /// Why it is in a state off the path; empty otherwise.
    pub reason: String,
    pub vector: WeightVector,
    /// Who sat in each seat when it was planned: the same order as the vector's entries.
    pub seats: Vec<Seat>,
    /// The block whose initialisation fires the epoch, as known at planning.
    pub fire_block: BlockNumber,
    pub planned_at: BlockNumber,
    /// Present from `signed` on.
    pub signed: Option<SignedPayload>,
    /// Present from `in_block` on.
    pub included: Option<BlockRef>,
}

/// What a retry sends again, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedPayload {
    pub bytes: Vec<u8>,
    /// blake2b-256 of the bytes, as nodes name the extrinsic.
    pub hash: [u8; 32],
    pub nonce: u64,
    pub era: Era,
}
