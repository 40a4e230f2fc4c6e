//! A drawn question as the messages that a miner sees.

use std::cmp::Ordering;

use truth::Truth;

use crate::config::{ChallengeConfig, Template};
use crate::types::{Message, Prompt, Question};

/// A question before it is put into words of the config.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// How to answer.
    pub instruction: String,
    /// What is to be read first; may be empty.
    pub material: String,
    pub question: String,
    pub source: String,
    pub reference: Option<String>,
    pub truth: Truth,
}

/// The config's messages, in speaking order.
#[derive(Clone, Debug)]
pub struct Sheet(Vec<(String, Template)>);

impl Sheet {
    pub fn of(config: &ChallengeConfig) -> Self {
        let mut messages: Vec<(String, Template)> = config.messages.clone().into_iter().collect();
        messages.sort_by(|a, b| speaking_order(&a.0, &b.0));
        Self(messages)
    }

    pub fn fill(&self, drawn: Drawn) -> Question {
        let message = |(role, template): &(String, Template)| Message {
            role: role.clone(),
            content: template.fill(&drawn.instruction, &drawn.material, &drawn.question),
        };
        Question {
            prompt: Prompt {
                messages: self.0.iter().map(message).collect(),
                question: drawn.question,
            },
            source: drawn.source,
            material: Some(drawn.material).filter(|m| !m.is_empty()),
            reference: drawn.reference,
            truth: drawn.truth,
        }
    }
}

fn speaking_order(a: &str, b: &str) -> Ordering {
    let rank = |role: &str| match role {
        "system" => 0,
        "user" => 1,
        _ => 2,
    };
    rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
}
