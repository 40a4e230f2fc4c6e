//! Holds deny.toml: what is built has a permissive licence, and comes in one version or with a reason.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use spdx::{Expression, ParseMode};

#[derive(Deserialize)]
struct Deny {
    licenses: Licences,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licences {
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Bans {
    skip: Vec<Skip>,
}

#[derive(Deserialize)]
struct Skip {
    /// `NAME@VERSION`, where a version stands for all that begin with its parts.
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

impl Skip {
    fn covers(&self, name: &str, version: &str) -> bool {
        self.name
            .split_once('@')
            .is_some_and(|(n, v)| n == name && format!("{version}.").starts_with(&format!("{v}.")))
    }
}

struct Crate {
    name: String,
    version: String,
    licence: String,
}

/// All that cargo builds here for programs and tests, but for our own crates.
fn built() -> Vec<Crate> {
    let tree = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([
            "tree",
            "--workspace",
            "--locked",
            "--edges=normal,build,dev",
        ])
        .args(["--prefix=none", "--format={p}|{l}"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tree.stderr);
    assert!(tree.status.success(), "{said}");
    let lines: BTreeSet<String> = String::from_utf8(tree.stdout)
        .unwrap()
        .lines()
        // `NAME vVERSION (proc-macro)|LICENCE (*)`; a path in parentheses is one of ours.
        .filter(|line| !line.is_empty() && !line.contains("(/"))
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .collect();
    let parse = |line: &String| {
        let (package, licence) = line.split_once('|').unwrap();
        let mut words = package.split(' ');
        Crate {
            name: words.next().unwrap().to_owned(),
            version: words.next().unwrap()[1..].to_owned(),
            licence: licence.to_owned(),
        }
    };
    lines.iter().map(parse).collect()
}

fn deny() -> Deny {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn permits(allow: &BTreeSet<String>, licence: &str) -> bool {
    let Ok(licence) = Expression::parse_mode(licence, ParseMode::LAX) else {
        return false;
    };
    // An exception only permits more.
    licence.evaluate(|needed| {
        needed
            .license
            .id()
            .is_some_and(|id| allow.contains(id.name))
    })
}

/// Crates with more versions than deny.toml gives a reason for, and reasons that nothing needs.
fn unexplained(crates: &[Crate], skips: &[Skip]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for c in crates {
        versions.entry(&c.name).or_default().insert(&c.version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    let mut wrong = Vec::new();
    for (name, versions) in &versions {
        let plain = versions
            .iter()
            .filter(|v| !skips.iter().any(|s| s.covers(name, v)));
        if plain.count() > 1 {
            wrong.push(format!(
                "{name} is built in versions {versions:?}: bring them together, or give all but one a reason in deny.toml"
            ));
        }
    }
    for skip in skips {
        let mut all = versions
            .iter()
            .flat_map(|(name, versions)| versions.iter().map(move |v| (name, v)));
        if !all.any(|(name, version)| skip.covers(name, version)) {
            wrong.push(format!(
                "{} is no duplicate any more: take it out of deny.toml",
                skip.name
            ));
        }
        if skip.reason.trim().is_empty() {
            wrong.push(format!(
                "{} stands in deny.toml without a reason",
                skip.name
            ));
        }
    }
    wrong
}

#[test]
fn what_is_built_is_permissive_and_has_no_unexplained_duplicate() {
    let (crates, deny) = (built(), deny());
    assert!(crates.len() > 300, "cargo tree named {}", crates.len());
    let mut wrong = unexplained(&crates, &deny.bans.skip);
    wrong.extend(
        crates
            .iter()
            .filter(|c| !permits(&deny.licenses.allow, &c.licence))
            .map(|c| {
                format!(
                    "{} {}: the licence `{}` is not allowed in deny.toml",
                    c.name, c.version, c.licence
                )
            }),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_check_sees_planted_violations() {
    let allow = deny().licenses.allow;
    for (licence, good) in [
        ("MIT OR Apache-2.0", true),
        ("MIT/Apache-2.0", true),
        ("Apache-2.0 OR GPL-3.0", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("GPL-3.0", false),
        ("MIT AND GPL-3.0", false),
        ("GPL-3.0-or-later WITH Classpath-exception-2.0", false),
        ("", false),
        ("nonsense", false),
    ] {
        assert_eq!(permits(&allow, licence), good, "{licence}");
    }

    let built = |versions: &[&str]| -> Vec<Crate> {
        let one = |v: &&str| Crate {
            name: "twice".into(),
            version: (*v).into(),
            licence: "MIT".into(),
        };
        versions.iter().map(one).collect()
    };
    let skip = |name: &str, reason: &str| Skip {
        name: name.into(),
        reason: reason.into(),
    };
    let reason = || skip("twice@1.2", "somebody");
    assert_eq!(unexplained(&built(&["1.2.3"]), &[]), [""; 0]);
    assert_eq!(
        unexplained(&built(&["1.2.3", "2.0.0"]), &[reason()]),
        [""; 0]
    );
    assert_eq!(unexplained(&built(&["1.2.3", "2.0.0"]), &[]).len(), 1);
    assert_eq!(
        unexplained(&built(&["1.20.3", "2.0.0"]), &[reason()]).len(),
        2
    );
    assert_eq!(
        unexplained(&built(&["1.2.3", "2.0.0", "3.0.0"]), &[reason()]).len(),
        1
    );
    assert_eq!(unexplained(&built(&["1.2.3"]), &[reason()]).len(), 1);
    assert_eq!(
        unexplained(&built(&["1.2.3", "2.0.0"]), &[skip("twice@1.2", " ")]).len(),
        1
    );
}

/// Wheels are taken by their hashes alone, and the same ones on every platform.
#[test]
fn every_wheel_is_pinned_by_its_hash() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let mut all = BTreeMap::new();
    for platform in ["x86_64", "aarch64"] {
        let file = folder.join(format!("wheels/{platform}.txt"));
        let text = std::fs::read_to_string(file).unwrap();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (wheel, hash) = line.split_once(" --hash=sha256:").unwrap();
            let digits = |hash: &str| hash.bytes().all(|b| b.is_ascii_hexdigit());
            assert!(hash.len() == 64 && digits(hash), "{line}");
            let other = all.entry(wheel.to_owned()).or_insert_with(BTreeSet::new);
            assert!(
                other.insert(hash.to_owned()),
                "two platforms, one wheel: {line}"
            );
        }
    }
    assert!(all.values().all(|hashes| hashes.len() == 2), "{all:?}");
    let script = std::fs::read_to_string(folder.join("deps.sh")).unwrap();
    let fetched = script
        .lines()
        .filter_map(|line| line.trim().strip_prefix("fetch "));
    let fetched: Vec<&str> = fetched.filter_map(|rest| rest.split(' ').next()).collect();
    assert_eq!(fetched.len(), 3);
    for name in fetched {
        let named = |wheel: &String| wheel.split("==").next() == Some(name);
        assert!(all.keys().any(named), "{name}");
    }
    assert!(script.contains("--require-hashes"));
}
