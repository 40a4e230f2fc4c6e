//! The line of an answer that says what is meant.

use crate::text::plain;

/// What stands behind the last `Answer:` that begins a line (any case, bold, as a heading or in a list), in plain text; of a
/// bare `Answer:` the line below it. None where there is no such line.
pub fn answer_line(text: &str) -> Option<String> {
    marked(&plain(text), &["final answer", "answer"])
}

/// What stands behind the last line of plain text that begins with one of the marks and a colon.
pub(crate) fn marked(plain: &str, marks: &[&str]) -> Option<String> {
    let lines: Vec<&str> = plain.lines().collect();
    (0..lines.len()).rev().find_map(|i| {
        let said = behind(lines[i], marks)?;
        let below = lines[i + 1..]
            .iter()
            .map(|l| bare(l))
            .find(|l| !l.is_empty());
        Some(
            if said.is_empty() {
                below.unwrap_or("")
            } else {
                said
            }
            .to_owned(),
        )
    })
}

fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '>' | '`'))
}

fn behind<'a>(line: &'a str, marks: &[&str]) -> Option<&'a str> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "*_#>`-•+".contains(c));
    marks.iter().find_map(|mark| {
        let start = line.get(..mark.len())?;
        let rest = line
            .get(mark.len()..)
            .filter(|_| start.eq_ignore_ascii_case(mark))?;
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "*_`".contains(c));
        let rest = rest.strip_prefix(':')?;
        let ends = |c: char| c.is_whitespace() || "*_`".contains(c);
        Some(rest.trim_start_matches(ends).trim_end_matches(ends))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_answer_line_counts() {
        for (text, line) in [
            ("Answer: 42", Some("42")),
            ("Because.\n**Answer:** 42 km\n", Some("42 km")),
            ("answer: 1\nANSWER: 2", Some("2")),
            ("- Answer: Paris", Some("Paris")),
            ("## Final answer: **7**", Some("7")),
            ("**Answer**: 7", Some("7")),
            ("Answer:\n\n  12", Some("12")),
            ("Answer:", Some("")),
            ("A\u{200b}nswer: 5", Some("5")),
            ("The answer: 5", None),
            ("Answers: 5", None),
            ("", None),
        ] {
            assert_eq!(answer_line(text).as_deref(), line, "{text}");
        }
    }
}
