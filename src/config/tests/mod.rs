//! The layers as a person meets them: files, variables, flags, and what is said of their mistakes.
#![allow(clippy::unwrap_used, clippy::panic)]

mod joined;
mod mistakes;
mod rules;
mod shown;

use std::path::{Path, PathBuf};

use super::*;

/// The shipped files.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config")
}

/// Three layers. The file is called `F` in what [`Given::fault`] returns.
#[derive(Clone, Copy, Default)]
struct Given<'t> {
    file: &'t str,
    env: &'t [(&'t str, &'t str)],
    set: &'t [(&'t str, &'t str)],
}

impl Given<'_> {
    fn read(&self) -> Result<Loaded, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.toml");
        std::fs::write(&path, self.file).unwrap();
        let own = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        let layers = Layers {
            file: Some(path.clone()),
            environment: self
                .env
                .iter()
                .map(own)
                .map(|(k, v)| (k, v.into()))
                .collect(),
            overrides: self.set.iter().map(own).collect(),
        };
        let read = layers.read();
        read.map_err(|e| e.to_string().replace(&path.display().to_string(), "F"))
    }

    fn config(&self) -> Config {
        self.read().unwrap().config
    }

    fn fault(&self) -> String {
        match self.read() {
            Err(fault) => fault,
            Ok(loaded) => panic!("accepted: {:?}", loaded.config),
        }
    }

    /// The source of a key, as `config show` tells it.
    fn source(&self, key: &str) -> String {
        let rows = self.read().unwrap().rows().unwrap();
        let row = rows.into_iter().find(|r| r.key == key).unwrap();
        row.source
    }
}

/// The least that a subnet is.
const S: &str = "[[subnet]]\nnetuid = 1\n";

fn file(text: &str) -> String {
    Given {
        file: text,
        ..Given::default()
    }
    .fault()
}

fn subnet(text: &str) -> String {
    file(&format!("{S}{text}"))
}

fn set(key: &str, value: &str) -> String {
    Given {
        file: S,
        set: &[(key, value)],
        ..Given::default()
    }
    .fault()
}

fn env(variable: &str, value: &str) -> String {
    Given {
        file: S,
        env: &[(variable, value)],
        ..Given::default()
    }
    .fault()
}

#[test]
fn the_annotated_file_equals_the_defaults() {
    let file = Layers::file(folder().join("weighmaster.toml"))
        .load()
        .unwrap();
    let mut default = Config {
        subnets: vec![SubnetConfig::new(1)],
        ..Default::default()
    };
    default.subnets[0].scoring = folder().join("scoring/default.toml");
    default.subnets[0].challenges.corpus = folder().join("corpus");
    assert_eq!(file, default);
}

#[test]
fn every_key_of_the_annotated_file_has_its_line_as_source() {
    let path = folder().join("weighmaster.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let rows = Layers::file(&path).read().unwrap().rows().unwrap();
    assert!(rows.len() > 30, "{}", rows.len());
    for row in rows {
        let line = row.source.strip_prefix(&format!("{}:", path.display()));
        let line: usize = line.unwrap_or_else(|| panic!("{row:?}")).parse().unwrap();
        let line = text.lines().nth(line - 1).unwrap();
        let name = row.key.rsplit('.').next().unwrap();
        let header = format!("[[subnet.synapse.{name}]]");
        assert!(
            line.starts_with(&format!("{name} = ")) || line == header,
            "{row:?}: {line}"
        );
    }
}

#[test]
fn every_shipped_file_loads() {
    for name in [
        "weighmaster.toml",
        "localnet.toml",
        "finney.toml",
        "docker.toml",
        "language.toml",
        "data.toml",
        "search.toml",
        "prediction.toml",
    ] {
        let config = Layers::file(folder().join(name)).load().unwrap();
        assert!(!config.subnets.is_empty());
        for subnet in &config.subnets {
            ScoringConfig::load(&subnet.scoring).unwrap();
        }
    }
}

/// Whoever asks about public passages is answered by those who look them up.
#[test]
fn the_configs_for_kinds_of_subnets_ask_what_is_made_up_for_each_miner() {
    use crate::config::Variants;
    use crate::types::Family::{Data, Documents, Forecast, Reading, Search};
    for (name, most) in [
        ("language", Reading),
        ("data", Data),
        ("search", Search),
        ("prediction", Forecast),
    ] {
        let config = Layers::file(folder().join(format!("{name}.toml")))
            .load()
            .unwrap();
        let challenges = &config.subnets[0].challenges;
        let families = &challenges.families;
        let first = families
            .iter()
            .max_by(|a, b| a.1.share.total_cmp(&b.1.share));
        assert_eq!(first.map(|(family, _)| *family), Some(most), "{name}");
        assert!(!challenges.asks(Documents), "{name}");
        assert!(
            families
                .values()
                .all(|family| family.variants != Variants::Shared),
            "{name}"
        );
    }
}
