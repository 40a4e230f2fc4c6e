//! `NAME.toml` in the models folder: what an ONNX file is and how to feed it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::scoring::LoadError;

/// What a model computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelKind {
    /// A text → a vector.
    Encoder,
    /// (prompt, completion) → a logit.
    Reward,
    /// (question and reference, answer) → probabilities of the labels [`Manifest::AGREEMENT`].
    Agreement,
}

impl ModelKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Encoder => "encoder",
            Self::Reward => "reward",
            Self::Agreement => "agreement",
        }
    }
}

/// The tensors that we know how to fill: int64, rows × longest row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelInputName {
    InputIds,
    AttentionMask,
    TokenTypeIds,
}

impl ModelInputName {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InputIds => "input_ids",
            Self::AttentionMask => "attention_mask",
            Self::TokenTypeIds => "token_type_ids",
        }
    }
}

/// How token vectors become one vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Pooling {
    /// The graph's output is the pooled vector: the only way that this program reads.
    #[serde(rename = "in-graph")]
    InGraph,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The same as the manifest's file name.
    pub name: String,
    pub kind: ModelKind,
    /// What it is, for people.
    pub description: String,
    /// Where it comes from.
    pub source: String,
    pub licence: String,
    /// The ONNX file, relative to the manifest.
    pub file: PathBuf,
    /// Of the ONNX file, in hex.
    pub sha256: String,
    /// A Hugging Face `tokenizer.json`, relative to the manifest. Its padding and truncation are ignored.
    pub tokenizer: PathBuf,
    pub tokenizer_sha256: String,
    pub inputs: Vec<ModelInputName>,
    /// Name of the output tensor.
    pub output: String,
    /// Values per row: the vector's length, 1 for a reward, one per label.
    #[serde(default = "one")]
    pub dimension: usize,
    /// What each value of a row is the probability of; only for kind agreement.
    #[serde(default)]
    pub labels: Vec<String>,
    #[serde(default = "in_graph")]
    pub pooling: Pooling,
    /// Most tokens of one row, special tokens included; longer texts lose their end.
    pub max_length: usize,
    /// Whether a row is two texts.
    pub pair: bool,
    /// What was measured when it was made.
    #[serde(default)]
    pub metrics: toml::Table,
    /// Outputs for fixed texts, to recognise a runtime that computes something else.
    #[serde(default)]
    pub golden: Option<toml::Value>,
}

fn one() -> usize {
    1
}

fn in_graph() -> Pooling {
    Pooling::InGraph
}

/// What a model is apart from its names: two manifests with the same identity give the same vectors of the
/// same texts, so they share one loaded model.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Identity {
    sha256: String,
    tokenizer_sha256: String,
    inputs: Vec<ModelInputName>,
    output: String,
    dimension: usize,
    max_length: usize,
    pair: bool,
}

impl Manifest {
    /// The labels of kind agreement, in this order.
    const AGREEMENT: [&str; 3] = ["same", "omits", "contradicts"];

    /// Reads and checks `dir/NAME.toml`. The name comes from a checked scoring config (no separators).
    pub(super) fn read(dir: &Path, name: &str) -> Result<Self, LoadError> {
        let path = dir.join(format!("{name}.toml"));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(LoadError::UnknownManifest {
                    name: name.into(),
                    dir: dir.into(),
                    present: present(dir),
                });
            }
            Err(e) => {
                return Err(LoadError::BadManifest {
                    path,
                    reason: e.to_string(),
                });
            }
        };
        let bad = |reason| LoadError::BadManifest {
            path: path.clone(),
            reason,
        };
        let manifest: Self = toml::from_str(&text).map_err(|e| bad(e.to_string()))?;
        manifest.check(name).map_err(bad)?;
        Ok(manifest)
    }

    pub(super) fn identity(&self) -> Identity {
        Identity {
            sha256: self.sha256.to_lowercase(),
            tokenizer_sha256: self.tokenizer_sha256.to_lowercase(),
            inputs: self.inputs.clone(),
            output: self.output.clone(),
            dimension: self.dimension,
            max_length: self.max_length,
            pair: self.pair,
        }
    }

    fn check(&self, name: &str) -> Result<(), String> {
        let hex = |s: &str| s.len() == 64 && s.bytes().all(|b| b.is_ascii_hexdigit());
        let rules = [
            (
                self.name == name,
                format!("name = {}: must be the file's name, {name}", self.name),
            ),
            (
                hex(&self.sha256),
                format!("sha256 = {}: 64 hex digits", self.sha256),
            ),
            (
                hex(&self.tokenizer_sha256),
                format!(
                    "tokenizer_sha256 = {}: 64 hex digits",
                    self.tokenizer_sha256
                ),
            ),
            (
                self.inputs.contains(&ModelInputName::InputIds),
                "inputs: must hold input_ids".to_owned(),
            ),
            (
                (8..=8192).contains(&self.max_length),
                format!(
                    "max_length = {}: between 8 and 8192 tokens",
                    self.max_length
                ),
            ),
            (
                (1..=8192).contains(&self.dimension),
                format!("dimension = {}: between 1 and 8192", self.dimension),
            ),
            (
                self.pair == (self.kind != ModelKind::Encoder),
                format!(
                    "pair = {}: true for kinds reward and agreement, false for kind encoder",
                    self.pair
                ),
            ),
            (
                self.dimension == self.values().unwrap_or(self.dimension),
                format!(
                    "dimension = {}: 1 for kind reward, 3 for kind agreement",
                    self.dimension
                ),
            ),
            (
                self.labels == self.expected_labels(),
                format!(
                    "labels = {:?}: {:?} for kind {}, in this order, since its judge reads them by their place",
                    self.labels,
                    self.expected_labels(),
                    self.kind.as_str()
                ),
            ),
        ];
        rules
            .into_iter()
            .find(|(holds, _)| !holds)
            .map_or(Ok(()), |(_, reason)| Err(reason))
    }
}

