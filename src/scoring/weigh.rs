//! One answer's scores and marks → its reward:
//!
//! ```text
//! reward = C · ((1 − s) + s·S) · Π mask
//! ```
//!
//! C is the correctness, taken together as the config's `correctness` says, S the weighted mean of style, s the config's
//! `style_share`. So style adds within correctness and never lifts a wrong answer. Without judges of correctness it is
//! `S · Π mask`, and `C · Π mask` without those of style. The weights of each role are shared among those who had a say.

use super::words::words;
use crate::config::{ModelInput, Role, ScoringConfig, Together};
use crate::types::{Judgement, ModelScore, Reward};

/// Facts that all stand in an answer of at most so many words are what it says: there is no room to hide them in.
const FEW_WORDS: usize = 12;

pub(super) fn weigh(config: &ScoringConfig, text: &str, judgement: &mut Judgement) {
    let correct = of_role(config, Role::Correctness, judgement);
    let correct = correct.map(|scores| together(config.correctness, &scores));
    let style = of_role(config, Role::Style, judgement).map(|scores| mean(&scores));
    let total = match (correct, style) {
        (Some(correct), Some(style)) => {
            correct * (1.0 - config.style_share + config.style_share * style)
        }
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => 0.0,
    };
    if is_known_right(config, text, judgement) {
        spare(config, judgement);
    }
    let factor: f64 = judgement.masks.iter().map(|m| m.value).product();
    // The shares may sum to a hair above 1.
    judgement.reward = Reward::new((total * factor).clamp(0.0, 1.0)).unwrap_or(Reward::ZERO);
}

/// (share, score) of those of a role who count; their weights in the judgement become shares. None: nobody counts.
fn of_role(
    config: &ScoringConfig,
    role: Role,
    judgement: &mut Judgement,
) -> Option<Vec<(f64, f64)>> {
    let models = judgement.models.iter_mut();
    let mut scores: Vec<&mut ModelScore> = models
        .filter(|score| config.role(&score.model) == Some(role))
        .collect();
    let all: f64 = scores.iter().map(|s| s.weight).sum();
    if all <= 0.0 {
        return None;
    }
    scores.iter_mut().for_each(|score| score.weight /= all);
    let counts = scores.iter().filter(|s| s.weight > 0.0);
    Some(counts.map(|s| (s.weight, s.normalised)).collect())
}

fn mean(scores: &[(f64, f64)]) -> f64 {
    scores.iter().map(|(share, score)| share * score).sum()
}

fn together(how: Together, scores: &[(f64, f64)]) -> f64 {
    let all = scores.iter();
    match how {
        Together::Mean => mean(scores),
        Together::Product => all.map(|(share, score)| score.powf(*share)).product(),
        Together::Lowest => all.map(|(_, score)| *score).fold(1.0, f64::min),
    }
}

/// Whether a judge that reads the truth itself is content.
fn is_known_right(config: &ScoringConfig, text: &str, judgement: &Judgement) -> bool {
    let input = |name: &str| {
        let found = config.models.iter().find(|m| m.name == name);
        found.map(|m| &m.input)
    };
    judgement.models.iter().any(|score| {
        let reads_the_truth = match input(&score.model) {
            Some(ModelInput::Value(_)) => true,
            Some(ModelInput::Facts {}) => words(text).len() <= FEW_WORDS,
            _ => false,
        };
        reads_the_truth && score.weight > 0.0 && score.raw >= 1.0
    })
}

