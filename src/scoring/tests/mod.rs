//! The scoring as a whole, on tiny models and on the shipped ones.
#![allow(clippy::unwrap_used, clippy::panic)]

pub mod fixture;

mod loading;
mod pipeline;
mod sharing;
mod shipped;
mod written;
