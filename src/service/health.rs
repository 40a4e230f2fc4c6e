//! Is each configured subnet served? By what the service writes into the database, and nothing else.

use std::time::Duration;

use crate::config::{Config, SubnetConfig};
use crate::store::{Store, SubnetStore, Vitals};
use crate::types::Failure;
use crate::weights::Age;

/// One configured subnet.
pub struct Checkup {
    pub netuid: u16,
    pub mechanism: u8,
    pub vitals: Vitals,
    /// What is wrong; nothing: it is healthy.
    pub faults: Vec<String>,
}

/// A sign of life is given every ten seconds, and a database may be busy.
const SLACK: Duration = Duration::from_secs(30);
/// Rounds that may be missed before rounds count as old: one that nobody answers is judged late.
const ROUNDS: u32 = 5;
/// Rounds a second apart, on a busy machine.
const LEAST_JUDGED: Duration = Duration::from_secs(60);

/// Looks at every configured subnet of the chain that is named, or that was served last.
///
/// # Errors
/// The database can't be read.
pub async fn checkups(config: &Config) -> Result<Vec<Checkup>, Failure> {
    let store = Store::glance(&config.database).await?;
    let world = match config.chain.named() {
        Some(named) => Some(named),
        None => store.last_world().await?,
    };
    let scopes = store.subnets().await?;
    let mut checkups = Vec::new();
    for subnet in &config.subnets {
        let ours = |s: &&SubnetStore| {
            let scope = s.scope();
            Some(scope.genesis) == world
                && scope.netuid.0 == subnet.netuid
                && scope.mechanism.0 == subnet.mechanism
        };
        let vitals = match scopes.iter().find(ours) {
            Some(scope) => scope.health().read().await?,
            None => Vitals::default(),
        };
        checkups.push(Checkup {
            netuid: subnet.netuid,
            mechanism: subnet.mechanism,
            faults: faults(&vitals, subnet, config.chain.head_timeout_s.0),
            vitals,
        });
    }
    store.close().await;
    Ok(checkups)
}

/// All that is wrong with a subnet.
fn faults(vitals: &Vitals, config: &SubnetConfig, head_timeout: Duration) -> Vec<String> {
    let mut faults = Vec::new();
    if let Some(why) = &vitals.parked {
        faults.push(format!("parked: {why}"));
    }
    let most = 2 * head_timeout + SLACK;
    match vitals.snapshot {
        None => faults.push("no snapshot of the chain yet".into()),
        Some(snapshot) => {
            let s = snapshot.age.as_secs();
            if snapshot.age > most {
                let most = most.as_secs();
                faults.push(format!(
                    "the last snapshot of the chain is {s} s old (limit {most} s)"
                ));
            }
            let age = Age::at(snapshot.block, snapshot.last_update, snapshot.tempo);
            let limit = config.weights.alarm_epochs;
            if age.epochs > limit {
                let (set_at, epochs) = (age.set_at, age.epochs);
                faults.push(format!(
                    "our row on chain is of block #{set_at}, {epochs:.1} epochs old (limit {limit}, weights.alarm_epochs)"
                ));
            }
        }
    }
    let most = (ROUNDS * config.rounds.interval_s.0).max(LEAST_JUDGED);
    match vitals.judged {
        None => faults.push("no round was judged yet".into()),
        Some(age) if age > most => {
            let (s, most) = (age.as_secs(), most.as_secs());
            faults.push(format!(
                "the last judged round is {s} s old (limit {most} s)"
            ));
        }
        Some(_) => {}
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Snapshot;

    const HEAD: Duration = Duration::from_secs(90);

    fn well() -> Vitals {
        Vitals {
            parked: None,
            snapshot: Some(Snapshot {
                age: Duration::from_secs(12),
                block: 10_000,
                tempo: 360,
                last_update: 9_700,
            }),
            judged: Some(Duration::from_secs(70)),
        }
    }

    fn told(change: impl Fn(&mut Vitals)) -> String {
        let mut vitals = well();
        change(&mut vitals);
        let faults = faults(&vitals, &SubnetConfig::new(1), HEAD);
        assert!(faults.len() < 2, "{faults:?}");
        faults.concat()
    }

    #[test]
    fn each_sign_has_its_limit() {
        assert_eq!(told(|_| {}), "");
        let parked = told(|v| v.parked = Some("no seat".into()));
        assert_eq!(parked, "parked: no seat");
        let old = told(|v| v.snapshot.iter_mut().for_each(|s| s.age = 3 * HEAD));
        assert!(old.contains("270 s old (limit 210 s)"), "{old}");
        let row = told(|v| v.snapshot.iter_mut().for_each(|s| s.last_update = 8_900));
        assert!(
            row.contains("block #8900, 3.1 epochs old (limit 3"),
            "{row}"
        );
        let judged = told(|v| v.judged = Some(Duration::from_secs(301)));
        assert!(judged.contains("301 s old (limit 300 s)"), "{judged}");
        assert!(told(|v| v.judged = None).contains("no round"));
        assert!(told(|v| v.snapshot = None).contains("no snapshot"));
    }
}