/// What goes by looks cuts a right answer to the floor at most.
fn spare(config: &ScoringConfig, judgement: &mut Judgement) {
    for mark in &mut judgement.masks {
        let rule = config.masks.iter().find(|m| m.name == mark.mask);
        let yields = rule.is_some_and(|m| m.rule.yields_to_truth());
        if yields && mark.value < config.sure_floor {
            mark.reason = format!(
                "{}; {:.2} of it is spared, since the answer is right",
                mark.reason, mark.value
            );
            mark.value = config.sure_floor;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::scoring::tests::fixture;
    use crate::types::{Hotkey, MaskScore, MinerId, Seat, Uid};

    fn config(top: &str) -> ScoringConfig {
        fixture::scoring(&format!(
            "alpha = 0.1
            {top}
            [[model]]
            name = 'value'
            role = 'correctness'
            weight = 0.5
            input = {{ kind = 'value' }}
            LINEAR
            [[model]]
            name = 'facts'
            role = 'correctness'
            weight = 0.5
            input = {{ kind = 'facts' }}
            LINEAR
            [[model]]
            name = 'words'
            weight = 1
            input = {{ kind = 'rouge_l' }}
            LINEAR
            [[mask]]
            name = 'short'
            rule = {{ kind = 'too_short', min_chars = 5 }}
            [[mask]]
            name = 'echo'
            rule = {{ kind = 'echo', min_overlap = 0.8 }}"
        ))
    }

    fn judgement(models: &[(&str, f64)], masks: &[(&str, f64)]) -> Judgement {
        let miner = MinerId {
            hotkey: Hotkey([1; 32]),
            registered_at: 1,
        };
        let model = |(name, score): &(&str, f64)| ModelScore {
            model: (*name).into(),
            raw: *score,
            normalised: *score,
            weight: if *name == "words" { 1.0 } else { 0.5 },
            reason: String::new(),
        };
        let mask = |(name, value): &(&str, f64)| MaskScore {
            mask: (*name).into(),
            value: *value,
            reason: "cut".into(),
            source: None,
        };
        Judgement {
            seat: Seat { uid: Uid(0), miner },
            models: models.iter().map(model).collect(),
            masks: masks.iter().map(mask).collect(),
            reward: Reward::ZERO,
        }
    }

    fn reward(top: &str, text: &str, models: &[(&str, f64)], masks: &[(&str, f64)]) -> f64 {
        let mut judgement = judgement(models, masks);
        weigh(&config(top), text, &mut judgement);
        judgement.reward.get()
    }

    #[test]
    fn judges_of_correctness_are_taken_together_as_the_file_says() {
        let two = [("value", 0.9), ("facts", 0.4)];
        for (how, expected) in [("mean", 0.65), ("product", 0.6), ("lowest", 0.4)] {
            let top = format!("correctness = '{how}'");
            assert!(
                (reward(&top, "", &two, &[]) - expected).abs() < 1e-12,
                "{how}"
            );
            let one = reward(&top, "", &[("facts", 0.4)], &[]);
            assert!(
                (one - 0.4).abs() < 1e-12,
                "{how}: who has no say leaves its share"
            );
        }
    }

    #[test]
    fn a_right_answer_is_spared_by_what_goes_by_looks_and_by_nothing_else() {
        let masks = [("short", 0.0), ("echo", 1.0)];
        assert!((reward("", "2008", &[("value", 1.0)], &masks) - 0.5).abs() < 1e-12);
        assert!(
            (reward("sure_floor = 0.8", "2008", &[("value", 1.0)], &masks) - 0.8).abs() < 1e-12
        );
        assert!((reward("", "in 2008", &[("facts", 1.0)], &masks) - 0.5).abs() < 1e-12);
        let long = "word ".repeat(13);
        assert!(
            reward("", &long, &[("facts", 1.0)], &masks) == 0.0,
            "facts in a long text may be hidden there"
        );
        assert!(reward("", "2007", &[("value", 0.99)], &masks) == 0.0);
        assert!(
            reward(
                "",
                "2008",
                &[("value", 1.0)],
                &[("short", 1.0), ("echo", 0.0)]
            ) == 0.0
        );
    }

    proptest! {
        #[test]
        fn style_never_lifts_a_wrong_answer(
            correct in 0.0..1.0f64, style in 0.0..1.0f64, share in 0.0..1.0f64,
        ) {
            let paid = reward(&format!("style_share = {share:.3}"), "", &[("value", correct), ("words", style)], &[]);
            prop_assert!(paid <= correct + 1e-9);
            prop_assert!(paid >= correct * (1.0 - share) - 1e-3);
        }
    }
}
