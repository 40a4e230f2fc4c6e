//! The demo's config as a file, so that the other commands find the same chain and database.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::config::Config;
use crate::types::{Cause, Failure};

const HEADER: &str =
    "# Written by `weighmaster demo` at each start; the chain's port changes with it.\n\n";

/// Writes it into the demo's folder. It holds the local chain's development key: readable by its owner only.
pub fn write(config: &Config, data: &Path) -> Result<PathBuf, Failure> {
    let file = data.join("weighmaster.toml");
    let text = text(config).map_err(|e| Failure::new(Cause::Bug, e))?;
    let mut open = OpenOptions::new();
    let open = open.write(true).create(true).truncate(true).mode(0o600);
    let written = open
        .open(&file)
        .and_then(|mut f| f.write_all(text.as_bytes()));
    written.map_err(|e| {
        let message = format!("{}: {e}; name another folder with --data", file.display());
        Failure::new(Cause::Transient, message)
    })?;
    Ok(file)
}

/// All keys, and the secrets that a config leaves out where it is shown.
fn text(config: &Config) -> Result<String, toml::ser::Error> {
    let mut table = Table::try_from(config)?;
    if let Some(database) = table.get_mut("database").and_then(Value::as_table_mut) {
        database.insert("url".into(), config.database.url.clone().into());
    }
    let subnets = table.get_mut("subnet").and_then(Value::as_array_mut);
    for (subnet, known) in subnets.into_iter().flatten().zip(&config.subnets) {
        if let Some(hotkey) = subnet.get_mut("hotkey").and_then(Value::as_table_mut) {
            hotkey.insert("suri".into(), known.hotkey.suri.clone().into());
        }
    }
    Ok(HEADER.to_owned() + &toml::to_string(&table)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::config::{Environment, Layers};

    #[test]
    fn the_file_is_read_back_as_the_config_it_was_written_from() {
        let folder = tempfile::tempdir().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let read = |file: PathBuf| {
            let layers = Layers {
                file: Some(file),
                environment: Environment::default(),
                overrides: Vec::new(),
            };
            layers.load().unwrap()
        };
        let mut config = read(root.join("config/localnet.toml"));
        config.database.url = "postgres://user:word@localhost/x".into();
        config.subnets[0].hotkey.suri = "//weighmaster".into();
        let file = write(&config, folder.path()).unwrap();
        assert_eq!(read(file), config);
    }
}
