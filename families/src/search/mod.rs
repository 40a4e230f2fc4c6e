//! Search: a query over named documents about invented things. The answer quotes the sentence that proves it.

mod own;

use truth::Truth;

pub use own::Text;

use crate::invent::names::{Namer, Style};
use crate::invent::{Chance, capital};
use crate::reading::answer::answer;
use crate::reading::ask::{Ask, Form};
use crate::reading::cast::{Cast, Fact};
use crate::reading::compose::{Manner, Sentence, compose};
use crate::reading::grammar::worlds::WORLDS;
use crate::reading::grammar::{Kind, Relation, World, pattern};
use crate::reading::say::Speaker;
use crate::{Difficulty, Drawn};

/// Keeps the family's chance apart from other families'.
const SEARCH: u64 = 0x7365_6172;

/// What a document's name looks like.
const TITLES: &[&str] = &[
    "The {place} [Gazette|Courier|Almanac|Register]",
    "[Letters|Notes|Papers] from {place}",
    "[Chronicle|Yearbook|Annals] of {place}",
    "[Diary|Memoirs|Scrapbook] of {person}",
    "{person}'s [Notebook|Ledger]",
];

/// How a document's name stands before it; what follows the name ends the line.
pub const HEADINGS: &[(&str, &str)] = &[
    ("## ", ""),
    ("[", "]"),
    ("Document: ", ""),
    ("=== ", " ==="),
];

/// A document of the set.
struct Document {
    name: String,
    sentences: Vec<Sentence>,
}

/// What a task is to be.
struct Plan {
    world: &'static World,
    relation: &'static Relation,
    documents: usize,
}

impl Plan {
    fn draw(difficulty: Difficulty, chance: &mut Chance) -> Self {
        let world = chance.pick(WORLDS);
        Self {
            world,
            relation: chance.pick(world.main.relations),
            documents: difficulty.between(4, 12),
        }
    }

    fn kind(&self) -> &'static str {
        match self.relation.kind {
            Kind::Day(..) | Kind::Year(..) => "find_date",
            Kind::Count(..) | Kind::Measure(..) => "find_number",
            Kind::Named(_) | Kind::Link => "find_name",
        }
    }
}

/// Draws a task over generated documents.
pub fn draw(difficulty: Difficulty, shape: u64, variant: u64) -> Drawn {
    draw_in(&[], difficulty, shape, variant)
}

/// Draws a task over texts of one's own, in which the facts are planted; of none: over generated documents. Facts are
/// about invented things, so the texts hold no other answer.
pub fn draw_in(own: &[Text], difficulty: Difficulty, shape: u64, variant: u64) -> Drawn {
    let plan = Plan::draw(difficulty, &mut Chance::new(SEARCH, shape, 0));
    let chance = &mut Chance::new(SEARCH, shape, variant.wrapping_add(1));
    let namer = &mut Namer::new(chance);
    let cast = Cast::invent(plan.world, plan.documents.div_ceil(2), namer, chance);
    let names = cast.names(plan.world.main);
    let ask = Ask {
        form: Form::One,
        thing: plan.world.main,
        relation: plan.relation,
        names: vec![chance.pick(&names).clone()],
    };
    let facts = facts(&cast, &ask, difficulty, namer, chance);
    let own = own::chosen(own, plan.documents, chance);
    let titles: Vec<String> = match own.is_empty() {
        true => (0..plan.documents).map(|_| title(namer, chance)).collect(),
        false => own.iter().map(|text| text.name.clone()).collect(),
    };
    let mut speaker = Speaker::new(&cast, namer);
    let mut documents = documents(&cast, &facts, titles, &mut speaker, chance);
    own::plant(&mut documents, &own, chance);
    let right = answer(plan.world, &ask, &facts, &speaker.aside, chance);
    let (document, evidence) = evidence(&documents, &ask);
    let reference = format!(
        "{} The document {document} has it: \"{evidence}\"",
        right.sentence
    );
    Drawn {
        instruction: instruction(chance),
        material: material(&documents, chance),
        question: ask.written(plan.world, chance),
        truth: Truth::Quote {
            document: document.to_string(),
            evidence: evidence.to_string(),
            fact: Box::new(right.truth),
        },
        reference,
        kind: plan.kind(),
    }
}

