//! Who may set a key, and who wins.
use super::*;

const TWO: &str =
    "[[subnet]]\nnetuid = 1\n[[subnet]]\nnetuid = 2\n[[subnet]]\nnetuid = 2\nmechanism = 1\n";

#[test]
fn flags_win_over_variables_and_these_over_the_file() {
    let file =
        "[chain]\nrequest_timeout_s = 1.0\nhead_timeout_s = 1.0\n[database]\nmax_connections = 3";
    let given = Given {
        file,
        env: &[
            ("WEIGHMASTER__CHAIN__REQUEST_TIMEOUT_S", "2"),
            ("WEIGHMASTER__DATABASE__MAX_CONNECTIONS", "4"),
            ("WEIGHMASTER_CONFIG", "not a key"),
            ("PATH", "not ours"),
        ],
        set: &[
            ("chain.request_timeout_s", "2.5"),
            ("chain.request_timeout_s", "3.5"),
        ],
    };
    let config = given.config();
    assert_eq!(config.chain.request_timeout_s, Seconds::from_millis(3500));
    assert_eq!(config.database.max_connections, 4);
    for (key, source) in [
        ("chain.request_timeout_s", "--set chain.request_timeout_s"),
        (
            "database.max_connections",
            "WEIGHMASTER__DATABASE__MAX_CONNECTIONS",
        ),
        ("service.grace_s", "default"),
    ] {
        assert_eq!(given.source(key), source);
    }
    assert!(given.source("chain.head_timeout_s").ends_with("c.toml:3"));
}

#[test]
fn lists_are_set_as_texts() {
    let two = ["ws://a", "ws://b"].map(str::to_owned).to_vec();
    for (text, expected) in [
        ("ws://a,ws://b", two.clone()),
        ("ws://a, ws://b", two.clone()),
        ("[\"ws://a\", 'ws://b']", two.clone()),
        ("ws://a", vec!["ws://a".into()]),
        ("[\"ws://a?x=1,2\"]", vec!["ws://a?x=1,2".into()]),
    ] {
        let set = Given {
            set: &[("chain.endpoints", text)],
            ..Given::default()
        };
        assert_eq!(set.config().chain.endpoints, expected, "{text}");
        let env = Given {
            env: &[("WEIGHMASTER__CHAIN__ENDPOINTS", text)],
            ..Given::default()
        };
        assert_eq!(env.config().chain.endpoints, expected, "{text}");
        assert_eq!(
            env.source("chain.endpoints"),
            "WEIGHMASTER__CHAIN__ENDPOINTS"
        );
    }
    let ranges = |text: &str| {
        let given = Given {
            file: "[[subnet]]\nnetuid = 1\n[subnet.query]\nallow_addresses = [\"10.0.0.0/8\"]",
            set: &[("subnet[1].query.allow_addresses", text)],
            ..Given::default()
        };
        let config = given.config();
        let ranges = config.subnets[0].query.allow_addresses.iter();
        ranges.map(|r| String::from(*r)).collect::<Vec<_>>()
    };
    assert_eq!(ranges("127.0.0.0/8,::1"), ["127.0.0.0/8", "::1/128"]);
    assert_eq!(ranges(""), [""; 0]);
    let fields = Given {
        file: "[[subnet]]\nnetuid = 1",
        set: &[
            (
                "subnet[1].synapse.fields",
                "[{ name = 'a', from = 'constant', value = { n = [1, 2] } }]",
            ),
            ("subnet[1].synapse.hashed", "a"),
        ],
        ..Given::default()
    };
    let synapse = &fields.config().subnets[0].synapse;
    assert_eq!(synapse.hashed, ["a"]);
    assert_eq!(
        synapse.fields[0].value,
        Some(serde_json::json!({"n": [1, 2]}))
    );
}

