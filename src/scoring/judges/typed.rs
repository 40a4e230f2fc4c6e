//! The truth of a task read off an answer: each function judges the kinds of truth that it knows, and has no say on others.

use truth::value::Partial;
use truth::{Credit, Truth};

use super::Opinion;
use crate::scoring::round::{Answer, Asked};

pub(super) fn value(partial: &Partial, answer: &Answer, asked: Asked) -> Option<Opinion> {
    truth::value::value(asked.truth(), &answer.text, partial).map(opinion)
}

pub(super) fn facts(answer: &Answer, asked: Asked) -> Option<Opinion> {
    let Truth::Facts(facts) = asked.truth() else {
        return None;
    };
    let given = [
        asked.question(),
        asked.passage().unwrap_or_default(),
        asked.reference().unwrap_or_default(),
    ];
    Some(opinion(truth::facts::facts(facts, &given, &answer.text)))
}

pub(super) fn quote(answer: &Answer, asked: Asked) -> Option<Opinion> {
    let Truth::Quote {
        document,
        evidence,
        fact,
    } = asked.truth()
    else {
        return None;
    };
    let exact = Partial::default();
    let credit = truth::quote::quote(document, evidence, fact, &answer.text, &exact);
    Some(opinion(credit))
}

pub(super) fn set_f1(answer: &Answer, asked: Asked) -> Option<Opinion> {
    match asked.truth() {
        Truth::Set { items } => Some(opinion(truth::set::set_f1(items, &answer.text))),
        _ => None,
    }
}

pub(super) fn ranking(answer: &Answer, asked: Asked) -> Option<Opinion> {
    match asked.truth() {
        Truth::Ranking { items } => Some(opinion(truth::ranking::ranking(items, &answer.text))),
        _ => None,
    }
}

pub(super) fn forecast(answer: &Answer, asked: Asked) -> Option<Opinion> {
    match asked.truth() {
        Truth::Forecast(truth) => truth::forecast::forecast(truth, &answer.text).map(opinion),
        _ => None,
    }
}

pub(super) fn opinion(credit: Credit) -> Opinion {
    Opinion {
        raw: credit.value,
        why: credit.why,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use truth::{Asks, Facts, Forecast};

    use super::*;
    use crate::scoring::round::Round;
    use crate::scoring::tests::fixture;

    type Judges = [(&'static str, fn(&Answer, Asked) -> Option<Opinion>); 6];

    const JUDGES: Judges = [
        ("value", |answer, asked| {
            value(&Partial::default(), answer, asked)
        }),
        ("facts", facts),
        ("quote", quote),
        ("set_f1", set_f1),
        ("ranking", ranking),
        ("forecast", forecast),
    ];

    fn names(names: &[&str]) -> Vec<Vec<String>> {
        names.iter().map(|n| vec![(*n).to_owned()]).collect()
    }

    /// A truth, who judges it, a right answer and a wrong one.
    fn cases() -> Vec<(Truth, &'static str, &'static str, &'static str)> {
        let year = Truth::Number {
            value: 1802.0,
            unit: None,
            tolerance: 0.0,
        };
        let facts = Facts {
            must: vec![vec!["flood|high* dam".into()]],
            never: vec!["fire".into()],
        };
        let rise = Forecast {
            asks: Asks::Rise { steps: 1 },
            seen: vec![1.0, 2.0, 1.0, 2.0, 1.0],
            came: vec![2.0],
            after: None,
        };
        let quote = Truth::Quote {
            document: "The mill".into(),
            evidence: "A flood broke the dam in 1802.".into(),
            fact: Box::new(year.clone()),
        };
        vec![
            (year, "value", "1802", "1803"),
            (
                Truth::Facts(facts),
                "facts",
                "The dam broke in a flood.",
                "The dam burnt in a fire.",
            ),
            (
                quote,
                "quote",
                "\"A flood broke the dam in 1802.\" (The mill)\nAnswer: 1802",
                "\"It broke.\" (The farm)\nAnswer: 1803",
            ),
            (
                Truth::Set {
                    items: names(&["Anna Lund", "Bo Berg"]),
                },
                "set_f1",
                "Bo Berg, Anna Lund",
                "Carl Dahl, Dora Ek",
            ),
            (
                Truth::Ranking {
                    items: names(&["Anna Lund", "Bo Berg", "Carl Dahl"]),
                },
                "ranking",
                "1. Anna Lund\n2. Bo Berg\n3. Carl Dahl",
                "1. Carl Dahl\n2. Bo Berg\n3. Anna Lund",
            ),
            (
                Truth::Forecast(rise),
                "forecast",
                "Answer: 0.9",
                "Answer: 0.1",
            ),
        ]
    }

    #[test]
    fn each_kind_of_truth_has_one_judge_which_tells_right_from_wrong_and_says_why() {
        for (truth, judge, right, wrong) in cases() {
            let exchange = fixture::with_truth("", truth, &[right, wrong]);
            let round = Round::of(&exchange);
            for (name, judged) in JUDGES {
                let all = round.asked().map(|(answer, asked)| judged(answer, asked));
                let all: Vec<_> = all.collect();
                if name != judge {
                    assert_eq!(all, [None, None], "{name} on {judge}");
                    continue;
                }
                let all: Vec<Opinion> = all.into_iter().flatten().collect();
                assert!(all[0].raw > 0.6 && all[1].raw < 0.4, "{all:?}");
                assert!(all.iter().all(|o| !o.why.is_empty()), "{all:?}");
            }
        }
    }
}
