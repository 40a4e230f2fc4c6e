//! The pipeline as a whole, on tiny models: what is paid, and what a fault takes out.

use super::fixture::*;
use crate::config::ScoringConfig;
use crate::scoring::*;
use crate::types::*;

fn pipeline(scoring: &ScoringConfig, models: &Models) -> Pipeline {
    Pipeline::load(scoring, &Engines::new(&models.config())).unwrap_or_else(|e| panic!("{e}"))
}

fn rewards(judged: &Judged) -> Vec<f64> {
    judged.judgements.iter().map(|j| j.reward.get()).collect()
}

#[tokio::test]
async fn each_response_is_judged_in_its_place_and_failures_get_nothing() {
    let exchange = exchange(vec![
        Outcome::Failed(Reason::Timeout),
        answer(REFERENCE),
        Outcome::Refused(503),
        answer("fugue opens one voice"),
    ]);
    let judged = pipeline(&both("healthy"), &models())
        .judge(&exchange, &mut Normalisers::default())
        .await
        .unwrap();
    assert_eq!(judged.faults, RoundFaults::default());
    let uids: Vec<u16> = judged.judgements.iter().map(|j| j.seat.uid.0).collect();
    assert_eq!(uids, [0, 1, 2, 3]);
    let paid = rewards(&judged);
    assert!(paid[0] == 0.0 && paid[2] == 0.0 && judged.judgements[0].models.is_empty());
    assert!(paid[1] > paid[3], "{paid:?}");
    let near = &judged.judgements[1].models[0];
    assert!(
        (near.raw - 1.0).abs() < 1e-6 && (near.weight - 0.6).abs() < 1e-12,
        "{near:?}"
    );
    for judgement in &judged.judgements {
        let total: f64 = judgement
            .models
            .iter()
            .map(|m| m.weight * m.normalised)
            .sum();
        assert!((total - judgement.reward.get()).abs() < 1e-12);
    }
}

#[tokio::test]
async fn a_round_without_answers_is_judged_and_leaves_the_statistics_alone() {
    let exchange = exchange(vec![
        Outcome::Failed(Reason::Timeout),
        Outcome::Failed(Reason::Unreachable),
    ]);
    let mut normalisers = Normalisers::default();
    let judged = pipeline(&both("healthy"), &models())
        .judge(&exchange, &mut normalisers)
        .await
        .unwrap();
    assert_eq!(rewards(&judged), [0.0, 0.0]);
    assert!(normalisers.states().is_empty());
}

/// A model of each kind of fault beside a healthy one: it is left out with its reason, the other takes
/// its share, its statistics stay as they were, and the next round is whole again.
#[tokio::test]
async fn a_faulty_model_is_left_out_of_that_round_only() {
    let models = models();
    models.reward(
        "poisoned",
        |word| if word == "nan" { f32::NAN } else { 1.0 },
    );
    models
        .without_outside("short", "reward")
        .lumping_reward("lumping");
    let bad = ["the sun is nan", "the sun is outside", "the sun"];
    for ((manifest, bad), reason) in ["poisoned", "short", "lumping"].iter().zip(bad).zip([
        "not_finite",
        "inference",
        "wrong_shape",
    ]) {
        let pipeline = pipeline(&both(manifest), &models);
        let mut normalisers = Normalisers::default();
        pipeline
            .judge(&answers(&["the moon"]), &mut normalisers)
            .await
            .unwrap();
        let before = normalisers.clone();
        assert_eq!(before.states().len(), 1, "{manifest}");

        let judged = pipeline
            .judge(&answers(&[REFERENCE, bad]), &mut normalisers)
            .await
            .unwrap();
        let [fault] = judged.faults.0.as_slice() else {
            panic!("{manifest}: {:?}", judged.faults);
        };
        assert_eq!((fault.part, fault.name.as_str()), (Part::Model, "liked"));
        assert_eq!(
            fault.fault.reason().label(),
            reason,
            "{manifest}: {fault:?}"
        );
        assert_eq!(normalisers, before, "{manifest}");
        for judgement in &judged.judgements {
            let [only] = judgement.models.as_slice() else {
                panic!("{manifest}: {judgement:?}");
            };
            assert!(only.model == "near" && (only.weight - 1.0).abs() < 1e-12);
            assert!((judgement.reward.get() - only.normalised).abs() < 1e-12);
        }

        let next = pipeline
            .judge(&answers(&["the sea"]), &mut normalisers)
            .await
            .unwrap();
        assert_eq!(next.faults, RoundFaults::default(), "{manifest}");
        assert!(normalisers.states()[0].mean.is_finite() && normalisers != before);
    }
}

