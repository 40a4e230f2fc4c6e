//! The validators at work: after each block, who sets, commits or reveals weights now?
//!
//! ```text
//! epoch fires ─► reveal what is due, measure, set or commit ─► half an epoch ─► copiers ─► next epoch
//! ```
//!
//! Every move is a signed extrinsic in the node's pool, as a client's would be.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use codec::Encode;
use localnet_runtime::subtensor::{self, Reveal};
use localnet_runtime::{AccountId, Runtime, RuntimeCall, System, client};
use sp_core::{Pair, sr25519};
use sp_runtime::generic::Era;

use super::cast::{Policy, Validator, hash};
use super::moves::{commit_call, reveal_call, set_call};
use super::policy::{Sight, weights};
use super::record::Roster;
use super::view::{self, View, open_rows, read};
use super::world::Cast;
use crate::chain::BlockRef;
use crate::node::{CallError, Node};
use crate::validator::weights::Vector;

/// Blocks in which a transaction is valid.
const ERA: u64 = 64;

/// The next nonce of accounts that have sent something at this head: a hotkey may play on several subnets.
pub type Nonces = BTreeMap<AccountId, u32>;

type Subtensor = subtensor::Pallet<Runtime>;

/// The validators of one subnet.
pub struct Player {
    seed: u64,
    actors: Vec<Actor>,
    /// Whether the last head got extrinsics from here, whose fate the next block tells.
    submitted: bool,
    /// Refusals already told of.
    told: BTreeSet<String>,
}

struct Actor {
    /// Index into the cast's validators.
    index: usize,
    pair: sr25519::Pair,
    hotkey: AccountId,
    /// The last epoch in which it set or committed weights.
    acted: Option<u64>,
    /// Commits that wait for their reveal, with the epoch they were made in and the mechanism.
    waiting: VecDeque<(u64, u8, Reveal)>,
}

impl Player {
    /// The validators of a cast; `suris` are the secret URIs of all accounts by name.
    pub fn new(seed: u64, cast: &Cast, suris: &BTreeMap<String, String>) -> Self {
        let actor = |(index, validator): (usize, &Validator)| {
            let pair = sr25519::Pair::from_string(suris.get(&validator.name)?, None).ok()?;
            Some(Actor {
                index,
                hotkey: AccountId::from(pair.public()),
                pair,
                acted: None,
                waiting: VecDeque::new(),
            })
        };
        let actors = cast
            .validators
            .iter()
            .enumerate()
            .filter_map(actor)
            .collect();
        Self {
            seed,
            actors,
            submitted: false,
            told: BTreeSet::new(),
        }
    }

    /// Makes all moves that are due after the block `head`.
    pub fn on_head(
        &mut self,
        node: &Node,
        head: BlockRef,
        cast: &Cast,
        roster: &Roster,
        nonces: &mut Nonces,
    ) -> Result<(), CallError> {
        if std::mem::take(&mut self.submitted) {
            self.tell_refusals(node, head, cast)?;
        }
        let view = read(node, head, || View::of(cast.netuid, head.number))?;
        if view.firing {
            return Ok(());
        }
        for at in 0..self.actors.len() {
            let calls = self.moves(at, node, head, cast, &view, roster)?;
            if let Some(actor) = self.actors.get(at) {
                self.submitted |= actor.submit(node, head, calls, nonces)?;
            }
        }
        Ok(())
    }

    fn moves(
        &mut self,
        at: usize,
        node: &Node,
        head: BlockRef,
        cast: &Cast,
        view: &View,
        roster: &Roster,
    ) -> Result<Vec<RuntimeCall>, CallError> {
        let netuid = cast.netuid;
        let Some(actor) = self.actors.get_mut(at) else {
            return Ok(Vec::new());
        };
        let Some(validator) = cast.validators.get(actor.index) else {
            return Ok(Vec::new());
        };
        let mut calls: Vec<RuntimeCall> = actor
            .due(view)
            .into_iter()
            .map(|(mecid, reveal)| reveal_call(netuid, mecid, reveal))
            .collect();
        let late = validator.policy == Policy::Copier;
        if !validator.plays(view.epoch) || actor.acted == Some(view.epoch) || (late && !view.half) {
            return Ok(calls);
        }
        let hotkey = &actor.hotkey;
        let uid = read(node, head, || {
            subtensor::Uids::<Runtime>::get(netuid, hotkey)
        })?;
        let Some(uid) = uid.filter(|uid| view.may_weigh(*uid, head.number)) else {
            return Ok(calls);
        };
        let rows = if late {
            read(node, head, || open_rows(netuid, uid))?
        } else {
            Vec::new()
        };
        let (seed, epoch) = (self.seed, view.epoch);
        let roles = read(node, head, || roster.roles(cast))?;
        let vector = weights(
            validator,
            &Sight {
                cast,
                seed,
                epoch,
                roles: &roles,
                rows: &rows,
            },
        );
        if vector.uids.is_empty() {
            return Ok(calls);
        }
        actor.acted = Some(epoch);
        calls.extend(match view.commit_reveal {
            true => actor.commits(netuid, view, &vector, &|index| {
                hash(seed, &validator.name, index, epoch)
            }),
            false => sets(netuid, view, &vector),
        });
        Ok(calls)
    }

