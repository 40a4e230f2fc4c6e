//! What an epoch gave to whom, read from the chain after it.

use std::collections::BTreeMap;

use localnet_runtime::subtensor;
use localnet_runtime::{AccountId, Runtime};
use sp_core::crypto::Ss58Codec;

use super::world::{Cast, Role};

type Subtensor = subtensor::Pallet<Runtime>;

/// One epoch of a subnet.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Which subnet, where a world has several.
    pub netuid: u16,
    /// Epochs run so far, this one included.
    pub epoch: u64,
    /// The block that the epoch ran in.
    pub block: u32,
    /// TAO per token.
    pub price: f64,
    /// All neurons, by uid.
    pub rows: Vec<Row>,
}

/// One neuron in an epoch. Shares are over 65535; amounts are rao of the subnet's token.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// As now: a neuron that is pruned leaves its uid to another.
    pub uid: u16,
    /// As in the world file; the hotkey's ss58 address where it doesn't say.
    pub name: String,
    /// Who plays it.
    pub role: Role,
    /// The miner's true quality when the epoch's weights were measured.
    pub quality: f64,
    /// The hotkey's, its nominators' included, after the epoch.
    pub stake: u64,
    /// Share of what miners earn.
    pub incentive: u16,
    /// Share of what validators earn.
    pub dividends: u16,
    /// Share of a validator's weights that clipping at consensus left.
    pub vtrust: u16,
    /// The weight that enough stake agrees on.
    pub consensus: u16,
    /// Earned in the epoch, in both roles.
    pub emission: u64,
    /// Stake gained since genesis.
    pub earned: u64,
}

/// A subnet's neurons at genesis, by which later ones are told apart.
#[derive(Debug)]
pub struct Roster {
    hotkeys: BTreeMap<AccountId, (usize, u64)>,
}

impl Roster {
    /// Reads the state of block 0; to be called on it.
    pub fn read(netuid: u16) -> Self {
        let hotkeys = Subtensor::hotkeys(netuid).into_iter().enumerate();
        let hotkeys = hotkeys.map(|(seat, hotkey)| {
            let stake = Subtensor::stake_on(&hotkey, netuid);
            (hotkey, (seat, stake))
        });
        Self {
            hotkeys: hotkeys.collect(),
        }
    }

    fn seat(&self, hotkey: &AccountId) -> Option<(usize, u64)> {
        self.hotkeys.get(hotkey).copied()
    }

    /// What each uid plays now; to be called on a state.
    pub fn roles(&self, cast: &Cast) -> Vec<(u16, Role)> {
        let hotkeys = (0..=u16::MAX).zip(Subtensor::hotkeys(cast.netuid));
        let role = |hotkey: &AccountId| {
            let (seat, _) = self.seat(hotkey)?;
            cast.seats.get(seat).map(|seat| seat.role)
        };
        hotkeys
            .map(|(uid, hotkey)| (uid, role(&hotkey).unwrap_or(Role::Other)))
            .collect()
    }
}

/// Epochs that a subnet has run; to be called on a state.
pub fn epochs(netuid: u16) -> u64 {
    subtensor::SubnetEpochIndex::<Runtime>::get(netuid)
}

/// Reads the last epoch of a subnet; to be called on a state.
pub fn read(cast: &Cast, roster: &Roster, seed: u64, block: u32) -> Record {
    let netuid = cast.netuid;
    let index = Subtensor::storage_index(netuid, 0);
    let incentive = subtensor::Incentive::<Runtime>::get(index);
    let dividends = subtensor::Dividends::<Runtime>::get(netuid);
    let vtrust = subtensor::ValidatorTrust::<Runtime>::get(netuid);
    let consensus = subtensor::Consensus::<Runtime>::get(netuid);
    let emission = subtensor::Emission::<Runtime>::get(netuid);
    let epoch = epochs(netuid);
    let row = |(uid, hotkey): (u16, AccountId)| {
        let share = |shares: &Vec<u16>| shares.get(usize::from(uid)).copied().unwrap_or(0);
        let stake = Subtensor::stake_on(&hotkey, netuid);
        let known = roster.seat(&hotkey);
        let seat = known.and_then(|(seat, _)| cast.seats.get(seat));
        let role = seat.map_or(Role::Other, |seat| seat.role);
        Row {
            uid,
            name: seat.map_or_else(|| hotkey.to_ss58check(), |seat| seat.name.clone()),
            role,
            quality: cast.quality(role, seed, epoch.saturating_sub(1)),
            stake,
            incentive: share(&incentive),
            dividends: share(&dividends),
            vtrust: share(&vtrust),
            consensus: share(&consensus),
            emission: emission.get(usize::from(uid)).copied().unwrap_or(0),
            earned: stake.saturating_sub(known.map_or(0, |(_, base)| base)),
        }
    };
    let neurons = (0..=u16::MAX).zip(Subtensor::hotkeys(netuid));
    Record {
        netuid,
        epoch,
        block,
        price: Subtensor::token_price(netuid).to_num(),
        rows: neurons.map(row).collect(),
    }
}

impl Cast {
    fn quality(&self, role: Role, seed: u64, epoch: u64) -> f64 {
        match role {
            Role::Miner(group, index) => self
                .groups
                .get(group)
                .map_or(0.0, |group| group.quality(seed, index, epoch)),
            _ => 0.0,
        }
    }
}

/// A share over 65535 as a number from 0 to 1.
pub fn share(value: u16) -> f64 {
    f64::from(value) / f64::from(u16::MAX)
}

/// Rao as whole tokens.
pub fn tokens(rao: u64) -> f64 {
    rao as f64 / 1e9
}
