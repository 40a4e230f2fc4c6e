//! From a world file with players to a plain world and its cast.

use std::collections::BTreeSet;

use localnet_runtime::genesis::{Account, Chain, Subnet, World};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::UpError;
use super::cast::{Group, Policy, Validator};

/// A plain world, and who plays in it.
#[derive(Debug)]
pub struct Scenario {
    /// The world as `localnet node` takes it: the players are accounts and neurons.
    pub text: String,
    /// Of all chances: qualities, noise, failures. The same world and seed give the same epochs.
    pub seed: u64,
    /// One for each subnet, in the file's order.
    pub casts: Vec<Cast>,
}

/// The players of a subnet.
#[derive(Debug)]
pub struct Cast {
    /// Which subnet, where a world has several.
    pub netuid: u16,
    /// `[[subnet.validator]]` entries.
    pub validators: Vec<Validator>,
    /// `[[subnet.miner]]` entries.
    pub groups: Vec<Group>,
    /// All neurons at genesis, by uid.
    pub seats: Vec<Seat>,
}

/// A neuron at genesis.
#[derive(Debug)]
pub struct Seat {
    /// Of the hotkey's account.
    pub name: String,
    /// Who plays it.
    pub role: Role,
}

/// What a neuron is in the cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Neither: the owner's, or a plain neuron that some client plays.
    Other,
    /// Index into [`Cast::validators`].
    Validator(usize),
    /// Index into [`Cast::groups`], and of the miner in its group.
    Miner(usize, u16),
}

/// `[up]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Up {
    #[serde(default)]
    seed: u64,
}

impl Scenario {
    /// Reads a world file.
    ///
    /// # Errors
    /// [`UpError`], which names the entry, the key and the value, and says what to do.
    pub fn parse(text: &str) -> Result<Self, UpError> {
        let mut table: Table =
            toml::from_str(text).map_err(|error| UpError::Syntax(error.to_string()))?;
        check_shapes(&table)?;
        let world: World = read("the world", Value::Table(table.clone()))?;
        let up = table.remove("up").map(|up| read::<Up>("[up]", up));
        let up = up.transpose()?.unwrap_or_default();
        let players = take_players(&mut table)?;
        if players
            .iter()
            .all(|(validators, groups)| validators.is_empty() && groups.is_empty())
        {
            return Err(UpError::NobodyPlays);
        }
        let mut accounts: BTreeSet<String> = names(&world);
        let mut casts = Vec::new();
        for (index, (subnet, (validators, groups))) in world.subnets.iter().zip(players).enumerate()
        {
            let threshold = world.chain.stake_threshold_tao;
            super::check::players(subnet, threshold, &validators, &groups)?;
            let cast = seat(subnet, validators, groups);
            add_neurons(&mut table, index, subnet, &cast, &mut accounts);
            casts.push(cast);
        }
        let text = toml::to_string(&table).map_err(|error| UpError::Syntax(error.to_string()))?;
        Ok(Self {
            text,
            seed: up.seed,
            casts,
        })
    }
}

fn read<T: DeserializeOwned>(place: &str, value: Value) -> Result<T, UpError> {
    value
        .try_into()
        .map_err(|error| UpError::shape(place, &error))
}

