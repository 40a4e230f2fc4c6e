//! What an answer denies: by a word before it in its clause, by a verdict behind it, or by a sentence that calls it untrue.

use crate::read::Token;

const NEGATIONS: &[&str] = &[
    "not",
    "never",
    "no",
    "neither",
    "nor",
    "cannot",
    "without",
    "hardly",
    "scarcely",
    "barely",
    "none",
    "nobody",
    "nothing",
    "fails",
    "fail",
    "failed",
    "failing",
    "unable",
    "unlike",
    "incapable",
    "lacks",
    "nt",
];
const UNTRUE: &[&str] = &[
    "false",
    "wrong",
    "untrue",
    "incorrect",
    "myth",
    "misconception",
    "mistaken",
    "mistake",
    "lie",
    "nonsense",
    "fallacy",
    "inaccurate",
    "fiction",
];
const BOUNDARIES: &[&str] = &[
    "but",
    "because",
    "although",
    "though",
    "while",
    "whereas",
    "since",
    "which",
    "who",
    "so",
    "if",
    "when",
    "as",
    "unless",
    "however",
    "instead",
    "it",
    "they",
    "he",
    "she",
    "rather",
    "actually",
    "then",
    "therefore",
    "thus",
    "than",
    "where",
    "that",
];
/// How many words before a value a negation reaches.
const REACH: usize = 6;

pub(crate) fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word) || UNTRUE.contains(&word)
}

fn text(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |t| t.text.as_str())
}

/// Whether the value that stands at these tokens is denied.
pub(crate) fn denied(tokens: &[Token], start: usize, end: usize) -> bool {
    denied_within(tokens, start, end, REACH)
}

/// Whether what stands at these tokens is denied, by a negation at most so many words before it or by a verdict.
pub(crate) fn denied_within(tokens: &[Token], start: usize, end: usize, reach: usize) -> bool {
    let Some(first) = tokens.get(start) else {
        return false;
    };
    let sentence = first.sentence;
    before(tokens, start, sentence, reach) != called_untrue(tokens, start, sentence)
        || behind(tokens, end, sentence)
}

/// A negation before it in its clause.
fn before(tokens: &[Token], start: usize, sentence: usize, reach: usize) -> bool {
    let mut words = 0;
    for at in (0..start).rev().take(24) {
        let token = &tokens[at];
        let word = token.text.as_str();
        if token.sentence != sentence || words >= reach {
            return false;
        }
        let next = text(tokens, at + 1);
        match (word, next) {
            ("rather" | "other", "than")
            | ("instead", "of")
            | ("contrary", "to")
            | ("opposed", "to") => return words <= 4,
            // "no more than 3", "not only", "not until 1712": said all the same.
            (
                "no" | "not",
                "doubt" | "more" | "less" | "fewer" | "later" | "earlier" | "only" | "just"
                | "until" | "before" | "merely" | "simply" | "surprisingly" | "longer" | "one",
            ) if !(word == "no" && matches!(next, "longer" | "one")) => {
                return false;
            }
            _ if NEGATIONS.contains(&word) => return true,
            ("and" | "or", _) if words > 3 => return false,
            ("," | ":" | "(" | ")" | "—" | "–" | "\"", _) => return false,
            ("than" | "as", _)
                if matches!(text(tokens, at.wrapping_sub(1)), "rather" | "other") => {}
            _ if BOUNDARIES.contains(&word) => return false,
            _ => {}
        }
        words += usize::from(token.is_word());
    }
    false
}

