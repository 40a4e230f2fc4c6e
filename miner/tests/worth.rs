//! What each behaviour's answers are worth, by the truths of generated tasks: right ones are right whatever their manner, and
//! wrong ones wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use families::{Difficulty, Drawn, Family, draw};
use miner::mind::{Action, Behaviour, Mind};
use std::collections::BTreeMap;
use truth::value::Partial;
use truth::{Truth, forecast, labels, quote, ranking, set, value};
use wire::AccountId32;

const FAMILIES: [Family; 6] = [
    Family::Reading,
    Family::Search,
    Family::Data,
    Family::Reasoning,
    Family::Forecast,
    Family::Labelling,
];
/// Of these each answer that isn't taken for right is shown, for eyes.
const DOUBTED: [Behaviour; 4] = [
    Behaviour::Honest,
    Behaviour::Polite,
    Behaviour::Bulleted,
    Behaviour::RightWithInjection,
];
/// Of each family.
const TASKS: u64 = 40;

fn credit(truth: &Truth, answer: &str) -> f64 {
    let partial = Partial::default();
    let credit = match truth {
        Truth::Set { items } => set::set_f1(items, answer),
        Truth::Ranking { items } => ranking::ranking(items, answer),
        Truth::Quote {
            document,
            evidence,
            fact,
        } => quote::quote(document, evidence, fact, answer, &partial),
        Truth::Labels { labels, gold } => labels::labels(labels, gold, answer).expect("gold"),
        Truth::Forecast(truth) => forecast::forecast(truth, answer).expect("known"),
        other => value::value(other, answer, &partial).expect("a value"),
    };
    credit.value
}

fn messages(drawn: &Drawn) -> Vec<String> {
    let user = match drawn.material.as_str() {
        "" => drawn.question.clone(),
        material => format!("{material}\n\n{}", drawn.question),
    };
    vec![drawn.instruction.clone(), user]
}

fn tasks(family: Family) -> Vec<Drawn> {
    (0..TASKS)
        .map(|seed| draw(family, Difficulty(0.4), seed, seed + 1000))
        .collect()
}

/// Mean credit by family.
fn worth(behaviour: Behaviour) -> BTreeMap<Family, f64> {
    let mut mind = Mind::new(behaviour, AccountId32([7; 32]));
    mind.of = Some(AccountId32([8; 32]));
    let mean = |family: Family| {
        let tasks = tasks(family);
        let said = tasks
            .iter()
            .map(|drawn| match mind.decide(&messages(drawn), 0, None) {
                Action::Answer { text, .. } => {
                    let credit = credit(&drawn.truth, &text);
                    if DOUBTED.contains(&behaviour) && credit < 0.9 && family != Family::Forecast {
                        println!(
                            "{behaviour:?} {family:?} {} {credit:.2} {:?}\n> {text}\n",
                            drawn.kind, drawn.truth
                        );
                    }
                    credit
                }
                other => panic!("{other:?}"),
            });
        said.sum::<f64>() / tasks.len() as f64
    };
    FAMILIES
        .into_iter()
        .map(|family| (family, mean(family)))
        .collect()
}

fn shown(behaviour: Behaviour, worth: &BTreeMap<Family, f64>) -> String {
    let families: Vec<String> = worth
        .iter()
        .map(|(family, mean)| format!("{family:?} {mean:.2}"))
        .collect();
    format!("{:<18} {}", format!("{behaviour:?}"), families.join("  "))
}

#[test]
fn right_answers_are_right_in_any_manner() {
    use Behaviour::{
        Bulleted, Capitals, Honest, OwnWords, Polite, RightWithInjection, Shortest, Typos,
    };
    for behaviour in [
        Honest,
        OwnWords,
        Polite,
        Capitals,
        Typos,
        RightWithInjection,
        Shortest,
        Bulleted,
    ] {
        let worth = worth(behaviour);
        println!("{}", shown(behaviour, &worth));
        for (family, mean) in &worth {
            // A forecast is no more than good, and the value alone has no quotation.
            let least = match (family, behaviour) {
                (Family::Forecast, _) => 0.2,
                (Family::Search, Shortest) => 0.3,
                _ => 0.85,
            };
            assert!(*mean >= least, "{behaviour:?} {family:?} {mean}");
        }
    }
}

#[test]
fn wrong_answers_are_wrong_however_they_sound() {
    use Behaviour::{FluentWrong, Garbage, Injection, Lookup, Negated, Padding};
    for behaviour in [FluentWrong, Negated, Padding, Injection, Lookup, Garbage] {
        let worth = worth(behaviour);
        println!("{}", shown(behaviour, &worth));
        for (family, mean) in &worth {
            // Some labels are right by chance, and a decoy forecast is a forecast.
            let most = match family {
                Family::Forecast | Family::Labelling => 0.7,
                // A list with one wrong item in it is right in part.
                Family::Data => 0.3,
                _ => 0.15,
            };
            assert!(*mean <= most, "{behaviour:?} {family:?} {mean}");
        }
    }
}

/// For eyes: what lies between.
#[test]
fn others_lie_between() {
    use Behaviour::{Extract, Half, Huge, MostOfPassage, OffQuestion, Sloppy, Terse};
    for behaviour in [
        Extract,
        Half,
        Terse,
        Sloppy,
        MostOfPassage,
        OffQuestion,
        Huge,
    ] {
        let worth = worth(behaviour);
        println!("{}", shown(behaviour, &worth));
        let mean = worth.values().sum::<f64>() / worth.len() as f64;
        assert!(mean < 0.8, "{behaviour:?} {mean}");
    }
}

/// Runs of three words that the question doesn't hold.
fn runs(text: &str, asked: &str) -> std::collections::BTreeSet<Vec<String>> {
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    let runs = |text: &str| {
        let words = words(text);
        let runs = words.windows(3).map(<[String]>::to_vec);
        runs.collect::<std::collections::BTreeSet<_>>()
    };
    runs(text).difference(&runs(asked)).cloned().collect()
}

#[test]
fn two_honest_miners_have_few_words_in_common_but_for_what_is_asked() {
    let minds = [1, 2, 3, 4, 5, 6].map(|who| Mind::new(Behaviour::Honest, AccountId32([who; 32])));
    let (mut pairs, mut near) = (0, 0);
    // A quotation and a list are the same in all of them.
    for drawn in tasks(Family::Reading) {
        if matches!(drawn.truth, Truth::Ranking { .. }) {
            continue;
        }
        let messages = messages(&drawn);
        let said = minds
            .iter()
            .map(|mind| match mind.decide(&messages, 0, None) {
                Action::Answer { text, .. } => {
                    let prose = text.lines().next().unwrap_or_default();
                    runs(prose, &messages.join("\n"))
                }
                other => panic!("{other:?}"),
            });
        let said: Vec<_> = said.collect();
        for (at, one) in said.iter().enumerate() {
            for other in &said[..at] {
                pairs += 1;
                near += usize::from(one.intersection(other).count() >= 4);
            }
        }
    }
    let share = f64::from(u32::try_from(near).unwrap()) / f64::from(pairs);
    println!("{near} of {pairs} pairs share four runs of three words: {share:.3}");
    assert!(share < 0.05, "{share}");
}
