//! On a real Postgres: a private server per test process, a fresh database per test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod away;
mod copies;
pub mod database;
mod doors;
pub mod fixtures;
mod ledger;
mod relay;
mod rounds;
mod server;
mod signs;
mod upgrade;
mod worlds;
