//! Rows of signs: no language is needed.

use super::{Kind, Write};
use crate::invent::Chance;

const PATTERNS: &[(&str, &[&str], &str)] = &[
    (
        "parity",
        &["even", "odd"],
        "A row is even or odd by how many X it has.\n",
    ),
    (
        "mirror",
        &["mirrored", "other"],
        "A row is mirrored if it reads the same from both ends.\n",
    ),
    (
        "ends",
        &["same", "different"],
        "A row is same if its first and its last sign are the same, else different.\n",
    ),
    (
        "majority",
        &["cross", "ring"],
        "A row is cross if it has more X than O, ring if it has more O than X.\n",
    ),
];

pub(super) fn kind(shape: &mut Chance) -> (Kind, Write) {
    let (_, labels, known) = shape.pick(PATTERNS);
    let kind = Kind {
        name: "pattern",
        labels: labels.to_vec(),
        known: (*known).into(),
        item: "rows",
    };
    (kind, write)
}

fn label(kind: &Kind, row: &str) -> Option<usize> {
    let crosses = row.matches('X').count();
    let rings = row.len() - crosses;
    let holds = match kind.labels[0] {
        "even" => crosses.is_multiple_of(2),
        "mirrored" => row.chars().eq(row.chars().rev()),
        "same" => row.chars().next() == row.chars().last(),
        _ if crosses == rings => return None,
        _ => crosses > rings,
    };
    Some(usize::from(!holds))
}

fn write(kind: &Kind, wanted: usize, chance: &mut Chance, hard: bool) -> String {
    let (low, high) = if hard { (12, 20) } else { (6, 11) };
    loop {
        let count = chance.within(low, high);
        let mut row: String = (0..count)
            .map(|_| if chance.percent(50) { 'X' } else { 'O' })
            .collect();
        if chance.percent(50) {
            row = row
                .chars()
                .chain(row.chars().rev())
                .take(row.len() * 2)
                .collect();
            row = if hard {
                row
            } else {
                row.chars()
                    .skip(row.len() / 4)
                    .take(row.len() / 2)
                    .collect()
            };
        }
        if label(kind, &row) == Some(wanted) {
            return row;
        }
    }
}
