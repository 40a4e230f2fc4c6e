//! A world file: who plays, what each is worth, and which rounds are played.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::config::FamilyConfig;
use crate::types::{Cause, Failure, Family};

/// Miners of known worth, and what they are asked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// A scoring file, relative to this one; none: the shipped one.
    pub scoring: Option<PathBuf>,
    /// Played one after the other, with the same miners and one database.
    #[serde(rename = "part")]
    pub parts: Vec<Part>,
    #[serde(rename = "miner")]
    pub miners: Vec<Entry>,
}

/// Some rounds of one kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// In the table's header.
    pub name: String,
    /// Judged rounds until it ends; `--rounds` stands in for it.
    pub rounds: usize,
    /// Folder of passages for the family `documents`, relative to this file; none: the shipped ones.
    pub corpus: Option<PathBuf>,
    /// As `subnet.challenges.families`; none: those of `config/localnet.toml`.
    #[serde(default)]
    pub families: BTreeMap<Family, FamilyConfig>,
}

/// Miners of one behaviour.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What it is called in the table. Unique.
    pub name: String,
    /// One of the `miner` program's behaviours; none: that of the entry's name.
    pub behaviour: Option<String>,
    #[serde(default = "one")]
    pub count: usize,
    /// True quality, 0 to 1: what its answers are worth to who asked.
    pub quality: f64,
    /// True quality where all are asked the same question; none: as `quality`.
    pub shared_quality: Option<f64>,
    /// What its answers say.
    pub says: Says,
    /// Another entry, whose miners it copies, the first the first, one after the other.
    pub of: Option<String>,
    /// Whether its copies may come before what they are copies of: then nobody can tell who copied.
    #[serde(default)]
    pub ahead: bool,
    /// JSON file, an object from questions to answers, relative to this file: they are given before all else.
    pub answers: Option<PathBuf>,
    /// More flags for the `miner` program.
    #[serde(default)]
    pub flags: Vec<String>,
    /// It becomes another after so many of its rounds.
    pub then: Option<Then>,
    /// It starts after so many rounds of the first part.
    pub joins_after: Option<usize>,
    /// It is stopped after so many rounds of the first part.
    pub leaves_after: Option<usize>,
}

/// What a miner becomes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Then {
    pub behaviour: String,
    /// Of its own rounds.
    pub after: usize,
    pub quality: f64,
    pub says: Says,
}

/// What somebody's answers say, to the question that it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// What is right.
    Right,
    /// What is wrong, or nothing to the point.
    Wrong,
    /// Sometimes the one and sometimes the other, or right in part.
    Some,
}

fn one() -> usize {
    1
}

impl Entry {
    pub fn behaviour(&self) -> &str {
        self.behaviour.as_deref().unwrap_or(&self.name)
    }

    /// The names of its miners' accounts.
    pub fn accounts(&self) -> Vec<String> {
        let name = self.name.replace('_', "-");
        (1..=self.count).map(|n| format!("{name}-{n}")).collect()
    }
}

