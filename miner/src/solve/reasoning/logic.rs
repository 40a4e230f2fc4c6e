//! Puzzles: all possibilities are tried.

use super::{Found, Task};

const PLACES: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];

pub fn solve(task: &Task) -> Option<Found> {
    let material = task.lines.iter().rev().nth(1).copied().unwrap_or_default();
    if material.contains(" arrived one after another") {
        order(material, task.question)
    } else if task.question == "Who tells the truth?" {
        tellers(material)
    } else if task.question.ends_with("Name all.") {
        members(task)
    } else {
        None
    }
}

/// `A, B and C` → its parts.
fn listed(text: &str) -> Vec<&str> {
    text.split(", ")
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .collect()
}

fn place(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|n| *n == name)
}

fn permutations(items: Vec<usize>) -> Vec<Vec<usize>> {
    if items.is_empty() {
        return vec![vec![]];
    }
    let with = |first: &usize| {
        let rest = items.iter().copied().filter(|i| i != first).collect();
        permutations(rest)
            .into_iter()
            .map(|mut rest| {
                rest.insert(0, *first);
                rest
            })
            .collect::<Vec<_>>()
    };
    items.iter().flat_map(with).collect()
}

fn order(material: &str, question: &str) -> Option<Found> {
    let (people, clues) = material.split_once(" arrived one after another, no two at once. ")?;
    let names = listed(people);
    let clues: Vec<&str> = clues
        .split('.')
        .map(str::trim)
        .filter(|c| !c.is_empty())
        .collect();
    let asked = PLACES.iter().position(|p| question.contains(p))?;
    let meets = |order: &[usize], clue: &str| -> Option<bool> {
        let at =
            |name: &str| place(&names, name).and_then(|who| order.iter().position(|o| *o == who));
        if let Some((a, b)) = clue.split_once(" arrived directly before ") {
            return Some(at(a)? + 1 == at(b)?);
        } else if let Some((a, b)) = clue.split_once(" arrived before ") {
            return Some(at(a)? < at(b)?);
        } else if let Some((a, b)) = clue.split_once(" arrived after ") {
            return Some(at(a)? > at(b)?);
        } else if let Some((pair, _)) = clue.split_once(" did not arrive one directly after") {
            let (a, b) = pair.split_once(" and ")?;
            return Some(at(a)?.abs_diff(at(b)?) != 1);
        }
        let (a, place) = clue.split_once(" was not ")?;
        Some(PLACES.get(at(a)?) != Some(&place))
    };
    let all = permutations((0..names.len()).collect());
    let order = all
        .iter()
        .find(|order| clues.iter().all(|clue| meets(order, clue) == Some(true)))?;
    let other = order[(asked + 1) % names.len()];
    Some(Found::Word(names[order[asked]].into(), names[other].into()))
}

fn tellers(material: &str) -> Option<Found> {
    let (people, said) = material
        .strip_prefix("Each of ")?
        .split_once(" either always")?;
    let names = listed(people);
    let said = said.split_once("lies. ")?.1;
    let mut claims = Vec::new();
    // What stands in quotation marks, with who says it before or behind.
    let parts: Vec<&str> = said.split('"').collect();
    for at in (1..parts.len()).step_by(2) {
        let before = parts[at - 1]
            .trim()
            .strip_suffix(" says:")
            .and_then(|text| text.split(' ').next_back());
        let behind = parts
            .get(at + 1)
            .and_then(|text| text.strip_prefix(", says "))
            .and_then(|text| text.split('.').next());
        claims.push((
            place(&names, behind.or(before)?)?,
            parts[at].trim_end_matches('.'),
        ));
    }
    let claims: Vec<(usize, &str)> = claims;
    let holds = |claim: &str, kinds: &[bool]| -> Option<bool> {
        let kind = |name: &str| place(&names, name).map(|at| kinds[at]);
        if let Some(name) = claim.strip_suffix(" tells the truth") {
            return kind(name);
        } else if let Some(name) = claim.strip_suffix(" lies") {
            return kind(name).map(|kind| !kind);
        } else if let Some(pair) = claim.strip_suffix(" are of the same kind") {
            let (a, b) = pair.split_once(" and ")?;
            return Some(kind(a)? == kind(b)?);
        }
        let count: usize = claim
            .strip_prefix("exactly ")?
            .split(' ')
            .next()?
            .parse()
            .ok()?;
        Some(kinds.iter().filter(|kind| **kind).count() == count)
    };
    let all = (0..1_u32 << names.len()).map(|bits| {
        (0..names.len())
            .map(|i| bits >> i & 1 == 1)
            .collect::<Vec<bool>>()
    });
    let mut fits = all.filter(|kinds| {
        claims
            .iter()
            .all(|(who, claim)| holds(claim, kinds) == Some(kinds[*who]))
    });
    let kinds = fits.next()?;
    let of = |kind: bool| {
        names
            .iter()
            .zip(&kinds)
            .filter(|(_, k)| **k == kind)
            .map(|(n, _)| *n)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let liars = of(false);
    Some(Found::Word(
        of(true),
        if liars.is_empty() {
            names[0].into()
        } else {
            liars
        },
    ))
}

fn members(task: &Task) -> Option<Found> {
    let lists = task
        .lines
        .iter()
        .filter_map(|line| line.trim().strip_prefix("In the ")?.split_once(": "));
    let lists: Vec<(&str, Vec<&str>)> = lists
        .map(|(club, list)| (club, listed(list.trim_end_matches('.'))))
        .collect();
    let mut all: Vec<&str> = lists
        .iter()
        .flat_map(|(_, list)| list.iter().copied())
        .collect();
    all.sort_unstable();
    all.dedup();
    let wanted = |club: &str| {
        let absent = task.question.contains(&format!("not in the {club}"));
        let named = task.question.contains(&format!("in the {club}"));
        named.then_some(!absent)
    };
    let meets = |name: &&&str| {
        lists
            .iter()
            .all(|(club, list)| wanted(club).is_none_or(|w| list.contains(name) == w))
    };
    let right: Vec<&str> = all.iter().filter(meets).copied().collect();
    let other = all.iter().find(|name| !right.contains(name))?;
    Some(Found::Word(
        right.join(", "),
        format!("{other}, {}", right.get(1..)?.join(", "))
            .trim_end_matches(", ")
            .into(),
    ))
}
