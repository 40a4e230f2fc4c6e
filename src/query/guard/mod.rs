//! What a miner may do to us: where it may lead us, how many
//! connections it may have, how much it may send, how often it may fail.

pub mod address;
pub mod body;
pub mod circuit;
pub mod places;
pub mod route;
