//! What two answers to one question have in common beyond question, reference and chance.

use std::collections::HashMap;

use super::align::found;
use super::told::Told;
use crate::scoring::round::{Answer, Asked};
use crate::scoring::words::words;
use truth::Truth;
use truth::value::Partial;

/// What honest answers to one question have in common of the shorter one, by weight.
const BY_CHANCE: f64 = 0.4;
/// A word of a quotation tells little, and all of them together no more than this: good quotations are few.
const QUOTED: f64 = 0.4;
const MOST_QUOTED: f64 = 2.5;

/// Of fewer words honest answers may be the same: they tell for a pair only by what they say, over many rounds.
pub(super) const LEAST_WORDS: usize = 7;

/// What one round may say for and against a pair in its record: none alone decides.
const MOST_GAINED: f64 = 4.0;
const MOST_LOST: f64 = 1.0;

/// In words of an author's own, as it were: how much more of the answer with less to say stands in the other, sentence
/// by sentence, than honest answers have in common. Halves, frames, another order, synonyms and slips of the pen change
/// little of it. Positive for a suspicion, negative for answers of two hands.
pub(super) fn in_common(a: &Told, b: &Told) -> f64 {
    let quotes = a.quotes().min(b.quotes()).max(1);
    let quoted = QUOTED.min(MOST_QUOTED / quotes as f64);
    let (fewer, more) = match a.weight(quoted) <= b.weight(quoted) {
        true => (a, b),
        false => (b, a),
    };
    let (mut all, mut there) = (0.0, 0.0);
    for sentence in fewer.sought(quoted) {
        all += sentence.iter().map(|(_, weight)| weight).sum::<f64>();
        there += found(&sentence, more.words());
    }
    let more_than_chance = there - BY_CHANCE * all;
    match fewer.words().len() < LEAST_WORDS {
        true => more_than_chance.min(0.0),
        false => more_than_chance,
    }
}

/// The answers to one question.
pub(super) struct Crowd<'t> {
    answers: usize,
    /// How often each text was given.
    texts: HashMap<&'t [String], usize>,
}

impl<'t> Crowd<'t> {
    pub fn of(told: impl Iterator<Item = &'t Told>) -> Self {
        let mut crowd = Self {
            answers: 0,
            texts: HashMap::new(),
        };
        for one in told {
            crowd.answers += 1;
            *crowd.texts.entry(one.words()).or_default() += 1;
        }
        crowd
    }

    /// What the round adds to a pair's record. The same words, too few to prove anything by themselves, count by how rare
    /// they are: a wrong value that nobody else gives tells much, a right one nothing.
    pub fn gained(
        &self,
        a: &Told,
        b: &Told,
        in_common: f64,
        is_right: impl FnOnce() -> bool,
    ) -> f64 {
        let gained = match same(a, b) {
            true if is_right() => in_common.max(0.0),
            true => in_common.max(self.rarity(a)),
            false => in_common,
        };
        gained.clamp(-MOST_LOST, MOST_GAINED)
    }

    /// The logarithm of the share of the others who don't give this text, with one vote for and one against.
    fn rarity(&self, told: &Told) -> f64 {
        let same = self.texts.get(told.words()).copied().unwrap_or(0);
        let others = self.answers.saturating_sub(2);
        ((others + 2) as f64 / (same.saturating_sub(2) + 1) as f64).ln()
    }
}

/// Whether two answers are one text word for word.
pub(super) fn same(a: &Told, b: &Told) -> bool {
    !a.words().is_empty() && a.words() == b.words()
}

/// Whether a short answer is right, as the judges read it; where no value can be read, whether it says nothing but what the
/// reference says. Of other truths nobody can say, so it counts as right.
pub(super) fn is_right(answer: &Answer, asked: Asked) -> bool {
    let text = answer.text.as_str();
    let credit = match asked.truth() {
        Truth::Set { items } => truth::set::set_f1(items, text),
        Truth::Ranking { items } => truth::ranking::ranking(items, text),
        Truth::Open {} => {
            let reference = asked.reference().map(words);
            return reference.is_none_or(|r| words(text).iter().all(|word| r.contains(word)));
        }
        Truth::Quote { fact, .. } => return is_value(fact, text),
        truth => return is_value(truth, text),
    };
    credit.value >= 1.0
}

fn is_value(truth: &Truth, text: &str) -> bool {
    let credit = truth::value::value(truth, text, &Partial::default());
    credit.is_none_or(|credit| credit.value >= 1.0)
}
