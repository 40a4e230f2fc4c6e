//! `weighmaster demo`: chain, miners, two other validators and the service, on this machine only.
//!
//! | file | duty |
//! |---|---|
//! | [`cast`] | who plays what |
//! | [`keep`] | its config as a file, for the other commands |
//! | [`stage`] | the chain and everybody else on it |
//! | [`screen`] | what a person sees |
//! | [`proof`] | what a machine checks: is the chain's row what the ledger planned, and are scores in order |

mod cast;
mod keep;
mod proof;
mod screen;
mod stage;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::json;
use subtensor::Endpoints;
use testbed::Stage;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use super::local::{config, failed, forget, made, serve, temporary_folder};
use super::logs;
use crate::config::{Config, FamilyConfig, Layers};
use crate::host;
use crate::service::{Joined, Options, cancel_on_signals};
use crate::types::{Cause, Failure, Family, Progress, ScoreTable};
use cast::Cast;
use proof::Proof;
use screen::Places;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where chain and database are kept between runs. Default: /var/lib/weighmaster/demo (root) or
    /// ~/.local/share/weighmaster/demo.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Forget everything at the end: data lies in a temporary folder.
    #[arg(long, conflicts_with = "data")]
    throw_away: bool,
    /// End with success once this many epochs in a row are proven on chain and the scores are in order.
    #[arg(long, value_name = "EPOCHS")]
    until_proven: Option<u64>,
    /// Ask of one family alone: documents, reading, data, reasoning, search, forecast or labelling. Default: a mix.
    #[arg(long)]
    family: Option<Family>,
    /// With --until-proven: give up after this many seconds, saying what was missing.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    give_up_after: u64,
}

/// What is asked, what a run without a person is to show, and by when.
struct Goal {
    family: Option<Family>,
    epochs: Option<u64>,
    give_up_after: u64,
    started: Instant,
}

impl Goal {
    /// Without a number of epochs there is no end to wait for.
    fn time_left(&self) -> Duration {
        match self.epochs {
            Some(_) => {
                Duration::from_secs(self.give_up_after).saturating_sub(self.started.elapsed())
            }
            None => Duration::MAX / 4,
        }
    }
}

pub async fn run(args: Args, layers: Layers) -> Result<(), Failure> {
    let goal = Goal {
        family: args.family,
        epochs: args.until_proven,
        give_up_after: args.give_up_after,
        started: Instant::now(),
    };
    let cancel = CancellationToken::new();
    cancel_on_signals(cancel.clone())?;
    let temporary = if args.throw_away {
        Some(temporary_folder()?)
    } else {
        None
    };
    let data = match (&temporary, args.data) {
        (Some(folder), _) => folder.clone(),
        (None, Some(folder)) => folder,
        (None, None) => kept_folder()?,
    };
    let data = made(&data)?;
    let result = play(&data, layers, &goal, &cancel).await;
    if let Some(folder) = temporary {
        forget(&folder).await;
    }
    match (result?, goal.epochs) {
        (Some(summary), _) => println!("{summary}"),
        (None, Some(epochs)) => {
            let message = format!("stopped before {epochs} epochs were proven");
            return Err(Failure::new(Cause::Transient, message));
        }
        (None, None) => {}
    }
    Ok(())
}

