//! How an answer is read: its answer line, and the numbers, dates, names and choices that stand in it.

mod choice;
mod date;
mod line;
mod name;
mod numeral;
mod quantity;
mod spoken;
mod token;
mod unit;

pub(crate) use choice::Offered;
pub(crate) use date::dates;
pub use line::answer_line;
pub(crate) use name::{Names, same_word};
pub(crate) use quantity::{Quantity, quantities};
pub(crate) use spoken::small as small_number;
pub(crate) use token::{Kind, Token, tokens};
pub(crate) use unit::named;

/// What stands where in the tokens of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found<T> {
    /// What it says.
    pub what: T,
    /// The first of its tokens.
    pub start: usize,
    /// The one behind its last.
    pub end: usize,
}
