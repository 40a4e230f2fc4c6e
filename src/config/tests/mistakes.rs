//! Unknown keys, wrong types, secrets: what is told of them, and what is not.
use super::*;

#[test]
fn unknown_keys_are_told_with_the_nearest() {
    for (fault, expected) in [
        (
            file("[chain]\nendpoint = 1"),
            "F:2: chain.endpoint = 1: there is no such key; did you mean `endpoints`?",
        ),
        (
            subnet("[subnet.rounds]\nintervall_s = 4.0"),
            "F:4: subnet[1].rounds.intervall_s = 4: there is no such key; did you mean `interval_s`?",
        ),
        (
            file("[service]\nqqq = 1"),
            "F:2: service.qqq = 1: there is no such key; there are grace_s",
        ),
        (
            file("[chian]\nx = 1"),
            "F:2: chian = (a table): there is no such key; did you mean `chain`?",
        ),
        (
            set("chain.endpoint", "ws://a"),
            "--set chain.endpoint: chain.endpoint = (a text): there is no such key; did you mean `endpoints`?",
        ),
        (
            set("nonsense", "1"),
            "--set nonsense: nonsense = 1: there is no such key; there are chain,",
        ),
        (
            env("WEIGHMASTER__CHAIN__ENDPOINT", "ws://a"),
            "WEIGHMASTER__CHAIN__ENDPOINT: chain.endpoint = (a text): there is no such key",
        ),
        (
            set("subnet[7].rounds.sample", "8"),
            "--set subnet[7].rounds.sample: subnet[7].rounds.sample = 8: the file has subnet[1]: name one of these",
        ),
        (
            env("WEIGHMASTER__SUBNET__ROUNDS__SAMPLE", "8"),
            "WEIGHMASTER__SUBNET__ROUNDS__SAMPLE: subnet[rounds].sample = 8: the file has subnet[1]",
        ),
        (
            Given {
                set: &[("subnet[1].rounds.sample", "8")],
                ..Given::default()
            }
            .fault(),
            "subnet[1].rounds.sample = 8: the file has no [[subnet]]: add it there",
        ),
        (
            Given {
                file: "[[subnet]]\nnetuid = 1\n[[subnet]]\nnetuid = 1\nmechanism = 1",
                set: &[("subnet[1].rounds.sample", "8")],
                ..Given::default()
            }
            .fault(),
            "subnet[1].rounds.sample = 8: the file has subnet[1.0], subnet[1.1]: name one of these",
        ),
        (
            set("chain.endpoints[0]", "x"),
            "chain.endpoints[0] = x: only [[subnet]] has entries",
        ),
    ] {
        assert!(fault.contains(expected), "{fault}\n{expected}");
    }
}

#[test]
fn wrong_types_are_told_with_the_right_one() {
    for (fault, expected) in [
        (
            file("[[subnet]]\nnetuid = 70000"),
            "F:2: subnet[70000].netuid = 70000: a whole number from 0 to 65535",
        ),
        (
            file("[[subnet]]\nmechanism = 0"),
            "F:1: subnet[0].netuid = (not set): this key has no default: set it",
        ),
        (
            subnet("[subnet.rounds]\ninterval_s = -1.0"),
            "F:4: subnet[1].rounds.interval_s = -1: a positive number of seconds",
        ),
        (
            subnet("[subnet.rounds]\nsample = 1.7"),
            "F:4: subnet[1].rounds.sample = 1.7: a whole number, 0 or more",
        ),
        (
            set("subnet[1].rounds.sample", "-1"),
            "--set subnet[1].rounds.sample: subnet[1].rounds.sample = -1: a whole",
        ),
        (
            file("[chain]\nrequest_timeout_s = \"soon\""),
            "F:2: chain.request_timeout_s = soon: a number",
        ),
        (
            file("[chain]\nendpoints = 5"),
            "F:2: chain.endpoints = 5: a list: ",
        ),
        (
            set("chain.endpoints", "[ws://a"),
            "chain.endpoints = [ws://a: a list: ",
        ),
        (
            file("[log]\nlevel = 5"),
            "F:2: log.level = 5: a text, in quotes",
        ),
        (
            file("[log]\nformat = \"xml\""),
            "F:2: log.format = xml: one of text, json",
        ),
        (
            file("[log]\nformat = 1"),
            "F:2: log.format = 1: one of text, json",
        ),
        (
            file("chain = 5"),
            "F:1: chain = 5: a table with the keys endpoints, genesis, request_timeout_s, head_timeout_s, clock_tolerance_s",
        ),
        (
            set("chain", "5"),
            "--set chain: chain = 5: a table with the keys",
        ),
        (
            file("[[subnet]]\nnetuid = 99999999999999999999"),
            "F:2: this is not TOML: ",
        ),
        (
            file("[chain]\nx = tru"),
            "F:2: this is not TOML: x: invalid boolean",
        ),
        (
            file("[log]\nlevel = \"info\"\nlevel = \"warn\""),
            "F:3: this is not TOML: level: duplicate key",
        ),
    ] {
        assert!(fault.contains(expected), "{fault}\n{expected}");
        assert_eq!(fault.lines().count(), 1, "{fault}");
    }
}

