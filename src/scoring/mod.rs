//! Answers → rewards → moving averages.
//!
//! ```text
//! Exchange ─► tokenise once ─► embeddings, logits (OS threads) ─► raw scores, masks ─► normalise ─► Judgement
//!                                                                                                  │
//!                                                              average::advance ◄──────────────────┘
//! ```
//!
//! `reward = (Σ weight·normalised) · Π mask`, after OpenValidators (2023), with its traps closed:
//! the statistics survive a batch of one and a restart, and a model that breaks is left out of the
//! round instead of poisoning them.
//!
//! | file | duty |
//! |---|---|
//! | `pipeline` | one exchange, top to bottom |
//! | `round` | what models and masks look at |
//! | `inference` | which texts go through which ONNX model, each once |
//! | `models/` | raw scores: cosine to the reference, reward logit, ROUGE-L |
//! | `normaliser` | raw score → [0, 1] |
//! | `masks/` | factors on the total |
//! | `combine` | scores and masks → one judgement per response |
//! | `average` | judgements → moving averages (pure) |
//! | `hash` | what names a scoring config with its models |
//! | `onnx/` | ONNX Runtime: library, manifests, tokenizers, batches, sessions on threads |

pub mod average;
mod combine;
mod error;
mod hash;
mod inference;
mod masks;
mod models;
mod normaliser;
mod onnx;
mod pipeline;
mod round;
mod words;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod shipped;
#[cfg(test)]
mod tests;

pub use error::{Fault, LoadError, Part, RoundFault, RoundFaults};
pub use hash::ScoringHash;
pub use normaliser::{BadState, Normalisers};
pub use onnx::{Manifest, ModelKind};
pub use pipeline::{Judged, Pipeline};
