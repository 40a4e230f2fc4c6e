//! Rules that a value breaks: the key, the value, the remedy, and the layer that set it.
use super::*;

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
            set("log.level", ""),
            "--set log.level: log.level = : an empty filter leaves only errors",
        ),
    ] {
        assert!(fault.contains(expected), "{fault}\n{expected}");
    }
}

#[test]
fn rules_of_a_subnet_name_it() {
    let two_subnets = "[[subnet]]\nnetuid = 1\n[[subnet]]\nnetuid = 1";
    for (fault, expected) in [
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
            set("subnet[1].query.max_round_bytes", "65535"),
            "query.max_round_bytes = 65535: at least 65536: 1024 for each of the 64 miners that a round may ask",
        ),
        (
            set("subnet[1].sampling.max_sample", "0"),
            "sampling.max_sample = 0: at least 1",
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
            "F:4: subnet[1].challenges.messages.user = {qestion}: unknown placeholder {qestion}: use {instruction}",
        ),
        (
            messages("user = \"{passage}\""),
            "F:3: subnet[1].challenges.messages = [user]: no message holds {question}",
        ),
        (
            subnet("[subnet.challenges]\nmessages = {}"),
            "F:4: subnet[1].challenges.messages = []: no message holds {question}",
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
