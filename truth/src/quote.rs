//! A fact with its evidence.

use crate::read::{Names, tokens};
use crate::text::{plain, words};
use crate::value::{Partial, value};
use crate::{Credit, Truth};

/// The part of the evidence's words that a quotation must hold.
const ENOUGH: f64 = 0.6;
const MOST_QUOTES: usize = 64;

/// A third each for the fact (read as by [`value`]), an exact quotation of the evidence (all of it or a run of at least 60 % of
/// its words, in quotation marks or on a `Quote:` line), and the document's name; nothing without the fact.
pub fn quote(
    document: &str,
    evidence: &str,
    fact: &Truth,
    answer: &str,
    partial: &Partial,
) -> Credit {
    let text = plain(answer);
    let quotes = quotations(&text);
    let mut own = text.replace(document, " ");
    for quote in &quotes {
        own = own.replace(quote, " ");
    }
    let read = |text: &str| {
        value(fact, text, partial).unwrap_or_else(|| Credit::none("a fact of another kind"))
    };
    let (bare, whole) = (read(&own), read(&text));
    let said = if bare.value >= whole.value {
        bare
    } else {
        whole
    };
    if said.value <= 0.0 {
        return said;
    }
    let exact = quotes
        .iter()
        .any(|quote| is_part(&words(quote), &words(evidence)));
    let mut names = Names::default();
    names.add(0, document);
    let named = !names.find(&tokens(&text)).is_empty();
    let yes = |is: bool| if is { "yes" } else { "no" };
    let why = format!(
        "quotation {}, source {}, {}",
        yes(exact),
        yes(named),
        said.why
    );
    Credit::new(
        (said.value + f64::from(u8::from(exact)) + f64::from(u8::from(named))) / 3.0,
        &why,
    )
}

fn is_part(part: &[String], whole: &[String]) -> bool {
    !part.is_empty()
        && part.len() as f64 >= ENOUGH * whole.len() as f64
        && part.len() <= whole.len()
        && whole.windows(part.len()).any(|run| run == part)
}

/// What stands in quotation marks, and on lines that begin with `Quote:` or `>`.
fn quotations(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        let bare = line.trim_start_matches(|c: char| c.is_whitespace() || "*-_".contains(c));
        let head = ["quote:", "quote**:", "evidence:", "evidence**:", ">"]
            .iter()
            .find(|h| {
                bare.get(..h.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(h))
            });
        if let Some(rest) = head.and_then(|h| bare.get(h.len()..)) {
            found.push(rest.trim().to_owned());
        }
    }
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        let (opens, closes) = match c {
            '"' => (open.is_none(), true),
            '“' => (open.is_none(), true),
            '„' | '«' => (true, false),
            '”' | '»' => (false, true),
            _ => continue,
        };
        match open {
            Some(from) if closes => {
                found.push(text[from..at].to_owned());
                open = None;
            }
            _ if opens => open = Some(at + c.len_utf8()),
            _ => {}
        }
        if found.len() >= MOST_QUOTES {
            break;
        }
    }
    found.retain(|quote| !quote.is_empty());
    found.truncate(MOST_QUOTES);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fact_quotation_and_source_count_a_third_each() {
        let evidence =
            "The Alma reached the harbour of Brin with 45 tons of salt on a cold morning.";
        let fact = Truth::Number {
            value: 45.0,
            unit: Some("tons".to_owned()),
            tolerance: 0.0,
        };
        for (text, thirds) in [
            (format!("Answer: 45 tons\nQuote: {evidence}\nSource: Brin log"), 3.0),
            (format!("It was 45 tons: \"{evidence}\" (Brin log)"), 3.0),
            (format!("It was 45 tons: “{evidence}” (Brin log)"), 3.0),
            (format!("> {evidence}\n\nAnswer: 45 tons, from the Brin log"), 3.0),
            ("Answer: 45 tons\nQuote: reached the harbour of Brin with 45 tons of salt\nSource: Brin Log".to_owned(), 3.0),
            ("Answer: 45 tons\nQuote: with 45 tons of salt\nSource: Brin log".to_owned(), 2.0),
            ("Answer: 45 tons\nQuote: The Alma brought 45 tons of salt to the harbour of Brin on a morning\nBrin log".to_owned(), 2.0),
            (format!("Answer: 45 tons\nQuote: {evidence}"), 2.0),
            ("Answer: 45 tons".to_owned(), 1.0),
            (format!("Answer: 44 tons\nQuote: {evidence}\nSource: Brin log"), 0.0),
            (String::new(), 0.0),
        ] {
            let credit = quote("Brin log", evidence, &fact, &text, &Partial::default());
            assert!((credit.value - thirds / 3.0).abs() < 1e-9, "{text}: {credit:?}");
        }
    }
}
