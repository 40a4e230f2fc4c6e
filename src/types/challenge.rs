//! What is asked.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use truth::Truth;
use uuid::Uuid;

/// One round: a challenge put to one sample of miners.
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

/// Where tasks of one sort come from. Its name is that of the config and of `rounds.kind`.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Family {
    /// Passages of a folder, with questions about them.
    Documents,
    /// A generated document about invented things.
    Reading,
    /// A generated table.
    Data,
    /// Arithmetic, units, dates, logic.
    Reasoning,
    /// Documents with planted facts, to be quoted.
    Search,
    /// A series, and what comes next.
    Forecast,
    /// Items to label.
    Labelling,
}

impl Family {
    /// Whether its questions are drawn for their round, so that nobody can know one before it is asked. Those of the others
    /// stand in files, or in the world.
    pub const fn is_fresh(self) -> bool {
        match self {
            Self::Reading | Self::Data | Self::Reasoning | Self::Search => true,
            Self::Documents | Self::Forecast | Self::Labelling => false,
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

impl Prompt {
    /// Names the text that a miner sees: two prompts of the same digest are the same question.
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for message in &self.messages {
            for part in [&message.role, &message.content] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
        hash.finalize().into()
    }
}

/// What a miner is asked, and what only the validator knows of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub prompt: Prompt,
    /// A passage's id, or the kind of question within its family.
    pub source: String,
    /// What is to be read: passage, table, documents. Stands in the messages too.
    pub material: Option<String>,
    /// An answer held to be good.
    pub reference: Option<String>,
    pub truth: Truth,
}

/// What the miners of one round are asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Challenge {
    pub id: RoundId,
    pub family: Family,
    /// Never empty.
    pub questions: Vec<Question>,
    /// The index of each miner's question, in the sample's order. Who has none here is asked the first.
    pub asks: Vec<usize>,
    /// How long a miner may take from the first byte sent to the last received.
    pub deadline: Duration,
}

impl Challenge {
    /// Which question the miner at this place of the sample is asked.
    pub fn question_for(&self, place: usize) -> usize {
        self.asks.get(place).copied().unwrap_or(0)
    }
}

/// A challenge, and how long after the question its truth is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    pub challenge: Challenge,
    /// Zero: it is known already.
    pub due_after: Duration,
}
