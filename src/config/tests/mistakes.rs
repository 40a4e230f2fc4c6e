//! What a person can get wrong: the key, the value, the remedy, and the layer that set it.
use super::*;

const S: &str = "[[subnet]]\nnetuid = 1\n";

fn file(text: &str) -> String {
    Given {
        file: text,
        ..Given::default()
    }
    .fault()
}

fn subnet(text: &str) -> String {
    file(&format!("{S}{text}"))
}

fn set(key: &str, value: &str) -> String {
    Given {
        file: S,
        set: &[(key, value)],
        ..Given::default()
    }
    .fault()
}

fn env(variable: &str, value: &str) -> String {
    Given {
        file: S,
        env: &[(variable, value)],
        ..Given::default()
    }
    .fault()
}

/// The planted positive: what the cases below break is accepted whole.
#[test]
fn the_same_without_a_mistake_is_accepted() {
    let given = Given {
        file: "[chain]\nendpoints = [\"ws://x\"]\n[[subnet]]\nnetuid = 1\n[subnet.rounds]\ninterval_s = 4.0\ntimeout_s = 3.0",
        env: &[("WEIGHMASTER__DATABASE__MAX_CONNECTIONS", "3")],
        set: &[("subnet[1].query.allow_addresses", "10.0.0.0/8")],
    };
    assert_eq!(given.config().subnets.len(), 1);
}

#[test]
fn rules_tell_the_layer_that_broke_them() {
    let two_subnets = "[[subnet]]\nnetuid = 1\n[[subnet]]\nnetuid = 1";
    for (fault, expected) in [
        (
            file("[chain]\nendpoints = []"),
            "F:2: chain.endpoints = []: name at least one ws:// or wss:// node",
        ),
        (
            file("[chain]\nendpoints = [\n  \"ws://a\",\n  \"http://x\",\n]"),
            "F:4: chain.endpoints[1] = http://x: an endpoint starts with ws:// or wss://",
        ),
        (
            env("WEIGHMASTER__CHAIN__ENDPOINTS", "ws://a,b"),
            "WEIGHMASTER__CHAIN__ENDPOINTS: chain.endpoints[1] = b: an endpoint starts with ws:// or wss://",
        ),
        (
            set("database.max_connections", "2"),
            "--set database.max_connections: database.max_connections = 2: at least 3",
        ),
        (
            set("models.sessions", "0"),
            "--set models.sessions: models.sessions = 0: at least 1",
        ),
        (
            set("models.batch_tokens", "63"),
            "models.batch_tokens = 63: at least 64",
        ),
        (
            env("RUST_LOG", "a=b=c"),
            "RUST_LOG: log.level = a=b=c: error parsing level filter",
        ),
        (
            file(two_subnets),
            "subnet[1.0].netuid = 1: one [[subnet]] for each netuid and mechanism",
        ),
        (
            subnet("mechanism = 16"),
            "F:3: subnet[1].mechanism = 16: a subnet has at most 16",
        ),
        (
            subnet("[subnet.hotkey]\nkeyfile = \"/a\"\nsuri = \"//s3cret\""),
            "F:4: subnet[1].hotkey.keyfile = /a: hotkey.suri is set too: give one of the two",
        ),
        (
            subnet("[subnet.rounds]\ninterval_s = 4.0\ntimeout_s = 5.0"),
            "F:5: subnet[1].rounds.timeout_s = 5: no longer than rounds.interval_s = 4",
        ),
        (
            set("subnet[1].rounds.interval_s", "4"),
            "default: subnet[1].rounds.timeout_s = 10: no longer than rounds.interval_s = 4",
        ),
        (
            env("WEIGHMASTER__SUBNET__1__ROUNDS__SAMPLE", "0"),
            "WEIGHMASTER__SUBNET__1__ROUNDS__SAMPLE: subnet[1].rounds.sample = 0: at least 1",
        ),
        (
            set("subnet[1].sampling.validator_stake_tao", "nan"),
            "validator_stake_tao = NaN: a finite number",
        ),
        (
            set("subnet[1].query.concurrency", "0"),
            "query.concurrency = 0: at least 1",
        ),
        (
            set("subnet[1].query.max_headers", "31"),
            "query.max_headers = 31: at least 32",
        ),
        (
            set("subnet[1].query.max_response_bytes", "1023"),
            "query.max_response_bytes = 1023: at least 1024",
        ),
        (
            set("subnet[1].query.max_round_bytes", "51199"),
            "query.max_round_bytes = 51199: at least 51200: 1024 for each of the 50 miners of rounds.sample",
        ),
        (
            set("subnet[1].weights.power", "0"),
            "weights.power = 0: a positive number",
        ),
        (
            set("subnet[1].weights.plan_blocks_before", "15"),
            "plan_blocks_before = 15: at least 16: an era",
        ),
    ] {
        assert!(fault.contains(expected), "{fault}\n{expected}");
    }
}

