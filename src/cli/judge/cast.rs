//! A world's miners on a chain: who starts when, with which flags, and who leaves.

use std::path::Path;

use testbed::world::{with_accounts, with_miners};
use testbed::{Chain, Error, Miner, Stage};
use tokio::process::Command;

use super::world::{Entry, World};
use crate::cli::local::failed;
use crate::types::{Cause, Failure};

/// The demo's world, in which ours are seated.
const DEMO: &str = include_str!("../../../localnet/worlds/demo.toml");
/// The only subnet.
const NETUID: u16 = 1;

/// The chain alone, with all that are there from the beginning seated.
pub async fn open(world: &World, data: &Path, seed: u64) -> Result<Stage, Failure> {
    let names = |late: bool| {
        let of = world
            .miners
            .iter()
            .filter(move |entry| entry.joins_after.is_some() == late);
        of.flat_map(Entry::accounts).collect::<Vec<_>>()
    };
    // Those who come later have accounts, and no seat.
    let seated =
        with_miners(DEMO, &names(false)).and_then(|text| with_accounts(&text, &names(true)));
    let file = data.join("world.toml");
    std::fs::write(&file, seated.map_err(failed)?)
        .map_err(|e| Failure::new(Cause::Transient, format!("{}: {e}", file.display())))?;
    let salt = seed.to_string();
    let flags = [
        "--rpc-port",
        "0",
        "--block-ms",
        "250",
        "--finality-lag",
        "2",
        "--tempo",
        "60",
        "--salt",
        &salt,
    ];
    let flags = flags.iter().map(AsRef::as_ref);
    let flags = flags.chain(["--world".as_ref(), file.as_os_str()]);
    Stage::open(flags, &data.join("logs")).await.map_err(failed)
}

/// Starts all miners of these entries and waits until they serve.
pub async fn enter(
    stage: &mut Stage,
    world: &World,
    seed: u64,
    which: impl Fn(&Entry) -> bool,
) -> Result<(), Failure> {
    let (players, sources) = (world.players(), world.sources());
    let answers = stage.logs().join("answers");
    let mut commands = Vec::new();
    for (at, (entry, name)) in players.iter().enumerate() {
        let entry = &world.miners[*entry];
        if which(entry) {
            let place = Place {
                at,
                name,
                of: sources[at].map(|of| players[of].1.as_str()),
                answers: &answers,
            };
            commands.push((
                name.clone(),
                place.command(stage.chain(), entry, seed).map_err(failed)?,
            ));
        }
    }
    stage.enter(commands).await.map_err(failed)
}

/// One of an entry's miners.
struct Place<'a> {
    at: usize,
    name: &'a str,
    of: Option<&'a str>,
    answers: &'a Path,
}

impl Place<'_> {
    fn command(&self, chain: &Chain, entry: &Entry, seed: u64) -> Result<Command, Error> {
        let mut flags = vec!["--cache".to_owned(), self.answers.display().to_string()];
        if let Some(then) = &entry.then {
            flags.extend([
                "--then".into(),
                format!("{}:{}", then.after, then.behaviour),
            ]);
        }
        if let Some(file) = &entry.answers {
            flags.extend(["--answers".into(), file.display().to_string()]);
        }
        flags.extend(entry.flags.iter().cloned());
        let miner = Miner {
            name: self.name,
            behaviour: entry.behaviour(),
            netuid: NETUID,
            // The world's check holds that there are so many.
            host: u8::try_from(self.at + 2).unwrap_or(u8::MAX),
            seed: seed.wrapping_mul(1000) + self.at as u64,
            copied: self.of,
            flags: &flags,
        };
        miner.command(chain)
    }
}
