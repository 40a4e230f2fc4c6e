//! The ledger of weight sets: what was meant, what was signed, what became of it.

use strum::IntoEnumIterator;

use super::{BlockNumber, BlockRef, Hotkey, Scope, Seat, SignedPayload, WeightVector};

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

/// What follows from a state, apart from its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// A later block may move it on.
    pub is_open: bool,
    /// Signed bytes that a node may still put into a block.
    pub may_land: bool,
    /// No other weight set of its window may be signed.
    pub holds_window: bool,
    /// Off the path, for good.
    pub is_lost: bool,
}

impl LedgerState {
    /// The one place that says what a state means; the table `ledger_states` says the same.
    pub const fn standing(self) -> Standing {
        let path = Standing {
            is_open: true,
            may_land: false,
            holds_window: true,
            is_lost: false,
        };
        match self {
            Self::Planned | Self::Finalized => path,
            Self::Signed | Self::Broadcast | Self::InBlock => Standing {
                may_land: true,
                ..path
            },
            Self::Applied => Standing {
                is_open: false,
                ..path
            },
            Self::Rejected | Self::DispatchFailed | Self::Expired | Self::Superseded => Standing {
                is_open: false,
                may_land: false,
                holds_window: false,
                is_lost: true,
            },
        }
    }

    /// The name in logs and SQL.
    pub fn label(self) -> &'static str {
        self.into()
    }

    /// All states for which `holds` does.
    pub fn all(holds: impl Fn(Standing) -> bool) -> Vec<Self> {
        Self::iter().filter(|s| holds(s.standing())).collect()
    }
}

/// Row id in `weight_sets`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeightSetId(pub i64);

/// What is meant to be set, before it is signed.
#[derive(Clone, Debug, PartialEq)]
pub struct Intent {
    pub window: Window,
    /// Who will sign it.
    pub hotkey: Hotkey,
    pub vector: WeightVector,
    /// Who sits in each of the vector's seats: the same order as its entries.
    pub seats: Vec<Seat>,
    /// The block whose initialisation fires the epoch, as known now.
    pub fire_block: BlockNumber,
    pub planned_at: BlockNumber,
}

/// One entry of the ledger, as Postgres holds it.
#[derive(Clone, Debug)]
pub struct WeightSet {
    pub id: WeightSetId,
    pub state: LedgerState,
    /// Why it is in a state off the path; empty otherwise.
    pub reason: String,
    pub intent: Intent,
    /// Present from `signed` on.
    pub signed: Option<SignedPayload>,
    /// The block that holds it: present from `in_block` on.
    pub included: Option<BlockRef>,
}

/// One move of an entry: what the ledger's only writer carries out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    pub id: WeightSetId,
    pub from: LedgerState,
    pub to: LedgerState,
    /// Why, if it leaves the path or goes back on it.
    pub reason: String,
    /// The bytes that are written down with `signed`; `None` leaves those that are there.
    pub signed: Option<SignedPayload>,
    /// The block that holds it from now on.
    pub included: Option<BlockRef>,
}
