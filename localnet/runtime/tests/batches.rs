//! Several vectors in one call: set, committed, revealed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use codec::Compact;
use common::chain::{Chain, DEMO, Outcome, failed, key};
use localnet_runtime::{Runtime, RuntimeEvent, subtensor::*};
use sp_core::H256;

const NETUID: u16 = 1;

fn committing() -> Chain {
    Chain::new(&DEMO.replace("commit_reveal = false", "commit_reveal = true"))
}

fn batch_set(netuids: &[u16], rows: &[&[(u16, u16)]]) -> Call<Runtime> {
    let row = |row: &&[(u16, u16)]| {
        let pairs = row.iter();
        pairs
            .map(|(uid, value)| (Compact(*uid), Compact(*value)))
            .collect()
    };
    Call::batch_set_weights {
        netuids: netuids.iter().copied().map(Compact).collect(),
        weights: rows.iter().map(row).collect(),
        version_keys: netuids.iter().map(|_| Compact(0)).collect(),
    }
}

fn reveal(value: u16) -> Reveal {
    Reveal {
        uids: vec![2, 3],
        values: vec![value, u16::MAX],
        salt: vec![value, 7],
        version_key: 0,
    }
}

fn batch_commit(reveals: &[u16]) -> Call<Runtime> {
    let hash = |value: &u16| reveal(*value).hash(&key("Weighmaster"), NETUID);
    Call::batch_commit_weights {
        netuids: reveals.iter().map(|_| Compact(NETUID)).collect(),
        commit_hashes: reveals.iter().map(hash).collect(),
    }
}

fn batch_reveal(values: &[u16]) -> Call<Runtime> {
    let reveals: Vec<Reveal> = values.iter().copied().map(reveal).collect();
    Call::batch_reveal_weights {
        netuid: NETUID,
        uids_list: reveals.iter().map(|r| r.uids.clone()).collect(),
        values_list: reveals.iter().map(|r| r.values.clone()).collect(),
        salts_list: reveals.iter().map(|r| r.salt.clone()).collect(),
        version_keys: reveals.iter().map(|r| r.version_key).collect(),
    }
}

fn subtensor_events(chain: &mut Chain) -> Vec<Event<Runtime>> {
    let ours = |event| match event {
        RuntimeEvent::SubtensorModule(event) => Some(event),
        _ => None,
    };
    chain.events().into_iter().filter_map(ours).collect()
}

#[test]
fn a_batch_sets_what_it_can_and_names_what_failed() {
    let mut chain = Chain::new(DEMO);
    chain.run_to(60);
    // Subnet 9 does not exist, and what does not exist is as a subnet with commit-reveal.
    let call = batch_set(&[NETUID, 9], &[&[(2, 1), (3, 2)], &[(0, 1)]]);
    assert_eq!(chain.call("Weighmaster", call), Outcome::Done);
    let row = chain.read(|| Weights::<Runtime>::get(NETUID, 1));
    assert_eq!(row, [(2, 32_768), (3, u16::MAX)]);
    let expected = [
        Event::WeightsSet(NETUID, 1),
        Event::BatchCompletedWithErrors,
        Event::BatchWeightItemFailed(9, Error::<Runtime>::CommitRevealEnabled.into()),
        Event::BatchWeightsCompleted(vec![Compact(NETUID), Compact(9)], key("Weighmaster")),
    ];
    assert_eq!(subtensor_events(&mut chain), expected);
}

#[test]
fn lists_of_different_lengths_are_refused_by_the_pool() {
    let mut chain = Chain::new(DEMO);
    chain.run_to(60);
    let uneven = batch_set(&[NETUID, NETUID], &[&[(2, 1)]]);
    assert_eq!(chain.refusal("Weighmaster", uneven), Some(18));
    let even = batch_set(&[NETUID, NETUID], &[&[(2, 1)], &[(3, 1)]]);
    assert_eq!(chain.refusal("Weighmaster", even), None);
    let uneven = Call::batch_commit_weights {
        netuids: vec![Compact(NETUID)],
        commit_hashes: Vec::new(),
    };
    assert_eq!(chain.refusal("Weighmaster", uneven), Some(18));
    assert_eq!(chain.refusal("Weighmaster", batch_commit(&[1])), None);
    let mut uneven = batch_reveal(&[1]);
    if let Call::batch_reveal_weights { version_keys, .. } = &mut uneven {
        version_keys.clear();
    }
    assert_eq!(chain.refusal("Weighmaster", uneven), Some(18));
}

