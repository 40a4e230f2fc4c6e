//! Where sentences end.

/// Words that end in a dot and go on.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "approx", "ca", "cf", "fig", "e.g", "i.e",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "capt",
    "col", "gen", "lt", "sgt", "rev", "jr", "sr",
];

/// The sentences of a text as they stand in it, without the blanks around them. A new line ends one, unless a long line
/// goes on with a small letter.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut line) = (0, 0);
    let mut push = |from: usize, to: usize| {
        let sentence = text[from..to].trim();
        if !sentence.is_empty() {
            found.push(sentence);
        }
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, c)| *c);
        let ends = match c {
            '\n' => {
                let long = at - line >= 40;
                line = end;
                !(long && next.is_some_and(char::is_lowercase))
            }
            '.' => {
                next.is_none_or(|n| n.is_whitespace() || "\"')*".contains(n))
                    && !is_abbreviation(&text[start..at])
            }
            '!' | '?' | ';' | '…' => {
                next.is_none_or(|n| n.is_whitespace() || "\"')*".contains(n))
            }
            '。' | '！' | '？' => true,
            _ => false,
        };
        if ends {
            push(start, end);
            start = end;
        }
    }
    push(start, text.len());
    found
}

/// Whether the dot behind this ends a word that is cut short, or a number of a list.
fn is_abbreviation(before: &str) -> bool {
    let last = before
        .rsplit(|c: char| c.is_whitespace() || "(\"".contains(c))
        .next()
        .unwrap_or("");
    let short = last.to_lowercase();
    let initial = last.len() == 1 && last.chars().all(char::is_uppercase) && before.len() > 2;
    let listed = last.len() <= 2
        && !last.is_empty()
        && last.bytes().all(|b| b.is_ascii_digit())
        && before.trim() == last;
    initial || listed || (short.len() < 7 && ABBREVIATIONS.contains(&short.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        for (text, count) in [
            ("It is so. It was not.", 2),
            ("Mr. Smith met Dr. Jones.", 1),
            ("It weighs 3.5 kg. Yes.", 2),
            ("On 3 March? No! Yes; maybe", 4),
            ("- one\n- two\n", 2),
            (
                "A line that is long enough to be wrapped by hand\nand goes on here.",
                1,
            ),
            ("1. Paris\n2. Rome", 2),
            ("", 0),
            ("e.g. this, i.e. that.", 1),
            ("She left. He stayed.", 2),
        ] {
            assert_eq!(
                sentences(text).len(),
                count,
                "{text}: {:?}",
                sentences(text)
            );
        }
    }
}
