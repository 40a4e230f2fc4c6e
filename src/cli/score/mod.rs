//! `weighmaster score`: a file of questions and answers under a scoring file, without chain or database.

mod json;
mod text;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::ValueEnum;

use super::{logs, output};
use crate::config::{ChallengeConfig, Config, Layers, ScoringConfig};
use crate::host;
use crate::service::Loader;
use crate::service::score::{self, Scored, measures};
use crate::types::{Cause, Failure, Family};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Questions with their answers: one JSON array, or JSON lines; docs/scoring.md has the format.
    file: PathBuf,
    /// The scoring file. Default: that of the config's subnets; without a config file, config/scoring/default.toml.
    #[arg(long, value_name = "FILE")]
    scoring: Option<PathBuf>,
    /// What sort of task the questions are.
    #[arg(long, value_enum, default_value_t = Kind(Family::Documents))]
    family: Kind,
    /// What each judge and each mask said of each answer, and why.
    #[arg(long)]
    why: bool,
    /// One JSON array: per question an object, its answers in the file's order.
    #[arg(long)]
    json: bool,
}

/// A family as a flag takes it.
#[derive(Clone, Copy, Debug)]
struct Kind(Family);

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        const {
            &[
                Self(Family::Documents),
                Self(Family::Reading),
                Self(Family::Data),
                Self(Family::Reasoning),
                Self(Family::Search),
                Self(Family::Forecast),
                Self(Family::Labelling),
            ]
        }
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(<&'static str>::from(self.0).into())
    }
}

pub async fn run(config: Config, args: Args) -> Result<(), Failure> {
    // What models that are paid for cost is said in the log.
    logs::start(&config.log)?;
    let (file, challenges) = under(&config, args.scoring)?;
    let scoring = ScoringConfig::load(&file)?;
    let read = score::read(&args.file)?;
    let pipeline = Loader::new(&config).pipeline(scoring).await?;
    let scored = score::score(&pipeline, &challenges, args.family.0, read.items).await?;
    match args.json {
        true => output::line(json::array(&scored)?)?,
        false => {
            output::line(format_args!(
                "under {}, {}",
                file.display(),
                pipeline.hash()
            ))?;
            output::print(text::notes(&scored, &read.unused))?;
            if args.why {
                output::print(text::answers(&scored))?;
            }
            output::print(text::kinds(&scored))?;
            output::print(text::measured(&measures(&scored), &scored))?;
        }
    }
    complete(&scored)
}

/// The config; without a config file, and none named, defaults beside the program's own files.
pub fn config(mut layers: Layers, named: bool) -> Result<Config, Failure> {
    if !named && layers.file.as_ref().is_some_and(|file| !file.exists()) {
        layers.file = None;
        let mut config = layers.load()?;
        if config.models.dir.is_relative() {
            config.models.dir = host::files()?.join(&config.models.dir);
        }
        return Ok(config);
    }
    Ok(layers.load()?)
}

/// The scoring file, and the challenges of a subnet that is judged by it.
fn under(config: &Config, named: Option<PathBuf>) -> Result<(PathBuf, ChallengeConfig), Failure> {
    let challenges = config.subnets.first().map(|s| s.challenges.clone());
    let challenges = challenges.unwrap_or_else(|| ChallengeConfig {
        corpus: ChallengeConfig::EMBEDDED.into(),
        ..ChallengeConfig::default()
    });
    if let Some(file) = named {
        return Ok((file, challenges));
    }
    let files: BTreeSet<&PathBuf> = config.subnets.iter().map(|s| &s.scoring).collect();
    let mut files = files.into_iter();
    match (files.next(), files.next()) {
        (Some(file), None) => Ok((file.clone(), challenges)),
        (None, _) => Ok((
            host::files()?.join("config/scoring/default.toml"),
            challenges,
        )),
        (Some(one), Some(other)) => Err(Failure::new(
            Cause::Usage,
            format!(
                "the subnets are judged by several scoring files, {} and {}: name one with --scoring",
                one.display(),
                other.display()
            ),
        )),
    }
}

/// What could be judged was shown; what could not is a failure.
fn complete(scored: &[Scored]) -> Result<(), Failure> {
    let failed = scored
        .iter()
        .filter_map(|s| Some((s, s.judged.as_ref().err()?)));
    let failed: Vec<_> = failed.collect();
    match failed.first() {
        None => Ok(()),
        Some((first, why)) => Err(Failure::new(
            Cause::BadData,
            format!(
                "{} of {} questions could not be judged; {}: {why}. Give it a reference, facts or a truth_value, or name \
                 another scoring file",
                failed.len(),
                scored.len(),
                first.item.place
            ),
        )),
    }
}
