//! What holds for every subnet, recorded or not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines
)]

use proptest::collection::vec;
use proptest::prelude::*;
use yuma::{
    Commit, CommitKind, I32F32, I64F64, Input, LiquidAlpha, Neuron, Params, Workspace, epoch,
    epoch_traced, total_stake,
};

fn params() -> impl Strategy<Value = Params> {
    let liquid = (1_638..=40_000u16, 40_000..=u16::MAX, -1_000..=10_000i16).prop_map(
        |(low, high, steepness)| LiquidAlpha {
            low,
            high,
            steepness,
        },
    );
    (
        1..=8u16,
        any::<u16>(),
        any::<u16>(),
        0..=1_000_000u64,
        any::<bool>(),
        proptest::option::of(liquid),
    )
        .prop_map(
            |(
                max_allowed_validators,
                kappa,
                bonds_penalty,
                bonds_moving_average,
                yuma3,
                liquid_alpha,
            )| Params {
                max_allowed_validators,
                kappa,
                bonds_penalty,
                bonds_moving_average,
                yuma3,
                liquid_alpha,
                ..Params::default()
            },
        )
}

/// A row in ascending order, some of it absent.
fn row(uids: usize) -> impl Strategy<Value = Vec<(u16, u16)>> {
    vec(proptest::option::weighted(0.7, 0..=u16::MAX), uids).prop_map(|cells| {
        cells
            .into_iter()
            .enumerate()
            .filter_map(|(col, cell)| Some((u16::try_from(col).unwrap(), cell?)))
            .collect()
    })
}

/// A sound subnet at block 10,000: stakes differ, so no two uids tie for a permit.
fn subnet() -> impl Strategy<Value = Input> {
    (2..12usize).prop_flat_map(|uids| {
        let neuron = (
            1..1u64 << 40,
            4_000..10_000u64,
            0..10_000u64,
            any::<bool>(),
            row(uids),
            row(uids),
        )
            .prop_map(
                |(stake, last_update, registered_at, validator_permit, weights, bonds)| Neuron {
                    stake: I64F64::from_num(stake),
                    last_update,
                    registered_at: registered_at / 3,
                    validator_permit,
                    weights,
                    bonds,
                    ..Neuron::default()
                },
            );
        (
            params(),
            proptest::option::of(0..uids),
            0..1u64 << 50,
            vec(neuron, uids),
        )
            .prop_map(|(params, owner, emission, mut neurons)| {
                for (uid, neuron) in neurons.iter_mut().enumerate() {
                    neuron.stake += I64F64::from_num(2_000_000_000_000u64 + ((uid as u64) << 42));
                }
                Input {
                    current_block: 10_000,
                    last_mechanism_step: 9_640,
                    owner_uid: owner.map(|uid| uid as u16),
                    emission,
                    neurons,
                    ..Input::new(params)
                }
            })
    })
}

fn wild_row() -> impl Strategy<Value = Vec<(u16, u16)>> {
    vec(
        (
            prop_oneof![0..10u16, any::<u16>()],
            prop_oneof![Just(0), Just(u16::MAX), any::<u16>()],
        ),
        0..12,
    )
}

fn block() -> impl Strategy<Value = u64> {
    prop_oneof![0..10u64, Just(u64::MAX), any::<u64>()]
}

