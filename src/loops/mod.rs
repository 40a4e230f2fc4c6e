//! What runs for ever, for each subnet. Each loop reads the newest snapshot or Postgres, and writes to Postgres.
//!
//! | loop | duty |
//! |---|---|
//! | [`watch`] | every finalized head becomes one snapshot in the watch channel |
//! | [`rounds`] | sample → task → query → record |
//! | [`judge`] | what is due → scores → averages → record |
//! | [`weights`] | plan → sign → broadcast → prove |
//!
//! [`reminder`] says what lasts ever more seldom.
//!
//! A loop returns `Ok` only once it was cancelled; a [`Failure`](crate::types::Failure) says by its cause what is to be
//! done. What is transient a loop mends by itself.

pub mod judge;
pub mod reminder;
pub mod rounds;
pub mod watch;
pub mod weights;

use std::sync::Arc;

use crate::types::Subnet;

/// The newest snapshot of a subnet. There is always one: a subnet is joined by reading the first.
pub type Latest = tokio::sync::watch::Receiver<Arc<Subnet>>;
