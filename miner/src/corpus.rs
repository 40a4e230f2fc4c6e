//! The passages that validators ask about: what an off-topic miner talks about instead.

use serde::Deserialize;
use std::path::{Path, PathBuf};

const SHIPPED: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/corpus.rs"));

/// A text and what is asked about it.
#[derive(Clone, Debug, Deserialize)]
pub struct Passage {
    pub id: String,
    pub subject: String,
    pub text: String,
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Question {
    pub ask: String,
    /// The validator's reference. No miner may give it.
    pub answer: String,
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "passage")]
    passages: Vec<Passage>,
}

/// Why passages can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    #[error("--corpus {0}: {1}")]
    Read(PathBuf, std::io::Error),
    #[error("passages in {0}: {1}")]
    Parse(String, toml::de::Error),
    #[error("no passages in {0}: give a folder of *.toml files with [[passage]] tables")]
    Empty(PathBuf),
    #[error("passage {0} has no question: add a [[passage.question]]")]
    NoQuestion(String),
}

/// The passages that are compiled in.
pub fn shipped() -> Result<Vec<Passage>, CorpusError> {
    let files = SHIPPED.iter().map(|(name, text)| parse(name, text));
    Ok(files.collect::<Result<Vec<_>, _>>()?.concat())
}

/// The passages in a folder's `*.toml` files.
pub fn read(folder: &Path) -> Result<Vec<Passage>, CorpusError> {
    let unreadable = |e| CorpusError::Read(folder.into(), e);
    let mut passages = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            let text = std::fs::read_to_string(&path).map_err(unreadable)?;
            passages.extend(parse(&path.display().to_string(), &text)?);
        }
    }
    if passages.is_empty() {
        return Err(CorpusError::Empty(folder.into()));
    }
    passages.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(passages)
}

fn parse(name: &str, text: &str) -> Result<Vec<Passage>, CorpusError> {
    let file: File = toml::from_str(text).map_err(|e| CorpusError::Parse(name.into(), e))?;
    match file
        .passages
        .iter()
        .find(|passage| passage.questions.is_empty())
    {
        Some(passage) => Err(CorpusError::NoQuestion(passage.id.clone())),
        None => Ok(file.passages),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_shipped_passages_are_all_there() {
        let passages = shipped().unwrap();
        assert!(passages.len() >= 80, "{}", passages.len());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/corpus");
        assert_eq!(read(&folder).unwrap().len(), passages.len());
    }

    #[test]
    fn a_folder_without_passages_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(
            read(folder.path())
                .unwrap_err()
                .to_string()
                .contains("no passages in")
        );
        std::fs::write(folder.path().join("a.toml"), "[[passage]]\nid = 1").unwrap();
        assert!(
            read(folder.path())
                .unwrap_err()
                .to_string()
                .contains("a.toml")
        );
    }
}
