//! Who is cut, by how much, and what is remembered.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::scoring::tests::fixture;
use crate::types::{Family, PairTable, Response, Timing};

pub const COPIES: Copies = Copies {
    min_evidence: 1.75,
    pair_evidence: 10.0,
    memory: 50.0,
    margin: Duration::from_millis(100),
    factor: 0.1,
};
const TEXT: &str = "the moon pulls the water of the sea into two bulges";
const EDITED: &str = "Indeed, the moon pulls the water of the sea into two big bulges.";
const OWN: &str = "two heaps of water follow our companion, and we turn below them";
const QUOTED: &str =
    "Twice a day the sea comes in, and twice a day it goes out again, all over the world.";

fn answer(id: u8, text: &str, ms: u64) -> Response {
    fixture::response(id, fixture::answer(text), ms)
}

fn round(family: Family, answers: &[Response]) -> Round {
    let mut exchange = fixture::asked(
        &["Answer from the passage."],
        "Why is there a tide?",
        Some((QUOTED, "It is the Moon.")),
        answers.to_vec(),
    );
    exchange.challenge.family = family;
    Round::of(&exchange)
}

/// What is left of each.
fn left(family: Family, answers: &[Response]) -> Vec<f64> {
    let marks = COPIES.marks(&round(family, answers));
    for mark in &marks {
        let whole = mark.value == 1.0 && mark.reason.is_empty() && mark.source.is_none();
        assert!(whole || mark.value < 1.0 && mark.source.is_some() && !mark.reason.is_empty());
    }
    marks.iter().map(|m| m.value).collect()
}

/// Of a question drawn for the round.
fn fresh(answers: &[Response]) -> Vec<f64> {
    left(Family::Reading, answers)
}

/// Of a question that could be known before.
fn known(answers: &[Response]) -> Vec<f64> {
    left(Family::Documents, answers)
}

#[test]
fn of_a_fresh_question_who_is_first_by_far_is_the_author() {
    let (first, later) = (answer(1, TEXT, 100), answer(2, EDITED, 260));
    assert_eq!(fresh(&[first.clone(), later.clone()]), [1.0, 0.1]);
    assert_eq!(fresh(&[later, first]), [0.1, 1.0]);
}

#[test]
fn within_the_margin_nobody_is() {
    assert_eq!(
        fresh(&[answer(1, TEXT, 100), answer(2, EDITED, 160)]),
        [0.1, 0.1]
    );
}

/// A miner that waited in our queue may have heard the question from a sister that did not.
#[test]
fn who_came_later_by_our_clock_is_no_author_however_fast() {
    let mut waited = answer(1, TEXT, 5);
    waited.timing.queue += Duration::from_secs(1);
    assert_eq!(fresh(&[waited, answer(2, EDITED, 600)]), [0.1, 0.1]);
}

/// The measured case: a thief with cached answers is faster than its victim, in every round.
#[test]
fn of_a_question_that_could_be_known_speed_makes_no_author() {
    for (thief, victim) in [(5, 900), (900, 5), (100, 100)] {
        assert_eq!(
            known(&[answer(1, TEXT, thief), answer(2, TEXT, victim)]),
            [0.1, 0.1]
        );
    }
}

#[test]
fn an_unmeasured_time_is_never_first() {
    let mut unknown = answer(1, TEXT, 0);
    unknown.timing = Timing::default();
    assert_eq!(fresh(&[unknown, answer(2, TEXT, 5_000)]), [0.1, 1.0]);
}

#[test]
fn a_copy_of_a_copy_is_cut_too() {
    let changed = "Indeed, the moon pulls the water of the sea into two big humps of one kind.";
    let answers = [
        answer(1, TEXT, 100),
        answer(2, EDITED, 350),
        answer(3, changed, 600),
    ];
    let left = fresh(&answers);
    assert!(left[0] == 1.0 && left[1] < 0.2 && left[2] < 0.2, "{left:?}");
}

#[test]
fn only_answers_to_one_question_are_compared() {
    let mut exchange = fixture::asked(
        &["Answer."],
        "Why is there a tide?",
        None,
        vec![answer(1, TEXT, 100), answer(2, TEXT, 100)],
    );
    let more = exchange.challenge.questions[0].clone();
    exchange.challenge.questions.push(more);
    exchange.responses[1].question = Some(1);
    let marks = COPIES.marks(&Round::of(&exchange));
    assert!(marks.iter().all(|m| m.value == 1.0 && m.pairs.is_empty()));
}

#[test]
fn own_words_short_answers_and_quotations_are_no_copies() {
    let pairs = [
        (TEXT, OWN),
        ("In the year 1967.", "In the year 1967."),
        (
            "It happened in the year 1967.",
            "It happened in the year 1967.",
        ),
        (QUOTED, QUOTED),
        (
            "In short, twice a day the sea comes in, and twice a day it goes out again",
            "The text says: twice a day the sea comes in, and twice a day it goes out again.",
        ),
    ];
    for (one, other) in pairs {
        assert_eq!(
            known(&[answer(1, one, 100), answer(2, other, 100)]),
            [1.0, 1.0],
            "{other}"
        );
    }
    // The planted positive: own words around the quotation.
    let (one, other) = (format!("{TEXT}. {QUOTED}"), format!("{QUOTED} {EDITED}"));
    assert_eq!(
        known(&[answer(1, &one, 100), answer(2, &other, 100)]),
        [0.1, 0.1]
    );
}