/// All of the main things and some of the others; and what is denied, of what is asked before all else.
fn facts(
    cast: &Cast,
    ask: &Ask,
    difficulty: Difficulty,
    namer: &mut Namer,
    chance: &mut Chance,
) -> Vec<Fact> {
    let asked =
        |fact: &Fact| ask.names.contains(&fact.subject) && fact.relation.slot == ask.relation.slot;
    let mut facts: Vec<Fact> = cast.facts.clone();
    chance.shuffle(&mut facts);
    facts.sort_by_key(|fact| !asked(fact));
    let denied = facts
        .iter()
        .take(difficulty.between(1, 4))
        .map(|fact| Fact {
            value: cast.fresh(fact.relation, namer, chance),
            holds: false,
            ..fact.clone()
        });
    let denied: Vec<Fact> = denied.collect();
    facts.truncate(difficulty.between(12, 34));
    facts.extend(denied);
    facts
}

/// Each fact stands in one of them.
fn documents(
    cast: &Cast,
    facts: &[Fact],
    titles: Vec<String>,
    speaker: &mut Speaker<'_>,
    chance: &mut Chance,
) -> Vec<Document> {
    let mut shares: Vec<Vec<Fact>> = titles.iter().map(|_| Vec::new()).collect();
    let mut order: Vec<&Fact> = facts.iter().collect();
    chance.shuffle(&mut order);
    let count = shares.len();
    for (at, fact) in order.into_iter().enumerate() {
        shares[at % count].push(fact.clone());
    }
    let named = titles.into_iter().zip(shares);
    let documents = named.map(|(name, facts)| {
        speaker.anew();
        let manner = Manner {
            asides: 1 + chance.below(2),
            orderly: 50,
            named: true,
        };
        let sentences = compose(cast, &facts, manner, speaker, chance);
        Document { name, sentences }
    });
    documents.collect()
}

fn title(namer: &mut Namer, chance: &mut Chance) -> String {
    let pattern = *chance.pick(TITLES);
    let text = pattern::write(pattern, chance, &mut |slot, chance| match slot {
        "place" => namer.name(Style::Place, chance),
        _ => namer.name(Style::Person, chance),
    });
    capital(&text)
}

/// The document and the sentence that say what is asked.
fn evidence<'d>(documents: &'d [Document], ask: &Ask) -> (&'d str, &'d str) {
    let says = |fact: &Fact| {
        fact.holds && ask.names.contains(&fact.subject) && fact.relation.slot == ask.relation.slot
    };
    let found = documents.iter().find_map(|document| {
        let mut sentences = document.sentences.iter();
        let sentence = sentences.find(|sentence| sentence.facts.iter().any(says))?;
        Some((document.name.as_str(), sentence.text.as_str()))
    });
    found.unwrap_or_default()
}

fn material(documents: &[Document], chance: &mut Chance) -> String {
    let (before, after) = *chance.pick(HEADINGS);
    let texts = documents.iter().map(|document| {
        let sentences = document
            .sentences
            .iter()
            .map(|sentence| sentence.text.as_str());
        let text = sentences.collect::<Vec<_>>().join(" ");
        format!("{before}{}{after}\n{text}", document.name)
    });
    texts.collect::<Vec<_>>().join("\n\n")
}

const TASKS: &[&str] = &[
    "[Search the documents|Look through the documents] for the answer to the query.",
    "[Below|Here] are documents and a query. [Exactly|Only] one sentence of them answers it.",
    "[Find|Look up] the answer to the query in the documents.",
];
const QUOTES: &[&str] = &[
    "[Quote|Give] the sentence that [proves|shows] it, word for word and in quotation marks, and name the document it is from.",
    "Name the document that holds the answer, and quote [its|the] sentence in \"quotation marks\", exactly as it stands.",
    "Your answer [quotes|must quote] one sentence in quotation marks, unchanged, and [names|must name] its document.",
];
const VALUES: &[&str] = &[
    "End with a line `Answer: <value>`.",
    "The last line [is|must be] `Answer: <value>`, with nothing but what was asked for.",
];

fn instruction(chance: &mut Chance) -> String {
    let parts = [TASKS, QUOTES, VALUES].map(|all| (*chance.pick(all)).to_string());
    pattern::write(&parts.join(" "), chance, &mut |_, _| String::new())
}
