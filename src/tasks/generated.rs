//! Questions made up on the spot: names and numbers that can't be looked up, and no two alike.

use super::sheet::Drawn;
use crate::types::Family;
use families::Difficulty;
use families::search::{self, Text};

/// `shape` is the round's: kind and hardness. `variant` is the miner's: names, numbers, wording.
/// What is searched are `texts`, where there are any. None: the family is not generated.
pub fn draw(
    family: Family,
    difficulty: f64,
    (shape, variant): (u64, u64),
    texts: &[Text],
) -> Option<Drawn> {
    let family = match family {
        Family::Documents => return None,
        Family::Reading => families::Family::Reading,
        Family::Data => families::Family::Data,
        Family::Reasoning => families::Family::Reasoning,
        Family::Search => families::Family::Search,
        Family::Forecast => families::Family::Forecast,
        Family::Labelling => families::Family::Labelling,
    };
    let difficulty = Difficulty(difficulty);
    let drawn = match family {
        families::Family::Search => search::draw_in(texts, difficulty, shape, variant),
        family => families::draw(family, difficulty, shape, variant),
    };
    Some(Drawn {
        instruction: drawn.instruction,
        material: drawn.material,
        question: drawn.question,
        source: drawn.kind.into(),
        reference: Some(drawn.reference),
        truth: drawn.truth,
    })
}
