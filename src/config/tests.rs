#![allow(clippy::unwrap_used)]
use std::path::{Path, PathBuf};

use super::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config")
}

fn load(text: &str) -> Result<Config, ConfigError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("c.toml");
    std::fs::write(&path, text).unwrap();
    Layers {
        file: Some(path),
        ..Default::default()
    }
    .load()
}

#[test]
fn the_annotated_file_equals_the_defaults() {
    let file = Layers {
        file: Some(folder().join("weighmaster.toml")),
        ..Default::default()
    }
    .load()
    .unwrap();
    let mut default = Config {
        subnets: vec![SubnetConfig::new(1)],
        ..Default::default()
    };
    default.database.url = file.database.url.clone();
    default.subnets[0].scoring = folder().join("scoring/default.toml");
    default.subnets[0].challenges.corpus = folder().join("corpus");
    assert_eq!(file, default);
}

#[test]
fn every_shipped_file_loads() {
    for name in [
        "weighmaster.toml",
        "localnet.toml",
        "finney.toml",
        "docker.toml",
    ] {
        let config = Layers {
            file: Some(folder().join(name)),
            ..Default::default()
        }
        .load()
        .unwrap();
        for subnet in &config.subnets {
            ScoringConfig::load(&subnet.scoring).unwrap();
        }
    }
}

#[test]
fn overrides_win_over_the_file() {
    let file = Some(folder().join("weighmaster.toml"));
    let overrides = vec![("chain.request_timeout_s".into(), "1.5".into())];
    let config = Layers { file, overrides }.load().unwrap();
    assert_eq!(config.chain.request_timeout_s, Seconds::from_millis(1500));
}

#[test]
fn bad_input_names_the_key_the_value_and_the_remedy() {
    let cases = [
        ("[chain]\nendpoint = []", "endpoint"),
        (
            "[[subnet]]\nnetuid = 1\n[subnet.rounds]\nintervall_s = 4.0",
            "intervall_s",
        ),
        ("[chain]\nendpoints = [\"http://x\"]", "http://x"),
        ("[chain]\nendpoints = []", "chain.endpoints"),
        (
            "[[subnet]]\nnetuid = 1\n[[subnet]]\nnetuid = 1",
            "one [[subnet]] for each netuid",
        ),
        (
            "[[subnet]]\nnetuid = 1\n[subnet.rounds]\ninterval_s = -1.0",
            "-1",
        ),
        (
            "[[subnet]]\nnetuid = 1\n[subnet.rounds]\ninterval_s = 4.0\ntimeout_s = 5.0",
            "rounds.timeout_s",
        ),
        (
            "[[subnet]]\nnetuid = 1\n[subnet.synapse]\nhashed = [\"nope\"]",
            "nope",
        ),
        ("[[subnet]]\nnetuid = 70000", "70000"),
        (
            "[[subnet]]\nnetuid = 1\n[subnet.hotkey]\nkeyfile = \"a\"\nsuri = \"//b\"",
            "one of the two",
        ),
    ];
    for (text, expected) in cases {
        let error = load(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text:?}: {error}");
    }
    assert!(
        load("[[subnet]]\nnetuid = 1\n[subnet.rounds]\ninterval_s = 4.0\ntimeout_s = 3.0").is_ok()
    );
}

#[test]
fn a_secret_uri_is_never_shown() {
    let config = load("[[subnet]]\nnetuid = 1\n[subnet.hotkey]\nsuri = \"//s3cret\"").unwrap();
    assert!(!format!("{config:?}").contains("s3cret"));
    assert!(!toml::to_string(&config).unwrap().contains("s3cret"));
    assert_eq!(config.subnets[0].hotkey.suri, "//s3cret");
    let broken = load("[[subnet]]\nnetuid = 1\n[subnet.hotkey]\nsuri = //s3cret").unwrap_err();
    assert!(!broken.to_string().contains("s3cret"), "{broken}");

    let config = load("[database]\nurl = \"postgres://me:s3cret@host/db\"").unwrap();
    assert!(!format!("{config:?}").contains("s3cret"));
    let shown = toml::to_string(&config).unwrap();
    assert!(
        shown.contains("me:<redacted>@host/db") && !shown.contains("s3cret"),
        "{shown}"
    );
}
