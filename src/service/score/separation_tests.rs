//! Each warning with a config that earns it.
#![allow(clippy::unwrap_used)]

use super::super::tests::{WORDS, embedded, pipeline};
use super::*;
use crate::config::FamilyConfig;

async fn warned(text: &str) -> Vec<String> {
    let separation = separation(&pipeline(text), &embedded()).await.unwrap();
    separation.warnings
}

fn about(warnings: &[String], words: &str) -> usize {
    warnings.iter().filter(|w| w.contains(words)).count()
}

const SHIPPED: &str = include_str!("../../../config/scoring/default.toml");

const NO_CORRECTNESS: &str = "role = \"correctness\"";
const NO_MASKS: &str = "no [[mask]]";
const DOMINATED: &str = "have no say beside it";
const CUT: &str = "every right answer earns nothing";
const MIXED_UP: &str = "is paid above a wrong one in only";

/// The file that comes with the program is silent once it has judges of correctness, and only then.
#[tokio::test]
async fn the_shipped_file_is_silent_if_it_judges_correctness() {
    let warnings = warned(SHIPPED).await;
    let decisive = ScoringConfig::parse(SHIPPED, "default.toml")
        .unwrap()
        .decisive();
    assert_eq!(
        warnings.is_empty(),
        decisive == Role::Correctness,
        "{warnings:#?}"
    );
    for never in [NO_MASKS, DOMINATED, CUT] {
        assert_eq!(about(&warnings, never), 0, "{warnings:#?}");
    }
}

#[tokio::test]
async fn judges_without_correctness_or_masks_are_told() {
    let style = WORDS.replace("role = 'correctness'", "");
    assert_eq!(about(&warned(&style).await, NO_CORRECTNESS), 1);
    let bare = WORDS.split("[[mask]]").next().unwrap();
    let warnings = warned(bare).await;
    assert_eq!(
        (about(&warnings, NO_MASKS), about(&warnings, NO_CORRECTNESS)),
        (1, 0)
    );
    // A judge that is recorded and not paid by decides nothing.
    let recorded = WORDS.replace("weight = 1", "weight = 0")
        + "
        [[model]]
        name = 'style'
        weight = 1
        input = { kind = 'rouge_l' }
        normaliser = { kind = 'linear', low = 0, high = 1 }";
    // The weights of a role sum to 1: the recorded one is of the same role as another.
    let recorded = recorded.replace("role = 'correctness'", "");
    assert_eq!(about(&warned(&recorded).await, NO_CORRECTNESS), 1);
}

#[tokio::test]
async fn one_judge_over_all_others_is_told() {
    let two = |first: f64| {
        let second = format!("{:.3}", 1.0 - first);
        WORDS
            .replace("weight = 1", &format!("weight = {first}"))
            .replace(
                "[[mask]]",
                &format!(
                    "[[model]]
            name = 'near'
            role = 'correctness'
            weight = {second}
            input = {{ kind = 'cosine_to_reference', manifest = 'relevance' }}
            normaliser = {{ kind = 'linear', low = 0, high = 1 }}
            [[mask]]"
                ),
            )
    };
    let warnings = warned(&two(0.95)).await;
    assert!(
        about(&warnings, "model[words].weight = 0.95") == 1,
        "{warnings:#?}"
    );
    assert_eq!(about(&warned(&two(0.6)).await, DOMINATED), 0);
    // Alone it has nobody to overrule.
    assert_eq!(about(&warned(WORDS).await, DOMINATED), 0);
}

#[tokio::test]
async fn everything_cut_and_everything_mixed_up_are_told() {
    let off = WORDS.to_owned()
        + "
        [[mask]]
        name = 'off'
        rule = { kind = 'relevance', manifest = 'relevance', min_cosine = 1.0 }";
    let warnings = warned(&off).await;
    assert!(
        about(&warnings, "cut by mask off") == 1 && about(&warnings, MIXED_UP) == 0,
        "{warnings:#?}"
    );
    let normaliser = "{ kind = 'running_normal', memory = 100 }";
    let nothing = WORDS.replace(normaliser, "{ kind = 'linear', low = 2, high = 3 }");
    assert_eq!(about(&warned(&nothing).await, "look at the normalisers"), 1);
    // Words in common with the reference: a wrong answer has them too.
    let warnings = warned(WORDS).await;
    assert!(
        about(&warnings, MIXED_UP) == 1 && about(&warnings, CUT) == 0,
        "{warnings:#?}"
    );
}

#[tokio::test]
async fn what_is_judged_is_what_is_asked() {
    let pipeline = pipeline(SHIPPED);
    let of = |families: &[Family]| {
        let share = FamilyConfig {
            share: 1.0,
            ..FamilyConfig::default()
        };
        let families = families.iter().map(|f| (*f, share.clone())).collect();
        ChallengeConfig {
            families,
            ..embedded()
        }
    };
    let pairs = async |families: &[Family]| {
        separation(&pipeline, &of(families))
            .await
            .unwrap()
            .measures
            .pairs
            .of
    };
    assert_eq!(pairs(&[Family::Documents]).await, 8 * 2 * 4);
    assert_eq!(pairs(&[Family::Data]).await, 4 * 2 * 4);
    assert_eq!(
        pairs(&[Family::Documents, Family::Reading]).await,
        12 * 2 * 4
    );
}
