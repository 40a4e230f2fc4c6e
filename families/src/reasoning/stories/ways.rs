//! Stories of ways and speeds.

use super::{Cast, Fraction, Story, joined};
use crate::invent::Chance;

/// Legs of hours and speeds.
fn legs(parts: usize, chance: &mut Chance) -> (Vec<String>, i64, i64) {
    let (mut text, mut way, mut time) = (Vec::new(), 0, 0);
    for _ in 0..parts.max(2) {
        let (hours, speed) = (chance.within(2, 9), chance.within(4, 90));
        text.push(format!("for {hours} hours at {speed} km/h"));
        way += hours * speed;
        time += hours;
    }
    (text, way, time)
}

pub(super) fn distance(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let (legs, way, _) = legs(parts, chance);
    let (who, to) = (cast.person(chance), cast.place(chance));
    let told = match chance.below(2) {
        0 => format!("On the way to {to}, {who} drives {}.", joined(&legs)),
        _ => format!("{who} sets out for {to} and travels {}.", joined(&legs)),
    };
    Some(Story {
        kind: "story_distance",
        told,
        asked: format!("How many kilometres does {who} cover in all?"),
        value: way.into(),
        decimals: 0,
        unit: Some("km"),
    })
}

pub(super) fn speed(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let (legs, way, time) = legs(parts, chance);
    let who = cast.person(chance);
    Some(Story {
        kind: "story_mean_speed",
        told: format!("{who} goes {}.", joined(&legs)),
        asked: format!("What is the average speed of {who} over the whole way?"),
        value: Fraction::new(way.into(), time.into())?,
        decimals: 2,
        unit: Some("km/h"),
    })
}

pub(super) fn meeting(_: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let (a, b) = (cast.person(chance), cast.person(chance));
    let (here, there) = (cast.place(chance), cast.place(chance));
    let (way, one, two) = (
        chance.within(60, 900),
        chance.within(8, 60),
        chance.within(8, 60),
    );
    let lead = chance.within(1, 3);
    if way <= one * lead {
        return None;
    }
    let told = match chance.below(2) {
        0 => format!(
            "From {here} to {there} it is {way} km. {a} leaves {here} at {one} km/h; {b} starts from {there} towards {a} at {two} km/h, {lead} hours later."
        ),
        _ => format!(
            "{here} and {there} lie {way} km apart. {a} rides from {here} to {there} at {one} km/h. {b} comes the other way at {two} km/h, but starts {lead} hours later."
        ),
    };
    let value = Fraction::new((way - one * lead).into(), (one + two).into())?;
    Some(Story {
        kind: "story_meeting",
        told,
        asked: format!("How many hours after {b}'s start do they meet?"),
        value,
        decimals: 2,
        unit: Some("hours"),
    })
}

pub(super) fn fuel(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let (who, price) = (cast.person(chance), chance.within(105, 290));
    let use_ = chance.within(4, 14);
    let trips: Vec<i64> = (0..parts).map(|_| chance.within(30, 480)).collect();
    let all: i64 = trips.iter().sum();
    let trips: Vec<String> = trips.iter().map(|trip| format!("{trip} km")).collect();
    let value = Fraction::new((all * use_ * price).into(), 10_000)?;
    Some(Story {
        kind: "story_fuel",
        told: format!(
            "{who}'s van burns {use_} litres per 100 km; a litre costs {} crowns. Its trips this week: {}.",
            crate::invent::numbers::plain(price, 2),
            joined(&trips)
        ),
        asked: "How many crowns does the fuel for these trips cost?".into(),
        value,
        decimals: 2,
        unit: None,
    })
}
