//! Answers → rewards → moving averages.
//!
//! ```text
//! Exchange ─► Round ─► Demand ─► Evidence ─► raw scores, marks ─► normalise, combine ─► Judgement
//!             judges and masks   engines     judges and masks                              │
//!             say what they need (threads)   say what they think                           │
//!                                                   average::advance ◄─────────────────────┘
//! ```
//!
//! `reward = C · ((1 − s) + s·S) · Π mask`: correctness multiplies, style adds within it (see `weigh`). After OpenValidators
//! (2023), with its traps closed: the statistics survive a batch of one and a restart, and a judge that breaks is left out
//! of the round instead of poisoning them.
//!
//! | file | duty |
//! |---|---|
//! | `pipeline` | one exchange, top to bottom |
//! | `round` | what judges and masks look at |
//! | `panel` | the judges and masks of one scoring file |
//! | `judges/` | raw scores: the truth read off an answer, models, style |
//! | `masks/` | factors on the total: echo, extraction, length, disguise, too short, relevance, copy |
//! | `engines/` | what is asked of models, and the models: loaded once per process, by hash |
//! | `normaliser` | raw score → [0, 1] |
//! | `combine` | scores and masks → one judgement per response |
//! | `weigh` | the scores and marks of one answer → its reward |
//! | `average` | judgements → moving averages (pure) |
//! | `hash` | what names a scoring config with its models |
//! | `words`, `similarity` | what texts, and what embeddings, are compared by |
//!
//! A new kind of judge or mask is a variant of the scoring file, a file here, and an arm in `build`, which
//! the compiler asks for.

pub mod average;
mod combine;
mod engines;
mod error;
mod hash;
mod judges;
mod masks;
mod normaliser;
mod panel;
mod pipeline;
mod round;
mod similarity;
mod weigh;
mod words;

#[cfg(test)]
mod tests;

pub use engines::{Engines, Manifest, ModelKind};
pub use error::{Fault, LoadError, Part, RoundFault, RoundFaults};
pub use hash::ScoringHash;
pub use normaliser::{BadState, Normalisers};
pub use pipeline::{Judged, Pipeline};
