//! Whole worlds, played to the end: who earns what under which rules.
#![allow(clippy::unwrap_used, clippy::panic, clippy::too_many_lines)]

use std::path::Path;
use std::process::{Command, Output};

use localnet::node::Node;
use localnet::up::record::Record;
use localnet::up::world::Role;
use localnet::up::{Scenario, Stage, open};
use localnet_runtime::{Runtime, subtensor};

/// Plays a subnet of tempo 10 with these settings and players.
fn play(settings: &str, players: &str, epochs: u64) -> (Vec<Record>, Node) {
    let text = world(settings, players);
    let scenario = Scenario::parse(&text).unwrap();
    let (node, _) = open(&scenario, Some("test".into())).unwrap();
    let mut stage = Stage::new(scenario, &node).unwrap();
    let mut records = Vec::new();
    while stage.epochs_run() < epochs {
        records.extend(stage.step(&node).unwrap());
    }
    (records, node)
}

fn world(settings: &str, players: &str) -> String {
    format!(
        "[up]\nseed = 3\n[[subnet]]\nnetuid = 1\nowner = \"owner-cold\"\nowner_hotkey = \"owner\"\n\
         tempo = 10\nweights_set_rate_limit = 2\nmin_allowed_weights = 1\nmax_allowed_validators = 4\n{settings}\n{players}"
    )
}

fn validator(name: &str, stake: f64, rest: &str) -> String {
    format!("[[subnet.validator]]\nname = \"{name}\"\nstake_tao = {stake:?}\n{rest}\n")
}

fn miner(name: &str, count: u16, rest: &str) -> String {
    format!("[[subnet.miner]]\nname = \"{name}\"\ncount = {count}\n{rest}\n")
}

/// A value of a neuron, summed over the epochs from `from`.
fn total(
    records: &[Record],
    from: u64,
    name: &str,
    value: impl Fn(&localnet::up::record::Row) -> f64,
) -> f64 {
    let rows = records
        .iter()
        .filter(|record| record.epoch >= from)
        .flat_map(|record| &record.rows);
    let mut known = rows.filter(|row| row.name == name).peekable();
    assert!(known.peek().is_some(), "{name}");
    known.map(value).sum()
}

/// Two honest validators and a copier of equal stake; every miner's quality changes by chance.
fn copied(commit_reveal: bool) -> Vec<Record> {
    let players = [
        validator("ada", 100.0, "policy = \"honest\""),
        validator("bea", 100.0, "policy = \"honest\""),
        validator("copycat", 100.0, "policy = \"copier\""),
        miner("flaky", 8, "quality = [0.4, 1.0]\nbehaviour = \"flaky\""),
    ];
    let settings = format!("commit_reveal = {commit_reveal}\nreveal_period_epochs = 1");
    play(&settings, &players.concat(), 24).0
}

#[test]
fn commit_reveal_makes_a_copier_stale() {
    let dividends = |records: &[Record], name: &str| {
        total(records, 6, name, |row| {
            f64::from(row.dividends) / row.stake as f64
        })
    };
    let trust =
        |records: &[Record], name: &str| total(records, 6, name, |row| f64::from(row.vtrust));
    let hidden = copied(true);
    for honest in ["ada", "bea"] {
        assert!(
            trust(&hidden, honest) > 1.05 * trust(&hidden, "copycat"),
            "{} {}",
            trust(&hidden, honest),
            trust(&hidden, "copycat")
        );
        assert!(
            dividends(&hidden, honest) > 1.02 * dividends(&hidden, "copycat"),
            "{} {}",
            dividends(&hidden, honest),
            dividends(&hidden, "copycat")
        );
    }
    // In the open, what it copies is as fresh as theirs.
    let open = copied(false);
    let edge = |records: &[Record]| trust(records, "ada") / trust(records, "copycat");
    assert!(
        edge(&open) < 1.02 && edge(&open) < edge(&hidden),
        "{} {}",
        edge(&open),
        edge(&hidden)
    );
}

/// What part of all incentive a cabal's miners get.
fn captured(stake: f64) -> f64 {
    let players = [
        validator("ada", 100.0, "policy = \"honest\""),
        validator("crony", stake, "policy = \"cabal\"\nminers = [\"cousins\"]"),
        miner("good", 4, "quality = [0.5, 1.0]"),
        miner("cousins", 2, "quality = 0.0"),
    ];
    let (records, _) = play("commit_reveal = false", &players.concat(), 6);
    let incentive = |name: &str| total(&records, 3, name, |row| f64::from(row.incentive));
    let cousins = incentive("cousins-1") + incentive("cousins-2");
    let good: f64 = (1..=4)
        .map(|index| incentive(&format!("good-{index}")))
        .sum();
    cousins / (cousins + good)
}