    /// Says once of each reason why the chain refused a call of a validator in the block `head`.
    fn tell_refusals(&mut self, node: &Node, head: BlockRef, cast: &Cast) -> Result<(), CallError> {
        let extrinsics = node.with_block(&head.hash, |block| block.extrinsics.clone());
        let extrinsics = extrinsics.unwrap_or_default();
        for (index, error) in read(node, head, view::refusals)? {
            let signer = extrinsics.get(index).and_then(|bytes| view::signer(bytes));
            let actor = self
                .actors
                .iter()
                .find(|actor| Some(&actor.hotkey) == signer.as_ref());
            let validator = actor.and_then(|actor| cast.validators.get(actor.index));
            let Some(Validator { name, .. }) = validator else {
                continue;
            };
            if self.told.insert(format!("{name}: {error}")) {
                let (netuid, block) = (cast.netuid, head.number);
                tracing::warn!(
                    netuid,
                    block,
                    validator = name,
                    error,
                    "the chain refused a call"
                );
            }
        }
        Ok(())
    }
}

impl Actor {
    /// Commits to the same row in each mechanism, with salts of their own, and keeps what to reveal.
    fn commits(
        &mut self,
        netuid: u16,
        view: &View,
        vector: &Vector,
        salt: &dyn Fn(u64) -> u64,
    ) -> Vec<RuntimeCall> {
        let commit = |mecid: u8| {
            let reveal = Reveal {
                uids: vector.uids.clone(),
                values: vector.weights.clone(),
                salt: salt(u64::from(mecid) + 1)
                    .to_le_bytes()
                    .map(u16::from)
                    .to_vec(),
                version_key: view.version_key,
            };
            let hash = reveal.hash(&self.hotkey, Subtensor::storage_index(netuid, mecid));
            self.waiting.push_back((view.epoch, mecid, reveal));
            commit_call(netuid, mecid, hash)
        };
        (0..view.mechanisms).map(commit).collect()
    }

    /// The commits whose reveal is due, by mechanism; those whose time is over are dropped.
    fn due(&mut self, view: &View) -> Vec<(u8, Reveal)> {
        let mut due = Vec::new();
        while let Some((epoch, ..)) = self.waiting.front() {
            let reveal_at = epoch.saturating_add(view.reveal_period);
            if reveal_at > view.epoch {
                break;
            }
            if let Some((_, mecid, reveal)) = self.waiting.pop_front()
                && reveal_at == view.epoch
            {
                due.push((mecid, reveal));
            }
        }
        due
    }

    /// Whether the pool took any of the calls.
    fn submit(
        &self,
        node: &Node,
        head: BlockRef,
        calls: Vec<RuntimeCall>,
        nonces: &mut Nonces,
    ) -> Result<bool, CallError> {
        if calls.is_empty() {
            return Ok(false);
        }
        let next = match nonces.get(&self.hotkey) {
            Some(next) => *next,
            None => read(node, head, || System::account_nonce(&self.hotkey))?,
        };
        let after = next.saturating_add(calls.len() as u32);
        nonces.insert(self.hotkey.clone(), after);
        let era = Era::mortal(ERA, u64::from(head.number));
        let mut taken = false;
        for (nonce, call) in (next..).zip(calls) {
            let signed = client::signed(call, &self.pair, nonce, era, node.genesis(), head.hash);
            match node.submit(signed.encode(), None) {
                Ok(_) => taken = true,
                Err(error) => {
                    tracing::warn!(block = head.number, hotkey = %self.hotkey, %error, "the pool refused a validator's weights")
                }
            }
        }
        Ok(taken)
    }
}

/// The same row in each mechanism, openly.
fn sets(netuid: u16, view: &View, vector: &Vector) -> Vec<RuntimeCall> {
    let set = |mecid| set_call(netuid, mecid, vector.clone(), view.version_key);
    (0..view.mechanisms).map(set).collect()
}
