//! How much of an answer is taken from what was to be read: an answer is asked for, not the text.

use truth::Truth;

use super::Opinion;
use crate::config::ExtractionRule;
use crate::scoring::round::{Answer, Asked};
use crate::scoring::words::{Runs, fading, words};

/// 1 for an answer in its own words, less for one of nothing but the material's, nothing for most of the material. None
/// where there is no material, or where its very items are asked for.
pub(in crate::scoring) fn opinion(
    rule: &ExtractionRule,
    answer: &Answer,
    asked: Asked,
) -> Option<Opinion> {
    let material = Runs::of(&words(asked.passage()?));
    let evidence = match asked.truth() {
        Truth::Set { .. } | Truth::Ranking { .. } | Truth::Labels { .. } | Truth::Forecast(_) => {
            return None;
        }
        // The sentence that is to be quoted is no one's laziness.
        Truth::Quote { evidence, .. } => Runs::of(&words(evidence)),
        _ => Runs::default(),
    };
    let words = words(&answer.text);
    if words.len() < rule.short {
        return Some(Opinion::bare(1.0));
    }
    let own = Runs::of(&words).without(&[evidence]);
    let (taken, part) = (own.share_in(&material), material.share_in(&own));
    let lazy = 1.0 - (1.0 - rule.lazy) * (1.0 - fading(taken, rule.free, 1.0));
    Some(Opinion {
        raw: lazy * fading(part, rule.part, rule.most),
        why: format!(
            "{:.0} % of the answer is the text's wording, {:.0} % of the text is taken",
            100.0 * taken,
            100.0 * part
        ),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::scoring::tests::fixture;

    const MATERIAL: &str = "The mill at Oster was built in 1764 by Anna Lund. Its wheel turned two stones. A flood broke \
                            the dam in 1802, and the mill stood still for nine years. Today it grinds rye for the bakers of the valley.";

    fn rule() -> ExtractionRule {
        toml::from_str("").unwrap()
    }

    fn worth(text: &str, truth: Truth) -> Option<f64> {
        let exchange = fixture::with_truth(MATERIAL, truth, &[text]);
        let round = crate::scoring::round::Round::of(&exchange);
        let (answer, asked) = round.asked().next().unwrap();
        opinion(&rule(), answer, asked).map(|o| o.raw)
    }

    fn open(text: &str) -> f64 {
        worth(text, Truth::Open {}).unwrap()
    }

    #[test]
    fn what_is_taken_costs_by_how_much_of_both_it_is() {
        let own = open(
            "For almost a decade after the dam had burst nobody could mill any grain there at all.",
        );
        let short = open("1802");
        let extract =
            open("A flood broke the dam in 1802, and the mill stood still for nine years.");
        let half = open(
            "It was like this. A flood broke the dam in 1802, and so, as I read it, nothing could be ground for many years.",
        );
        let most = open(MATERIAL.split_once(" Today").unwrap().0);
        assert!(
            own == 1.0 && short == 1.0 && half > 0.95,
            "{own} {short} {half}"
        );
        assert!(extract > 0.5 && extract < 0.8, "{extract}");
        assert!(most < 0.1, "{most}");
        assert!(open(MATERIAL) < 1e-9);
    }

    #[test]
    fn a_quotation_that_is_asked_for_costs_nothing_and_another_does() {
        let evidence = "A flood broke the dam in 1802, and the mill stood still for nine years.";
        let truth = || Truth::Quote {
            document: "mill".into(),
            evidence: evidence.into(),
            fact: Box::new(Truth::Number {
                value: 1802.0,
                unit: None,
                tolerance: 0.0,
            }),
        };
        assert!(worth(evidence, truth()).unwrap() > 0.99);
        let other =
            "Today it grinds rye for the bakers of the valley. Its wheel turned two stones.";
        assert!(worth(other, truth()).unwrap() < 0.8);
    }

    #[test]
    fn items_that_are_asked_for_are_no_extract() {
        let items = Truth::Set {
            items: vec![vec!["rye".into()]],
        };
        assert_eq!(worth(MATERIAL, items), None);
    }
}
