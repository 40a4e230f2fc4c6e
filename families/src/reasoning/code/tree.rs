//! A small language, as Python writes it: its tree, its print, and what it does.

use std::collections::BTreeMap;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Number(i64),
    Text(String),
}

/// Something with a value.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    Number(i64),
    Text(String),
    Name(&'static str),
    /// A sign of Python's, and its sides.
    Of(&'static str, Box<Expression>, Box<Expression>),
    Length(&'static str),
    /// A letter of a text, by its place.
    Letter(&'static str, Box<Expression>),
    Backwards(&'static str),
}

/// Something done.
#[derive(Clone, Debug)]
pub(super) enum Statement {
    Set(&'static str, Expression),
    /// `+=` and the like.
    Change(&'static str, &'static str, Expression),
    /// From, up to and without, step.
    Count(&'static str, Expression, Expression, i64, Vec<Statement>),
    Letters(&'static str, &'static str, Vec<Statement>),
    If(Expression, Vec<Statement>, Vec<Statement>),
    While(Expression, Vec<Statement>),
    Print(Expression),
}

use Expression as E;
use Statement as S;

impl Expression {
    pub fn of(sign: &'static str, a: Self, b: Self) -> Self {
        Self::Of(sign, Box::new(a), Box::new(b))
    }

    fn rank(&self) -> u8 {
        match self {
            E::Of("==" | "!=" | "<" | ">", ..) => 1,
            E::Of("+" | "-", ..) => 2,
            E::Of(..) => 3,
            _ => 4,
        }
    }

    pub fn print(&self) -> String {
        match self {
            E::Number(number) => number.to_string(),
            E::Text(text) => format!("\"{text}\""),
            E::Name(name) => (*name).into(),
            E::Of(sign, a, b) => {
                let side = |part: &Self, bound: bool| match bound {
                    true => format!("({})", part.print()),
                    false => part.print(),
                };
                let (left, right) = (
                    side(a, a.rank() < self.rank()),
                    side(b, b.rank() <= self.rank()),
                );
                format!("{left} {sign} {right}")
            }
            E::Length(name) => format!("len({name})"),
            E::Letter(name, at) => format!("{name}[{}]", at.print()),
            E::Backwards(name) => format!("{name}[::-1]"),
        }
    }
}

/// The lines of a program.
pub(super) fn print(program: &[Statement], depth: usize, lines: &mut Vec<String>) {
    let gap = "    ".repeat(depth);
    for statement in program {
        match statement {
            S::Set(name, value) => lines.push(format!("{gap}{name} = {}", value.print())),
            S::Change(name, sign, value) => {
                lines.push(format!("{gap}{name} {sign}= {}", value.print()))
            }
            S::Count(name, from, to, step, body) => {
                let step = if *step == 1 {
                    String::new()
                } else {
                    format!(", {step}")
                };
                lines.push(format!(
                    "{gap}for {name} in range({}, {}{step}):",
                    from.print(),
                    to.print()
                ));
                print(body, depth + 1, lines);
            }
            S::Letters(name, text, body) => {
                lines.push(format!("{gap}for {name} in {text}:"));
                print(body, depth + 1, lines);
            }
            S::If(condition, yes, no) => {
                lines.push(format!("{gap}if {}:", condition.print()));
                print(yes, depth + 1, lines);
                if !no.is_empty() {
                    lines.push(format!("{gap}else:"));
                    print(no, depth + 1, lines);
                }
            }
            S::While(condition, body) => {
                lines.push(format!("{gap}while {}:", condition.print()));
                print(body, depth + 1, lines);
            }
            S::Print(value) => lines.push(format!("{gap}print({})", value.print())),
        }
    }
}

/// A run of a program.
#[derive(Debug, Default)]
pub(super) struct Machine {
    names: BTreeMap<&'static str, Value>,
    pub printed: Vec<String>,
    steps: usize,
}

/// More steps than anyone would follow on paper.
const PATIENCE: usize = 600;

impl Machine {
    /// None where a program does what it must not, or takes too long.
    pub fn run(&mut self, program: &[Statement]) -> Option<()> {
        for statement in program {
            self.steps += 1;
            if self.steps > PATIENCE {
                return None;
            }
            self.step(statement)?;
        }
        Some(())
    }

    fn step(&mut self, statement: &Statement) -> Option<()> {
        match statement {
            S::Set(name, value) => {
                let value = self.value(value)?;
                self.names.insert(name, value);
            }
            S::Change(name, sign, value) => {
                let value = of(sign, self.names.get(name)?.clone(), self.value(value)?)?;
                self.names.insert(name, value);
            }
            S::Count(name, from, to, step, body) => {
                let (mut at, to) = (self.number(from)?, self.number(to)?);
                while at < to {
                    self.names.insert(name, Value::Number(at));
                    self.run(body)?;
                    at += step;
                }
            }
            S::Letters(name, text, body) => {
                let Value::Text(text) = self.names.get(text)?.clone() else {
                    return None;
                };
                for letter in text.chars() {
                    self.names.insert(name, Value::Text(letter.into()));
                    self.run(body)?;
                }
            }
            S::If(condition, yes, no) => match self.number(condition)? {
                0 => self.run(no)?,
                _ => self.run(yes)?,
            },
            S::While(condition, body) => {
                while self.number(condition)? != 0 {
                    self.run(body)?;
                }
            }
            S::Print(value) => {
                let text = match self.value(value)? {
                    Value::Number(number) => number.to_string(),
                    Value::Text(text) => text,
                };
                self.printed.push(text);
            }
        }
        Some(())
    }

    fn number(&self, expression: &Expression) -> Option<i64> {
        match self.value(expression)? {
            Value::Number(number) => Some(number),
            Value::Text(_) => None,
        }
    }

    fn value(&self, expression: &Expression) -> Option<Value> {
        let text = |name: &str| match self.names.get(name)? {
            Value::Text(text) => Some(text.clone()),
            Value::Number(_) => None,
        };
        Some(match expression {
            E::Number(number) => Value::Number(*number),
            E::Text(text) => Value::Text(text.clone()),
            E::Name(name) => self.names.get(name)?.clone(),
            E::Of(sign, a, b) => of(sign, self.value(a)?, self.value(b)?)?,
            E::Length(name) => Value::Number(text(name)?.len() as i64),
            E::Letter(name, at) => {
                let at = usize::try_from(self.number(at)?).ok()?;
                Value::Text(text(name)?.chars().nth(at)?.into())
            }
            E::Backwards(name) => Value::Text(text(name)?.chars().rev().collect()),
        })
    }
}

/// Division is Python's: its rest has the sign of what is divided by, which is always above 0 here.
fn of(sign: &str, a: Value, b: Value) -> Option<Value> {
    let number = match (a, b) {
        (Value::Number(a), Value::Number(b)) => match sign {
            "+" => a.checked_add(b)?,
            "-" => a.checked_sub(b)?,
            "*" => a.checked_mul(b)?,
            "//" if b > 0 => a.div_euclid(b),
            "%" if b > 0 => a.rem_euclid(b),
            "==" => i64::from(a == b),
            "!=" => i64::from(a != b),
            "<" => i64::from(a < b),
            ">" => i64::from(a > b),
            _ => return None,
        },
        (Value::Text(a), Value::Text(b)) => match sign {
            "+" => return (a.len() + b.len() < 80).then(|| Value::Text(a + &b)),
            "==" => i64::from(a == b),
            "!=" => i64::from(a != b),
            "<" => i64::from(a < b),
            ">" => i64::from(a > b),
            _ => return None,
        },
        _ => return None,
    };
    (number.abs() < 1_000_000_000).then_some(Value::Number(number))
}
