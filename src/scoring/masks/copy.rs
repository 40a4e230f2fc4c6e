//! One miner's text given again by another.
//!
//! Two answers are near when both their embeddings and their words are. Compared are the runs of three
//! words that stand neither in the question nor in the passage nor in any other message: honest answers
//! to one question have nearly all meaning and many quotations in common, but not the words of their
//! own. (Recorded answers of the reference miners: of two honest ones 0.2 of the own runs are common at
//! the median and 0.67 at the 99th percentile; of a lightly edited copy 0.95, at the 1st 0.69.) An
//! answer that is all quotation gives no evidence, and is left alone.
//!
//! Of near answers the first keeps its reward and the others are cut, also those that are near only to
//! a cut one (a copy of a copy). First is the miner with the shortest time of its own (connection to last
//! byte; our queue does not count): a copier has to wait for the text that it copies. Equal times, or
//! none measured, decide nothing, so then the older registration is first (a newcomer copies a veteran,
//! not the other way round), then the smaller hotkey. So of equal texts exactly one is paid: a person
//! with many hotkeys behind one answer gains nothing by answering with all at once, and a copier that
//! arrives at the same instant can't take the reward of an older miner. What this can't see is a copier
//! that stands nearer to us than its victim by more than the time it loses.

use super::{Mark, Mask};
use crate::scoring::Fault;
use crate::scoring::engines::{Demand, Evidence, ModelRef};
use crate::scoring::round::{Answer, Asked, Round};
use crate::scoring::similarity::cosine;
use crate::scoring::words::{Runs, words};
use crate::types::Seat;

pub(super) struct Copies {
    pub encoder: ModelRef,
    pub near: Near,
    /// What is left to a copy.
    pub factor: f64,
}

/// From where on two answers are one text.
pub(super) struct Near {
    pub cosine: f64,
    /// Share of the runs of the answer with fewer own ones: padding a copy does not hide it.
    pub overlap: f64,
    pub runs: usize,
}

impl Mask for Copies {
    fn demand(&self, round: &Round) -> Demand {
        Demand::texts(&self.encoder, round.texts())
    }

    fn apply(&self, round: &Round, evidence: &Evidence) -> Result<Vec<Mark>, Fault> {
        let vectors = evidence.of(&self.encoder)?;
        let texts = round.texts().map(|text| vectors.text(text));
        let texts = texts.collect::<Result<Vec<_>, Fault>>()?;
        Ok(marks(&self.near, self.factor, round, &texts))
    }
}

