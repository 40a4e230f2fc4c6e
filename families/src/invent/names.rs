//! Names built from syllables: they can be spoken, and no book knows them.

use std::collections::BTreeSet;

use super::{Chance, capital};

/// What bears the name: it decides how the name is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A given name and a surname.
    Person,
    /// A town, a port.
    Place,
    /// One word, or two.
    Ship,
    /// Ends in what the firm does.
    Firm,
    /// A trial or a study.
    Experiment,
    /// Ends in Expedition, Survey, Traverse.
    Expedition,
    /// Ends in Festival, Fair, Games.
    Festival,
    /// Ends in Hall, Tower, Library.
    Building,
    /// A shipyard.
    Yard,
    /// One word.
    River,
    /// Mount and a word, or a word and Peak.
    Mountain,
}

/// The sounds of an invented tongue.
struct Tongue {
    onsets: &'static [&'static str],
    vowels: &'static [&'static str],
    codas: &'static [&'static str],
    /// What the names of its places end in.
    places: &'static [&'static str],
}

#[rustfmt::skip]
const TONGUES: &[Tongue] = &[
    Tongue {
        onsets: &["b", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kv", "l", "m", "n", "r", "sk", "st", "t", "tr", "v", "sv", "th"],
        vowels: &["a", "e", "i", "o", "u", "ei", "au", "y"],
        codas: &["n", "r", "l", "ld", "rn", "rk", "lm", "nd", "k", "lv", "rd", "m"],
        places: &["holm", "vik", "stad", "gard", "mark", "nor"],
    },
    Tongue {
        onsets: &["b", "c", "d", "f", "l", "m", "n", "p", "r", "t", "v", "z", "pr", "tr", "cl", "gl", "qu", "fl", "ch"],
        vowels: &["a", "e", "i", "o", "u", "ia", "ea", "io"],
        codas: &["l", "n", "r", "", "nt", "rt", "lt", "nd", "rc"],
        places: &["ona", "ello", "ura", "anza", "evo", "erra"],
    },
    Tongue {
        onsets: &["w", "wh", "b", "d", "h", "l", "m", "n", "p", "r", "t", "th", "gw", "pen", "tre", "cr", "bl", "br", "k"],
        vowels: &["a", "e", "i", "o", "u", "ae", "y", "ow"],
        codas: &["n", "ll", "th", "r", "dd", "rth", "m", "ck", "nn", "lt"],
        places: &["mere", "wick", "combe", "ford", "ley", "march"],
    },
    Tongue {
        onsets: &["z", "sh", "k", "kh", "t", "d", "y", "m", "n", "j", "r", "b", "h", "s", "al", "q", "ch", "dzh"],
        vowels: &["a", "i", "u", "o", "ee", "aa", "ai", "e"],
        codas: &["n", "r", "m", "sh", "k", "d", "l", "zh", "b", "kt", "rd"],
        places: &["abad", "kent", "ur", "gorod", "dar", "ish"],
    },
];

const FIRMS: &[&str] = &[
    "Foundry",
    "Mills",
    "Glassworks",
    "Trading",
    "Instruments",
    "Brewery",
    "Carriage",
    "Shipping",
    "Paper",
    "Optics",
];
const TRIALS: &[&str] = &["Trial", "Study", "Experiment", "Test"];
const JOURNEYS: &[&str] = &["Expedition", "Survey", "Traverse", "Ascent"];
const FEASTS: &[&str] = &["Festival", "Fair", "Games", "Carnival"];
const FEASTED: &[&str] = &[
    "Lantern", "Harvest", "Kite", "Choir", "Salt", "River", "Bell", "Puppet", "Winter",
];
const BUILDINGS: &[&str] = &[
    "Hall", "Tower", "Library", "Theatre", "Exchange", "House", "Chapel", "Station",
];
const YARDS: &[&str] = &["Yard", "Slipway", "Dockyard"];

/// Gives names of one tongue, none twice and none that holds another.
#[derive(Debug)]
pub struct Namer {
    tongue: usize,
    given: BTreeSet<String>,
}

impl Namer {
    /// Of a tongue that chance decides.
    pub fn new(chance: &mut Chance) -> Self {
        Self {
            tongue: chance.below(TONGUES.len()),
            given: BTreeSet::new(),
        }
    }

    /// A name for something of this style.
    pub fn name(&mut self, style: Style, chance: &mut Chance) -> String {
        let word = self.word(chance);
        match style {
            Style::Person => format!("{word} {}", self.word(chance)),
            Style::Place => self.place(chance),
            Style::Ship if chance.percent(25) => format!("{word} {}", self.word(chance)),
            Style::Ship | Style::River => word,
            Style::Firm => format!("{word} {}", chance.pick(FIRMS)),
            Style::Experiment => format!("{word} {}", chance.pick(TRIALS)),
            Style::Expedition => format!("{word} {}", chance.pick(JOURNEYS)),
            Style::Festival => format!("{word} {} {}", chance.pick(FEASTED), chance.pick(FEASTS)),
            Style::Building => format!("{word} {}", chance.pick(BUILDINGS)),
            Style::Yard => format!("{word} {}", chance.pick(YARDS)),
            Style::Mountain if chance.percent(50) => format!("Mount {word}"),
            Style::Mountain => format!("{word} Peak"),
        }
    }

    fn place(&mut self, chance: &mut Chance) -> String {
        let tongue = &TONGUES[self.tongue];
        loop {
            let word = format!(
                "{}{}{}",
                syllable(tongue, chance),
                syllable(tongue, chance),
                chance.pick(tongue.places)
            );
            if let Some(word) = self.keep(capital(&word)) {
                return word;
            }
        }
    }

    /// A capitalised word of two or three syllables.
    fn word(&mut self, chance: &mut Chance) -> String {
        loop {
            let syllables = 2 + chance.below(2);
            let word: String = (0..syllables)
                .map(|_| syllable(&TONGUES[self.tongue], chance))
                .collect();
            if let Some(word) = self.keep(capital(&word)) {
                return word;
            }
        }
    }

    /// None where it is too short or too long, or could be taken for one that was given.
    fn keep(&mut self, word: String) -> Option<String> {
        let lower = word.to_lowercase();
        let taken = |other: &String| other.contains(&lower) || lower.contains(other.as_str());
        if !(5..=12).contains(&word.len()) || self.given.iter().any(taken) {
            return None;
        }
        self.given.insert(lower);
        Some(word)
    }
}

fn syllable(tongue: &Tongue, chance: &mut Chance) -> String {
    let onset = chance.pick(tongue.onsets);
    let vowel = chance.pick(tongue.vowels);
    let coda = match chance.percent(55) {
        true => chance.pick(tongue.codas),
        false => "",
    };
    format!("{onset}{vowel}{coda}")
}

/// Whether a text is shaped like a name: up to four words, each with a capital, and nothing else.
pub fn is_name(text: &str) -> bool {
    let words = text.split(' ');
    let capitalised = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.chars().all(|c| c.is_ascii_alphabetic())
    };
    text.len() <= 52 && words.clone().count() <= 4 && words.clone().all(|word| capitalised(&word))
}

/// Whether many names end in this word.
pub fn is_common(word: &str) -> bool {
    [FIRMS, TRIALS, JOURNEYS, FEASTS, BUILDINGS, YARDS, &["Peak"]]
        .concat()
        .contains(&word)
}
