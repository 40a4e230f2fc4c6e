//! Questions that need no document: what is asked can be worked out.
//!
//! | file | kinds |
//! |---|---|
//! | `arithmetic` | an expression |
//! | `units` | sums of mixed units, rates |
//! | `days` | days between, weekday, a day so many days later |
//! | `stories` | word problems |
//! | `logic` | orders, truth tellers, members of lists |
//! | `code` | what a program prints |

mod arithmetic;
mod code;
mod days;
mod fraction;
mod logic;
mod stories;
mod units;

use truth::Truth;

use crate::answer::Form;
use crate::invent::Chance;
use crate::{Difficulty, Drawn};

const SHAPE: u64 = 0x4ea5_0001;
const VARIANT: u64 = 0x4ea5_0002;
const PROBE: u64 = 0x4ea5_0003;

const OPENINGS: &[&str] = &[
    "Solve the task.",
    "Work the following out step by step.",
    "Think carefully and give the exact result.",
    "Find the answer to what is asked.",
];

/// A task before its instruction is written.
struct Posed {
    kind: &'static str,
    material: String,
    question: String,
    form: Form<'static>,
    truth: Truth,
    reference: String,
}

/// What structure and numbers are drawn from, and how long the way to the answer is.
struct Draw {
    /// The same for all variants.
    shape: Chance,
    chance: Chance,
    /// 1 to 6.
    steps: usize,
}

type Pose = fn(&mut Draw) -> Option<Posed>;

/// Each as likely as another.
const POSES: &[Pose] = &[
    arithmetic::pose,
    units::sum,
    units::rate,
    days::between,
    days::weekday_of,
    days::after,
    stories::pose,
    stories::pose,
    stories::pose,
    logic::order,
    logic::tellers,
    logic::members,
    code::numbers,
    code::letters,
];

/// What the shape decides, and how to draw from it.
struct Plan {
    pose: Pose,
    structure: Chance,
    steps: usize,
}

impl Plan {
    fn new(pose: Pose, structure: Chance, difficulty: f64) -> Self {
        let steps = 1 + (difficulty.clamp(0.0, 1.0) * 5.0) as usize;
        Self {
            pose,
            structure,
            steps,
        }
    }

    /// None where so many tries give no task.
    fn pose(&self, tries: usize, chance: &mut Chance) -> Option<Posed> {
        (0..tries).find_map(|_| {
            let mut draw = Draw {
                shape: self.structure.clone(),
                chance: chance.clone(),
                steps: self.steps,
            };
            let posed = (self.pose)(&mut draw);
            *chance = draw.chance;
            posed
        })
    }
}

/// A task that can be worked out.
pub(crate) fn draw(difficulty: Difficulty, shape: u64, variant: u64) -> Option<Drawn> {
    let mut structure = Chance::new(SHAPE, shape, 0);
    // Some structures give no task with most numbers. One that gives none soon is passed over, for all variants alike.
    let pose = *structure.pick(POSES);
    let plan = (1..100).find_map(|at| {
        let plan = Plan::new(pose, Chance::new(SHAPE, shape, at), difficulty.0);
        plan.pose(12, &mut Chance::new(PROBE, shape, at))
            .map(|_| plan)
    })?;
    let mut chance = Chance::new(VARIANT, shape, variant);
    let posed = plan.pose(1000, &mut chance)?;
    Some(Drawn {
        instruction: crate::answer::instruction(OPENINGS, &posed.form, &mut chance),
        material: posed.material,
        question: posed.question,
        truth: posed.truth,
        reference: posed.reference,
        kind: posed.kind,
    })
}
