//! Words that may stand for one another in plain expository English, without a look at the grammar around.

use super::sentence::{Token, capitalised, tokens};
use rand::Rng;
use rand::seq::IndexedRandom;

const SWAPS: &[(&str, &[&str])] = &[
    ("about", &["around", "roughly", "approximately"]),
    ("almost", &["nearly", "practically", "close to"]),
    ("also", &["likewise", "in addition"]),
    ("although", &["though", "even though"]),
    ("and", &["and also", "and likewise"]),
    ("announced", &["made public", "declared"]),
    ("another", &["a further", "one more"]),
    ("are", &["are indeed", "are in fact"]),
    ("around", &["about", "roughly", "approximately"]),
    ("became", &["turned into", "came to be"]),
    ("because", &["since", "as", "seeing that", "given that"]),
    ("began", &["started", "set out"]),
    ("big", &["large", "sizeable"]),
    ("built", &["constructed", "erected"]),
    ("but", &["yet"]),
    ("called", &["named", "termed"]),
    ("can", &["can indeed", "can well"]),
    ("cannot", &["can not", "is unable to"]),
    ("carries", &["transports", "bears"]),
    ("could", &["could indeed", "could well"]),
    ("did", &["really did"]),
    ("died", &["passed away"]),
    ("discovered", &["found", "detected"]),
    ("does", &["really does"]),
    ("every", &["each", "every single"]),
    ("first", &["very first"]),
    ("found", &["discovered", "detected"]),
    ("gave", &["provided", "supplied"]),
    ("gives", &["provides", "supplies"]),
    ("grams", &["g"]),
    ("had", &["indeed had", "by then had"]),
    ("hardly", &["scarcely", "barely"]),
    ("has", &["indeed has", "in fact has"]),
    ("his", &["his own"]),
    ("into", &["right into", "straight into"]),
    ("is", &["is indeed", "is in fact"]),
    ("its", &["its own"]),
    ("keep", &["maintain", "retain"]),
    ("keeps", &["maintains", "retains"]),
    ("killed", &["took the lives of"]),
    ("kilometres", &["km"]),
    ("large", &["big", "sizeable", "considerable"]),
    ("later", &["afterwards", "subsequently"]),
    ("makes", &["so makes"]),
    ("many", &["a good many", "quite many"]),
    ("may", &["might", "may well"]),
    ("metres", &["m"]),
    ("named", &["called", "termed"]),
    ("nearly", &["almost", "close to", "practically"]),
    ("needed", &["required"]),
    ("needs", &["requires", "calls for"]),
    ("new", &["novel", "fresh"]),
    ("not", &["in no way"]),
    ("often", &["frequently", "commonly", "regularly"]),
    ("only", &["just", "merely", "no more than"]),
    ("people", &["persons", "men and women"]),
    ("percent", &["per cent", "parts in a hundred"]),
    ("published", &["brought out", "made public"]),
    ("quickly", &["rapidly", "swiftly"]),
    ("reached", &["arrived at", "got to"]),
    ("roughly", &["about", "around", "approximately"]),
    ("same", &["very same", "selfsame"]),
    ("sent", &["dispatched", "forwarded"]),
    ("several", &["a number of", "various"]),
    ("showed", &["demonstrated", "made clear"]),
    ("shows", &["demonstrates", "makes clear"]),
    ("slightly", &["a little", "somewhat"]),
    ("small", &["little", "tiny"]),
    ("still", &["even now", "to this day"]),
    ("that", &["that indeed"]),
    ("their", &["their own"]),
    ("then", &["after that", "thereupon"]),
    ("thought", &["believed"]),
    ("through", &["right through"]),
    ("today", &["nowadays", "at present", "in our day"]),
    ("together", &["jointly"]),
    ("until", &["till"]),
    ("used", &["employed", "made use of", "put to use"]),
    ("very", &["extremely", "highly", "exceedingly"]),
    ("was", &["was indeed", "was in fact"]),
    ("were", &["were indeed", "were in fact"]),
    ("when", &["at the time when", "once"]),
    ("whereas", &["while"]),
    ("which", &["which indeed", "which in fact"]),
    ("while", &["whereas"]),
    ("who", &["who indeed", "who in fact"]),
    ("whole", &["entire", "complete"]),
    ("within", &["inside"]),
    ("won", &["gained", "secured"]),
    ("would", &["would indeed", "would in fact"]),
    ("years", &["full years"]),
];

/// Words that only mean `approximately` in front of a number.
const APPROXIMATELY: [&str; 3] = ["about", "around", "roughly"];
const NUMBERS: &[&str] = &[
    "a",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twelve",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "half",
    "hundreds",
    "thousands",
];
/// After these a verb means something else.
const PARTICLES: &[&str] = &["of", "up", "out", "off", "away", "back", "down", "over"];

