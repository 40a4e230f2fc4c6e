//! Loading: what is shipped, what a folder holds, what is refused and how it is named.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use corpus::{Corpus, CorpusError, Source};
use proptest::prelude::*;

fn load(folder: &Path) -> Result<Corpus, CorpusError> {
    Corpus::load(&Source::Folder(folder.into()))
}

/// Why a folder with this one file can't be used.
fn fault(text: impl AsRef<[u8]>) -> String {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.toml"), text).unwrap();
    load(dir.path()).unwrap_err().to_string()
}

fn passage(id: &str, text: &str, ask: &str) -> String {
    format!(
        "[[passage]]\nid = \"{id}\"\nsubject = \"s\"\ntext = \"{text}\"\n\
         [[passage.question]]\nask = \"{ask}\"\nanswer = \"a\"\n"
    )
}

#[test]
fn what_is_built_in_is_the_shipped_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/corpus");
    let built_in = Corpus::load(&Source::Shipped).unwrap();
    // If not: `touch corpus/src/shipped.rs` and build again.
    assert_eq!(built_in, load(&folder).unwrap());
    assert!(built_in.passages().len() >= 80);
    let trimmed = |text: &str| text.trim() == text;
    assert!(built_in.passages().iter().all(|p| trimmed(&p.text)));
}

#[test]
fn other_files_in_the_folder_are_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("check.py"), "print()").unwrap();
    let fault = load(dir.path()).unwrap_err().to_string();
    assert!(fault.contains("holds no passages"), "{fault}");
    fs::write(dir.path().join("b.toml"), passage("b", "t", "q?")).unwrap();
    fs::write(dir.path().join("a.toml"), passage("a", " t\\n", "q?")).unwrap();
    let corpus = load(dir.path()).unwrap();
    let ids: Vec<&str> = corpus.passages().iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(corpus.passages()[0].text, "t");
    assert_eq!(corpus.clone().into_passages(), corpus.passages());
}

#[test]
fn passages_may_be_lines_of_json_or_texts_with_their_questions_beside() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    write(
        "b.jsonl",
        "{\"id\": \"b\", \"subject\": \"s\", \"text\": \"B.\", \"questions\": [{\"ask\": \"q?\", \"answer\": \"a\"}]}\n\n",
    );
    write("tides.md", "# Tides\r\n\r\nThe *Moon* pulls.\n");
    write("notes.txt", "To do.");
    write(
        "tides.toml",
        "subject = \"oceans\"\n[[question]]\nask = \"Who pulls?\"\nanswer = \"The Moon.\"\nmust = [[\"moon\"]]\n",
    );
    let corpus = load(dir.path()).unwrap();
    let [b, tides] = corpus.passages() else {
        unreachable!("two passages: {corpus:?}");
    };
    assert_eq!((b.id.as_str(), b.text.as_str()), ("b", "B."));
    assert_eq!(b.questions[0].facts(), None);
    assert_eq!(
        (tides.id.as_str(), tides.subject.as_str()),
        ("tides", "oceans")
    );
    assert_eq!(tides.text, "# Tides\n\nThe *Moon* pulls.");
    let facts = tides.questions[0].facts().unwrap();
    assert_eq!(
        (facts.must, facts.never),
        (vec![vec!["moon".into()]], vec![])
    );

    write("c.jsonl", "{\"id\": 3}");
    let fault = load(dir.path()).unwrap_err().to_string();
    assert!(fault.contains("c.jsonl: line 1: "), "{fault}");
    write("c.jsonl", "");
    write(
        "tides.toml",
        "[[question]]\nask = \"q\"\nanswer = \"a\"\nmust = \"moon\"\n",
    );
    let fault = load(dir.path()).unwrap_err().to_string();
    assert!(
        fault.contains("tides.toml: ") && fault.contains("must"),
        "{fault}"
    );
}

#[test]
fn a_missing_folder_names_itself_and_the_way_out() {
    let fault = load(Path::new("/nowhere/at/all")).unwrap_err();
    assert!(
        matches!(&fault, CorpusError::Folder { path, .. } if path == Path::new("/nowhere/at/all"))
    );
    let fault = fault.to_string();
    assert!(fault.starts_with("/nowhere/at/all: "), "{fault}");
    assert!(
        fault.contains("Name a folder of passages: *.toml files with [[passage]] tables"),
        "{fault}"
    );
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
        let fault = fault(text);
        assert!(
            fault.contains("a.toml: ") && fault.contains(wanted),
            "{fault}"
        );
    }
}

#[test]
fn a_file_that_is_not_text_is_named() {
    let fault = fault([0xff, 0xfe]);
    assert!(
        fault.contains("a.toml: ") && fault.contains("UTF-8"),
        "{fault}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Passages that keep the rules come back as they were written, blanks at the ends aside.
    #[test]
    fn what_is_written_is_read(texts in proptest::collection::vec("[ -~]{0,3}[!-~][ -~]{0,40}", 3)) {
        let dir = tempfile::tempdir().unwrap();
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let [id, text, ask] = [&texts[0], &texts[1], &texts[2]];
        fs::write(dir.path().join("a.toml"), passage(&quoted(id), &quoted(text), &quoted(ask))).unwrap();
        let corpus = load(dir.path()).unwrap();
        let read = &corpus.passages()[0];
        prop_assert_eq!([&read.id, &read.text, &read.questions[0].ask], [id.trim(), text.trim(), ask.trim()]);
    }
}
