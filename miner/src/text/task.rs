//! What a prompt asks.

use super::sentence::sentences;

/// A passage and a question about it, found in a prompt whose template we don't know.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Empty where the prompt has but a question.
    pub passage: String,
    /// Without a label such as `Question:`.
    pub question: String,
}

impl Task {
    /// The question is the last sentence with a question mark, or else the last line; the passage is the
    /// longest line of the messages that is left.
    pub fn read(messages: &[String]) -> Task {
        let lines: Vec<&str> = messages
            .iter()
            .flat_map(|text| text.lines())
            .map(unlabelled)
            .collect();
        let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        let asked = lines.iter().rev().find(|line| line.ends_with('?'));
        let asked = asked.or(lines.last()).copied().unwrap_or_default();
        let question = sentences(asked).last().copied().unwrap_or_default();
        let rest = lines
            .iter()
            .map(|line| line.strip_suffix(question).unwrap_or(line).trim());
        let passage = rest.max_by_key(|line| line.len()).unwrap_or_default();
        Task {
            passage: passage.into(),
            question: question.into(),
        }
    }
}

/// `Question: Why?` → `Why?`
fn unlabelled(line: &str) -> &str {
    let line = line.trim();
    match line.split_once(':') {
        Some((label, rest)) if label.len() <= 12 && label.chars().all(char::is_alphabetic) => {
            rest.trim()
        }
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSAGE: &str =
        "Bees dance in the dark. The angle shows where food is: near the Sun, or not.";

    fn read(messages: &[&str]) -> Task {
        Task::read(&messages.iter().map(|m| m.to_string()).collect::<Vec<_>>())
    }

    #[test]
    fn passage_and_question_are_found_in_any_template() {
        let expected = Task {
            passage: PASSAGE.into(),
            question: "Where do bees dance?".into(),
        };
        let system = "Answer from the passage, in one to three full sentences of your own.";
        for messages in [
            vec![
                system.into(),
                format!("Passage:\n{PASSAGE}\n\nQuestion: Where do bees dance?"),
            ],
            vec![format!("{PASSAGE}\nWhere do bees dance?")],
            vec![format!("{PASSAGE} Where do bees dance?")],
            vec![format!("Context: {PASSAGE}"), "Where do bees dance?".into()],
        ] {
            assert_eq!(Task::read(&messages), expected, "{messages:?}");
        }
    }

    #[test]
    fn a_prompt_without_a_passage_is_no_trouble() {
        assert_eq!(
            read(&[]),
            Task {
                passage: String::new(),
                question: String::new()
            }
        );
        assert_eq!(read(&["Why?"]).question, "Why?");
        assert_eq!(read(&["Say hello."]).question, "Say hello.");
    }
}
