//! A node of the local chain, and what its start line says.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use serde_json::Value;
use tokio::process::Command;

use crate::{Child, Error, program};

/// A running node. It ends when this falls out of scope.
#[derive(Debug)]
pub struct Chain {
    child: Child,
    line: Value,
    ws: String,
    accounts: BTreeMap<String, Account>,
}

/// An account of the chain's world. Its secret is worth nothing anywhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Secret URI.
    pub suri: String,
    /// Address.
    pub ss58: String,
}

impl Chain {
    /// Runs `localnet node` with these flags; `--rpc-port 0` takes any free port. Its log is `chain.log` in `logs`.
    ///
    /// # Errors
    /// If the program is missing or doesn't say that it is up.
    pub async fn start<F: AsRef<OsStr>>(
        flags: impl IntoIterator<Item = F>,
        logs: &Path,
    ) -> Result<Self, Error> {
        let mut command = Command::new(program("localnet")?);
        command.arg("node").args(flags);
        let (child, line) = Child::start("chain", command, logs).await?;
        let missing = |key| Error::StartLine {
            key,
            line: line.to_string(),
        };
        let accounts = line["accounts"].as_object();
        let accounts = accounts.ok_or_else(|| missing("accounts"))?.iter();
        Ok(Self {
            ws: text(&line["ws"]).ok_or_else(|| missing("ws"))?,
            accounts: accounts
                .filter_map(|(name, account)| {
                    let (suri, ss58) = (text(&account["suri"])?, text(&account["ss58"])?);
                    Some((name.clone(), Account { suri, ss58 }))
                })
                .collect(),
            child,
            line,
        })
    }

    /// Its WebSocket address.
    pub fn ws(&self) -> &str {
        &self.ws
    }

    /// All that it said at its start: genesis, netuid, block, drand's key.
    pub fn line(&self) -> &Value {
        &self.line
    }

    /// An account of its world, by name.
    ///
    /// # Errors
    /// [`Error::NoAccount`].
    pub fn account(&self, name: &str) -> Result<&Account, Error> {
        let account = self.accounts.get(name);
        account.ok_or_else(|| Error::NoAccount(name.to_owned()))
    }

    /// Its process.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Its process id, until its end was seen.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
