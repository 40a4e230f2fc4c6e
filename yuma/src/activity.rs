use crate::Input;

/// Who set, committed or registered recently enough: `last_update + cutoff ≥ block`.
pub(crate) fn active(input: &Input) -> Vec<bool> {
    let cutoff = input.params.activity_cutoff;
    input
        .neurons
        .iter()
        .map(|neuron| neuron.last_update.saturating_add(cutoff) >= input.current_block)
        .collect()
}
