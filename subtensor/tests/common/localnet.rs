//! The local chain as a process beside the test.

use tempfile::TempDir;
use testbed::Chain;

pub struct Localnet {
    chain: Chain,
    _log: TempDir,
}

impl Localnet {
    /// 100 ms blocks, final two blocks later.
    pub async fn start(flags: &[&str]) -> Self {
        let pace = [
            "--rpc-port",
            "0",
            "--block-ms",
            "100",
            "--finality-lag",
            "2",
        ];
        let log = tempfile::tempdir().unwrap();
        let chain = Chain::start([&pace[..], flags].concat(), log.path()).await;
        Self {
            chain: chain.unwrap(),
            _log: log,
        }
    }

    pub fn ws(&self) -> &str {
        self.chain.ws()
    }
}