#[test]
fn a_missing_file_is_told_with_its_path() {
    let fault = Layers::file("/nowhere/x.toml")
        .load()
        .unwrap_err()
        .to_string();
    assert!(
        fault.starts_with("config file /nowhere/x.toml: ") && fault.contains("config init"),
        "{fault}"
    );
    let fault = ScoringConfig::load(Path::new("/nowhere/s.toml")).unwrap_err();
    assert!(
        fault
            .to_string()
            .starts_with("scoring file /nowhere/s.toml: ")
    );
}

#[test]
fn a_secret_is_never_shown() {
    let secret = "s3cret";
    let config = Given {
        file: "[[subnet]]\nnetuid = 1\n[subnet.hotkey]\nsuri = \"//s3cret\"",
        set: &[
            ("database.url", "postgres://me:s3cret@host/db"),
            (
                "chain.endpoints",
                "wss://node:443/v1/s3cret,ws://s3cret@b,ws://c/",
            ),
        ],
        ..Given::default()
    };
    let loaded = config.read().unwrap();
    assert_eq!(loaded.config.subnets[0].hotkey.suri, "//s3cret");
    assert!(!format!("{:?}", loaded.config).contains(secret));
    let toml = loaded.to_toml().unwrap();
    let json = serde_json::to_string(&loaded.rows().unwrap()).unwrap();
    assert!(!toml.contains(secret) && !json.contains(secret), "{toml}");
    assert!(toml.contains("me:<redacted>@host/db"), "{toml}");
    let endpoints = r#"["wss://node:443/<redacted>", "ws://b/<redacted>", "ws://c/"]"#;
    assert!(toml.contains(endpoints), "{toml}");
    let environment: Environment = [("DATABASE_URL".to_owned(), secret.into())]
        .into_iter()
        .collect();
    assert!(!format!("{environment:?}").contains(secret));

    for fault in [
        subnet("[subnet.hotkey]\nsuri = //s3cret"),
        subnet("[subnet.hotkey]\nsuri = \"//s3cret"),
        subnet("[subnet.hotkey]\nsuri = [\"s3cret\"]"),
        subnet("[subnet.hotkey]\nsury = \"//s3cret\""),
        subnet("[subnet.rounds]\nsuri = \"//s3cret\""),
        subnet("hotkey = \"//s3cret\""),
        subnet("suri = \"//s3cret\""),
        set("subnet[7].hotkey.suri", "//s3cret"),
        set("subnet[1].suri", "//s3cret"),
        set("subnet", "[{ netuid = 1, hotkey = { suri = '//s3cret' }"),
        env("WEIGHMASTER__SUBNET__7__HOTKEY__SURI", "//s3cret"),
        file("database = \"postgres://me:s3cret@host/db\""),
        set("database.url.x", "postgres://me:s3cret@host/db"),
        set("chain.endpoints", "https://node/v1/s3cret"),
        Given {
            file: S,
            set: &[
                ("subnet[1].hotkey.suri", "//s3cret"),
                ("subnet[1].hotkey.keyfile", "/k"),
            ],
            ..Given::default()
        }
        .fault(),
    ] {
        assert!(!fault.contains(secret), "{fault}");
    }
}
