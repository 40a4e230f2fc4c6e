//! `weighmaster health`.

use std::time::Duration;

use serde::Serialize;

use super::output::{Column, Format, Row, Section};
use crate::config::Config;
use crate::service::{Checkup, checkups};
use crate::types::{BlockNumber, Cause, Failure};

/// What a container's health check waits for at least.
const DEADLINE: Duration = Duration::from_secs(5);

#[derive(Serialize)]
struct Health {
    netuid: u16,
    mechanism: u8,
    healthy: bool,
    snapshot_age_s: Option<u64>,
    judged_age_s: Option<u64>,
    block: Option<BlockNumber>,
    weights_set_at: Option<BlockNumber>,
    faults: Vec<String>,
}

impl Row for Health {
    const COLUMNS: &[Column<Self>] = &[
        ("subnet", |r| r.netuid.to_string()),
        ("mechanism", |r| r.mechanism.to_string()),
        ("health", |r| if r.healthy { "ok" } else { "ill" }.into()),
        ("snapshot s", |r| shown(r.snapshot_age_s)),
        ("judged s", |r| shown(r.judged_age_s)),
        ("block", |r| shown(r.block)),
        ("weights of", |r| shown(r.weights_set_at)),
        ("why", |r| r.faults.join("; ")),
    ];
}

fn shown(number: Option<u64>) -> String {
    number.map_or("–".into(), |n| n.to_string())
}

pub async fn run(config: Config, format: Format) -> Result<(), Failure> {
    let looked = tokio::time::timeout(DEADLINE, checkups(&config)).await;
    let checkups =
        looked.map_err(|_| ill(format!("no answer from the database within {DEADLINE:?}")))??;
    let rows: Vec<Health> = checkups.into_iter().map(row).collect();
    let ill_ones = rows.iter().filter(|row| !row.healthy).count();
    let all = rows.len();
    let title = String::new();
    format.print(&[Section { title, rows }])?;
    match ill_ones {
        0 => Ok(()),
        n => Err(ill(format!("{n} of {all} subnets not healthy"))),
    }
}

fn row(checkup: Checkup) -> Health {
    let snapshot = checkup.vitals.snapshot;
    Health {
        netuid: checkup.netuid,
        mechanism: checkup.mechanism,
        healthy: checkup.faults.is_empty(),
        snapshot_age_s: snapshot.map(|s| s.age.as_secs()),
        judged_age_s: checkup.vitals.judged.map(|age| age.as_secs()),
        block: snapshot.map(|s| s.block),
        weights_set_at: snapshot.map(|s| s.last_update),
        faults: checkup.faults,
    }
}

fn ill(message: String) -> Failure {
    Failure::new(Cause::Transient, message)
}
