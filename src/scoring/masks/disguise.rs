//! Words that look like what they are not: letters of other scripts among Latin ones, letters in a form that no keyboard
//! writes, and what nobody sees within a word. They are read as what they look like (see `truth::text`), so nothing is
//! gained by them with a judge; but who sends them to people or programs sends them words that can't be found.

use icu_normalizer::DecomposingNormalizer;
use icu_properties::props::{DefaultIgnorableCodePoint, Script};
use icu_properties::{CodePointMapData, CodePointSetData};

use super::{Mark, Mask};
use crate::scoring::Fault;
use crate::scoring::engines::Evidence;
use crate::scoring::round::Round;
use crate::scoring::words::fading;

/// A word here and there may be a formula or a name.
const FEW: f64 = 0.03;
/// From this share on an answer counts as disguised throughout.
const MANY: f64 = 0.25;

pub(super) struct Disguise {
    /// What an answer of disguised words keeps.
    pub factor: f64,
}

impl Mask for Disguise {
    fn apply(&self, round: &Round, _: &Evidence) -> Result<Vec<Mark>, Fault> {
        let answers = round.answers().iter();
        Ok(answers.map(|answer| self.mark(&answer.raw)).collect())
    }
}

impl Disguise {
    fn mark(&self, text: &str) -> Mark {
        if text.is_ascii() {
            return Mark::pass();
        }
        let ends = |c: char| !c.is_alphanumeric() && !is_hidden(c);
        let words = text.split(ends).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        let disguised = words.iter().filter(|word| is_disguised(word)).count();
        let share = disguised as f64 / words.len().max(1) as f64;
        let kept = self.factor + (1.0 - self.factor) * fading(share, FEW, MANY);
        if kept >= 1.0 {
            return Mark::pass();
        }
        Mark::cut(
            kept,
            format!(
                "{disguised} of {} words hold look-alike or invisible characters",
                words.len()
            ),
        )
    }
}

/// A word of Latin letters, or of letters made to look so, that isn't written with them alone.
fn is_disguised(word: &str) -> bool {
    let scripts = CodePointMapData::<Script>::new();
    let has = |script: Script| word.chars().any(|c| scripts.get(c) == script);
    // `μm` and `Ωm` are units.
    let mixed = word.chars().filter(|c| c.is_alphabetic()).count() > 2
        && has(Script::Latin)
        && [Script::Cyrillic, Script::Greek, Script::Armenian]
            .into_iter()
            .any(has);
    let hidden = has(Script::Latin) && word.trim_matches(is_hidden).contains(is_hidden);
    mixed || hidden || word.chars().any(is_dressed)
}

/// Soft hyphens are typesetting, and joiners make emoji.
fn is_hidden(c: char) -> bool {
    c != '\u{ad}'
        && c != '\u{fe0f}'
        && (CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{0}'..='\u{8}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}'))
}

/// A plain letter in mathematical, circled or full-width form.
fn is_dressed(c: char) -> bool {
    matches!(c, '\u{1d400}'..='\u{1d7ff}' | '\u{24b6}'..='\u{24e9}' | '\u{ff21}'..='\u{ff5a}')
        && DecomposingNormalizer::new_nfkd()
            .normalize_iter([c].into_iter())
            .all(|plain| plain.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> f64 {
        Disguise { factor: 0.4 }.mark(text).value
    }

    #[test]
    fn words_that_are_not_what_they_look_like_cost() {
        for text in [
            "Тhе bаsе оf thаt соmmunіtу іs bасtеrіа whісh fееd оn а sulрhur gаs",
            "wa\u{200b}ter bo\u{200b}ils at a hun\u{200b}dred de\u{200b}grees",
            "wa\u{202e}ter bo\u{2066}ils",
            "\u{1d430}\u{1d41a}ter \u{1d41b}oils",
            "\u{ff37}\u{ff21}\u{ff34}\u{ff25}\u{ff32} boils",
        ] {
            assert!(kept(text) < 0.45, "{text}: {}", kept(text));
        }
    }

    #[test]
    fn honest_writing_does_not() {
        for text in [
            "Wasser kocht bei hundert Grad, und Äpfel fallen. Œuvre, façade, naïve, Łódź, Ørsted.",
            "A\u{301} decomposed cafe\u{301} is a cafe\u{301}",
            "It is 5 μm wide, 3 kΩ, and emits α-particles, as ever since the old days of the Greeks who wrote λόγος so",
            "Вода кипит при ста градусах.",
            "\u{feff}Water boils — “so” they say… 👩‍👩‍👧 ❤\u{fe0f}",
            "水は百度で沸騰する。",
            "a hy\u{ad}phen\u{ad}ated word",
            "",
        ] {
            assert!(kept(text) == 1.0, "{text}: {}", kept(text));
        }
    }
}
