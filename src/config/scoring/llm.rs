//! `input = { kind = "llm", … }`: a chat model that grades answers, behind any OpenAI-compatible endpoint.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::config::Seconds;
use crate::config::rule::{Checked, at_least, between, rule};

/// What is only the way to the model is not written again: it names no judgement, and may change under one hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LlmConfig {
    /// Of the API, with its version: `/chat/completions` is put behind it.
    pub url: String,
    /// As the endpoint calls it.
    pub model: String,
    /// What is asked, with `{question}`, `{passage}`, `{reference}` and `{answer}`. An answer whose question lacks what the
    /// prompt names is not judged.
    pub prompt: String,
    /// How often each answer is graded.
    #[serde(default = "default_samples")]
    pub samples: usize,
    /// What becomes of the grades.
    #[serde(default)]
    pub combine: Combine,
    #[serde(default = "default_temperature")]
    pub temperature: f64,
    /// Of an answer, what the model is shown.
    #[serde(default = "default_max_answer_chars")]
    pub max_answer_chars: usize,
    /// Most tokens of a reply.
    #[serde(default = "default_max_reply_tokens")]
    pub max_reply_tokens: u32,
    /// A file that holds the key and nothing else, relative to the scoring file. Empty: no key is sent.
    #[serde(default, skip_serializing)]
    pub api_key_file: PathBuf,
    /// Of one request.
    #[serde(default = "default_timeout", skip_serializing)]
    pub timeout_s: Seconds,
    /// Of all requests of a round, with their repeats.
    #[serde(default = "default_deadline", skip_serializing)]
    pub deadline_s: Seconds,
    /// Most requests at a time.
    #[serde(default = "default_concurrency", skip_serializing)]
    pub concurrency: usize,
    /// What a million tokens cost, read and written, in any currency: for the log.
    #[serde(default, skip_serializing)]
    pub price_per_million_in: f64,
    #[serde(default, skip_serializing)]
    pub price_per_million_out: f64,
}

/// How several grades of one answer become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    #[default]
    Median,
    Mean,
}

impl LlmConfig {
    /// What may stand in braces in a prompt.
    pub const PLACES: [&str; 4] = ["{question}", "{passage}", "{reference}", "{answer}"];

    pub(super) fn check(&self) -> Checked {
        let web = self.url.starts_with("https://") || self.url.starts_with("http://");
        rule(
            web && !self.url.contains(['@', '?', '#']) && !self.url.contains(char::is_whitespace),
            "url",
            // It may hold a secret.
            if web { "<an address>" } else { "<no address>" },
            "http:// or https://, without a user, a query or a blank; a key belongs into api_key_file",
        )?;
        rule(
            !self.model.trim().is_empty(),
            "model",
            &self.model,
            "the model's name at the endpoint",
        )?;
        let once = self.prompt.matches("{answer}").count() == 1;
        rule(
            once,
            "prompt",
            shown(&self.prompt),
            "a text that holds {answer} once",
        )?;
        let plain = |c: char| !c.is_control() || c == '\n' || c == '\t';
        rule(
            self.prompt.chars().all(plain),
            "prompt",
            shown(&self.prompt),
            "a text without control characters",
        )?;
        between("samples", self.samples as f64, 1.0, 25.0)?;
        between("temperature", self.temperature, 0.0, 2.0)?;
        between(
            "max_answer_chars",
            self.max_answer_chars as f64,
            100.0,
            100_000.0,
        )?;
        at_least("max_reply_tokens", self.max_reply_tokens, 8)?;
        between("concurrency", self.concurrency as f64, 1.0, 256.0)?;
        between("price_per_million_in", self.price_per_million_in, 0.0, 1e6)?;
        between(
            "price_per_million_out",
            self.price_per_million_out,
            0.0,
            1e6,
        )
    }

    /// Paths in a scoring file are relative to it.
    pub(super) fn resolve(&mut self, folder: &Path) {
        let path = &mut self.api_key_file;
        if !path.as_os_str().is_empty() && path.is_relative() && !path.starts_with("~") {
            *path = folder.join(&path);
        }
    }
}

fn shown(prompt: &str) -> String {
    prompt.chars().take(60).collect()
}

fn default_samples() -> usize {
    3
}

fn default_temperature() -> f64 {
    0.5
}

fn default_max_answer_chars() -> usize {
    4_000
}

fn default_max_reply_tokens() -> u32 {
    32
}

fn default_timeout() -> Seconds {
    Seconds::from_millis(30_000)
}

fn default_deadline() -> Seconds {
    Seconds::from_millis(180_000)
}

