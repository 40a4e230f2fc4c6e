//! The truths against Python's own library: dates, fractions, means, and programs that are run. Skipped where there is no Python.
#![allow(clippy::expect_used, clippy::panic)]

use std::io::Write;
use std::process::{Command, Stdio};

use families::{Difficulty, Family, draw};

const KINDS: &[&str] = &[
    "arithmetic",
    "days_between",
    "weekday",
    "days_after",
    "code_numbers",
    "code_letters",
    "filtered_count",
    "group_sum",
    "group_mean",
];

/// None where there is no Python.
fn check(records: &str) -> Option<String> {
    let mut python = Command::new("python3")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python.py"))
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    python
        .stdin
        .take()
        .expect("a pipe")
        .write_all(records.as_bytes())
        .expect("Python reads");
    let output = python.wait_with_output().expect("Python ends");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A seven before the value: wrong, whatever it is. None where that would be no value at all.
fn wrong(kind: &str, reference: &str) -> Option<String> {
    let mark = match kind {
        "arithmetic" => " comes to ",
        "weekday" => " is a ",
        "code_numbers" | "code_letters" => " prints ",
        "filtered_count" => "There are ",
        "days_between" | "group_sum" | "group_mean" => " is ",
        _ => return None,
    };
    let (before, value) = reference.rsplit_once(mark)?;
    (!value.starts_with('-')).then(|| format!("{before}{mark}7{value}"))
}

/// Tasks as records, and how many there are.
fn records(tampered: bool) -> (String, usize) {
    let (mut records, mut count) = (String::new(), 0);
    let tables = (0..60).map(|seed| (Family::Data, seed));
    let tasks = (0..500).map(|seed| (Family::Reasoning, seed));
    for (family, seed) in tables.chain(tasks) {
        // Up to half: above it cells are missing, and in other units.
        let drawn = draw(
            family,
            Difficulty((seed % 6) as f64 / 10.0),
            seed,
            seed + 11,
        );
        let reference = match tampered {
            true => wrong(drawn.kind, &drawn.reference),
            false => Some(drawn.reference.clone()),
        };
        let Some(reference) = reference else { continue };
        if KINDS.contains(&drawn.kind) {
            count += 1;
            records.push_str(
                &[drawn.kind, &drawn.material, &drawn.question, &reference].join("\u{1f}"),
            );
            records.push('\u{1e}');
        }
    }
    (records, count)
}

#[test]
fn python_comes_to_the_same() {
    let (right, count) = records(false);
    let Some(said) = check(&right) else {
        eprintln!("skipped: there is no python3");
        return;
    };
    assert!(count > 180, "{count}");
    assert!(
        said.trim().ends_with(&format!("checked {count} wrong 0")),
        "{said}"
    );
    // What is changed is found.
    let (wrong, count) = records(true);
    let said = check(&wrong).unwrap_or_default();
    assert!(
        count > 120
            && said
                .trim()
                .ends_with(&format!("checked {count} wrong {count}")),
        "{said}"
    );
}
