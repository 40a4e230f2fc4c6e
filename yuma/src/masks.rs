//! Which stored weights and bonds still count.

use crate::fixed::fraction;
use crate::{CommitKind, Input, Neuron, Rows};
use substrate_fixed::types::I32F32;

/// Rows of permitted validators without self-weights (the owner keeps its own) and without weights that were
/// set, or committed, for a neuron that has since been replaced; as shares of the row.
pub(crate) fn weights(input: &Input, permits: &[bool]) -> Rows {
    let entries = input
        .neurons
        .iter()
        .map(|neuron| neuron.weights.len())
        .sum();
    let mut rows = Rows::with_capacity(input.neurons.len(), entries);
    for (uid, (neuron, permit)) in input.neurons.iter().zip(permits).enumerate() {
        if *permit {
            let own_weight = input.is_owner(uid);
            let committed = input
                .params
                .reveal_period
                .and_then(|period| first_commit(neuron, input.epoch_index, period));
            let counts = |(col, _): &&(u16, u16)| {
                let col = usize::from(*col);
                let Some(target) = input.neurons.get(col) else {
                    return false;
                };
                let registered = target.registered_at;
                (own_weight || col != uid)
                    && neuron.last_update > registered
                    && committed.is_none_or(|block| block >= registered)
            };
            let total: u64 = neuron
                .weights
                .iter()
                .filter(counts)
                .map(|(_, weight)| u64::from(*weight))
                .sum();
            for (col, weight) in neuron.weights.iter().filter(counts) {
                // Weights are whole numbers here, so the quotient of the fixed-point values is this one.
                let share = (u64::from(*weight) << 32).checked_div(total).unwrap_or(0);
                rows.push(*col, I32F32::from_bits(share as i64));
            }
        }
        rows.end_row();
    }
    rows
}

/// Block of the commit that the column mask goes by.
fn first_commit(neuron: &Neuron, epoch_index: u64, reveal_period: u64) -> Option<u64> {
    let pending = |kind: CommitKind| {
        let alive = neuron
            .commits
            .iter()
            .filter(move |commit| commit.kind == kind);
        alive
            .filter(|commit| epoch_index <= commit.epoch.saturating_add(reveal_period))
            .map(|commit| commit.block)
    };
    let hash = pending(CommitKind::Hash).next();
    let timelocked = pending(CommitKind::Timelocked).min();
    [hash, timelocked].into_iter().flatten().min()
}

/// Bonds before this epoch.
pub(crate) struct Held {
    /// As fractions of 65535, without those in a neuron that registered since the last epoch.
    pub rows: Rows,
    /// By entry, whether [liquid alpha](crate::liquid) sees it: its walk along a row misses what is out of order.
    pub seen: Vec<bool>,
}

pub(crate) fn bonds(input: &Input) -> Held {
    let last_epoch = match input.last_mechanism_step {
        0 => input
            .current_block
            .saturating_sub(u64::from(input.params.tempo)),
        block => block.saturating_add(1),
    };
    let entries = input.neurons.iter().map(|neuron| neuron.bonds.len()).sum();
    let mut rows = Rows::with_capacity(input.neurons.len(), entries);
    let mut seen = Vec::with_capacity(entries);
    for neuron in &input.neurons {
        let mut order = Ascent::default();
        for (col, bond) in &neuron.bonds {
            if last_epoch <= input.registered_at(*col) {
                continue;
            }
            let in_order = order.admits(*col);
            if usize::from(*col) < input.neurons.len() {
                rows.push(*col, fraction(*bond));
                seen.push(in_order);
            }
        }
        rows.end_row();
    }
    Held { rows, seen }
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
