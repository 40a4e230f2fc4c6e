//! The recorded chain as a node: each block's state, its extrinsics, and the answers of runtime APIs at the marks.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jsonrpsee::RpcModule;
use jsonrpsee::server::{Server, ServerHandle};
use jsonrpsee::types::ErrorObjectOwned;
use serde_json::{Value, json};
use subtensor::BlockRef;

/// A file recorded from the real chain; none, said aloud, where the data folder is absent.
pub fn file(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("WEIGHMASTER_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    let path = folder.join("data/chain").join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            println!("skipped: {}: {error}", path.display());
            None
        }
    }
}

/// What the recorded chain says, and how often it was asked.
pub struct Transcript {
    pub value: Value,
    metadata: (u32, Vec<u8>),
    pub asked: AtomicUsize,
}

pub struct RecordedNode {
    pub url: String,
    pub transcript: Arc<Transcript>,
    _handle: ServerHandle,
}

impl RecordedNode {
    /// With the metadata of one version; none where the data is absent.
    pub async fn start(version: u32) -> Option<Self> {
        let value = serde_json::from_slice(&file("chain_transcript.json")?).unwrap();
        let metadata = file(&format!("metadata_v{version}.scale"))?;
        let transcript = Arc::new(Transcript {
            value,
            metadata: (version, metadata),
            asked: AtomicUsize::new(0),
        });
        let server = Server::builder().build("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}", server.local_addr().unwrap());
        Some(Self {
            url,
            _handle: server.start(module(transcript.clone())),
            transcript,
        })
    }
}

impl Transcript {
    pub fn marks(&self) -> &Vec<Value> {
        self.value["marks"].as_array().unwrap()
    }

    pub fn blocks(&self) -> &Vec<Value> {
        self.value["blocks"].as_array().unwrap()
    }

    /// The recorded extrinsic of this label.
    pub fn extrinsic(&self, label: &str) -> &Value {
        let all = self.value["extrinsics"].as_array().unwrap();
        let found = all.iter().find(|e| e["label"] == label);
        found.unwrap_or_else(|| panic!("no extrinsic `{label}`"))
    }

    pub fn block(&self, number: u64) -> BlockRef {
        BlockRef {
            number,
            hash: bytes(&self.blocks()[number as usize - 1]["hash"])
                .try_into()
                .unwrap(),
        }
    }

    fn number(&self, hash: &Value) -> Option<u64> {
        let block = self.blocks().iter().find(|block| block["hash"] == *hash)?;
        block["number"].as_u64()
    }

    /// The value of a key after the block of this hash.
    fn storage(&self, key: &str, at: &Value) -> Option<String> {
        let key = key.trim_start_matches("0x");
        let until = self.number(at)? as usize;
        let diffs = self.blocks()[..until].iter().rev();
        // The last change up to that block counts.
        let changes = diffs
            .map(|block| &block["storage_diff"])
            .chain([&self.value["genesis_state"]])
            .flat_map(|pairs| pairs.as_array().unwrap());
        let last = changes.into_iter().find(|pair| pair[0] == key)?;
        last[1].as_str().map(|value| format!("0x{value}"))
    }

    /// A runtime API's answer: recorded at the marks, and what every block answers alike.
    fn call(&self, method: &str, args: &str, at: &Value) -> Option<String> {
        let (version, metadata) = &self.metadata;
        match method {
            "Core_version" => return self.recorded_call(&self.marks()[0], method, args),
            "Metadata_metadata_versions" => {
                return Some(hex::encode([&[4][..], &version.to_le_bytes()].concat()));
            }
            "Metadata_metadata_at_version" => {
                // Some, and the length as a four-byte compact.
                let length = ((metadata.len() as u32) << 2 | 2).to_le_bytes();
                return Some(hex::encode([&[1], &length[..], metadata].concat()));
            }
            _ => {}
        }
        let mark = self.marks().iter().find(|mark| mark["at_hash"] == *at)?;
        self.recorded_call(mark, method, args)
    }

    fn recorded_call(&self, mark: &Value, method: &str, args: &str) -> Option<String> {
        let answers = &mark["runtime_api [method(args_hex)] -> result_hex"];
        let call = format!("{method}({})", args.trim_start_matches("0x"));
        answers[&call].as_str().map(str::to_owned)
    }

    fn header(&self, number: u64) -> Value {
        let zero = format!("0x{}", "00".repeat(32));
        json!({
            "parentHash": self.blocks()[number as usize - 1]["parent_hash"], "number": format!("{number:#x}"),
            "stateRoot": zero, "extrinsicsRoot": zero, "digest": { "logs": [] },
        })
    }
}

pub fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap().trim_start_matches("0x")).unwrap()
}

fn module(transcript: Arc<Transcript>) -> RpcModule<Arc<Transcript>> {
    let mut module = RpcModule::new(transcript);
    let missing = |what: String| ErrorObjectOwned::owned(4003, what, None::<()>);
    module
        .register_method("chain_getBlockHash", |params, transcript, _| {
            match params.one::<u64>().unwrap() {
                0 => transcript.value["genesis_hash"].clone(),
                number => transcript.blocks()[number as usize - 1]["hash"].clone(),
            }
        })
        .unwrap();
    module
        .register_method("chain_getBlock", |params, transcript, _| {
            let number = transcript.number(&params.one().unwrap()).unwrap();
            let block = &transcript.blocks()[number as usize - 1];
            let extrinsics = block["extrinsics_hex"].as_array().unwrap().iter();
            let extrinsics = extrinsics.map(|hex| format!("0x{}", hex.as_str().unwrap()));
            json!({
                "block": { "header": transcript.header(number), "extrinsics": extrinsics.collect::<Vec<_>>() },
                "justifications": null,
            })
        })
        .unwrap();
    module
        .register_method("state_getStorage", |params, transcript, _| {
            transcript.asked.fetch_add(1, Ordering::SeqCst);
            let (key, at): (String, Value) = params.parse().unwrap();
            transcript.storage(&key, &at)
        })
        .unwrap();
    module
        .register_method("state_call", move |params, transcript, _| {
            transcript.asked.fetch_add(1, Ordering::SeqCst);
            let (method, args, at): (String, String, Value) = params.parse().unwrap();
            let answer = transcript.call(&method, &args, &at);
            answer
                .map(|hex| format!("0x{hex}"))
                .ok_or_else(|| missing(format!("not recorded: {method}({args})")))
        })
        .unwrap();
    module
}
