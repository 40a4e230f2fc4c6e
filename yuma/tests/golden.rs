//! Against values recorded from the real runtime (spec 425).
//!
//! The files in `tests/vectors` are part of the repository; the larger set they come from is read where
//! `WEIGHMASTER_SHARED`, or `../shared` beside the workspace, has it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods
)]

mod vectors;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::PathBuf;
use vectors::Golden;
use yuma::emission::block_emission;
use yuma::schedule::Schedule;

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap()
}

/// A recorded file outside the repository, or none and a word about it.
fn shared(file: &str) -> Option<String> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("WEIGHMASTER_SHARED").map_or_else(beside, PathBuf::from);
    let path = folder.join("data/chain").join(file);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: no {} (set WEIGHMASTER_SHARED)", path.display());
    }
    text
}

fn assert_exact(golden: &Golden) {
    assert!(!golden.cases.is_empty());
    for case in &golden.cases {
        for (field, worst) in case.differences().unwrap() {
            assert_eq!(
                worst, 0.0,
                "case {}: {field} is off by {worst}/65535",
                case.id
            );
        }
    }
}

#[test]
fn epochs_are_exact() {
    assert_exact(&read(include_str!("vectors/epochs.json")));
}

#[test]
fn epochs_are_exact_on_the_whole_set() {
    if let Some(text) = shared("yuma_golden.json") {
        assert_exact(&read(&text));
    }
}

/// The comparison itself: one unit more or less in any recorded field has to show in that field.
#[test]
fn a_planted_difference_shows() {
    let text = include_str!("vectors/epochs.json");
    let plant = |path: &[&str]| {
        let mut golden: serde_json::Value = read(text);
        // The last case is the largest, with something in every field.
        let case = golden["cases"].as_array_mut().unwrap().last_mut().unwrap();
        let mut at = &mut case["output"];
        for key in path {
            at = &mut at[*key];
        }
        while at.is_array() {
            let first = at
                .as_array()
                .unwrap()
                .iter()
                .position(|item| item.as_array().is_none_or(|row| !row.is_empty()));
            let last = at.as_array().unwrap().len() - 1;
            let item = if at[last].is_array() || at[0].is_array() {
                first.unwrap()
            } else {
                last
            };
            at = &mut at[item];
        }
        let planted: serde_json::Value = match &*at {
            serde_json::Value::Bool(flag) => (!flag).into(),
            serde_json::Value::String(bits) => {
                (bits.parse::<i128>().unwrap() + 1).to_string().into()
            }
            number => (number.as_i64().unwrap() ^ 1).into(),
        };
        *at = planted;
        let golden: Golden = serde_json::from_value(golden).unwrap();
        golden
            .cases
            .last()
            .unwrap()
            .differences()
            .unwrap()
            .into_iter()
            .filter(|(_, worst)| *worst > 0.0)
            .count()
    };
    for field in [
        "active",
        "bonds",
        "consensus",
        "dividends",
        "emission",
        "incentive",
        "server_emission",
        "stake",
        "stake_weight",
        "validator_emission",
        "validator_permit",
        "validator_trust",
    ] {
        assert_eq!(plant(&[field]), 1, "{field}");
    }
    for field in [
        "active_stake_norm",
        "consensus",
        "dividends",
        "ema_bonds",
        "incentive",
        "stake_norm",
        "total_stake_i64f64_bits",
        "validator_trust",
        "weights_masked_normalized",
    ] {
        assert_eq!(plant(&["i32f32_bits", field]), 1, "{field}");
    }
}

#[derive(Deserialize)]
struct Points<T> {
    points: Vec<T>,
}

#[derive(Deserialize)]
struct Issuance {
    block_emission_rao: u64,
    issuance_rao: u64,
}

#[test]
fn block_emission_is_exact() {
    let recorded: Points<Issuance> = read(include_str!("vectors/block_emission.json"));
    assert_eq!(recorded.points.len(), 92);
    for point in recorded.points {
        assert_eq!(
            block_emission(point.issuance_rao),
            point.block_emission_rao,
            "at {}",
            point.issuance_rao
        );
    }
}

#[derive(Deserialize)]
struct Timing {
    r#in: At,
    out: Answer,
}

#[derive(Deserialize)]
struct At {
    block: u64,
    blocks_since_last_step: u64,
    last_epoch_block: u64,
    pending_epoch_at: u64,
    subnet_epoch_index: u64,
    tempo: u16,
}

#[derive(Deserialize)]
struct Answer {
    blocks_until_next_auto_epoch: String,
    current_epoch_with_lookahead: u64,
    get_epoch_index: u64,
    get_next_epoch_start_block: Option<u64>,
    should_run_epoch: bool,
}

#[test]
fn epoch_timing_is_exact() {
    let recorded: Points<Timing> = read(include_str!("vectors/epoch_timing.json"));
    assert_eq!(recorded.points.len(), 60);
    for (number, Timing { r#in: at, out }) in recorded.points.into_iter().enumerate() {
        let schedule = Schedule {
            tempo: at.tempo,
            last_epoch_block: at.last_epoch_block,
            pending_epoch_at: at.pending_epoch_at,
            blocks_since_last_step: at.blocks_since_last_step,
            subnet_epoch_index: at.subnet_epoch_index,
        };
        let until = schedule.blocks_until_next_auto_epoch(at.block);
        assert_eq!(
            schedule.due(at.block),
            out.should_run_epoch,
            "point {number}"
        );
        assert_eq!(
            until,
            out.blocks_until_next_auto_epoch.parse::<u64>().unwrap(),
            "point {number}"
        );
        assert_eq!(
            schedule.epoch_index_with_lookahead(at.block),
            out.current_epoch_with_lookahead,
            "point {number}"
        );
        assert_eq!(
            schedule.subnet_epoch_index, out.get_epoch_index,
            "point {number}"
        );
        assert_eq!(
            schedule.next_epoch_start_block(),
            out.get_next_epoch_start_block,
            "point {number}"
        );
    }
}
