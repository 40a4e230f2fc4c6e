use crate::Input;
use crate::fixed::ZERO;
use substrate_fixed::types::I32F32;

/// Who votes in this epoch: the permits of the last one, and the subnet owner.
pub(crate) fn current(input: &Input) -> Vec<bool> {
    input
        .neurons
        .iter()
        .enumerate()
        .map(|(uid, neuron)| neuron.validator_permit || input.is_owner(uid))
        .collect()
}

/// Who votes in the next epoch: the largest stakes that are not zero, the higher uid first among equals,
/// and the subnet owner.
pub(crate) fn next(input: &Input, stake: &[I32F32]) -> Vec<bool> {
    let mut ranked: Vec<(I32F32, usize)> = stake
        .iter()
        .enumerate()
        .filter(|(_, stake)| **stake != ZERO)
        .map(|(uid, stake)| (*stake, uid))
        .collect();
    let surplus = ranked
        .len()
        .saturating_sub(usize::from(input.params.max_allowed_validators));
    if surplus > 0 && surplus < ranked.len() {
        ranked.select_nth_unstable(surplus);
    }
    let mut permits: Vec<bool> = (0..stake.len()).map(|uid| input.is_owner(uid)).collect();
    for (_, uid) in ranked.drain(surplus..) {
        if let Some(permit) = permits.get_mut(uid) {
            *permit = true;
        }
    }
    permits
}
