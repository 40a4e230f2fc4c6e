//! Settings by root and owners: who may change what within which bounds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines
)]

mod common;

use admin_utils::{Call as Admin, Error as AdminError};
use common::chain::{Chain, DEMO, Outcome, failed, key};
use localnet_runtime::{AccountId, Runtime, RuntimeEvent, admin_utils, subtensor::*};
use sp_runtime::DispatchError;
use substrate_fixed::types::U64F64;

const NETUID: u16 = 1;

/// A chain in the middle of an epoch whose owner may change settings as often as it likes.
fn chain() -> Chain {
    let mut chain = Chain::new(DEMO);
    chain.run_to(60);
    let limit = Admin::sudo_set_owner_hparam_rate_limit { epochs: 0 };
    assert_eq!(chain.sudo(limit), Ok(()));
    chain
}

#[test]
fn root_alone_sets_what_is_roots() {
    let mut chain = chain();
    let netuid = NETUID;
    let calls: Vec<Admin<Runtime>> = vec![
        Admin::sudo_set_default_take {
            default_take: 9_000,
        },
        Admin::sudo_set_min_delegate_take { take: 10 },
        Admin::sudo_set_tx_delegate_take_rate_limit { tx_rate_limit: 11 },
        Admin::sudo_set_lock_reduction_interval { interval: 12 },
        Admin::sudo_set_adjustment_interval {
            netuid,
            adjustment_interval: 13,
        },
        Admin::sudo_set_difficulty {
            netuid,
            difficulty: 14,
        },
        Admin::sudo_set_min_difficulty {
            netuid,
            min_difficulty: 15,
        },
        Admin::sudo_set_rao_recycled {
            netuid,
            rao_recycled: 16,
        },
        Admin::sudo_set_min_allowed_uids {
            netuid,
            min_allowed_uids: 3,
        },
        Admin::sudo_set_subtoken_enabled {
            netuid,
            subtoken_enabled: false,
        },
    ];
    for call in calls {
        let by_owner = chain.call("Alice", call.clone());
        assert_eq!(by_owner, failed(DispatchError::BadOrigin), "{call:?}");
        assert_eq!(chain.sudo(call.clone()), Ok(()), "{call:?}");
    }
    chain.read(|| {
        assert_eq!(MaxDelegateTake::<Runtime>::get(), 9_000);
        assert_eq!(MinDelegateTake::<Runtime>::get(), 10);
        assert_eq!(TxDelegateTakeRateLimit::<Runtime>::get(), 11);
        assert_eq!(NetworkLockReductionInterval::<Runtime>::get(), 12);
        assert_eq!(AdjustmentInterval::<Runtime>::get(NETUID), 13);
        assert_eq!(Difficulty::<Runtime>::get(NETUID), 14);
        assert_eq!(MinDifficulty::<Runtime>::get(NETUID), 15);
        assert_eq!(RAORecycledForRegistration::<Runtime>::get(NETUID), 16);
        assert_eq!(MinAllowedUids::<Runtime>::get(NETUID), 3);
        assert!(!SubtokenEnabled::<Runtime>::get(NETUID));
    });
}

#[test]
fn owners_and_root_set_what_is_the_owners() {
    let mut chain = chain();
    let netuid = NETUID;
    let calls: Vec<Admin<Runtime>> = vec![
        Admin::sudo_set_max_difficulty {
            netuid,
            max_difficulty: 20,
        },
        Admin::sudo_set_adjustment_alpha {
            netuid,
            adjustment_alpha: 21,
        },
        Admin::sudo_set_activity_cutoff {
            netuid,
            activity_cutoff: 361,
        },
        Admin::sudo_set_toggle_transfer {
            netuid,
            toggle: false,
        },
        Admin::sudo_set_recycle_or_burn {
            netuid,
            recycle_or_burn: RecycleOrBurnEnum::Recycle,
        },
        Admin::sudo_set_burn_half_life {
            netuid,
            burn_half_life: 22,
        },
        Admin::sudo_set_burn_increase_mult {
            netuid,
            burn_increase_mult: U64F64::from_num(1.5),
        },
        Admin::sudo_set_owner_cut_enabled {
            netuid,
            enabled: false,
        },
        Admin::sudo_set_min_childkey_take_per_subnet { netuid, take: 23 },
    ];
    for call in calls {
        let by_stranger = chain.call("Bob", call.clone());
        assert_eq!(by_stranger, failed(DispatchError::BadOrigin), "{call:?}");
        assert_eq!(chain.call("Alice", call.clone()), Outcome::Done, "{call:?}");
        assert_eq!(chain.sudo(call.clone()), Ok(()), "{call:?}");
    }
    chain.read(|| {
        assert_eq!(MaxDifficulty::<Runtime>::get(NETUID), 20);
        assert_eq!(AdjustmentAlpha::<Runtime>::get(NETUID), 21);
        assert_eq!(ActivityCutoff::<Runtime>::get(NETUID), 361);
        assert!(!TransferToggle::<Runtime>::get(NETUID));
        assert_eq!(
            RecycleOrBurn::<Runtime>::get(NETUID),
            RecycleOrBurnEnum::Recycle
        );
        assert_eq!(BurnHalfLife::<Runtime>::get(NETUID), 22);
        assert_eq!(
            BurnIncreaseMult::<Runtime>::get(NETUID),
            U64F64::from_num(1.5)
        );
        assert!(!OwnerCutEnabled::<Runtime>::get(NETUID));
        assert_eq!(MinChildkeyTakePerSubnet::<Runtime>::get(NETUID), 23);
    });
}

