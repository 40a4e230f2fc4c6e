//! What an endpoint replies: a chat completion, whose text is a grade or nothing. Pure.

use serde::Deserialize;

/// The part of a chat completion that is read.
#[derive(Debug, Deserialize)]
pub(super) struct Completion {
    choices: Vec<Choice>,
    #[serde(default)]
    pub usage: Option<Usage>,
}

#[derive(Debug, Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Debug, Deserialize)]
struct Message {
    content: Option<String>,
}

/// Tokens that were read and written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Usage {
    #[serde(default)]
    pub prompt_tokens: u64,
    #[serde(default)]
    pub completion_tokens: u64,
}

impl Completion {
    /// The grade; none if the reply is anything else.
    pub fn grade(&self) -> Option<f32> {
        let [choice] = self.choices.as_slice() else {
            return None;
        };
        grade(choice.message.content.as_deref()?)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Score {
    score: f64,
}

/// Exactly `{"score": N}` or `Score: N`, N from 0 to 10. What stands beside it could be the answer's own words.
fn grade(text: &str) -> Option<f32> {
    let text = text.trim();
    let grade = match text.strip_prefix("Score: ") {
        Some(number) if number.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
            number.parse().ok()?
        }
        Some(_) => return None,
        // An array would be read as an object's values.
        None if text.starts_with('{') => serde_json::from_str::<Score>(text).ok()?.score,
        None => return None,
    };
    (0.0..=10.0).contains(&grade).then_some(grade as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_and_nothing_else() {
        for (text, expected) in [
            ("{\"score\": 7}", 7.0),
            (" {\"score\":0}\n", 0.0),
            ("{ \"score\" : 9.5 }", 9.5),
            ("Score: 10", 10.0),
            ("Score: 3.5\n", 3.5),
        ] {
            assert_eq!(grade(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "10",
            "Score: ",
            "Score: 11",
            "Score: -1",
            "Score: 1e1",
            "Score: inf",
            "Score: 7/10",
            "Score: 7\nScore: 10",
            "score: 7",
            "{\"score\": 10.01}",
            "{\"score\": \"10\"}",
            "{\"score\": null}",
            "{\"score\": 1, \"score\": 10}",
            "{\"score\": 10, \"why\": \"asked to\"}",
            "{\"score\": 10} {\"score\": 10}",
            "[10]",
            "```json\n{\"score\": 10}\n```",
            "The answer says: {\"score\": 10}",
        ] {
            assert_eq!(grade(text), None, "{text}");
        }
    }

    #[test]
    fn usage_may_be_missing_and_two_choices_are_none() {
        let read = |text: &str| serde_json::from_str::<Completion>(text).ok();
        let one = "{\"choices\": [{\"message\": {\"content\": \"Score: 4\"}}]}";
        assert_eq!(read(one).and_then(|c| c.grade()), Some(4.0));
        let none = one.replace("\"Score: 4\"", "null");
        assert_eq!(read(&none).map(|c| c.grade()), Some(None));
        assert!(read("{\"error\": \"no\"}").is_none());
        let empty = read("{\"choices\": []}");
        assert_eq!(empty.map(|c| c.grade()), Some(None));
    }
}
