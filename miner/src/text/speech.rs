//! Full answers in a voice of one's own: the value, said in prose that no two voices share, and on the line that was asked for.

use super::asked::Asked;
use super::compose::{honest, inside, opening, pick};
use super::lexicon::reworded;
use super::pattern::spoken;
use super::sentence::capitalised;
use crate::solve::Solved;
use families::Family;
use rand::Rng;
use rand::seq::IndexedRandom;

/// What the line with the value begins with.
pub const ANSWER: &str = "Answer:";

/// Ways to say a value without the words of the question: `{v}` is the value, `{t}` what was read.
const SAYINGS: &[&str] = &[
    "[My|Our] [own|] [reckoning|count|check|estimate|reading|tally] [of {t}|] [yields|brings|returns|produces|leaves] {v}.",
    "[Having|After] [read|checked|searched|worked|gone] through {t} [twice|slowly|carefully|line by line|], [I|we] [put|note|write|set|jot] down {v}.",
    "{v} [fits|matches|suits|satisfies|meets] [all|everything|whatever] [that|] {t} [offer|tell|contain|hold|show] [here|on it|]",
    "[Whoever|Anyone who|Everybody who] [looks|peers|digs] into {t} [ends|lands|arrives|stops] at {v}.",
    "[Surely|Clearly|Plainly|Evidently|No doubt], {v} [it is|must be meant|is wanted|belongs here], [given|seeing|considering|knowing] {t}.",
    "[Put|Said|Told|Stated] [shortly|simply|briefly|plainly|frankly]: {v}, [for|since|because] {t} [leave|admit|allow|permit] [nothing else|no other way|little choice].",
    "[With|Holding|Keeping] {t} [at hand|in view|before me|in mind], [only|just|solely] {v} [remains|survives|stands|holds up].",
    "[I'd|I would|We'd] [go|stay|stick|side] with {v}; {t} [support|back|confirm|bear out] [that|this|it] [fully|well enough|throughout|].",
    "[Step|Piece|Bit|Part] by [step|piece|bit|part], {t} [lead|point|bring|take] [me|us|a reader] [to|towards] {v}.",
    "[Nothing|No line|Not a thing] in {t} [speaks|argues|counts|goes] against {v}, [and|while] [much|plenty|enough] [speaks|argues|counts] for it.",
    "[Let|Take|Call] it {v}: [so|thus|this way] [I|we] [understand|take|interpret|make sense of] {t}.",
    "[Result|Outcome|Verdict|Finding|Conclusion]: {v} [- drawn|- taken|, obtained|, derived] from {t}.",
];
/// That a text leaves it open.
const UNSAID: &[&str] = &[
    "[I|We] [looked|searched|hunted|combed] [everywhere|high and low|from start to end], [yet|but] {t} [do|did] not [say|tell|state|mention] [it|this|that].",
    "{t} [are|remain|stay] [silent|mute|quiet] [here|on this|about that]: it is not [stated|mentioned|given|said].",
    "[On|About|Regarding] [this|that] [point|matter|question] {t} [give|offer|provide|contain] no [answer|information|word|hint], so it is not [known|stated|said].",
    "[Sadly|Alas|Unfortunately|Regrettably], [what|that which] is [asked|wanted|sought] is not [mentioned|stated|given|found] in {t}.",
];
const ENDINGS: &[&str] = &[
    "[That|This] [much|] [seems|looks|appears] [safe|certain|solid|beyond doubt] [to me|to us|].",
    "[More|Further detail|Anything else] [can|need|would] hardly [matter|help|change it].",
    "[Feel free|You are welcome] to [verify|check|recount] [it|this].",
    "[I|We] [checked|verified|went over] [it|this] [once more|a second time|again].",
];
const READ: &[&str] = &[
    "the sentences",
    "these paragraphs",
    "all lines",
    "the pages given",
    "those statements",
];
const TABLE: &[&str] = &[
    "the rows",
    "these figures",
    "all columns",
    "the data",
    "those records",
];
const SEARCHED: &[&str] = &[
    "the documents",
    "these sources",
    "all papers",
    "those files",
];
const THOUGHT: &[&str] = &[
    "the facts",
    "these premises",
    "all conditions",
    "those statements",
];
const SERIES: &[&str] = &[
    "the values",
    "these numbers",
    "all points",
    "the past steps",
];
const ITEMS: &[&str] = &["the items", "these entries", "all samples", "those lines"];

/// A right answer. The same generator state gives the same one.
pub fn right(asked: &Asked, rng: &mut impl Rng) -> String {
    match &asked.solved {
        Some(solved) => with_value(&prose(solved, &asked.material, rng), &solved.value),
        None => honest(&asked.task, rng),
    }
}

