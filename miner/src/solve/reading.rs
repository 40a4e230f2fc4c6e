//! Reads a document and a question by the patterns that wrote them.

use families::Family;
use families::invent::Chance;
use families::invent::names::is_name;
use families::reading::answer::{Answer, answer};
use families::reading::ask::{self, Ask, Form};
use families::reading::cast::Fact;
use families::reading::grammar::clause::{self, Stated, Subject};
use families::reading::grammar::value::{Value, short};
use families::reading::grammar::{World, pattern, phrases};

use super::Solved;

/// A sentence, where it stands, and what it says.
pub(super) struct Told {
    pub text: String,
    pub line: usize,
    facts: Vec<Fact>,
}

/// A task as it was understood.
pub(super) struct Understood {
    pub right: Answer,
    /// The sentence that says what is asked, where it is one fact.
    pub evidence: Option<Told>,
}

pub(super) fn solve(messages: &[String]) -> Option<Solved> {
    let lines = lines(messages);
    let Understood { right, evidence } = understand(&lines)?;
    Some(Solved {
        family: Family::Reading,
        value: right.value,
        sentence: right.sentence,
        evidence: evidence.map(|told| told.text),
        document: None,
        decoy: right.decoy,
    })
}

pub(super) fn lines(messages: &[String]) -> Vec<&str> {
    let lines = messages.iter().flat_map(|message| message.lines());
    lines.map(str::trim).collect()
}

/// None where nothing is asked, or nothing is told of it.
pub(super) fn understand(lines: &[&str]) -> Option<Understood> {
    let (question, asked) = lines.iter().rev().find_map(|line| {
        let question = unlabelled(line);
        let asked = ask::read(question);
        (!asked.is_empty()).then_some((question, asked))
    })?;
    let read = asked
        .into_iter()
        .map(|(world, ask)| (world, ask, Reader::read(world, lines)));
    let (world, ask, told) = read.max_by_key(|(_, _, told)| told.len())?;
    let facts: Vec<Fact> = told.iter().flat_map(|told| told.facts.clone()).collect();
    if facts.is_empty() {
        return None;
    }
    let seed = question
        .bytes()
        .fold(0, |seed: u64, byte| seed.wrapping_mul(31) + u64::from(byte));
    let right = answer(world, &ask, &facts, &[], &mut Chance::new(0, seed, 0));
    let evidence = told.into_iter().find(|told| proves(told, &ask));
    Some(Understood { right, evidence })
}

fn proves(told: &Told, ask: &Ask) -> bool {
    ask.form == Form::One
        && told.facts.iter().any(|fact| {
            fact.holds
                && ask.names.contains(&fact.subject)
                && fact.relation.slot == ask.relation.slot
        })
}

/// `Question: Why?` → `Why?`
fn unlabelled(line: &str) -> &str {
    match line.split_once(": ") {
        Some((label, rest)) if label.chars().all(|c| c.is_ascii_alphabetic()) => rest,
        _ => line,
    }
}

/// Reads a text in one world, sentence by sentence.
struct Reader {
    world: &'static World,
    /// Names in full, as they came.
    met: Vec<String>,
    /// What was spoken of last.
    last: Option<(&'static str, String)>,
}

impl Reader {
    fn read(world: &'static World, lines: &[&str]) -> Vec<Told> {
        let mut reader = Self {
            world,
            met: Vec::new(),
            last: None,
        };
        let mut told = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            for sentence in line.split_inclusive(". ") {
                let text = sentence.trim();
                if let Some(facts) = reader.sentence(text) {
                    told.push(Told {
                        text: text.to_string(),
                        line: at,
                        facts,
                    });
                }
            }
        }
        told
    }

    fn sentence(&mut self, text: &str) -> Option<Vec<Fact>> {
        let whole = text.strip_suffix('.')?;
        let stated = self.clauses(whole).or_else(|| {
            phrases::LEADS.iter().find_map(|lead| {
                let lead = format!("{lead}{{rest}}");
                let filled = pattern::read(&lead, whole, &|slot, text| match slot {
                    "rest" => whole.ends_with(text),
                    _ => is_name(text),
                })?;
                let (_, rest) = filled.last()?;
                self.clauses(rest)
            })
        })?;
        Some(
            stated
                .into_iter()
                .flat_map(|stated| self.facts(stated))
                .collect(),
        )
    }

    /// One clause, or two with a joint between them.
    fn clauses(&self, text: &str) -> Option<Vec<Stated>> {
        if let Some(stated) = clause::read(self.world, text) {
            return Some(vec![stated]);
        }
        let joints = phrases::SAME.iter().chain(phrases::OTHER);
        joints.into_iter().find_map(|joint| {
            text.match_indices(joint).find_map(|(at, joint)| {
                let second = clause::read(self.world, &text[at + joint.len()..])?;
                Some(vec![clause::read(self.world, &text[..at])?, second])
            })
        })
    }

    fn facts(&mut self, stated: Stated) -> Vec<Fact> {
        let subject = match stated.subject {
            Subject::Named(name) => Some(self.in_full(name)),
            Subject::Last => self
                .last
                .take()
                .filter(|(one, _)| *one == stated.thing.one)
                .map(|(_, name)| name),
        };
        let Some(subject) = subject else {
            return Vec::new();
        };
        self.last = Some((stated.thing.one, subject.clone()));
        let facts = stated.values.into_iter().map(|(relation, value)| Fact {
            subject: subject.clone(),
            relation,
            value: match value {
                Value::Name(name) => Value::Name(self.in_full(name)),
                value => value,
            },
            holds: stated.holds,
        });
        facts.collect()
    }

    /// A surname stands for who was named in full before.
    fn in_full(&mut self, name: String) -> String {
        let known = self
            .met
            .iter()
            .find(|full| short(full) == Some(name.as_str()));
        if let Some(full) = known {
            return full.clone();
        }
        self.met.push(name.clone());
        name
    }
}
