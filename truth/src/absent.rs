//! Whether an answer says that the text does not say.

use crate::read::Token;

/// Verbs of what a text does; `not` stands before them.
const TELLS: &[&str] = &[
    "say", "state", "mention", "tell", "specify", "give", "provide", "include", "indicate",
    "contain", "disclose", "reveal", "describe", "record", "report", "name", "identify", "answer",
    "address", "discuss", "explain", "offer", "list", "cover", "note", "clarify", "detail",
    "supply", "present", "show", "appear",
];
/// Their participles: "is not stated".
const TOLD: &[&str] = &[
    "said",
    "stated",
    "mentioned",
    "told",
    "specified",
    "given",
    "provided",
    "included",
    "indicated",
    "contained",
    "disclosed",
    "revealed",
    "described",
    "recorded",
    "reported",
    "named",
    "identified",
    "answered",
    "addressed",
    "discussed",
    "explained",
    "known",
    "available",
    "clear",
    "listed",
    "found",
    "possible",
    "determinable",
    "noted",
    "clarified",
    "detailed",
    "there",
    "supplied",
    "documented",
    "enough",
    "present",
    "covered",
    "shown",
    "preserved",
];
const SOURCES: &[&str] = &[
    "text",
    "passage",
    "document",
    "article",
    "author",
    "source",
    "report",
    "it",
    "letter",
    "account",
    "paragraph",
    "excerpt",
    "context",
    "material",
    "information",
    "record",
    "story",
    "description",
    "table",
    "data",
    "chronicle",
    "entry",
];
const PHRASES: &[&str] = &[
    "cannot be determined",
    "cannot be known",
    "cannot be answered",
    "cannot be inferred",
    "cannot be said",
    "cannot be found",
    "can not be determined",
    "can not be known",
    "can not be answered",
    "can not be inferred",
    "can not be found",
    "cannot tell",
    "cannot say",
    "cannot determine",
    "cannot answer",
    "cannot know",
    "cannot find",
    "ca not tell",
    "ca not say",
    "ca not determine",
    "ca not answer",
    "ca not find",
    "ca not be determined",
    "ca not be known",
    "ca not be answered",
    "ca not be inferred",
    "ca not be said",
    "no information",
    "no mention",
    "no indication",
    "no data",
    "no answer",
    "no details",
    "no detail",
    "no record",
    "no such information",
    "no statement",
    "no way to know",
    "no way of knowing",
    "no way to tell",
    "not enough information",
    "insufficient information",
    "insufficient data",
    "do not know",
    "does not know",
    "is unknown",
    "remains unknown",
    "unspecified",
    "unstated",
    "undisclosed",
    "unmentioned",
    "left open",
    "left out",
    "silent on",
    "silent about",
    "is silent",
    "says nothing",
    "said nothing",
    "tells us nothing",
    "nothing is said",
    "nothing about",
    "nothing on",
    "nothing in the",
    "nowhere",
    "lacks information",
    "without information",
    "fails to mention",
    "fails to say",
    "fails to state",
    "omits",
    "is missing",
    "never says",
    "never mentions",
    "never states",
    "never tells",
    "never gives",
    "never specifies",
    "is absent",
    "impossible to say",
    "impossible to tell",
    "impossible to know",
    "impossible to determine",
    "unanswerable",
    "unable to determine",
    "unable to find",
    "unable to answer",
    "is unclear",
    "remains unclear",
    "not in the text",
    "not in the passage",
    "not in the document",
    "not in the",
    "is anyone s guess",
    "we are not told",
    "undetermined",
    "unrecorded",
];
/// All of an answer.
const ALONE: &[&str] = &[
    "unknown",
    "n a",
    "na",
    "absent",
    "none",
    "unclear",
    "missing",
    "not applicable",
    "not known",
    "nothing",
    "no",
    "unsaid",
];

/// The numbers of the sentences that say so.
pub(crate) fn sentences(tokens: &[Token]) -> Vec<usize> {
    let mut found = Vec::new();
    for group in tokens.chunk_by(|a, b| a.sentence == b.sentence) {
        let words: Vec<&str> = group
            .iter()
            .filter(|t| t.is_word())
            .map(|t| t.text.as_str())
            .collect();
        if says(&words) {
            found.push(group[0].sentence);
        }
    }
    let words: Vec<&str> = tokens
        .iter()
        .filter(|t| t.is_word() || t.numeral().is_some())
        .map(|t| t.text.as_str())
        .take(4)
        .collect();
    if found.is_empty() && words.len() < 4 && ALONE.contains(&words.join(" ").as_str()) {
        found.push(tokens.first().map_or(0, |t| t.sentence));
    }
    found
}

fn says(words: &[&str]) -> bool {
    let joined = format!(" {} ", words.join(" "));
    if joined.contains(" not only ") || joined.contains(" not just ") {
        return false;
    }
    let phrase = PHRASES.iter().any(|p| {
        joined
            .match_indices(p)
            .any(|(at, _)| joined[..at].ends_with(' ') && joined[at + p.len()..].starts_with(' '))
    });
    phrase
        || words.iter().enumerate().any(|(i, w)| {
            if !matches!(*w, "not" | "never") {
                return false;
            }
            let rest = &words[i + 1..(i + 4).min(words.len())];
            let before = i.checked_sub(1).map_or("", |i| words[i]);
            let be = matches!(
                before,
                "" | "it"
                    | "that"
                    | "this"
                    | "there"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "been"
                    | "be"
                    | "has"
                    | "have"
                    | "s"
            );
            let passive = be && rest.iter().any(|v| TOLD.contains(v));
            let does =
                matches!(before, "does" | "do" | "did") && rest.iter().any(|v| TELLS.contains(v));
            let source = |v: &&str| {
                SOURCES.contains(v) || SOURCES.contains(&v.strip_suffix('s').unwrap_or(v))
            };
            passive || (does && words[i.saturating_sub(30)..i].iter().any(source))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tokens;

    #[test]
    fn absence_is_said_in_many_ways() {
        for text in [
            "The text does not say.",
            "The passage doesn't mention the captain's age.",
            "This is not stated.",
            "Not stated in the text.",
            "It isn't given.",
            "That information is not provided in the document.",
            "Unknown",
            "unknown.",
            "N/A",
            "It cannot be determined from the text.",
            "There is no information about it.",
            "No mention is made of the weight.",
            "The document does not explicitly state how old she was.",
            "We can't tell from the passage.",
            "The author never says.",
            "It remains unknown.",
            "The text says nothing about the price.",
            "not specified",
            "There is not enough information to answer.",
            "I don't know; the passage gives no details.",
            "The report is silent on that.",
            "It's not mentioned anywhere.",
            "The name of the cook has not been recorded.",
            "Nowhere in the text is the price named.",
            "The passage leaves the price unspecified.",
            "That is not in the text.",
            "The text does not actually give a date.",
        ] {
            assert!(!sentences(&tokens(text)).is_empty(), "{text}");
        }
        for text in [
            "It is 42.",
            "The ship did not sink.",
            "The captain never returned.",
            "The Alma was not built in 1712.",
            "No ship was lost.",
            "",
            "The text says that it was 42.",
            "He did not say a word.",
            "The unknown sailor was Smith.",
            "The price was stated.",
            "The passage mentions 42.",
            "Nobody was hurt.",
        ] {
            assert!(sentences(&tokens(text)).is_empty(), "{text}");
        }
    }
}
