//! A series that nobody has seen, and what comes next. What came is drawn with what is shown, by the same process.

mod process;

use truth::{Asks, Forecast, Truth};

use crate::answer::{Form, listed};
use crate::invent::Chance;
use crate::invent::names::{Namer, Style};
use crate::invent::numbers::plain;
use crate::{Difficulty, Drawn};
use process::Process;

const SHAPE: u64 = 0xf02e_0001;
const VARIANT: u64 = 0xf02e_0002;

const OPENINGS: &[&str] = &[
    "Forecast the series below.",
    "Here is a series of measurements. Judge what comes next.",
    "Study the series and say what is to be expected.",
];

const SERIES: &[&str] = &[
    "Passengers of the {} ferry, in hundreds",
    "Water that the spring of {} gives, in litres per minute",
    "Parcels sorted in {}, in hundreds",
    "Price of a sack of grain in {}, in crowns",
    "Load of the power line to {}, in kilowatts",
    "Visitors of the {} museum, in tens",
];

/// What all miners of a round have in common.
struct Plan {
    process: Process,
    asks: Asks,
    seen: usize,
    noise: f64,
}

impl Plan {
    fn new(difficulty: f64, chance: &mut Chance) -> Self {
        let process = *chance.pick(Process::ALL);
        let far = 1 + (difficulty * 9.0) as i64;
        let steps = chance.within(1, far) as usize;
        let level = *chance.pick(&[0.5, 0.8, 0.9]);
        let asks = match chance.below(4) {
            0 => Asks::Points { steps: steps + 2 },
            1 => Asks::Interval { steps, level },
            2 => Asks::Rise { steps },
            _ => Asks::Quantiles { steps },
        };
        Self {
            process,
            asks,
            seen: chance.within(30, 200) as usize,
            noise: difficulty,
        }
    }

    fn steps(&self) -> usize {
        match self.asks {
            Asks::Points { steps }
            | Asks::Interval { steps, .. }
            | Asks::Rise { steps }
            | Asks::Quantiles { steps } => steps,
        }
    }
}

/// A question about values to come.
pub(crate) fn draw(difficulty: Difficulty, shape: u64, variant: u64) -> Drawn {
    let plan = Plan::new(
        difficulty.0.clamp(0.0, 1.0),
        &mut Chance::new(SHAPE, shape, 0),
    );
    let mut chance = Chance::new(VARIANT, shape, variant);
    let steps = plan.steps();
    let values = plan
        .process
        .draw(plan.seen + steps, plan.noise, &mut chance);
    let (seen, came) = values.split_at(plan.seen);
    let place = Namer::new(&mut chance).name(Style::Place, &mut chance);
    let title = chance.pick(SERIES).replace("{}", &place);
    let (kind, question, form) = ask(plan.asks, seen.last().copied().unwrap_or(0), &mut chance);
    let real = |values: &[i64]| values.iter().map(|value| *value as f64 / 10.0).collect();
    let shown: Vec<String> = came.iter().map(|value| plain(*value, 1)).collect();
    Drawn {
        instruction: crate::answer::instruction(OPENINGS, &form, &mut chance),
        material: print(&title, seen, &mut chance),
        question,
        truth: Truth::Forecast(Forecast {
            asks: plan.asks,
            seen: real(seen),
            came: real(came),
            after: None,
        }),
        reference: format!("What came next was {}.", listed(&shown)),
        kind,
    }
}

/// Its kind, the question, and the form of the answer.
fn ask(asks: Asks, last: i64, chance: &mut Chance) -> (&'static str, String, Form<'static>) {
    let ahead = |steps: usize| match steps {
        1 => "the next value".to_string(),
        _ => format!("the value {steps} steps after the last one shown"),
    };
    match asks {
        Asks::Points { steps } => {
            let question = match chance.below(2) {
                0 => format!("What are the next {steps} values?"),
                _ => format!("Forecast the {steps} values that follow."),
            };
            ("points", question, Form::Numbers(steps))
        }
        Asks::Interval { steps, level } => {
            let (percent, ahead) = ((level * 100.0) as i64, ahead(steps));
            let question = match chance.below(2) {
                0 => format!(
                    "Give a lower and an upper bound between which {ahead} lies with a probability of {percent} %."
                ),
                _ => format!(
                    "In which interval does {ahead} lie with a probability of {percent} %? Give its lower and its upper end."
                ),
            };
            ("interval", question, Form::Numbers(2))
        }
        Asks::Rise { steps } => {
            let (last, ahead) = (plain(last, 1), ahead(steps));
            let question = match chance.below(2) {
                0 => format!(
                    "How probable is it, from 0 to 1, that {ahead} is above the last one shown, {last}?"
                ),
                _ => format!(
                    "Give the probability, a number from 0 to 1, that {ahead} is above {last}, the last one shown."
                ),
            };
            ("rise", question, Form::Rounded(2, None))
        }
        Asks::Quantiles { steps } => {
            let ahead = ahead(steps);
            let question = format!(
                "Give the quantiles at 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8 and 0.9 of {ahead}."
            );
            ("quantiles", question, Form::Numbers(9))
        }
    }
}

/// The title, and the values, oldest first: in rows, or each with its number.
fn print(title: &str, seen: &[i64], chance: &mut Chance) -> String {
    let texts: Vec<String> = seen.iter().map(|value| plain(*value, 1)).collect();
    let lines: Vec<String> = match chance.below(3) {
        0 => texts
            .iter()
            .enumerate()
            .map(|(at, text)| format!("{}: {text}", at + 1))
            .collect(),
        1 => texts.chunks(10).map(|row| row.join(", ")).collect(),
        _ => texts.chunks(12).map(|row| row.join("; ")).collect(),
    };
    format!("{title}; oldest first:\n{}", lines.join("\n"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_printed_as_the_truth_has_it() {
        for seed in 0..300 {
            let drawn = draw(Difficulty(seed as f64 / 300.0), seed, seed + 1);
            let Truth::Forecast(forecast) = drawn.truth else {
                unreachable!()
            };
            let (_, body) = drawn.material.split_once(":\n").unwrap();
            let numbered = |line: &str| line.split(": ").last().unwrap().to_string();
            let values = body.lines().flat_map(|l| {
                numbered(l)
                    .split([',', ';'])
                    .map(|v| v.trim().parse::<f64>().unwrap())
                    .collect::<Vec<_>>()
            });
            assert_eq!(values.collect::<Vec<_>>(), forecast.seen);
            assert!((30..=200).contains(&forecast.seen.len()));
            let steps = match forecast.asks {
                Asks::Points { steps }
                | Asks::Interval { steps, .. }
                | Asks::Rise { steps }
                | Asks::Quantiles { steps } => steps,
            };
            assert_eq!(forecast.came.len(), steps);
        }
    }
}
