//! Which of the values that stand in an answer it settles on.

use std::collections::BTreeSet;

use crate::negation::denied;
use crate::read::{Found, Token};

/// What an answer settles on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Settled<T> {
    /// No value of the kind stands in it, or only denied ones.
    Nothing,
    /// So many, and none is singled out.
    Many(usize),
    /// This one.
    On(T),
}

/// Distinct values that an answer may hold beside the one that it settles on without a word that says so.
const FEW: usize = 3;
const MOST: usize = 64;

/// What is looked for in a main clause that names several.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Prefer {
    /// Names: "Alma beat Bertha".
    First,
    /// Numbers: "it rose from 30 to 45".
    Last,
}

/// The value that the answer settles on. `same`: two values say the same.
pub(crate) fn settle<T: Clone>(
    tokens: &[Token],
    found: &[Found<T>],
    prefer: Prefer,
    same: impl Fn(&T, &T) -> bool,
) -> Settled<T> {
    let mut distinct: Vec<&T> = Vec::new();
    let mut numbered: Vec<(usize, &Found<T>, bool)> = Vec::new();
    for one in found {
        let id = distinct
            .iter()
            .position(|d| same(d, &one.what))
            .unwrap_or_else(|| {
                if distinct.len() < MOST {
                    distinct.push(&one.what);
                }
                distinct.len() - 1
            });
        numbered.push((id, one, denied(tokens, one.start, one.end)));
    }
    // The last word on a value counts: what is denied in the end is not said.
    let mut last = vec![false; distinct.len()];
    for (id, _, is_denied) in &numbered {
        last[*id] = *is_denied;
    }
    let kept: Vec<(usize, &Found<T>)> = numbered
        .into_iter()
        .filter(|(id, _, is_denied)| !is_denied && !last[*id])
        .map(|(id, one, _)| (id, one))
        .collect();
    let mut ids: Vec<usize> = kept.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    let sentence = |one: &Found<T>| tokens[one.start].sentence;
    let within = |number: usize| -> Vec<(usize, &Found<T>)> {
        kept.iter()
            .filter(|k| sentence(k.1) == number)
            .copied()
            .collect()
    };
    let Some((_, first)) = kept.first() else {
        return Settled::Nothing;
    };
    if let [_] = ids[..] {
        return Settled::On(first.what.clone());
    }
    if let Some(at) = (0..kept.len())
        .rev()
        .find(|at| pointed_at(tokens, &kept, *at))
    {
        let group = &kept[at..];
        return if joined(tokens, group) {
            Settled::Many(ids.len())
        } else {
            Settled::On(kept[at].1.what.clone())
        };
    }
    let end = tokens.last().map_or(0, |t| t.sentence);
    let conclusions: BTreeSet<usize> = tokens
        .iter()
        .filter(|t| concludes(t))
        .map(|t| t.sentence)
        .collect();
    let concluding = kept
        .iter()
        .rev()
        .map(|(_, one)| sentence(one))
        .find(|number| conclusions.contains(number));
    if ids.len() > FEW && concluding != Some(end) {
        return Settled::Many(ids.len());
    }
    main(
        tokens,
        &within(concluding.unwrap_or(sentence(first))),
        prefer,
        ids.len(),
    )
}

/// Whether words like "the answer is" or "equals" stand before a value, and no other value between.
fn pointed_at<T>(tokens: &[Token], kept: &[(usize, &Found<T>)], at: usize) -> bool {
    let one = kept[at].1;
    let from = at
        .checked_sub(1)
        .map_or(0, |i| kept[i].1.end)
        .max(one.start.saturating_sub(10));
    let before = tokens.get(from..one.start).unwrap_or(&[]);
    let own = before
        .iter()
        .rev()
        .take_while(|t| t.sentence == tokens[one.start].sentence);
    own.map(|t| t.text.as_str()).any(|t| {
        matches!(
            t,
            "answer"
                | "="
                | "equals"
                | "totals"
                | "totalled"
                | "totaled"
                | "makes"
                | "gives"
                | "yields"
                | "amounts"
        )
    })
}

fn concludes(token: &Token) -> bool {
    const CUES: &[&str] = &[
        "so",
        "therefore",
        "thus",
        "hence",
        "total",
        "altogether",
        "together",
        "combined",
        "sum",
        "difference",
        "conclusion",
        "result",
        "finally",
        "overall",
        "consequently",
        "ultimately",
        "conclude",
    ];
    CUES.contains(&token.text.as_str())
}

