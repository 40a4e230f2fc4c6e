//! Files in, judgements out.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::config::{FamilyConfig, ModelsConfig, ScoringConfig, testing};
use crate::scoring::Engines;

fn root() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(super) fn pipeline(text: &str) -> Pipeline {
    let models = ModelsConfig {
        dir: root().join("reward_models"),
        ..testing::models()
    };
    let config = ScoringConfig::parse(text, "test").unwrap();
    Pipeline::load(&config, &Engines::new(&models)).unwrap()
}

/// The shipped passages, and nothing else.
pub(super) fn embedded() -> ChallengeConfig {
    let share = FamilyConfig {
        share: 1.0,
        ..FamilyConfig::default()
    };
    ChallengeConfig {
        corpus: ChallengeConfig::EMBEDDED.into(),
        families: [(Family::Documents, share)].into(),
        ..ChallengeConfig::default()
    }
}

pub(super) const WORDS: &str = "
    alpha = 0.1
    [[model]]
    name = 'words'
    weight = 1
    role = 'correctness'
    input = { kind = 'rouge_l' }
    normaliser = { kind = 'running_normal', memory = 100 }
    [[mask]]
    name = 'copy'
    rule = { kind = 'copy', min_evidence = 1.0, pair_evidence = 1.0, memory = 2, margin_ms = 0, factor = 0.0 }";

fn bad(text: &str) -> String {
    let (place, reason) = file::parse(text).unwrap_err();
    format!("{place}: {reason}")
}

#[test]
fn an_array_lines_of_questions_and_lines_of_answers_are_one() {
    let array = r#"[{"passage": "P", "question": "Q?", "reference": "R",
        "answers": [{"kind": "a", "truth": 1, "text": "x"}, {"kind": "b", "truth": 0.5, "text": "y"}]},
        {"question": "Z?", "answers": [{"text": ""}]}]"#;
    let lines = "{\"passage\": \"P\", \"question\": \"Q?\", \"answer\": \"x\", \"kind\": \"a\", \"truth\": 1}\n\n\
        {\"question\": \"Z?\", \"answer\": \"\"}\r\n\
        {\"passage\": \"P\", \"question\": \"Q?\", \"answer\": \"y\", \"kind\": \"b\", \"truth\": 0.5, \"reference\": \"R\"}";
    let questions = "{\"passage\": \"P\", \"question\": \"Q?\", \"reference\": \"R\", \"answers\": [{\"kind\": \"a\", \"truth\": 1, \
        \"text\": \"x\"}, {\"kind\": \"b\", \"truth\": 0.5, \"text\": \"y\"}]}\n{\"question\": \"Z?\", \"answers\": [{\"text\": \"\"}]}";
    let read = |text: &str| {
        let mut items = file::parse(text).unwrap().items;
        items.iter_mut().for_each(|item| item.place.clear());
        items
    };
    assert_eq!(read(array).len(), 2);
    assert_eq!(read(array), read(lines));
    assert_eq!(read(array), read(questions));
    let places: Vec<String> = file::parse(array)
        .unwrap()
        .items
        .into_iter()
        .map(|i| i.place)
        .collect();
    assert_eq!(places, ["element 0 (line 1)", "element 1 (line 3)"]);
}

#[test]
fn each_mistake_names_its_place_its_key_and_the_remedy() {
    let good = r#"{"question": "Q?", "answers": [{"truth": 1, "text": "x"}]}"#;
    assert!(file::parse(good).is_ok());
    for (from, to, words) in [
        (
            "\"question\": \"Q?\"",
            "\"question\": \"\"",
            "question: is empty",
        ),
        ("\"question\": \"Q?\", ", "", "missing field `question`"),
        (
            "\"question\"",
            "\"qestion\"",
            "qestion: no such key. Did you mean question?",
        ),
        (
            "\"text\"",
            "\"txt\"",
            "answers[].txt: no such key. Did you mean text?",
        ),
        (
            "\"truth\": 1",
            "\"truth\": 1.5",
            "answers[0].truth = 1.5: a number from 0 to 1",
        ),
        (
            "\"truth\": 1",
            "\"truth\": \"1\"",
            "answers[0].truth: invalid type",
        ),
        (
            "[{\"truth\": 1, \"text\": \"x\"}]",
            "[]",
            "answers: is empty",
        ),
        (
            "\"answers\": [{\"truth\": 1, \"text\": \"x\"}]",
            "\"passage\": \"p\"",
            "no answers",
        ),
        ("}]}", "}], \"answer\": \"y\"}", "both answers and answer"),
        ("}]}", "}], \"truth\": 1}", "write them into `answers`"),
        ("}]}", "}], \"facts\": {}}", "facts: neither must nor never"),
        (
            "}]}",
            "}], \"facts\": {\"mast\": []}}",
            "facts.mast: unknown field",
        ),
        (
            "}]}",
            "}], \"truth_value\": {\"kind\": \"numbr\"}}",
            "truth_value.kind: unknown variant `numbr`",
        ),
        ("}]}", "}]", "this is not JSON"),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        let error = bad(&format!("\n{text}"));
        assert!(
            error.starts_with("line 2: ") && error.contains(words),
            "{words}: {error}"
        );
    }
    assert!(bad("[1]").contains("element 0 (line 1): not an object"));
    assert!(bad("[\n\n{]").starts_with("line 3: this is not JSON"));
    assert!(bad(" \n").contains("holds no questions"));
    assert!(bad("[]").contains("holds no questions"));
    let long = good.replace("\"x\"", &format!("\"{}\"", "x".repeat(200_000)));
    assert!(bad(&long).contains("answers[0].text: 200000 bytes: at most 131072"));
    let many = "{\"question\": \"Q?\", \"answer\": \"x\"}\n".repeat(501);
    assert!(bad(&many).starts_with("line 501: answer: more than 500"));
    let other = "{\"question\": \"Q?\", \"answer\": \"x\", \"reference\": \"r\"}\n{\"question\": \"Q?\", \"answer\": \"y\", \"reference\": \"s\"}";
    assert!(
        bad(other).starts_with("line 2: reference: differs from that of the same question, line 1")
    );
}