#[test]
fn settings_stay_within_their_bounds() {
    let mut chain = chain();
    let netuid = NETUID;
    let mut expect = |call: Admin<Runtime>, error: DispatchError| {
        assert_eq!(chain.sudo(call.clone()), Err(error), "{call:?}");
    };
    let outside = AdminError::<Runtime>::InvalidValue.into();
    for burn_half_life in [0, 36_101] {
        expect(
            Admin::sudo_set_burn_half_life {
                netuid,
                burn_half_life,
            },
            outside,
        );
    }
    for factor in [0.99, 3.01] {
        let burn_increase_mult = U64F64::from_num(factor);
        expect(
            Admin::sudo_set_burn_increase_mult {
                netuid,
                burn_increase_mult,
            },
            outside,
        );
    }
    let take = 11_797;
    expect(
        Admin::sudo_set_min_childkey_take_per_subnet { netuid, take },
        outside,
    );
    expect(
        Admin::sudo_set_activity_cutoff {
            netuid,
            activity_cutoff: 359,
        },
        Error::<Runtime>::ActivityCutoffTooLow.into(),
    );
    expect(
        Admin::sudo_set_min_allowed_uids {
            netuid,
            min_allowed_uids: 256,
        },
        AdminError::<Runtime>::MinAllowedUidsGreaterThanMaxAllowedUids.into(),
    );
    expect(
        Admin::sudo_set_min_allowed_uids {
            netuid,
            min_allowed_uids: 4,
        },
        AdminError::<Runtime>::MinAllowedUidsGreaterThanCurrentUids.into(),
    );
    expect(
        Admin::sudo_set_max_allowed_uids {
            netuid,
            max_allowed_uids: 63,
        },
        AdminError::<Runtime>::MaxAllowedUidsLessThanMinAllowedUids.into(),
    );
    expect(
        Admin::sudo_set_max_allowed_uids {
            netuid,
            max_allowed_uids: 257,
        },
        AdminError::<Runtime>::MaxAllowedUidsGreaterThanDefaultMaxAllowedUids.into(),
    );
    expect(
        Admin::sudo_set_owner_cut_enabled {
            netuid: 0,
            enabled: true,
        },
        AdminError::<Runtime>::NotPermittedOnRootSubnet.into(),
    );
    expect(
        Admin::sudo_set_kappa {
            netuid: 9,
            kappa: 1,
        },
        AdminError::<Runtime>::SubnetDoesNotExist.into(),
    );
    expect(
        Admin::sudo_set_total_issuance { total_issuance: 1 },
        AdminError::<Runtime>::Deprecated.into(),
    );
    expect(
        Admin::sudo_set_network_pow_registration_allowed {
            netuid,
            registration_allowed: true,
        },
        AdminError::<Runtime>::POWRegistrationDisabled.into(),
    );
}

#[test]
fn owners_have_bounds_that_root_has_not() {
    let mut chain = chain();
    let smoothing = |bonds_moving_average| Admin::sudo_set_bonds_moving_average {
        netuid: NETUID,
        bonds_moving_average,
    };
    let by_owner = chain.call("Alice", smoothing(975_001));
    assert_eq!(
        by_owner,
        failed(AdminError::<Runtime>::BondsMovingAverageMaxReached)
    );
    assert_eq!(chain.call("Alice", smoothing(975_000)), Outcome::Done);
    assert_eq!(chain.sudo(smoothing(975_001)), Ok(()));
    let slope = |steepness| Admin::sudo_set_alpha_sigmoid_steepness {
        netuid: NETUID,
        steepness,
    };
    let by_owner = chain.call("Alice", slope(-1));
    assert_eq!(
        by_owner,
        failed(AdminError::<Runtime>::NegativeSigmoidSteepness)
    );
    assert_eq!(chain.call("Alice", slope(0)), Outcome::Done);
    assert_eq!(chain.sudo(slope(-1)), Ok(()));
}

