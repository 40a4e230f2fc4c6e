//! The right answer to a question, out of what is known.

use truth::{Date, Truth};

use super::ask::{Ask, Form, span};
use super::cast::{Fact, value};
use super::grammar::value::{Value, forms};
use super::grammar::{Kind, Relation, World, pattern};
use super::say::mention;
use crate::invent::names::Style;
use crate::invent::{Chance, calendar, capital};

/// What is right, and what could be taken for it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// As a judge compares it.
    pub truth: Truth,
    /// For the line `Answer: …`.
    pub value: String,
    /// In words.
    pub sentence: String,
    /// A wrong value of the same kind, from the text if it has one; empty where nothing is right and there is none.
    pub decoy: String,
}

/// How a value is given that the text doesn't hold.
pub const NOT_SAID: &str = "the text does not say";

/// The answer to `ask` by the facts that a text tells. `aside` are names in it that stand for nothing.
pub fn answer(
    world: &World,
    ask: &Ask,
    facts: &[Fact],
    aside: &[(Style, String)],
    chance: &mut Chance,
) -> Answer {
    let mut answering = Answering {
        world,
        ask,
        facts,
        aside,
        chance,
    };
    answering.answer().unwrap_or_else(|| answering.absent())
}

struct Answering<'a> {
    world: &'a World,
    ask: &'a Ask,
    facts: &'a [Fact],
    aside: &'a [(Style, String)],
    chance: &'a mut Chance,
}

