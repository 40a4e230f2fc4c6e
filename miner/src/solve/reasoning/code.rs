//! Runs short programs line by line, as someone with pencil and paper does.

use std::collections::BTreeMap;

use super::{Found, Task};

#[derive(Clone, Debug, PartialEq, PartialOrd)]
enum Value {
    Number(i64),
    Text(String),
}

type Names<'p> = BTreeMap<&'p str, Value>;

pub fn solve(task: &Task) -> Option<Found> {
    let start = task
        .lines
        .iter()
        .position(|line| line.split(' ').nth(1) == Some("="))?;
    let lines: Vec<&str> = task.lines[start..]
        .iter()
        .copied()
        .take_while(|line| !line.ends_with('?'))
        .collect();
    let mut printed = None;
    run(&lines, &mut Names::new(), &mut printed)?;
    match printed? {
        Value::Number(number) => Some(Found::Number(number as f64)),
        Value::Text(text) => {
            let mut other: String = text.chars().rev().collect();
            if other == text {
                other.push('a');
            }
            Some(Found::Word(text, other))
        }
    }
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The lines that stand deeper than the first.
fn body<'l, 'p>(lines: &'l [&'p str]) -> &'l [&'p str] {
    let deeper = lines[1..]
        .iter()
        .take_while(|line| depth(line) > depth(lines[0]))
        .count();
    &lines[1..=deeper]
}

fn run<'p>(lines: &[&'p str], names: &mut Names<'p>, printed: &mut Option<Value>) -> Option<()> {
    let mut at = 0;
    while at < lines.len() {
        let (line, inner) = (lines[at].trim(), body(&lines[at..]));
        at += 1 + inner.len();
        if let Some(head) = line.strip_prefix("for ") {
            let (name, over) = head.strip_suffix(':')?.split_once(" in ")?;
            for value in each(over, names)? {
                names.insert(name, value);
                run(inner, names, printed)?;
            }
        } else if let Some(test) = line.strip_prefix("while ") {
            while value(test.strip_suffix(':')?, names)? != Value::Number(0) {
                run(inner, names, printed)?;
            }
        } else if let Some(test) = line.strip_prefix("if ") {
            let otherwise = lines
                .get(at)
                .filter(|next| next.trim() == "else:")
                .map(|_| body(&lines[at..]));
            at += otherwise.map_or(0, |lines| 1 + lines.len());
            match value(test.strip_suffix(':')?, names)? {
                Value::Number(0) => run(otherwise.unwrap_or_default(), names, printed)?,
                _ => run(inner, names, printed)?,
            }
        } else if let Some(shown) = line.strip_prefix("print(") {
            *printed = Some(value(shown.strip_suffix(')')?, names)?);
        } else {
            let (name, right) = line.split_once(" = ").or_else(|| line.split_once("= "))?;
            let mut right = value(right, names)?;
            let (name, sign) = name.split_once(' ').unwrap_or((name, ""));
            if !sign.is_empty() {
                right = of(names.get(name)?.clone(), sign, right)?;
            }
            names.insert(name, right);
        }
    }
    Some(())
}

fn each(over: &str, names: &Names) -> Option<Vec<Value>> {
    let Some(range) = over.strip_prefix("range(") else {
        let Value::Text(text) = names.get(over)? else {
            return None;
        };
        return Some(text.chars().map(|c| Value::Text(c.into())).collect());
    };
    let ends: Option<Vec<i64>> = range
        .strip_suffix(')')?
        .split(", ")
        .map(|end| match value(end, names)? {
            Value::Number(number) => Some(number),
            Value::Text(_) => None,
        })
        .collect();
    let ends = ends?;
    let step = ends.get(2).copied().unwrap_or(1) as usize;
    Some(
        (*ends.first()?..*ends.get(1)?)
            .step_by(step)
            .map(Value::Number)
            .collect(),
    )
}

fn of(a: Value, sign: &str, b: Value) -> Option<Value> {
    let truth = |holds: bool| Some(Value::Number(i64::from(holds)));
    match (sign, a, b) {
        ("==", a, b) => truth(a == b),
        ("!=", a, b) => truth(a != b),
        ("<", a, b) => truth(a < b),
        (">", a, b) => truth(a > b),
        ("+", Value::Text(a), Value::Text(b)) => Some(Value::Text(a + &b)),
        ("+", Value::Number(a), Value::Number(b)) => Some(Value::Number(a + b)),
        ("-", Value::Number(a), Value::Number(b)) => Some(Value::Number(a - b)),
        ("*", Value::Number(a), Value::Number(b)) => Some(Value::Number(a * b)),
        ("//", Value::Number(a), Value::Number(b)) => {
            Some(Value::Number((a as f64 / b as f64).floor() as i64))
        }
        ("%", Value::Number(a), Value::Number(b)) => Some(Value::Number(((a % b) + b) % b)),
        _ => None,
    }
}

/// Weakest first: the last sign of the weakest kind that stands outside brackets parts an expression.
const SIGNS: [&[&str]; 3] = [&["==", "!=", "<", ">"], &["+", "-"], &["*", "//", "%"]];

fn value(text: &str, names: &Names) -> Option<Value> {
    let text = text.trim();
    for signs in SIGNS {
        let mut deep = 0;
        let mut parting = None;
        let mut at = 0;
        for word in text.split(' ') {
            if deep == 0 && signs.contains(&word) {
                parting = Some((at, word));
            }
            deep +=
                word.matches(['(', '[']).count() as i64 - word.matches([')', ']']).count() as i64;
            at += word.len() + 1;
        }
        if let Some((at, sign)) = parting {
            return of(
                value(&text[..at], names)?,
                sign,
                value(&text[at + sign.len()..], names)?,
            );
        }
    }
    let word = |name: &str| match names.get(name)? {
        Value::Text(text) => Some(text.clone()),
        Value::Number(_) => None,
    };
    if let Some(inner) = text.strip_prefix('(') {
        value(inner.strip_suffix(')')?, names)
    } else if let Some(name) = text.strip_prefix("len(") {
        Some(Value::Number(word(name.strip_suffix(')')?)?.len() as i64))
    } else if let Some(quoted) = text.strip_prefix('"') {
        Some(Value::Text(quoted.strip_suffix('"')?.into()))
    } else if let Some(name) = text.strip_suffix("[::-1]") {
        Some(Value::Text(word(name)?.chars().rev().collect()))
    } else if let Some((name, place)) = text.split_once('[') {
        let Value::Number(at) = value(place.strip_suffix(']')?, names)? else {
            return None;
        };
        Some(Value::Text(word(name)?.chars().nth(at as usize)?.into()))
    } else if let Ok(number) = text.parse() {
        Some(Value::Number(number))
    } else {
        names.get(text).cloned()
    }
}
