//! Holds the import rules of ARCHITECTURE.md by reading the sources.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Module → the modules of this crate that it may name. What is not listed is checked nowhere else but in `joins`.
const DOMAIN: [(&str, &[&str]); 6] = [
    ("types", &["types"]),
    ("config", &["config", "types"]),
    ("query", &["query", "types", "config"]),
    ("scoring", &["scoring", "types", "config", "host"]),
    ("signer", &["signer", "types", "config", "host"]),
    ("store", &["store", "types", "config", "host"]),
];

/// The pure files of `weights`: nothing but types, config, and each other.
const PURE_WEIGHTS: [&str; 3] = ["vector.rs", "schedule.rs", "ledger.rs"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

/// The first segment of every `crate::…` path in a text, tests and comments left out.
fn named(text: &str) -> BTreeSet<String> {
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text);
    let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
    let mut names = BTreeSet::new();
    for line in lines {
        for part in line.split("crate::").skip(1) {
            let braces = part
                .strip_prefix('{')
                .map(|p| p.split('}').next().unwrap_or(p));
            let groups =
                braces.map_or_else(|| vec![part], |b| b.split(',').map(str::trim).collect());
            for group in groups {
                let name: String = group
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                if !name.is_empty() {
                    names.insert(name);
                }
            }
        }
    }
    names
}

fn violations(text: &str, allowed: &[&str]) -> Vec<String> {
    named(text)
        .into_iter()
        .filter(|n| !allowed.contains(&n.as_str()))
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn a_module_names_only_what_it_may() {
    for (module, allowed) in DOMAIN {
        for path in sources(&root().join(module)) {
            let text = fs::read_to_string(&path).unwrap();
            let wrong = violations(&text, allowed);
            assert!(
                wrong.is_empty(),
                "{} names {wrong:?}; it may name {allowed:?}",
                path.display()
            );
        }
    }
    let host = fs::read_to_string(root().join("host.rs")).unwrap();
    assert!(
        violations(&host, &[]).is_empty(),
        "host.rs knows this machine alone"
    );
    for file in PURE_WEIGHTS {
        let text = fs::read_to_string(root().join("weights").join(file)).unwrap();
        let wrong = violations(&text, &["types", "config"]);
        assert!(wrong.is_empty(), "weights/{file} names {wrong:?}");
    }
}

#[test]
fn only_the_top_constructs() {
    for path in sources(&root()) {
        let top = ["app.rs", "lib.rs", "main.rs", "exit.rs"]
            .iter()
            .any(|f| path.ends_with(f));
        if top || path.starts_with(root().join("cli")) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let names = named(&text);
        assert!(
            !names.contains("app") && !names.contains("cli"),
            "{} reaches up",
            path.display()
        );
    }
}

#[test]
fn the_check_sees_a_planted_violation() {
    assert_eq!(
        violations(
            "use crate::types::Uid;\nuse crate::store::Store;\n",
            &["types"]
        ),
        ["store"]
    );
    assert_eq!(
        violations("use crate::{types::Uid, chain};\n", &["types"]),
        ["chain"]
    );
    assert_eq!(
        violations("fn f() { crate::app::start(); }", &["types"]),
        ["app"]
    );
    assert!(violations("// use crate::store\nuse crate::types::Uid;", &["types"]).is_empty());
}

#[test]
fn the_validator_does_not_depend_on_frame() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for manifest in [
        "Cargo.toml",
        "subtensor/Cargo.toml",
        "miner/Cargo.toml",
        "wire/Cargo.toml",
        "yuma/Cargo.toml",
        "timelock/Cargo.toml",
        "corpus/Cargo.toml",
        "pgprivate/Cargo.toml",
        "testbed/Cargo.toml",
        "testbed/database/Cargo.toml",
    ] {
        let text = fs::read_to_string(root.join(manifest)).unwrap();
        let dependencies = text.split("\n[dependencies]").nth(1).unwrap_or("");
        for forbidden in ["frame-", "pallet-", "sp-", "localnet"] {
            let found = dependencies.lines().find(|l| l.starts_with(forbidden));
            assert!(found.is_none(), "{manifest} depends on {found:?}");
        }
    }
}

/// The dependencies on subxt's crates that a manifest names, test dependencies included.
fn subxt_crates(manifest: &str) -> Vec<&str> {
    let keys = manifest.lines().filter_map(|line| line.split_once('='));
    let names = keys.map(|(name, _)| name.trim());
    names.filter(|name| name.starts_with("subxt")).collect()
}

/// One crate speaks to the chain; `wire` only needs its signatures and addresses.
#[test]
fn only_the_chain_client_names_subxt() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, allowed) in [
        ("subtensor", &["subxt", "subxt-signer"] as &[_]),
        ("wire", &["subxt-signer", "subxt-utils-accountid32"]),
        ("yuma", &[]),
        ("miner", &[]),
        ("testbed", &[]),
        ("testbed/database", &[]),
        ("localnet", &[]),
        ("localnet/runtime", &[]),
    ] {
        let text = fs::read_to_string(root.join(folder).join("Cargo.toml")).unwrap();
        assert_eq!(subxt_crates(&text), allowed, "{folder}");
    }
    let text = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let package = text.split("\n[package]\n").nth(1).unwrap();
    assert_eq!(subxt_crates(package), [""; 0]);
}