/// `vectors` are the answers' embeddings, in their order.
fn marks(near: &Near, factor: f64, round: &Round, vectors: &[&[f32]]) -> Vec<Mark> {
    let answers = round.answers();
    let own = |(answer, asked): (&Answer, Asked)| {
        let prompt = asked.given().chain([asked.question()]);
        let prompt: Vec<Runs> = prompt.map(|text| Runs::of(&words(text))).collect();
        Runs::of(&words(&answer.text)).without(&prompt)
    };
    let own: Vec<Runs> = round.asked().map(own).collect();

    let mut order: Vec<usize> = (0..answers.len()).collect();
    order.sort_by_key(|i| {
        let a = &answers[*i];
        (a.took, a.seat.miner.registered_at, a.seat.miner.hotkey)
    });
    let mut marks = vec![Mark::pass(); answers.len()];
    for (place, later) in order.iter().enumerate() {
        let copied = order[..place].iter().find_map(|earlier| {
            // A miner is no copier of itself, and an answer to one question none to another.
            let (one, other) = (&answers[*earlier], &answers[*later]);
            if one.seat.miner == other.seat.miner || !round.share_a_question(one, other) {
                return None;
            }
            let angle = cosine(vectors[*earlier], vectors[*later]);
            if angle < near.cosine {
                return None;
            }
            let common = own[*earlier].common(&own[*later]);
            let fewer = own[*earlier].len().min(own[*later].len());
            let overlap = common as f64 / fewer.max(1) as f64;
            (common >= near.runs && overlap >= near.overlap).then_some((*earlier, angle, overlap))
        });
        if let Some((earlier, angle, overlap)) = copied {
            let Seat { uid, miner } = answers[earlier].seat;
            let reason = format!(
                "after uid {uid} ({}): cosine {angle:.3}, {overlap:.2} of its own words",
                miner.hotkey
            );
            marks[*later] = Mark::cut(factor, reason);
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scoring::tests::fixture;
    use crate::types::{Response, Timing};

    const NEAR: Near = Near {
        cosine: 0.9,
        overlap: 0.6,
        runs: 4,
    };
    const TEXT: &str = "the moon pulls the water of the sea into two bulges";
    const EDITED: &str = "Indeed, the moon pulls the water of the sea into two big bulges.";
    const OWN: &str = "two bulges in the sea follow from the pull of the moon on water";

    const QUOTED: &str =
        "Twice a day the sea comes in, and twice a day it goes out again, all over the world.";

    fn answer(id: u8, text: &str, ms: u64, registered_at: u64) -> Response {
        let mut response = fixture::response(id, fixture::answer(text), ms);
        response.seat.miner.registered_at = registered_at;
        response
    }

    fn round(answers: &[Response]) -> Round {
        let exchange = fixture::asked(
            &["Answer from the passage."],
            "Why is there a tide?",
            Some((QUOTED, "")),
            answers.to_vec(),
        );
        Round::of(&exchange)
    }

    /// All embeddings alike.
    fn cut(answers: &[Response]) -> Vec<bool> {
        let vectors: Vec<&[f32]> = answers.iter().map(|_| [1.0, 0.0].as_slice()).collect();
        let marks = marks(&NEAR, 0.1, &round(answers), &vectors);
        for mark in &marks {
            let passed = mark.value == 1.0 && mark.reason.is_empty();
            assert!(passed || mark.value == 0.1 && mark.reason.contains("own words"));
        }
        marks.iter().map(|m| m.value < 1.0).collect()
    }

    #[test]
    fn the_later_of_two_near_texts_is_cut_wherever_it_stands() {
        let (first, later) = (answer(1, TEXT, 100, 1), answer(2, EDITED, 160, 1));
        assert_eq!(cut(&[first.clone(), later.clone()]), [false, true]);
        assert_eq!(cut(&[later, first]), [true, false]);
    }

    #[test]
    fn near_in_meaning_alone_or_in_words_alone_is_no_copy() {
        let answers = [answer(1, TEXT, 100, 1), answer(2, OWN, 160, 1)];
        assert_eq!(cut(&answers), [false, false]);
        let answers = [answer(1, TEXT, 100, 1), answer(2, EDITED, 160, 1)];
        let apart = marks(&NEAR, 0.1, &round(&answers), &[&[1.0, 0.0], &[0.5, 1.0]]);
        assert!(apart.iter().all(|m| *m == Mark::pass()));
    }

    #[test]
    fn short_answers_may_coincide() {
        let text = "In the year 1967.";
        assert_eq!(
            cut(&[answer(1, text, 100, 1), answer(2, text, 160, 1)]),
            [false, false]
        );
    }

    #[test]
    fn a_quotation_of_the_passage_is_nobodys_own() {
        let (one, other) = (
            format!("In short, {QUOTED}"),
            format!("The text says: {QUOTED}"),
        );
        assert_eq!(
            cut(&[answer(1, &one, 100, 1), answer(2, &other, 160, 1)]),
            [false, false]
        );
        let (one, other) = (format!("{TEXT} {QUOTED}"), format!("{QUOTED} {EDITED}"));
        assert_eq!(
            cut(&[answer(1, &one, 100, 1), answer(2, &other, 160, 1)]),
            [false, true]
        );
    }

    #[test]
    fn of_equal_times_the_older_registration_then_the_smaller_hotkey_is_first() {
        let answers = [
            answer(1, TEXT, 100, 9),
            answer(2, TEXT, 100, 5),
            answer(3, TEXT, 100, 5),
        ];
        assert_eq!(cut(&answers), [true, false, true]);
    }

    #[test]
    fn an_unmeasured_time_is_never_first() {
        let mut unknown = answer(1, TEXT, 0, 1);
        unknown.timing = Timing::default();
        assert_eq!(cut(&[unknown, answer(2, TEXT, 5_000, 9)]), [true, false]);
    }

    #[test]
    fn a_copy_of_a_copy_is_cut_too() {
        let changed = "Indeed, the moon pulls the water of the sea into two big humps of one kind.";
        let answers = [
            answer(1, TEXT, 100, 1),
            answer(2, EDITED, 150, 1),
            answer(3, changed, 200, 1),
        ];
        assert_eq!(cut(&answers), [false, true, true]);
    }

    /// What the tokenizer drops (so that all meaning stays) is put into every third word of a copy.
    #[test]
    fn what_nobody_sees_hides_no_copy() {
        let unseen = [
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{2060}',
            '\u{feff}',
            '\u{ad}',
            '\u{61c}',
            '\u{180e}',
            '\u{200e}',
            '\u{200f}',
            '\u{202a}',
            '\u{202e}',
            '\u{2061}',
            '\u{2064}',
            '\u{2066}',
            '\u{206f}',
            '\u{34f}',
            '\u{301}',
            '\u{308}',
            '\u{fe00}',
            '\u{fe0f}',
            '\u{fff9}',
            '\u{fffb}',
            '\u{fffd}',
            '\u{1}',
            '\u{7f}',
            '\u{85}',
            '\u{e000}',
            '\u{e0061}',
            '\u{e0100}',
        ];
        let caught = unseen.iter().filter(|c| {
            let spoil = |(n, word): (usize, &str)| match n % 3 {
                0 => format!("{}{c}{}", &word[..1], &word[1..]),
                _ => word.to_owned(),
            };
            let copy: Vec<String> = TEXT.split(' ').enumerate().map(spoil).collect();
            cut(&[answer(1, TEXT, 100, 1), answer(2, &copy.join(" "), 160, 1)]) == [false, true]
        });
        assert_eq!(caught.count(), unseen.len());
        // An honest text of its own is left alone, whatever stands in it.
        let own = OWN.replace("sea", "s\u{200b}ea");
        assert_eq!(
            cut(&[answer(1, TEXT, 100, 1), answer(2, &own, 160, 1)]),
            [false, false]
        );
    }

    proptest! {
        /// However many hotkeys give one text, in whatever order and time: exactly one is paid.
        #[test]
        fn one_text_is_paid_once(times in prop::collection::vec((0..5u64, 0..3u64), 1..12)) {
            let answers: Vec<Response> = times.iter().zip(0..).map(|((ms, block), id)| answer(id, TEXT, *ms, *block)).collect();
            prop_assert_eq!(cut(&answers).iter().filter(|c| !**c).count(), 1);
        }

        #[test]
        fn the_order_in_the_batch_does_not_matter(
            picks in prop::collection::vec((0..3usize, 0..4u64), 1..10),
            turn in 0..10usize,
        ) {
            let mut answers: Vec<Response> = picks.iter().zip(0..)
                .map(|((text, ms), id)| answer(id, [TEXT, EDITED, OWN][*text], *ms, 1)).collect();
            let mut before = cut(&answers);
            let turn = turn % answers.len();
            answers.rotate_left(turn);
            before.rotate_left(turn);
            prop_assert_eq!(cut(&answers), before);
        }
    }
}
