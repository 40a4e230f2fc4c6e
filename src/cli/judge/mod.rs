//! `weighmaster judge`: how well a config judges. Miners of known worth are asked and judged on this machine's own chain,
//! over the real way of a question and a real database; what each earned is compared with what it is worth.
//!
//! | file | duty |
//! |---|---|
//! | [`world`] | the world file: who plays, what each is worth, what is asked |
//! | [`cast`] | its miners on a chain |
//! | [`play`] | rounds until enough are judged |
//! | [`metrics`], [`rank`] | figures out of what was judged |

mod cast;
mod metrics;
mod play;
mod rank;
mod world;

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::local::{config, forget, made, temporary_folder};
use super::{logs, table};
use crate::config::{Config, Layers};
use crate::host;
use crate::service::cancel_on_signals;
use crate::types::{Cause, Failure};
use metrics::{Line, Table};
use play::Play;
use world::World;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The world file: miners with their worth, and what they are asked. Default: config/worlds/judge.toml.
    #[arg(long, value_name = "FILE")]
    world: Option<PathBuf>,
    /// Of all chances: tasks, samples, miners' mistakes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Judged rounds of each part, in place of what the world says.
    #[arg(long, value_name = "ROUNDS")]
    rounds: Option<usize>,
    /// Give up after this many seconds, saying what was missing.
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    give_up_after: u64,
}

pub async fn run(args: Args, layers: Layers) -> Result<(), Failure> {
    let cancel = CancellationToken::new();
    cancel_on_signals(cancel.clone())?;
    let file = match &args.world {
        Some(file) => file.clone(),
        None => host::files()?.join("config/worlds/judge.toml"),
    };
    let world = World::read(&file)?;
    let folder = made(&temporary_folder()?)?;
    let result = play(&args, &world, &folder, layers, &cancel).await;
    forget(&folder).await;
    if let Some((table, figures)) = result? {
        print!("{table}");
        println!("{figures}");
        return Ok(());
    }
    Err(Failure::new(
        Cause::Transient,
        "stopped before the world was played to its end",
    ))
}

/// The table and the line of figures; none if it was stopped. Whatever happens, no child is left.
async fn play(
    args: &Args,
    world: &World,
    data: &Path,
    layers: Layers,
    cancel: &CancellationToken,
) -> Result<Option<(String, String)>, Failure> {
    let until = Instant::now() + Duration::from_secs(args.give_up_after);
    println!(
        "· starting a chain and {} miners of {} kinds",
        world.players().len(),
        world.miners.len()
    );
    let mut stage = tokio::select! {
        opened = cast::open(world, data, args.seed) => opened?,
        () = cancel.cancelled() => return Ok(None),
    };
    let playing = async {
        cast::enter(&mut stage, world, args.seed, |entry| {
            entry.joins_after.is_none()
        })
        .await?;
        let config = scored(config(&stage, data, layers)?, world)?;
        logs::start(&config.log)?;
        let play = Play {
            world,
            seed: args.seed,
            stage: &mut stage,
            config: &config,
            until,
            rounds: args.rounds,
        };
        let rows = play.parts().await?;
        Ok::<_, Failure>(Table::new(world, rows, config.subnets[0].weights.power))
    };
    let played = tokio::select! {
        played = playing => played.map(Some),
        () = cancel.cancelled() => Ok(None),
    };
    stage.close().await;
    let Some(played) = played? else {
        return Ok(None);
    };
    let figures =
        serde_json::to_string(&played.figures()).map_err(|e| Failure::new(Cause::Bug, e))?;
    let exact = played
        .rank_correlation(0.0)
        .map_or("–".into(), |r| format!("{r:.3}"));
    let table = format!(
        "\n{}\nrank correlation with rewards as they are: {exact}\n",
        shown(world, &played.lines())
    );
    Ok(Some((table, figures)))
}

/// By the world's scoring file, or the shipped one for a real chain.
fn scored(mut config: Config, world: &World) -> Result<Config, Failure> {
    let shipped = host::files()?.join("config/scoring/default.toml");
    let scoring = world.scoring.clone().unwrap_or(shipped);
    config
        .subnets
        .iter_mut()
        .for_each(|subnet| subnet.scoring = scoring.clone());
    Ok(config)
}

fn shown(world: &World, lines: &[Line]) -> String {
    let number =
        |value: Option<f64>, digits: usize| value.map_or("–".into(), |v| format!("{v:.digits$}"));
    let parts = world.parts.iter().map(|part| part.name.as_str());
    let header: Vec<&str> = ["behaviour", "miners", "quality"]
        .into_iter()
        .chain(parts)
        .chain(["cut", "weight", "rounds"])
        .collect();
    let row = |line: &Line| {
        let start = [
            line.name.clone(),
            line.miners.to_string(),
            number(Some(line.quality), 2),
        ];
        let rewards = line.rewards.iter().map(|reward| number(*reward, 3));
        let end = [
            number(line.cut, 2),
            number(Some(line.weight), 2),
            number(Some(line.rounds), 0),
        ];
        start.into_iter().chain(rewards).chain(end).collect()
    };
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    table::render(&header, &rows)
}
