//! Questions: their kinds, how they are worded, and how they are read.

use super::grammar::worlds::WORLDS;
use super::grammar::{Kind, Relation, Thing, World, pattern};
use super::say::mention;
use crate::invent::{Chance, capital};

/// What is asked, of things given by name.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What kind of question.
    pub form: Form,
    /// What kind of thing is asked about.
    pub thing: &'static Thing,
    /// What is asked of it, or of the other thing that it is tied to.
    pub relation: &'static Relation,
    /// The things.
    pub names: Vec<String>,
}

/// Kinds of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One fact.
    One,
    /// Which of two has more, or came later.
    More,
    /// Which of two has less, or came earlier.
    Less,
    /// Two numbers together.
    Sum,
    /// Between two numbers, days or years.
    Difference,
    /// Three or more, the earliest first.
    Order,
    /// One fact of the other thing, which isn't named.
    Hop,
}

const FORMS: [Form; 7] = [
    Form::One,
    Form::More,
    Form::Less,
    Form::Sum,
    Form::Difference,
    Form::Order,
    Form::Hop,
];

const OPENINGS: &str = "[|||according to the text, |going by the text, |as the text has it, ]";

const COMPARED: &[&str] = &[
    "which {more}, {a} or {b}",
    "{a} or {b}: which of them {more}",
    "[of|out of] {a} and {b}, which [one |]{more}",
    "comparing {a} with {b}, which of the two {more}",
];
const SUMMED: &[&str] = &[
    "what do {ta} and {tb} come to [together|in all]",
    "what is the sum of {ta} and {tb}",
    "if {ta} is added to {tb}, what [is the result|does one get]",
    "[adding|taking] {ta} and {tb} together, what is the total",
];
const APART: &[&str] = &[
    "what is the difference between {ta} and {tb}",
    "by how much do {ta} and {tb} differ",
    "how far apart are {ta} and {tb}",
    "how [much|great a difference] lies between {ta} and {tb}",
];
const BETWEEN: &[&str] = &[
    "how many {span} [lie|passed] between {ta} and {tb}",
    "what is the number of {span} between {ta} and {tb}",
    "counted in {span}, how far apart are {ta} and {tb}",
];
const ORDERED: &[&str] = &[
    "in [what|which] order did {list} follow one another, going by when they {event}, earliest first",
    "what is the order of {list} if the one[| of them] that came first is named first, going by when they {event}",
    "[from first to last|from the earliest to the latest], how do {list} stand, going by when they {event}",
];

/// Patterns of all questions of this form, with slots `{a}`, `{b}` and `{list}` for the things.
fn patterns(world: &World, form: Form, relation: &Relation) -> Vec<String> {
    let fill = |all: &[&str], with: &dyn Fn(&str) -> String| all.iter().map(|p| with(p)).collect();
    let asks: Vec<&str> = relation.asks.to_vec();
    match form {
        Form::One => fill(&asks, &|ask| {
            ask.replace("{s}", "{a}").replace("{s's}", "{a's}")
        }),
        Form::More => fill(COMPARED, &|p| p.replace("{more}", relation.more)),
        Form::Less => fill(COMPARED, &|p| p.replace("{more}", relation.less)),
        Form::Sum => fill(SUMMED, &|p| topics(p, relation)),
        Form::Difference if relation.counts() => fill(APART, &|p| topics(p, relation)),
        Form::Difference => fill(BETWEEN, &|p| {
            topics(p, relation).replace("{span}", span(relation))
        }),
        Form::Order => fill(ORDERED, &|p| p.replace("{event}", relation.event)),
        Form::Hop => {
            let link = world.main.relations.iter().find(|r| r.kind == Kind::Link);
            let topic = link.map_or("", |link| link.topic).replace("{s}", "{a}");
            fill(&asks, &|ask| ask.replace("{s}", &topic))
        }
    }
}

fn topics(pattern: &str, relation: &Relation) -> String {
    pattern
        .replace("{ta}", &relation.topic.replace("{s}", "{a}"))
        .replace("{tb}", &relation.topic.replace("{s}", "{b}"))
}

/// What lies between two values of a relation that says when.
pub fn span(relation: &Relation) -> &'static str {
    match relation.kind {
        Kind::Day(..) => "days",
        _ => "years",
    }
}

impl Form {
    /// Whether a question of this form can be asked of a relation.
    pub fn fits(self, relation: &Relation) -> bool {
        match self {
            Form::One => true,
            Form::Hop => relation.asks.iter().all(|ask| !ask.contains("{s's}")),
            Form::More | Form::Less => relation.ordered(),
            Form::Sum => relation.counts(),
            Form::Difference => relation.counts() || relation.dated(),
            Form::Order => !relation.event.is_empty(),
        }
    }
}

impl Ask {
    /// One wording.
    pub fn written(&self, world: &World, chance: &mut Chance) -> String {
        let patterns = patterns(world, self.form, self.relation);
        let pattern = format!("{OPENINGS}{}", chance.pick(&patterns));
        let text = pattern::write(&pattern, chance, &mut |slot, chance| match slot {
            "a's" => mention(self.thing, &self.names[0], chance) + "'s",
            "a" => mention(self.thing, &self.names[0], chance),
            "b" => mention(self.thing, &self.names[1], chance),
            _ => self.list(chance),
        });
        capital(&text) + "?"
    }

    fn list(&self, chance: &mut Chance) -> String {
        let all = self.names.iter();
        let all: Vec<String> = all.map(|name| mention(self.thing, name, chance)).collect();
        match all.split_last() {
            Some((last, before)) => format!("{} and {last}", before.join(", ")),
            None => String::new(),
        }
    }
}

/// What a question asks, in each world where it could be asked.
pub fn read(question: &str) -> Vec<(&'static World, Ask)> {
    let Some(text) = question.trim().strip_suffix('?') else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for world in WORLDS {
        for form in FORMS {
            let things = match form {
                Form::Hop => vec![(world.main, world.other)],
                _ => vec![(world.main, world.main), (world.other, world.other)],
            };
            for (thing, asked) in things {
                for relation in asked.relations.iter().filter(|r| form.fits(r)) {
                    let read = by(world, form, thing, relation, text);
                    found.extend(read.map(|ask| (world, ask)));
                }
            }
        }
    }
    found
}

fn by(
    world: &World,
    form: Form,
    thing: &'static Thing,
    relation: &'static Relation,
    text: &str,
) -> Option<Ask> {
    let accepts = |slot: &str, text: &str| names(slot, text, thing).is_some();
    let names = patterns(world, form, relation).iter().find_map(|asked| {
        let pattern = format!("{OPENINGS}{asked}");
        let filled = pattern::read(&pattern, text, &accepts)?;
        let names = filled
            .iter()
            .filter_map(|(slot, text)| names(slot, text, thing));
        Some(names.flatten().collect())
    })?;
    Some(Ask {
        form,
        thing,
        relation,
        names,
    })
}

fn names(slot: &str, text: &str, thing: &Thing) -> Option<Vec<String>> {
    match slot {
        "list" => text
            .replace(" and ", ", ")
            .split(", ")
            .map(|name| thing.named(name))
            .collect(),
        "a's" => Some(vec![thing.named(text.strip_suffix("'s")?)?]),
        _ => Some(vec![thing.named(text)?]),
    }
}
