//! The forms in which facts are written, and whether a text says one.

use crate::negation::{denied_within, is_negation};

use crate::read::{Kind, Token, same_word, small_number};

/// A text's words, by sentence.
pub(super) struct Sentences<'a> {
    tokens: &'a [Token],
    sentences: Vec<Vec<Word>>,
}

/// How many words before one of a form a negation reaches: the verb between them is often the one denied.
const REACH: usize = 3;

struct Word {
    text: String,
    /// Of "co2" the letters, elsewhere empty.
    letters: String,
    at: usize,
}

/// A number as it is compared: digits without separators.
fn canon(text: &str) -> String {
    small_number(text).map_or_else(|| text.to_owned(), |n| n.to_string())
}

impl<'a> Sentences<'a> {
    pub fn of(tokens: &'a [Token]) -> Self {
        let word = |(at, token): (usize, &Token)| {
            let text = match token.kind {
                Kind::Word => canon(&token.text),
                Kind::Number(n) => n.value.to_string(),
                Kind::Mark => return None,
            };
            let letters: String = if token.is_word() && text.contains(|c: char| c.is_ascii_digit())
            {
                text.chars().take_while(|c| c.is_alphabetic()).collect()
            } else {
                String::new()
            };
            Some((token.sentence, Word { text, letters, at }))
        };
        let mut sentences: Vec<Vec<Word>> = Vec::new();
        let mut last = None;
        for (sentence, word) in tokens.iter().enumerate().filter_map(word) {
            if last != Some(sentence) {
                sentences.push(Vec::new());
            }
            last = Some(sentence);
            if let Some(words) = sentences.last_mut() {
                words.push(word);
            }
        }
        Self { tokens, sentences }
    }

    /// Whether all slots of the form stand within twice as many words and four, in one sentence, and none is denied.
    pub fn say(&self, form: &str) -> bool {
        let slots: Vec<Vec<String>> = form
            .split_whitespace()
            .take(16)
            .map(|slot| slot.split('|').map(|c| canon(&c.to_lowercase())).collect())
            .collect();
        if slots.is_empty() {
            return false;
        }
        let negative = slots.iter().flatten().any(|choice| is_negation(choice));
        self.sentences
            .iter()
            .any(|words| self.sentence_says(words, &slots, negative))
    }

    fn sentence_says(&self, words: &[Word], slots: &[Vec<String>], negative: bool) -> bool {
        let span = 2 * slots.len() + 4;
        // For each slot where it stands, denials left out.
        let mut seen: Vec<Vec<usize>> = vec![Vec::new(); slots.len()];
        for (place, word) in words.iter().enumerate() {
            let hits: Vec<usize> = (0..slots.len())
                .filter(|s| slots[*s].iter().any(|choice| same(choice, word)))
                .collect();
            if !hits.is_empty()
                && (negative || !denied_within(self.tokens, word.at, word.at + 1, REACH))
            {
                hits.into_iter().for_each(|s| seen[s].push(place));
            }
        }
        let mut starts: Vec<usize> = seen.iter().flatten().copied().collect();
        starts.sort_unstable();
        starts.dedup();
        starts.iter().any(|start| {
            seen.iter().all(|places| {
                let next = places.partition_point(|p| p < start);
                places.get(next).is_some_and(|p| *p < start + span)
            })
        })
    }
}

fn same(choice: &str, word: &Word) -> bool {
    let fits = |text: &str| match choice.strip_suffix('*') {
        Some(stem) => text.starts_with(stem),
        None => same_word(choice, text),
    };
    fits(&word.text) || (!word.letters.is_empty() && fits(&word.letters))
}

#[cfg(test)]
mod tests {
    use crate::facts::says;

    #[test]
    fn forms_are_said_in_any_order_and_not_denied() {
        for (form, text, said) in [
            ("trap* gas|bubble", "It traps the gas.", true),
            ("trap* gas|bubble", "The bubbles are trapped.", true),
            ("trap* gas|bubble", "It traps heat. Gas is made.", false),
            ("trap* gas", "It does not trap the gas.", false),
            ("trap* gas", "It traps heat rather than gas.", false),
            (
                "trap* gas",
                "Contrary to what one reads, gas is trapped.",
                true,
            ),
            ("trap* gas", "The claim that it traps gas is false.", false),
            ("trap* gas", "It's a myth that gluten traps gas.", false),
            ("not trap* gas", "It does not trap the gas.", true),
            ("lung", "It goes to the lungs.", true),
            ("2 wheel", "It has two wheels.", true),
            ("14400", "14,400 years", true),
            ("co gas", "CO2 gas", true),
            ("1712", "in 1712", true),
            (
                "left thick*",
                "The left one is a very much and far more and really and truly thick wall.",
                false,
            ),
            ("*", "anything", true),
            ("", "anything", false),
        ] {
            assert_eq!(says(text, form), said, "{form}: {text}");
        }
    }
}