#[test]
fn an_owner_has_another_hotkey_once_a_week() {
    let mut chain = chain();
    let hotkey = |hotkey: AccountId| Admin::sudo_set_sn_owner_hotkey {
        netuid: NETUID,
        hotkey,
    };
    let account = chain.read(|| Pallet::<Runtime>::subnet_account(NETUID).unwrap());
    let system = chain.call("Alice", hotkey(account));
    assert_eq!(system, failed(Error::<Runtime>::CannotUseSystemAccount));
    assert_eq!(
        chain.call("Bob", hotkey(key("Bob"))),
        failed(DispatchError::BadOrigin)
    );
    assert_eq!(chain.call("Alice", hotkey(key("Second"))), Outcome::Done);
    chain.read(|| assert_eq!(SubnetOwnerHotkey::<Runtime>::get(NETUID), key("Second")));
    let again = chain.call("Alice", hotkey(key("Third")));
    assert_eq!(again, failed(Error::<Runtime>::TxRateLimitExceeded));
}

#[test]
fn coldkeys_and_subnets_introduce_themselves() {
    let mut chain = chain();
    let introduce = |name: usize| Call::<Runtime>::set_identity {
        name: vec![b'n'; name],
        url: Vec::new(),
        github_repo: Vec::new(),
        image: Vec::new(),
        discord: Vec::new(),
        description: vec![b'd'; 1024],
        additional: Vec::new(),
    };
    let unknown = chain.call("Bob", introduce(5));
    assert_eq!(
        unknown,
        failed(Error::<Runtime>::HotKeyNotRegisteredInNetwork)
    );
    let long = chain.call("Alice", introduce(257));
    assert_eq!(long, failed(Error::<Runtime>::InvalidIdentity));
    assert_eq!(chain.call("Alice", introduce(256)), Outcome::Done);
    let known = chain.read(|| IdentitiesV2::<Runtime>::get(key("Alice")).unwrap());
    assert_eq!(known.name.len(), 256);

    let describe = |subnet_name: usize| Call::<Runtime>::set_subnet_identity {
        netuid: NETUID,
        subnet_name: vec![b's'; subnet_name],
        github_repo: Vec::new(),
        subnet_contact: Vec::new(),
        subnet_url: Vec::new(),
        discord: Vec::new(),
        description: Vec::new(),
        logo_url: Vec::new(),
        additional: Vec::new(),
    };
    assert_eq!(
        chain.call("Bob", describe(3)),
        failed(Error::<Runtime>::NotSubnetOwner)
    );
    let long = chain.call("Alice", describe(257));
    assert_eq!(long, failed(Error::<Runtime>::InvalidIdentity));
    assert_eq!(chain.call("Alice", describe(3)), Outcome::Done);
    chain.read(|| assert_eq!(Pallet::<Runtime>::subnet_name(NETUID), b"sss"));
}

#[test]
fn a_symbol_comes_from_the_list_and_is_used_once() {
    let mut chain = chain();
    let symbol = |text: &str| Call::<Runtime>::update_symbol {
        netuid: NETUID,
        symbol: text.as_bytes().to_vec(),
    };
    let mine = chain.read(|| TokenSymbol::<Runtime>::get(NETUID));
    assert_eq!(mine, "α".as_bytes());
    let made_up = chain.call("Alice", symbol("WM"));
    assert_eq!(made_up, failed(Error::<Runtime>::SymbolDoesNotExist));
    let roots = chain.call("Alice", symbol("Τ"));
    assert_eq!(roots, failed(Error::<Runtime>::SymbolDoesNotExist));
    let taken = chain.call("Alice", symbol("α"));
    assert_eq!(taken, failed(Error::<Runtime>::SymbolAlreadyInUse));
    assert_eq!(
        chain.call("Bob", symbol("β")),
        failed(DispatchError::BadOrigin)
    );
    assert_eq!(chain.call("Alice", symbol("β")), Outcome::Done);
    let updated = Event::SymbolUpdated {
        netuid: NETUID,
        symbol: "β".into(),
    };
    assert!(
        chain
            .events()
            .contains(&RuntimeEvent::SubtensorModule(updated))
    );
    // Subnet 2's own is taken now.
    let register = Call::register_network {
        hotkey: key("OtherHot"),
    };
    assert_eq!(chain.call("Alice", register), Outcome::Done);
    chain.read(|| assert_eq!(TokenSymbol::<Runtime>::get(2), "α".as_bytes()));
}
