//! The figures of a made-up world, with what is planted in it.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::cli::judge::world::{Entry, Part, Then};

fn entry(name: &str, count: usize, quality: f64, says: Says) -> Entry {
    Entry {
        name: name.into(),
        behaviour: None,
        count,
        quality,
        shared_quality: None,
        says,
        of: None,
        ahead: false,
        answers: None,
        flags: Vec::new(),
        then: None,
        joins_after: None,
        leaves_after: None,
    }
}

/// Players: 0 and 1 honest, 2 a thief of 0, 3 half right, 4 wrong, 5 looks up, 6 right and from its third round on wrong.
fn world() -> World {
    let part = |name: &str| Part {
        name: name.into(),
        rounds: 20,
        corpus: None,
        families: BTreeMap::new(),
    };
    let thief = Entry {
        of: Some("honest".into()),
        ahead: true,
        ..entry("thief", 1, 0.0, Says::Wrong)
    };
    let switcher = Entry {
        then: Some(Then {
            behaviour: "garbage".into(),
            after: 2,
            quality: 0.0,
            says: Says::Wrong,
        }),
        ..entry("switcher", 1, 1.0, Says::Right)
    };
    World {
        scoring: None,
        parts: vec![part("own"), part("shared")],
        miners: vec![
            entry("honest", 2, 1.0, Says::Right),
            thief,
            entry("half", 1, 0.5, Says::Some),
            entry("wrong", 1, 0.0, Says::Wrong),
            entry("lookup", 1, 0.0, Says::Wrong),
            switcher,
        ],
    }
}

/// Four rounds of own questions and two of shared ones, in each of which the thief is caught.
fn rows() -> Vec<Row> {
    let reward = |round: i64, player: usize| match player {
        0 | 1 => 0.8,
        3 => 0.4,
        5 => 0.1,
        6 if round < 2 => 0.8,
        _ => 0.0,
    };
    let score = |round: i64, player: usize| match player {
        6 if round >= 2 => 0.8 - 0.15 * (round - 1) as f64,
        player => reward(0, player),
    };
    let row = |round: i64, player: usize| Row {
        round,
        part: usize::from(round >= 4),
        generated: true,
        shared: round >= 4,
        player,
        answered: true,
        reward: reward(round, player),
        score: Some(score(round, player)),
        cut: round >= 4 && player == 2,
    };
    (0..6)
        .flat_map(|round| (0..7).map(move |player| row(round, player)))
        .collect()
}

fn figures(change: impl Fn(&mut Row)) -> Figures {
    let world = world();
    let mut rows = rows();
    rows.iter_mut().for_each(change);
    Table::new(&world, rows, 2.0).figures()
}

fn near(value: Option<f64>, expected: f64) -> bool {
    value.is_some_and(|value| (value - expected).abs() < 1e-9)
}

#[test]
fn a_good_judge_has_good_figures() {
    let good = figures(|_| {});
    assert!(good.rank_correlation.unwrap() > 0.95, "{good:?}");
    assert_eq!(good.right_above_wrong, Some(1.0));
    assert_eq!(
        (good.copy_precision, good.copy_recall),
        (Some(1.0), Some(1.0))
    );
    assert!(
        near(good.lookup_share, 0.125) && near(good.best_exploit_share, 0.125),
        "{good:?}"
    );
    // Scores 0.65, 0.5: of all weight 0.23 and then 0.15, where it was 0.31.
    assert_eq!(good.switch_rounds, Some(2), "{good:?}");
}

#[test]
fn what_is_planted_is_found_in_its_figure() {
    let fooled = figures(|row| {
        if row.player == 4 {
            row.reward = 0.9
        }
    });
    // Right is above wrong in all rounds but for the wrong one's; the same reward is half.
    assert!(fooled.right_above_wrong.unwrap() < 0.75, "{fooled:?}");
    assert!(near(fooled.best_exploit_share, 0.9 / 0.8), "{fooled:?}");
    assert!(fooled.rank_correlation.unwrap() < 0.6, "{fooled:?}");
    let certain = figures(|row| {
        row.generated = row.round < 4;
        if row.player == 4 && row.round >= 4 {
            row.reward = 0.9;
        }
    });
    assert_eq!(certain.right_above_wrong, Some(1.0));
    let even = figures(|row| row.reward = 0.5);
    assert_eq!(
        (even.right_above_wrong, even.rank_correlation),
        (Some(0.5), None)
    );

    let missed = figures(|row| row.cut &= row.round == 4);
    assert_eq!(
        (missed.copy_precision, missed.copy_recall),
        (Some(1.0), Some(0.5))
    );
    let blind = figures(|row| row.cut = false);
    assert_eq!((blind.copy_precision, blind.copy_recall), (None, Some(0.0)));
    let unjust = figures(|row| row.cut |= row.round == 4 && row.player == 3);
    assert_eq!(unjust.copy_precision, Some(2.0 / 3.0));
    // Where the copy may have been first, the copied one is neither right nor wrong to cut; one that nobody copied is wrong.
    let robbed = figures(|row| row.cut |= row.shared && row.player == 0);
    assert_eq!(robbed.copy_precision, Some(1.0));
    let mut late = world();
    late.miners[1].ahead = false;
    let mut rows = rows();
    rows.iter_mut()
        .for_each(|row| row.cut |= row.shared && row.player == 0);
    let robbed = Table::new(&late, rows, 2.0).figures();
    assert_eq!(robbed.copy_precision, Some(0.5));
    let innocent = figures(|row| row.cut |= row.shared && row.player == 1);
    assert_eq!(innocent.copy_precision, Some(0.5));
    // Nothing to copy, nothing planted.
    let alone = figures(|row| row.answered = row.player != 0);
    assert_eq!((alone.copy_precision, alone.copy_recall), (Some(0.0), None));

    let slow = figures(|row| {
        if row.player == 6 {
            row.score = Some(0.8)
        }
    });
    assert_eq!(slow.switch_rounds, None);
    let stained = figures(|row| {
        if row.player == 5 {
            row.reward = 0.8
        }
    });
    assert!(near(stained.lookup_share, 1.0), "{stained:?}");
}

#[test]
fn the_table_has_a_line_for_each_entry_best_paid_first() {
    let world = world();
    let lines = Table::new(&world, rows(), 2.0).lines();
    assert_eq!(lines.len(), 6);
    let (first, last) = (&lines[0], &lines[5]);
    assert_eq!(
        (first.name.as_str(), first.miners, first.rounds),
        ("honest", 2, 6.0)
    );
    assert!(near(first.rewards[0], 0.8) && near(first.rewards[1], 0.8));
    assert_eq!(last.rewards, [Some(0.0), Some(0.0)]);
    let thief = lines.iter().find(|line| line.name == "thief").unwrap();
    assert_eq!(thief.cut, Some(1.0));
    let switcher = lines.iter().find(|line| line.name == "switcher").unwrap();
    assert!((switcher.quality - 2.0 / 6.0).abs() < 1e-9, "{switcher:?}");
    let weight: f64 = lines
        .iter()
        .map(|line| line.weight * line.miners as f64)
        .sum();
    assert!(
        (weight - 7.0).abs() < 1e-9,
        "shares over an even split: {weight}"
    );
}
