//! What `config show` prints.
use std::path::PathBuf;
use std::time::Duration;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::*;
use crate::types::Family;

#[test]
fn each_line_tells_its_source() {
    let given = Given {
        file: "[log]\nlevel = \"warn\"\n\n[[subnet]]\nnetuid = 1\n[subnet.challenges.messages]\nuser = \"{question}\\n\"",
        env: &[("WEIGHMASTER__SUBNET__1__QUERY__ALLOW_ADDRESSES", "::1")],
        set: &[("subnet[1].rounds.sample", "8")],
    };
    let text = given.read().unwrap().to_toml().unwrap();
    for expected in [
        "[chain]\nendpoints = [\"wss://entrypoint-finney.opentensor.ai:443\", ",
        "request_timeout_s = 20.0 # default\n",
        "c.toml:2\n",
        "\n[[subnet]]\nnetuid = 1 # ",
        "sample = 8 # --set subnet[1].rounds.sample\n",
        "allow_addresses = [\"::1/128\"] # WEIGHMASTER__SUBNET__1__QUERY__ALLOW_ADDRESSES\n",
        "\n[subnet.hotkey]\nkeyfile = \"\" # default\n",
        "fields = [{ ",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    assert!(!text.contains("suri"), "{text}");
}

#[test]
fn rows_hold_values_and_not_texts() {
    let given = Given {
        file: "[[subnet]]\nnetuid = 1",
        set: &[("subnet[1].rounds.sample", "8")],
        ..Given::default()
    };
    let rows = given.read().unwrap().rows().unwrap();
    let row = rows.iter().find(|r| r.key == "subnet[1].rounds.sample");
    assert_eq!(
        serde_json::to_value(row).unwrap(),
        serde_json::json!({
            "key": "subnet[1].rounds.sample", "value": 8, "source": "--set subnet[1].rounds.sample",
        })
    );
    let mut keys: Vec<_> = rows.iter().map(|r| &r.key).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), rows.len());
}

/// Whole milliseconds: what a person writes.
fn seconds() -> impl Strategy<Value = Seconds> {
    (1u64..100_000_000).prop_map(Seconds::from_millis)
}

fn path() -> impl Strategy<Value = PathBuf> {
    prop_oneof![Just(PathBuf::new()), "/\\PC{0,12}".prop_map(PathBuf::from)]
}

fn chain() -> impl Strategy<Value = ChainConfig> {
    // What may be a key of a provider's is not shown, so it can't be read back.
    let endpoints = vec("wss?://[^/?#@\\pC]{1,20}/?", 1..4);
    let seconds = (seconds(), seconds(), seconds());
    (endpoints, seconds).prop_map(|(endpoints, (request, head, clock))| ChainConfig {
        endpoints,
        genesis: String::new(),
        request_timeout_s: request,
        head_timeout_s: head,
        clock_tolerance_s: clock,
    })
}

fn shared() -> impl Strategy<Value = Config> {
    let levels = ["info", "weighmaster=debug,warn", "a::b[c]=trace"].map(str::to_owned);
    let database = ("\\PC{0,20}", path(), path(), 3u32.., seconds());
    let models = (path(), path(), 1usize..99, 64usize..9999);
    let log = (prop::sample::select(levels.to_vec()), any::<bool>());
    (chain(), database, models, log, seconds()).prop_map(|(chain, d, m, log, grace_s)| Config {
        chain,
        database: DatabaseConfig {
            // What looks like a password is not shown, so it can't be read back.
            url: d.0.replace([':', '='], ""),
            bin_dir: d.1,
            data_dir: d.2,
            max_connections: d.3,
            deadline_s: Seconds(
                d.4.0
                    .clamp(Duration::from_secs(1), Duration::from_secs(3600)),
            ),
        },
        models: ModelsConfig {
            dir: m.0,
            onnxruntime: m.1,
            sessions: m.2,
            batch_tokens: m.3,
        },
        log: LogConfig {
            level: log.0,
            format: if log.1 {
                LogFormat::Json
            } else {
                LogFormat::Text
            },
        },
        service: ServiceConfig { grace_s },
        subnets: Vec::new(),
    })
}

