//! The ledger of weight sets: what was meant, what was signed, what became of it.

use super::{BlockNumber, BlockRef, MinerId, Scope, SignedPayload, Uid, WeightVector};

/// `SubnetEpochIndex` of the epoch that will read the weights.
pub type EpochIndex = u64;

/// An epoch may be served twice: early, and once more shortly before it fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    Early,
    Late,
}

impl Slot {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::Late => "late",
        }
    }
}

/// What a payload is for. At most one signed payload of a window may be able to land at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    pub scope: Scope,
    pub epoch: EpochIndex,
    pub slot: Slot,
}

/// `planned → signed → broadcast → in_block → finalized → applied`, or off that path. The last five are final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

impl LedgerState {
    pub const ALL: [Self; 10] = [
        Self::Planned,
        Self::Signed,
        Self::Broadcast,
        Self::InBlock,
        Self::Finalized,
        Self::Applied,
        Self::Rejected,
        Self::DispatchFailed,
        Self::Expired,
        Self::Superseded,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Signed => "signed",
            Self::Broadcast => "broadcast",
            Self::InBlock => "in_block",
            Self::Finalized => "finalized",
            Self::Applied => "applied",
            Self::Rejected => "rejected",
            Self::DispatchFailed => "dispatch_failed",
            Self::Expired => "expired",
            Self::Superseded => "superseded",
        }
    }

    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == s)
    }
}

/// Row id in `weight_sets`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeightSetId(pub i64);

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
    pub seats: Vec<(Uid, MinerId)>,
    /// The block whose initialisation fires the epoch, as known at planning.
    pub fire_block: BlockNumber,
    pub planned_at: BlockNumber,
    /// Present from `signed` on.
    pub signed: Option<SignedPayload>,
    /// Present from `in_block` on.
    pub included: Option<BlockRef>,
}
