//! The command line.

use crate::mind::Behaviour;
use clap::{Parser, ValueEnum};
use reqwest::Url;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr as _;
use subtensor::key::{Keypair, SecretUri};
use testbed::lifetime::Parent;
use wire::AccountId32;

/// They need another miner.
const COPIERS: [&str; 8] = [
    "copycat",
    "thief",
    "late_copy",
    "half_copy",
    "synonyms_copy",
    "confusables",
    "zero_width",
    "colluder",
];

/// A reference miner: an axon that answers from passages, well or badly as told.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Args {
    /// WebSocket address of a node of the chain.
    #[arg(long, default_value = "ws://127.0.0.1:9944")]
    pub chain: String,
    /// The subnet to mine on.
    #[arg(long, default_value_t = 1)]
    pub netuid: u16,
    /// Secret URI of the hotkey: it names the miner and signs for its axon.
    #[arg(long, env = "MINER_HOTKEY", hide_env_values = true, value_parser = key)]
    pub hotkey: Key,
    /// Secret URI of the coldkey: it pays for the registration.
    #[arg(long, env = "MINER_COLDKEY", hide_env_values = true, value_parser = key, required_unless_present = "no_chain")]
    pub coldkey: Option<Key>,
    /// Address to listen on and to publish. The chain refuses 127.0.0.1.
    #[arg(long, default_value = "127.0.0.2")]
    pub host: IpAddr,
    /// Port to listen on; 0 keeps the one that is published already, or takes any free one.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// How it answers.
    #[arg(long, value_enum, default_value_t = Behaviour::Honest)]
    pub behaviour: Behaviour,
    /// What it does instead after so many questions, as COUNT:BEHAVIOUR.
    #[arg(long, value_name = "COUNT:BEHAVIOUR", value_parser = change)]
    pub then: Option<(u64, Behaviour)>,
    /// Hotkey (ss58) whose answers are copied, or with whose brain a colluder thinks.
    #[arg(long, value_parser = account, required_if_eq_any(COPIERS.map(|name| ("behaviour", name))))]
    pub of: Option<AccountId32>,
    /// Folder in which miners leave their last answers, and in which those who copy look for them. Without it a copier
    /// thinks what the other thinks.
    #[arg(long)]
    pub cache: Option<PathBuf>,
    /// JSON file, an object from questions to answers: they are given before all else.
    #[arg(long)]
    pub answers: Option<PathBuf>,
    /// Base address of an endpoint for chat completions, as http://127.0.0.1:8000/v1: it answers in this miner's place.
    #[arg(long, value_parser = upstream)]
    pub upstream: Option<Url>,
    /// The model's name there.
    #[arg(long, default_value = "default")]
    pub upstream_model: String,
    /// Bearer token for it.
    #[arg(long, env = "MINER_UPSTREAM_KEY", hide_env_values = true)]
    pub upstream_key: Option<String>,
    /// Seconds that it may take for an answer.
    #[arg(long, default_value_t = 8.0, value_parser = seconds)]
    pub upstream_timeout_s: f64,
    /// Seed of this miner's chances.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Folder of passage files, in place of those compiled in.
    #[arg(long)]
    pub corpus: Option<PathBuf>,
    /// File to write the port to once the axon listens.
    #[arg(long)]
    pub port_file: Option<PathBuf>,
    /// Serve only: no registration, and everyone may ask.
    #[arg(long)]
    pub no_chain: bool,
    /// End when the process that started this one has ended; with its id, also when that was before we looked.
    #[arg(long, value_name = "PID", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub exit_with_parent: Option<Parent>,
}

/// A key pair that shows only its address.
#[derive(Clone)]
pub struct Key(pub Keypair);

impl Key {
    /// Its public key, the account on chain.
    pub fn account(&self) -> AccountId32 {
        AccountId32(self.0.public_key().0)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.account())
    }
}

