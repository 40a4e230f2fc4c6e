//! Sentences out of facts: alone, two in one, with a lead-in, with asides between them.

use super::cast::{Cast, Fact};
use super::grammar::phrases;
use super::grammar::value::Value;
use super::say::{Called, Clause, Speaker};
use crate::invent::names::Style;
use crate::invent::{Chance, capital};

/// A sentence and what it says.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// With capital and mark.
    pub text: String,
    /// Empty for an aside.
    pub facts: Vec<Fact>,
}

/// How a text is to be.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Sentences about nothing that is asked.
    pub asides: usize,
    /// In a hundred: how often things are told one after another, not mixed.
    pub orderly: usize,
    /// Whether every sentence names what it speaks of, so that it can be quoted alone.
    pub named: bool,
}

/// What one sentence is about.
#[derive(Debug)]
enum Unit<'f> {
    /// Facts of one thing, one or two.
    Told(Vec<&'f Fact>),
    Aside,
}

/// A text that says these facts, each once, and nothing else of what can be asked.
pub fn compose(
    cast: &Cast,
    facts: &[Fact],
    manner: Manner,
    speaker: &mut Speaker<'_>,
    chance: &mut Chance,
) -> Vec<Sentence> {
    let mut units = units(facts, chance);
    if !chance.percent(manner.orderly) {
        chance.shuffle(&mut units);
    }
    for _ in 0..manner.asides {
        let at = chance.below(units.len() + 1);
        units.insert(at, Unit::Aside);
    }
    let mut text = Text {
        cast,
        speaker,
        last: None,
        named: manner.named,
    };
    let mut sentences = Vec::new();
    let mut units = units.into_iter().peekable();
    while let Some(unit) = units.next() {
        let Unit::Told(facts) = unit else {
            sentences.push(text.aside(chance));
            continue;
        };
        let joined = chance.percent(15);
        let next = units.next_if(|next| joined && text.may_join(&facts, next));
        sentences.push(match next {
            Some(Unit::Told(more)) => text.joined(&facts, &more, chance),
            _ => text.told(&facts, chance),
        });
    }
    sentences
}

/// Facts of each thing together, one or two of them in a sentence.
fn units<'f>(facts: &'f [Fact], chance: &mut Chance) -> Vec<Unit<'f>> {
    let mut subjects: Vec<&str> = facts.iter().map(|fact| fact.subject.as_str()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    chance.shuffle(&mut subjects);
    let mut units = Vec::new();
    for subject in subjects {
        let mut own: Vec<&Fact> = facts
            .iter()
            .filter(|fact| fact.subject == subject)
            .collect();
        chance.shuffle(&mut own);
        while let Some(fact) = own.pop() {
            let partner = match own.last() {
                Some(next) if fact.holds && next.holds && chance.percent(45) => own.pop(),
                _ => None,
            };
            units.push(Unit::Told([fact].into_iter().chain(partner).collect()));
        }
    }
    units
}

/// A text as it grows.
struct Text<'t, 'c> {
    cast: &'t Cast,
    speaker: &'t mut Speaker<'c>,
    /// What the last sentence began with and spoke of.
    last: Option<String>,
    named: bool,
}

impl Text<'_, '_> {
    fn aside(&mut self, chance: &mut Chance) -> Sentence {
        self.last = None;
        let own = self.cast.world.asides;
        let all = if chance.percent(45) {
            own
        } else {
            phrases::ASIDES
        };
        let pattern = *chance.pick(all);
        let text = self.speaker.invented(pattern, chance);
        finished(&text, Vec::new())
    }

    /// Two sentences about different things may become one.
    fn may_join(&self, facts: &[&Fact], next: &Unit<'_>) -> bool {
        match (facts, next) {
            ([one], Unit::Told(more)) => {
                one.holds
                    && more.len() == 1
                    && more
                        .iter()
                        .all(|fact| fact.holds && fact.subject != one.subject)
            }
            _ => false,
        }
    }

    fn joined(&mut self, facts: &[&Fact], more: &[&Fact], chance: &mut Chance) -> Sentence {
        self.last = None;
        let first = self.clause(facts, Called::Name, chance);
        let second = self.clause(more, Called::Name, chance);
        let joint = *chance.pick(phrases::OTHER);
        let text = format!("{}{joint}{}", first.text, second.text);
        finished(&text, owned([facts, more].concat()))
    }

    fn told(&mut self, facts: &[&Fact], chance: &mut Chance) -> Sentence {
        let subject = facts
            .first()
            .map(|fact| fact.subject.clone())
            .unwrap_or_default();
        let person = self.is_person(&subject);
        let called = match self.last.as_ref() == Some(&subject) && !self.named && !person {
            // A sentence without any name could stand in another document too.
            true if facts
                .iter()
                .all(|f| f.holds && matches!(f.value, Value::Name(_)))
                && chance.percent(50) =>
            {
                Called::Pronoun
            }
            _ => Called::Name,
        };
        let clause = match facts {
            [first, second] => self.both(first, second, called, chance),
            _ => self.clause(facts, called, chance),
        };
        let led = called == Called::Name && !(person && facts.len() > 1) && chance.percent(14);
        let lead = match led {
            true => {
                let pattern = *chance.pick(phrases::LEADS);
                self.speaker.invented(pattern, chance)
            }
            false => String::new(),
        };
        self.last = (clause.leads && !led).then_some(subject);
        finished(&format!("{lead}{}", clause.text), owned(facts.to_vec()))
    }

    /// Two facts of one thing: by a pattern that says both, or by two clauses.
    fn both(&mut self, first: &Fact, second: &Fact, called: Called, chance: &mut Chance) -> Clause {
        let pattern = match chance.percent(75) {
            true => self.speaker.clause(&[first, second], called, chance),
            false => None,
        };
        if let Some(clause) = pattern {
            return clause;
        }
        let before = self.clause(&[first], called, chance);
        let called = match (before.leads, self.is_person(&first.subject)) {
            (true, _) => Called::Pronoun,
            (false, true) => Called::Name,
            (false, false) => Called::Generic,
        };
        let after = self.clause(&[second], called, chance);
        let joint = *chance.pick(phrases::SAME);
        Clause {
            text: format!("{}{joint}{}", before.text, after.text),
            leads: before.leads,
        }
    }

    /// Every relation has patterns of its own, those that begin with the thing among them: a test holds it.
    fn clause(&mut self, facts: &[&Fact], called: Called, chance: &mut Chance) -> Clause {
        let clause = self.speaker.clause(facts, called, chance);
        clause.unwrap_or(Clause {
            text: String::new(),
            leads: false,
        })
    }

    fn is_person(&self, name: &str) -> bool {
        let entity = self.cast.entity(name);
        entity.is_some_and(|entity| entity.thing.style == Style::Person)
    }
}

fn owned(facts: Vec<&Fact>) -> Vec<Fact> {
    facts.into_iter().cloned().collect()
}

fn finished(text: &str, facts: Vec<Fact>) -> Sentence {
    Sentence {
        text: capital(text) + ".",
        facts,
    }
}
