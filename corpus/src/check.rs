//! What a passage must be like to be sent to miners and kept in a database.

use crate::{Passage, Question};

const MAX_QUESTIONS: usize = 100;
/// In characters. The longest passage and question together stay well below what an axon takes.
const MAX_PASSAGE: usize = 20_000;
const MAX_LINE: usize = 2_000;

impl Passage {
    /// Without the blanks that TOML's multi-line strings begin and end with.
    pub(crate) fn trimmed(self) -> Self {
        let trim = |text: String| text.trim().to_owned();
        let question = |q: Question| Question {
            ask: trim(q.ask),
            answer: trim(q.answer),
            must: q.must,
            never: q.never,
        };
        Self {
            id: trim(self.id),
            subject: trim(self.subject),
            text: trim(self.text),
            questions: self.questions.into_iter().map(question).collect(),
        }
    }

    /// Every rule that a passage keeps alone; the error is the first it breaks.
    pub(crate) fn check(&self) -> Result<(), String> {
        check_text("id", &self.id, MAX_LINE)?;
        check_text("subject", &self.subject, MAX_LINE)?;
        check_text("text", &self.text, MAX_PASSAGE)?;
        if self.questions.is_empty() || self.questions.len() > MAX_QUESTIONS {
            return Err(format!(
                "{} questions, allowed 1 to {MAX_QUESTIONS}",
                self.questions.len()
            ));
        }
        for (number, question) in self.questions.iter().enumerate() {
            let at = |key| format!("question {}: {key}", number + 1);
            check_text(&at("ask"), &question.ask, MAX_LINE)?;
            check_text(&at("answer"), &question.answer, MAX_LINE)?;
        }
        Ok(())
    }
}

fn check_text(key: &str, text: &str, max_chars: usize) -> Result<(), String> {
    let chars = text.chars().count();
    if chars == 0 || chars > max_chars {
        return Err(format!(
            "{key} has {chars} characters, allowed 1 to {max_chars}"
        ));
    }
    // Control characters have no place in a prompt, and Postgres takes no NUL.
    match text
        .chars()
        .find(|c| c.is_control() && *c != '\n' && *c != '\t')
    {
        Some(odd) => Err(format!("{key} holds the control character {odd:?}")),
        None => Ok(()),
    }
}