/// Anything that the types can hold.
fn wild() -> impl Strategy<Value = Input> {
    let commit = (any::<bool>(), block(), block()).prop_map(|(hash, epoch, block)| Commit {
        kind: if hash {
            CommitKind::Hash
        } else {
            CommitKind::Timelocked
        },
        epoch,
        block,
    });
    let stake = prop_oneof![
        Just(0),
        Just(i128::MIN),
        Just(i128::MAX),
        any::<i128>(),
        (0..i128::from(u64::MAX)).prop_map(|rao| rao << 64)
    ];
    let neuron = (
        stake,
        block(),
        block(),
        any::<bool>(),
        wild_row(),
        wild_row(),
        vec(commit, 0..3),
    )
        .prop_map(
            |(stake, last_update, registered_at, validator_permit, weights, bonds, commits)| {
                Neuron {
                    stake: I64F64::from_bits(stake),
                    last_update,
                    registered_at,
                    validator_permit,
                    weights,
                    bonds,
                    commits,
                }
            },
        );
    let liquid =
        (any::<u16>(), any::<u16>(), any::<i16>()).prop_map(|(low, high, steepness)| LiquidAlpha {
            low,
            high,
            steepness,
        });
    let params = (
        (any::<u16>(), block(), block(), any::<u16>(), any::<u16>()),
        (
            any::<u16>(),
            block(),
            any::<bool>(),
            proptest::option::of(liquid),
            proptest::option::of(block()),
        ),
    )
        .prop_map(
            |((tempo, activity_cutoff, stake_threshold, max_allowed_validators, kappa), rest)| {
                let (bonds_penalty, bonds_moving_average, yuma3, liquid_alpha, reveal_period) =
                    rest;
                Params {
                    tempo,
                    activity_cutoff,
                    stake_threshold,
                    max_allowed_validators,
                    kappa,
                    bonds_penalty,
                    bonds_moving_average,
                    yuma3,
                    liquid_alpha,
                    reveal_period,
                }
            },
        );
    (
        params,
        block(),
        block(),
        block(),
        any::<Option<u16>>(),
        block(),
        vec(neuron, 0..10),
    )
        .prop_map(
            |(
                params,
                current_block,
                last_mechanism_step,
                epoch_index,
                owner_uid,
                emission,
                neurons,
            )| Input {
                params,
                current_block,
                last_mechanism_step,
                epoch_index,
                owner_uid,
                emission,
                neurons,
            },
        )
}

/// Uid `i` becomes `to[i]`.
fn relabelled(input: &Input, to: &[u16]) -> Input {
    let rename = |row: &[(u16, u16)]| {
        let mut row: Vec<(u16, u16)> = row
            .iter()
            .map(|(col, value)| (to[usize::from(*col)], *value))
            .collect();
        row.sort_unstable();
        row
    };
    let mut neurons = vec![Neuron::default(); to.len()];
    for (neuron, uid) in input.neurons.iter().zip(to) {
        neurons[usize::from(*uid)] = Neuron {
            weights: rename(&neuron.weights),
            bonds: rename(&neuron.bonds),
            ..neuron.clone()
        };
    }
    Input {
        owner_uid: input.owner_uid.map(|uid| to[usize::from(uid)]),
        neurons,
        ..input.clone()
    }
}

