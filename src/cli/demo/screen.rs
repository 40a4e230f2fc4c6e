//! What a person sees.

use std::path::Path;

use super::cast::Cast;
use crate::cli::table;
use crate::types::{
    EpochIndex, LedgerState, Reason, RoundReport, ScoreTable, Subnet, Uid, WeightVector,
};

pub fn note(text: &str) {
    println!("· {text}");
}

pub fn places(endpoint: &str, database: &Path, logs: &Path) {
    println!();
    println!("  chain      {endpoint}");
    println!("  database   {}", database.display());
    println!("  logs       {}", logs.display());
    println!("  stop       Ctrl-C (chain and database are kept; `make demo-clean` forgets them)");
    println!();
}

pub fn round(report: &RoundReport) {
    let rewards: Vec<String> = report
        .rewards
        .iter()
        .map(|(uid, r)| format!("{uid}:{:.2}", r.get()))
        .collect();
    let failures: String = report
        .failures
        .iter()
        .map(|(reason, n)| format!("  {n} {reason}"))
        .collect();
    println!(
        "round  {:<26} {}/{} answered in {:.1} s  rewards {}{failures}",
        report.source,
        report.answered,
        report.asked,
        report.took.as_secs_f64(),
        rewards.join(" ")
    );
}

pub fn no_verdict(reason: Reason) {
    println!("round  no verdict: {reason}: {}", reason.entry().meaning);
}

pub fn sent(epoch: EpochIndex, vector: &WeightVector, block: u64) {
    println!(
        "epoch {epoch}: {} weights on chain in block {block}",
        vector.entries().len()
    );
}

pub fn lost(epoch: EpochIndex, state: LedgerState, reason: &str) {
    println!("epoch {epoch}: weights {state}: {reason}");
}

/// One line per miner: its score, what we sent, and what the chain paid.
pub fn epoch(
    cast: &Cast,
    epoch: EpochIndex,
    after: &Subnet,
    scores: &ScoreTable,
    sent: &[(Uid, u16)],
) {
    println!("\nepoch {epoch} fired and is proven: the chain held our row");
    let mut rows: Vec<(f64, Vec<String>)> = Vec::new();
    for n in after.metagraph.neurons() {
        let behaviour = cast.behaviour(&n.miner.hotkey.to_string());
        if n.axon.is_none() {
            continue;
        }
        let score = scores.get(&n.miner).map_or(0.0, |s| s.value);
        let weight = sent
            .iter()
            .find(|(uid, _)| *uid == n.uid)
            .map_or(0, |(_, w)| *w);
        rows.push((
            score,
            vec![
                n.uid.to_string(),
                behaviour.into(),
                format!("{score:.3}"),
                weight.to_string(),
                format!("{:.4}", f64::from(n.incentive) / 65535.0),
            ],
        ));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let rows: Vec<Vec<String>> = rows.into_iter().map(|r| r.1).collect();
    print!(
        "{}",
        table::render(&["uid", "behaviour", "score", "weight", "incentive"], &rows)
    );
    println!();
}
