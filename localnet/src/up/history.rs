//! What the plot needs of each epoch, and no more: a run may have a million of them.

use super::record::{Record, share};
use super::world::{Cast, Role};

/// A line of the plot: its name and a share for each epoch.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub name: String,
    pub shares: Vec<f64>,
}

/// Shares over the epochs of a subnet.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    pub netuid: u16,
    pub epochs: Vec<u64>,
    /// Incentive of all miners of a group together.
    pub groups: Vec<Line>,
    /// Dividends of a validator.
    pub validators: Vec<Line>,
}

impl History {
    pub fn new(cast: &Cast) -> Self {
        let line = |name: String| Line {
            name,
            shares: Vec::new(),
        };
        let groups = cast.groups.iter().map(|group| match group.count {
            1 => line(group.name.clone()),
            count => line(format!("{} ×{count}", group.name)),
        });
        let validators = cast.validators.iter().map(|validator| {
            let policy = validator.policy.name();
            line(if validator.name == policy {
                policy.to_owned()
            } else {
                format!("{} ({policy})", validator.name)
            })
        });
        Self {
            netuid: cast.netuid,
            epochs: Vec::new(),
            groups: groups.collect(),
            validators: validators.collect(),
        }
    }

    pub fn add(&mut self, record: &Record) {
        self.epochs.push(record.epoch);
        for line in self.groups.iter_mut().chain(&mut self.validators) {
            line.shares.push(0.0);
        }
        for row in &record.rows {
            let (line, value) = match row.role {
                Role::Other => continue,
                Role::Miner(group, _) => (self.groups.get_mut(group), row.incentive),
                Role::Validator(index) => (self.validators.get_mut(index), row.dividends),
            };
            if let Some(last) = line.and_then(|line| line.shares.last_mut()) {
                *last += share(value);
            }
        }
    }
}
