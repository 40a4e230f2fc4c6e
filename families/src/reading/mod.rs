//! Reading: a document about invented things, and a question about it.
//!
//! ```text
//! shape ─► plan: world, kind of question ─┐
//! variant ─► cast: things and facts ──────┼─► compose: sentences ─► material
//!            grammar: patterns ───────────┤   ask: question
//!                                         └─► answer: truth, reference
//! ```

pub mod answer;
pub mod ask;
pub mod cast;
pub mod compose;
pub mod grammar;
mod instruction;
mod plan;
pub mod say;

use answer::answer;
use cast::{Cast, Fact};
use compose::{Manner, Sentence, compose};
use plan::Plan;
use say::Speaker;

use crate::invent::Chance;
use crate::invent::names::Namer;
use crate::{Difficulty, Drawn};

/// Keeps the family's chance apart from other families'.
const READING: u64 = 0x7265_6164;

/// How many words a fact's sentence takes, and an aside's: a sentence often says two facts.
const WORDS_PER_FACT: usize = 9;
const WORDS_PER_ASIDE: usize = 11;

/// Draws a task.
pub fn draw(difficulty: Difficulty, shape: u64, variant: u64) -> Drawn {
    let plan = Plan::draw(difficulty, &mut Chance::new(READING, shape, 0));
    let chance = &mut Chance::new(READING, shape, variant.wrapping_add(1));
    let namer = &mut Namer::new(chance);
    let cast = Cast::invent(plan.world, plan.mains, namer, chance);
    let ask = plan.ask(&cast, chance);
    let mut facts = chosen(&plan, &cast, &ask, difficulty, chance);
    facts.extend(denials(&plan, &cast, &ask, difficulty, namer, chance));
    let manner = Manner {
        asides: difficulty.between(1, 8),
        orderly: 100 - difficulty.between(20, 60),
        named: false,
    };
    let mut speaker = Speaker::new(&cast, namer);
    let sentences = compose(&cast, &facts, manner, &mut speaker, chance);
    let right = answer(cast.world, &ask, &facts, &speaker.aside, chance);
    Drawn {
        instruction: instruction::reading(chance),
        material: paragraphs(&sentences, chance),
        question: ask.written(cast.world, chance),
        truth: right.truth,
        reference: right.sentence,
        kind: plan.kind,
    }
}

/// What the question needs, and of the rest as much as there is room for: what could be taken for it first.
fn chosen(
    plan: &Plan,
    cast: &Cast,
    ask: &ask::Ask,
    difficulty: Difficulty,
    chance: &mut Chance,
) -> Vec<Fact> {
    let needed = |fact: &Fact| plan.needs(cast, ask, fact);
    let mut rest: Vec<&Fact> = cast.facts.iter().filter(|fact| !needed(fact)).collect();
    chance.shuffle(&mut rest);
    rest.sort_by_key(|fact| fact.relation.slot != ask.relation.slot);
    rest.retain(|fact| !plan.hides(ask, fact));
    // Those of the same relation first, but not so that only they are left.
    let (near, far) = rest.split_at(rest.len().min(difficulty.between(1, 4)));
    let mut facts: Vec<Fact> = cast
        .facts
        .iter()
        .filter(|fact| needed(fact))
        .cloned()
        .collect();
    let mut far = far.to_vec();
    chance.shuffle(&mut far);
    let words = difficulty.between(60, 350) - WORDS_PER_ASIDE * difficulty.between(1, 8);
    let room = (words / WORDS_PER_FACT).saturating_sub(facts.len());
    let more = near.iter().chain(&far).take(room.max(1));
    facts.extend(more.map(|fact| (*fact).clone()));
    facts
}

/// Values that the text denies: the harder the more, and of what is asked before all else.
fn denials(
    plan: &Plan,
    cast: &Cast,
    ask: &ask::Ask,
    difficulty: Difficulty,
    namer: &mut Namer,
    chance: &mut Chance,
) -> Vec<Fact> {
    let mut asked: Vec<&Fact> = cast
        .facts
        .iter()
        .filter(|fact| !plan.hides(ask, fact))
        .collect();
    chance.shuffle(&mut asked);
    asked.sort_by_key(|fact| !plan.needs(cast, ask, fact));
    let count = difficulty.between(0, 4);
    let denied = asked.into_iter().take(count).map(|fact| Fact {
        value: cast.fresh(fact.relation, namer, chance),
        holds: false,
        ..fact.clone()
    });
    denied.collect()
}

/// Four to seven sentences each.
fn paragraphs(sentences: &[Sentence], chance: &mut Chance) -> String {
    let mut text = String::new();
    let mut left = 4 + chance.below(4);
    for sentence in sentences {
        if left == 0 {
            left = 4 + chance.below(4);
            text.push_str("\n\n");
        } else if !text.is_empty() {
            text.push(' ');
        }
        left -= 1;
        text.push_str(&sentence.text);
    }
    text
}
