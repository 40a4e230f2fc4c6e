#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;

use super::tests::{genesis, next};
use super::*;

fn origin() -> Origin<String> {
    Origin {
        salt: "salt".to_owned(),
        world: "world".to_owned(),
    }
}

/// A folder with a chain of `blocks` blocks above genesis.
fn grown(folder: &std::path::Path, blocks: u32) -> (DataDir, Chain) {
    let mut disk = DataDir::open(folder, false).unwrap();
    disk.begin(&origin(), &genesis()).unwrap();
    let mut chain = Chain::new(Vec::new(), genesis(), STATE_WINDOW);
    grow(&mut disk, &mut chain, blocks);
    (disk, chain)
}

fn grow(disk: &mut DataDir, chain: &mut Chain, blocks: u32) {
    for number in 0..blocks {
        let block = next(chain, &vec![(number as u8, Some((number / 7) as u8))]);
        disk.append(&block).unwrap();
        chain.append(block);
        disk.rotate_if_due(chain).unwrap();
    }
    disk.sync().unwrap();
}

#[test]
fn a_chain_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        DataDir::open(folder.path(), false)
            .unwrap()
            .origin::<String>()
            .unwrap(),
        None
    );
    let (disk, chain) = grown(folder.path(), 20);
    drop(disk);
    let mut disk = DataDir::open(folder.path(), false).unwrap();
    assert_eq!(disk.origin::<String>().unwrap(), Some(origin()));
    let mut again = disk.load(STATE_WINDOW).unwrap();
    assert_eq!(
        (again.head(), again.genesis()),
        (chain.head(), chain.genesis())
    );
    assert_eq!(again.node_count(), chain.node_count());
    grow(&mut disk, &mut again, 5);
    drop(disk);
    let last = DataDir::open(folder.path(), false)
        .unwrap()
        .load(STATE_WINDOW)
        .unwrap();
    assert_eq!(last.head(), again.head());
}

#[test]
fn a_fork_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut disk, mut chain) = grown(folder.path(), 9);
    disk.retract_to(6).unwrap();
    chain.retract_to(6);
    grow(&mut disk, &mut chain, 1);
    drop(disk);
    let again = DataDir::open(folder.path(), false)
        .unwrap()
        .load(STATE_WINDOW)
        .unwrap();
    assert_eq!(again.head(), chain.head());
    assert_eq!(again.head().number, 7);
}

#[test]
fn a_torn_tail_is_dropped_wherever_it_was_torn() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, chain) = grown(folder.path(), 4);
    drop(disk);
    let path = folder.path().join("chain-0000000000.log");
    let whole = fs::read(&path).unwrap();
    let (disk, _) = {
        let other = tempfile::tempdir().unwrap();
        let grown = grown(other.path(), 3);
        let length = fs::metadata(other.path().join("chain-0000000000.log"))
            .unwrap()
            .len() as usize;
        (length, grown)
    };
    for end in disk..=whole.len() {
        fs::write(&path, &whole[..end]).unwrap();
        let mut dir = DataDir::open(folder.path(), false).unwrap();
        let mut loaded = dir.load(STATE_WINDOW).unwrap();
        let number = if end == whole.len() { 4 } else { 3 };
        assert_eq!(loaded.head().number, number, "cut at {end}");
        grow(&mut dir, &mut loaded, 2);
        drop(dir);
        let again = DataDir::open(folder.path(), false)
            .unwrap()
            .load(STATE_WINDOW)
            .unwrap();
        assert_eq!(again.head(), loaded.head());
    }
    assert_eq!(chain.head().number, 4);
}

#[test]
fn damage_is_reported_and_never_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, _) = grown(folder.path(), 4);
    drop(disk);
    let path = folder.path().join("chain-0000000000.log");
    let mut bytes = fs::read(&path).unwrap();
    bytes[40] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let error = DataDir::open(folder.path(), false)
        .unwrap()
        .load(STATE_WINDOW)
        .unwrap_err();
    assert!(
        matches!(error, DataDirError::Damaged { offset: 0, .. }),
        "{error}"
    );
}

#[test]
fn one_node_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let held = DataDir::open(folder.path(), false).unwrap();
    assert!(matches!(
        DataDir::open(folder.path(), false),
        Err(DataDirError::InUse(_))
    ));
    drop(held);
    assert!(DataDir::open(folder.path(), false).is_ok());
}

#[test]
fn a_long_chain_stays_in_two_segments() {
    let folder = tempfile::tempdir().unwrap();
    let window = STATE_WINDOW as u32;
    let (disk, chain) = grown(folder.path(), 3 * window + 10);
    drop(disk);
    let segments = fs::read_dir(folder.path()).unwrap().filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .file_name()
            .to_str()
            .unwrap()
            .starts_with("chain-")
    });
    assert_eq!(segments.count(), 2);
    let again = DataDir::open(folder.path(), false)
        .unwrap()
        .load(STATE_WINDOW)
        .unwrap();
    assert_eq!(
        (again.head(), again.genesis()),
        (chain.head(), chain.genesis())
    );
    assert_eq!(again.at_number(window), chain.at_number(window));
    assert_eq!(again.node_count(), chain.node_count());
    let oldest = chain.at_number(chain.head().number - window + 1).unwrap();
    assert!(again.state(&oldest.hash).is_ok());
}
