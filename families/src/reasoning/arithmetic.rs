//! Expressions of whole numbers.

use super::fraction::Fraction;
use super::{Draw, Posed};
use crate::answer::Form;
use crate::invent::Chance;

/// A number, or two parts and what is done with them.
enum Expression {
    Number(i64),
    Of(char, Box<Expression>, Box<Expression>),
}

use Expression::{Number, Of};

pub(super) fn pose(draw: &mut Draw) -> Option<Posed> {
    let expression = build(draw.steps + 1, &mut draw.shape, &mut draw.chance);
    let value = expression.value()?;
    let decimals = if expression.divides() { 2 } else { 0 };
    if value.is_above(50_000_000) || !value.is_above(-50_000_000) {
        return None;
    }
    let signs = *draw.chance.pick(&["+-*/", "+−×÷", "+-×/"]);
    let text = expression.print(signs);
    let question = match draw.chance.below(3) {
        0 => format!("What is {text}?"),
        1 => format!("Compute {text}."),
        _ => format!("What does this come to: {text}?"),
    };
    Some(Posed {
        kind: "arithmetic",
        material: String::new(),
        question,
        form: if decimals == 0 {
            Form::Whole
        } else {
            Form::Rounded(decimals, None)
        },
        truth: value.truth(decimals, None),
        reference: format!("{text} comes to {}.", value.text(decimals)),
    })
}

/// So many operations; what is divided by is a single number.
fn build(operations: usize, shape: &mut Chance, chance: &mut Chance) -> Expression {
    if operations == 0 {
        return Number(chance.within(2, 60));
    }
    let operation = *shape.pick(&['+', '+', '-', '-', '*', '*', '/']);
    if operation == '/' {
        let left = build(operations - 1, shape, chance);
        return Of('/', Box::new(left), Box::new(Number(chance.within(3, 12))));
    }
    let left = shape.below(operations);
    let (a, b) = (
        build(left, shape, chance),
        build(operations - 1 - left, shape, chance),
    );
    Of(operation, Box::new(a), Box::new(b))
}

impl Expression {
    fn value(&self) -> Option<Fraction> {
        let Of(operation, a, b) = self else {
            let Number(number) = self else { return None };
            return Some((*number).into());
        };
        let (a, b) = (a.value()?, b.value()?);
        match operation {
            '+' => a.add(b),
            '-' => a.sub(b),
            '*' => a.mul(b),
            _ => a.div(b),
        }
    }

    fn divides(&self) -> bool {
        matches!(self, Of(operation, a, b) if *operation == '/' || a.divides() || b.divides())
    }

    fn rank(&self) -> u8 {
        match self {
            Number(_) => 3,
            Of('*' | '/', ..) => 2,
            Of(..) => 1,
        }
    }

    fn print(&self, signs: &str) -> String {
        let (operation, a, b) = match self {
            Number(number) => return number.to_string(),
            Of(operation, a, b) => (*operation, a, b),
        };
        let bracket = |part: &Self, needed: bool| match needed {
            true => format!("({})", part.print(signs)),
            false => part.print(signs),
        };
        let left = bracket(a, a.rank() < self.rank());
        let right = bracket(
            b,
            b.rank() < self.rank()
                || (b.rank() == self.rank() && matches!(operation, '-' | '/' | '*')),
        );
        let place = "+-*/".find(operation).unwrap_or(0);
        let sign = signs.chars().nth(place).unwrap_or(operation);
        format!("{left} {sign} {right}")
    }
}
