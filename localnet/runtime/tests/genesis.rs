//! The world becomes a state that the runtime can build blocks on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines
)]

use codec::{Decode, Encode};
use localnet_runtime::{Runtime, api, genesis, subtensor};
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
    assert!(
        error.contains("Bob") && error.contains("[[account]]"),
        "{error}"
    );
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

/// What the chain's own calls refuse is refused by name, and its like within bounds is in the state.
#[test]
fn settings_keep_to_the_chains_bounds() {
    let subnet = |settings: &str| {
        let text = format!(
            "{WORLD}[[account]]\nname = \"Hot\"\n[[subnet]]\nnetuid = 1\nowner = \"Alice\"\nowner_hotkey = \"Hot\"\n{settings}"
        );
        genesis::build(&world(&text), "a").map(TestExternalities::new)
    };
    for (settings, words) in [
        (
            "reveal_period_epochs = 0",
            ["reveal_period_epochs = 0", "1 to 100"],
        ),
        (
            "reveal_period_epochs = 101",
            ["reveal_period_epochs = 101", "1 to 100"],
        ),
        ("activity_cutoff_factor_milli = 0", ["= 0", "1000 to 50000"]),
        (
            "max_allowed_validators = 0",
            ["max_allowed_validators = 0", "give 1"],
        ),
        (
            "bonds_moving_average = 1000001",
            ["1000001", "0 to 1000000"],
        ),
        (
            "min_burn_tao = 2.0\nmax_burn_tao = 1.0",
            ["min_burn_tao = 2", "max_burn_tao = 1"],
        ),
        ("alpha_low = 2000", ["alpha_low", "both or neither"]),
        (
            "alpha_low = 9000\nalpha_high = 8000",
            ["9000, 8000", "low to high"],
        ),
        (
            "immune_owner_uids = 11",
            ["immune_owner_uids = 11", "1 to 10"],
        ),
        (
            "mechanism_split = [1, 2]",
            ["mechanism_split = [1, 2]", "65535"],
        ),
        ("burn_increase = 0.5", ["burn_increase = 0.5", "1 to 1000"]),
        (
            "pool_tao = 0.0001",
            ["pool_tao of subnet 1 is 0.0001", "0.001"],
        ),
    ] {
        let Err(error) = subnet(settings) else {
            panic!("{settings} is taken");
        };
        let error = error.to_string();
        assert!(
            words.iter().all(|word| error.contains(word)),
            "{settings}: {error}"
        );
    }
    let settings = "liquid_alpha = true\nalpha_low = 2000\nalpha_high = 60000\nalpha_sigmoid_steepness = 500\n\
        bonds_reset = true\nowner_cut = false\nrecycle_owner_miners = true\nimmune_owner_uids = 3\n\
        burn_half_life = 7\nburn_increase = 1.5\nmechanisms = 2\nmechanism_split = [60000, 5535]";
    subnet(settings).unwrap().execute_with(|| {
        use subtensor::*;
        assert_eq!(AlphaValues::<Runtime>::get(1), (2000, 60_000));
        assert_eq!(AlphaSigmoidSteepness::<Runtime>::get(1), 500);
        assert!(BondsResetOn::<Runtime>::get(1) && !OwnerCutEnabled::<Runtime>::get(1));
        assert_eq!(RecycleOrBurn::<Runtime>::get(1), RecycleOrBurnEnum::Recycle);
        assert_eq!(ImmuneOwnerUidsLimit::<Runtime>::get(1), 3);
        assert_eq!(BurnHalfLife::<Runtime>::get(1), 7);
        assert_eq!(BurnIncreaseMult::<Runtime>::get(1), 1.5);
        assert_eq!(
            MechanismEmissionSplit::<Runtime>::get(1),
            Some(vec![60_000, 5_535])
        );
    });
}
