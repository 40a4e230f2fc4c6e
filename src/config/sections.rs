//! The sections that all subnets share.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Seconds, SubnetConfig};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub chain: ChainConfig,
    pub database: DatabaseConfig,
    pub models: ModelsConfig,
    pub log: LogConfig,
    pub service: ServiceConfig,
    #[serde(rename = "subnet")]
    pub subnets: Vec<SubnetConfig>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChainConfig {
    /// WebSocket RPC nodes. Reads use the first that answers; transactions go to all of them.
    pub endpoints: Vec<String>,
    /// Deadline of one RPC call.
    pub request_timeout_s: Seconds,
    /// Without a new finalized head for this long the endpoint counts as dead and the next one is tried.
    pub head_timeout_s: Seconds,
}

impl Default for ChainConfig {
    fn default() -> Self {
        Self {
            endpoints: vec![
                "wss://entrypoint-finney.opentensor.ai:443".into(),
                "wss://lite.chain.opentensor.ai:443".into(),
                "wss://lite.sub.latent.to:443".into(),
            ],
            request_timeout_s: Seconds::from_millis(20_000),
            head_timeout_s: Seconds::from_millis(90_000),
        }
    }
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `postgres://…` of a server that you run (`DATABASE_URL` sets it too). Empty: a private server is started.
    #[serde(serialize_with = "without_password")]
    pub url: String,
    /// Where the private server's programs lie. Empty: PATH, then /usr/lib/postgresql, then `.deps/`.
    pub bin_dir: PathBuf,
    /// Where the private server keeps its data. Empty: /var/lib/weighmaster (root) or ~/.local/share/weighmaster.
    pub data_dir: PathBuf,
    pub max_connections: u32,
}

fn without_password<S: serde::Serializer>(url: &str, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(&redact(url))
}

/// `postgres://user:password@host/db` → `postgres://user:<redacted>@host/db`.
fn redact(url: &str) -> String {
    let parts = url.split_once("://").and_then(|(scheme, rest)| {
        let (login, place) = rest.rsplit_once('@')?;
        let (user, _) = login.split_once(':')?;
        Some(format!("{scheme}://{user}:<redacted>@{place}"))
    });
    parts.unwrap_or_else(|| url.to_owned())
}

impl std::fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DatabaseConfig")
            .field("url", &redact(&self.url))
            .field("bin_dir", &self.bin_dir)
            .field("data_dir", &self.data_dir)
            .field("max_connections", &self.max_connections)
            .finish()
    }
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self {
            url: String::new(),
            bin_dir: PathBuf::new(),
            data_dir: PathBuf::new(),
            max_connections: 8,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModelsConfig {
    /// Folder of the manifests (`NAME.toml`) and their files.
    pub dir: PathBuf,
    /// The ONNX Runtime shared library (`ORT_DYLIB_PATH` sets it too). Empty: `.deps/` below the working folder or
    /// beside the program, then the system's library path.
    pub onnxruntime: PathBuf,
    /// Inference sessions per model; each runs on one thread of its own.
    pub sessions: usize,
    /// Most tokens in one batch (rows × longest row). 512 keeps memory flat and wastes little on padding.
    pub batch_tokens: usize,
}

impl Default for ModelsConfig {
    fn default() -> Self {
        Self {
            dir: "reward_models".into(),
            onnxruntime: PathBuf::new(),
            sessions: 2,
            batch_tokens: 512,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// A tracing filter: `info`, `weighmaster=debug,warn`, … (`RUST_LOG` wins).
    pub level: String,
    pub format: LogFormat,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self {
            level: "info".into(),
            format: LogFormat::Text,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceConfig {
    /// How long a stop waits for the round and the commit in flight.
    pub grace_s: Seconds,
}

impl Default for ServiceConfig {
    fn default() -> Self {
        Self {
            grace_s: Seconds::from_millis(8_000),
        }
    }
}