/// The same voice with a wrong value in a good sentence; where no value is known, what the text says of something else.
pub fn wrong(asked: &Asked, rng: &mut impl Rng) -> String {
    let Some(solved) = &asked.solved else {
        let beside = asked.beside();
        let said = reworded(pick_one(&beside, rng), 0.65, usize::MAX, rng);
        return format!("{} {}", opening(rng, READ), inside(&said, &asked.material));
    };
    let solved = mistaken(solved);
    with_value(&prose(&solved, &asked.material, rng), &solved.value)
}

fn pick_one<'t>(from: &[&'t str], rng: &mut impl Rng) -> &'t str {
    from.choose(rng)
        .copied()
        .unwrap_or("the matter is left open.")
}

/// Less of the text's own words: only the value is kept.
pub fn own_words(asked: &Asked, rng: &mut impl Rng) -> String {
    match &asked.solved {
        Some(solved) => with_value(&alone(solved, rng), &solved.value),
        None => reworded(&honest(&asked.task, rng), 1.0, usize::MAX, rng),
    }
}

/// Prose, and the line that the instructions ask for.
pub fn with_value(prose: &str, value: &str) -> String {
    format!("{prose}\n{ANSWER} {value}")
}

/// Prose and the value behind it, where it has one.
pub fn parts(answer: &str) -> (&str, Option<&str>) {
    match answer.rsplit_once(&format!("\n{ANSWER} ")) {
        Some((prose, value)) => (prose, Some(value)),
        None => (answer, None),
    }
}

/// Prose changed, the value as it is.
pub fn in_prose(answer: &str, change: impl FnOnce(&str) -> String) -> String {
    match parts(answer) {
        (prose, Some(value)) => with_value(&change(prose), value),
        (prose, None) => change(prose),
    }
}

/// The decoy in the right one's place, in words too.
pub fn mistaken(solved: &Solved) -> Solved {
    let decoy = match solved.decoy.as_str() {
        "" => "seventeen",
        decoy => decoy,
    };
    let sentence = match solved.sentence.contains(&solved.value) {
        true => solved.sentence.replace(&solved.value, decoy),
        false => format!("It is {decoy}."),
    };
    Solved {
        value: decoy.into(),
        sentence,
        ..solved.clone()
    }
}

fn prose(solved: &Solved, material: &str, rng: &mut impl Rng) -> String {
    let mut said = match rng.random_bool(0.15) {
        true => {
            let sentence = around(&solved.sentence, &solved.value, rng);
            let begin = opening(rng, topics(solved.family));
            format!("{begin} {}", inside(&sentence, material))
        }
        false => alone(solved, rng),
    };
    if rng.random_bool(0.3) {
        said = format!("{said} {}", spoken(pick(ENDINGS, rng), rng));
    }
    said
}

/// The value without the words of the question, and where it was found, if that is asked for.
fn alone(solved: &Solved, rng: &mut impl Rng) -> String {
    let sayings = match unsaid(solved) {
        true => UNSAID,
        false => SAYINGS,
    };
    let said = spoken(pick(sayings, rng), rng).replace("{t}", pick(topics(solved.family), rng));
    let said =
        format!("{}.", capitalised(&said).trim_end_matches('.')).replace("{v}", &solved.value);
    match (&solved.document, &solved.evidence) {
        (Some(document), Some(evidence)) => format!("{said} {document} has it: \"{evidence}\""),
        _ => said,
    }
}

/// Whether the answer is that the text doesn't say: that is no value that could stand in any sentence.
fn unsaid(solved: &Solved) -> bool {
    solved.value.starts_with("the text ")
}

/// Reworded, but for what is quoted and the value.
fn around(sentence: &str, value: &str, rng: &mut impl Rng) -> String {
    let mut out = String::new();
    for (at, part) in sentence.split('"').enumerate() {
        if at > 0 {
            out.push('"');
        }
        match at % 2 {
            0 => {
                let parts: Vec<String> = part.split(value).map(|part| edged(part, rng)).collect();
                out.push_str(&parts.join(value));
            }
            _ => out.push_str(part),
        }
    }
    out
}

/// Reworded between the blanks at its ends.
fn edged(part: &str, rng: &mut impl Rng) -> String {
    let inner = part.trim();
    match part.split_once(inner) {
        Some((before, after)) if !inner.is_empty() => {
            format!("{before}{}{after}", reworded(inner, 0.65, usize::MAX, rng))
        }
        _ => part.into(),
    }
}

fn topics(family: Family) -> &'static [&'static str] {
    match family {
        Family::Reading => READ,
        Family::Data => TABLE,
        Family::Search => SEARCHED,
        Family::Reasoning => THOUGHT,
        Family::Forecast => SERIES,
        Family::Labelling => ITEMS,
    }
}
