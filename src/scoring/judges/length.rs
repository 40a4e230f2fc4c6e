//! How long an answer is: a very long one hides what it says. A short one loses nothing by that.

use super::Opinion;
use crate::config::LengthRule;
use crate::scoring::round::{Answer, Asked};
use crate::scoring::words::{fading, words};

/// 1 up to `fair` times the expected length, 0 from `far` times on.
pub(in crate::scoring) fn opinion(rule: &LengthRule, answer: &Answer, asked: Asked) -> Opinion {
    let reference = asked.reference().map_or(0, |r| words(r).len());
    let expected = rule.expected.max(reference);
    let said = words(&answer.text).len();
    let times = said as f64 / expected as f64;
    Opinion {
        raw: fading(times, rule.fair, rule.far),
        why: format!("{said} words where {expected} would do"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::scoring::round::Round;
    use crate::scoring::tests::fixture;

    #[test]
    fn long_loses_and_short_does_not() {
        let rule = toml::from_str("expected = 10\nfair = 2.0\nfar = 4.0").unwrap();
        let worth = |words: usize, reference: usize| {
            let mut exchange = fixture::answers(&["word ".repeat(words).as_str()]);
            exchange.challenge.questions[0].reference = Some("word ".repeat(reference));
            let round = Round::of(&exchange);
            let (answer, asked) = round.asked().next().unwrap();
            opinion(&rule, answer, asked).raw
        };
        for (words, reference, raw) in [
            (1, 10, 1.0),
            (20, 10, 1.0),
            (30, 10, 0.5),
            (40, 10, 0.0),
            (9_000, 10, 0.0),
            (20, 2, 1.0),  // short references count for what is expected
            (60, 30, 1.0), // and long ones for themselves
        ] {
            assert!((worth(words, reference) - raw).abs() < 1e-12, "{words}");
        }
    }
}
