//! Scored questions as text.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::cli::table;
use crate::service::score::{Given, Inversion, Measures, RIGHT, Scored, TruthFrom, WRONG};
use crate::types::Judgement;

const NONE: &str = "–";
/// Most characters of a text that is only to be recognised.
const GLIMPSE: usize = 100;

/// What was found, and what was not used.
pub fn notes(scored: &[Scored], unused: &BTreeMap<String, usize>) -> String {
    let answers: usize = scored.iter().map(|s| s.item.answers.len()).sum();
    let from = |who: TruthFrom| scored.iter().filter(|s| s.truth_from == who).count();
    let mut out = format!(
        "{answers} answers to {} questions; facts or truth from the file for {}, from the corpus for {}, for {} only a reference\n",
        scored.len(),
        from(TruthFrom::File),
        from(TruthFrom::Corpus),
        from(TruthFrom::Nobody),
    );
    for (key, times) in unused {
        let _ = writeln!(out, "key not used: {key} ({times} times)");
    }
    let mut faults: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in scored.iter().flat_map(|s| &s.faults) {
        *faults.entry(fault).or_default() += 1;
    }
    for (fault, times) in faults {
        let _ = writeln!(out, "no say for {times} questions: {fault}");
    }
    out
}

/// A row for each kind of answer, in the file's order: means.
pub fn kinds(scored: &[Scored]) -> String {
    let judges = judges(scored);
    let mut order: Vec<&str> = Vec::new();
    let mut seen: BTreeMap<&str, Vec<(&Given, &Judgement)>> = BTreeMap::new();
    for (given, judgement) in scored.iter().flat_map(judged) {
        let kind = given.kind.as_deref().unwrap_or(NONE);
        if !seen.contains_key(kind) {
            order.push(kind);
        }
        seen.entry(kind).or_default().push((given, judgement));
    }
    let row = |kind: &&str| {
        let answers = &seen[kind];
        let truths = answers.iter().filter_map(|(given, _)| given.truth);
        let rewards = answers.iter().map(|(_, j)| j.reward.get());
        let cut = answers.iter().filter(|(_, j)| factor(j) < 1.0).count();
        let mut row = vec![
            plain(kind),
            answers.len().to_string(),
            mean(truths),
            mean(rewards),
        ];
        row.extend(
            judges
                .iter()
                .map(|judge| mean(answers.iter().filter_map(|(_, j)| said(j, judge)))),
        );
        row.push(cut.to_string());
        row
    };
    let header = ["kind", "answers", "truth", "reward"].into_iter();
    let header = header.chain(judges.iter().copied()).chain(["cut"]);
    table::render(
        &header.collect::<Vec<_>>(),
        &order.iter().map(row).collect::<Vec<_>>(),
    )
}

/// Every answer, with what each judge and each mask said of it.
pub fn answers(scored: &[Scored]) -> String {
    let mut out = String::new();
    for question in scored {
        let item = &question.item;
        let _ = writeln!(out, "{}: {}", item.place, glimpse(&item.question));
        if let Err(why) = &question.judged {
            let _ = writeln!(out, "    not judged: {why}");
        }
        for (given, judgement) in judged(question) {
            out += &answer("  ", given, judgement);
        }
        out.push('\n');
    }
    out
}

/// What the marks say of the rewards; nothing without marks.
pub fn measured(measures: &Measures, scored: &[Scored]) -> String {
    let mut out = String::new();
    if let Some(correlation) = measures.rank_correlation {
        let _ = writeln!(
            out,
            "rank correlation of truth and reward: {correlation:.3} (Spearman, ties averaged; mean over questions)"
        );
    }
    if let Some(share) = measures.pairs.share() {
        let _ = writeln!(
            out,
            "right above wrong: {share:.3} of {} pairs (truth ≥ {RIGHT} against ≤ {WRONG} on the same question; ties count half)",
            measures.pairs.of
        );
    }
    for (n, inversion) in measures.inversions.iter().enumerate() {
        out += &one_inversion(n + 1, inversion, &scored[inversion.question]);
    }
    out
}

fn one_inversion(n: usize, inversion: &Inversion, scored: &Scored) -> String {
    let question = glimpse(&scored.item.question);
    let mut out = format!("inversion {n}, by {:.3}: {question}\n", inversion.by);
    let judgements = scored.judged.as_deref().unwrap_or_default();
    for (what, place) in [("wrong", inversion.wrong), ("right", inversion.right)] {
        out += &answer(
            &format!("  {what}: "),
            &scored.item.answers[place],
            &judgements[place],
        );
    }
    out
}

fn answer(lead: &str, given: &Given, judgement: &Judgement) -> String {
    let kind = given.kind.as_deref().unwrap_or(NONE);
    let truth = given.truth.map_or(NONE.into(), |t| format!("{t:.2}"));
    let kind = plain(kind);
    let mut out = format!(
        "{lead}{kind}, truth {truth}, reward {:.3}: {}\n",
        judgement.reward.get(),
        glimpse(&given.text)
    );
    for m in &judgement.models {
        let _ = writeln!(
            out,
            "      {} {:.3} → {:.3} × {:.2}{}",
            m.model,
            m.raw,
            m.normalised,
            m.weight,
            because(&m.reason)
        );
    }
    for m in judgement.masks.iter().filter(|m| m.value < 1.0) {
        let _ = writeln!(
            out,
            "      mask {} × {:.3}{}",
            m.mask,
            m.value,
            because(&m.reason)
        );
    }
    out
}

fn because(reason: &str) -> String {
    match reason.is_empty() {
        true => String::new(),
        false => format!(": {}", plain(reason)),
    }
}

/// The names of all judges that said anything, in the scoring file's order.
fn judges(scored: &[Scored]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for (_, judgement) in scored.iter().flat_map(judged) {
        for m in &judgement.models {
            if !names.contains(&m.model.as_str()) {
                names.push(&m.model);
            }
        }
    }
    names
}

fn judged(scored: &Scored) -> impl Iterator<Item = (&Given, &Judgement)> {
    let judgements = scored.judged.as_deref().unwrap_or_default();
    scored.item.answers.iter().zip(judgements)
}

fn said(judgement: &Judgement, judge: &str) -> Option<f64> {
    let of = judgement.models.iter().find(|m| m.model == judge)?;
    Some(of.normalised)
}

fn factor(judgement: &Judgement) -> f64 {
    judgement.masks.iter().map(|m| m.value).product()
}

fn mean(values: impl Iterator<Item = f64>) -> String {
    let values: Vec<f64> = values.collect();
    match values.len() {
        0 => NONE.into(),
        n => format!("{:.3}", values.iter().sum::<f64>() / n as f64),
    }
}

fn glimpse(text: &str) -> String {
    let mut shown: String = plain(text).chars().take(GLIMPSE).collect();
    if text.chars().nth(GLIMPSE).is_some() {
        shown.push('…');
    }
    shown
}

/// On one line, and nothing that moves a terminal: the text is somebody else's.
fn plain(text: &str) -> String {
    let unseen = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let visible = text.chars().filter(|c| !unseen(*c));
    visible
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