/// Swaps words with probability `chance` each, up to `at_most`. Keeps capitals and punctuation.
pub fn reworded(text: &str, chance: f64, at_most: usize, rng: &mut impl Rng) -> String {
    let tokens = tokens(text);
    let neighbour = |i: Option<usize>| {
        i.and_then(|i| tokens.get(i))
            .map_or(String::new(), |t| t.word.to_lowercase())
    };
    let mut left = at_most;
    let words = tokens.iter().enumerate().map(
        |(
            i,
            Token {
                before,
                word,
                after,
            },
        )| {
            let (previous, next) = (neighbour(i.checked_sub(1)), neighbour(Some(i + 1)));
            match swap(&previous, word, &next, rng) {
                Some(other) if left > 0 && rng.random_bool(chance) => {
                    left -= 1;
                    let other = if word.starts_with(char::is_uppercase) {
                        capitalised(&other)
                    } else {
                        other
                    };
                    format!("{before}{other}{after}")
                }
                _ => format!("{before}{word}{after}"),
            }
        },
    );
    words.collect::<Vec<_>>().join(" ")
}

fn swap(previous: &str, word: &str, next: &str, rng: &mut impl Rng) -> Option<String> {
    // A capital inside a sentence is a name's.
    if word.starts_with(char::is_uppercase) && !previous.is_empty() {
        return None;
    }
    let word = word.to_lowercase();
    if let Some(other) = by_context(previous, &word, next, rng) {
        return Some(other);
    }
    let place = SWAPS.binary_search_by(|(key, _)| (*key).cmp(&word)).ok()?;
    let other = *SWAPS[place].1.choose(rng)?;
    let number = next.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(&next);
    if APPROXIMATELY.contains(&word.as_str()) && !number {
        return None;
    }
    if PARTICLES.contains(&next) {
        return None;
    }
    if word == "that" && !matches!(next, "the" | "it" | "they" | "he" | "she" | "a" | "in") {
        return None;
    }
    let vowel = |text: &str| text.starts_with(['a', 'e', 'i', 'o', 'u']);
    let fits = match previous {
        "a" | "an" => vowel(other) == vowel(&word) && !other.contains(' '),
        _ if word == "first" => previous == "the",
        "the" => !other.contains(' ') || word == "same",
        _ => true,
    };
    fits.then(|| other.to_string())
}

/// Articles, years and small numbers, whose exchange depends on what stands beside them.
fn by_context(previous: &str, word: &str, next: &str, rng: &mut impl Rng) -> Option<String> {
    let year = next.len() == 4 && next.bytes().all(|b| b.is_ascii_digit());
    let choose = |options: &[&str], rng: &mut _| options.choose(rng).map(|s| s.to_string());
    match word {
        "the" if previous == "that" => None,
        "the" if UNIQUE.contains(&next) || next.ends_with("est") => None,
        "the" if next.ends_with('s') && !next.ends_with("ss") && !next.ends_with("us") => {
            choose(&["these", "those"], rng)
        }
        "the" => choose(&["this", "that"], rng),
        "a" | "an"
            if COUNTED.contains(&next)
                || matches!(previous, "half" | "such" | "what" | "than" | "as") =>
        {
            None
        }
        "a" | "an" => choose(&["one", "a certain", "some"], rng),
        "in" if year => choose(&["in the year", "during", "back in"], rng),
        "of" if year => choose(&["of the year", "from"], rng),
        _ if word.len() == 5 && word.as_bytes()[1] == b',' => Some(word.replace(',', "")),
        _ => {
            let digit = SMALL.iter().position(|name| *name == word)?;
            (next != "of" && !next.is_empty()).then(|| (digit + 2).to_string())
        }
    }
}

/// Of these there is one, or they are no noun.
const UNIQUE: &[&str] = &[
    "first", "last", "least", "more", "most", "next", "only", "other", "others", "rest", "same",
    "second", "third", "two", "three", "four", "whole", "way", "sun", "moon", "earth", "world",
    "united", "nobel",
];
const COUNTED: &[&str] = &[
    "few",
    "little",
    "lot",
    "number",
    "hundred",
    "thousand",
    "million",
    "third",
    "half",
    "quarter",
    "tenth",
    "good",
    "further",
    "time",
    "year",
    "day",
    "week",
    "month",
    "second",
    "minute",
    "kilometre",
    "metre",
];
const SMALL: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn the_table_is_sorted_for_its_search() {
        let sorted = SWAPS.is_sorted_by(|a, b| a.0 < b.0);
        let out = SWAPS.windows(2).find(|w| w[0].0 >= w[1].0).map(|w| w[1].0);
        assert!(sorted, "{out:?}");
    }

    #[test]
    fn capitals_and_punctuation_stay() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let text = reworded("Today, a big ship sank.", 1.0, 1, &mut rng);
        assert!(
            text.starts_with(|c: char| c.is_uppercase()) && text.ends_with(", a big ship sank."),
            "{text}"
        );
        assert_eq!(
            reworded("Today it sank.", 0.0, 9, &mut rng),
            "Today it sank."
        );
    }
}
