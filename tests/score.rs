//! `weighmaster score` and what `check` says of a scoring file, as a user calls them. No database, no chain.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{program, root, run};
use serde_json::Value;

/// One question with marks, one without; two answers are word for word alike.
const FILE: &str = r#"[
 {"passage_id": "tides", "passage": "The moon pulls at the water of the sea, and on the far side the sea lags behind. So there are two bulges of water, and most coasts have two high tides a day.",
  "question": "Why do most coasts have two high tides a day?",
  "reference": "The moon's pull makes two bulges of water, one below it and one on the far side.",
  "author": "me",
  "answers": [
   {"kind": "garbage", "truth": 0, "text": "pull two sea sea qzx"},
   {"kind": "right", "truth": 1, "text": "The pull of the moon makes two bulges of water, one on the side of the moon and one on the far side."},
   {"kind": "right", "truth": 1, "text": "The pull of the moon makes two bulges of water, one on the side of the moon and one on the far side."}]},
 {"question": "Who wrote it?", "reference": "It was written by Ada Byron.", "facts": {"must": [["Byron"]]}, "answers": [{"text": "It was written by Ada Byron."}]}
]"#;

/// The words alone: what it says follows from its rules.
const SCORING: &str = "
alpha = 0.1
[[model]]
name = 'words'
weight = 1
input = { kind = 'rouge_l' }
normaliser = { kind = 'linear', low = 0, high = 1 }
[[mask]]
name = 'copy'
rule = { kind = 'copy', min_evidence = 1.0, pair_evidence = 1.0, memory = 2, margin_ms = 0, factor = 0.0 }
[[mask]]
name = 'short'
rule = { kind = 'too_short', min_chars = 24 }
";

