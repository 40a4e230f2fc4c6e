//! Small puzzles with one solution, found by trying all.

use truth::Truth;

use super::{Draw, Posed};
use crate::answer::{Form, listed};
use crate::invent::Chance;
use crate::invent::names::{Namer, Style};

const PLACES: &[&str] = &["first", "second", "third", "fourth", "fifth", "sixth"];

fn people(count: usize, chance: &mut Chance) -> Vec<String> {
    let mut namer = Namer::new(chance);
    let mut names = Vec::new();
    while names.len() < count {
        let name = namer.name(Style::Person, chance);
        names.extend(name.split(' ').next().map(String::from));
    }
    names
}

/// On an order: who stands at each place.
#[derive(Clone, Copy, Debug)]
enum Clue {
    Before(usize, usize),
    Next(usize, usize),
    Apart(usize, usize),
    NotAt(usize, usize),
}

impl Clue {
    /// `places`: of each person the place.
    fn holds(self, places: &[usize]) -> bool {
        match self {
            Self::Before(a, b) => places[a] < places[b],
            Self::Next(a, b) => places[a] + 1 == places[b],
            Self::Apart(a, b) => places[a].abs_diff(places[b]) > 1,
            Self::NotAt(a, place) => places[a] != place,
        }
    }

    fn say(self, names: &[String], chance: &mut Chance) -> String {
        match self {
            Self::Before(a, b) if chance.percent(50) => {
                format!("{} arrived after {}.", names[b], names[a])
            }
            Self::Before(a, b) => format!("{} arrived before {}.", names[a], names[b]),
            Self::Next(a, b) => format!("{} arrived directly before {}.", names[a], names[b]),
            Self::Apart(a, b) => format!(
                "{} and {} did not arrive one directly after the other.",
                names[a], names[b]
            ),
            Self::NotAt(a, place) => format!("{} was not {}.", names[a], PLACES[place]),
        }
    }
}

/// All orders of so many: of each person the place.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for next in 0..count {
        let with = |order: &Vec<usize>| {
            (0..=order.len())
                .map(|at| {
                    let mut order: Vec<usize> =
                        order.iter().map(|p| p + usize::from(*p >= at)).collect();
                    order.push(at);
                    order
                })
                .collect::<Vec<_>>()
        };
        debug_assert!(all.iter().all(|order| order.len() == next));
        all = all.iter().flat_map(with).collect();
    }
    all
}

/// Who arrived at some place.
pub(super) fn order(draw: &mut Draw) -> Option<Posed> {
    let count = (3 + draw.steps / 2).min(6);
    let place = draw.shape.below(count);
    let chance = &mut draw.chance;
    let names = people(count, chance);
    let mut all = orders(count);
    let right = chance.pick(&all).clone();
    let mut clues: Vec<Clue> = Vec::new();
    while all.len() > 1 {
        let (a, b) = (chance.below(count), chance.below(count));
        let clue = match chance.below(4) {
            0 => Clue::Before(a, b),
            1 => Clue::Next(a, b),
            2 => Clue::Apart(a, b),
            _ => Clue::NotAt(a, chance.below(count)),
        };
        let useful = clue.holds(&right)
            && (a != b || matches!(clue, Clue::NotAt(..)))
            && all.iter().any(|o| !clue.holds(o));
        if useful {
            all.retain(|order| clue.holds(order));
            clues.push(clue);
        }
    }
    let said: Vec<String> = clues.iter().map(|clue| clue.say(&names, chance)).collect();
    let winner = right.iter().position(|p| *p == place)?;
    let mut by_place: Vec<usize> = (0..count).collect();
    by_place.sort_by_key(|person| right[*person]);
    let in_order: Vec<&str> = by_place
        .iter()
        .map(|person| names[*person].as_str())
        .collect();
    let mut shown = names.clone();
    chance.shuffle(&mut shown);
    Some(Posed {
        kind: "order",
        material: format!(
            "{} arrived one after another, no two at once. {}",
            listed(&shown),
            said.join(" ")
        ),
        question: format!("Who was {}?", PLACES[place]),
        form: Form::One("name"),
        truth: Truth::Name {
            forms: vec![names[winner].clone()],
            others: names
                .iter()
                .filter(|n| **n != names[winner])
                .cloned()
                .collect(),
        },
        reference: format!(
            "They arrived in the order {}, so {} was {}.",
            listed(&in_order),
            names[winner],
            PLACES[place]
        ),
    })
}

/// What someone says of the others.
#[derive(Clone, Copy, Debug)]
enum Claim {
    Is(usize, bool),
    Same(usize, usize),
    Count(usize),
}

impl Claim {
    fn holds(self, truthful: &[bool]) -> bool {
        match self {
            Self::Is(who, kind) => truthful[who] == kind,
            Self::Same(a, b) => truthful[a] == truthful[b],
            Self::Count(count) => truthful.iter().filter(|t| **t).count() == count,
        }
    }