fn query() -> impl Strategy<Value = QueryConfig> {
    let range = (any::<u128>(), 0u8..=128).prop_map(|(bits, prefix)| {
        let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
        let network = std::net::Ipv6Addr::from_bits(bits & mask);
        format!("{network}/{prefix}").parse().unwrap()
    });
    let sizes = (
        1usize..999,
        1024usize..1 << 40,
        1usize << 20..1 << 40,
        32usize..999,
    );
    (
        sizes,
        seconds(),
        any::<u32>(),
        any::<u32>(),
        vec(range, 0..3),
        vec(1u16.., 1..3),
    )
        .prop_map(
            |(sizes, connect_timeout_s, failures, rest, addresses, ports)| QueryConfig {
                concurrency: sizes.0,
                max_response_bytes: sizes.1,
                max_round_bytes: sizes.2,
                max_headers: sizes.3,
                connect_timeout_s,
                circuit_failures: failures,
                circuit_rest_turns: rest,
                allow_addresses: addresses.clone(),
                close_addresses: addresses,
                open_ports: ports
                    .iter()
                    .map(|p| p.to_string().parse().unwrap())
                    .collect(),
                user_agent: format!("v/{failures}"),
                per_address: sizes.0,
                per_network: sizes.3,
            },
        )
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        (-1e6..1e6).prop_map(serde_json::Value::from),
        any::<String>().prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            btree_map(any::<String>(), inner, 0..4)
                .prop_map(|m| serde_json::Value::Object(m.into_iter().collect())),
        ]
    })
}

fn synapse() -> impl Strategy<Value = SynapseConfig> {
    let field = prop_oneof![
        prop::sample::select(vec![
            FieldSource::Roles,
            FieldSource::Messages,
            FieldSource::Prompt
        ])
        .prop_map(|from| (from, None)),
        json().prop_map(|value| (FieldSource::Constant, Some(value))),
    ];
    let fields = btree_map("[a-zA-Z_][a-zA-Z0-9_]{0,8}", field, 0..4);
    ("[A-Z][a-z]{0,8}", fields, "[a-z]{1,3}(\\.[a-z]{1,3}){0,2}").prop_map(
        |(name, fields, answer)| SynapseConfig {
            name,
            hashed: fields.keys().take(2).cloned().collect(),
            fields: fields
                .into_iter()
                .map(|(name, (from, value))| SynapseField { name, from, value })
                .collect(),
            answer,
        },
    )
}

fn challenges() -> impl Strategy<Value = ChallengeConfig> {
    let template = any::<String>().prop_map(|text| Template::plain(&text).question());
    let variants = prop::sample::select(vec![
        Variants::Default,
        Variants::PerMiner,
        Variants::Shared,
    ]);
    let family = prop::sample::select(Family::iter().collect::<Vec<_>>());
    let config = (1e-3..1e3, 0.0..=1.0, variants, 1usize..99);
    let config = config.prop_map(|(share, difficulty, variants, steps)| FamilyConfig {
        share,
        difficulty,
        variants,
        // Not every family takes one.
        source: PathBuf::new(),
        steps,
        step_s: Seconds::from_millis(1_000 * steps as u64),
    });
    let messages = btree_map("\\PC{1,8}", template, 1..4);
    (path(), seconds(), messages, btree_map(family, config, 1..4)).prop_map(
        |(corpus, repeat_window_s, messages, families)| ChallengeConfig {
            corpus,
            repeat_window_s,
            messages,
            families,
        },
    )
}

fn subnet() -> impl Strategy<Value = SubnetConfig> {
    let weights = (
        16u64..1 << 62,
        0u64..1 << 62,
        1e-3..1e3,
        1.0..1e3,
        seconds(),
    );
    let weights = weights.prop_map(|w| WeightsConfig {
        plan_blocks_before: w.0,
        min_observations: w.1,
        newcomer_observations: w.1 / 2,
        power: w.2,
        alarm_epochs: w.3,
        max_score_age_s: w.4,
    });
    let rounds = (seconds(), 1usize..999).prop_map(|(interval_s, sample)| RoundsConfig {
        interval_s,
        sample,
        timeout_s: interval_s,
    });
    let own = (0u8..16, path(), path(), 0.0..1e9);
    (own, rounds, query(), synapse(), challenges(), weights).prop_map(
        |(own, rounds, query, synapse, challenges, weights)| SubnetConfig {
            netuid: 0,
            mechanism: own.0,
            hotkey: HotkeyConfig {
                keyfile: own.1,
                suri: String::new(),
            },
            scoring: own.2,
            rounds,
            sampling: SamplingConfig {
                validator_stake_tao: own.3,
                min_per_epoch: u32::from(own.0),
                max_sample: 1 + usize::from(own.0),
            },
            query,
            synapse,
            challenges,
            weights,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Secrets apart, what is shown is the config.
    #[test]
    fn what_is_shown_reads_back_to_the_same(shared in shared(), subnets in vec(subnet(), 0..3)) {
        let mut config = Config { subnets, ..shared };
        for (netuid, subnet) in (1..).zip(&mut config.subnets) {
            subnet.netuid = netuid;
        }
        let loaded = Loaded { config, tree: ::config::Value::default() };
        let text = loaded.to_toml().unwrap();
        let again = Given { file: &text, ..Given::default() }.read();
        let again = again.map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        prop_assert_eq!(&again.config, &loaded.config, "{}", text);
    }
}
