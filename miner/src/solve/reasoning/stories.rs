//! Word problems: told apart by a phrase of their own; their numbers stand in the order in which they are needed.

use super::super::said::numbers;
use super::Found;

/// A phrase that no other story has, and what to do with the story's numbers and words.
type Rule = (&'static str, fn(&[f64], &str) -> Option<f64>);

const RULES: &[Rule] = &[
    ("cover in all", |n, _| {
        Some(n.chunks_exact(2).map(|leg| leg[0] * leg[1]).sum())
    }),
    ("average speed", |n, _| {
        let (way, time) = n.chunks_exact(2).fold((0.0, 0.0), |(way, time), leg| {
            (way + leg[0] * leg[1], time + leg[0])
        });
        Some(way / time)
    }),
    ("do they meet", |n, _| {
        let [way, one, two, lead] = n else {
            return None;
        };
        Some((way - one * lead) / (one + two))
    }),
    ("litres per 100 km", |n, _| {
        let [used, hundred, price, trips @ ..] = n else {
            return None;
        };
        Some(trips.iter().sum::<f64>() / hundred * used * price)
    }),
    ("get back", |n, _| {
        let (paid, bought) = n.split_last()?;
        Some(
            paid - bought
                .chunks_exact(2)
                .map(|part| part[0] * part[1])
                .sum::<f64>(),
        )
    }),
    ("in the store now", stock),
    ("mixture", |n, _| {
        let (salt, all) = n.chunks_exact(2).fold((0.0, 0.0), |(salt, all), p| {
            (salt + p[0] * p[1], all + p[0])
        });
        Some(salt / all)
    }),
    ("ingredients weigh", |n, _| {
        let ([few, grams @ ..], many) = (&n[..n.len() - 1], n[n.len() - 1]) else {
            return None;
        };
        Some(grams.iter().sum::<f64>() / few * many)
    }),
    ("each time from the price before", prices),
    ("with a post at", |n, _| {
        let [length, width, gap, price] = n else {
            return None;
        };
        Some(2.0 * (length + width) / gap * price)
    }),
    ("are divided", shares),
    ("years old", ages),
    ("is to be painted", |n, _| {
        Some(1.0 / n.iter().map(|hours| 1.0 / hours).sum::<f64>())
    }),
    ("for every hour beyond", |n, _| {
        let [wage, more, limit, days @ ..] = n else {
            return None;
        };
        let hours = |day: &f64| day + (day - limit).max(0.0) * more / 100.0;
        Some(days.iter().map(hours).sum::<f64>() * wage)
    }),
    ("in the last round", |n, _| {
        let (goal, marks) = n.split_last()?;
        Some(goal * (marks.len() + 1) as f64 - marks.iter().sum::<f64>())
    }),
    ("into a bank", |n, _| {
        let [sum, percent, fee, years] = n else {
            return None;
        };
        Some((0..*years as usize).fold(*sum, |sum, _| sum * (1.0 + percent / 100.0) - fee))
    }),
];

pub fn solve(question: &str) -> Option<Found> {
    let mut told = String::new();
    for sentence in question
        .split_inclusive(['.', '?'])
        .fold(Vec::<String>::new(), whole)
    {
        if !sentence.trim_start().starts_with("By the way,") {
            told.push_str(&sentence);
        }
    }
    let (_, rule) = RULES.iter().find(|(phrase, _)| told.contains(phrase))?;
    rule(&numbers(&told), &told).map(Found::Number)
}

/// Puts together what a point within a number parted.
fn whole(mut sentences: Vec<String>, piece: &str) -> Vec<String> {
    match sentences.last_mut() {
        Some(last) if !piece.starts_with(' ') => last.push_str(piece),
        _ => sentences.push(piece.into()),
    }
    sentences
}

/// Boxes come and go.
fn stock(numbers: &[f64], told: &str) -> Option<f64> {
    let (start, boxes) = numbers.split_first()?;
    let events = told.split("boxes of").skip(1);
    let change = boxes.chunks_exact(2).zip(events).map(|(part, words)| {
        let sign = if words
            .trim_start_matches(|c: char| !c.is_alphabetic())
            .starts_with("arrive")
        {
            1.0
        } else {
            -1.0
        };
        sign * part[0] * part[1]
    });
    Some(start + change.sum::<f64>())
}

fn prices(numbers: &[f64], told: &str) -> Option<f64> {
    let (start, percents) = numbers.split_first()?;
    let words = told
        .split(' ')
        .filter(|word| matches!(*word, "raised" | "cut"));
    let steps = percents.iter().zip(words);
    Some(steps.fold(*start, |price, (percent, word)| {
        price * (1.0 + if word == "cut" { -percent } else { *percent } / 100.0)
    }))
}

/// The name behind `go to` finds its share.
fn shares(numbers: &[f64], told: &str) -> Option<f64> {
    let (total, parts) = numbers.split_first()?;
    let (given, asked) = told.split_once("How many")?;
    let name = asked.split(' ').next_back()?.trim_end_matches('?');
    let people: Vec<&str> = given
        .split(": ")
        .nth(1)?
        .split([',', ' '])
        .filter(|w| w.starts_with(char::is_uppercase))
        .collect();
    let at = people.iter().position(|person| *person == name)?;
    Some(total * parts.get(at)? / parts.iter().sum::<f64>())
}

fn ages(numbers: &[f64], told: &str) -> Option<f64> {
    let [first, steps @ .., later] = numbers else {
        return None;
    };
    let sentences = told.split('.').skip(1);
    let age = steps
        .iter()
        .zip(sentences)
        .fold(*first, |age, (number, sentence)| {
            if sentence.contains("times") {
                age * number
            } else if sentence.contains("younger") {
                age - number
            } else {
                age + number
            }
        });
    Some(age + later)
}
