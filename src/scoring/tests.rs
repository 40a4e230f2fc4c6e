//! The pipeline as a whole, on tiny models: what is paid, and what a fault takes out.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::{Duration, SystemTime};

use super::fixture::Models;
use super::*;
use crate::config::{ModelsConfig, ScoringConfig};
use crate::types::*;

const QUESTION: &str = "is the sun a star";
const PASSAGE: &str = "a star with gas is hot the moon is cold the tide rises the tide falls";
const REFERENCE: &str = "the sun is a hot ball of gas";

fn exchange(outcomes: Vec<Outcome>) -> Exchange {
    let response = |(i, outcome): (u8, Outcome)| Response {
        miner: MinerId {
            hotkey: Hotkey([i; 32]),
            registered_at: 10,
        },
        uid: Uid(i.into()),
        outcome,
        timing: Timing {
            queue: Duration::from_secs(9),
            first_byte: Some(Duration::from_millis(100 + u64::from(i))),
            ..Timing::default()
        },
    };
    let message = |role: &str, content: &str| Message {
        role: role.into(),
        content: content.into(),
    };
    Exchange {
        challenge: Challenge {
            id: RoundId::fresh(),
            kind: ChallengeKind::Question,
            prompt: Prompt {
                messages: vec![
                    message("system", "answer with one voice"),
                    message("user", &format!("{PASSAGE} {QUESTION}")),
                ],
                question: QUESTION.into(),
            },
            reference: Some(Reference {
                source: "sun".into(),
                passage: PASSAGE.into(),
                answer: REFERENCE.into(),
            }),
            deadline: Duration::from_secs(1),
        },
        asked_at: SystemTime::UNIX_EPOCH,
        responses: (0..).zip(outcomes).map(response).collect(),
    }
}

fn answers(texts: &[&str]) -> Exchange {
    exchange(
        texts
            .iter()
            .map(|t| Outcome::Answer(Completion((*t).into())))
            .collect(),
    )
}

const LINEAR: &str = "normaliser = { kind = 'linear', low = 0, high = 1 }";

fn scoring(text: &str) -> ScoringConfig {
    ScoringConfig::parse(&text.replace("LINEAR", LINEAR), "test").unwrap()
}

/// A cosine model of weight 0.6 and a reward model of weight 0.4.
fn both(reward: &str) -> ScoringConfig {
    scoring(&format!(
        "alpha = 0.1
        [[model]]
        name = 'near'
        weight = 0.6
        input = {{ kind = 'cosine_to_reference', manifest = 'encoder' }}
        LINEAR
        [[model]]
        name = 'liked'
        weight = 0.4
        input = {{ kind = 'reward', manifest = '{reward}' }}
        normaliser = {{ kind = 'running_normal', memory = 100 }}"
    ))
}

fn pipeline(scoring: &ScoringConfig, models: &Models) -> Pipeline {
    Pipeline::load(scoring, &models.config()).unwrap_or_else(|e| panic!("{e}"))
}

fn models() -> Models {
    let models = Models::new();
    models.encoder("encoder").reward("healthy", |_| 1.0);
    models
}

fn rewards(judged: &Judged) -> Vec<f64> {
    judged.judgements.iter().map(|j| j.reward.get()).collect()
}

