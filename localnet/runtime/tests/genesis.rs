//! The world becomes a state that the runtime can build blocks on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use codec::{Decode, Encode};
use localnet_runtime::{api, genesis};
use sp_io::TestExternalities;

const WORLD: &str = r#"
[chain]
block_ms = 250
sudo = "Alice"
[[account]]
name = "Alice"
balance_tao = 1000
"#;

fn world(text: &str) -> genesis::World {
    toml::from_str(text).unwrap()
}

#[test]
fn two_salts_give_two_states() {
    let roots = ["a", "b", "a"].map(|salt| {
        let storage = genesis::build(&world(WORLD), salt).unwrap();
        let mut ext = TestExternalities::new(storage);
        ext.execute_with(|| sp_io::storage::root(sp_core::storage::StateVersion::V1))
    });
    assert_ne!(roots[0], roots[1]);
    assert_eq!(roots[0], roots[2]);
}

#[test]
fn an_unknown_account_is_named() {
    let text = WORLD.replace("sudo = \"Alice\"", "sudo = \"Bob\"");
    let error = genesis::build(&world(&text), "a").unwrap_err().to_string();
    assert!(error.contains("Bob") && error.contains("[[account]]"), "{error}");
}

#[test]
fn the_runtime_answers_metadata() {
    let mut ext = TestExternalities::new(genesis::build(&world(WORLD), "a").unwrap());
    ext.execute_with(|| {
        let v15 = api::dispatch("Metadata_metadata_at_version", &15u32.encode()).unwrap();
        let v15 = Option::<Vec<u8>>::decode(&mut &v15[..]).unwrap().unwrap();
        assert_eq!(&v15[..4], b"meta");
    });
}
