//! Who plays: validators with a policy, miners with a quality that changes. Pure.

use serde::Deserialize;
use sp_core::hashing::blake2_256;

/// `[[subnet.validator]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validator {
    /// Account of the hotkey; the coldkey is `NAME-cold`.
    pub name: String,
    /// Stake on the subnet at genesis, in whole tokens of it.
    pub stake_tao: f64,
    /// How it weighs.
    pub policy: Policy,
    /// Standard deviation of an honest validator's measurement, as a share of the quality.
    #[serde(default = "default_noise")]
    pub noise: f64,
    /// First epoch in which it sets weights.
    #[serde(default)]
    pub from: u64,
    /// First epoch in which it no longer does.
    pub until: Option<u64>,
    /// Miner groups that a cabal pays.
    #[serde(default)]
    pub miners: Vec<String>,
}

fn default_noise() -> f64 {
    0.05
}

/// How a validator comes to its weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    /// Measures the true quality of each miner, with noise.
    Honest,
    /// Half an epoch later than the others: the stake-weighted mean of their weights on chain.
    Copier,
    /// All weight to its own miners, in equal parts.
    Cabal,
    /// Sets no weights.
    Absent,
}

impl Policy {
    /// As in the world file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Honest => "honest",
            Self::Copier => "copier",
            Self::Cabal => "cabal",
            Self::Absent => "absent",
        }
    }
}

impl Validator {
    /// Whether it sets weights in an epoch.
    pub fn plays(&self, epoch: u64) -> bool {
        self.policy != Policy::Absent
            && epoch >= self.from
            && self.until.is_none_or(|until| epoch < until)
    }
}

/// `[[subnet.miner]]`: a group of miners alike.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The group; its miners are `NAME-1` on, or `NAME` where there is one. The coldkey is `NAME-cold`.
    pub name: String,
    /// Miners in the group.
    #[serde(default = "one")]
    pub count: u16,
    /// Of each miner, when it is whole.
    pub quality: Quality,
    /// What becomes of the quality over time.
    #[serde(default)]
    pub behaviour: Behaviour,
    /// Epochs in which half of the way of an improving or fading miner is done.
    #[serde(default = "default_half_life")]
    pub half_life: f64,
    /// First epoch in which it works.
    #[serde(default)]
    pub joins: u64,
    /// First epoch in which it no longer does.
    pub leaves: Option<u64>,
}

fn one() -> u16 {
    1
}

fn default_half_life() -> f64 {
    20.0
}

/// A quality from 0 to 1, or the bounds between which each miner's is drawn.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged, expecting = "expected a number from 0 to 1, or [low, high]")]
pub enum Quality {
    /// Of every miner.
    Same(f64),
    /// Lowest and highest.
    Between([f64; 2]),
}

impl Quality {
    /// Lowest and highest; the same number twice where all are alike.
    pub fn bounds(self) -> (f64, f64) {
        match self {
            Self::Same(quality) => (quality, quality),
            Self::Between([low, high]) => (low, high),
        }
    }
}

/// How a miner's quality goes over the epochs since it joined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Behaviour {
    /// Stays.
    #[default]
    Steady,
    /// Begins at a fifth and closes half of the gap in each half-life.
    Improving,
    /// Begins whole and falls towards a fifth, half of the way in each half-life.
    Fading,
    /// Is down, with quality 0, in one epoch of four, by chance.
    Flaky,
}

/// Where an improving miner begins and a fading one ends, as a share of its quality.
const LEAST: f64 = 0.2;
/// How often a flaky miner is down.
const DOWN: f64 = 0.25;

impl Group {
    /// The name of one of its miners, counted from 0.
    pub fn member(&self, index: u16) -> String {
        if self.count == 1 {
            return self.name.clone();
        }
        let width = self.count.to_string().len();
        format!("{}-{:0width$}", self.name, index + 1)
    }

    /// The true quality of one of its miners in an epoch; 0 before it joins and after it left.
    pub fn quality(&self, seed: u64, index: u16, epoch: u64) -> f64 {
        if epoch < self.joins || self.leaves.is_some_and(|leaves| epoch >= leaves) {
            return 0.0;
        }
        let (low, high) = self.quality.bounds();
        let own = low + (high - low) * draw(seed, &self.name, u64::from(index), 0);
        let gap = (1.0 - LEAST) * (-((epoch - self.joins) as f64) / self.half_life).exp2();
        own * match self.behaviour {
            Behaviour::Steady => 1.0,
            Behaviour::Improving => 1.0 - gap,
            Behaviour::Fading => LEAST + gap,
            Behaviour::Flaky => {
                let coin = draw(seed, &self.name, u64::from(index), epoch.saturating_add(1));
                if coin < DOWN { 0.0 } else { 1.0 }
            }
        }
    }
}

/// A number from 0 to, without, 1 that only the arguments decide.
fn draw(seed: u64, name: &str, index: u64, epoch: u64) -> f64 {
    (hash(seed, name, index, epoch) >> 11) as f64 / (1u64 << 53) as f64
}

/// A number that only the arguments decide.
pub fn hash(seed: u64, name: &str, index: u64, epoch: u64) -> u64 {
    use codec::Encode;
    let digest = (seed, name, index, epoch).using_encoded(blake2_256);
    digest
        .iter()
        .take(8)
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn group(text: &str) -> Group {
        toml::from_str(&format!("name = \"g\"\n{text}")).unwrap()
    }

    #[test]
    fn behaviours_go_where_they_say() {
        let at = |text: &str, epoch| group(text).quality(1, 0, epoch);
        assert_eq!(at("quality = 0.8", 0), 0.8);
        assert_eq!(at("quality = 0.8", 900), 0.8);
        let improving = "quality = 1.0\nbehaviour = \"improving\"\nhalf_life = 10.0";
        assert!((at(improving, 0) - 0.2).abs() < 1e-12);
        assert!((at(improving, 10) - 0.6).abs() < 1e-12);
        assert!(at(improving, 200) > 0.999);
        let fading = "quality = 1.0\nbehaviour = \"fading\"\nhalf_life = 10.0";
        assert!((at(fading, 0) - 1.0).abs() < 1e-12);
        assert!((at(fading, 10) - 0.6).abs() < 1e-12);
        assert!(at(fading, 200) < 0.201);
        let down = (0..4_000)
            .filter(|epoch| at("quality = 1.0\nbehaviour = \"flaky\"", *epoch) == 0.0)
            .count();
        assert!((900..1_100).contains(&down), "{down}");
    }

    #[test]
    fn nobody_works_before_joining_or_after_leaving() {
        let miner = group("quality = 1.0\njoins = 3\nleaves = 5");
        let qualities: Vec<f64> = (0..6).map(|epoch| miner.quality(1, 0, epoch)).collect();
        assert_eq!(qualities, [0.0, 0.0, 0.0, 1.0, 1.0, 0.0]);
    }

    #[test]
    fn a_range_is_drawn_from_evenly_and_by_seed() {
        let many = group("count = 400\nquality = [0.2, 0.6]");
        let drawn = |seed| {
            (0..400)
                .map(move |index| (index, seed))
                .map(|(i, s)| many.quality(s, i, 0))
        };
        let mean = drawn(1).sum::<f64>() / 400.0;
        assert!((mean - 0.4).abs() < 0.03, "{mean}");
        assert!(drawn(1).all(|quality| (0.2..0.6).contains(&quality)));
        assert!(drawn(1).eq(drawn(1)));
        assert!(!drawn(1).eq(drawn(2)));
        assert_eq!(
            (many.member(0), many.member(399)),
            ("g-001".into(), "g-400".into())
        );
    }
}
