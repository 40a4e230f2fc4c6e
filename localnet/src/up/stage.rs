//! The casts of all subnets on a node.

use std::collections::BTreeMap;

use localnet_runtime::genesis::World;
use localnet_runtime::{Runtime, subtensor};

use super::UpError;
use super::player::{Nonces, Player};
use super::record::{self, Record, Roster};
use super::view::read;
use super::world::{Cast, Scenario};
use crate::chain::BlockRef;
use crate::node::{CallError, Node, SealError};

/// Everybody who plays, and how far each subnet has been recorded.
pub struct Stage {
    seed: u64,
    scenes: Vec<Scene>,
}

struct Scene {
    cast: Cast,
    roster: Roster,
    player: Player,
    recorded: u64,
}

/// Why a step failed.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Call(#[from] CallError),
}

impl Stage {
    /// Seats a scenario's casts on a node that has just been opened with its world.
    pub fn new(scenario: Scenario, node: &Node) -> anyhow::Result<Self> {
        let Scenario { text, seed, casts } = scenario;
        let world: World =
            toml::from_str(&text).map_err(|error| UpError::shape("the world", &error))?;
        let suris: BTreeMap<String, String> = world
            .accounts
            .iter()
            .map(|account| (account.name.clone(), account.suri()))
            .collect();
        let head = node.heads().best;
        let scene = |cast: Cast| {
            read(node, head, || {
                let tempo = subtensor::Tempo::<Runtime>::get(cast.netuid);
                let limit = subtensor::WeightsSetRateLimit::<Runtime>::get(cast.netuid);
                super::check::warn_of_rate_limit(cast.netuid, tempo, limit);
            })?;
            let roster = read(node, head, || Roster::read(cast.netuid))?;
            let player = Player::new(seed, &cast, &suris);
            Ok(Scene {
                cast,
                roster,
                player,
                recorded: 0,
            })
        };
        let scenes: Result<Vec<Scene>, CallError> = casts.into_iter().map(scene).collect();
        Ok(Self {
            seed,
            scenes: scenes?,
        })
    }

    /// The casts, in the order of the world's subnets.
    pub fn casts(&self) -> impl Iterator<Item = &Cast> {
        self.scenes.iter().map(|scene| &scene.cast)
    }

    /// Epochs that every subnet has run.
    pub fn epochs_run(&self) -> u64 {
        self.scenes
            .iter()
            .map(|scene| scene.recorded)
            .min()
            .unwrap_or(0)
    }

    /// Plays at the head and seals the next block; what the epochs in it gave.
    pub fn step(&mut self, node: &Node) -> Result<Vec<Record>, StepError> {
        // The head before was played when it was sealed; the first one hasn't been.
        if node.heads().best.number == 0 {
            self.on_head(node, node.heads().best)?;
        }
        let head = node.seal(Vec::new())?;
        Ok(self.on_head(node, head)?)
    }

    /// Makes all moves that are due after the block `head`, and records the epochs that ran in it.
    pub fn on_head(&mut self, node: &Node, head: BlockRef) -> Result<Vec<Record>, CallError> {
        let mut records = Vec::new();
        let mut nonces = Nonces::new();
        let seed = self.seed;
        for scene in &mut self.scenes {
            let Scene {
                cast,
                roster,
                player,
                recorded,
            } = scene;
            let epochs = read(node, head, || record::epochs(cast.netuid))?;
            if epochs > *recorded {
                *recorded = epochs;
                records.push(read(node, head, || {
                    record::read(cast, roster, seed, head.number)
                })?);
            }
            player.on_head(node, head, cast, roster, &mut nonces)?;
        }
        Ok(records)
    }
}