#[test]
fn keys_of_others_are_told_and_passed_over() {
    let text = r#"[{"question": "Q?", "author": "me", "answers": [{"text": "x", "rater": 3}, {"text": "y", "rater": 4}]}]"#;
    let unused = file::parse(text).unwrap().unused;
    let unused: Vec<_> = unused.iter().map(|(k, n)| (k.as_str(), *n)).collect();
    assert_eq!(unused, [("answers[].rater", 2), ("author", 1)]);
}

fn items(text: &str) -> Vec<Item> {
    file::parse(text).unwrap().items
}

async fn rewards(pipeline: &Pipeline, text: &str) -> Vec<Vec<f64>> {
    let scored = score(pipeline, &embedded(), Family::Documents, items(text))
        .await
        .unwrap();
    let reward = |s: &Scored| {
        s.judged
            .clone()
            .unwrap()
            .iter()
            .map(|j| j.reward.get())
            .collect()
    };
    scored.iter().map(reward).collect()
}

/// The copy mask of this file cuts to nothing what it finds: see its own tests.
#[tokio::test]
async fn answers_are_alternatives_and_questions_do_not_touch_each_other() {
    let pipeline = pipeline(WORDS);
    let text = "the moon pulls the water of the sea into two bulges";
    let one = format!(
        r#"{{"question": "Why tides?", "reference": "{text}", "answers": [{{"text": "{text}"}}, {{"text": "{text}"}}, {{"text": "fish"}}]}}"#
    );
    let other = r#"{"question": "Who?", "reference": "a fish", "answers": [{"text": "a fish"}, {"text": "a cat"}]}"#;
    let alone = rewards(&pipeline, &one).await;
    assert!(
        alone[0][0] > 0.5 && alone[0][0] == alone[0][1] && alone[0][2] < 0.3,
        "{alone:?}"
    );
    let together = rewards(&pipeline, &format!("{other}\n{one}\n{other}")).await;
    assert_eq!(together[1], alone[0]);
    assert_eq!(together[0], together[2]);
}

#[tokio::test]
async fn a_question_that_nobody_can_judge_says_so_and_the_others_are_judged() {
    let pipeline = pipeline(WORDS);
    let text = r#"[{"question": "Q?", "answers": [{"text": "x"}]}, {"question": "Q?", "reference": "x", "answers": [{"text": "x"}]}]"#;
    let scored = score(&pipeline, &embedded(), Family::Documents, items(text))
        .await
        .unwrap();
    let why = scored[0].judged.clone().unwrap_err();
    assert!(why.contains("no judge"), "{why}");
    assert!(scored[1].judged.is_ok());
}

#[test]
fn the_files_word_comes_before_the_corpus_and_the_id_before_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = "[[passage]]\nid = 'a'\nsubject = 's'\ntext = '''The moon pulls at the water of the sea, and so there are tides twice a day
on nearly every coast of the world, as sailors have known for a very long time indeed.'''
[[passage.question]]\nask = 'Why are there tides on the coasts?'\nanswer = 'The moon pulls at the water.'\nmust = [['moon pulls']]\n";
    std::fs::write(folder.path().join("a.toml"), corpus).unwrap();
    let challenges = ChallengeConfig {
        corpus: folder.path().into(),
        ..ChallengeConfig::default()
    };
    let known = Known::load(&challenges).unwrap();
    let from = |keys: &str| {
        let item = items(&format!("{{{keys}, \"answers\": [{{\"text\": \"x\"}}]}}")).remove(0);
        known.truth(&item).1
    };
    let ask = r#""question": "Why are there  tides on the coasts?""#;
    let passage = corpus.split("'''").nth(1).unwrap().replace('\n', " ");
    assert_eq!(
        from(&format!(r#""passage_id": "a", {ask}"#)),
        TruthFrom::Corpus
    );
    assert_eq!(
        from(&format!(r#""passage": "{passage}", {ask}"#)),
        TruthFrom::Corpus
    );
    assert_eq!(
        from(&format!(r#""passage_id": "b", {ask}"#)),
        TruthFrom::Nobody
    );
    assert_eq!(
        from(r#""passage_id": "a", "question": "Why?""#),
        TruthFrom::Nobody
    );
    let own = r#""facts": {"must": [["sun"]]}"#;
    assert_eq!(
        from(&format!(r#""passage_id": "a", {ask}, {own}"#)),
        TruthFrom::File
    );
}
