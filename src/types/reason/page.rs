//! The page about all reasons, for people.

use std::fmt::Write;

use strum::IntoEnumIterator;

use super::{About, Entry, Reason};

/// The text of docs/reasons.md.
pub fn page() -> String {
    let mut page = String::from(
        "# Reasons\n\nMade from `src/types/reason/table.rs` by `make docs`. A label stands in the log field `reason`, in `responses.outcome`\nand in `events.reason`; `events.kind` is the heading it stands under.\n",
    );
    for about in About::iter() {
        let _ = write!(
            page,
            "\n## {about}\n\n| reason | severity | meaning | remedy |\n|---|---|---|---|\n"
        );
        for reason in Reason::iter().filter(|r| r.entry().about == about) {
            let Entry {
                severity,
                meaning,
                remedy,
                ..
            } = reason.entry();
            let _ = writeln!(page, "| `{reason}` | {severity} | {meaning} | {remedy} |");
        }
    }
    page
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_label_is_read_back_as_what_wrote_it() {
        for reason in Reason::iter() {
            assert_eq!(reason.label().parse::<Reason>().unwrap(), reason);
        }
        assert!("no_such_reason".parse::<Reason>().is_err());
    }

    /// `make docs` writes the page; CI finds it out of date here.
    #[test]
    fn the_page_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reasons.md");
        if std::env::var_os("WRITE_DOCS").is_some() {
            std::fs::write(path, page()).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap();
        assert!(written == page(), "docs/reasons.md is old: run `make docs`");
    }

    #[test]
    fn every_reason_has_whole_sentences_that_fit_a_table() {
        for reason in Reason::iter() {
            let Entry {
                meaning, remedy, ..
            } = reason.entry();
            for text in [meaning, remedy] {
                assert!(
                    text.ends_with('.') && !text.contains(['|', '\n']),
                    "{reason}: {text}"
                );
            }
        }
    }
}
