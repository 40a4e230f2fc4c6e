//! Questions made up on the spot: names and numbers that can't be looked up, and no two alike.

use super::sheet::Drawn;
use crate::types::Family;
use families::Difficulty;

/// `shape` is the round's: kind and hardness. `variant` is the miner's: names, numbers, wording.
pub fn draw(family: Family, difficulty: f64, shape: u64, variant: u64) -> Drawn {
    let family = match family {
        Family::Reading | Family::Documents => families::Family::Reading,
        Family::Data => families::Family::Data,
        Family::Reasoning => families::Family::Reasoning,
        Family::Search => families::Family::Search,
        Family::Forecast => families::Family::Forecast,
        Family::Labelling => families::Family::Labelling,
    };
    let drawn = families::draw(family, Difficulty(difficulty), shape, variant);
    Drawn {
        instruction: drawn.instruction,
        material: drawn.material,
        question: drawn.question,
        source: drawn.kind.into(),
        reference: Some(drawn.reference),
        truth: drawn.truth,
    }
}
