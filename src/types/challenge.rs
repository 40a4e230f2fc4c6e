//! What is asked.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One round: one challenge put to one sample of miners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RoundId(pub Uuid);

impl RoundId {
    pub fn fresh() -> Self {
        Self(Uuid::new_v4())
    }
}

impl fmt::Display for RoundId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The family of a task; scoring may treat them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeKind {
    /// A question about a passage that the prompt carries.
    Question,
}

impl ChallengeKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub role: String,
    pub content: String,
}

/// The messages a miner sees, and the bare question in them (what relevance is judged against).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    pub messages: Vec<Message>,
    pub question: String,
}

/// What only the validator knows: where the task came from and an answer held to be good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Passage id in the corpus.
    pub source: String,
    pub passage: String,
    pub answer: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Challenge {
    pub id: RoundId,
    pub kind: ChallengeKind,
    pub prompt: Prompt,
    pub reference: Option<Reference>,
    /// How long a miner may take from the first byte sent to the last received.
    pub deadline: Duration,
}