/// The value of a sentence's main clause.
fn main<T: Clone>(
    tokens: &[Token],
    within: &[(usize, &Found<T>)],
    prefer: Prefer,
    all: usize,
) -> Settled<T> {
    let direct: Vec<_> = within
        .iter()
        .filter(|(_, one)| !aside(tokens, one.start))
        .copied()
        .collect();
    let direct = if direct.is_empty() {
        within.to_vec()
    } else {
        direct
    };
    let chosen = if prefer == Prefer::First {
        direct.first()
    } else {
        direct.last()
    };
    let coordinate = (0..direct.len()).any(|i| joined(tokens, &direct[i..]));
    match chosen {
        Some((_, one)) if !coordinate => Settled::On(one.what.clone()),
        _ => Settled::Many(all),
    }
}

/// Whether the first of these and the next are offered side by side: "3 or 4", "3, 4", "3-4", "between 3 and 4".
fn joined<T>(tokens: &[Token], group: &[(usize, &Found<T>)]) -> bool {
    let [(a, one), (b, next), ..] = group else {
        return false;
    };
    let between = tokens.get(one.end..next.start).unwrap_or(&[]);
    let alternatives = between.len() <= 6 && between.iter().any(|t| t.is("or"));
    let bare = between.iter().all(|t| {
        matches!(
            t.text.as_str(),
            "," | "and" | "or" | "/" | "-" | "–" | "&" | "|" | ";"
        )
    });
    a != b && (alternatives || bare) && tokens[one.start].sentence == tokens[next.start].sentence
}

/// Whether a value stands in a part of its sentence that says something beside: behind "than", "while", "from", in brackets.
fn aside(tokens: &[Token], start: usize) -> bool {
    let sentence = tokens[start].sentence;
    let mut near = 0;
    for at in (0..start)
        .rev()
        .take(80)
        .take_while(|at| tokens[*at].sentence == sentence)
    {
        match tokens[at].text.as_str() {
            "than" | "while" | "whereas" | "unlike" | "because" | "since" | "although"
            | "though" | "compared" | "versus" | "like" => {
                // "While Alma had 30, Bertha had 45": the comma ends it.
                return !(at == 0 || tokens[at - 1].sentence != sentence)
                    || !tokens[at..start].iter().any(|t| t.is(","));
            }
            "from" | "of" | "after" | "before" | "by" if near <= 2 => return true,
            "(" => return true,
            ")" | "," => near += 3,
            _ => near += 1,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{quantities, tokens};

    fn number(text: &str) -> Settled<f64> {
        let tokens = tokens(text);
        let found: Vec<Found<f64>> = quantities(&tokens)
            .into_iter()
            .map(|q| Found {
                what: q.what.value,
                start: q.start,
                end: q.end,
            })
            .collect();
        settle(&tokens, &found, Prefer::Last, |a, b| (a - b).abs() < 1e-9)
    }

    #[test]
    fn an_answer_settles_on_one_value() {
        for (text, value) in [
            ("It was 45.", 45.0),
            ("The Alma had 45; the other had 45 too.", 45.0),
            ("It is not 30 but 45.", 45.0),
            ("30 + 15 = 45", 45.0),
            ("The answer is 45, since 30 and 15 add up.", 45.0),
            ("Alma has 30. Bertha has 15. Together they have 45.", 45.0),
            ("It rose from 30 to 45.", 45.0),
            ("She carried 45 tons, more than the 30 of the other.", 45.0),
            ("While the Alma had 30, the Bertha had 45.", 45.0),
            ("The Bertha had 45, while the Alma had 30.", 45.0),
            ("It held 45 tons. That is 15 more than Alma's.", 45.0),
            ("30, 20, 12, 7 and 8 were read. So the answer is 45.", 45.0),
            ("Some say 30. That is wrong: it is 45.", 30.0),
        ] {
            assert_eq!(number(text), Settled::On(value), "{text}");
        }
        for text in [
            "3 or 4",
            "3, 4",
            "between 3 and 4",
            "3-4",
            "1 2 3 4 5",
            "It had 30 guns. It had 20 men. It had 12 sails. It had 8 boats.",
        ] {
            assert!(
                matches!(number(text), Settled::Many(_)),
                "{text}: {:?}",
                number(text)
            );
        }
        for text in [
            "",
            "no number",
            "It is not 45.",
            "It is 45. No, it is not 45.",
        ] {
            assert_eq!(number(text), Settled::Nothing, "{text}");
        }
    }
}
