//! Who plays what in the demo, and what each is worth.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use testbed::{Chain, Error, Miner, Validator};
use tokio::process::Command;

use crate::cli::local::VALIDATOR;

/// The two others on the subnet, which weigh by true quality plus noise.
const OTHERS: [&str; 2] = ["validator-a", "validator-b"];
/// The only subnet.
const NETUID: u16 = 1;

/// Account name, behaviour, true quality (what the other validators weigh by).
const MINERS: [(&str, &str, f64); 12] = [
    ("miner-01", "honest", 1.0),
    ("miner-02", "honest", 1.0),
    ("miner-03", "honest", 1.0),
    ("miner-04", "terse", 0.5),
    ("miner-05", "terse", 0.5),
    ("miner-06", "sloppy", 0.2),
    ("miner-07", "slow", 0.9),
    ("miner-08", "copycat", 0.1),
    ("miner-09", "offtopic", 0.05),
    ("miner-10", "garbage", 0.0),
    ("miner-11", "silent", 0.0),
    ("miner-12", "flaky", 0.3),
];

/// Whom the copycat copies.
const COPIED: &str = "miner-01";

type Players = Vec<(&'static str, Command)>;

/// `answers`: the folder through which the copycat gets what it copies.
pub fn miners(chain: &Chain, answers: &Path) -> Result<Players, Error> {
    let flags = ["--cache".to_owned(), answers.display().to_string()];
    let hosts = 2..;
    let miners = hosts.zip(MINERS).map(|(host, (name, behaviour, _))| {
        let miner = Miner {
            name,
            behaviour,
            netuid: NETUID,
            host,
            seed: u64::from(host) - 2,
            copied: (behaviour == "copycat").then_some(COPIED),
            flags: &flags,
        };
        Ok((name, miner.command(chain)?))
    });
    miners.collect()
}

/// They read [`truth`] from a file.
pub fn validators(chain: &Chain, truth: &Path) -> Result<Players, Error> {
    let others = (0..).zip(OTHERS).map(|(seed, name)| {
        let validator = Validator {
            name,
            netuid: NETUID,
            truth,
            seed,
        };
        Ok((name, validator.command(chain)?))
    });
    others.collect()
}

/// What each miner is worth, by hotkey.
pub fn truth(chain: &Chain) -> Result<Value, Error> {
    let worth = MINERS.map(|(name, _, quality)| {
        let account = chain.account(name)?;
        Ok((account.ss58.clone(), Value::from(quality)))
    });
    worth.into_iter().collect()
}

/// Behaviour by hotkey (ss58), for the tables.
#[derive(Clone, Debug, Default)]
pub struct Cast(BTreeMap<String, &'static str>);

impl Cast {
    pub fn on(chain: &Chain) -> Result<Self, Error> {
        let miners = MINERS.map(|(name, behaviour, _)| (name, behaviour));
        let others = OTHERS.map(|name| (name, "(validator)"));
        let all = miners.into_iter().chain(others);
        let all = all.chain([(VALIDATOR, "(weighmaster)")]);
        let cast = all.map(|(name, plays)| Ok((chain.account(name)?.ss58.clone(), plays)));
        Ok(Self(cast.collect::<Result<_, Error>>()?))
    }

    pub fn behaviour(&self, hotkey: &str) -> &'static str {
        self.0.get(hotkey).copied().unwrap_or("")
    }
}