#[tokio::test]
async fn with_no_model_left_or_a_mask_broken_the_round_is_not_judged() {
    let models = models();
    models.reward(
        "poisoned",
        |word| if word == "nan" { f32::NAN } else { 1.0 },
    );
    let one = scoring(
        "alpha = 0.1
        [[model]]
        name = 'liked'
        weight = 1
        input = { kind = 'reward', manifest = 'poisoned' }
        normaliser = { kind = 'running_normal', memory = 100 }",
    );
    let mut normalisers = Normalisers::default();
    let alone = pipeline(&one, &models);
    let faults = alone
        .judge(&answers(&["nan", "sun"]), &mut normalisers)
        .await
        .unwrap_err();
    assert!(
        faults
            .to_string()
            .contains("model liked: its output holds a value"),
        "{faults}"
    );
    alone
        .judge(&answers(&["sun"]), &mut normalisers)
        .await
        .unwrap();

    models.without_outside("short", "encoder");
    let masked = scoring(
        "alpha = 0.1
        [[model]]
        name = 'words'
        weight = 1
        input = { kind = 'rouge_l' }
        LINEAR
        [[mask]]
        name = 'relevance'
        rule = { kind = 'relevance', manifest = 'short', min_cosine = 0.1 }",
    );
    let pipeline = pipeline(&masked, &models);
    let before = normalisers.clone();
    let faults = pipeline
        .judge(&answers(&["outside"]), &mut normalisers)
        .await
        .unwrap_err();
    assert_eq!(
        (faults.0[0].part, faults.0[0].fault.reason().label()),
        (Part::Mask, "inference")
    );
    assert_eq!(normalisers, before);
    assert!(
        pipeline
            .judge(&answers(&["sun"]), &mut normalisers)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn without_a_reference_the_models_that_need_one_stand_aside() {
    let mut exchange = answers(&["the sun"]);
    exchange.challenge.questions[0].reference = None;
    let judged = pipeline(&both("healthy"), &models())
        .judge(&exchange, &mut Normalisers::default())
        .await
        .unwrap();
    let models = &judged.judgements[0].models;
    assert!(judged.faults.0.is_empty());
    assert_eq!((models.len(), models[0].model.as_str()), (1, "liked"));
    assert!((models[0].weight - 1.0).abs() < 1e-12);
}

#[tokio::test]
async fn masks_multiply_and_say_why() {
    let config = scoring(
        "alpha = 0.1
        [[model]]
        name = 'words'
        weight = 1
        input = { kind = 'rouge_l' }
        LINEAR
        [[mask]]
        name = 'echo'
        rule = { kind = 'echo', min_overlap = 0.9 }
        [[mask]]
        name = 'short'
        rule = { kind = 'too_short', min_chars = 8 }
        [[mask]]
        name = 'relevance'
        rule = { kind = 'relevance', manifest = 'encoder', min_cosine = 0.5 }
        [[mask]]
        name = 'copy'
        rule = { kind = 'copy', min_evidence = 2.75, pair_evidence = 8, memory = 50, margin_ms = 100, factor = 0.25 }",
    );
    let texts = [
        "moon gas sun tide star hot ball sun",
        "Moon gas sun TIDE star hot, ball sun!",
        "a star",
        "Is the sun a star?",
        PASSAGE,
        "fugue opens one voice with fugue",
        "a ball of hot gas is the sun",
    ];
    let judged = pipeline(&config, &models())
        .judge(&answers(&texts), &mut Normalisers::default())
        .await
        .unwrap();
    let cut = |seat: usize, mask: &str| {
        let found = judged.judgements[seat]
            .masks
            .iter()
            .find(|m| m.mask == mask)
            .unwrap();
        assert_eq!(found.value < 1.0, !found.reason.is_empty(), "{found:?}");
        found.value
    };
    let paid = rewards(&judged);
    let unmasked = |seat: usize| judged.judgements[seat].models[0].normalised;
    // Nobody knows whose text it is: the question could be known before.
    assert_eq!((cut(0, "copy"), cut(1, "copy")), (0.25, 0.25));
    for seat in [0, 1] {
        assert!(unmasked(seat) > 0.0 && (paid[seat] - 0.25 * unmasked(seat)).abs() < 1e-12);
        let source = judged.judgements[seat].masks[3].source.unwrap();
        assert_eq!(source, judged.judgements[1 - seat].seat.miner);
    }
    let pairs = judged.pairs.values();
    assert_eq!(pairs.filter(|pair| pair.now).count(), 1);
    assert_eq!(
        (cut(2, "short"), cut(3, "echo"), cut(4, "echo")),
        (0.0, 0.0, 0.0)
    );
    assert_eq!((cut(5, "relevance"), paid[5]), (0.0, 0.0));
    assert!(
        cut(6, "copy") > 0.9 && paid[6] > 0.2,
        "the same words in another order are no copy: {paid:?}"
    );
}

const FACTS: &str = "
    alpha = 0.1
    correctness = 'CORRECTNESS'
    style_share = 0.2
    [[model]]
    name = 'facts'
    role = 'correctness'
    weight = 0.5
    input = { kind = 'facts' }
    LINEAR
    [[model]]
    name = 'agreement'
    role = 'correctness'
    weight = 0.5
    input = { kind = 'agreement', manifest = 'agreement', omits = 0.4 }
    LINEAR
    [[model]]
    name = 'words'
    weight = 1
    input = { kind = 'rouge_l' }
    LINEAR
    [[mask]]
    name = 'short'
    rule = { kind = 'relevance', manifest = 'encoder', min_cosine = 0.99 }";

#[tokio::test]
async fn facts_and_agreement_decide_together_and_each_says_what_it_saw() {
    for (how, correct) in [("mean", 0.7), ("product", 0.4_f64.sqrt()), ("lowest", 0.4)] {
        let mut exchange = answers(&["a hot ball", "ball with ball"]);
        let question = &mut exchange.challenge.questions[0];
        question.reference = Some("the sun".into());
        question.truth = truth::Truth::Facts(truth::Facts {
            must: vec![vec!["hot".into()]],
            never: vec![],
        });
        let config = scoring(&FACTS.replace("CORRECTNESS", how));
        let judged = pipeline(&config, &models())
            .judge(&exchange, &mut Normalisers::default())
            .await
            .unwrap();
        let first = &judged.judgements[0];
        let of = |name: &str| first.models.iter().find(|m| m.model == name).unwrap();
        assert!((of("facts").raw - 1.0).abs() < 1e-9 && (of("agreement").raw - 0.4).abs() < 1e-6);
        assert!(of("facts").reason.contains("1 of 1"), "{:?}", of("facts"));
        assert!(
            of("agreement")
                .reason
                .contains("leaves the point out 100 %")
        );
        let style = 0.8 + 0.2 * of("words").normalised;
        let paid = rewards(&judged);
        // Short and right: spared by the mask that goes by looks. The other is not.
        assert!(
            (paid[0] - 0.5 * correct * style).abs() < 1e-6,
            "{how}: {paid:?}"
        );
        assert!(paid[1] == 0.0, "{how}: {paid:?}");
    }
}
