//! Weights of calls that carry others, without theirs: the real chain's measurements.

use frame_support::weights::{Weight, constants::RocksDbWeight};

/// Time in picoseconds, proof in bytes, database reads and writes.
pub(super) fn measured(time: u64, proof: u64, reads: u64, writes: u64) -> Weight {
    let database = RocksDbWeight::get().reads_writes(reads, writes);
    Weight::from_parts(time, proof).saturating_add(database)
}

/// One of the reads and the write are for the derived account.
pub(super) fn as_derivative() -> Weight {
    measured(15_378_000, 3983, 3, 1)
}

pub(super) fn dispatch_as() -> Weight {
    measured(6_893_000, 0, 0, 0)
}

pub(super) fn if_else() -> Weight {
    measured(21_831_000, 3983, 2, 0)
}

pub(super) fn dispatch_as_fallible() -> Weight {
    measured(7_113_000, 0, 0, 0)
}
