//! When a subnet's epochs fire.

use crate::BlockNumber;

/// The stateful epoch schedule (spec 423 and later).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// `SubnetEpochIndex`: how many epochs have fired.
    pub epoch_index: u64,
    /// `LastEpochBlock`: the block in whose initialisation the last one ran.
    pub last_epoch_block: BlockNumber,
    /// The block in whose initialisation the next epoch runs; transactions count up to the block before.
    pub next_epoch: BlockNumber,
}