/// Starts everything, watches, and stops everything; whatever happens, no child is left.
async fn play(
    data: &Path,
    layers: Layers,
    goal: &Goal,
    cancel: &CancellationToken,
) -> Result<Option<String>, Failure> {
    screen::note("starting the chain");
    let mut stage = tokio::select! {
        opened = stage::open(data) => opened?,
        () = cancel.cancelled() => return Ok(None),
    };
    let result = async {
        let opening = async {
            screen::note("starting 12 miners and 2 other validators");
            stage::fill(&mut stage, data).await?;
            let mut config = config(&stage, data, layers)?;
            if let Some(family) = goal.family {
                ask_only(family, &mut config);
            }
            let file = keep::write(&config, data)?;
            logs::start(&config.log)?;
            Ok::<_, Failure>((file, serve(config, Options::default()).await?))
        };
        let (file, (service, joined, progress)) = tokio::select! {
            opened = opening => opened?,
            () = cancel.cancelled() => return Ok(None),
        };
        screen::places(&Places {
            endpoint: stage.chain().ws(),
            database: &service.database(),
            logs: stage.logs(),
            config: &file,
        });
        let cast = Cast::on(stage.chain()).map_err(failed)?;
        let endpoints = service.endpoints().clone();
        let watching = watch(&endpoints, &joined, &mut stage, &cast, progress, goal);
        let serving = service.wait(cancel.clone());
        tokio::pin!(serving);
        tokio::select! {
            outcome = watching => {
                cancel.cancel();
                let stopped = serving.await;
                outcome.and_then(|summary| stopped.map(|()| summary))
            }
            // Stopped from outside, or nothing is left that runs.
            stopped = &mut serving => stopped.map(|()| None),
        }
    }
    .await;
    stage.close().await;
    result
}

fn ask_only(family: Family, config: &mut Config) {
    for subnet in &mut config.subnets {
        let known = subnet
            .challenges
            .families
            .remove(&family)
            .unwrap_or_default();
        let alone = FamilyConfig {
            share: 1.0,
            ..known
        };
        subnet.challenges.families = BTreeMap::from([(family, alone)]);
    }
}

/// Prints what happens; with a number of epochs, returns the summary line once all is proven.
async fn watch(
    endpoints: &Endpoints,
    joined: &Joined,
    stage: &mut Stage,
    cast: &Cast,
    mut progress: tokio::sync::broadcast::Receiver<Progress>,
    goal: &Goal,
) -> Result<Option<String>, Failure> {
    let (epochs, started) = (goal.epochs, goal.started);
    let mut proof = Proof::default();
    // The scores behind the weights last sent.
    let mut behind = ScoreTable::new();
    let give_up = tokio::time::sleep(goal.time_left());
    tokio::pin!(give_up);
    loop {
        let event = tokio::select! {
            event = progress.recv() => event,
            () = &mut give_up => {
                let missing = proof.missing(epochs.unwrap_or(0));
                return Err(Failure::new(Cause::Transient, format!("gave up after {} s: {missing}", goal.give_up_after)));
            }
            died = stage.watch(|end| screen::note(&end.to_string())) => return Err(failed(died)),
        };
        match event {
            Ok(Progress::Round(report)) => screen::round(&report),
            Ok(Progress::NoVerdict { reason, .. }) => screen::no_verdict(reason),
            Ok(Progress::Sent {
                epoch,
                vector,
                block,
                ..
            }) => {
                behind = joined.scores().await?;
                screen::sent(epoch, &vector, block);
            }
            Ok(Progress::Lost {
                epoch,
                state,
                reason,
                ..
            }) => {
                proof.lost();
                screen::lost(epoch, state, &reason);
            }
            Ok(Progress::Proven {
                id,
                epoch,
                fire_block,
                after,
                ..
            }) => {
                let verdict = proof
                    .check(endpoints, joined, id, epoch, fire_block, &after)
                    .await?;
                screen::epoch(cast, epoch, &after, &behind, &verdict.row);
                proof.order(cast, &joined.scores().await?);
                if epochs.is_some_and(|wanted| proof.holds(wanted)) {
                    let counts = joined.counts().await?;
                    let summary = json!({
                        "rounds": counts.rounds, "responses": counts.responses, "epochs_proven": proof.in_a_row(),
                        "seconds": started.elapsed().as_secs(),
                    });
                    return Ok(Some(summary.to_string()));
                }
            }
            Err(RecvError::Lagged(lines)) => screen::note(&format!("({lines} lines skipped)")),
            Err(RecvError::Closed) => return Ok(None),
        }
    }
}

fn kept_folder() -> Result<PathBuf, Failure> {
    let data = host::data_dir().map_err(|e| {
        Failure::new(
            Cause::Usage,
            format!("{e}: say where the demo may keep its data with --data DIR"),
        )
    })?;
    Ok(data.join("demo"))
}