/// Never repeats the text in its error: it is a secret.
fn key(uri: &str) -> Result<Key, String> {
    let unusable = "not a secret URI: give //Name, a phrase, or 0x and 64 hex digits";
    let uri = SecretUri::from_str(uri).map_err(|_| unusable)?;
    Keypair::from_uri(&uri)
        .map(Key)
        .map_err(|_| unusable.into())
}

fn change(text: &str) -> Result<(u64, Behaviour), String> {
    let (count, behaviour) = text
        .split_once(':')
        .ok_or("give COUNT:BEHAVIOUR, as 12:garbage")?;
    let count = count.parse().map_err(|e| format!("{count}: {e}"))?;
    Ok((count, Behaviour::from_str(behaviour, false)?))
}

fn upstream(text: &str) -> Result<Url, String> {
    match text.parse::<Url>() {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        _ => Err(
            "give http://HOST:PORT and the path below which chat/completions lies, as /v1".into(),
        ),
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(seconds) if (0.001..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("give seconds, 0.001 to 3600".into()),
    }
}

fn account(text: &str) -> Result<AccountId32, String> {
    text.parse()
        .map_err(|e| format!("not an ss58 address: {e}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        Args::command().debug_assert();
    }

    #[test]
    fn a_copycat_needs_a_source_and_a_miner_its_coldkey() {
        let parse =
            |args: &[&str]| Args::try_parse_from([&["miner", "--hotkey", "//Bob"], args].concat());
        assert!(parse(&["--no-chain"]).is_ok());
        assert!(parse(&[]).unwrap_err().to_string().contains("--coldkey"));
        assert!(
            parse(&["--no-chain", "--behaviour", "copycat"])
                .unwrap_err()
                .to_string()
                .contains("--of")
        );
    }

    #[test]
    fn the_parent_may_be_named() {
        let parent = |flag: &str| {
            let args = [
                "miner",
                "--no-chain",
                "--hotkey",
                "//Bob",
                flag,
                "--seed",
                "1",
            ];
            Args::try_parse_from(args).map(|args| args.exit_with_parent)
        };
        let ours = std::os::unix::process::parent_id();
        let named = parent(&format!("--exit-with-parent={ours}")).unwrap();
        assert!(named.is_some() && parent("--exit-with-parent").unwrap() == named);
        assert_ne!(parent("--exit-with-parent=1").unwrap(), named);
        assert!(parent("--exit-with-parent=us").is_err());
    }

    #[test]
    fn every_copier_needs_a_source_and_a_change_has_its_time() {
        let parse = |args: &[&str]| {
            Args::try_parse_from([&["miner", "--no-chain", "--hotkey", "//Bob"], args].concat())
        };
        let copies = |b: &Behaviour| b.copies() || *b == Behaviour::Colluder;
        for behaviour in Behaviour::value_variants().iter().filter(|b| copies(b)) {
            let name = behaviour.to_possible_value().unwrap();
            assert!(
                parse(&["--behaviour", name.get_name()]).is_err(),
                "{behaviour:?}"
            );
        }
        assert_eq!(
            parse(&["--then", "12:fluent_wrong"]).unwrap().then,
            Some((12, Behaviour::FluentWrong))
        );
        for wrong in ["12", "x:honest", "12:nobody"] {
            assert!(parse(&["--then", wrong]).is_err(), "{wrong}");
        }
        assert!(parse(&["--upstream", "http://127.0.0.1:8000/v1"]).is_ok());
        for wrong in ["ftp://127.0.0.1/v1", "127.0.0.1:8000", "/v1"] {
            assert!(parse(&["--upstream", wrong]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_bad_secret_is_not_shown() {
        let error = Args::try_parse_from(["miner", "--hotkey", "//Alice/x/////"]);
        let good = Args::try_parse_from(["miner", "--no-chain", "--hotkey", "//Alice"]).unwrap();
        assert!(format!("{good:?}").contains("Key(5Grwva"));
        if let Err(error) = error {
            assert!(!error.to_string().contains("phrase word"));
        }
        assert!(
            key("hopeless secret")
                .unwrap_err()
                .contains("not a secret URI")
        );
    }
}