proptest! {
    #[test]
    fn nothing_panics_and_shapes_hold(input in wild()) {
        let uids = input.neurons.len();
        let (output, trace) = epoch_traced(&input);
        for len in [output.active.len(), output.emission.len(), output.bonds.len(), output.validator_permit.len(),
            output.dividends.len(), output.validator_trust.len(), trace.ema_bonds.len(), trace.weights.len()] {
            prop_assert_eq!(len, uids);
        }
    }

    #[test]
    fn a_used_workspace_changes_nothing(first in wild(), second in wild()) {
        let mut workspace = Workspace::default();
        workspace.epoch(&first);
        prop_assert_eq!(workspace.epoch_traced(&second), epoch_traced(&second));
    }

    /// What is paid is what there is, less what truncation leaves at each uid.
    #[test]
    fn emission_is_conserved(input in subnet()) {
        let output = epoch(&input);
        let paid = |parts: &[u64]| parts.iter().map(|part| u128::from(*part)).sum::<u128>();
        let dust = 4 * input.neurons.len() as u128 * ((u128::from(input.emission) >> 32) + 1);
        let whole = u128::from(input.emission);
        for total in [paid(&output.server_emission) + paid(&output.validator_emission), paid(&output.emission)] {
            prop_assert!(total <= whole && total + dust >= whole, "{total} of {whole}");
        }
    }

    /// Uids are names: renaming them renames the result.
    #[test]
    fn uids_are_only_names(input in subnet(), seed in any::<u64>()) {
        let mut to: Vec<u16> = (0..input.neurons.len() as u16).collect();
        to.sort_by_key(|uid| (seed ^ u64::from(*uid)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let (before, after) = (epoch(&input), epoch(&relabelled(&input, &to)));
        for (uid, new) in to.iter().enumerate() {
            let new = usize::from(*new);
            prop_assert_eq!(before.active[uid], after.active[new]);
            prop_assert_eq!(before.validator_permit[uid], after.validator_permit[new]);
            prop_assert_eq!(before.stake_weight[uid], after.stake_weight[new]);
            prop_assert_eq!(before.consensus[uid], after.consensus[new]);
            prop_assert_eq!(before.validator_trust[uid], after.validator_trust[new]);
            prop_assert_eq!(before.incentive[uid], after.incentive[new]);
            prop_assert_eq!(before.dividends[uid], after.dividends[new]);
            prop_assert_eq!(before.emission[uid], after.emission[new]);
            let mut bonds: Vec<(u16, u16)> =
                before.bonds[uid].iter().map(|(col, bond)| (to[usize::from(*col)], *bond)).collect();
            bonds.sort_unstable();
            prop_assert_eq!(&bonds, &after.bonds[new]);
        }
    }

    /// A validator that weighs a miner higher, its other weights being as before, doesn't lower the miner's incentive.
    #[test]
    fn a_higher_weight_never_earns_less(input in subnet(), validator in any::<prop::sample::Index>(),
        entry in any::<prop::sample::Index>(), more in 1..=u16::MAX) {
        let mut raised = input.clone();
        let uid = validator.index(input.neurons.len());
        let weights = &mut raised.neurons[uid].weights;
        prop_assume!(!weights.is_empty());
        let at = entry.index(weights.len());
        weights[at].1 = weights[at].1.saturating_add(more);
        let miner = usize::from(weights[at].0);
        let (before, after) = (epoch_traced(&input).1, epoch_traced(&raised).1);
        // A validator whose weights were all zero starts to count with this one, which moves nobody else's rank.
        let slack = 64;
        prop_assert!(after.consensus[miner].to_bits() + slack >= before.consensus[miner].to_bits());
        prop_assert!(after.incentive[miner].to_bits() + slack * 1_000 >= before.incentive[miner].to_bits());
    }

    /// The larger the majority that consensus asks for, the lower it is.
    #[test]
    fn consensus_falls_with_kappa(input in subnet(), kappa in any::<u16>()) {
        let mut other = input.clone();
        other.params.kappa = kappa;
        let (mut low, mut high) = (epoch_traced(&input).1, epoch_traced(&other).1);
        if input.params.kappa > kappa {
            std::mem::swap(&mut low, &mut high);
        }
        for (loose, strict) in low.consensus.iter().zip(&high.consensus) {
            prop_assert!(strict <= loose);
        }
    }

    /// Consensus is backed by κ of the stake, and less than κ is above it; trust is what clipping leaves.
    #[test]
    fn weights_are_clipped_at_consensus(input in subnet()) {
        let trace = epoch_traced(&input).1;
        let kappa = I32F32::from_num(input.params.kappa) / I32F32::from_num(u16::MAX);
        let backing = |col: usize, counts: &dyn Fn(I32F32) -> bool| -> I32F32 {
            let weight = |uid: usize| {
                trace.weights.row(uid).iter().find(|(at, _)| usize::from(*at) == col).map_or(I32F32::default(), |(_, w)| w)
            };
            (0..input.neurons.len()).filter(|uid| counts(weight(*uid))).map(|uid| trace.active_stake[uid]).sum()
        };
        // Consensus renormalises stake once more; a share or two of 2⁻³² per uid may move.
        let dust = I32F32::from_bits(4 * input.neurons.len() as i64);
        for (col, agreed) in trace.consensus.iter().copied().enumerate() {
            prop_assert!(backing(col, &|weight| weight > agreed) <= kappa + dust);
            prop_assert!(agreed == 0 || backing(col, &|weight| weight >= agreed) + dust >= kappa.min(I32F32::from_num(1) - dust));
        }
        for (uid, trust) in trace.validator_trust.iter().enumerate() {
            let clipped: I32F32 =
                trace.weights.row(uid).iter().map(|(col, weight)| weight.min(trace.consensus[usize::from(col)])).sum();
            prop_assert_eq!(*trust, clipped);
            prop_assert!(*trust <= 1);
        }
    }

    /// Permits go to the largest stakes, at most as many as there are, and to the owner.
    #[test]
    fn permits_go_to_the_largest_stakes(input in subnet()) {
        let output = epoch(&input);
        let owner = input.owner_uid.map(usize::from);
        let (permitted, refused): (Vec<usize>, Vec<usize>) =
            (0..input.neurons.len()).filter(|uid| Some(*uid) != owner).partition(|uid| output.validator_permit[*uid]);
        prop_assert!(permitted.len() <= usize::from(input.params.max_allowed_validators));
        let stake = |uid: &usize| output.stake[*uid];
        if let (Some(least), Some(most)) = (permitted.iter().map(stake).min(), refused.iter().map(stake).max()) {
            prop_assert!(least > most);
        }
        prop_assert!(owner.is_none_or(|uid| output.validator_permit[uid]));
    }

    #[test]
    fn root_stake_counts_by_its_weight(alpha in any::<u64>(), root in any::<u64>(), weight in any::<u64>()) {
        let stake = total_stake(alpha, root, weight);
        prop_assert!(stake >= I64F64::saturating_from_num(alpha));
        prop_assert!(stake <= I64F64::saturating_from_num(alpha).saturating_add(I64F64::saturating_from_num(root)));
    }
}

/// Self-weights count for the owner only; a replaced neuron loses the weights and bonds set before.
#[test]
fn masks() {
    let voter = Neuron {
        stake: I64F64::from_num(5_000_000_000_000u64),
        last_update: 9_000,
        validator_permit: true,
        weights: vec![(0, 10), (1, 30)],
        bonds: vec![(1, 65_535)],
        ..Neuron::default()
    };
    let base = Input {
        current_block: 9_100,
        last_mechanism_step: 8_900,
        epoch_index: 7,
        neurons: vec![
            voter,
            Neuron {
                last_update: 9_000,
                ..Neuron::default()
            },
        ],
        ..Input::new(Params {
            activity_cutoff: 5_000,
            ..Params::default()
        })
    };
    let row = |input: &Input| {
        let weights = epoch_traced(input).1.weights;
        weights
            .row(0)
            .iter()
            .map(|(col, weight)| (col, weight.to_num::<f64>()))
            .collect::<Vec<_>>()
    };
    assert_eq!(row(&base), [(1, 1.0)]);
    let owner = Input {
        owner_uid: Some(0),
        ..base.clone()
    };
    assert_eq!(row(&owner), [(0, 0.25), (1, 0.75)]);

    let mut replaced = base.clone();
    replaced.neurons[1].registered_at = 9_000;
    assert_eq!(row(&replaced), []);
    assert_eq!(epoch(&replaced).bonds[0], []);
    replaced.neurons[1].registered_at = 8_999;
    assert_eq!(row(&replaced), [(1, 1.0)]);

    let commit = |epoch, block| Commit {
        kind: CommitKind::Timelocked,
        epoch,
        block,
    };
    replaced.neurons[0].commits = vec![commit(6, 8_998)];
    assert_eq!(row(&replaced), [], "committed for the neuron before");
    replaced.neurons[0].commits = vec![commit(5, 8_998)];
    assert_eq!(row(&replaced), [(1, 1.0)], "expired");
    replaced.neurons[0].commits = vec![commit(6, 8_998)];
    replaced.params.reveal_period = None;
    assert_eq!(row(&replaced), [(1, 1.0)], "no commit-reveal");
}
