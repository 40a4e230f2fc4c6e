//! What a solver found, in the shape that all share; and what is common to reading questions.

use families::Family;

use super::Solved;

/// Without evidence: nothing is quoted in these families.
pub fn said(family: Family, value: String, sentence: String, decoy: String) -> Solved {
    Solved {
        family,
        value,
        sentence,
        evidence: None,
        document: None,
        decoy,
    }
}

/// All lines of all messages.
pub fn lines(messages: &[String]) -> Vec<&str> {
    messages
        .iter()
        .flat_map(|text| text.lines())
        .map(str::trim)
        .collect()
}

/// How many decimals are asked for.
pub fn decimals(messages: &[String]) -> usize {
    let words: Vec<&str> = messages
        .iter()
        .flat_map(|text| text.split_whitespace())
        .collect();
    let counted = words.windows(2).find(|pair| pair[1].starts_with("decimal"));
    counted.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// So many decimals, halves away from zero.
pub fn rounded(value: f64, decimals: usize) -> String {
    let scale = 10_f64.powi(decimals as i32);
    let text = format!(
        "{:.decimals$}",
        (value * scale + value.signum() * 1e-7).round() / scale
    );
    if text.trim_start_matches(['-', '0', '.']).is_empty() {
        return text.trim_start_matches('-').to_string();
    }
    text
}

/// A number that someone careless could have found instead.
pub fn off(value: f64, decimals: usize) -> String {
    let step = 10_f64.powi(-(decimals as i32));
    rounded(
        value
            + (value.abs() * 0.17)
                .max(3.0 * step)
                .max(if decimals == 0 { 1.0 } else { 0.0 }),
        decimals,
    )
}

/// The numbers of a text, without signs: `3.5`, `12`.
pub fn numbers(text: &str) -> Vec<f64> {
    let split = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    split
        .filter_map(|part| part.trim_matches('.').parse().ok())
        .collect()
}
