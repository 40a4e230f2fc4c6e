//! One miner's text given again by another.
//!
//! Two answers are near when both their embeddings and their words are: embeddings alone are near for
//! honest answers to one question, and words alone for quotations of the passage. Of near answers the
//! first keeps its reward and the others are cut, also those that are near only to a cut one (a copy
//! of a copy).
//!
//! First is the miner with the shortest time of its own (connection to last byte; our queue does not
//! count). A copier has to wait for the text that it copies. Equal times, or none measured, decide
//! nothing, so then the older registration is first (a newcomer copies a veteran, not the other way
//! round), then the smaller hotkey. So one of them is always paid and never two: a person with many
//! hotkeys behind one answer gains nothing, and a copier that arrives at the same instant cannot take
//! the reward of an older miner.

use super::Mark;
use crate::scoring::models::cosine;
use crate::scoring::round::Answer;
use crate::scoring::words::{Runs, words};

/// From where on two answers are one text.
pub(super) struct Near {
    pub cosine: f64,
    pub overlap: f64,
    /// Shorter answers are not compared.
    pub words: usize,
}

pub(super) fn apply(near: &Near, factor: f64, answers: &[Answer], vectors: &[&[f32]]) -> Vec<Mark> {
    let mut order: Vec<usize> = (0..answers.len()).collect();
    order.sort_by_key(|i| {
        let a = &answers[*i];
        (a.took, a.miner.registered_at, a.miner.hotkey)
    });
    let all_words: Vec<_> = answers.iter().map(|a| words(&a.text)).collect();
    let runs: Vec<Runs> = all_words.iter().map(|w| Runs::of(w)).collect();
    let mut marks = vec![Mark::pass(); answers.len()];
    let compared: Vec<usize> = order
        .into_iter()
        .filter(|i| all_words[*i].len() >= near.words)
        .collect();
    for (place, later) in compared.iter().enumerate() {
        let copied = compared[..place].iter().find_map(|earlier| {
            // A miner is no copier of itself.
            if answers[*earlier].miner == answers[*later].miner {
                return None;
            }
            let angle = cosine(vectors[*earlier], vectors[*later]);
            if angle < near.cosine {
                return None;
            }
            let overlap = runs[*earlier].overlap(&runs[*later]);
            (overlap >= near.overlap).then_some((*earlier, angle, overlap))
        });
        if let Some((earlier, angle, overlap)) = copied {
            let Answer { uid, miner, .. } = &answers[earlier];
            let reason = format!(
                "after uid {uid} ({}): cosine {angle:.3}, {overlap:.2} of the words",
                miner.hotkey
            );
            marks[*later] = Mark::cut(factor, reason);
        }
    }
    marks
}