#[tokio::test]
async fn each_response_is_judged_in_its_place_and_failures_get_nothing() {
    let exchange = exchange(vec![
        Outcome::Timeout,
        Outcome::Answer(Completion(REFERENCE.into())),
        Outcome::Refused(503),
        Outcome::Answer(Completion("fugue opens one voice".into())),
    ]);
    let judged = pipeline(&both("healthy"), &models())
        .judge(&exchange, &mut Normalisers::default())
        .await
        .unwrap();
    assert_eq!(judged.faults, RoundFaults::default());
    let uids: Vec<u16> = judged.judgements.iter().map(|j| j.uid.0).collect();
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
    let exchange = exchange(vec![Outcome::Timeout, Outcome::Unreachable]);
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
        assert_eq!(fault.fault.reason(), reason, "{manifest}: {fault:?}");
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
        (faults.0[0].part, faults.0[0].fault.reason()),
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
    exchange.challenge.reference = None;
    let judged = pipeline(&both("healthy"), &models())
        .judge(&exchange, &mut Normalisers::default())
        .await
        .unwrap();
    assert_eq!(judged.faults.0[0].fault, Fault::NoReference);
    assert_eq!(judged.judgements[0].models[0].model, "liked");
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
        rule = { kind = 'copy', manifest = 'encoder', min_cosine = 0.95, min_overlap = 0.7, min_runs = 3, factor = 0.25 }",
    );
    let texts = [
        "the sun is a hot ball of gas",
        "The sun is a hot ball of gas!",
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
    assert!(
        (paid[0] - 1.0).abs() < 1e-12 && (paid[1] - 0.25).abs() < 1e-12,
        "{paid:?}"
    );
    assert_eq!((cut(0, "copy"), cut(1, "copy")), (1.0, 0.25));
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

#[test]
fn loading_refuses_what_does_not_fit_with_the_right_exit_code() {
    let models = models();
    models.misdescribed("misdescribed");
    let fails = |text: &str, config: &ModelsConfig| match Pipeline::load(&scoring(text), config) {
        Ok(_) => panic!("loaded: {text}"),
        Err(error) => (error.exit_code(), error.to_string()),
    };
    let using = |input: &str| {
        format!("alpha = 1\n[[model]]\nname = 'm'\nweight = 1\ninput = {input}\nLINEAR")
    };
    let config = models.config();
    let (code, text) = fails(&using("{ kind = 'reward', manifest = 'nosuch' }"), &config);
    assert!(
        code == 78 && text.contains("nosuch") && text.contains("encoder, healthy, misdescribed"),
        "{text}"
    );
    let (code, text) = fails(&using("{ kind = 'reward', manifest = 'encoder' }"), &config);
    assert!(
        code == 78 && text.contains("model[m] needs kind reward"),
        "{text}"
    );
    let (code, text) = fails(
        &using("{ kind = 'cosine_to_reference', manifest = 'misdescribed' }"),
        &config,
    );
    assert!(
        code == 65 && text.contains("warm-up") && text.contains("[1, 4], not [1, 9]"),
        "{text}"
    );

    let file = models.path().join("healthy.onnx");
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let (code, text) = fails(&using("{ kind = 'reward', manifest = 'healthy' }"), &config);
    assert!(
        code == 65 && text.contains("healthy.onnx has sha256") && text.contains("make models"),
        "{text}"
    );
}

#[test]
fn words_alone_need_neither_models_nor_library() {
    let config = scoring(
        "alpha = 1\n[[model]]\nname = 'w'\nweight = 1\ninput = { kind = 'rouge_l' }\nLINEAR",
    );
    let nowhere = ModelsConfig {
        dir: "/nowhere".into(),
        onnxruntime: "/nowhere/libonnxruntime.so".into(),
        ..ModelsConfig::default()
    };
    assert!(Pipeline::load(&config, &nowhere).is_ok());
}

#[test]
fn the_hash_follows_the_model_bytes() {
    let (one, other) = (models(), Models::new());
    other.encoder("encoder").reward("healthy", |_| 2.0);
    let config = both("healthy");
    assert_eq!(
        pipeline(&config, &one).hash(),
        pipeline(&config, &one).hash()
    );
    assert_ne!(
        pipeline(&config, &one).hash(),
        pipeline(&config, &other).hash()
    );
}

/// In a process of its own: this one has the library loaded already.
#[test]
fn a_missing_library_is_an_error_and_not_a_panic() {
    const CHILD: &str = "WEIGHMASTER_TEST_NO_LIBRARY";
    if let Some(library) = std::env::var_os(CHILD) {
        let models = models();
        let config = ModelsConfig {
            onnxruntime: library.into(),
            ..models.config()
        };
        let error = Pipeline::load(&both("healthy"), &config)
            .map(|_| ())
            .unwrap_err();
        assert_eq!(error.exit_code(), 69);
        let text = error.to_string();
        assert!(
            text.contains("nosuch.so (models.onnxruntime;") && text.contains("make deps"),
            "{text}"
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("libonnxruntime.so");
    std::fs::write(&broken, b"no library").unwrap();
    let run = |library: &std::path::Path| {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "scoring::tests::a_missing_library_is_an_error_and_not_a_panic",
            ])
            .env(CHILD, library)
            .output()
            .unwrap()
    };
    let missing = run(&folder.path().join("nosuch.so"));
    let text = String::from_utf8_lossy(&missing.stdout).into_owned();
    assert!(
        missing.status.success() && text.contains("1 passed"),
        "{text}"
    );
    // A file that is no library: the same class of error, another text, so the child's check of it fails.
    let unloadable = run(&broken);
    let text = String::from_utf8_lossy(&unloadable.stdout).into_owned();
    assert!(
        !unloadable.status.success() && text.contains("can't be used"),
        "{text}"
    );
}