#[test]
fn texts_are_taken_as_they_stand() {
    let url = "postgres://me:p=a,ss@h:5432/db?options=-c%20a=b,c";
    let given = Given {
        file: "[[subnet]]\nnetuid = 1",
        set: &[
            ("database.url", url),
            ("log.level", "weighmaster=debug,warn"),
            ("subnet[1].challenges.messages.user", "[{question}], a=b"),
        ],
        env: &[("WEIGHMASTER__DATABASE__DATA_DIR", "/a,b=c")],
    };
    let config = given.config();
    assert_eq!(config.database.url, url);
    assert_eq!(config.log.level, "weighmaster=debug,warn");
    assert_eq!(config.database.data_dir, Path::new("/a,b=c"));
    let user = &config.subnets[0].challenges.messages["user"];
    assert_eq!(user.fill("i", "p", "q"), "[q], a=b");
}

#[test]
fn a_subnet_is_set_by_its_netuid() {
    let given = Given {
        file: TWO,
        env: &[
            ("WEIGHMASTER__SUBNET__1__ROUNDS__SAMPLE", "7"),
            ("WEIGHMASTER__SUBNET__2_1__ROUNDS__SAMPLE", "9"),
        ],
        set: &[
            ("subnet[2.0].rounds.sample", "8"),
            ("subnet[1.0].query.concurrency", "5"),
        ],
    };
    let config = given.config();
    let samples: Vec<_> = config.subnets.iter().map(|s| s.rounds.sample).collect();
    assert_eq!(samples, [7, 8, 9]);
    assert_eq!(config.subnets[0].query.concurrency, 5);
    for (key, source) in [
        (
            "subnet[1].rounds.sample",
            "WEIGHMASTER__SUBNET__1__ROUNDS__SAMPLE",
        ),
        (
            "subnet[2.0].rounds.sample",
            "--set subnet[2.0].rounds.sample",
        ),
        (
            "subnet[2.1].rounds.sample",
            "WEIGHMASTER__SUBNET__2_1__ROUNDS__SAMPLE",
        ),
        ("subnet[2.1].rounds.timeout_s", "default"),
    ] {
        assert_eq!(given.source(key), source);
    }
}

#[test]
fn names_that_others_know_stand_in() {
    let env = &[
        ("DATABASE_URL", "postgres://u@h/env"),
        ("ORT_DYLIB_PATH", "lib/ort.so"),
        ("RUST_LOG", "warn"),
    ];
    let alone = Given {
        file: "[database]\nurl = \"\"\n[log]\nlevel = \"debug\"",
        env,
        set: &[("log.level", "trace")],
    };
    let config = alone.config();
    assert_eq!(config.database.url, "postgres://u@h/env");
    let from_here = std::env::current_dir().unwrap().join("lib/ort.so");
    assert_eq!(config.models.onnxruntime, from_here);
    assert_eq!(config.log.level, "warn", "RUST_LOG wins over a flag");
    for (key, variable) in [
        ("database.url", "DATABASE_URL"),
        ("models.onnxruntime", "ORT_DYLIB_PATH"),
        ("log.level", "RUST_LOG"),
    ] {
        assert_eq!(alone.source(key), variable);
    }

    let set = Given {
        file: "[database]\nurl = \"postgres://u@h/file\"\n[models]\nonnxruntime = \"/lib/own.so\"",
        env,
        set: &[],
    };
    let config = set.config();
    assert_eq!(config.database.url, "postgres://u@h/file");
    assert_eq!(config.models.onnxruntime, Path::new("/lib/own.so"));
    assert!(set.source("database.url").ends_with("c.toml:2"));

    for none in ["", " "] {
        let empty = Given {
            env: &[("DATABASE_URL", none), ("RUST_LOG", none)],
            ..Given::default()
        };
        assert_eq!(empty.config(), Config::default());
        assert_eq!(empty.source("log.level"), "default");
    }
}

#[test]
fn endpoints_are_one_or_many_in_every_layer() {
    for (text, expected) in [
        ("ws://a:1", vec!["ws://a:1"]),
        ("ws://a:1,wss://b", vec!["ws://a:1", "wss://b"]),
        ("ws://a:1, wss://b", vec!["ws://a:1", "wss://b"]),
    ] {
        let set = Given {
            set: &[("chain.endpoints", text)],
            ..Given::default()
        };
        let env = Given {
            env: &[("WEIGHMASTER__CHAIN__ENDPOINTS", text)],
            ..Given::default()
        };
        for given in [set, env] {
            assert_eq!(given.config().chain.endpoints, expected, "{text}");
        }
    }
}
