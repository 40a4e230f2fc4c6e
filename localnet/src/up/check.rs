//! What a cast must fulfil before anything is built.

use std::collections::BTreeSet;

use localnet_runtime::genesis::Subnet;

use super::UpError;
use super::cast::{Group, Policy, Validator};

/// Neurons of a subnet where its world doesn't say.
const MAX_UIDS: u16 = 256;

/// Checks the players of a subnet against it and each other.
pub fn players(
    subnet: &Subnet,
    threshold: f64,
    validators: &[Validator],
    groups: &[Group],
) -> Result<(), UpError> {
    let netuid = subnet.netuid;
    let place = format!("subnet {netuid}");
    schedule(subnet).map_err(|wrong| wrong.at(&place))?;
    names(subnet, validators, groups).map_err(|wrong| wrong.at(&place))?;
    for checked in validators {
        let place = format!("subnet {netuid}, validator {:?}", checked.name);
        validator(checked, threshold, groups).map_err(|wrong| wrong.at(&place))?;
    }
    for checked in groups {
        let place = format!("subnet {netuid}, miner {:?}", checked.name);
        group(checked).map_err(|wrong| wrong.at(&place))?;
    }
    room(subnet, validators, groups).map_err(|wrong| wrong.at(&place))
}

fn schedule(subnet: &Subnet) -> Result<(), Wrong> {
    let tempo = subnet.tempo.unwrap_or(1);
    ensure(
        tempo > 0,
        "tempo",
        tempo,
        "no epoch would ever run; give blocks from 1",
    )
}

/// What lets validators miss epochs, said once: the file may mean it so.
pub fn warn_of_rate_limit(netuid: u16, tempo: u16, rate_limit: u64) {
    if rate_limit >= u64::from(tempo) {
        tracing::warn!(
            netuid,
            tempo,
            weights_set_rate_limit = rate_limit,
            "validators may set weights less often than once per epoch; set weights_set_rate_limit below the tempo if that is not what you want"
        );
    }
}

/// A value that can't be used: its key, itself, and what to do.
struct Wrong(&'static str, String, String);

impl Wrong {
    fn at(self, place: &str) -> UpError {
        let Self(key, value, remedy) = self;
        UpError::Value {
            place: place.to_owned(),
            key,
            value,
            remedy,
        }
    }
}

fn ensure(
    good: bool,
    key: &'static str,
    value: impl ToString,
    remedy: impl Into<String>,
) -> Result<(), Wrong> {
    if good {
        Ok(())
    } else {
        Err(Wrong(key, value.to_string(), remedy.into()))
    }
}

fn validator(validator: &Validator, threshold: f64, groups: &[Group]) -> Result<(), Wrong> {
    let Validator {
        stake_tao,
        noise,
        from,
        until,
        miners,
        policy,
        ..
    } = validator;
    ensure(
        stake_tao.is_finite() && *stake_tao >= 0.0,
        "stake_tao",
        stake_tao,
        "give TAO from 0",
    )?;
    ensure(
        *policy == Policy::Absent || *stake_tao >= threshold,
        "stake_tao",
        stake_tao,
        format!(
            "below stake_threshold_tao = {threshold} it may not set weights; give more, or lower the threshold"
        ),
    )?;
    ensure(
        noise.is_finite() && *noise >= 0.0,
        "noise",
        noise,
        "give a share from 0, as 0.05",
    )?;
    if let Some(until) = until {
        ensure(
            until > from,
            "until",
            until,
            format!("give an epoch after from = {from}"),
        )?;
    }
    if *policy != Policy::Cabal {
        let remedy = "only policy = \"cabal\" takes miners; leave the key out";
        return ensure(miners.is_empty(), "miners", format!("{miners:?}"), remedy);
    }
    let known: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    let remedy = format!("name miner groups of this subnet, out of {known:?}");
    let named = !miners.is_empty() && miners.iter().all(|name| known.contains(&name.as_str()));
    ensure(named, "miners", format!("{miners:?}"), remedy)
}

fn group(group: &Group) -> Result<(), Wrong> {
    let Group {
        count,
        quality,
        half_life,
        joins,
        leaves,
        ..
    } = group;
    ensure(
        *count > 0,
        "count",
        count,
        "give at least 1, or leave the miner out",
    )?;
    let (low, high) = quality.bounds();
    ensure(
        0.0 <= low && low <= high && high <= 1.0,
        "quality",
        if low == high {
            format!("{low}")
        } else {
            format!("[{low}, {high}]")
        },
        "give a number from 0 to 1, or [low, high] within that",
    )?;
    ensure(
        half_life.is_finite() && *half_life > 0.0,
        "half_life",
        half_life,
        "give epochs above 0",
    )?;
    match leaves {
        Some(leaves) => ensure(
            leaves > joins,
            "leaves",
            leaves,
            format!("give an epoch after joins = {joins}"),
        ),
        None => Ok(()),
    }
}

/// Every key is one account: two players can't share a name, nor take the name of a plain neuron.
fn names(subnet: &Subnet, validators: &[Validator], groups: &[Group]) -> Result<(), Wrong> {
    let mut seen: BTreeSet<String> = subnet
        .neurons
        .iter()
        .map(|neuron| neuron.hotkey.clone())
        .collect();
    let mut coldkeys = BTreeSet::new();
    let members = groups
        .iter()
        .flat_map(|group| (0..group.count).map(|index| group.member(index)));
    for name in validators
        .iter()
        .map(|validator| validator.name.clone())
        .chain(members)
    {
        ensure(!name.is_empty(), "name", "\"\"", "give a name")?;
        let new = seen.insert(name.clone());
        ensure(
            new,
            "name",
            format!("{name:?}"),
            "it is taken on this subnet; give each its own",
        )?;
    }
    for group in groups {
        ensure(
            !group.name.is_empty(),
            "name",
            "\"\"",
            "give the group a name",
        )?;
        let new = coldkeys.insert(&group.name);
        ensure(
            new,
            "name",
            format!("{:?}", group.name),
            "two groups share it; give each its own",
        )?;
        let free = group.member(0) != subnet.owner_hotkey;
        ensure(
            free,
            "name",
            format!("{:?}", group.name),
            "the owner's hotkey can't be a miner, whose pay is withheld; give another name",
        )?;
    }
    Ok(())
}

fn room(subnet: &Subnet, validators: &[Validator], groups: &[Group]) -> Result<(), Wrong> {
    let owner = &subnet.owner_hotkey;
    let plain = subnet
        .neurons
        .iter()
        .filter(|neuron| neuron.hotkey != *owner)
        .count();
    let playing = validators
        .iter()
        .filter(|validator| validator.name != *owner)
        .count();
    let miners: usize = groups.iter().map(|group| usize::from(group.count)).sum();
    let all = 1 + plain + playing + miners;
    let most = subnet.max_allowed_uids.unwrap_or(MAX_UIDS);
    ensure(
        all <= usize::from(most),
        "max_allowed_uids",
        most,
        format!(
            "there are {all} neurons, the owner's included; lower the counts, or raise it (the real chain allows 256)"
        ),
    )
}
