//! Everything is built here, then started, then ended in the opposite order.
//!
//! ```text
//! build ── prepare each subnet (key, models, tasks) ── database ── endpoints          nothing has signed or asked yet
//!   └► start ── one unit per subnet: wait → join → run (watch, rounds, judge, weights) → park → again
//!        └► wait ── a signal ── units, endpoints, database, private server: last in, first out
//! ```
//!
//! | file | duty |
//! |---|---|
//! | [`prepare`] | what a subnet needs that can be loaded without chain or database |
//! | [`app`] | build, start, wait |
//! | [`subnet`] | one subnet for the life of the service, whatever happens to it |
//! | [`join`] | from what is prepared to running loops: enters database and chain |
//! | [`health`] | is each subnet served, by what the database says |
//! | [`outlook`] | what would keep us from setting weights, by what the chain says |
//! | [`reader`] | what a service left, for commands that look |
//! | [`score`] | questions and answers of a file, judged without chain or database |
//! | [`supervisor`] | tasks that end together, the one restart policy |
//! | [`signals`] | which signals end everything, and which nothing |

mod app;
mod health;
mod join;
mod outlook;
mod prepare;
mod reader;
pub mod score;
mod signals;
mod subnet;
mod supervisor;

pub use crate::store::{Judged, Ranked, Skipped};
pub use app::{Service, build, endpoints};
pub use health::{Checkup, checkups};
pub use join::{Joined, Options};
pub use outlook::{Outlook, outlooks};
pub use prepare::{Loader, Prepared};
pub use reader::{Reader, check_database};
pub use signals::{cancel_on_signals, cancel_on_signals_of_service};
pub use subnet::{Status, Watched};
