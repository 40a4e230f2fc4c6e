//! Labels of items: against gold where there is some, else against what most other miners of the round say, each heard as
//! far as its own gold labels are right.

use std::collections::BTreeMap;

use truth::Truth;
use truth::labels;

use super::{Judge, Opinion, typed};
use crate::scoring::Fault;
use crate::scoring::engines::Evidence;
use crate::scoring::round::{Answer, Round};

/// Of fewer voices no majority is drawn.
const VOICES: usize = 3;

pub(super) struct Labels;

/// What one miner said of the items, and how far it is heard.
struct Voice {
    said: Vec<Option<String>>,
    weight: f64,
}

impl Judge for Labels {
    fn score(&self, round: &Round, _: &Evidence) -> Result<Vec<Option<Opinion>>, Fault> {
        let voices: Vec<Option<Voice>> = round.answers().iter().map(|a| voice(round, a)).collect();
        let judged = round.asked().enumerate().map(|(n, (answer, asked))| {
            let Truth::Labels { labels, gold } = asked.truth() else {
                return None;
            };
            let others = round.answers().iter().zip(&voices).enumerate();
            let others: Vec<&Voice> = others
                .filter(|(i, (other, _))| *i != n && answer.asked() == other.asked())
                .filter_map(|(_, (_, voice))| voice.as_ref())
                .collect();
            let known = gold.iter().enumerate();
            let known: Vec<Option<String>> = known
                .map(|(item, gold)| gold.clone().or_else(|| majority(&others, item)))
                .collect();
            labels::labels(labels, &known, &answer.text).map(typed::opinion)
        });
        Ok(judged.collect())
    }
}

/// A miner without a right gold label isn't heard; where no gold is known all are heard alike.
fn voice(round: &Round, answer: &Answer) -> Option<Voice> {
    let Truth::Labels { labels, gold } = round.of_answer(answer).truth() else {
        return None;
    };
    let credit = labels::labels(labels, gold, &answer.text);
    Some(Voice {
        said: labels::read(labels, gold.len(), &answer.text),
        weight: credit.map_or(1.0, |credit| credit.value),
    })
}

/// The label that more than half of the weight is for, if enough speak.
fn majority(voices: &[&Voice], item: usize) -> Option<String> {
    let mut weights = BTreeMap::<&String, f64>::new();
    let mut count = 0;
    for voice in voices.iter().filter(|voice| voice.weight > 0.0) {
        if let Some(Some(label)) = voice.said.get(item) {
            *weights.entry(label).or_default() += voice.weight;
            count += 1;
        }
    }
    let all: f64 = weights.values().sum();
    let most = weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(most.0.clone()).filter(|_| count >= VOICES && most.1 * 2.0 > all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::scoring::tests::fixture;

    fn worth(gold: [Option<&str>; 3], texts: &[&str]) -> Vec<Option<f64>> {
        let truth = Truth::Labels {
            labels: vec!["cat".into(), "dog".into()],
            gold: gold.map(|g| g.map(str::to_owned)).to_vec(),
        };
        let exchange = fixture::with_truth("", truth, texts);
        let judged = Labels.score(&Round::of(&exchange), &Evidence::default());
        let judged = judged.unwrap().into_iter();
        judged.map(|o| o.map(|o| o.raw)).collect()
    }

    #[test]
    fn gold_decides_where_it_is_known_and_the_heard_majority_elsewhere() {
        let (right, two) = ("1: cat\n2: dog\n3: cat", "1: cat\n2: dog\n3: dog");
        let wrong = "1: dog\n2: cat\n3: dog";
        let full = worth(
            [Some("cat"), Some("dog"), Some("cat")],
            &[right, two, wrong],
        );
        assert!(full[0] == Some(1.0) && full[2] == Some(0.0), "{full:?}");
        assert!((full[1].unwrap() - 2.0 / 3.0).abs() < 1e-9);
        // Three who are right on gold outvote four who are wrong there.
        let gold = [Some("cat"), Some("dog"), None];
        let heard = worth(
            gold,
            &[right, right, right, right, wrong, wrong, wrong, wrong, two],
        );
        assert_eq!(heard[0], Some(1.0), "{heard:?}");
        assert!((heard[8].unwrap() - 2.0 / 3.0).abs() < 1e-9, "{heard:?}");
        assert_eq!(heard[4], Some(0.0));
    }

    #[test]
    fn few_voices_decide_nothing() {
        let right = "1: cat\n2: dog\n3: cat";
        assert_eq!(worth([None; 3], &[right, right]), [None, None]);
        assert_eq!(worth([Some("cat"), None, None], &[right]), [Some(1.0)]);
        let all = worth([None; 3], &[right; 4]);
        assert_eq!(all, [Some(1.0); 4]);
    }
}
