//! Whether an answer is in its question's language, and in sentences of it: by script, and by the small words that hold
//! sentences together. A guess for seven languages, and for the others by script alone; a detector of a hundred would be
//! another model to keep, and sure of no short text either.

use std::collections::BTreeMap;

use icu_properties::CodePointMapData;
use icu_properties::props::Script;

use super::Opinion;
use crate::scoring::round::{Answer, Asked};
use crate::scoring::words::{fading, words};

/// The commonest words of each, as they stand without accents.
const SMALL: [&str; 7] = [
    "the of and to in is that it was for are with as by on at from which they this be or its a an not their has have but while because so than when who you can",
    "der die das und ist nicht ein eine zu den dem mit von im fur auf wird sind sich des als auch es an weil war",
    "le la les des et est une un du que qui dans pour pas sur par au avec ce il elle sont plus en de",
    "el la los las y es una un del que en por con para no se su al lo mas como son de",
    "il lo la gli le e un una del della che in per con non si sono di al piu come dei",
    "o a os as e um uma do da dos das que em por com para nao se no na mais sao de",
    "de het een en van is dat in op te zijn met voor niet aan er die door ook als bij",
];

/// From so many words on a text must show its language.
const TELLING: usize = 6;
/// From so many on it must be made of sentences.
const PROSE: usize = 15;

/// Share of small words: below the first a heap of words, above the second prose. (Written answers have a third at the
/// median; notes in the style of a telegram a tenth.)
const LEAST: f64 = 0.02;
const FEW: f64 = 0.1;

/// 1 for prose in the question's language, 0 for another's, less for a heap of words.
pub(in crate::scoring) fn opinion(answer: &Answer, asked: Asked) -> Opinion {
    let (ours, theirs) = (script(asked.question()), script(&answer.text));
    if let (Some(ours), Some(theirs)) = (ours, theirs)
        && ours != theirs
    {
        return said(0.0, "in another script than the question");
    }
    let words = words(&answer.text);
    let Some(language) = language(&self::words(asked.question())) else {
        return Opinion::bare(1.0);
    };
    let hits = |language: usize| small(language, &words);
    let own = hits(language);
    let other = (0..SMALL.len()).map(hits).max().unwrap_or(0);
    if words.len() >= TELLING && other > 2 * own + 1 {
        return said(0.0, "in another language than the question");
    }
    // A list of labels or names holds no sentence, and need not.
    if words.len() < PROSE || asked.is_exact() {
        return Opinion::bare(1.0);
    }
    let share = own as f64 / words.len() as f64;
    said(
        1.0 - fading(share, LEAST, FEW),
        &format!(
            "{:.0} % of the words hold sentences together",
            100.0 * share
        ),
    )
}

fn said(raw: f64, why: &str) -> Opinion {
    Opinion {
        raw,
        why: why.into(),
    }
}

/// The language with most small words among these, if one has any.
fn language(words: &[String]) -> Option<usize> {
    let counts = (0..SMALL.len()).map(|n| (small(n, words), n));
    // Of equals the first: `max_by_key` would give the last.
    let best = counts.rev().max_by_key(|(count, _)| *count);
    best.filter(|(count, _)| *count > 0).map(|(_, n)| n)
}

fn small(language: usize, words: &[String]) -> usize {
    let small = SMALL[language].split(' ');
    let small: std::collections::HashSet<&str> = small.collect();
    words.iter().filter(|w| small.contains(w.as_str())).count()
}

/// The script of most letters, if there are enough to tell. Chinese and Japanese letters are one, since they stand together.
fn script(text: &str) -> Option<Script> {
    const ENOUGH: usize = 8;
    let scripts = CodePointMapData::<Script>::new();
    let mut counts = BTreeMap::<Script, usize>::new();
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        let script = match scripts.get(c) {
            Script::Hiragana | Script::Katakana => Script::Han,
            other => other,
        };
        *counts.entry(script).or_default() += 1;
    }
    let (script, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    Some(script).filter(|_| count >= ENOUGH)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::scoring::round::Round;
    use crate::scoring::tests::fixture;

    fn worth(question: &str, text: &str) -> f64 {
        let response = fixture::response(0, fixture::answer(text), 1);
        let exchange = fixture::asked(&[question], question, None, vec![response]);
        let round = Round::of(&exchange);
        let (answer, asked) = round.asked().next().unwrap();
        opinion(answer, asked).raw
    }

    const ENGLISH: &str = "Why are there two tides a day?";
    const GERMAN: &str = "Warum gibt es an einem Tag zwei Gezeiten, und was ist der Grund?";

    #[test]
    fn the_questions_language_is_expected() {
        for (question, text) in [
            (
                ENGLISH,
                "Because the Earth turns under two bulges of water, one on each side of it.",
            ),
            (ENGLISH, "Two bulges."),
            (ENGLISH, "1802"),
            (
                ENGLISH,
                "Two bulges, one Earth turning: high water twice daily. Cause: pull of the Moon, both sides.",
            ),
            (
                ENGLISH,
                "THE EARTH TURNS UNDER TWO BULGES OF WATER, ONE ON EACH SIDE OF THE GLOBE.",
            ),
            (
                GERMAN,
                "Weil sich die Erde unter zwei Wasserbergen dreht, und der Mond zieht an ihnen.",
            ),
            (
                "Почему прилив бывает дважды в день?",
                "Потому что Земля вращается под двумя горбами воды.",
            ),
        ] {
            assert!(
                worth(question, text) > 0.9,
                "{text}: {}",
                worth(question, text)
            );
        }
    }

    #[test]
    fn another_language_and_a_heap_of_words_are_worth_nothing() {
        for (question, text) in [
            (
                ENGLISH,
                "Weil sich die Erde unter zwei Wasserbergen dreht, und der Mond zieht an ihnen.",
            ),
            (
                ENGLISH,
                "Parce que la Terre tourne sous deux bourrelets d'eau, et la Lune est plus proche.",
            ),
            (
                GERMAN,
                "Because the Earth turns under two bulges of water, one on each side of it.",
            ),
            (
                ENGLISH,
                "Потому что Земля вращается под двумя горбами воды.",
            ),
            (
                ENGLISH,
                "tides two day Earth bulges water side globe Moon gravity Sun twice shore rise fall again",
            ),
        ] {
            assert!(
                worth(question, text) < 0.1,
                "{text}: {}",
                worth(question, text)
            );
        }
    }
}
