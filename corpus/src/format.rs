//! The forms that passages may have: TOML, JSON lines, or a text with its questions beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::{CorpusError, Passage, Question};

/// What a file is, by the end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `[[passage]]` tables; beside a text of the same name, the `[[question]]` tables about it.
    Toml,
    /// One passage per line, with the same keys.
    JsonLines,
    /// The passage itself: Markdown or plain text.
    Text,
}

impl Form {
    /// None: the file is left alone.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "toml" => Some(Self::Toml),
            "jsonl" => Some(Self::JsonLines),
            "md" | "txt" => Some(Self::Text),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PassageFile {
    #[serde(rename = "passage")]
    passages: Vec<Passage>,
}

/// What stands beside a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionFile {
    /// The file's name without its end, where it isn't said.
    id: Option<String>,
    /// Likewise.
    subject: Option<String>,
    #[serde(rename = "question")]
    questions: Vec<Question>,
}

/// The passages of all files, each with the file that holds it. A text without questions beside it is left alone: notes
/// may lie there.
pub fn passages(files: Vec<(PathBuf, String)>) -> Result<Vec<(PathBuf, Passage)>, CorpusError> {
    let is_text = |(path, _): &(PathBuf, String)| Form::of(path) == Some(Form::Text);
    let (texts, tables): (Vec<_>, Vec<_>) = files.into_iter().partition(is_text);
    let mut texts: BTreeMap<PathBuf, (PathBuf, String)> = texts
        .into_iter()
        .map(|(path, text)| (path.with_extension("toml"), (path, text)))
        .collect();
    let mut passages = Vec::new();
    for (path, table) in tables {
        let found = match (Form::of(&path), texts.remove(&path)) {
            (Some(Form::JsonLines), _) => json_lines(&path, &table)?,
            (_, Some((beside, text))) => vec![with_text(&path, &table, &beside, text)?],
            (_, None) => toml::<PassageFile>(&path, &table)?.passages,
        };
        passages.extend(found.into_iter().map(|passage| (path.clone(), passage)));
    }
    Ok(passages)
}

fn json_lines(path: &Path, text: &str) -> Result<Vec<Passage>, CorpusError> {
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let parse = |(number, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|e| CorpusError::File {
            path: path.into(),
            reason: format!("line {}: {e}", number + 1),
        })
    };
    lines.map(parse).collect()
}

fn with_text(
    path: &Path,
    table: &str,
    beside: &Path,
    text: String,
) -> Result<Passage, CorpusError> {
    let file: QuestionFile = toml(path, table)?;
    let stem = beside.file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy().into_owned();
    Ok(Passage {
        id: file.id.unwrap_or_else(|| stem.clone()),
        subject: file.subject.unwrap_or(stem),
        text: text.replace("\r\n", "\n"),
        questions: file.questions,
    })
}

fn toml<T: serde::de::DeserializeOwned>(path: &Path, text: &str) -> Result<T, CorpusError> {
    toml::from_str(text).map_err(|e| CorpusError::File {
        path: path.into(),
        reason: e.to_string(),
    })
}
