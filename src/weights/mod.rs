//! Scores → a vector → what is to be done with it, and what the chain proves. Pure, all of it: values in, values out.
//!
//! | file | duty |
//! |---|---|
//! | [`schedule`] | which window is due, is it time, and do the chain's rules allow it |
//! | [`vector`] | scores → u16 weights |
//! | [`plan`] | does this block call for new weights, and for which |
//! | [`verdict`] | what the chain shows of a payload, and what that proves |
//! | [`ledger`] | what evidence does to an entry |

pub mod ledger;
pub mod plan;
pub mod schedule;
#[cfg(test)]
mod testing;
pub mod vector;
pub mod verdict;

pub use ledger::Evidence;
pub use plan::{Due, Known, Plan, due, plan};
pub use verdict::Verdict;
