//! Who plays what in the demo, and what each is worth.

use std::collections::BTreeMap;

/// The account of the validator under test.
pub const VALIDATOR: &str = "weighmaster";
/// The two others on the subnet, which weigh by true quality plus noise.
pub const OTHERS: [&str; 2] = ["validator-a", "validator-b"];

/// Account name, behaviour, true quality (what the other validators weigh by).
pub const MINERS: [(&str, &str, f64); 12] = [
    ("miner-01", "honest", 1.0),
    ("miner-02", "honest", 1.0),
    ("miner-03", "honest", 1.0),
    ("miner-04", "terse", 0.5),
    ("miner-05", "terse", 0.5),
    ("miner-06", "sloppy", 0.4),
    ("miner-07", "slow", 0.9),
    ("miner-08", "copycat", 0.1),
    ("miner-09", "offtopic", 0.05),
    ("miner-10", "garbage", 0.0),
    ("miner-11", "silent", 0.0),
    ("miner-12", "flaky", 0.3),
];

/// Whom the copycat copies.
pub const COPIED: &str = "miner-01";

/// Behaviour by hotkey (ss58), for the tables.
#[derive(Clone, Debug, Default)]
pub struct Cast(pub BTreeMap<String, &'static str>);

impl Cast {
    pub fn behaviour(&self, hotkey: &str) -> &'static str {
        self.0.get(hotkey).copied().unwrap_or("")
    }
}
