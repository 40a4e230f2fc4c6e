//! Hostile input at random: whatever clients send gets an answer, nothing panics but what the runtime refuses to
//! decode, and the chain goes on.
//!
//! A few seconds by default; `LOCALNET_FUZZ_SECONDS=600` (`make fuzz`) runs each target for that long. The seed is
//! printed; `LOCALNET_FUZZ_SEED` runs it again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

mod bytes;
mod calls;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Source;
use codec::{Decode, Encode};
use localnet::exec::ExecError;
use localnet::node::{self, CallError, Node, SubmitError, Wish};
use localnet::rpc;
use serde_json::{Value, json};

/// Time for a target in an ordinary test run.
const QUICK: Duration = Duration::from_secs(3);

fn chain() -> Arc<Node> {
    let (node, _) = node::open(Wish::default()).unwrap();
    Arc::new(node)
}

/// Runs `target` for the time asked for, and says how often.
fn run(name: &str, mut target: impl FnMut(&mut Source)) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let seconds: Option<u64> = number("LOCALNET_FUZZ_SECONDS");
    let seed: u64 = number("LOCALNET_FUZZ_SEED").unwrap_or_else(|| match seconds {
        Some(_) => rand::random(),
        None => 1,
    });
    println!("{name}: seed {seed}");
    let mut source = Source::new(seed);
    let (start, mut executions) = (Instant::now(), 0u64);
    let long = seconds.map_or(QUICK, Duration::from_secs);
    while start.elapsed() < long {
        target(&mut source);
        executions += 1;
    }
    println!(
        "{name}: {executions} executions clean in {:.0?}",
        start.elapsed()
    );
    assert!(executions > 0);
}

/// Requests as text: valid ones, ones with other parameters, and damaged ones.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_get_answers() {
    let node = chain();
    for _ in 0..3 {
        node.seal(Vec::new()).unwrap();
    }
    let module = rpc::methods(node.clone(), false).unwrap();
    let methods: Vec<String> = module.method_names().map(str::to_owned).collect();
    let known = vec![
        json!(node.genesis()),
        json!(node.heads().best.hash),
        json!(format!(
            "0x{}",
            hex::encode(calls::signed(&node, "owner", calls::remark()))
        )),
    ];
    let runtime = tokio::runtime::Handle::current();
    let (mut answered, mut refused) = (0u64, 0u64);
    tokio::task::block_in_place(|| {
        run("requests", |source| {
            let method = source.pick(&methods).clone();
            let params: Vec<Value> = (0..source.below(5))
                .map(|_| source.json(&known, 3))
                .collect();
            let request = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
            let mut text = request.to_string();
            if source.chance(4) {
                let mut raw = text.into_bytes();
                source.damage(&mut raw);
                text = String::from_utf8_lossy(&raw).into_owned();
            }
            let answer = runtime.block_on(module.raw_json_request(&text, 16));
            let Ok((answer, _)) = answer else {
                refused += 1;
                return;
            };
            let answer: Value = serde_json::from_str(answer.get())
                .unwrap_or_else(|error| panic!("{text}\n{error}: {}", answer.get()));
            let error = &answer["error"];
            assert!(
                error.is_object() || answer.get("result").is_some(),
                "{text}\n{answer}"
            );
            // −32603 is the node's own failure: a panic in a method ends as one.
            assert_ne!(error["code"], -32603, "{text}\n{answer}");
            if error.is_null() {
                answered += 1
            } else {
                refused += 1
            }
        });
    });
    println!("requests: {answered} results, {refused} errors");
    assert!(answered > 0 && refused > 0);
    node.seal(Vec::new()).unwrap();
}

/// Extrinsics: random calls properly signed, plain and under sudo, and damaged bytes. What the pool takes is executed.
#[test]
fn extrinsics_are_refused_or_executed() {
    localnet::exec::quiet_runtime_panics();
    let node = chain();
    let (mut taken, mut refused) = (0u64, 0u64);
    run("extrinsics", |source| {
        let signer = *source.pick(&calls::SIGNERS);
        let call = calls::random(source, signer);
        let mut raw = calls::signed(&node, signer, call);
        if source.chance(4) {
            source.damage(&mut raw);
        }
        match node.submit(raw.clone(), None) {
            Ok(_) => {
                taken += 1;
                let applied = node.call(None, "BlockBuilder_apply_extrinsic", &raw);
                assert!(
                    !matches!(applied, Err(CallError::Exec(ExecError::Trapped(_)))),
                    "{applied:?}: 0x{}",
                    hex::encode(&raw)
                );
            }
            Err(SubmitError::Call(error)) => panic!("{error}: 0x{}", hex::encode(&raw)),
            Err(_) => refused += 1,
        }
        if source.chance(8) {
            let before = node.heads().best.number;
            let sealed = node.seal(Vec::new());
            assert_eq!(sealed.unwrap().number, before + 1);
        }
    });
    println!("extrinsics: {taken} taken, {refused} refused");
    assert!(taken > 0 && refused > 0);
    let before = node.heads().best.number;
    assert_eq!(node.fast_forward(100).unwrap().number, before + 100);
}

/// Every runtime API function, on right and wrong bytes: a result, or the words of a node whose runtime trapped on them.
#[test]
fn state_calls_answer_or_trap() {
    localnet::exec::quiet_runtime_panics();
    let node = chain();
    node.fast_forward(130).unwrap();
    let functions = functions(&node);
    assert!(functions.len() > 30, "{functions:?}");
    let (mut answered, mut trapped) = (0u64, 0u64);
    run("state calls", |source| {
        let name = source.pick(&functions).clone();
        let data = source.arguments();
        match node.call(None, &name, &data) {
            Ok(_) => answered += 1,
            Err(CallError::Exec(ExecError::BadArguments(_))) => trapped += 1,
            // The author's own functions trap out of their order, as on a real node.
            Err(CallError::Exec(ExecError::Trapped(reason)))
                if reason.contains("Bad input data provided")
                    || ["Core_", "BlockBuilder_"]
                        .iter()
                        .any(|own| name.starts_with(own)) =>
            {
                trapped += 1
            }
            Err(error) => panic!("{name} 0x{}: {error}", hex::encode(&data)),
        }
    });
    println!("state calls: {answered} answers, {trapped} refused");
    assert!(answered > 0 && trapped > 0);
}

/// The names under which the metadata lists the runtime APIs: a client can reach all of them.
fn functions(node: &Node) -> Vec<String> {
    let opaque = node.call(None, "Metadata_metadata_at_version", &15u32.encode());
    let bytes = Option::<Vec<u8>>::decode(&mut &opaque.unwrap()[..])
        .unwrap()
        .unwrap();
    let metadata = frame_metadata::RuntimeMetadataPrefixed::decode(&mut &bytes[..]).unwrap();
    let frame_metadata::RuntimeMetadata::V15(metadata) = metadata.1 else {
        panic!("not version 15")
    };
    let apis = metadata.apis.into_iter();
    apis.flat_map(|api| {
        let name = api.name;
        api.methods
            .into_iter()
            .map(move |method| format!("{name}_{}", method.name))
    })
    .collect()
}
