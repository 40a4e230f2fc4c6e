//! `weighmaster config init`: a first config that works where it is written.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::output;
use crate::host;
use crate::types::{Cause, Failure};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new file. The scoring file is written beside it, as scoring/default.toml.
    file: PathBuf,
}

const ANNOTATED: &str = include_str!("../../config/weighmaster.toml");
const SCORING: &str = include_str!("../../config/scoring/default.toml");

pub fn run(args: &Args) -> Result<(), Failure> {
    let models = host::files().ok().map(|files| files.join("reward_models"));
    create(&args.file, &text(models.as_deref()))?;
    output::line(format_args!("wrote {}", args.file.display()))?;
    let folder = args.file.parent().unwrap_or(Path::new(""));
    let scoring = folder.join("scoring/default.toml");
    if !scoring.exists() {
        std::fs::create_dir_all(folder.join("scoring")).map_err(|e| failed(&scoring, &e))?;
        create(&scoring, SCORING)?;
        output::line(format_args!("wrote {}", scoring.display()))?;
    }
    output::line(
        "next: set netuid and [subnet.hotkey] keyfile in it, then `weighmaster --config FILE check`",
    )
}

/// The annotated defaults, with what lies elsewhere than in a checkout: passages of the program, models where they are.
fn text(models: Option<&Path>) -> String {
    let text = ANNOTATED.replacen("corpus = \"corpus\"", "corpus = \"embedded\"", 1);
    let Some(models) = models.and_then(Path::to_str) else {
        return text;
    };
    let dir = toml::Value::from(models);
    text.replacen("dir = \"reward_models\"", &format!("dir = {dir}"), 1)
}

/// Never over a file that is there.
fn create(file: &Path, text: &str) -> Result<(), Failure> {
    let created = OpenOptions::new().write(true).create_new(true).open(file);
    let written = created.and_then(|mut f| f.write_all(text.as_bytes()));
    written.map_err(|e| failed(file, &e))
}

fn failed(file: &Path, e: &std::io::Error) -> Failure {
    let remedy = match e.kind() {
        ErrorKind::NotFound => "make its folder first",
        ErrorKind::AlreadyExists => "name a new file",
        _ => "name a place that can be written",
    };
    Failure::new(Cause::Config, format!("{}: {e}; {remedy}", file.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::config::{Environment, Layers, ScoringConfig};

    #[tokio::test]
    async fn what_is_written_is_a_config_anywhere() {
        let folder = tempfile::tempdir().unwrap();
        let args = Args {
            file: folder.path().join("mine.toml"),
        };
        run(&args).unwrap();
        let layers = Layers {
            file: Some(args.file.clone()),
            environment: Environment::default(),
            overrides: Vec::new(),
        };
        let config = layers.load().unwrap();
        let subnet = &config.subnets[0];
        ScoringConfig::load(&subnet.scoring).unwrap();
        crate::tasks::Tasks::load(&subnet.challenges).await.unwrap();
        assert!(
            config.models.dir.is_dir(),
            "{}",
            config.models.dir.display()
        );

        let again = run(&args).unwrap_err().to_string();
        assert!(again.contains("name a new file"), "{again}");
    }
}