#[test]
fn a_cabal_pays_its_miners_only_with_the_majority() {
    let (minority, majority) = (captured(60.0), captured(300.0));
    assert!(minority < 0.001, "{minority}");
    assert!(majority > 0.9, "{majority}");
}

#[test]
fn who_stops_earns_until_the_activity_cutoff() {
    let players = [
        validator("ada", 100.0, "policy = \"honest\""),
        validator("carl", 100.0, "policy = \"honest\"\nuntil = 4"),
        validator("ghost", 100.0, "policy = \"absent\""),
        miner("good", 3, "quality = [0.5, 1.0]"),
    ];
    // The cutoff is three epochs after the last weights.
    let (records, _) = play(
        "commit_reveal = false\nactivity_cutoff_factor_milli = 3000",
        &players.concat(),
        14,
    );
    let dividends = |name: &str, from, until| {
        let until: Vec<Record> = records
            .iter()
            .filter(|record| record.epoch < until)
            .cloned()
            .collect();
        total(&until, from, name, |row| f64::from(row.dividends))
    };
    assert!(dividends("carl", 3, 6) > 0.0);
    assert_eq!(dividends("carl", 9, 15), 0.0);
    assert!(dividends("ada", 9, 15) > 0.0);
    assert_eq!(dividends("ghost", 6, 15), 0.0);
}

#[test]
fn what_neurons_earned_is_what_the_chain_minted() {
    let players = [
        validator("ada", 100.0, "policy = \"honest\""),
        validator("bea", 50.0, "policy = \"honest\""),
        miner("good", 5, "quality = [0.2, 1.0]"),
    ];
    let (records, node) = play("commit_reveal = false", &players.concat(), 6);
    let last = records.last().unwrap();
    assert_eq!(last.block, node.heads().best.number);
    let outstanding = |block: u32| {
        let hash = node.block_at(block).unwrap().hash;
        // What the protocol bought from the pool was not minted.
        let read = || {
            subtensor::SubnetAlphaOut::<Runtime>::get(1)
                - subtensor::SubnetProtocolAlpha::<Runtime>::get(1)
        };
        node.with_state(Some(hash), |state| localnet::exec::read(state, read))
            .unwrap()
            .unwrap()
    };
    let minted = outstanding(last.block) - outstanding(0);
    let earned: u64 = last.rows.iter().map(|row| row.earned).sum();
    let epochs = records.len() as u64;
    let rounding = epochs * last.rows.len() as u64 * 4;
    assert!(
        minted > 0 && minted.abs_diff(earned) <= rounding,
        "{minted} minted, {earned} earned"
    );
    // Of an epoch's emission the owner's 18 % is not the neurons'.
    let emission: u64 = last.rows.iter().map(|row| row.emission).sum();
    let first = records.get(records.len() - 2).unwrap().block;
    let epoch = outstanding(last.block) - outstanding(first);
    let share = emission as f64 / epoch as f64;
    assert!((share - 0.82).abs() < 0.001, "{share}");
}

#[test]
fn a_miner_is_paid_from_when_it_joins_until_it_leaves() {
    let players = [
        validator("ada", 100.0, "policy = \"honest\""),
        miner("always", 1, "quality = 0.8"),
        miner("newcomer", 1, "quality = 0.8\njoins = 3\nleaves = 6"),
    ];
    let (records, _) = play("commit_reveal = false", &players.concat(), 9);
    let paid: Vec<bool> = (records.iter())
        .map(|record| {
            record
                .rows
                .iter()
                .any(|row| row.name == "newcomer" && row.incentive > 0)
        })
        .collect();
    // Epoch 1 is the first in the list; weights measured in epoch 3 count when the fourth runs.
    assert_eq!(
        paid[1..],
        [false, false, true, true, true, false, false, false]
    );
    let newcomer = &records[4]
        .rows
        .iter()
        .find(|row| row.name == "newcomer")
        .unwrap();
    assert!(matches!(newcomer.role, Role::Miner(1, 0)) && newcomer.quality == 0.8);
}

