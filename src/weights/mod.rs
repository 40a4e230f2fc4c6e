//! Scores → a vector → what is to be done with it, and what the chain proves. Pure, all of it: values in, values out.
//!
//! | file | duty |
//! |---|---|
//! | [`schedule`] | which window is due, is it time, and do the chain's rules allow it |
//! | [`obstacle`] | what would keep the chain from taking our weights, in numbers |
//! | [`age`] | how old our row on chain is, and when that is told |
//! | [`vector`] | scores → u16 weights |
//! | [`plan`] | does this block call for new weights, and for which |
//! | [`verdict`] | what the chain shows of a payload, and what that proves |
//! | [`ledger`] | what evidence does to an entry |

pub mod age;
pub mod ledger;
pub mod obstacle;
pub mod plan;
pub mod schedule;
#[cfg(test)]
mod testing;
pub mod vector;
pub mod verdict;

pub use age::{Age, Alarm, Watchman};
pub use ledger::Evidence;
pub use obstacle::{explain, explain_refusal, obstacle};
pub use plan::{Due, Known, Plan, due, plan};
pub use verdict::Verdict;