fn default_concurrency() -> usize {
    8
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::config::{ConfigError, ModelInput, ScoringConfig};

    const GOOD: &str = "alpha = 0.1
[[model]]
name = 'grade'
weight = 1.0
input = { kind = 'llm', url = 'https://host/v1', model = 'm', prompt = '{question} {answer}' }
normaliser = { kind = 'points', points = [[0, 0.0], [5, 0.1], [10, 1.0]] }
";

    fn parse(text: &str) -> Result<ScoringConfig, ConfigError> {
        ScoringConfig::parse(text, "scoring.toml")
    }

    #[test]
    fn the_example_is_a_scoring_file_and_knows_its_defaults() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let example = ScoringConfig::load(&root.join("config/scoring/llm.toml")).unwrap();
        let llm = |config: &ScoringConfig| match &config.models[0].input {
            ModelInput::Llm(llm) => (**llm).clone(),
            other => unreachable!("{other:?}"),
        };
        let example = llm(&example);
        assert!(
            LlmConfig::PLACES
                .iter()
                .all(|place| example.prompt.contains(place))
        );
        let bare = llm(&parse(GOOD).unwrap());
        let same = LlmConfig {
            url: bare.url.clone(),
            model: bare.model.clone(),
            prompt: bare.prompt.clone(),
            ..example
        };
        assert_eq!(same, bare);
    }

    #[test]
    fn each_broken_rule_names_its_key() {
        assert!(parse(GOOD).is_ok());
        for (from, to, words) in [
            ("https://host", "ftp://host", "input.url = <no address>"),
            (
                "https://host",
                "https://me:secret@host",
                "input.url = <an address>",
            ),
            ("/v1'", "/v1?key=secret'", "api_key_file"),
            ("'m'", "' '", "input.model ="),
            ("{answer}", "", "input.prompt ="),
            ("{answer}", "{answer} {answer}", "holds {answer} once"),
            ("'m'", "'m', samples = 0", "input.samples = 0"),
            ("'m'", "'m', temperature = 2.5", "input.temperature = 2.5"),
            (
                "'m'",
                "'m', max_answer_chars = 10",
                "input.max_answer_chars = 10",
            ),
            (
                "'m'",
                "'m', max_reply_tokens = 1",
                "input.max_reply_tokens = 1",
            ),
            ("'m'", "'m', concurrency = 0", "input.concurrency = 0"),
            (
                "'m'",
                "'m', price_per_million_in = -1",
                "input.price_per_million_in = -1",
            ),
            ("'m'", "'m', api_key = 'x'", "api_key"),
            ("'m'", "'m', timeout_s = 0", "a positive number of seconds"),
            (
                "[0, 0.0], [5, 0.1]",
                "[5, 0.0], [5, 0.1]",
                "normaliser.points =",
            ),
            ("[5, 0.1]", "[5, 0.1], [7, 0.05]", "never fall"),
            ("[10, 1.0]", "[10, 1.5]", "lie in 0 to 1"),
        ] {
            let text = GOOD.replacen(from, to, 1);
            assert_ne!(text, GOOD, "{from}");
            let error = parse(&text).unwrap_err().to_string();
            assert!(
                error.contains(words) && error.contains("scoring.toml"),
                "{words}: {error}"
            );
            assert!(!error.contains("secret"), "{error}");
        }
    }

    /// Judgements carry the hash of what is written here.
    #[test]
    fn only_what_names_a_judgement_is_written() {
        let written = |with: &str| {
            let config = parse(&GOOD.replacen("'m'", &format!("'m', {with}"), 1)).unwrap();
            toml::to_string(&config).unwrap()
        };
        let first = written("samples = 3");
        for way in [
            "api_key_file = 'k'",
            "timeout_s = 9",
            "deadline_s = 9",
            "concurrency = 2",
            "price_per_million_out = 3",
        ] {
            assert_eq!(written(way), first, "{way}");
        }
        for what in [
            "samples = 4",
            "temperature = 0.1",
            "combine = 'mean'",
            "max_answer_chars = 500",
        ] {
            assert_ne!(written(what), first, "{what}");
        }
        assert!(parse(&first).is_ok());
    }

    #[test]
    fn the_keys_file_lies_beside_the_scoring_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("s.toml");
        let key = |file: &str| {
            std::fs::write(
                &path,
                GOOD.replacen("'m'", &format!("'m', api_key_file = '{file}'"), 1),
            )
            .unwrap();
            match ScoringConfig::load(&path).unwrap().models.remove(0).input {
                ModelInput::Llm(llm) => llm.api_key_file,
                other => unreachable!("{other:?}"),
            }
        };
        assert_eq!(key("key"), dir.path().join("key"));
        assert_eq!(
            (key("/k"), key("~/k"), key("")),
            ("/k".into(), "~/k".into(), "".into())
        );
    }
}