#[test]
fn a_validator_plays_on_two_subnets_at_once() {
    let players = [
        validator("ada", 100.0, "policy = \"honest\""),
        miner("good", 2, "quality = 0.5"),
    ];
    let first = world(
        "commit_reveal = true\nreveal_period_epochs = 1",
        &players.concat(),
    );
    let (_, subnet) = first.split_once("[[subnet]]").unwrap();
    let second = subnet
        .replace("netuid = 1", "netuid = 2")
        .replace("\"good\"", "\"fine\"");
    let scenario = Scenario::parse(&format!("{first}[[subnet]]{second}")).unwrap();
    let (node, _) = open(&scenario, Some("test".into())).unwrap();
    let mut stage = Stage::new(scenario, &node).unwrap();
    let mut records = Vec::new();
    while stage.epochs_run() < 5 {
        records.extend(stage.step(&node).unwrap());
    }
    for (netuid, miner) in [(1, "good-1"), (2, "fine-2")] {
        let own: Vec<Record> = records
            .iter()
            .filter(|record| record.netuid == netuid)
            .cloned()
            .collect();
        assert!(
            total(&own, 3, miner, |row| f64::from(row.incentive)) > 0.0,
            "{netuid}"
        );
    }
}

fn up(world: &Path, flags: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_localnet"));
    command
        .arg("up")
        .arg(world)
        .args(flags)
        .env("RUST_LOG", "warn")
        .output()
        .unwrap()
}

#[test]
fn the_csv_is_complete_and_two_runs_are_equal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.toml");
    let players = [
        validator("ada", 100.0, "policy = \"honest\""),
        miner("good", 3, "quality = [0.2, 1.0]"),
    ];
    std::fs::write(
        &path,
        world(
            "commit_reveal = true\nreveal_period_epochs = 1",
            &players.concat(),
        ),
    )
    .unwrap();
    let run = |name: &str| {
        let out = folder.path().join(name);
        let output = up(
            &path,
            &[
                "--epochs",
                "5",
                "--every",
                "5",
                "--out",
                out.to_str().unwrap(),
            ],
        );
        assert!(output.status.success(), "{output:?}");
        let read = |file: &str| std::fs::read_to_string(out.join(file)).unwrap();
        (
            String::from_utf8(output.stdout).unwrap(),
            read("epochs.csv"),
            read("plot.svg"),
        )
    };
    let (table, csv, svg) = run("first");
    assert_eq!((table.clone(), csv.clone(), svg.clone()), run("second"));
    let lines: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    // The owner, a validator, three miners, in each of five epochs.
    assert_eq!(lines.len(), 1 + 5 * 5);
    assert!(lines.iter().all(|line| line.len() == 14));
    for (index, line) in lines.iter().skip(1).enumerate() {
        assert_eq!(line[0].parse::<usize>().unwrap(), index / 5 + 1);
        assert_eq!(line[2].parse::<usize>().unwrap(), index % 5);
    }
    assert!(
        lines[25][7].parse::<f64>().unwrap() > 0.0,
        "{:?}",
        lines[25]
    );
    assert_eq!(table.matches("epoch 5").count(), 1);
    assert!(table.contains("ada") && table.contains("good") && !table.contains("epoch 4"));
    assert!(svg.contains("Incentive by miner group"));
}

#[test]
fn validators_weigh_every_mechanism() {
    let players = [
        validator("ada", 100.0, "policy = \"honest\""),
        miner("good", 3, "quality = [0.2, 1.0]"),
    ]
    .concat();
    for hidden in [false, true] {
        let settings =
            format!("commit_reveal = {hidden}\nmechanisms = 2\nmechanism_split = [40000, 25535]");
        let (records, node) = play(&settings, &players, 6);
        let incentives = node.with_state(None, |state| {
            localnet::exec::read(state, || {
                [1u16, 4097].map(subtensor::Incentive::<Runtime>::get)
            })
        });
        let [first, second] = incentives.unwrap().unwrap();
        assert_eq!(first, second, "the same rows");
        assert!(
            first.iter().any(|share| *share > 0),
            "hidden {hidden}: {first:?}"
        );
        // Neither part of the miners' emission went to waste. (`emission` is weighed by the split, as on the chain.)
        let earned = |records: &[Record]| {
            let rows = records.last().unwrap().rows.iter();
            rows.map(|row| row.earned).sum::<u64>()
        };
        let (alone, _) = play(&format!("commit_reveal = {hidden}"), &players, 6);
        let (both, one) = (earned(&records), earned(&alone));
        assert!(
            one > 0 && both.abs_diff(one) < 1_000,
            "hidden {hidden}: {both} {one}"
        );
    }
}