/// "X is false", "X is not right", "X was not the …", "not X" behind a dash is no verdict.
fn behind(tokens: &[Token], end: usize, sentence: usize) -> bool {
    let rest: Vec<&str> = tokens[end.min(tokens.len())..]
        .iter()
        .take_while(|t| t.sentence == sentence)
        .take(8)
        .map(|t| t.text.as_str())
        .take_while(|t| {
            !matches!(*t, "," | ":" | "—")
                && !matches!(*t, "and" | "but" | "because" | "which" | "who")
        })
        .collect();
    rest.iter().enumerate().take(5).any(|(i, word)| {
        let verb = i > 0
            && matches!(
                rest[i - 1],
                "is" | "was" | "are" | "were" | "be" | "being" | "seems"
            );
        let article = i > 1
            && matches!(rest[i - 1], "a" | "an" | "simply" | "plainly" | "clearly")
            && matches!(rest[i - 2], "is" | "was" | "are");
        let refuted = UNTRUE.contains(word) && (verb || article);
        let not = *word == "not" && verb && i <= 2;
        let said = matches!(
            rest.get(i + 1),
            Some(&("true" | "right" | "correct" | "so" | "the" | "it" | "that" | "what"))
        );
        refuted || (not && said)
    })
}

/// "It is not true that", "it's a myth that", "false: …" before it in its sentence. Twice denied is said.
fn called_untrue(tokens: &[Token], start: usize, sentence: usize) -> bool {
    let mut from = start;
    while from > 0 && start - from < 60 && tokens[from - 1].sentence == sentence {
        from -= 1;
    }
    let opening = &tokens[from..start];
    let verdict = opening
        .iter()
        .take(12)
        .position(|t| UNTRUE.contains(&t.text.as_str()))
        .or_else(|| {
            opening.windows(2).take(12).position(|w| {
                w[0].is("not")
                    && matches!(
                        w[1].text.as_str(),
                        "true" | "so" | "correct" | "right" | "accurate" | "case"
                    )
                    || (w[0].is("the")
                        && w[1].is("case")
                        && opening.iter().take(5).any(|t| t.is("not")))
            })
        });
    let Some(verdict) = verdict else { return false };
    let that = opening
        .iter()
        .skip(verdict + 1)
        .take(4)
        .any(|t| t.is("that"))
        || opening.get(verdict + 1).is_some_and(|t| t.is(":"));
    let turned = opening.iter().skip(verdict).any(|t| {
        matches!(
            t.text.as_str(),
            "actually" | "fact" | "but" | "instead" | "rather" | "reality"
        )
    });
    let twice = UNTRUE.contains(&opening[verdict].text.as_str())
        && opening[..verdict]
            .iter()
            .any(|t| t.is("not") || t.is("no") || t.is("neither"));
    that && !turned && !twice
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Names, tokens};

    #[test]
    fn denials_are_told_from_statements() {
        for (text, is_denied) in [
            ("It is 42.", false),
            ("It is not 42.", true),
            ("It isn't 42", true),
            ("It is not 41 but 42.", false),
            ("It is not 42, it is 41.", true),
            ("It cannot have been 42.", true),
            ("No, it is 42.", false),
            ("It is 42, not 41.", false),
            ("There were no more than 42.", false),
            ("Not until 42 did it end.", false),
            ("Not only 42.", false),
            ("It is 41 rather than 42.", true),
            ("Instead of 42 there were 41.", true),
            ("Contrary to 42, it is 41.", true),
            ("Unlike 42, 41 is right.", true),
            ("It is not true that the length was 42.", true),
            ("It is a common misconception that there were 42.", true),
            ("It is false that it had 42 guns.", true),
            ("It is not false that it had 42 guns.", false),
            ("It is not the case that there were 42", true),
            ("42 is false.", true),
            ("42 is not the right number.", true),
            ("42 is not correct.", true),
            ("42 is right.", false),
            ("Neither 41 nor 42.", true),
            ("They failed to reach 42.", true),
            (
                "The ship did not stop in the harbour and after a while it reached 42.",
                false,
            ),
            ("It didn't sink because it had 42.", false),
            ("It does not stop and reach 42.", true),
            ("There is no doubt that it is 42.", false),
        ] {
            let tokens = tokens(text);
            let mut names = Names::default();
            names.add(0, "42");
            let found = names.find(&tokens);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(
                denied(&tokens, found[0].start, found[0].end),
                is_denied,
                "{text}"
            );
        }
    }
}
