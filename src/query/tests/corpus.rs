#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;
use std::fs;

use super::*;

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config/corpus")
}

fn one(text: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.toml"), text).unwrap();
    Corpus::load(dir.path()).unwrap_err().to_string()
}

fn passage(id: &str, text: &str, ask: &str) -> String {
    format!(
        "[[passage]]\nid = \"{id}\"\nsubject = \"s\"\ntext = \"{text}\"\n\
         [[passage.question]]\nask = \"{ask}\"\nanswer = \"a\"\n"
    )
}

#[test]
fn the_embedded_corpus_is_the_shipped_folder() {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(shipped()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".toml") {
            names.insert(name);
        }
    }
    let listed: BTreeSet<String> = embedded::FILES.iter().map(|(n, _)| n.to_string()).collect();
    assert_eq!(listed, names);
    let built_in = Corpus::load(Path::new(ChallengeConfig::EMBEDDED)).unwrap();
    assert_eq!(built_in, Corpus::load(&shipped()).unwrap());
    assert!(built_in.passages().len() >= 80);
    let trimmed = |text: &str| text.trim() == text;
    assert!(built_in.passages().iter().all(|p| trimmed(&p.text)));
}

#[test]
fn other_files_in_the_folder_are_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("check.py"), "print()").unwrap();
    let fault = Corpus::load(dir.path()).unwrap_err().to_string();
    assert!(fault.contains("holds no passages"), "{fault}");
    fs::write(dir.path().join("b.toml"), passage("b", "t", "q?")).unwrap();
    fs::write(dir.path().join("a.toml"), passage("a", " t\\n", "q?")).unwrap();
    let corpus = Corpus::load(dir.path()).unwrap();
    let ids: Vec<&str> = corpus.passages().iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(corpus.passages()[0].text, "t");
}

#[test]
fn a_missing_folder_names_itself_and_the_way_out() {
    let fault = Corpus::load(Path::new("/nowhere/at/all")).unwrap_err();
    let fault = fault.to_string();
    assert!(
        fault.starts_with("challenges.corpus = /nowhere/at/all: "),
        "{fault}"
    );
    assert!(fault.ends_with("or `embedded`"), "{fault}");
}

#[test]
fn faults_name_the_file_and_the_passage() {
    let long = "x".repeat(20_001);
    let cases = [
        (passage("p", "", "q?"), "passage `p`: text has 0 characters"),
        (
            passage("p", &long, "q?"),
            "passage `p`: text has 20001 characters",
        ),
        (
            passage("p", "t", " "),
            "passage `p`: question 1: ask has 0 characters",
        ),
        (
            passage("p", "a\\u0000b", "q?"),
            "passage `p`: text holds the control character '\\0'",
        ),
        (
            passage("p", "t", "q?").repeat(2),
            "passage `p`: the id is used before, in ",
        ),
        (
            "[[passage]]\nid = \"p\"\nsubject = \"s\"\ntext = \"t\"\nquestion = []".into(),
            "passage `p`: 0 questions, allowed 1 to 100",
        ),
        (
            passage("p", "t", "q?").replace("subject", "topic"),
            "unknown field `topic`",
        ),
        ("passage = 3".into(), "a.toml: "),
        ("".into(), "missing field `passage`"),
        ("[[".into(), "a.toml: "),
        ("#".repeat(3 << 20), "longer than 2097152 bytes"),
    ];
    for (text, wanted) in cases {
        let fault = one(&text);
        assert!(
            fault.contains("a.toml: ") && fault.contains(wanted),
            "{fault}"
        );
    }
}

#[test]
fn a_file_that_is_not_text_is_named() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.toml"), [0xff, 0xfe]).unwrap();
    let fault = Corpus::load(dir.path()).unwrap_err().to_string();
    assert!(
        fault.contains("a.toml: ") && fault.contains("UTF-8"),
        "{fault}"
    );
}