#[test]
fn mistakes_are_named() {
    let ada = validator("ada", 100.0, "policy = \"honest\"");
    let good = miner("good", 3, "quality = 0.5");
    assert!(Scenario::parse(&world("", &format!("{ada}{good}"))).is_ok());
    let cases = [
        (
            validator("ada", 1.0, "policy = \"greedy\""),
            vec!["\"ada\"", "greedy", "honest"],
        ),
        (
            validator("ada", 1.0, "policy = \"honest\"\npolcy = 1"),
            vec!["\"ada\"", "polcy", "policy"],
        ),
        (
            miner("bad", 1, "quality = 0.5\nbehaviour = \"lazy\""),
            vec!["\"bad\"", "lazy", "steady"],
        ),
        (
            miner("bad", 0, "quality = 0.5"),
            vec!["count = 0", "at least 1"],
        ),
        (
            miner("bad", 1, "quality = 1.5"),
            vec!["quality = 1.5", "from 0 to 1"],
        ),
        (
            miner("bad", 300, "quality = 0.5"),
            vec!["max_allowed_uids = 256", "305 neurons"],
        ),
        (
            validator("c", 1.0, "policy = \"cabal\""),
            vec!["\"c\"", "miners = []", "good"],
        ),
        (
            validator("c", 1.0, "policy = \"cabal\"\nminers = [\"evil\"]"),
            vec!["miners = [\"evil\"]", "good"],
        ),
        (
            validator("good-1", 1.0, "policy = \"honest\""),
            vec!["name = \"good-1\"", "taken"],
        ),
        (
            validator("c", 1.0, "policy = \"honest\"\nfrom = 5\nuntil = 5"),
            vec!["until = 5", "after from"],
        ),
        (
            "[[subnet]]\nnetuid = 2\ntempoo = 3".into(),
            vec!["subnet 2", "tempoo", "`validator`", "`miner`"],
        ),
        (
            "[[subnet]]\nnetuid = 2\ntempo = \"20\"".into(),
            vec!["subnet 2", "tempo", "\"20\"", "whole number"],
        ),
        (
            "[[subnet]]\nnetuid = 2\nowner = \"x\"\nowner_hotkey = \"y\"\ntempo = 0".into(),
            vec!["subnet 2", "tempo = 0", "from 1"],
        ),
        (
            miner("odd", 1, "quality = [0.1, 0.2, 0.3]"),
            vec!["\"odd\"", "[low, high]"],
        ),
        ("[upp]\nseed = 1".into(), vec!["upp", "`up`"]),
    ];
    for (extra, words) in cases {
        let players = if extra.contains("\"ada\"") {
            format!("{extra}{good}")
        } else {
            format!("{ada}{good}{extra}")
        };
        let error = Scenario::parse(&world("", &players))
            .unwrap_err()
            .to_string();
        for word in words {
            assert!(error.contains(word), "{word:?} is not in {error:?}");
        }
    }
    let poor = format!(
        "[chain]\nstake_threshold_tao = 500.0\n{}",
        world("", &format!("{ada}{good}"))
    );
    let error = Scenario::parse(&poor).unwrap_err().to_string();
    assert!(
        error.contains("stake_tao = 100") && error.contains("threshold"),
        "{error}"
    );

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.toml");
    std::fs::write(&path, world("", &miner("bad", 0, "quality = 0.5"))).unwrap();
    let output = up(&path, &["--epochs", "1"]);
    assert_eq!(output.status.code(), Some(65));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        error.contains("subnet 1, miner \"bad\": count = 0"),
        "{error}"
    );
}

#[test]
fn the_shipped_worlds_can_be_played() {
    for world in ["design.toml", "fast.toml"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("worlds")
            .join(world);
        let scenario = Scenario::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
        if world == "fast.toml" {
            assert_eq!(scenario.casts[0].seats.len(), 256);
            assert_eq!(scenario.casts[0].validators.len(), 8);
        }
        open(&scenario, Some("test".into())).unwrap();
    }
}

/// The guide has every key that a world may have: the parser itself lists them.
#[test]
fn the_readme_has_every_key() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let subnet = world("", "");
    let mut keys = 0;
    for (entry, least) in [
        (format!("{subnet}\nbogus = 1"), 40),
        ("[chain]\nbogus = 1".into(), 8),
        ("[[account]]\nname = \"a\"\nbogus = 1".into(), 3),
        (
            format!(
                "{subnet}{}",
                validator("a", 1.0, "policy = \"honest\"\nbogus = 1")
            ),
            7,
        ),
        (
            format!("{subnet}{}", miner("a", 1, "quality = 1\nbogus = 1")),
            7,
        ),
    ] {
        let error = Scenario::parse(&entry).unwrap_err().to_string();
        let (_, known) = error.split_once("expected one of ").unwrap();
        let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
        assert!(known.len() >= least, "{error}");
        for key in known {
            assert!(readme.contains(key), "{key} is not in localnet/README.md");
            keys += 1;
        }
    }
    assert!(keys > 60, "{keys}");
}
