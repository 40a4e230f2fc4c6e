//! Which stored weights and bonds still count.

use crate::fixed::{Inverse, fraction};
use crate::{CommitKind, Input, Neuron, Rows};
use substrate_fixed::types::I32F32;

/// Rows of permitted validators without self-weights (the owner keeps its own) and without weights that were
/// set, or committed, for a neuron that has since been replaced; as shares of the row.
pub(crate) fn weights(input: &Input, permits: &[bool], rows: &mut Rows) {
    let entries = input
        .neurons
        .iter()
        .zip(permits)
        .filter(|(_, permit)| **permit)
        .map(|(neuron, _)| neuron.weights.len());
    rows.reset(input.neurons.len(), entries.sum());
    let registered: Vec<u64> = input
        .neurons
        .iter()
        .map(|neuron| neuron.registered_at)
        .collect();
    for (uid, (neuron, permit)) in input.neurons.iter().zip(permits).enumerate() {
        if *permit {
            let own_weight = input.is_owner(uid);
            let committed = first_commit(input, neuron).unwrap_or(u64::MAX);
            let mut total = 0u64;
            for (col, weight) in neuron.weights.iter().copied() {
                let at = usize::from(col);
                let known = registered
                    .get(at)
                    .is_some_and(|block| neuron.last_update > *block && committed >= *block);
                if known && (own_weight || at != uid) {
                    total += u64::from(weight);
                    rows.push(col, I32F32::from_bits(i64::from(weight) << 32));
                }
            }
            rows.end_row();
            // Weights are whole numbers so far: the quotient of the fixed-point values is that of the integers.
            if let Some(total) = Inverse::new(total) {
                let share = |weight: &mut I32F32| {
                    I32F32::from_bits(total.quotient(weight.to_bits() as u64) as i64)
                };
                rows.row_values_mut(uid)
                    .iter_mut()
                    .for_each(|weight| *weight = share(weight));
            }
        } else {
            rows.end_row();
        }
    }
}

/// Block of the commit that the column mask goes by; none without commits or without commit-reveal.
fn first_commit(input: &Input, neuron: &Neuron) -> Option<u64> {
    let reveal_period = input.params.reveal_period?;
    let pending = |kind: CommitKind| {
        let alive = neuron
            .commits
            .iter()
            .filter(move |commit| commit.kind == kind);
        alive
            .filter(|commit| input.epoch_index <= commit.epoch.saturating_add(reveal_period))
            .map(|commit| commit.block)
    };
    let hash = pending(CommitKind::Hash).next();
    let timelocked = pending(CommitKind::Timelocked).min();
    [hash, timelocked].into_iter().flatten().min()
}

/// Bonds before this epoch.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// As fractions of 65535, without those in a neuron that registered since the last epoch.
    pub rows: Rows,
    /// By entry, whether [liquid alpha](crate::liquid) sees it: its walk along a row misses what is out of order.
    pub seen: Vec<bool>,
}

pub(crate) fn bonds(input: &Input, held: &mut Held) {
    let Held { rows, seen } = held;
    let last_epoch = match input.last_mechanism_step {
        0 => input
            .current_block
            .saturating_sub(u64::from(input.params.tempo)),
        block => block.saturating_add(1),
    };
    let entries = input.neurons.iter().map(|neuron| neuron.bonds.len()).sum();
    rows.reset(input.neurons.len(), entries);
    seen.clear();
    seen.reserve(entries);
    // A uid outside the subnet reads as registered at block 0, the default of the storage item.
    let kept: Vec<bool> = input
        .neurons
        .iter()
        .map(|neuron| neuron.registered_at < last_epoch)
        .collect();
    let outside = last_epoch > 0;
    let all_kept = kept.iter().all(|kept| *kept);
    for neuron in &input.neurons {
        let bonds = &neuron.bonds;
        let rising = bonds.is_sorted_by(|(left, _), (right, _)| left < right);
        let within = bonds.iter().all(|(col, _)| usize::from(*col) < kept.len());
        if all_kept && rising && within {
            rows.extend(bonds.iter().map(|(col, bond)| (*col, fraction(*bond))));
            seen.resize(seen.len() + bonds.len(), true);
        } else {
            let mut order = Ascent::default();
            for (col, bond) in bonds {
                let target = kept.get(usize::from(*col)).copied();
                if target.unwrap_or(outside) {
                    let in_order = order.admits(*col);
                    if target.is_some() {
                        rows.push(*col, fraction(*bond));
                        seen.push(in_order);
                    }
                }
            }
        }
        rows.end_row();
    }
}

/// Tells the entries of a row that are above all before them.
#[derive(Default)]
pub(crate) struct Ascent(Option<u16>);

impl Ascent {
    pub(crate) fn admits(&mut self, col: u16) -> bool {
        let rises = self.0.is_none_or(|highest| col > highest);
        if rises {
            self.0 = Some(col);
        }
        rises
    }
}