impl Answering<'_> {
    /// None where a fact is missing.
    fn answer(&mut self) -> Option<Answer> {
        let names = &self.ask.names;
        let relation = self.ask.relation;
        let values = names.iter().map(|name| value(self.facts, name, relation));
        match self.ask.form {
            Form::One => {
                let name = names.first()?;
                let right = value(self.facts, name, relation)?;
                let sentence = self.says(name, right);
                Some(self.single(right, capital(&sentence) + "."))
            }
            Form::Hop => self.hop(names.first()?),
            form => {
                let values: Vec<&Value> = values.collect::<Option<_>>()?;
                match (form, &values[..]) {
                    (Form::Order, _) => Some(self.order(&values)),
                    (Form::More, [a, b]) => Some(self.compare(a, b, a > b)),
                    (Form::Less, [a, b]) => Some(self.compare(a, b, a < b)),
                    (_, [a, b]) => self.calculated(a, b),
                    _ => None,
                }
            }
        }
    }

    fn hop(&mut self, name: &str) -> Option<Answer> {
        let link = self
            .world
            .main
            .relations
            .iter()
            .find(|r| r.kind == Kind::Link)?;
        let Value::Name(other) = value(self.facts, name, link)? else {
            return None;
        };
        let right = value(self.facts, other, self.ask.relation)?;
        let topic = self.topic(link, name, self.ask.thing.mention);
        let called = mention(self.world.other, other, self.chance);
        let sentence = format!("{topic} is {called}, and {}.", self.says(other, right));
        Some(self.single(right, capital(&sentence)))
    }

    fn single(&self, right: &Value, sentence: String) -> Answer {
        let kind = self.ask.relation.kind;
        let others = self.others(Some(right));
        let decoy = others.first().cloned();
        Answer {
            decoy: decoy.unwrap_or_else(|| kind.plain(&self.beside(right))),
            truth: kind.truth(right, others),
            value: kind.plain(right),
            sentence,
        }
    }

    /// A wrong value where the text has none of its kind.
    fn beside(&self, right: &Value) -> Value {
        match right {
            Value::Number(number) => Value::Number(number + 3),
            Value::Date(date) => Value::Date(Date {
                year: date.year + 3,
                ..*date
            }),
            Value::Name(_) => {
                let mut subjects = self.facts.iter().map(|fact| &fact.subject);
                let other = subjects.find(|name| !self.ask.names.contains(name));
                Value::Name(
                    other
                        .or(self.ask.names.first())
                        .cloned()
                        .unwrap_or_default(),
                )
            }
        }
    }

    fn compare(&mut self, a: &Value, b: &Value, first: bool) -> Answer {
        let names = &self.ask.names;
        let (right, wrong) = if first { (0, 1) } else { (1, 0) };
        let said = match self.ask.form {
            Form::More => self.ask.relation.more,
            _ => self.ask.relation.less,
        };
        let said = pattern::write(said, self.chance, &mut |_, _| String::new());
        let kind = self.ask.relation.kind;
        let values = [kind.plain(a), kind.plain(b)];
        let called = mention(self.ask.thing, &names[right], self.chance);
        Answer {
            truth: Truth::Choice {
                right: names[right].clone(),
                options: names.clone(),
            },
            value: names[right].clone(),
            sentence: format!(
                "Of the two it is {called} that {said}: {} against {}.",
                values[right], values[wrong]
            ),
            decoy: names[wrong].clone(),
        }
    }

    fn order(&mut self, values: &[&Value]) -> Answer {
        let mut all: Vec<(&Value, &String)> = values.iter().copied().zip(&self.ask.names).collect();
        all.sort();
        let kind = self.ask.relation.kind;
        let told = |(value, name): &(&Value, &String)| format!("{name} ({})", kind.plain(value));
        let told: Vec<String> = all.iter().map(told).collect();
        let names: Vec<&str> = all.iter().map(|(_, name)| name.as_str()).collect();
        let mut swapped = names.clone();
        let last = swapped.len().saturating_sub(1);
        swapped.swap(0, last);
        Answer {
            truth: Truth::Ranking {
                items: names.iter().map(|name| forms(name)).collect(),
            },
            value: names.join(", "),
            sentence: format!("The order is {}.", told.join(", then ")),
            decoy: swapped.join(", "),
        }
    }

    /// A sum or a difference.
    fn calculated(&mut self, a: &Value, b: &Value) -> Option<Answer> {
        let relation = self.ask.relation;
        let (kind, (one, other)) = match (a, b) {
            (Value::Number(a), Value::Number(b)) => (relation.kind, (*a, *b)),
            (Value::Date(a), Value::Date(b)) if span(relation) == "years" => {
                (YEARS, (i64::from(a.year), i64::from(b.year)))
            }
            (Value::Date(a), Value::Date(b)) => {
                (DAYS, (calendar::day_number(*a), calendar::day_number(*b)))
            }
            _ => return None,
        };
        let (sum, gap) = (one + other, (one - other).abs());
        let (right, wrong) = match self.ask.form {
            Form::Sum => (sum, gap),
            _ if relation.dated() => (gap, gap + 10),
            _ => (gap, sum),
        };
        let (right, wrong) = (Value::Number(right), Value::Number(wrong));
        let mention = self.ask.thing.mention;
        let topics = [0, 1].map(|at| self.topic(relation, &self.ask.names[at], mention));
        let values = [a, b].map(|value| relation.kind.plain(value));
        let what = match self.ask.form {
            Form::Sum => "sum of",
            _ => "difference between",
        };
        Some(Answer {
            truth: kind.truth(&right, Vec::new()),
            value: kind.plain(&right),
            sentence: format!(
                "The {what} {} ({}) and {} ({}) is {}.",
                topics[0],
                values[0],
                topics[1],
                values[1],
                kind.plain(&right)
            ),
            decoy: kind.plain(&wrong),
        })
    }

    fn absent(&mut self) -> Answer {
        let others = self.others(None);
        let name = self.ask.names.first().map_or("", String::as_str);
        let topic = self.topic(self.ask.relation, name, self.ask.thing.mention);
        let said = pattern::write(
            "the text [does not say|gives no answer to the question] what {t} [is|was]",
            self.chance,
            &mut |_, _| topic.clone(),
        );
        Answer {
            truth: Truth::Absent {
                others: self.all_forms(&others),
            },
            value: NOT_SAID.to_string(),
            sentence: capital(&said) + ".",
            decoy: others.into_iter().next().unwrap_or_default(),
        }
    }

    /// All other values that an answer could settle on: those of the same relation first, denied ones before them.
    fn others(&self, right: Option<&Value>) -> Vec<String> {
        let asked = self.ask.relation;
        let alike = |fact: &&Fact| match (self.style(fact.relation), self.style(asked)) {
            (None, None) => fact.relation.kind.like(asked.kind),
            (one, other) => one == other,
        };
        let mut facts: Vec<&Fact> = self.facts.iter().filter(alike).collect();
        facts.sort_by_key(|fact| (fact.relation.slot != asked.slot, fact.holds));
        let told = facts.iter().filter(|fact| Some(&fact.value) != right);
        let mut others: Vec<String> = told
            .map(|fact| fact.relation.kind.plain(&fact.value))
            .collect();
        if let Some(style) = self.style(asked) {
            let aside = self.aside.iter().filter(|(other, _)| *other == style);
            others.extend(aside.map(|(_, name)| name.clone()));
        }
        let mut seen = std::collections::BTreeSet::new();
        others.retain(|other| seen.insert(other.clone()));
        others
    }

    fn all_forms(&self, values: &[String]) -> Vec<String> {
        match self.style(self.ask.relation) {
            Some(_) => values.iter().flat_map(|name| forms(name)).collect(),
            None => values.to_vec(),
        }
    }

    /// What kind of name the values of a relation are.
    fn style(&self, relation: &Relation) -> Option<Style> {
        match relation.kind {
            Kind::Named(style) => Some(style),
            Kind::Link => Some(self.world.other.style),
            _ => None,
        }
    }

    fn says(&mut self, name: &str, right: &Value) -> String {
        let thing = match self.ask.form {
            Form::Hop => self.world.other,
            _ => self.ask.thing,
        };
        let relation = self.ask.relation;
        let pattern = *self.chance.pick(relation.says);
        pattern::write(
            pattern,
            self.chance,
            &mut |slot, chance| match (slot, right) {
                ("s", _) => mention(thing, name, chance),
                ("s's", _) => mention(thing, name, chance) + "'s",
                (_, Value::Name(value)) if relation.kind == Kind::Link => {
                    mention(self.world.other, value, chance)
                }
                _ => relation.kind.plain(right),
            },
        )
    }

    fn topic(&mut self, relation: &Relation, name: &str, called: &str) -> String {
        pattern::write(relation.topic, self.chance, &mut |_, chance| {
            pattern::write(called, chance, &mut |_, _| name.to_string())
        })
    }
}

const YEARS: Kind = Kind::Measure("years", "years", 0, 0, 0);
const DAYS: Kind = Kind::Measure("days", "days", 0, 0, 0);
