//! Miners and other validators, as the commands that start them.

use std::path::Path;

use tokio::process::Command;

use crate::{Chain, Error, program};

/// A reference miner: registers, serves, and says so in its start line.
#[derive(Clone, Copy, Debug)]
pub struct Miner<'a> {
    /// Its hotkey's account; the coldkey's is `NAME-cold`.
    pub name: &'a str,
    /// One of the `miner` program's.
    pub behaviour: &'a str,
    /// The subnet.
    pub netuid: u16,
    /// It serves on 127.0.0.`host`, on any port. 127.0.0.1 is the one such address that the chain refuses.
    pub host: u8,
    /// Of its chances.
    pub seed: u64,
    /// Account of the one whose answers it copies.
    pub copied: Option<&'a str>,
    /// More of the `miner` program's flags.
    pub flags: &'a [String],
}

impl Miner<'_> {
    /// For [`crate::Stage::enter`] or [`crate::Child::start`].
    ///
    /// # Errors
    /// If the program or an account is missing.
    pub fn command(&self, chain: &Chain) -> Result<Command, Error> {
        let mut command = Command::new(program("miner")?);
        command.args(["--chain", chain.ws()]);
        command.args(["--netuid", &self.netuid.to_string()]);
        command.args(["--hotkey", &chain.account(self.name)?.suri]);
        let coldkey = format!("{}-cold", self.name);
        command.args(["--coldkey", &chain.account(&coldkey)?.suri]);
        let host = format!("127.0.0.{}", self.host);
        command.args(["--host", &host, "--port", "0"]);
        command.args(["--behaviour", self.behaviour]);
        command.args(["--seed", &self.seed.to_string()]);
        if let Some(copied) = self.copied {
            command.args(["--of", &chain.account(copied)?.ss58]);
        }
        command.args(self.flags);
        Ok(command)
    }
}

/// Another validator of a subnet: weighs by the true quality of every miner, and says nothing on stdout.
#[derive(Clone, Copy, Debug)]
pub struct Validator<'a> {
    /// Its hotkey's account.
    pub name: &'a str,
    /// The subnet.
    pub netuid: u16,
    /// A file with a JSON object from a miner's address to its quality, 0 to 1.
    pub truth: &'a Path,
    /// Of its noise.
    pub seed: u64,
}

impl Validator<'_> {
    /// For [`crate::Stage::enter_quietly`] or [`crate::Child::quiet`].
    ///
    /// # Errors
    /// If the program or the account is missing.
    pub fn command(&self, chain: &Chain) -> Result<Command, Error> {
        let mut command = Command::new(program("localnet")?);
        command.args(["validator", "--chain", chain.ws()]);
        command.args(["--netuid", &self.netuid.to_string()]);
        command.args(["--hotkey", &chain.account(self.name)?.suri]);
        command.arg("--truth").arg(self.truth);
        command.args(["--seed", &self.seed.to_string()]);
        Ok(command)
    }
}
