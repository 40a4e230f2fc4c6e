//! Finds the document and the sentence that answer a query.

use families::Family;
use families::search::HEADINGS;

use super::Solved;
use super::reading::{Understood, lines, understand};

pub(super) fn solve(messages: &[String]) -> Option<Solved> {
    let lines = lines(messages);
    if lines.iter().filter(|line| heading(line).is_some()).count() < 2 {
        return None;
    }
    let Understood { right, evidence } = understand(&lines)?;
    let evidence = evidence?;
    let above = lines.iter().take(evidence.line);
    let document = above.rev().find_map(|line| heading(line))?;
    Some(Solved {
        family: Family::Search,
        value: right.value,
        sentence: format!(
            "{} The document {document} has it: \"{}\"",
            right.sentence, evidence.text
        ),
        evidence: Some(evidence.text),
        document: Some(document.to_string()),
        decoy: right.decoy,
    })
}

/// The name in a document's heading.
fn heading(line: &str) -> Option<&str> {
    HEADINGS.iter().find_map(|(before, after)| {
        let name = line.strip_prefix(before)?.strip_suffix(after)?;
        (!name.ends_with(['.', '?'])).then_some(name)
    })
}
