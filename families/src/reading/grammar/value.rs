//! Values of relations: drawn, written and read.

use truth::{Date, Truth};

use super::{Kind, World};
use crate::invent::names::{self, Namer, Style, is_name};
use crate::invent::{Chance, calendar, numbers};

/// What a relation's value is for one thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Its last digits are decimals where the relation's kind has some.
    Number(i64),
    /// A day or a year.
    Date(Date),
    /// As it is written in full, without an article.
    Name(String),
}

impl Kind {
    /// A value of this kind. A link's is drawn by who knows the other thing.
    pub fn invent(&self, namer: &mut Namer, chance: &mut Chance) -> Value {
        match *self {
            Kind::Day(from, to) => Value::Date(calendar::day(from, to, chance)),
            Kind::Year(from, to) => Value::Date(Date {
                year: calendar::year(from, to, chance),
                month: None,
                day: None,
            }),
            Kind::Count(low, high) | Kind::Measure(_, _, low, high, _) => {
                Value::Number(chance.within(low, high))
            }
            Kind::Named(style) => Value::Name(namer.name(style, chance)),
            Kind::Link => Value::Name(namer.name(Style::Place, chance)),
        }
    }

    fn decimals(&self) -> u32 {
        match self {
            Kind::Measure(.., decimals) => *decimals,
            _ => 0,
        }
    }

    /// One way to write it in a sentence. Names are written bare.
    pub fn written(&self, value: &Value, chance: &mut Chance) -> String {
        match (value, self) {
            (Value::Number(number), Kind::Measure(short, long, ..)) => {
                let number = numbers::written(*number, self.decimals(), chance);
                let digits = number.starts_with(|c: char| c.is_ascii_digit());
                let unit = if digits && chance.percent(40) {
                    short
                } else {
                    long
                };
                format!("{number} {unit}")
            }
            (Value::Number(number), _) => numbers::written(*number, 0, chance),
            (Value::Date(date), _) => calendar::written(*date, chance),
            (Value::Name(name), _) => name.clone(),
        }
    }

    /// The way to write it that is always the same.
    pub fn plain(&self, value: &Value) -> String {
        match (value, self) {
            (Value::Number(number), Kind::Measure(short, ..)) => {
                format!("{} {short}", numbers::plain(*number, self.decimals()))
            }
            (Value::Number(number), _) => numbers::plain(*number, 0),
            (Value::Date(date), _) => calendar::plain(*date),
            (Value::Name(name), _) => name.clone(),
        }
    }

    /// Reads what [`Kind::written`] writes.
    pub fn read(&self, text: &str, world: &World) -> Option<Value> {
        match *self {
            Kind::Day(..) => calendar::read_day(text).map(Value::Date),
            Kind::Year(..) => calendar::read_year(text).map(|year| {
                Value::Date(Date {
                    year,
                    month: None,
                    day: None,
                })
            }),
            Kind::Count(..) => numbers::read(text, 0).map(Value::Number),
            Kind::Measure(short, long, _, _, decimals) => {
                let number = [short, long]
                    .into_iter()
                    .find_map(|unit| text.strip_suffix(unit)?.strip_suffix(' '))?;
                numbers::read(number, decimals).map(Value::Number)
            }
            Kind::Named(_) => is_name(text).then(|| Value::Name(text.to_string())),
            Kind::Link => world.other.named(text).map(Value::Name),
        }
    }

    /// The value as what is right.
    pub fn truth(&self, value: &Value, others: Vec<String>) -> Truth {
        match value {
            Value::Number(number) => {
                let unit = match self {
                    Kind::Measure(short, ..) => Some((*short).to_string()),
                    _ => None,
                };
                number_truth(*number, self.decimals(), unit)
            }
            Value::Date(date) => Truth::Date { date: *date },
            Value::Name(name) => Truth::Name {
                forms: forms(name),
                others: others.iter().flat_map(|other| forms(other)).collect(),
            },
        }
    }
}

/// A number with a unit may be off by less than half of its last digit, since it may have been converted and back.
fn number_truth(number: i64, decimals: u32, unit: Option<String>) -> Truth {
    let scale = 10_f64.powi(decimals as i32);
    let tolerance = if unit.is_some() { 0.4 / scale } else { 0.0 };
    Truth::Number {
        value: number as f64 / scale,
        unit,
        tolerance,
    }
}

/// How a name may be given: in full, with an article, and what is left of it without the word that it shares with others of its
/// kind: a person's surname, the Orrin of Mount Orrin, the Halvek of Halvek Yard.
pub fn forms(name: &str) -> Vec<String> {
    let mut forms = vec![name.to_string(), format!("the {name}")];
    if let Some(short) = short(name) {
        forms.push(short.to_string());
    }
    forms
}

/// The part of a name that is enough to tell it from others.
pub fn short(name: &str) -> Option<&str> {
    let (first, last) = name.rsplit_once(' ')?;
    match names::is_common(last) {
        true => first.split(' ').next(),
        false => Some(last),
    }
}
