//! Values to come: the model that did best in the past of the series, and its errors there as the spread.

mod models;

use families::Family;

use super::Solved;
use super::said::{lines, said};
use models::best;

/// None where there is no series, or nothing that is asked about it.
pub fn solve(messages: &[String]) -> Option<Solved> {
    let lines = lines(messages);
    let start = lines
        .iter()
        .position(|line| line.ends_with("oldest first:"))?
        + 1;
    let body = lines[start..]
        .iter()
        .take_while(|line| line.starts_with(|c: char| c.is_ascii_digit() || c == '-'));
    let behind = |line: &&'_ str| line.rsplit(": ").next().unwrap_or_default().to_string();
    let rows: Vec<String> = body.map(behind).collect();
    let seen: Vec<f64> = rows
        .iter()
        .flat_map(|row| row.split([',', ';']))
        .filter_map(|v| v.trim().parse().ok())
        .collect();
    let question = lines.iter().rev().find(|line| !line.is_empty())?;
    let value = answer(&seen, question)?;
    let last = seen.last()?;
    let decoy = match value.split(", ").count() {
        1 if value.starts_with("0.") => (if value.as_str() < "0.5" {
            "0.98"
        } else {
            "0.02"
        })
        .to_string(),
        count => vec![format!("{:.1}", last * 2.0); count].join(", "),
    };
    let sentence = format!("Judging by how the series went so far, I expect {value}.");
    Some(said(Family::Forecast, value, sentence, decoy))
}

fn answer(seen: &[f64], question: &str) -> Option<String> {
    let words: Vec<&str> = question.split([' ', '?', '.']).collect();
    let before = |unit: &str| {
        let at = words.windows(2).position(|pair| pair[1] == unit)?;
        words[at].parse::<usize>().ok()
    };
    let show = |values: Vec<f64>| {
        values
            .iter()
            .map(|v| format!("{v:.1}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    if question.contains("values?") || question.contains("that follow") {
        let count = before("values")?;
        return Some(show(
            (1..=count)
                .map(|steps| best(seen, steps).0.next(seen, steps))
                .collect(),
        ));
    }
    let steps = before("steps").unwrap_or(1);
    let (model, errors) = best(seen, steps);
    let (middle, last) = (model.next(seen, steps), *seen.last()?);
    // In a short past the errors look smaller than they are.
    let wide = 1.0 + 2.0 / errors.len().max(2) as f64;
    let at = |level: f64| middle + wide * quantile(&errors, level);
    if question.contains("quantiles") {
        Some(show(
            (1..10).map(|tenth| at(f64::from(tenth) / 10.0)).collect(),
        ))
    } else if question.contains("robab") && question.contains("is above") {
        let rises = errors.iter().filter(|error| middle + *error > last).count() as f64;
        Some(format!(
            "{:.2}",
            (rises + 1.0) / (errors.len() as f64 + 2.0)
        ))
    } else {
        let level = before("%")? as f64 / 100.0;
        Some(show(vec![
            at((1.0 - level) / 2.0),
            at(f64::midpoint(1.0, level)),
        ]))
    }
}

fn quantile(sorted: &[f64], level: f64) -> f64 {
    let at = level * sorted.len().saturating_sub(1) as f64;
    let low = sorted.get(at as usize).copied().unwrap_or(0.0);
    let high = sorted.get(at.ceil() as usize).copied().unwrap_or(low);
    low + (high - low) * at.fract()
}
