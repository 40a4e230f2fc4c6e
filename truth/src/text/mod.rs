//! Texts before they are compared: one way to write each letter, nothing that nobody sees, words and sentences.

mod confusables;
mod sentences;

use icu_normalizer::DecomposingNormalizer;
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};

pub use sentences::sentences;

/// What is looked at of a text, in bytes. No honest answer is longer.
pub const MOST: usize = 65_536;

/// The beginning of a text, at most so many bytes of it.
pub(crate) fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A text for a person, on one line: what isn't printed is escaped, and at most `most` characters are kept.
pub(crate) fn printable(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    for c in text.chars() {
        let hidden = c.is_control()
            || (!c.is_ascii() && is_dropped(c))
            || matches!(c, '\u{2028}' | '\u{2029}');
        let shown = if hidden {
            c.escape_unicode().to_string()
        } else {
            c.to_string()
        };
        count += shown.chars().count();
        if count > most.saturating_sub(1) {
            out.push('…');
            break;
        }
        out.push_str(&shown);
    }
    out
}

/// Lower-case words: runs of letters and digits. Punctuation, case and spacing say nothing, and neither do accents, the
/// width and form of a letter, its look-alikes of other scripts, and what nobody sees.
pub fn words(text: &str) -> Vec<String> {
    let seen = confusables::latin(&decomposed(text));
    seen.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// A text as it is read: as in [`words`], but with its case, punctuation and lines. Of [`MOST`] bytes what lies beyond is
/// left out.
pub fn plain(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut before = ' ';
    for c in head(text, MOST).chars() {
        spell(c, before, &mut spaced);
        if c.is_ascii() || !is_dropped(c) {
            before = c;
        }
    }
    confusables::latin(&decomposed(&spaced))
}

/// Characters whose decomposition says something else than they do: `3½` is not 31/2, `10⁵` is not 105.
fn spell(c: char, before: char, out: &mut String) {
    const FRACTIONS: &str =
        "½1/2 ⅓1/3 ⅔2/3 ¼1/4 ¾3/4 ⅕1/5 ⅖2/5 ⅗3/5 ⅘4/5 ⅙1/6 ⅚5/6 ⅛1/8 ⅜3/8 ⅝5/8 ⅞7/8 ⅒1/10";
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    if c.is_ascii() && !matches!(c, '`' | '\r' | '\u{b}' | '\u{c}') {
        return out.push(c);
    }
    if let Some(fraction) = FRACTIONS
        .split(' ')
        .find_map(|f| f.strip_prefix(c))
        .filter(|_| !c.is_ascii())
    {
        if before.is_ascii_digit() {
            out.push(' ');
        }
        out.push_str(fraction);
    } else if let Some(digit) = RAISED.chars().position(|r| r == c) {
        if !RAISED.contains(before) && before != '⁻' {
            out.push('^');
        }
        out.push_str(&digit.to_string());
    } else {
        match c {
            '⁻' => out.push_str("^-"),
            '’' | '‘' | 'ʼ' | '`' | '´' => out.push('\''),
            '−' | '‐' | '‑' => out.push('-'),
            '⁄' | '∕' => out.push('/'),
            '∙' | '⋅' => out.push('·'),
            '\r' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            _ => out.push(c),
        }
    }
}

fn decomposed(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().filter(|c| !is_dropped(*c)).collect();
    }
    DecomposingNormalizer::new_nfkd()
        .normalize_iter(text.chars())
        .filter(|c| !is_dropped(*c))
        .collect()
}

/// What the models' tokenizers leave out of a text (BERT's: accents, controls, format characters, what is private or not
/// assigned, U+FFFD), and all that shows nothing by Unicode's own word. Kept, it would part words that the models see
/// whole, and a copy would pass for a text of other words.
pub fn is_dropped(c: char) -> bool {
    const REPLACEMENT: char = '\u{fffd}';
    // A nonspacing mark in the tables that tokenizers have; Unicode changed its mind since.
    const PAMUDPOD: char = '\u{1734}';
    use GeneralCategory::{Control, EnclosingMark, Format, NonspacingMark, PrivateUse, Unassigned};
    if c.is_ascii() {
        return c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r');
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    matches!(
        category,
        NonspacingMark | EnclosingMark | Control | Format | PrivateUse | Unassigned
    ) || matches!(c, REPLACEMENT | PAMUDPOD)
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_ignore_case_and_punctuation() {
        assert_eq!(
            words("It's 5,500 °C — Über-hot!"),
            ["it", "s", "5", "500", "c", "uber", "hot"]
        );
        assert!(words(" \u{200b}…").is_empty());
    }

    #[test]
    fn one_word_may_be_written_in_many_ways() {
        for same in [
            "wa\u{200b}ter",  // zero-width space
            "wa\u{202e}ter",  // bidi override
            "wa\u{ad}ter",    // soft hyphen
            "wa\u{3164}ter",  // Hangul filler, a letter by its category
            "wa\u{e0020}ter", // a tag
            "wa\u{0}ter",
            "wátër",
            "\u{ff37}\u{ff21}ter",   // full width
            "\u{1d430}\u{1d41a}ter", // mathematical letters
            "w\u{430}ter",           // Cyrillic a
            "wat\u{435}r",
            "w\u{3b1}ter", // Greek alpha
        ] {
            assert_eq!(words(same), ["water"], "{}", same.escape_unicode());
        }
        for other in [
            "wa ter",
            "wa-ter",
            "wa\u{2009}ter",
            "wa\nter",
            "wa\u{2028}ter",
        ] {
            assert_eq!(words(other), ["wa", "ter"], "{}", other.escape_unicode());
        }
    }

    #[test]
    fn plain_text_keeps_what_numbers_say() {
        for (text, read) in [
            ("3½ km", "3 1/2 km"),
            ("10⁵", "10^5"),
            ("10⁻¹²", "10^-12"),
            ("5 m²", "5 m^2"),
            ("1\u{202f}234", "1 234"),
            ("−5 °C", "-5 °C"),
            ("don’t", "don't"),
            ("\u{ff11}\u{ff12}", "12"),
            ("a\r\nb", "a\n\nb"),
        ] {
            assert_eq!(plain(text), read);
        }
    }

    #[test]
    fn what_is_printed_is_harmless_and_short() {
        assert_eq!(
            printable("a\u{1b}[31m\nb\u{202e}", 120),
            "a\\u{1b}[31m\\u{a}b\\u{202e}"
        );
        assert!(printable(&"x".repeat(500), 120).chars().count() <= 120);
        assert_eq!(head("ää", 3), "ä");
    }
}
