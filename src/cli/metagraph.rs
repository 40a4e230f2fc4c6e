//! `weighmaster metagraph`.

use serde_json::json;
use subtensor::read_subnet;

use super::table;
use crate::app::{endpoints, install_tls};
use crate::config::Config;
use crate::exit::Failure;
use crate::types::{MechanismId, Netuid, Neuron, Subnet};

const RAO: f64 = 1e9;

pub async fn run(config: Config, json: bool) -> Result<(), Failure> {
    install_tls()?;
    let endpoints = endpoints(&config.chain);
    let node = endpoints.node().await?;
    for subnet in &config.subnets {
        let at = node.finalized().await?;
        let subnet = read_subnet(
            &node,
            at,
            Netuid(subnet.netuid),
            MechanismId(subnet.mechanism),
        )
        .await?;
        if json {
            print_json(&subnet)
        } else {
            print_table(&subnet)
        }
    }
    Ok(())
}

fn print_table(subnet: &Subnet) {
    let netuid = subnet.scope.netuid;
    let Subnet {
        at,
        params,
        schedule,
        ..
    } = subnet;
    println!(
        "subnet {netuid} at block {at}: tempo {}, epoch {} fires at #{}",
        params.tempo,
        schedule.epoch_index + 1,
        schedule.next_epoch
    );
    let rows: Vec<Vec<String>> = subnet.metagraph.neurons().iter().map(row).collect();
    let header = [
        "uid",
        "hotkey",
        "axon",
        "stake τ",
        "permit",
        "incentive",
        "dividends",
        "vtrust",
        "updated",
    ];
    table::print(&header, &rows);
}

fn row(n: &Neuron) -> Vec<String> {
    let share = |v: u16| format!("{:.4}", f64::from(v) / 65535.0);
    vec![
        n.uid.to_string(),
        n.miner.hotkey.to_string(),
        n.axon.map_or("–".into(), |a| a.address.to_string()),
        format!("{:.2}", n.stake as f64 / RAO),
        if n.validator_permit { "yes" } else { "" }.into(),
        share(n.incentive),
        share(n.dividends),
        share(n.validator_trust),
        n.last_update.to_string(),
    ]
}

fn print_json(subnet: &Subnet) {
    for n in subnet.metagraph.neurons() {
        let line = json!({
            "netuid": subnet.scope.netuid, "block": subnet.at.number, "uid": n.uid, "hotkey": n.miner.hotkey,
            "registered_at": n.miner.registered_at, "coldkey": n.coldkey, "axon": n.axon.map(|a| a.address.to_string()),
            "stake_rao": n.stake, "validator_permit": n.validator_permit, "last_update": n.last_update,
            "incentive": n.incentive, "dividends": n.dividends, "consensus": n.consensus,
            "validator_trust": n.validator_trust, "emission_rao": n.emission,
        });
        println!("{line}");
    }
}
