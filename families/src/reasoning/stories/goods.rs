//! Stories of things bought, mixed, stored and built.

use super::{Cast, Fraction, Story, joined};
use crate::invent::Chance;
use crate::invent::numbers::plain;

const WARES: &[&str] = &[
    "lamps", "ropes", "jars", "baskets", "candles", "brushes", "buckets", "mirrors", "kettles",
];

pub(super) fn shopping(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let who = cast.person(chance);
    let mut wares = WARES.to_vec();
    chance.shuffle(&mut wares);
    let (mut bought, mut cost) = (Vec::new(), 0);
    for ware in wares.iter().take(parts.max(1)) {
        let (count, price) = (chance.within(2, 12), chance.within(45, 990));
        bought.push(format!("{count} {ware} at {} crowns each", plain(price, 2)));
        cost += count * price;
    }
    let paid = (cost / 5_000 + 1) * 50;
    let told = match chance.below(2) {
        0 => format!(
            "{who} buys {} and pays with {paid} crowns.",
            joined(&bought)
        ),
        _ => format!(
            "At the market {who} picks {}. On the counter {who} puts {paid} crowns.",
            joined(&bought)
        ),
    };
    Some(Story {
        kind: "story_change",
        told,
        asked: format!("How many crowns does {who} get back?"),
        value: Fraction::new((paid * 100 - cost).into(), 100)?,
        decimals: 2,
        unit: None,
    })
}

pub(super) fn stock(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let (place, ware) = (cast.place(chance), *chance.pick(WARES));
    let start = chance.within(200, 900);
    let (mut now, mut events) = (start, Vec::new());
    for _ in 0..=parts {
        let (boxes, each) = (chance.within(2, 9), chance.within(6, 30));
        match chance.percent(50) {
            true => events.push(format!("{boxes} boxes of {each} arrive")),
            false => events.push(format!("{boxes} boxes of {each} are sold")),
        }
        now += boxes
            * each
            * if events.last().is_some_and(|e| e.ends_with("arrive")) {
                1
            } else {
                -1
            };
    }
    Some(Story {
        kind: "story_stock",
        told: format!(
            "A store in {place} holds {start} {ware}. Then {}.",
            joined(&events)
        ),
        asked: format!("How many {ware} are in the store now?"),
        value: now.into(),
        decimals: 0,
        unit: None,
    })
}

pub(super) fn mixture(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let who = cast.person(chance);
    let (mut poured, mut salt, mut all) = (Vec::new(), 0, 0);
    for _ in 0..parts.max(2) {
        let (litres, percent) = (chance.within(2, 40), chance.within(3, 60));
        poured.push(format!("{litres} litres with {percent} % of salt"));
        salt += litres * percent;
        all += litres;
    }
    Some(Story {
        kind: "story_mixture",
        told: format!("{who} pours together {}.", joined(&poured)),
        asked: "How many percent of the mixture are salt?".into(),
        value: Fraction::new(salt.into(), all.into())?,
        decimals: 2,
        unit: Some("%"),
    })
}

pub(super) fn recipe(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let who = cast.person(chance);
    let (few, many) = (chance.within(2, 9), chance.within(10, 60));
    let grams: Vec<i64> = (0..parts.max(2)).map(|_| chance.within(20, 600)).collect();
    let foods = [
        "flour", "butter", "honey", "nuts", "raisins", "oats", "cream", "plums",
    ];
    let list: Vec<String> = grams
        .iter()
        .zip(foods)
        .map(|(g, food)| format!("{g} g of {food}"))
        .collect();
    let sum: i64 = grams.iter().sum();
    Some(Story {
        kind: "story_recipe",
        told: format!(
            "A cake for {few} people takes {}. {who} bakes it for {many} people.",
            joined(&list)
        ),
        asked: "How many grams do all its ingredients weigh together?".into(),
        value: Fraction::new((sum * many).into(), few.into())?,
        decimals: 1,
        unit: Some("g"),
    })
}

pub(super) fn discounts(parts: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let (place, price) = (cast.place(chance), chance.within(80, 4_000));
    let mut value = Fraction::from(price);
    let mut steps = Vec::new();
    for _ in 0..parts {
        let percent = chance.within(2, 40);
        let up = chance.percent(40);
        value = value.mul(Fraction::new(
            (100 + if up { percent } else { -percent }).into(),
            100,
        )?)?;
        steps.push(format!(
            "{} by {percent} %",
            if up { "raised" } else { "cut" }
        ));
    }
    Some(Story {
        kind: "story_prices",
        told: format!(
            "In a shop in {place} a stove costs {price} crowns. Its price is {}, each time from the price before.",
            joined(&steps)
        ),
        asked: "How many crowns does it cost in the end?".into(),
        value,
        decimals: 2,
        unit: None,
    })
}

pub(super) fn fence(_: usize, cast: &mut Cast, chance: &mut Chance) -> Option<Story> {
    let who = cast.person(chance);
    let gap = chance.within(2, 6);
    let (length, width) = (gap * chance.within(8, 60), gap * chance.within(5, 40));
    let price = chance.within(2, 25);
    Some(Story {
        kind: "story_fence",
        told: format!(
            "{who} fences a rectangular field of {length} m by {width} m, with a post at every corner and every {gap} m along all sides. A post costs {price} crowns."
        ),
        asked: "How many crowns do the posts cost?".into(),
        value: (2 * (length + width) / gap * price).into(),
        decimals: 0,
        unit: None,
    })
}