impl World {
    /// # Errors
    /// What is wrong in the file, by its name.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let wrong = |cause, why: String| Failure::new(cause, format!("{}: {why}", file.display()));
        let text =
            std::fs::read_to_string(file).map_err(|e| wrong(Cause::Config, e.to_string()))?;
        let mut world = Self::parse(&text).map_err(|why| wrong(Cause::Config, why))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        let paths = world.parts.iter_mut().map(|part| &mut part.corpus);
        let paths = paths.chain(world.miners.iter_mut().map(|miner| &mut miner.answers));
        for path in paths.chain([&mut world.scoring]).flatten() {
            *path = std::path::absolute(folder.join(&*path))
                .map_err(|e| wrong(Cause::Config, e.to_string()))?;
        }
        Ok(world)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let world: Self = toml::from_str(text).map_err(|e| e.to_string())?;
        world.check().map(|()| world)
    }

    fn check(&self) -> Result<(), String> {
        if self.parts.is_empty() {
            return Err("no [[part]]: nothing would be asked".into());
        }
        for entry in &self.miners {
            let name = &entry.name;
            let alike = self.miners.iter().filter(|other| other.name == *name);
            let worth = [
                Some(entry.quality),
                entry.shared_quality,
                entry.then.as_ref().map(|t| t.quality),
            ];
            let of = entry.of.as_ref();
            if alike.count() > 1 {
                return Err(format!("miner {name}: two entries have this name"));
            }
            if !name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
                || name.is_empty()
            {
                return Err(format!(
                    "miner {name:?}: a name is of lower case letters, digits and _"
                ));
            }
            if worth
                .into_iter()
                .flatten()
                .any(|q| !(0.0..=1.0).contains(&q))
            {
                return Err(format!("miner {name}: a quality is from 0 to 1"));
            }
            if of.is_some_and(|of| {
                !self
                    .miners
                    .iter()
                    .any(|other| other.name == *of && other.count > 0)
            }) {
                return Err(format!("miner {name}: of = {of:?} is no entry with miners"));
            }
        }
        match self.miners.iter().map(|entry| entry.count).sum() {
            1..=240 => Ok(()),
            count => Err(format!(
                "{count} miners: 1 to 240 find an address of their own on this machine"
            )),
        }
    }

    /// All miners in the order of the file: their entry's index and their account.
    pub fn players(&self) -> Vec<(usize, String)> {
        let entries = self.miners.iter().enumerate();
        entries
            .flat_map(|(at, entry)| {
                entry
                    .accounts()
                    .into_iter()
                    .map(move |account| (at, account))
            })
            .collect()
    }

    /// For each of [`World::players`] the one that it copies, by index.
    pub fn sources(&self) -> Vec<Option<usize>> {
        let players = self.players();
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        let source = |(entry, _): &(usize, String)| {
            let of = self.miners[*entry].of.as_deref()?;
            let own = self.miners[*entry].name == of;
            let theirs = (0..players.len()).filter(|at| self.miners[players[*at].0].name == of);
            let theirs: Vec<usize> = theirs.collect();
            let next = taken.entry(of).or_default();
            *next += 1;
            // Who is of one brain with its own kind follows the first of them.
            theirs
                .get(if own {
                    0
                } else {
                    (*next - 1) % theirs.len().max(1)
                })
                .copied()
        };
        players.iter().map(source).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SMALL: &str = r#"
        [[part]]
        name = "own"
        rounds = 3
        [[miner]]
        name = "honest"
        count = 2
        quality = 1.0
        says = "right"
        [[miner]]
        name = "thief"
        count = 3
        quality = 0.0
        says = "wrong"
        of = "honest"
    "#;

    #[test]
    fn copiers_take_one_after_the_other() {
        let world = World::parse(SMALL).unwrap();
        assert_eq!(world.players()[2], (1, "thief-1".to_string()));
        assert_eq!(world.sources(), [None, None, Some(0), Some(1), Some(0)]);
        let brain = SMALL.replace("of = \"honest\"", "of = \"thief\"");
        assert_eq!(World::parse(&brain).unwrap().sources()[2..], [Some(2); 3]);
    }

    #[test]
    fn mistakes_are_told_with_their_miner() {
        for (change, to, told) in [
            ("of = \"honest\"", "of = \"nobody\"", "nobody"),
            ("name = \"thief\"", "name = \"honest\"", "two entries"),
            ("name = \"thief\"", "name = \"The Thief\"", "lower case"),
            ("quality = 0.0", "quality = 2.0", "0 to 1"),
            ("count = 3", "count = 300", "302 miners"),
            ("says = \"wrong\"", "says = \"no\"", "says"),
            ("count = 3", "number = 3", "number"),
        ] {
            let refused = World::parse(&SMALL.replace(change, to)).unwrap_err();
            assert!(refused.contains(told), "{told}: {refused}");
        }
        assert!(
            World::parse("part = []\nminer = []")
                .unwrap_err()
                .contains("[[part]]")
        );
    }

    #[test]
    fn the_shipped_worlds_are_read_and_have_what_was_promised() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/worlds");
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_some_and(|e| e == "toml") {
                let world = World::read(&file).unwrap();
                let behaviours: std::collections::BTreeSet<&str> =
                    world.miners.iter().map(Entry::behaviour).collect();
                assert!(
                    behaviours.len() >= 24,
                    "{}: {}",
                    file.display(),
                    behaviours.len()
                );
                assert!(world.parts.iter().all(|part| part.rounds >= 20));
                assert!(
                    world
                        .parts
                        .iter()
                        .flat_map(|part| &part.corpus)
                        .all(|folder| folder.is_dir())
                );
            }
        }
    }
}
