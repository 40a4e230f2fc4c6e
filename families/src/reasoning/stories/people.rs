//! Stories of people: shares, ages, work, money.

use super::{Cast, Fraction, Story, joined};
use crate::invent::Chance;
use crate::invent::numbers::plain;

pub(super) fn shares(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let count = parts.max(2);
    let names: Vec<String> = (0..count).map(|_| cast.person(chance)).collect();
    let shares: Vec<i64> = (0..count).map(|_| chance.within(1, 12)).collect();
    let total = chance.within(100, 9_000);
    let who = chance.below(count);
    let given: Vec<String> = names
        .iter()
        .zip(&shares)
        .map(|(name, share)| format!("{name} {share} parts"))
        .collect();
    let value = Fraction::new(
        (total * shares[who]).into(),
        shares.iter().sum::<i64>().into(),
    )?;
    Some(Story {
        kind: "story_shares",
        told: format!("{total} crowns are divided: {}.", joined(&given)),
        asked: format!("How many crowns go to {}?", names[who]),
        value,
        decimals: 2,
        unit: None,
    })
}

pub(super) fn ages(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let (mut before, mut age) = (cast.person(chance), chance.within(4, 30));
    let mut told = vec![format!("{before} is {age} years old.")];
    for _ in 0..=parts {
        let next = cast.person(chance);
        let by = chance.within(2, 9);
        match chance.below(3) {
            0 if age < 40 => {
                let times = chance.within(2, 3);
                told.push(format!("{next} is {times} times as old as {before}."));
                age *= times;
            }
            1 if age > by + 2 => {
                told.push(format!("{next} is {by} years younger than {before}."));
                age -= by;
            }
            _ => {
                told.push(format!("{next} is {by} years older than {before}."));
                age += by;
            }
        }
        before = next;
    }
    let later = chance.within(2, 20);
    Some(Story {
        kind: "story_ages",
        told: told.join(" "),
        asked: format!("How old will {before} be in {later} years?"),
        value: (age + later).into(),
        decimals: 0,
        unit: None,
    })
}

pub(super) fn work(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let (mut told, mut speed) = (Vec::new(), Fraction::from(0));
    for _ in 0..parts.clamp(2, 4) {
        let hours = chance.within(3, 30);
        told.push(format!("{} would need {hours} hours", cast.person(chance)));
        speed = speed.add(Fraction::new(1, hours.into())?)?;
    }
    Some(Story {
        kind: "story_work",
        told: format!(
            "A wall is to be painted. Alone, {}. They work on it together.",
            joined(&told)
        ),
        asked: "How many hours does it take them?".into(),
        value: Fraction::from(1).div(speed)?,
        decimals: 2,
        unit: Some("hours"),
    })
}

pub(super) fn wage(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let who = cast.person(chance);
    let (wage, limit, more) = (
        chance.within(900, 3_500),
        chance.within(6, 8),
        chance.within(2, 9) * 10,
    );
    let days: Vec<i64> = (0..=parts).map(|_| chance.within(4, 12)).collect();
    let over: i64 = days.iter().map(|day| (day - limit).max(0)).sum();
    let all: i64 = days.iter().sum();
    let list: Vec<String> = days.iter().map(|day| format!("{day}")).collect();
    let value = Fraction::new((wage * (all * 100 + over * more)).into(), 10_000)?;
    Some(Story {
        kind: "story_wage",
        told: format!(
            "{who} earns {} crowns an hour, and {more} % more for every hour beyond {limit} of a day. The hours of the last days: {}.",
            plain(wage, 2),
            joined(&list)
        ),
        asked: format!("How many crowns did {who} earn on these days?"),
        value,
        decimals: 2,
        unit: None,
    })
}

pub(super) fn mean(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let who = cast.person(chance);
    let marks: Vec<i64> = (0..=parts).map(|_| chance.within(30, 99)).collect();
    let goal = chance.within(55, 85);
    let sum: i64 = marks.iter().sum();
    let list: Vec<String> = marks.iter().map(|mark| mark.to_string()).collect();
    Some(Story {
        kind: "story_mean",
        told: format!(
            "In a contest {who} scored {} points. One round is left, and the mean of all rounds is to be {goal} points.",
            joined(&list)
        ),
        asked: format!("How many points does {who} need in the last round?"),
        value: (goal * (marks.len() as i64 + 1) - sum).into(),
        decimals: 0,
        unit: None,
    })
}

pub(super) fn interest(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let (who, sum) = (cast.person(chance), chance.within(10, 900) * 10);
    let (percent, years, fee) = (chance.within(2, 9), parts.clamp(1, 4), chance.within(1, 9));
    let mut value = Fraction::from(sum);
    for _ in 0..years {
        value = value
            .mul(Fraction::new((100 + percent).into(), 100)?)?
            .sub(fee.into())?;
    }
    Some(Story {
        kind: "story_interest",
        told: format!(
            "{who} puts {sum} crowns into a bank. At the end of each year {percent} % of what is there is added, and then a fee of {fee} crowns is taken. This goes on for {years} years."
        ),
        asked: "How many crowns are there after that?".into(),
        value,
        decimals: 2,
        unit: None,
    })
}
