//! The shipped scoring files on the shipped models and passages, with answers recorded from the
//! reference miners: does a better answer earn more?

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use corpus::{Corpus, Passage, Question, Source};
use serde::Deserialize;

use super::fixture::{self, response};
use crate::config::{ModelsConfig, ScoringConfig, testing};
use crate::scoring::*;
use crate::types::*;

/// Whom the copycat of that world copies.
const COPIED: Hotkey = Hotkey([1; 32]);

/// What the reference miners of one world answered to one question of the corpus.
#[derive(Deserialize)]
struct Recorded {
    passage: String,
    ask: String,
    answers: Vec<RecordedAnswer>,
}

#[derive(Deserialize)]
struct RecordedAnswer {
    behaviour: String,
    key: u8,
    ms: u64,
    text: String,
}

fn root() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}

/// The recorded answers as the exchanges that they came from, beside a silent miner and the reference
/// itself, with the behaviour of each response.
fn exchanges() -> Vec<(Exchange, Vec<String>)> {
    let recorded: Vec<Recorded> =
        serde_json::from_str(include_str!("testdata/miners.json")).unwrap();
    let corpus = Corpus::load(&Source::Shipped).unwrap();
    let exchange = |recorded: &Recorded| {
        let passage = corpus
            .passages()
            .iter()
            .find(|p| p.id == recorded.passage)?;
        let question = passage.questions.iter().find(|q| q.ask == recorded.ask)?;
        let mut kinds: Vec<String> = recorded
            .answers
            .iter()
            .map(|a| a.behaviour.clone())
            .collect();
        kinds.extend(["silent".into(), "reference".into()]);
        let answers = recorded
            .answers
            .iter()
            .map(|a| response(a.key, said(Some(&a.text)), a.ms));
        let others = [
            response(100, said(None), 2000),
            response(101, said(Some(&question.answer)), 70),
        ];
        Some((
            round(passage, question, answers.chain(others).collect()),
            kinds,
        ))
    };
    recorded.iter().filter_map(exchange).collect()
}

/// No answer is silence until the deadline.
fn said(text: Option<&str>) -> Outcome {
    text.map_or(Outcome::Failed(Reason::Timeout), fixture::answer)
}

/// The pipeline of a shipped scoring file.
pub fn pipeline(file: &str) -> Pipeline {
    let path = root().join(format!("config/scoring/{file}.toml"));
    let config = ScoringConfig::load(&path).unwrap_or_else(|e| panic!("{e}"));
    let models = ModelsConfig {
        dir: root().join("reward_models"),
        ..testing::models()
    };
    Pipeline::load(&config, &Engines::new(&models)).unwrap_or_else(|e| panic!("{e}"))
}

/// The question as the family of documents puts it.
pub fn round(passage: &Passage, question: &Question, responses: Vec<Response>) -> Exchange {
    let text = passage.text.as_str();
    Exchange {
        challenge: Challenge {
            id: RoundId::fresh(),
            family: Family::Documents,
            questions: vec![crate::types::Question {
                prompt: Prompt {
                    messages: vec![Message {
                        role: "user".into(),
                        content: format!("Passage:\n{text}\n\nQuestion: {}", question.ask),
                    }],
                    question: question.ask.clone(),
                },
                source: passage.id.clone(),
                material: Some(text.into()),
                reference: Some(question.answer.clone()),
                truth: question
                    .facts()
                    .map_or(truth::Truth::Open {}, truth::Truth::Facts),
            }],
            asks: Vec::new(),
            deadline: Duration::from_secs(2),
        },
        asked_at: SystemTime::UNIX_EPOCH,
        responses,
        no_verdict: None,
    }
}

/// Values seen for one behaviour, by column.
type Columns = BTreeMap<String, Vec<f64>>;

fn note(columns: &mut Columns, judgement: &Judgement) {
    let mut note = |column: String, value| columns.entry(column).or_default().push(value);
    for m in &judgement.models {
        note(format!("{} raw", m.model), m.raw);
        note(format!("{} normalised", m.model), m.normalised);
    }
    for m in &judgement.masks {
        note(format!("mask {}", m.mask), m.value);
    }
    note("reward".into(), judgement.reward.get());
}

/// Shown when the test fails, or with `--nocapture`: what to tune the scoring files by.
fn print(seen: &BTreeMap<String, Columns>) {
    for (kind, columns) in seen {
        println!("{kind}");
        for (column, values) in columns {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share) as usize];
            let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
            println!(
                "    {column:24} mean {mean:7.3}  5% {:7.3}  50% {:7.3}  95% {:7.3}",
                at(0.05),
                at(0.5),
                at(0.95)
            );
        }
    }
}

