//! What is right: truths of tasks as typed values, how they are read out of an answer, and how much of it is right. Pure.

#![warn(missing_docs)]

mod absent;
mod credit;
pub mod facts;
pub mod forecast;
mod kinds;
pub mod labels;
mod list;
mod negation;
pub mod quote;
pub mod ranking;
pub mod read;
pub mod set;
mod settle;
pub mod text;
pub mod value;

pub use credit::Credit;
pub use kinds::{Asks, Date, Facts, Forecast, Truth};
