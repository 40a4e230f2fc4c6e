//! What flows between the modules. No logic beyond constructors that hold invariants. The chain's own terms come from
//! the member `subtensor`.

mod cause;
mod challenge;
mod exchange;
mod judgement;
mod ledger;
mod pairs;
mod progress;
pub mod reason;
mod scores;
mod seat;
mod signer;
#[cfg(test)]
pub mod testing;

pub use cause::{Cause, Caused, Failure};
pub use challenge::{Challenge, Family, Message, Prompt, Question, RoundId, Task};
pub use exchange::{Completion, Exchange, Outcome, Response, Target, Timing};
pub use judgement::{Judgement, MaskScore, ModelScore, NormaliserState, NotFinite, Reward};
pub use ledger::{
    EpochIndex, Intent, LedgerState, Slot, Standing, Transition, WeightSet, WeightSetId, Window,
};
pub use pairs::{Pair, PairRecord, PairTable};
pub use progress::{Progress, RoundReport};
pub use reason::{About, Reason, Severity};
pub use scores::{MovingAverage, ScoreTable, Waits};
pub use seat::Seat;
pub use signer::RequestSigner;
pub use subtensor::{
    AccountError, Axon, BlockNumber, BlockRef, Coldkey, Era, Genesis, Hotkey, Hyperparameters,
    MechanismId, Metagraph, MinerId, Netuid, Neuron, RAO_PER_TAO, Rao, Schedule, Scope,
    SignedPayload, Subnet, Uid, VectorError, WeightVector,
};