/// Reads each entry by itself, so that a mistake is told with its place.
fn check_shapes(table: &Table) -> Result<(), UpError> {
    if let Some(chain) = table.get("chain") {
        read::<Chain>("[chain]", chain.clone())?;
    }
    let entries = |key: &str| {
        table
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    for (index, account) in entries("account").enumerate() {
        let name = account.get("name").and_then(Value::as_str);
        let name = name.map_or_else(|| format!("number {}", index + 1), |n| format!("{n:?}"));
        read::<Account>(&format!("[[account]] {name}"), account.clone())?;
    }
    for (index, subnet) in entries("subnet").enumerate() {
        read::<Subnet>(&place_of(index, subnet), subnet.clone())?;
    }
    Ok(())
}

fn place_of(index: usize, subnet: &Value) -> String {
    match subnet.get("netuid").and_then(Value::as_integer) {
        Some(netuid) => format!("subnet {netuid}"),
        None => format!("[[subnet]] number {}", index + 1),
    }
}

fn names(world: &World) -> BTreeSet<String> {
    world
        .accounts
        .iter()
        .map(|account| account.name.clone())
        .collect()
}

type Players = (Vec<Validator>, Vec<Group>);

/// Takes what a plain world doesn't know out of each subnet.
fn take_players(table: &mut Table) -> Result<Vec<Players>, UpError> {
    let subnets = table.get_mut("subnet").and_then(Value::as_array_mut);
    let mut players = Vec::new();
    for (index, subnet) in subnets.into_iter().flatten().enumerate() {
        let place = place_of(index, subnet);
        let Some(subnet) = subnet.as_table_mut() else {
            continue;
        };
        players.push((
            take(subnet, "validator", &place)?,
            take(subnet, "miner", &place)?,
        ));
    }
    Ok(players)
}

fn take<T: DeserializeOwned>(
    subnet: &mut Table,
    key: &str,
    place: &str,
) -> Result<Vec<T>, UpError> {
    let entries = match subnet.remove(key) {
        None => Vec::new(),
        Some(Value::Array(entries)) => entries,
        Some(other) => vec![other],
    };
    let place = |number: usize, entry: &Value| {
        let name = entry.get("name").and_then(Value::as_str);
        let name = name.map_or_else(|| format!("number {}", number + 1), |n| format!("{n:?}"));
        format!("{place}, [[subnet.{key}]] {name}")
    };
    entries
        .into_iter()
        .enumerate()
        .map(|(number, entry)| read(&place(number, &entry), entry))
        .collect()
}

/// Gives each player its uid: the owner's hotkey is 0, then plain neurons, validators, miners.
fn seat(subnet: &Subnet, validators: Vec<Validator>, groups: Vec<Group>) -> Cast {
    let seat = |name: &str, role| Seat {
        name: name.to_owned(),
        role,
    };
    let mut seats = vec![seat(&subnet.owner_hotkey, Role::Other)];
    let plain = subnet.neurons.iter().map(|neuron| &neuron.hotkey);
    seats.extend(
        plain
            .filter(|name| **name != subnet.owner_hotkey)
            .map(|name| seat(name, Role::Other)),
    );
    for (index, validator) in validators.iter().enumerate() {
        let role = Role::Validator(index);
        match seats.first_mut() {
            Some(owner) if owner.name == validator.name => owner.role = role,
            _ => seats.push(seat(&validator.name, role)),
        }
    }
    for (index, group) in groups.iter().enumerate() {
        let members =
            (0..group.count).map(|member| seat(&group.member(member), Role::Miner(index, member)));
        seats.extend(members);
    }
    Cast {
        netuid: subnet.netuid,
        validators,
        groups,
        seats,
    }
}

/// Writes accounts and neurons of a cast into the plain world.
fn add_neurons(
    table: &mut Table,
    index: usize,
    subnet: &Subnet,
    cast: &Cast,
    accounts: &mut BTreeSet<String>,
) {
    let mut missing = vec![subnet.owner.clone(), subnet.owner_hotkey.clone()];
    let mut neurons = Vec::new();
    for Seat { name, role } in &cast.seats {
        let (coldkey, stake) = match *role {
            Role::Other => continue,
            Role::Validator(_) if *name == subnet.owner_hotkey => {
                (subnet.owner.clone(), cast.stake(*role))
            }
            Role::Validator(_) => (format!("{name}-cold"), cast.stake(*role)),
            Role::Miner(group, _) => (
                cast.groups
                    .get(group)
                    .map_or_else(String::new, |group| format!("{}-cold", group.name)),
                0.0,
            ),
        };
        missing.extend([name.clone(), coldkey.clone()]);
        neurons.push(Value::Table(Table::from_iter([
            ("hotkey".to_owned(), Value::from(name.as_str())),
            ("coldkey".to_owned(), Value::from(coldkey)),
            ("stake_tao".to_owned(), Value::from(stake)),
        ])));
    }
    let new = missing
        .into_iter()
        .filter(|name| accounts.insert(name.clone()));
    let new: Vec<Value> = new
        .map(|name| Value::Table(Table::from_iter([("name".to_owned(), Value::from(name))])))
        .collect();
    extend(table, "account", new);
    let subnets = table.get_mut("subnet").and_then(Value::as_array_mut);
    let subnet = subnets.and_then(|subnets| subnets.get_mut(index));
    if let Some(subnet) = subnet.and_then(Value::as_table_mut) {
        extend(subnet, "neuron", neurons);
    }
}

fn extend(table: &mut Table, key: &str, new: Vec<Value>) {
    let entry = table
        .entry(key.to_owned())
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Some(entries) = entry.as_array_mut() {
        entries.extend(new);
    }
}

impl Cast {
    fn stake(&self, role: Role) -> f64 {
        match role {
            Role::Validator(index) => self.validators.get(index).map_or(0.0, |v| v.stake_tao),
            _ => 0.0,
        }
    }

    /// Name of a role, and of the group it stands in: a validator's policy, a miner's group.
    pub fn labels(&self, role: Role) -> (&'static str, &str) {
        match role {
            Role::Other => ("other", ""),
            Role::Validator(index) => (
                "validator",
                self.validators.get(index).map_or("", |v| v.policy.name()),
            ),
            Role::Miner(group, _) => (
                "miner",
                self.groups.get(group).map_or("", |group| &group.name),
            ),
        }
    }

    /// Whether a cabal's miner sits at this uid.
    pub fn belongs(&self, validator: &Validator, role: Role) -> bool {
        let Role::Miner(group, _) = role else {
            return false;
        };
        let name = self.groups.get(group).map(|group| &group.name);
        validator.policy == Policy::Cabal
            && name.is_some_and(|name| validator.miners.contains(name))
    }
}
