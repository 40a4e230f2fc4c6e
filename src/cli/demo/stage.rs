//! Starts and stops the chain, the miners and the other validators.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::future::join_all;
use serde_json::Value;

use super::cast::{self, Cast};
use super::child::Child;
use crate::host;
use crate::types::{Cause, Failure};

const PATIENCE: Duration = Duration::from_secs(60);

pub struct Stage {
    data: PathBuf,
    logs: PathBuf,
    chain: Option<Child>,
    others: Vec<Child>,
    endpoint: String,
    accounts: BTreeMap<String, Account>,
    cast: Cast,
}

struct Account {
    suri: String,
    ss58: String,
}

impl Stage {
    pub fn new(data: &Path) -> Result<Self, Failure> {
        let logs = data.join("logs");
        std::fs::create_dir_all(&logs).map_err(|e| {
            Failure::new(
                Cause::Transient,
                format!("{}: {e}; name another with --data", logs.display()),
            )
        })?;
        Ok(Self {
            data: data.to_path_buf(),
            logs,
            chain: None,
            others: Vec::new(),
            endpoint: String::new(),
            accounts: BTreeMap::new(),
            cast: Cast::default(),
        })
    }

    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    pub fn logs(&self) -> &Path {
        &self.logs
    }

    pub fn cast(&self) -> &Cast {
        &self.cast
    }

    pub fn suri(&self, name: &str) -> Result<&str, Failure> {
        Ok(&self.account(name)?.suri)
    }

    fn account(&self, name: &str) -> Result<&Account, Failure> {
        self.accounts.get(name).ok_or_else(|| {
            Failure::new(
                Cause::BadData,
                format!("the chain's world has no account `{name}`; try `make demo-clean`"),
            )
        })
    }

    /// Chain first, then everybody else at once.
    pub async fn open(&mut self, note: impl Fn(&str)) -> Result<(), Failure> {
        note("starting the chain");
        self.open_chain().await?;
        note("starting 12 miners and 2 other validators");
        self.open_miners().await?;
        self.open_validators()
    }

    async fn open_chain(&mut self) -> Result<(), Failure> {
        let program = host::sibling("localnet")?;
        let chain = self.data.join("chain");
        let args = [
            "node",
            "--rpc-port",
            "0",
            "--block-ms",
            "250",
            "--finality-lag",
            "2",
            "--tempo",
            "60",
        ];
        let mut args: Vec<String> = args.map(str::to_owned).to_vec();
        args.extend([
            "--exit-with-parent".into(),
            "--data".into(),
            chain.display().to_string(),
        ]);
        let (child, line) = Child::start("chain", &program, &args, &self.logs, PATIENCE).await?;
        self.chain = Some(child);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let accounts = line["accounts"].as_object().cloned().unwrap_or_default();
        self.accounts = accounts
            .into_iter()
            .filter_map(|(name, a)| {
                Some((
                    name,
                    Account {
                        suri: text(&a["suri"])?,
                        ss58: text(&a["ss58"])?,
                    },
                ))
            })
            .collect();
        self.endpoint = text(&line["ws"])
            .ok_or_else(|| Failure::new(Cause::BadData, "the chain's start line has no `ws`"))?;
        Ok(())
    }

    async fn open_miners(&mut self) -> Result<(), Failure> {
        let program = host::sibling("miner")?;
        let copied = self.account(cast::COPIED)?.ss58.clone();
        let mut starts = Vec::new();
        for (i, (name, behaviour, _)) in cast::MINERS.iter().enumerate() {
            let coldkey = self.account(&format!("{name}-cold"))?.suri.clone();
            let account = self.account(name)?;
            // 127.0.0.1 is the one address that the real chain refuses.
            let host = format!("127.0.0.{}", i + 2);
            let seed = i.to_string();
            let mut args: Vec<String> = [
                "--chain",
                &self.endpoint,
                "--netuid",
                "1",
                "--hotkey",
                &account.suri,
                "--coldkey",
                &coldkey,
                "--host",
                &host,
                "--port",
                "0",
                "--behaviour",
                behaviour,
                "--seed",
                &seed,
                "--exit-with-parent",
            ]
            .map(str::to_owned)
            .to_vec();
            if *behaviour == "copycat" {
                args.extend(["--of".into(), copied.clone()]);
            }
            self.cast.0.insert(account.ss58.clone(), behaviour);
            let (program, logs) = (&program, &self.logs);
            starts.push(async move { Child::start(name, program, &args, logs, PATIENCE).await });
        }
        for started in join_all(starts).await {
            self.others.push(started?.0);
        }
        Ok(())
    }

    fn open_validators(&mut self) -> Result<(), Failure> {
        let program = host::sibling("localnet")?;
        let truth = self.data.join("truth.json");
        let mut worth = serde_json::Map::new();
        for (name, _, quality) in cast::MINERS {
            worth.insert(self.account(name)?.ss58.clone(), quality.into());
        }
        std::fs::write(&truth, Value::Object(worth).to_string())
            .map_err(|e| Failure::new(Cause::Transient, format!("{}: {e}", truth.display())))?;
        for (seed, name) in cast::OTHERS.iter().enumerate() {
            let account = self.account(name)?;
            let (truth, seed) = (truth.display().to_string(), seed.to_string());
            let args = [
                "validator",
                "--chain",
                &self.endpoint,
                "--netuid",
                "1",
                "--hotkey",
                &account.suri,
                "--truth",
                &truth,
                "--seed",
                &seed,
                "--exit-with-parent",
            ];
            let args = args.map(str::to_owned).to_vec();
            let ss58 = account.ss58.clone();
            self.others
                .push(Child::quiet(name, &program, &args, &self.logs)?);
            self.cast.0.insert(ss58, "(validator)");
        }
        let us = self.account(cast::VALIDATOR)?.ss58.clone();
        self.cast.0.insert(us, "(weighmaster)");
        Ok(())
    }

    /// Returns when the chain has died; says it when a miner or validator has.
    pub async fn watch(&mut self) -> Failure {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            if let Some(end) = self.chain.as_mut().and_then(Child::ended) {
                return Failure::new(
                    Cause::Transient,
                    format!("{end}; see {}", self.logs.join("chain.log").display()),
                );
            }
            self.others.retain_mut(|child| match child.ended() {
                Some(end) => {
                    super::screen::note(&format!("{end}; see {}", self.logs.display()));
                    false
                }
                None => true,
            });
        }
    }

    /// Everybody else first, the chain last.
    pub async fn close(&mut self) {
        join_all(self.others.iter_mut().map(Child::stop)).await;
        self.others.clear();
        if let Some(chain) = &mut self.chain {
            chain.stop().await;
        }
        self.chain = None;
    }
}
