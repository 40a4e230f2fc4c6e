//! `weighmaster metagraph`.

use serde::Serialize;

use super::output::{Column, Format, Row, Section};
use crate::config::Config;
use crate::service::{Outlook, outlooks};
use crate::types::{BlockNumber, Coldkey, Failure, Hotkey, Netuid, Neuron, RAO_PER_TAO, Rao, Uid};

#[derive(Serialize)]
struct Seated {
    netuid: Netuid,
    block: BlockNumber,
    uid: Uid,
    hotkey: Hotkey,
    registered_at: BlockNumber,
    coldkey: Coldkey,
    axon: Option<String>,
    stake_rao: Rao,
    validator_permit: bool,
    last_update: BlockNumber,
    incentive: u16,
    dividends: u16,
    consensus: u16,
    validator_trust: u16,
    emission_rao: Rao,
}

impl Row for Seated {
    const COLUMNS: &[Column<Self>] = &[
        ("uid", |r| r.uid.to_string()),
        ("hotkey", |r| r.hotkey.to_string()),
        ("axon", |r| r.axon.clone().unwrap_or("–".into())),
        ("stake τ", |r| {
            format!("{:.2}", r.stake_rao as f64 / RAO_PER_TAO)
        }),
        ("permit", |r| {
            if r.validator_permit { "yes" } else { "" }.into()
        }),
        ("incentive", |r| share(r.incentive)),
        ("dividends", |r| share(r.dividends)),
        ("vtrust", |r| share(r.validator_trust)),
        ("updated", |r| r.last_update.to_string()),
    ];
}

fn share(of_65535: u16) -> String {
    format!("{:.4}", f64::from(of_65535) / 65535.0)
}

pub async fn run(config: Config, format: Format) -> Result<(), Failure> {
    let outlooks = outlooks(&config).await?;
    format.print(&outlooks.iter().map(section).collect::<Vec<_>>())
}

fn section(outlook: &Outlook) -> Section<Seated> {
    let subnet = &outlook.subnet;
    let (netuid, at) = (subnet.scope.netuid, subnet.at);
    let row = |n: &Neuron| Seated {
        netuid,
        block: at.number,
        uid: n.uid,
        hotkey: n.miner.hotkey,
        registered_at: n.miner.registered_at,
        coldkey: n.coldkey,
        axon: n.axon.map(|a| a.address.to_string()),
        stake_rao: n.stake,
        validator_permit: n.validator_permit,
        last_update: n.last_update,
        incentive: n.incentive,
        dividends: n.dividends,
        consensus: n.consensus,
        validator_trust: n.validator_trust,
        emission_rao: n.emission,
    };
    Section {
        title: format!(
            "subnet {netuid} at block {at}: tempo {}, epoch {} fires at #{}\n{}",
            subnet.params.tempo,
            subnet.schedule.epoch_index + 1,
            subnet.schedule.next_epoch,
            outlook.line()
        ),
        rows: subnet.metagraph.neurons().iter().map(row).collect(),
    }
}
