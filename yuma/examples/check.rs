//! Runs every recorded epoch of a file through ours: `cargo run --release -p yuma --example check -- FILE`.
//!
//! Prints per field in how many cases it is exact and the worst difference in units of 1/65535; exits with 1 unless
//! every case is exact in every field.

#[path = "../tests/vectors/mod.rs"]
mod vectors;

use std::collections::BTreeMap;
use std::process::ExitCode;

fn main() -> ExitCode {
    match check() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("check: {error}");
            ExitCode::FAILURE
        }
    }
}

fn check() -> Result<bool, Box<dyn std::error::Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("usage: check FILE (a file in the format of yuma_golden.json)")?;
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let golden: vectors::Golden =
        serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
    if golden.cases.is_empty() {
        return Err(format!("{path}: no cases").into());
    }

    let mut fields: BTreeMap<&str, (usize, usize, f64)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in &golden.cases {
        let differences = case.differences()?;
        let inexact: Vec<&str> = differences
            .iter()
            .filter(|(_, worst)| **worst > 0.0)
            .map(|(field, _)| *field)
            .collect();
        if !inexact.is_empty() {
            wrong.push((case.id, inexact));
        }
        for (field, worst) in differences {
            let (exact, of, largest) = fields.entry(field).or_default();
            *exact += usize::from(worst == 0.0);
            *of += 1;
            *largest = largest.max(worst);
        }
    }
    println!("{:<34} {:>9} {:>22}", "field", "exact", "worst, 1/65535");
    for (field, (exact, of, worst)) in &fields {
        println!("{field:<34} {exact:>4}/{of:<4} {worst:>22.6}");
    }
    for (id, inexact) in &wrong {
        println!("case {id}: {}", inexact.join(", "));
    }
    println!(
        "{} of {} cases exact in every field",
        golden.cases.len() - wrong.len(),
        golden.cases.len()
    );
    Ok(wrong.is_empty())
}