fn write(dir: &Path, name: &str, text: &str) -> String {
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn said(got: (i32, String, String)) -> String {
    let (status, stdout, stderr) = got;
    assert_eq!(status, 0, "{stdout}\n{stderr}");
    stdout
}

#[test]
fn a_file_is_scored_in_text_and_json() {
    let dir = tempfile::tempdir().unwrap();
    let file = write(dir.path(), "answers.json", FILE);
    let scoring = write(dir.path(), "scoring.toml", SCORING);
    let command = ["score", file.as_str(), "--scoring", scoring.as_str()];

    let json = said(run(&[&command[..], &["--json"]].concat(), &[]));
    let questions: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(json.lines().count(), 1);
    assert_eq!(questions.len(), 2);
    assert_eq!(questions[0]["truth_from"], "nobody");
    assert_eq!(questions[1]["truth_from"], "file");
    assert_eq!(questions[0]["right_above_wrong"], 1.0);
    assert_eq!(questions[1]["rank_correlation"], Value::Null);
    let answers = questions[0]["answers"].as_array().unwrap();
    let kinds: Vec<_> = answers
        .iter()
        .map(|a| a["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["garbage", "right", "right"]);
    assert_eq!(answers[0]["reward"], 0.0);
    assert_eq!(answers[0]["masks"][1]["name"], "short");
    assert_eq!(answers[0]["masks"][1]["value"], 0.0);
    // Alternatives, not copies.
    for right in &answers[1..] {
        assert_eq!(right["masks"][0]["value"], 1.0);
        let judge = &right["judges"][0];
        assert_eq!(
            (judge["name"].as_str(), judge["weight"].as_f64()),
            (Some("words"), Some(1.0))
        );
        assert_eq!(judge["normalised"], judge["raw"]);
        assert_eq!(right["reward"], judge["normalised"]);
        assert!(judge["reason"].is_string() && right["reward"].as_f64() > Some(0.5));
    }

    let text = said(run(&command, &[]));
    for words in [
        "4 answers to 2 questions",
        "from the file for 1, from the corpus for 0, for 1 only a reference",
        "key not used: author (1 times)",
        "rank correlation of truth and reward: 1.000",
        "right above wrong: 1.000 of 2 pairs (truth ≥ 0.9 against ≤ 0.2 on the same question; ties count half)",
    ] {
        assert!(text.contains(words), "`{words}` is not in\n{text}");
    }
    assert!(
        !text.contains("inversion") && !text.contains("mask short"),
        "{text}"
    );
    let why = said(run(&[&command[..], &["--why"]].concat(), &[]));
    assert!(
        why.contains("mask short × 0.000") && why.contains("element 0 (line 2): Why do most"),
        "{why}"
    );
}

#[test]
fn wrong_above_right_is_shown_with_what_the_judges_said() {
    let dir = tempfile::tempdir().unwrap();
    let swapped = FILE
        .replace("\"truth\": 1", "\"truth\": 0.1")
        .replace("\"truth\": 0,", "\"truth\": 1,");
    let file = write(dir.path(), "answers.json", &swapped);
    let scoring = write(dir.path(), "scoring.toml", SCORING);
    let text = said(run(&["score", &file, "--scoring", &scoring], &[]));
    assert!(
        text.contains("right above wrong: 0.000 of 2 pairs"),
        "{text}"
    );
    assert!(
        text.contains("inversion 1, by 0.") && text.contains("  wrong: right, truth 0.10"),
        "{text}"
    );
    assert!(text.contains("mask short × 0.000"), "{text}");
}

#[test]
fn a_bad_file_or_a_bad_flag_is_told_with_its_place_and_code() {
    let dir = tempfile::tempdir().unwrap();
    let scoring = write(dir.path(), "scoring.toml", SCORING);
    let bad = |name: &str, text: &str, words: &[&str]| {
        let file = write(dir.path(), name, text);
        let (status, stdout, stderr) = run(&["score", &file, "--scoring", &scoring], &[]);
        assert_eq!(status, 65, "{stdout}{stderr}");
        assert!(words.iter().all(|word| stderr.contains(word)), "{stderr}");
    };
    bad(
        "typo.json",
        &FILE.replace("\"answers\"", "\"anwers\""),
        &[
            "typo.json: element 0 (line 2): anwers",
            "Did you mean answers?",
        ],
    );
    bad(
        "cut.json",
        &FILE[..FILE.len() / 2],
        &["cut.json: line 7: this is not JSON"],
    );
    bad(
        "lines.jsonl",
        "{\"question\": \"Q?\", \"answer\": \"x\"}\n{\"question\": \"Q?\"}",
        &["lines.jsonl: line 2: no answers"],
    );
    // Shown as far as it could be judged.
    bad(
        "open.json",
        r#"[{"question": "Q?", "answers": [{"text": "x"}]}]"#,
        &[
            "1 of 1 questions could not be judged; element 0",
            "no judge",
        ],
    );

    let (status, _, stderr) = run(&["score", "/nowhere/x.json", "--scoring", &scoring], &[]);
    assert!(
        status == 65 && stderr.contains("/nowhere/x.json"),
        "{stderr}"
    );
    let (status, _, stderr) = run(&["score", "x", "--family", "poems"], &[]);
    assert!(status == 64 && stderr.contains("documents"), "{stderr}");
    let (status, _, stderr) = run(&["score", "x", "--scoring", "/nowhere/s.toml"], &[]);
    assert!(
        status == 78 && stderr.contains("/nowhere/s.toml"),
        "{stderr}"
    );
}

#[test]
fn without_a_config_the_programs_own_files_are_used() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "answers.json", FILE);
    let mut command = Command::new(program("weighmaster"));
    command
        .args(["score", "answers.json"])
        .current_dir(dir.path());
    let output = command.env_remove("WEIGHMASTER_CONFIG").output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{stdout}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(stdout.contains("config/scoring/default.toml"), "{stdout}");
    // A config that was named must be there.
    command.args(["--config", "none.toml"]);
    assert_eq!(command.output().unwrap().status.code(), Some(78));
}

#[test]
fn the_gold_of_check_is_a_file_like_any_other() {
    for name in ["documents", "typed"] {
        let file: PathBuf = root().join(format!("config/gold/{name}.json"));
        let json = said(run(&["score", file.to_str().unwrap(), "--json"], &[]));
        let questions: Vec<Value> = serde_json::from_str(&json).unwrap();
        assert!(
            questions
                .iter()
                .all(|q| q["truth_from"] == "file" && q["fault"].is_null())
        );
    }
}

/// How well a chat model grades is seen by the same command, before it weighs anything; what it cost is in the log.
#[tokio::test(flavor = "multi_thread")]
async fn a_chat_model_is_tried_on_the_gold_of_check() {
    let gold = root().join("config/gold/documents.json");
    let questions: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(&gold).unwrap()).unwrap();
    let answers = questions
        .iter()
        .flat_map(|q| q["answers"].as_array().unwrap().clone());
    let marks: Vec<(String, f64)> = answers
        .map(|a| {
            (
                a["text"].as_str().unwrap().to_owned(),
                a["truth"].as_f64().unwrap(),
            )
        })
        .collect();
    // It grades by the marks.
    let reply = move |body: String| {
        let body: Value = serde_json::from_str(&body).unwrap();
        let asked = body["messages"][1]["content"].as_str().unwrap();
        let mark = marks
            .iter()
            .find(|(text, _)| asked.contains(&format!(">>>\n{text}\n<<<END ")));
        let grade = format!("{{\"score\": {}}}", 10.0 * mark.unwrap().1);
        let message = serde_json::json!({"role": "assistant", "content": grade});
        let usage = serde_json::json!({"prompt_tokens": 1000, "completion_tokens": 10});
        serde_json::json!({"choices": [{"message": message}], "usage": usage}).to_string()
    };
    let routes = axum::Router::new().route(
        "/v1/chat/completions",
        axum::routing::post(async move |body: String| reply(body)),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let serving = tokio::spawn(async { axum::serve(listener, routes).await.unwrap() });

    let dir = tempfile::tempdir().unwrap();
    let example = std::fs::read_to_string(root().join("config/scoring/llm.toml")).unwrap();
    let example = example
        .replace("http://127.0.0.1:8000/v1", &url)
        .replace("price_per_million_in = 0.0", "price_per_million_in = 2.0");
    let scoring = write(dir.path(), "llm.toml", &example);
    let file = gold.to_str().unwrap().to_owned();
    let run =
        tokio::task::spawn_blocking(move || run(&["score", &file, "--scoring", &scoring], &[]));
    let (status, stdout, stderr) = run.await.unwrap();
    serving.abort();
    assert_eq!(status, 0, "{stdout}{stderr}");
    assert!(
        stdout.contains("right above wrong: 1.000 of 64 pairs"),
        "{stdout}"
    );
    // 48 answers, three times each, at 1000 tokens: 144,000 tokens at 2 a million.
    assert!(
        stderr.contains("an LLM graded") && stderr.contains("cost_since_start=0.288"),
        "{stderr}"
    );
}
