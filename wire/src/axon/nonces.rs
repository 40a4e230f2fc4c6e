//! Which nonces were used, in bounded memory.

use std::collections::{BTreeSet, HashMap};

/// Remembers the newest nonce per (hotkey, uuid).
///
/// Validators use a fresh uuid per request, so an unbounded book grows for ever. This one forgets the
/// oldest nonces of a hotkey when it is full, and from then on refuses any nonce at or below the newest
/// forgotten one from a uuid that it doesn't know: forgetting never lets a replay through. One hotkey's
/// flood only costs that hotkey.
#[derive(Debug)]
pub struct NonceBook {
    hotkeys: HashMap<[u8; 32], Seen>,
    max_hotkeys: usize,
    max_per_hotkey: usize,
    /// The newest nonce of any hotkey that was forgotten as a whole.
    floor: u64,
}

#[derive(Debug, Default)]
struct Seen {
    by_uuid: HashMap<String, u64>,
    oldest_first: BTreeSet<(u64, String)>,
    floor: u64,
}

/// What the book says about a nonce.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Standing {
    /// This uuid hasn't been seen.
    First,
    /// Newer than the last of this uuid.
    Newer,
    /// Used before, or old enough to have been forgotten.
    Used,
}

impl Default for NonceBook {
    /// Room for as many hotkeys as a subnet has uids, and 1,024 requests of each.
    fn default() -> Self {
        NonceBook::new(256, 1024)
    }
}

impl NonceBook {
    /// Bounds of at least one each.
    pub fn new(max_hotkeys: usize, max_per_hotkey: usize) -> Self {
        NonceBook {
            hotkeys: HashMap::new(),
            max_hotkeys: max_hotkeys.max(1),
            max_per_hotkey: max_per_hotkey.max(1),
            floor: 0,
        }
    }

    /// How many (hotkey, uuid) pairs are remembered.
    pub fn len(&self) -> usize {
        self.hotkeys.values().map(|seen| seen.by_uuid.len()).sum()
    }

    /// Whether no hotkey has had a request that passed.
    pub fn is_empty(&self) -> bool {
        self.hotkeys.is_empty()
    }

    pub(super) fn standing(&self, hotkey: &[u8; 32], uuid: &str, nonce: u64) -> Standing {
        let seen = self.hotkeys.get(hotkey);
        match seen.and_then(|seen| seen.by_uuid.get(uuid)) {
            Some(&last) if nonce > last => Standing::Newer,
            Some(_) => Standing::Used,
            None if nonce <= seen.map_or(self.floor, |seen| seen.floor) => Standing::Used,
            None => Standing::First,
        }
    }

    /// To be called only for requests whose signature was found good: else anyone could fill the book.
    pub(super) fn record(&mut self, hotkey: [u8; 32], uuid: &str, nonce: u64) {
        if !self.hotkeys.contains_key(&hotkey) && self.hotkeys.len() >= self.max_hotkeys {
            self.forget_the_quietest_hotkey();
        }
        let floor = self.floor;
        let seen = self.hotkeys.entry(hotkey).or_insert_with(|| Seen {
            floor,
            ..Seen::default()
        });
        if let Some(last) = seen.by_uuid.insert(uuid.into(), nonce) {
            seen.oldest_first.remove(&(last, uuid.into()));
        }
        seen.oldest_first.insert((nonce, uuid.into()));
        while seen.by_uuid.len() > self.max_per_hotkey {
            let Some((nonce, uuid)) = seen.oldest_first.pop_first() else {
                break;
            };
            seen.by_uuid.remove(&uuid);
            seen.floor = seen.floor.max(nonce);
        }
    }

    fn forget_the_quietest_hotkey(&mut self) {
        let newest = |seen: &Seen| {
            seen.oldest_first
                .last()
                .map_or(seen.floor, |(nonce, _)| *nonce)
        };
        let quietest = self
            .hotkeys
            .iter()
            .map(|(hotkey, seen)| (newest(seen), *hotkey))
            .min();
        if let Some((nonce, hotkey)) = quietest {
            self.hotkeys.remove(&hotkey);
            self.floor = self.floor.max(nonce);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALICE: [u8; 32] = [1; 32];

    #[test]
    fn nonces_grow_per_uuid_and_uuids_are_independent() {
        let mut book = NonceBook::default();
        assert_eq!(book.standing(&ALICE, "a", 10), Standing::First);
        book.record(ALICE, "a", 10);
        assert_eq!(book.standing(&ALICE, "a", 10), Standing::Used);
        assert_eq!(book.standing(&ALICE, "a", 9), Standing::Used);
        assert_eq!(book.standing(&ALICE, "a", 11), Standing::Newer);
        assert_eq!(book.standing(&ALICE, "b", 9), Standing::First);
        assert_eq!(book.standing(&[2; 32], "a", 10), Standing::First);
    }

    #[test]
    fn a_flood_by_one_hotkey_leaves_the_others_alone() {
        let mut book = NonceBook::new(4, 3);
        book.record([2; 32], "x", 5);
        for nonce in 100..1000u64 {
            book.record(ALICE, &nonce.to_string(), nonce);
        }
        assert_eq!(book.len(), 4);
        assert_eq!(book.standing(&[2; 32], "y", 6), Standing::First);
    }

    proptest! {
        /// Whatever was recorded is never accepted again, however small the book.
        #[test]
        fn no_replay_after_any_forgetting(
            asked in prop::collection::vec((0u8..4, 0u8..8, 1u64..50), 1..200),
        ) {
            let mut book = NonceBook::new(2, 3);
            let mut accepted = Vec::new();
            for (key, uuid, nonce) in asked {
                let uuid = uuid.to_string();
                if book.standing(&[key; 32], &uuid, nonce) != Standing::Used {
                    book.record([key; 32], &uuid, nonce);
                    accepted.push((key, uuid, nonce));
                }
                prop_assert!(book.len() <= 6);
                for (key, uuid, nonce) in &accepted {
                    prop_assert_eq!(book.standing(&[*key; 32], uuid, *nonce), Standing::Used);
                }
            }
        }
    }
}
