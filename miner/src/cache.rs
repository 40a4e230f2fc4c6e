//! A folder of answers: who is copied leaves its last one there, who copies takes it. It stands for whatever lets
//! answers out: a store that several miners share, an axon that answers anybody.

use crate::mind::fnv;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::Instant;
use wire::AccountId32;

/// How often it is looked whether the other has answered yet.
const LOOK: Duration = Duration::from_millis(2);
/// How long an answer to the same question is waited for.
const PATIENCE: Duration = Duration::from_millis(400);

/// The answers of all miners that were started with the same folder.
#[derive(Clone, Debug)]
pub struct Cache(pub PathBuf);

/// The last answer of one miner.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Of the messages that it answers.
    question: u64,
    text: String,
}

impl Cache {
    /// Leaves an answer. Others may not be able to read it: that is their loss.
    pub async fn leave(&self, who: &AccountId32, messages: &[String], text: &str) {
        let kept = Kept {
            question: digest(messages),
            text: text.into(),
        };
        let (file, fresh) = (self.file(who), self.0.join(format!("{who}.new")));
        let Ok(json) = serde_json::to_vec(&kept) else {
            return;
        };
        // Renamed, so that nobody reads half of it.
        let written = match tokio::fs::write(&fresh, json).await {
            Ok(()) => tokio::fs::rename(&fresh, &file).await,
            failed => failed,
        };
        if let Err(e) = written {
            tracing::warn!("{}: {e}", file.display());
        }
    }

    /// What `whom` answered to these messages; where that doesn't come, whatever it answered last.
    pub async fn take(&self, whom: &AccountId32, messages: &[String]) -> Option<String> {
        let (question, until) = (digest(messages), Instant::now() + PATIENCE);
        loop {
            let kept: Option<Kept> = match tokio::fs::read(self.file(whom)).await {
                Ok(json) => serde_json::from_slice(&json).ok(),
                Err(_) => None,
            };
            match kept {
                Some(kept) if kept.question == question || Instant::now() > until => {
                    return Some(kept.text);
                }
                None if Instant::now() > until => return None,
                _ => tokio::time::sleep(LOOK).await,
            }
        }
    }

    fn file(&self, who: &AccountId32) -> PathBuf {
        self.0.join(format!("{who}.json"))
    }
}

fn digest(messages: &[String]) -> u64 {
    fnv(messages.join("\u{1f}").as_bytes())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn the_answer_to_the_same_question_is_waited_for_and_else_the_last_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache(folder.path().into());
        let (who, other) = (AccountId32([1; 32]), AccountId32([2; 32]));
        let asked = ["Why?".to_string()];
        assert_eq!(cache.take(&who, &asked).await, None);
        cache.leave(&who, &["When?".into()], "Now.").await;
        let taken = async { cache.take(&who, &asked).await };
        let left = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            cache.leave(&who, &asked, "So.").await;
        };
        assert_eq!(tokio::join!(taken, left).0.as_deref(), Some("So."));
        assert_eq!(
            cache.take(&who, &["Where?".into()]).await.as_deref(),
            Some("So.")
        );
        assert_eq!(cache.take(&other, &asked).await, None);
    }
}
