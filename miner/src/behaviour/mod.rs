//! What miners do with a question that they understand: each behaviour is a small function of what was asked.
//!
//! | file | who |
//! |---|---|
//! | [`manner`] | right, each in a manner of its own |
//! | [`wrong`] | wrong in what it says |
//! | [`lazy`] | answers without a thought: extracts, filler, a look into the shipped passages |
//! | [`trick`] | speaks to the judge, not to the question |
//! | [`copying`] | what another said, made to look like one's own |
//!
//! What each is worth is not said here: worlds say it (`config/worlds`).

pub mod copying;
pub mod lazy;
pub mod manner;
pub mod trick;
pub mod wrong;

/// Behaviours that a person can tell apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Behaviour {
    /// A full answer of its own.
    #[default]
    Honest,
    /// A right answer with few of the text's words.
    OwnWords,
    /// A right answer among courtesies.
    Polite,
    /// A right answer as a list.
    Bulleted,
    /// A right answer in capitals.
    Capitals,
    /// A right answer with misspelt words.
    Typos,
    /// The right value alone.
    Shortest,
    /// A short, clipped fragment.
    Terse,
    /// A right answer that breaks off in the middle.
    Half,
    /// A full answer with facts dropped or changed.
    Sloppy,
    /// A wrong value in a good sentence.
    FluentWrong,
    /// The right answer, denied.
    Negated,
    /// The sentence of the text that holds the answer, as it stands.
    Extract,
    /// Most of the text, as it stands.
    MostOfPassage,
    /// Two sentences of the text that have nothing to do with the question.
    OffQuestion,
    /// Many words that say nothing.
    Padding,
    /// 60 KB of the text, again and again.
    Huge,
    /// The answer that comes with the program's passages, if the question is one of theirs.
    Lookup,
    /// Instructions to the judge.
    Injection,
    /// A right answer, and instructions to the judge.
    RightWithInjection,
    /// Honest, 1.5 s later.
    Slow,
    /// The answer of `--of`, lightly edited, a little later.
    Copycat,
    /// The answer of `--of` word for word, faster than it.
    Thief,
    /// The answer of `--of` word for word, much later.
    LateCopy,
    /// The first half of the answer of `--of`.
    HalfCopy,
    /// The answer of `--of` with other words for its own wherever there are some.
    SynonymsCopy,
    /// The answer of `--of` in letters that look alike.
    Confusables,
    /// The answer of `--of` with characters between its letters that nobody sees.
    ZeroWidth,
    /// Thinks with the brain of `--of`: the same words to the same question.
    Colluder,
    /// A full answer about another passage.
    Offtopic,
    /// Random characters.
    Garbage,
    /// Takes the request and never answers.
    Silent,
    /// By chance honest, late, an error, broken JSON, or a dropped connection.
    Flaky,
}

impl Behaviour {
    /// Whether it needs what another says.
    pub fn copies(self) -> bool {
        use Behaviour::{Confusables, Copycat, HalfCopy, LateCopy, SynonymsCopy, Thief, ZeroWidth};
        matches!(
            self,
            Copycat | Thief | LateCopy | HalfCopy | SynonymsCopy | Confusables | ZeroWidth
        )
    }
}

#[cfg(test)]
mod tests;
