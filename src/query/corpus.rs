//! The passages that questions are asked about.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::embedded;
use crate::config::ChallengeConfig;

/// A whole shipped file is 20 KiB; beyond a hundred times that it is no passage file.
const MAX_FILE_BYTES: u64 = 2 * 1024 * 1024;
const MAX_PASSAGES: usize = 100_000;
const MAX_QUESTIONS: usize = 100;
/// In characters. The longest passage and question together stay well below what an axon takes.
const MAX_PASSAGE: usize = 20_000;
const MAX_LINE: usize = 2_000;

/// A corpus that can't be used: names the file and, where it got that far, the passage.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    #[error(
        "challenges.corpus = {}: {reason}. Name a folder of passage files, or `{}`",
        path.display(),
        ChallengeConfig::EMBEDDED
    )]
    Folder { path: PathBuf, reason: String },
    #[error("{}: {reason}", path.display())]
    File { path: PathBuf, reason: String },
    #[error("{}: passage `{id}`: {reason}", path.display())]
    Passage {
        path: PathBuf,
        id: String,
        reason: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub ask: String,
    /// An answer held to be good.
    pub answer: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// Unique in the corpus.
    pub id: String,
    pub subject: String,
    pub text: String,
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

/// At least one passage; every passage has at least one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corpus {
    passages: Vec<Passage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PassageFile {
    #[serde(rename = "passage")]
    passages: Vec<Passage>,
}

impl Corpus {
    /// All `*.toml` files of a folder, in the order of their names, or the passages built into the program.
    pub fn load(folder: &Path) -> Result<Self, CorpusError> {
        if folder.as_os_str() == ChallengeConfig::EMBEDDED {
            let files = embedded::FILES.iter();
            return Self::parse(
                folder,
                files.map(|(name, text)| Ok((PathBuf::from(name), (*text).to_owned()))),
            );
        }
        let fault = |e: std::io::Error| CorpusError::Folder {
            path: folder.into(),
            reason: e.to_string(),
        };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(fault)? {
            let path = entry.map_err(fault)?.path();
            if path.extension().is_some_and(|ext| ext == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        Self::parse(folder, paths.into_iter().map(read))
    }

    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    fn parse(
        folder: &Path,
        files: impl Iterator<Item = Result<(PathBuf, String), CorpusError>>,
    ) -> Result<Self, CorpusError> {
        let mut passages = Vec::new();
        let mut seen = BTreeMap::new();
        for file in files {
            let (path, text) = file?;
            let parsed: PassageFile = toml::from_str(&text).map_err(|e| CorpusError::File {
                path: path.clone(),
                reason: e.to_string(),
            })?;
            for passage in parsed.passages {
                let passage = passage.trimmed();
                let checked = match seen.insert(passage.id.clone(), path.clone()) {
                    Some(first) => Err(format!("the id is used before, in {}", first.display())),
                    None => passage.check(),
                };
                checked.map_err(|reason| CorpusError::Passage {
                    path: path.clone(),
                    id: passage.id.chars().take(80).collect(),
                    reason,
                })?;
                passages.push(passage);
            }
        }
        let reason = match passages.len() {
            0 => "holds no passages",
            n if n > MAX_PASSAGES => "holds more than 100000 passages",
            _ => return Ok(Self { passages }),
        };
        Err(CorpusError::Folder {
            path: folder.into(),
            reason: reason.into(),
        })
    }
}

fn read(path: PathBuf) -> Result<(PathBuf, String), CorpusError> {
    let mut text = String::new();
    let read = File::open(&path).and_then(|f| f.take(MAX_FILE_BYTES + 1).read_to_string(&mut text));
    let reason = match read {
        Ok(_) if text.len() as u64 > MAX_FILE_BYTES => {
            format!("longer than {MAX_FILE_BYTES} bytes: split it")
        }
        Ok(_) => return Ok((path, text)),
        Err(e) => e.to_string(),
    };
    Err(CorpusError::File { path, reason })
}

impl Passage {
    fn trimmed(self) -> Self {
        let trim = |text: String| text.trim().to_owned();
        let question = |q: Question| Question {
            ask: trim(q.ask),
            answer: trim(q.answer),
        };
        Self {
            id: trim(self.id),
            subject: trim(self.subject),
            text: trim(self.text),
            questions: self.questions.into_iter().map(question).collect(),
        }
    }

    fn check(&self) -> Result<(), String> {
        check_text("id", &self.id, MAX_LINE)?;
        check_text("subject", &self.subject, MAX_LINE)?;
        check_text("text", &self.text, MAX_PASSAGE)?;
        if self.questions.is_empty() || self.questions.len() > MAX_QUESTIONS {
            return Err(format!(
                "{} questions, allowed 1 to {MAX_QUESTIONS}",
                self.questions.len()
            ));
        }
        for (number, question) in self.questions.iter().enumerate() {
            let at = |key| format!("question {}: {key}", number + 1);
            check_text(&at("ask"), &question.ask, MAX_LINE)?;
            check_text(&at("answer"), &question.answer, MAX_LINE)?;
        }
        Ok(())
    }
}

fn check_text(key: &str, text: &str, max_chars: usize) -> Result<(), String> {
    let chars = text.chars().count();
    if chars == 0 || chars > max_chars {
        return Err(format!(
            "{key} has {chars} characters, allowed 1 to {max_chars}"
        ));
    }
    // Control characters have no place in a prompt, and Postgres takes no NUL.
    match text
        .chars()
        .find(|c| c.is_control() && *c != '\n' && *c != '\t')
    {
        Some(odd) => Err(format!("{key} holds the control character {odd:?}")),
        None => Ok(()),
    }
}

#[cfg(test)]
#[path = "tests/corpus.rs"]
mod tests;