#[test]
fn every_subnet_of_a_batch_needs_its_stake() {
    let world = DEMO.replace("stake_threshold_tao = 0", "stake_threshold_tao = 35");
    let mut chain = Chain::new(&world);
    chain.run_to(60);
    let both = batch_set(&[NETUID, 9], &[&[(2, 1)], &[(2, 1)]]);
    let one = batch_set(&[NETUID], &[&[(2, 1)]]);
    assert_eq!(
        chain.refusal("Weighmaster", both),
        Some(1),
        "no stake on subnet 9"
    );
    assert_eq!(chain.refusal("Second", one.clone()), Some(1), "30 of 35");
    assert_eq!(chain.refusal("Weighmaster", one), None, "40 of 35");
}

#[test]
fn batches_of_commits_are_revealed_together() {
    let mut chain = committing();
    chain.run_to(60);
    assert_eq!(chain.call("Weighmaster", batch_commit(&[1])), Outcome::Done);
    chain.run_to(90);
    assert_eq!(chain.call("Weighmaster", batch_commit(&[2])), Outcome::Done);
    let waiting = chain.read(|| WeightCommits::<Runtime>::get(NETUID, key("Weighmaster")));
    assert_eq!(waiting.unwrap().len(), 2);
    let early = batch_reveal(&[1, 2]);
    assert_eq!(chain.refusal("Weighmaster", early), Some(17));
    chain.run_to(120);
    assert_eq!(
        chain.refusal("Weighmaster", batch_reveal(&[1, 3])),
        Some(16)
    );
    assert_eq!(chain.refusal("Second", batch_reveal(&[1, 2])), Some(16));

    assert_eq!(
        chain.call("Weighmaster", batch_reveal(&[2, 1])),
        Outcome::Done
    );
    let row = chain.read(|| Weights::<Runtime>::get(NETUID, 1));
    assert_eq!(row, [(2, 1), (3, u16::MAX)], "the last of the batch");
    let hashes: Vec<H256> = [2, 1]
        .map(|value| reveal(value).hash(&key("Weighmaster"), NETUID))
        .to_vec();
    let revealed = Event::WeightsBatchRevealed(key("Weighmaster"), NETUID, hashes);
    assert!(subtensor_events(&mut chain).contains(&revealed));
    let left = chain.read(|| WeightCommits::<Runtime>::contains_key(NETUID, key("Weighmaster")));
    assert!(!left);
}

#[test]
fn a_second_commit_of_a_batch_is_too_fast_and_the_first_stays() {
    let mut chain = committing();
    chain.run_to(60);
    assert_eq!(
        chain.call("Weighmaster", batch_commit(&[1, 2])),
        Outcome::Done
    );
    let too_fast = Error::<Runtime>::CommittingWeightsTooFast.into();
    let failure = Event::BatchWeightItemFailed(NETUID, too_fast);
    assert!(subtensor_events(&mut chain).contains(&failure));
    let waiting = chain.read(|| WeightCommits::<Runtime>::get(NETUID, key("Weighmaster")));
    assert_eq!(waiting.unwrap().len(), 1);
}

#[test]
fn a_reveal_that_fails_takes_the_whole_batch_with_it() {
    let mut chain = committing();
    chain.run_to(60);
    assert_eq!(chain.call("Weighmaster", batch_commit(&[1])), Outcome::Done);
    chain.run_to(120);
    // The same commit twice: both are known to the pool, the second finds it taken.
    let twice = chain.call("Weighmaster", batch_reveal(&[1, 1]));
    assert_eq!(
        twice,
        failed(Error::<Runtime>::InvalidRevealCommitHashNotMatch)
    );
    let row = chain.read(|| Weights::<Runtime>::get(NETUID, 1));
    assert!(row.is_empty(), "{row:?}");
    assert_eq!(chain.call("Weighmaster", batch_reveal(&[1])), Outcome::Done);
}
