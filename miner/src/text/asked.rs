//! A question as a miner understands it.

use super::sentence::sentences;
use super::task::Task;
use crate::solve::{Solved, solve};

/// What was asked, and what is known of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The question, and the passage where there is one.
    pub task: Task,
    /// All that is to be read, as it stands: passage, table, documents. May be empty.
    pub material: String,
    /// None: an open question about a passage, as those of the family `documents` are.
    pub solved: Option<Solved>,
}

impl Asked {
    /// The material is the longest message but for its last paragraph, which asks.
    pub fn read(messages: &[String]) -> Self {
        let longest = messages.iter().max_by_key(|text| text.len());
        let parts = longest.and_then(|text| text.rsplit_once("\n\n"));
        let task = Task::read(messages);
        Self {
            material: parts
                .map_or(task.passage.as_str(), |(before, _)| before)
                .trim()
                .into(),
            task,
            solved: solve(messages),
        }
    }

    /// The lines of the material, and of those that are prose each sentence.
    pub fn pieces(&self) -> Vec<&str> {
        let lines = self.material.lines().map(str::trim);
        lines.flat_map(sentences).collect()
    }

    /// The piece of the material that says what is asked, word for word.
    pub fn evidence(&self) -> String {
        let told = self
            .solved
            .as_ref()
            .and_then(|solved| solved.evidence.clone());
        told.unwrap_or_else(|| {
            let pieces = self.pieces();
            let scores = super::rank::relevance(&pieces, &self.task.question);
            let best =
                (0..pieces.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)));
            best.map_or_else(String::new, |best| pieces[best].into())
        })
    }

    /// Of the other pieces of the material those that have least to do with the question: half of them, in their order.
    pub fn beside(&self) -> Vec<&str> {
        let evidence = self.evidence();
        let mut pieces = self.pieces();
        pieces.retain(|piece| *piece != evidence);
        let scores = super::rank::relevance(&pieces, &self.task.question);
        let mut order: Vec<usize> = (0..pieces.len()).collect();
        order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        order.truncate(order.len().div_ceil(2).max(2));
        order.sort_unstable();
        order.into_iter().map(|at| pieces[at]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_paragraph_asks_and_the_rest_is_to_be_read() {
        let messages = [
            "Answer from the table.".to_string(),
            "| town | people |\n| Orl | 12 |\n| Bes | 40 |\n\nHow many live in Bes?".into(),
        ];
        let asked = Asked::read(&messages);
        assert_eq!(
            asked.material,
            "| town | people |\n| Orl | 12 |\n| Bes | 40 |"
        );
        assert_eq!(asked.task.question, "How many live in Bes?");
        assert_eq!(
            asked.pieces(),
            ["| town | people |", "| Orl | 12 |", "| Bes | 40 |"]
        );
        assert_eq!(asked.evidence(), "| Bes | 40 |");
        assert_eq!(Asked::read(&[]).evidence(), "");
    }
}
