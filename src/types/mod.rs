//! What flows between the modules. No logic beyond constructors that hold invariants. The chain's own terms come from
//! the member `subtensor`.

mod challenge;
mod exchange;
mod judgement;
mod ledger;
mod progress;
mod scores;
mod signer;

pub use challenge::{Challenge, ChallengeKind, Message, Prompt, Reference, RoundId};
pub use exchange::{Completion, Exchange, Forbidden, Outcome, Response, Target, Timing, WireFault};
pub use judgement::{Judgement, MaskScore, ModelScore, NormaliserState, NotFinite, Reward};
pub use ledger::{EpochIndex, LedgerState, Slot, WeightSet, WeightSetId, Window};
pub use progress::{Progress, RoundReport};
pub use scores::{MovingAverage, ScoreTable};
pub use signer::RequestSigner;
pub use subtensor::{
    AccountError, Axon, BlockNumber, BlockRef, Coldkey, Era, Genesis, Hotkey, Hyperparameters,
    MechanismId, Metagraph, MinerId, Netuid, Neuron, Rao, Schedule, Scope, SignedPayload, Subnet,
    Uid, VectorError, WeightVector,
};
