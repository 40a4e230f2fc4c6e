//! Reads recorded epochs and compares ours with them, field by field.
#![allow(dead_code, clippy::too_many_lines)]

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::num::ParseIntError;
use std::str::FromStr;
use yuma::{
    Commit, CommitKind, I32F32, Input, LiquidAlpha, Neuron, Output, Params, Rows, Trace,
    epoch_traced, total_stake,
};

#[derive(Deserialize)]
pub struct Golden {
    pub cases: Vec<Case>,
}

#[derive(Deserialize)]
pub struct Case {
    pub id: u64,
    pub input: RawInput,
    pub output: RawOutput,
}

type RawRows = Vec<Vec<(u16, u16)>>;

#[derive(Deserialize)]
pub struct RawInput {
    activity_cutoff_blocks: u64,
    activity_cutoff_factor_milli: u32,
    alpha_high: u16,
    alpha_low: u16,
    alpha_sigmoid_steepness: i16,
    alpha_stake: Vec<u64>,
    block_at_registration: Vec<u64>,
    bonds: RawRows,
    bonds_moving_average: u64,
    bonds_penalty: u16,
    commit_reveal_on: bool,
    current_block: u64,
    kappa: u16,
    last_mechanism_step_block: u64,
    last_update: Vec<u64>,
    liquid_alpha_on: bool,
    max_allowed_validators: u16,
    owner_uid: Option<u16>,
    rao_emission: u64,
    reveal_period_epochs: u64,
    root_tao_stake: Vec<u64>,
    stake_threshold: u64,
    subnet_epoch_index: u64,
    #[serde(deserialize_with = "from_text")]
    tao_weight: u64,
    tempo: u16,
    timelocked_weight_commits: Vec<RawCommit>,
    validator_permit: Vec<bool>,
    weight_commits_v2: Vec<RawCommit>,
    weights: RawRows,
    yuma3_on: bool,
}

#[derive(Deserialize)]
pub struct RawCommit {
    uid: u16,
    commit_epoch: u64,
    commit_block: u64,
}

#[derive(Deserialize)]
pub struct RawOutput {
    active: Vec<bool>,
    bonds: RawRows,
    consensus: Vec<u16>,
    dividends: Vec<u16>,
    emission: Vec<u64>,
    i32f32_bits: RawTrace,
    incentive: Vec<u16>,
    server_emission: Vec<u64>,
    stake: Vec<u64>,
    stake_weight: Vec<u16>,
    validator_emission: Vec<u64>,
    validator_permit: Vec<bool>,
    validator_trust: Vec<u16>,
}

#[derive(Deserialize)]
struct RawTrace {
    active_stake_norm: Vec<i64>,
    consensus: Vec<i64>,
    dividends: Vec<i64>,
    ema_bonds: Option<Vec<Vec<(u16, i64)>>>,
    incentive: Vec<i64>,
    stake_norm: Vec<i64>,
    total_stake_i64f64_bits: Vec<Wide>,
    validator_trust: Vec<i64>,
    weights_masked_normalized: Option<Vec<Vec<(u16, i64)>>>,
}

/// Numbers too wide for JSON are recorded as text.
fn from_text<'de, D: Deserializer<'de>, T: FromStr<Err = ParseIntError>>(
    text: D,
) -> Result<T, D::Error> {
    String::deserialize(text)?.parse().map_err(D::Error::custom)
}