#[tokio::test]
async fn better_answers_earn_more() {
    let exchanges = exchanges();
    assert!(
        exchanges.len() >= 30,
        "{} recorded questions are in the corpus",
        exchanges.len()
    );
    for file in ["default", "localnet"] {
        let pipeline = pipeline(file);
        let pace = average::Pace::of(pipeline.config());
        let (mut normalisers, mut averages) = (Normalisers::default(), ScoreTable::new());
        let (mut seen, mut kinds) = (BTreeMap::<String, Columns>::new(), BTreeMap::new());
        for (exchange, behaviours) in &exchanges {
            let judged = pipeline.judge(exchange, &mut normalisers).await.unwrap();
            assert_eq!(judged.faults, RoundFaults::default());
            averages.extend(average::advance(&averages, &judged.judgements, pace));
            for (judgement, kind) in judged.judgements.iter().zip(behaviours) {
                // Whose every answer is copied can't be told from its thief: these questions could be known before.
                let kind = match judgement.seat.miner.hotkey == COPIED {
                    true => "copied".to_owned(),
                    false => kind.clone(),
                };
                note(seen.entry(kind.clone()).or_default(), judgement);
                kinds.insert(judgement.seat.miner, kind);
            }
        }
        print(&seen);
        let of = |kind: &str| -> Vec<f64> {
            let mine = averages.iter().filter(|(miner, _)| kinds[miner] == kind);
            mine.map(|(_, average)| average.value).collect()
        };
        for kind in seen.keys() {
            println!("{file}: {kind:10} {:.3?}", of(kind));
        }
        // What one answer earns: a local chain's average hangs on the last five.
        let earned = |kind: &str| {
            let rewards = &seen[kind]["reward"];
            rewards.iter().sum::<f64>() / rewards.len() as f64
        };
        let honest = earned("honest").min(earned("slow"));
        // These miners pick sentences of the passage, and not always the right one: the reference says what can be had.
        assert!(
            earned("reference") > 1.4 * earned("honest").max(earned("slow")),
            "{file}: who says all facts is paid best"
        );
        assert!(
            honest > 1.3 * earned("sloppy"),
            "{file}: a changed fact costs"
        );
        assert!(
            honest > 4.0 * earned("terse"),
            "{file}: a fragment costs more"
        );
        assert!(earned("sloppy") > 3.0 * earned("terse"), "{file}");
        assert!(earned("terse") > 8.0 * earned("offtopic"), "{file}");
        assert!(earned("copycat") < 0.2 * honest, "{file}: the copy mask");
        let most = |kind: &str| of(kind).into_iter().fold(0.0, f64::max);
        assert!(
            most("garbage") < 0.005 && most("silent") == 0.0,
            "{file}: nothing for nothing"
        );
    }
}

/// Whatever a miner sends, the round is judged, in bounded time, and its sender gains nothing by it.
#[tokio::test]
async fn hostile_texts_cost_only_their_sender() {
    let (exchange, _) = exchanges().remove(0);
    let good = exchange.responses[0].outcome.answer().unwrap().to_owned();
    let question = exchange.challenge.questions[0].prompt.question.clone();
    let hostile: Vec<String> = vec![
        String::new(),
        " \u{200b}\u{feff}\u{0}".into(),
        "a".repeat(64 * 1024),
        "word ".repeat(13_000),
        "é\u{301}\u{302}\u{303}".repeat(8_000),
        "😀".repeat(16_000),
        "漢字仮名".repeat(5_000),
        "[CLS] [SEP] [PAD] [MASK] [UNK] ".repeat(100),
        question.repeat(500),
        "\u{202e}\u{2066}".repeat(10_000),
    ];
    let texts: Vec<&String> = [&good].into_iter().chain(&hostile).collect();
    let responses = texts
        .iter()
        .zip(0..)
        .map(|(t, i)| response(i, said(Some(t)), 50 + u64::from(i)))
        .collect();
    let exchange = Exchange {
        responses,
        ..exchange
    };
    let pipeline = pipeline("default");
    let started = std::time::Instant::now();
    let judged = pipeline
        .judge(&exchange, &mut Normalisers::default())
        .await
        .unwrap();
    println!("{} texts, {:?}", texts.len(), started.elapsed());
    assert_eq!(judged.faults, RoundFaults::default());
    let paid: Vec<f64> = judged.judgements.iter().map(|j| j.reward.get()).collect();
    println!("{paid:.3?}");
    assert!(paid[1..].iter().all(|p| *p < 0.05 * paid[0]), "{paid:.3?}");
    assert!(
        started.elapsed() < Duration::from_secs(60),
        "{:?}",
        started.elapsed()
    );
}