/// What the tokenizer drops (so that all meaning stays) is put into every third word of a copy.
#[test]
fn what_nobody_sees_hides_no_copy() {
    let unseen = "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{61c}\u{180e}\u{200e}\u{200f}\u{202a}\u{202e}\u{2061}\
                  \u{2064}\u{2066}\u{206f}\u{34f}\u{301}\u{308}\u{fe00}\u{fe0f}\u{fff9}\u{fffb}\u{fffd}\u{1}\u{7f}\u{85}\
                  \u{e000}\u{e0061}\u{e0100}";
    for c in unseen.chars() {
        let spoil = |(n, word): (usize, &str)| match n % 3 {
            0 => format!("{}{c}{}", &word[..1], &word[1..]),
            _ => word.to_owned(),
        };
        let copy: Vec<String> = TEXT.split(' ').enumerate().map(spoil).collect();
        let answers = [answer(1, TEXT, 100), answer(2, &copy.join(" "), 100)];
        assert_eq!(known(&answers), [0.1, 0.1], "{}", c.escape_unicode());
        let own = OWN.replace("water", &format!("wa{c}ter"));
        let answers = [answer(1, TEXT, 100), answer(2, &own, 100)];
        assert_eq!(known(&answers), [1.0, 1.0]);
    }
}

/// Plays rounds with the given answers of two miners, beside eight others, and returns the record of the two.
fn play<'a>(rounds: impl IntoIterator<Item = (&'a str, &'a str)>) -> (PairRecord, Vec<f64>) {
    let mut table = PairTable::new();
    let mut left = Vec::new();
    for (one, other) in rounds {
        let mut answers = vec![answer(1, one, 100), answer(2, other, 100)];
        let others = [
            "a tide", "the wind", "no idea", "rivers", "salt", "fish", "1969", "whales",
        ];
        answers.extend(
            others
                .iter()
                .zip(3..)
                .map(|(text, id)| answer(id, text, 100)),
        );
        let round = round(Family::Documents, &answers).after(&table);
        let marks = COPIES.marks(&round);
        left.push(marks[0].value);
        table.extend(marks.into_iter().flat_map(|m| m.pairs));
    }
    let pair = Pair::of(answer(1, "", 1).seat.miner, answer(2, "", 1).seat.miner);
    (table.remove(&pair.unwrap()).unwrap_or_default(), left)
}

#[test]
fn one_wrong_value_given_by_two_over_and_over_proves_them() {
    let (record, left) = play([("1967", "1967"); 8]);
    assert!(record.proven && record.agreed == 8, "{record:?}");
    assert_eq!(left.first(), Some(&1.0), "one round proves nothing");
    assert_eq!(left.last(), Some(&0.1));
}

#[test]
fn right_short_answers_prove_nothing_however_often_they_agree() {
    let (record, left) = play([("The Moon.", "the moon"); 200]);
    assert!(!record.proven && record.evidence == 0.0, "{record:?}");
    assert!(left.iter().all(|l| *l == 1.0));
}

#[test]
fn who_stops_copying_is_free_again() {
    let copying = [("1967", "1967"); 20];
    let (proven, _) = play(copying);
    assert!(proven.proven);
    let (record, _) = play(copying.into_iter().chain([(TEXT, OWN); 30]));
    assert!(!record.proven && record.rounds == 50, "{record:?}");
}

proptest! {
    /// However many hotkeys give one text, in whatever order and time: all of them together earn no more than twice what
    /// is left of one.
    #[test]
    fn many_hotkeys_behind_one_text_gain_nothing(times in prop::collection::vec(0..5u64, 2..12)) {
        let answers: Vec<Response> =
            times.iter().zip(0..).map(|(ms, id)| answer(id, TEXT, *ms)).collect();
        for left in [known(&answers), fresh(&answers)] {
            prop_assert!(left.iter().sum::<f64>() <= 2.0 * COPIES.factor + 1e-9);
        }
    }

    #[test]
    fn the_order_in_the_batch_does_not_matter(
        picks in prop::collection::vec((0..3usize, 0..4u64), 1..10),
        turn in 0..10usize,
    ) {
        let mut answers: Vec<Response> = picks.iter().zip(0..)
            .map(|((text, ms), id)| answer(id, [TEXT, EDITED, OWN][*text], 90 * ms)).collect();
        let mut before = fresh(&answers);
        let turn = turn % answers.len();
        answers.rotate_left(turn);
        before.rotate_left(turn);
        prop_assert_eq!(fresh(&answers), before);
    }

    #[test]
    fn a_record_is_bounded_and_more_evidence_never_makes_less(
        gains in prop::collection::vec((-1.0..=4.0f64, 0.0..=1.0f64), 1..60),
    ) {
        let run = |more: bool| gains.iter().fold(PairRecord::default(), |record, (gain, extra)| {
            let gained = if more { gain + extra } else { *gain };
            COPIES.remember(record, gained, false)
        });
        let (less, more) = (run(false), run(true));
        prop_assert!((0.0..=2.0 * COPIES.pair_evidence).contains(&less.evidence));
        prop_assert!(more.evidence >= less.evidence - 1e-9);
        prop_assert_eq!(less.rounds as usize, gains.len());
        prop_assert!(less.agreed <= less.rounds);
    }
}