#[test]
fn what_is_asked_and_how_is_checked_too() {
    let synapse = |text: &str| subnet(&format!("[subnet.synapse]\n{text}"));
    let messages = |text: &str| subnet(&format!("[subnet.challenges.messages]\n{text}"));
    for (fault, expected) in [
        (
            synapse("name = \"../admin\""),
            "F:4: subnet[1].synapse.name = ../admin: a Python name",
        ),
        (synapse("name = \"\""), "synapse.name = : a Python name"),
        (
            synapse("hashed = [\"role\"]"),
            "F:4: subnet[1].synapse.hashed = role: a hashed field must be one of",
        ),
        (
            synapse("hashed = []\nfields = [{ name = \"a\\r\\nb: c\", from = \"roles\" }]"),
            "synapse.fields[a\\r\\nb: c].name = a\\r\\nb: c: a Python name",
        ),
        (
            synapse(
                "hashed = []\nfields = [{ name = \"a\", from = \"roles\" }, { name = \"a\", from = \"prompt\" }]",
            ),
            "F:5: subnet[1].synapse.fields[a].name = a: name each field once",
        ),
        (
            synapse("hashed = []\n[[subnet.synapse.fields]]\nname = \"a\"\nfrom = \"constant\""),
            "synapse.fields[a].value = (not set): `value` goes with from = \"constant\"",
        ),
        (
            synapse(
                "hashed = []\n[[subnet.synapse.fields]]\nname = \"a\"\nfrom = \"roles\"\nvalue = 3",
            ),
            "F:8: subnet[1].synapse.fields[a].value = 3: `value` goes with",
        ),
        (
            synapse("answer = \"\""),
            "synapse.answer = : name the response field",
        ),
        (synapse("answer = \"a..b\""), "synapse.answer = a..b: "),
        (synapse("answer = \".a\""), "synapse.answer = .a: "),
        (synapse("answer = \"a.\""), "synapse.answer = a.: "),
        (
            messages("user = \"{qestion}\""),
            "F:4: subnet[1].challenges.messages.user = {qestion}: unknown placeholder {qestion}: use {passage}",
        ),
        (
            messages("user = \"{passage}\""),
            "F:3: subnet[1].challenges.messages = [user]: no message holds {question}",
        ),
        (
            set("subnet[1].query.allow_addresses", "127.0.0.0/8,10.0.0.1/8"),
            "--set subnet[1].query.allow_addresses: subnet[1].query.allow_addresses[1] = 10.0.0.1/8: it has bits set \
             beyond the prefix: write 10.0.0.0/8",
        ),
        (
            subnet("[subnet.query]\nallow_addresses = [\n\"localhost\"]"),
            "F:5: subnet[1].query.allow_addresses[0] = localhost: write an address range like",
        ),
    ] {
        assert!(fault.contains(expected), "{fault}\n{expected}");
    }
}

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
            "F:1: chain = 5: a table with the keys endpoints, request_timeout_s, head_timeout_s",
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
        set: &[("database.url", "postgres://me:s3cret@host/db")],
        ..Given::default()
    };
    let loaded = config.read().unwrap();
    assert_eq!(loaded.config.subnets[0].hotkey.suri, "//s3cret");
    assert!(!format!("{:?}", loaded.config).contains(secret));
    let toml = loaded.to_toml().unwrap();
    let json = serde_json::to_string(&loaded.rows().unwrap()).unwrap();
    assert!(!toml.contains(secret) && !json.contains(secret), "{toml}");
    assert!(toml.contains("me:<redacted>@host/db"), "{toml}");
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