    fn say(self, names: &[String]) -> String {
        match self {
            Self::Is(who, true) => format!("{} tells the truth", names[who]),
            Self::Is(who, false) => format!("{} lies", names[who]),
            Self::Same(a, b) => format!("{} and {} are of the same kind", names[a], names[b]),
            Self::Count(count) => format!("exactly {count} of us tell the truth"),
        }
    }
}

/// Who tells the truth.
pub(super) fn tellers(draw: &mut Draw) -> Option<Posed> {
    let count = (3 + draw.steps / 2).min(6);
    let chance = &mut draw.chance;
    let names = people(count, chance);
    let kinds: Vec<bool> = (0..count).map(|_| chance.percent(50)).collect();
    let claim = |me: usize, chance: &mut Chance| {
        let other = (me + 1 + chance.below(count - 1)) % count;
        match chance.below(5) {
            0 | 1 => Claim::Is(other, kinds[other] == kinds[me]),
            2 | 3 => {
                let third = (me + 1 + chance.below(count - 1)) % count;
                Claim::Same(other, third)
            }
            _ => Claim::Count(chance.below(count) + 1),
        }
    };
    let claims: Vec<Claim> = (0..count).map(|me| claim(me, chance)).collect();
    let fits = |kinds: &[bool]| {
        claims
            .iter()
            .zip(kinds)
            .all(|(claim, kind)| claim.holds(kinds) == *kind)
    };
    let odd = claims
        .iter()
        .any(|claim| matches!(claim, Claim::Same(a, b) if a == b));
    let all =
        (0..1_u32 << count).map(|bits| (0..count).map(|i| bits >> i & 1 == 1).collect::<Vec<_>>());
    let right: Vec<&str> = names
        .iter()
        .zip(&kinds)
        .filter(|(_, kind)| **kind)
        .map(|(name, _)| name.as_str())
        .collect();
    if odd || right.is_empty() || !fits(&kinds) || all.filter(|kinds| fits(kinds)).count() != 1 {
        return None;
    }
    let said: Vec<String> = names
        .iter()
        .zip(&claims)
        .map(|(name, claim)| match chance.percent(50) {
            true => format!("{name} says: \"{}.\"", claim.say(&names)),
            false => format!("\"{}\", says {name}.", claim.say(&names)),
        })
        .collect();
    Some(Posed {
        kind: "truth_tellers",
        material: format!(
            "Each of {} either always tells the truth or always lies. {}",
            listed(&names),
            said.join(" ")
        ),
        question: "Who tells the truth?".into(),
        form: Form::Listed,
        truth: Truth::Set {
            items: right.iter().map(|name| vec![(*name).into()]).collect(),
        },
        reference: format!("The truth is told by {}.", listed(&right)),
    })
}

const CLUBS: &[&str] = &[
    "choir",
    "rowing club",
    "chess club",
    "orchestra",
    "garden club",
];

/// Who is in some lists and not in others.
pub(super) fn members(draw: &mut Draw) -> Option<Posed> {
    let count = (2 + draw.steps / 2).min(4);
    let absent: Vec<bool> = (0..count)
        .map(|at| at > 0 && draw.shape.percent(50))
        .collect();
    let size = 5 + 2 * draw.steps;
    let chance = &mut draw.chance;
    let names = people(size, chance);
    let mut clubs = CLUBS.to_vec();
    chance.shuffle(&mut clubs);
    let lists: Vec<Vec<&String>> = (0..count)
        .map(|_| names.iter().filter(|_| chance.percent(55)).collect())
        .collect();
    let meets = |name: &&String| {
        lists
            .iter()
            .zip(&absent)
            .all(|(list, absent)| list.contains(name) != *absent)
    };
    let right: Vec<&String> = names.iter().filter(meets).collect();
    if right.is_empty() || right.len() > 6 || lists.iter().any(Vec::is_empty) {
        return None;
    }
    let mut lines = Vec::new();
    for (club, list) in clubs.iter().zip(&lists) {
        let mut list = list.clone();
        chance.shuffle(&mut list);
        lines.push(format!("In the {club}: {}.", listed(&list)));
    }
    chance.shuffle(&mut lines);
    let terms: Vec<String> = clubs
        .iter()
        .zip(&absent)
        .map(|(club, absent)| format!("{} the {club}", if *absent { "not in" } else { "in" }))
        .collect();
    Some(Posed {
        kind: "members",
        material: lines.join("\n"),
        question: format!("Who is {}? Name all.", listed(&terms)),
        form: Form::Listed,
        truth: Truth::Set {
            items: right.iter().map(|name| vec![(*name).clone()]).collect(),
        },
        reference: format!(
            "{} {} {}.",
            listed(&right),
            if right.len() == 1 { "is" } else { "are" },
            listed(&terms)
        ),
    })
}