#[derive(Deserialize)]
struct Wide(#[serde(deserialize_with = "from_text")] i128);

impl Case {
    /// The recorded input in our types; an error names the vector that has the wrong length.
    pub fn input(&self) -> Result<Input, String> {
        let raw = &self.input;
        let tao_weight = raw.tao_weight;
        let uids = raw.alpha_stake.len();
        for (name, len) in [
            ("root_tao_stake", raw.root_tao_stake.len()),
            ("last_update", raw.last_update.len()),
            ("block_at_registration", raw.block_at_registration.len()),
            ("validator_permit", raw.validator_permit.len()),
            ("weights", raw.weights.len()),
            ("bonds", raw.bonds.len()),
        ] {
            if len != uids {
                return Err(format!(
                    "case {}: {name} has {len} entries, alpha_stake {uids}",
                    self.id
                ));
            }
        }
        let cutoff = Params::cutoff_blocks(raw.activity_cutoff_factor_milli, raw.tempo);
        if cutoff != raw.activity_cutoff_blocks {
            return Err(format!(
                "case {}: activity_cutoff_blocks is {cutoff} by its factor",
                self.id
            ));
        }
        let commits = |uid: usize| {
            let of = |kind, list: &[RawCommit]| {
                let own = list.iter().filter(|commit| usize::from(commit.uid) == uid);
                own.map(|c| Commit {
                    kind,
                    epoch: c.commit_epoch,
                    block: c.commit_block,
                })
                .collect::<Vec<_>>()
            };
            let mut commits = of(CommitKind::Hash, &raw.weight_commits_v2);
            commits.extend(of(CommitKind::Timelocked, &raw.timelocked_weight_commits));
            commits
        };
        let neuron = |uid: usize| Neuron {
            stake: total_stake(raw.alpha_stake[uid], raw.root_tao_stake[uid], tao_weight),
            last_update: raw.last_update[uid],
            registered_at: raw.block_at_registration[uid],
            validator_permit: raw.validator_permit[uid],
            weights: raw.weights[uid].clone(),
            bonds: raw.bonds[uid].clone(),
            commits: commits(uid),
        };
        Ok(Input {
            params: Params {
                tempo: raw.tempo,
                activity_cutoff: raw.activity_cutoff_blocks,
                stake_threshold: raw.stake_threshold,
                max_allowed_validators: raw.max_allowed_validators,
                kappa: raw.kappa,
                bonds_penalty: raw.bonds_penalty,
                bonds_moving_average: raw.bonds_moving_average,
                yuma3: raw.yuma3_on,
                liquid_alpha: raw.liquid_alpha_on.then_some(LiquidAlpha {
                    low: raw.alpha_low,
                    high: raw.alpha_high,
                    steepness: raw.alpha_sigmoid_steepness,
                }),
                reveal_period: raw.commit_reveal_on.then_some(raw.reveal_period_epochs),
            },
            current_block: raw.current_block,
            last_mechanism_step: raw.last_mechanism_step_block,
            epoch_index: raw.subnet_epoch_index,
            owner_uid: raw.owner_uid,
            emission: raw.rao_emission,
            neurons: (0..uids).map(neuron).collect(),
        })
    }

    /// Per field the largest difference in units of 1/65535: of the whole emission for rao, 65535 where the shape
    /// differs.
    pub fn differences(&self) -> Result<BTreeMap<&'static str, f64>, String> {
        let input = self.input()?;
        let (ours, trace) = epoch_traced(&input);
        Ok(self.compare(&input, &ours, &trace))
    }

    fn compare(&self, input: &Input, ours: &Output, trace: &Trace) -> BTreeMap<&'static str, f64> {
        let truth = &self.output;
        let exact = &truth.i32f32_bits;
        let share = |a: i64, b: i64| a.abs_diff(b) as f64 * SHARE;
        let shares = |a: &[I32F32], b: &[i64]| worst(a, b, |a, b| share(a.to_bits(), *b));
        let words = |a: &[u16], b: &[u16]| worst(a, b, |a, b| f64::from(a.abs_diff(*b)));
        let flags = |a: &[bool], b: &[bool]| worst(a, b, |a, b| if a == b { 0.0 } else { SHAPE });
        let paid = 65_535.0 / input.emission.max(1) as f64;
        let rao = |a: &[u64], b: &[u64]| worst(a, b, |a, b| a.abs_diff(*b) as f64 * paid);
        let matrix = |ours: &Rows, theirs: &[Vec<(u16, i64)>]| {
            let ours: Vec<Vec<(u16, I32F32)>> =
                ours.iter().map(|row| row.iter().collect()).collect();
            rows(&ours, theirs, |a, b| share(a.to_bits(), *b))
        };
        let stakes: Vec<i128> = input
            .neurons
            .iter()
            .map(|neuron| neuron.stake.to_bits())
            .collect();

        let mut fields = BTreeMap::from([
            ("active", flags(&ours.active, &truth.active)),
            (
                "bonds",
                rows(&ours.bonds, &truth.bonds, |a, b| f64::from(a.abs_diff(*b))),
            ),
            ("consensus", words(&ours.consensus, &truth.consensus)),
            ("dividends", words(&ours.dividends, &truth.dividends)),
            ("emission", rao(&ours.emission, &truth.emission)),
            ("incentive", words(&ours.incentive, &truth.incentive)),
            (
                "server_emission",
                rao(&ours.server_emission, &truth.server_emission),
            ),
            (
                "stake",
                worst(
                    &ours.stake,
                    &truth.stake,
                    |a, b| if a == b { 0.0 } else { SHAPE },
                ),
            ),
            (
                "stake_weight",
                words(&ours.stake_weight, &truth.stake_weight),
            ),
            (
                "validator_emission",
                rao(&ours.validator_emission, &truth.validator_emission),
            ),
            (
                "validator_permit",
                flags(&ours.validator_permit, &truth.validator_permit),
            ),
            (
                "validator_trust",
                words(&ours.validator_trust, &truth.validator_trust),
            ),
            (
                "exact active_stake_norm",
                shares(&trace.active_stake, &exact.active_stake_norm),
            ),
            (
                "exact consensus",
                shares(&trace.consensus, &exact.consensus),
            ),
            (
                "exact dividends",
                shares(&trace.dividends, &exact.dividends),
            ),
            (
                "exact incentive",
                shares(&trace.incentive, &exact.incentive),
            ),
            ("exact stake_norm", shares(&trace.stake, &exact.stake_norm)),
            (
                "exact total_stake",
                worst(&stakes, &exact.total_stake_i64f64_bits, |a, b| {
                    if *a == b.0 { 0.0 } else { SHAPE }
                }),
            ),
            (
                "exact validator_trust",
                shares(&trace.validator_trust, &exact.validator_trust),
            ),
        ]);
        if let Some(weights) = &exact.weights_masked_normalized {
            fields.insert(
                "exact weights_masked_normalized",
                matrix(&trace.weights, weights),
            );
        }
        if let Some(bonds) = &exact.ema_bonds {
            fields.insert("exact ema_bonds", matrix(&trace.ema_bonds, bonds));
        }
        fields
    }
}

/// One bit of an I32F32 in units of 1/65535.
const SHARE: f64 = 65_535.0 / 4_294_967_296.0;
const SHAPE: f64 = 65_535.0;

fn worst<A, B>(ours: &[A], theirs: &[B], difference: impl Fn(&A, &B) -> f64) -> f64 {
    if ours.len() != theirs.len() {
        return SHAPE;
    }
    ours.iter()
        .zip(theirs)
        .map(|(a, b)| difference(a, b))
        .fold(0.0, f64::max)
}

fn rows<A, B>(
    ours: &[Vec<(u16, A)>],
    theirs: &[Vec<(u16, B)>],
    difference: impl Fn(&A, &B) -> f64,
) -> f64 {
    worst(ours, theirs, |a, b| {
        worst(
            a,
            b,
            |(i, a), (j, b)| if i == j { difference(a, b) } else { SHAPE },
        )
    })
}
