//! What flows between the modules. No logic beyond constructors that hold invariants.

mod cause;
mod challenge;
mod exchange;
mod ids;
mod judgement;
mod ledger;
mod metagraph;
mod progress;
pub mod reason;
mod scores;
mod seat;
mod signer;
mod weights;

pub use cause::{Cause, Caused, Failure};
pub use challenge::{Challenge, ChallengeKind, Message, Prompt, Reference};
pub use exchange::{Completion, Exchange, Outcome, Response, Target, Timing};
pub use ids::{
    AccountError, BlockNumber, BlockRef, Coldkey, Genesis, Hotkey, MechanismId, MinerId, Netuid,
    RoundId, Scope, Uid,
};
pub use judgement::{Judgement, MaskScore, ModelScore, NormaliserState, NotFinite, Reward};
pub use ledger::{
    EpochIndex, Era, LedgerState, SignedPayload, Slot, WeightSet, WeightSetId, Window,
};
pub use metagraph::{Axon, Hyperparameters, Metagraph, Neuron, Rao, Schedule, Subnet};
pub use progress::{Progress, RoundReport};
pub use reason::{About, Reason, Severity};
pub use scores::{MovingAverage, ScoreTable};
pub use seat::Seat;
pub use signer::RequestSigner;
pub use weights::{VectorError, WeightVector};
