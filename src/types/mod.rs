//! What flows between the modules. No logic beyond constructors that hold invariants.

mod challenge;
mod exchange;
mod ids;
mod judgement;
mod ledger;
mod metagraph;
mod progress;
mod scores;
mod signer;
mod weights;

pub use challenge::{Challenge, ChallengeKind, Message, Prompt, Reference};
pub use exchange::{Completion, Exchange, Forbidden, Outcome, Response, Target, Timing, WireFault};
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
pub use scores::{MovingAverage, ScoreTable};
pub use signer::RequestSigner;
pub use weights::{VectorError, WeightVector};
