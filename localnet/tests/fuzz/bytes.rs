//! Randomness with a taste for edges.

use codec::{Compact, Encode};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use sp_core::Pair;

pub struct Source(ChaCha8Rng);

impl Source {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// From 0 up to, but not including, `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0.random_range(0..end)
    }

    /// True once in `of` times.
    pub fn chance(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        all.choose(&mut self.0).unwrap()
    }

    pub fn noise(&mut self, most: u64) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(self.below(most + 1)).unwrap()];
        self.0.fill(&mut bytes[..]);
        bytes
    }

    /// Small, at an edge of a width, or anything.
    pub fn number(&mut self) -> u64 {
        let edges = [
            0,
            1,
            2,
            255,
            256,
            4096,
            65_535,
            65_536,
            u64::from(u32::MAX),
            u64::MAX - 1,
            u64::MAX,
        ];
        match self.below(3) {
            0 => self.below(20),
            1 => *self.pick(&edges),
            _ => self.0.random(),
        }
    }

    /// Flips, cuts, doubles or splices.
    pub fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(4) {
            let at = usize::try_from(self.below(bytes.len().max(1) as u64)).unwrap();
            match self.below(5) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                1 => bytes.truncate(at),
                2 => bytes.extend_from_within(at.min(bytes.len())..),
                3 => {
                    let noise = self.noise(8);
                    bytes.splice(at.min(bytes.len())..at.min(bytes.len()), noise);
                }
                _ if at < bytes.len() => bytes[at] = 0xff,
                _ => {}
            }
        }
    }

    /// SCALE values of the shapes that calls and runtime APIs take, in a row.
    pub fn arguments(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for _ in 0..self.below(8) {
            self.argument(&mut bytes);
        }
        if self.chance(6) {
            self.damage(&mut bytes);
        }
        bytes
    }

    fn argument(&mut self, bytes: &mut Vec<u8>) {
        let number = self.number();
        match self.below(12) {
            0 => (number as u8).encode_to(bytes),
            1 | 2 => (number as u16).encode_to(bytes),
            // A subnet that exists, mostly.
            3 => 1u16.encode_to(bytes),
            4 => (number as u32).encode_to(bytes),
            5 => number.encode_to(bytes),
            6 => Compact(number).encode_to(bytes),
            7 => self.account().encode_to(bytes),
            8 => (0..self.below(6))
                .map(|_| self.number() as u16)
                .collect::<Vec<_>>()
                .encode_to(bytes),
            9 => (0..self.below(4))
                .map(|_| Compact(self.number()))
                .collect::<Vec<_>>()
                .encode_to(bytes),
            10 => self.noise(40).encode_to(bytes),
            _ => bytes.extend(self.noise(16)),
        }
    }

    /// One of the world's accounts, or a stranger's.
    fn account(&mut self) -> [u8; 32] {
        let name = *self.pick(&super::calls::SIGNERS);
        match self.below(3) {
            0 => std::array::from_fn(|_| self.below(256) as u8),
            _ => super::calls::pair(name).public().0,
        }
    }

    /// A parameter of a request: something known, hex, a number, or a nest of them.
    pub fn json(&mut self, known: &[Value], depth: u32) -> Value {
        match self.below(if depth == 0 { 7 } else { 9 }) {
            0 => Value::Null,
            1 => json!(self.number()),
            2 => json!(self.chance(2)),
            3 => self.pick(known).clone(),
            4 => json!(format!("0x{}", hex::encode(self.noise(40)))),
            5 => json!(String::from_utf8_lossy(&self.noise(12)).into_owned()),
            6 => json!(-(self.below(1 << 40) as i64)),
            7 => (0..self.below(4))
                .map(|_| self.json(known, depth - 1))
                .collect(),
            _ => json!({ "at": self.json(known, depth - 1), "key": self.json(known, depth - 1) }),
        }
    }
}
