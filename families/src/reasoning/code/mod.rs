//! Short programs: what do they print?

mod tree;

use truth::Truth;

use super::{Draw, Posed};
use crate::answer::Form;
use crate::invent::Chance;
use crate::invent::names::{Namer, Style};
use tree::{Expression as E, Machine, Statement as S, print};

/// The names of a program.
const NAMES: &[[&str; 4]] = &[
    ["total", "a", "b", "i"],
    ["result", "x", "y", "n"],
    ["score", "left", "right", "step"],
    ["points", "low", "high", "turn"],
];

fn number(low: i64, high: i64, chance: &mut Chance) -> E {
    E::Number(chance.within(low, high))
}

/// A program of numbers.
pub(super) fn numbers(draw: &mut Draw) -> Option<Posed> {
    let (shape, chance) = (&mut draw.shape, &mut draw.chance);
    let [total, a, b, i] = *chance.pick(NAMES);
    let mut program = vec![
        S::Set(a, number(3, 19, chance)),
        S::Set(b, number(2, 9, chance)),
        S::Set(total, number(0, 20, chance)),
    ];
    let names = [total, a, b, i];
    for _ in 0..1 + draw.steps / 2 {
        program.push(block(names, draw.steps, shape, chance));
    }
    program.push(S::Print(E::Name(total)));
    posed("code_numbers", program, chance)
}

/// Changes the total by a number that the loop's counter decides.
fn change([total, a, b, i]: [&'static str; 4], shape: &mut Chance, chance: &mut Chance) -> S {
    let what = match shape.below(4) {
        0 => E::Name(i),
        1 => E::of("*", E::Name(i), E::Name(b)),
        2 => E::of("+", E::Name(a), E::Name(i)),
        _ => E::of(
            "%",
            E::of("*", E::Name(i), E::Name(i)),
            number(3, 9, chance),
        ),
    };
    let sign = *shape.pick(&["+", "-", "+"]);
    S::Change(total, sign, what)
}

/// Asks something of the loop's counter.
fn test([_, a, _, i]: [&'static str; 4], shape: &mut Chance, chance: &mut Chance) -> E {
    match shape.below(3) {
        0 => E::of(
            "==",
            E::of("%", E::Name(i), number(2, 3, chance)),
            E::Number(0),
        ),
        1 => E::of(
            ">",
            E::of("*", E::Name(i), number(2, 4, chance)),
            E::Name(a),
        ),
        _ => E::of(
            "!=",
            E::of(
                "%",
                E::of("+", E::Name(i), E::Name(a)),
                number(2, 5, chance),
            ),
            E::Number(1),
        ),
    }
}

/// A loop, or a choice.
fn block(names: [&'static str; 4], steps: usize, shape: &mut Chance, chance: &mut Chance) -> S {
    let [total, a, b, i] = names;
    match shape.below(4) {
        0 | 1 => {
            let body = match steps {
                1 => vec![change(names, shape, chance)],
                _ => vec![S::If(
                    test(names, shape, chance),
                    vec![change(names, shape, chance)],
                    vec![change(names, shape, chance)],
                )],
            };
            let from = number(0, 4, chance);
            let to = number(6, 9 + steps as i64, chance);
            S::Count(i, from, to, shape.within(1, 2), body)
        }
        2 => S::While(
            E::of(">", E::Name(a), number(0, 2, chance)),
            vec![
                S::Change(total, "+", E::Name(a)),
                S::Change(a, "//", number(2, 3, chance)),
            ],
        ),
        _ => S::If(
            E::of(
                "<",
                E::of("%", E::Name(total), number(5, 9, chance)),
                E::Name(b),
            ),
            vec![S::Set(
                total,
                E::of(
                    "+",
                    E::of("*", E::Name(total), number(2, 3, chance)),
                    E::Name(a),
                ),
            )],
            vec![S::Set(
                total,
                E::of(
                    "-",
                    E::of("//", E::Name(total), number(2, 4, chance)),
                    E::Name(b),
                ),
            )],
        ),
    }
}

/// A program of letters.
pub(super) fn letters(draw: &mut Draw) -> Option<Posed> {
    let (shape, chance) = (&mut draw.shape, &mut draw.chance);
    let mut namer = Namer::new(chance);
    let word = namer.name(Style::River, chance).to_lowercase();
    let [word_name, out, c, i] = *chance.pick(&[
        ["word", "out", "c", "i"],
        ["text", "made", "letter", "n"],
        ["s", "t", "ch", "k"],
    ]);
    let mut program = vec![
        S::Set(word_name, E::Text(word.clone())),
        S::Set(out, E::Text(String::new())),
    ];
    for _ in 0..1 + draw.steps / 2 {
        let front = S::Set(out, E::of("+", E::Name(c), E::Name(out)));
        let back = S::Change(out, "+", E::Name(c));
        match shape.below(4) {
            0 => {
                let edge = word.chars().nth(chance.below(word.len()))?;
                let sign = *shape.pick(&["<", ">"]);
                let test = E::of(sign, E::Name(c), E::Text(edge.into()));
                program.push(S::Letters(
                    c,
                    word_name,
                    vec![S::If(test, vec![front], vec![back])],
                ));
            }
            1 => program.push(S::Count(
                i,
                number(0, 2, chance),
                E::Length(word_name),
                shape.within(1, 3),
                vec![S::Change(
                    out,
                    "+",
                    E::Letter(word_name, Box::new(E::Name(i))),
                )],
            )),
            2 => {
                let vowel = *chance.pick(&["a", "e", "i", "o", "u"]);
                let sign = *shape.pick(&["==", "!="]);
                let test = E::of(sign, E::Name(c), E::Text(vowel.into()));
                let mark = *chance.pick(&["x", "z", "q"]);
                program.push(S::Letters(
                    c,
                    word_name,
                    vec![S::If(
                        test,
                        vec![S::Change(out, "+", E::Text(mark.into()))],
                        vec![front],
                    )],
                ));
            }
            _ => {
                program.push(S::Change(out, "+", E::Backwards(word_name)));
                let at = number(0, 3, chance);
                program.push(S::Set(
                    word_name,
                    E::of("+", E::Name(word_name), E::Letter(out, Box::new(at))),
                ));
            }
        }
    }
    program.push(S::Print(E::Name(out)));
    posed("code_letters", program, chance)
}

fn posed(kind: &'static str, program: Vec<S>, chance: &mut Chance) -> Option<Posed> {
    let mut machine = Machine::default();
    machine.run(&program)?;
    let [printed] = &machine.printed[..] else {
        return None;
    };
    if printed.is_empty() || printed.len() > 40 {
        return None;
    }
    let mut lines = Vec::new();
    print(&program, 0, &mut lines);
    let question = *chance.pick(&[
        "What does this Python program print?",
        "Which output does this Python program give?",
        "Run the Python program in your head: what does it print?",
    ]);
    let truth = match printed.parse::<i64>() {
        Ok(number) => Truth::Number {
            value: number as f64,
            unit: None,
            tolerance: 0.0,
        },
        Err(_) => Truth::Name {
            forms: vec![printed.clone()],
            others: vec![],
        },
    };
    Some(Posed {
        kind,
        material: lines.join("\n"),
        question: question.into(),
        form: Form::Printed,
        truth,
        reference: format!("The program prints {printed}."),
    })
}