impl Manifest {
    /// Values per row, where the kind says it.
    fn values(&self) -> Option<usize> {
        match self.kind {
            ModelKind::Encoder => None,
            ModelKind::Reward => Some(1),
            ModelKind::Agreement => Some(Self::AGREEMENT.len()),
        }
    }

    fn expected_labels(&self) -> &'static [&'static str] {
        match self.kind {
            ModelKind::Agreement => &Self::AGREEMENT,
            ModelKind::Encoder | ModelKind::Reward => &[],
        }
    }
}

fn present(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::types::Caused;

    const GOOD: &str = r#"
name = "m"
kind = "encoder"
description = "d"
source = "s"
licence = "Apache-2.0"
file = "m.onnx"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
tokenizer = "t.json"
tokenizer_sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
inputs = ["input_ids", "attention_mask"]
output = "o"
dimension = 4
pooling = "in-graph"
max_length = 16
pair = false
"#;

    fn load(text: &str) -> Result<Manifest, LoadError> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("m.toml"), text).unwrap();
        Manifest::read(dir.path(), "m")
    }

    #[test]
    fn a_good_one_is_read_and_each_broken_rule_names_its_key() {
        assert_eq!(load(GOOD).unwrap().dimension, 4);
        for (from, to, key) in [
            ("name = \"m\"", "name = \"other\"", "name = other"),
            ("max_length = 16", "max_length = 2", "max_length = 2"),
            ("pair = false", "pair = true", "pair = true"),
            ("dimension = 4", "dimension = 0", "dimension = 0"),
            ("[\"input_ids\", ", "[", "input_ids"),
            ("\"attention_mask\"", "\"pixels\"", "pixels"),
            ("in-graph", "mean", "mean"),
            ("pair = false", "pair = false\nthreads = 2", "threads"),
            ("sha256 = \"00", "sha256 = \"0g", "sha256"),
        ] {
            let text = GOOD.replacen(from, to, 1);
            assert_ne!(text, GOOD, "{from}");
            let error = load(&text).unwrap_err();
            assert!(error.to_string().contains(key), "{key}: {error}");
            assert_eq!(error.cause().exit_code(), 78);
        }
    }

    #[test]
    fn an_agreement_model_says_the_labels_that_its_judge_reads() {
        let good = GOOD
            .replacen("\"encoder\"", "\"agreement\"", 1)
            .replacen("pair = false", "pair = true", 1)
            .replacen("dimension = 4", "dimension = 3", 1)
            + "labels = [\"same\", \"omits\", \"contradicts\"]\n";
        assert_eq!(load(&good).unwrap().kind, ModelKind::Agreement);
        for (from, to, key) in [
            (
                "\"same\", \"omits\"",
                "\"omits\", \"same\"",
                "labels = [\"omits\"",
            ),
            (", \"contradicts\"", "", "labels = [\"same\", \"omits\"]"),
            ("pair = true", "pair = false", "pair = false"),
            ("dimension = 3", "dimension = 2", "dimension = 2"),
        ] {
            let text = good.replacen(from, to, 1);
            assert_ne!(text, good, "{from}");
            let error = load(&text).unwrap_err().to_string();
            assert!(error.contains(key), "{key}: {error}");
        }
        let labelled = format!("{GOOD}labels = [\"same\"]\n");
        assert!(load(&labelled).unwrap_err().to_string().contains("labels"));
    }

    #[test]
    fn an_unknown_name_lists_what_there_is() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("m.toml"), GOOD).unwrap();
        let error = Manifest::read(dir.path(), "nosuch").unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("nosuch") && text.contains("there are: m"),
            "{text}"
        );
    }
}
