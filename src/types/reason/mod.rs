//! Why something was skipped, refused or failed: one enum for the log field, the metric label, the row in SQL and
//! the entry in docs/reasons.md.

mod page;
mod table;

pub use page::page;

/// A typed reason. Its name in lower snake case is the label, everywhere.
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
pub enum Reason {
    // What came of asking a miner.
    Answer,
    Refused,
    Timeout,
    Unreachable,
    MalformedNotJson,
    MalformedMissingField,
    MalformedBrokenHttp,
    MalformedEncoded,
    MalformedRedirect,
    TooLarge,
    ForbiddenAddress,
    ForbiddenPort,
    ForbiddenOwnAddress,
    ForbiddenCircuitOpen,
    NoAxon,
    Validates,
    // The same, but the fault is ours.
    OurNetwork,
    OurResources,
    OurRequest,
    OurQueue,
    // Why a whole round is no verdict.
    AllSilent,
    ClockWrong,
    // Why a judge or a mask had no say in a round, or a round waits for its judgement.
    NoJudge,
    SourceAway,
    Tokenizer,
    Inference,
    WrongShape,
    NotFinite,
    Endpoint,
    UnreadableReplies,
    ThreadGone,
    NotJudged,
    JudgingBehind,
    // What else is to be known of the asking and of the answers.
    SampleTooSmall,
    CopyingPair,
    // Why an epoch gets no weights from us.
    NotRegistered,
    NoValidatorPermit,
    StakeTooLow,
    CommitRevealUnsupported,
    MechanismDoesNotExist,
    RateLimitOutlastsEpoch,
    TooLateForEpoch,
    ForeignCommit,
    NoScores,
    VectorRule,
    ScoresTooOld,
    ServiceAway,
    // What else is to be known of our weights.
    ScoresOld,
    WeightsOld,
    WeightsFresh,
    // What happened to a subnet of this service.
    AnotherWorld,
    SubnetParked,
    SubnetJoined,
    EpochUnreadable,
}

/// What a reason is about: the column `kind` of an event.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumIter, strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum About {
    /// One miner in one round.
    Exchange,
    /// One round as a whole.
    Round,
    /// One epoch's weights.
    Weights,
    /// The chain that the database holds.
    World,
    /// One subnet of the service.
    Subnet,
}

/// How much a reason is worth a person's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum Severity {
    /// As it should be, or nothing that can be mended here.
    Info,
    /// Look when it comes often.
    Warning,
    /// Something is to be mended.
    Error,
}

/// What stands behind a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is about.
    pub about: About,
    /// How much it is worth a person's time.
    pub severity: Severity,
    /// What has happened.
    pub meaning: &'static str,
    /// What to do about it; of a miner's failure, what its owner does.
    pub remedy: &'static str,
}

impl Reason {
    /// The label in logs, metrics and SQL.
    pub fn label(self) -> &'static str {
        self.into()
    }

    /// Whether a miner's turn was more than a look at its record or its address.
    pub const fn is_a_try(self) -> bool {
        !matches!(
            self,
            Self::ForbiddenAddress
                | Self::ForbiddenOwnAddress
                | Self::ForbiddenPort
                | Self::ForbiddenCircuitOpen
                | Self::NoAxon
                | Self::Validates
        )
    }

    /// Whether an exchange that ended so was one with the miner: tried, and not failed by us.
    pub const fn tells_of_the_miner(self) -> bool {
        matches!(self.entry().about, About::Exchange) && self.is_a_try() && !self.is_ours()
    }

    /// Whether the fault is ours: then it says nothing about the miner.
    pub const fn is_ours(self) -> bool {
        matches!(
            self,
            Self::OurNetwork | Self::OurResources | Self::OurRequest | Self::OurQueue
        )
    }
}
