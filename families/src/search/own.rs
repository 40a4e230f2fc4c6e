//! Texts of one's own, in which facts are planted.

use super::Document;
use crate::invent::Chance;
use crate::reading::compose::Sentence;

/// Of a longer text a part is shown.
const SHOWN: usize = 2_000;

/// A document of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// How an answer is to name it.
    pub name: String,
    /// In whole sentences, or the facts are planted between paragraphs.
    pub text: String,
}

/// So many of them, each once.
pub(super) fn chosen<'t>(texts: &'t [Text], count: usize, chance: &mut Chance) -> Vec<&'t Text> {
    let mut chosen: Vec<&Text> = texts.iter().collect();
    chance.shuffle(&mut chosen);
    chosen.truncate(count);
    chosen
}

/// Puts each document's sentences into the text of its name, in their order.
pub(super) fn plant(documents: &mut [Document], own: &[&Text], chance: &mut Chance) {
    for (document, text) in documents.iter_mut().zip(own) {
        let mut sentences: Vec<Sentence> = sentences(&text.text, chance).map(plain).collect();
        let mut at = 0;
        for planted in std::mem::take(&mut document.sentences) {
            at += chance.below(sentences.len() + 1 - at);
            sentences.insert(at, planted);
            at += 1;
        }
        document.sentences = sentences;
    }
}

fn plain(text: &str) -> Sentence {
    Sentence {
        text: text.to_owned(),
        facts: Vec::new(),
    }
}

/// Up to [`SHOWN`] characters of a text, from a sentence on that chance picks, where it is longer.
fn sentences<'t>(text: &'t str, chance: &mut Chance) -> impl Iterator<Item = &'t str> {
    let all: Vec<&str> = text
        .split_inclusive(['.', '!', '?', '\n'])
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
        .collect();
    let first = match text.len() > SHOWN {
        true => chance.below(all.len().max(1)),
        false => 0,
    };
    let mut left = SHOWN;
    all.into_iter().skip(first).take_while(move |sentence| {
        let fits = sentence.len() <= left;
        left = left.saturating_sub(sentence.len());
        fits
    })
}

#[cfg(test)]
mod tests {
    use truth::Truth;

    use super::*;
    use crate::{Difficulty, search};

    #[test]
    fn the_evidence_stands_in_a_text_of_ones_own_and_the_text_around_it() {
        let text = |n: u8| Text {
            name: format!("note-{n}.md"),
            text: format!("This is note {n}. It speaks of nothing else!\nIt has an end."),
        };
        let own: Vec<Text> = (0..9).map(text).collect();
        for variant in 0..20 {
            let drawn = search::draw_in(&own, Difficulty(0.3), 1, variant);
            let Truth::Quote {
                document, evidence, ..
            } = &drawn.truth
            else {
                unreachable!("a quotation");
            };
            let all = own.iter().position(|text| text.name == *document);
            let note = format!("This is note {}.", all.unwrap_or(99));
            assert!(drawn.material.contains(&note), "{}", drawn.material);
            assert!(drawn.material.contains(evidence.as_str()) && !evidence.is_empty());
            assert!(drawn.material.contains("It speaks of nothing else!"));
        }
    }

    #[test]
    fn a_long_text_is_shown_in_part() {
        let own = [Text {
            name: "long".into(),
            text: "A sentence of some words. ".repeat(1_000),
        }];
        let drawn = search::draw_in(&own, Difficulty(0.0), 1, 1);
        assert!(drawn.material.len() < 2 * SHOWN + 3_000);
    }
}
