//! How the pallets are wired: constants of the real runtime, and the few that a world sets.

use crate::*;
use frame_support::{
    PalletId, derive_impl, parameter_types,
    traits::{ConstU8, ConstU16, ConstU32, ConstU64, Contains, Get, OnUnbalanced, fungible},
    weights::{
        Weight, WeightToFeeCoefficient, WeightToFeeCoefficients, WeightToFeePolynomial,
        constants::{RocksDbWeight, WEIGHT_REF_TIME_PER_SECOND},
    },
};
use pallet_transaction_payment::{ConstFeeMultiplier, FungibleAdapter, Multiplier};
use sp_runtime::{Cow, Perbill, traits::AccountIdLookup};
use sp_version::RuntimeVersion;
use std::num::NonZeroU64;

/// Version of the real runtime that this one follows.
pub const VERSION: RuntimeVersion = RuntimeVersion {
    spec_name: Cow::Borrowed("node-subtensor"),
    impl_name: Cow::Borrowed("node-subtensor"),
    authoring_version: 1,
    spec_version: 425,
    impl_version: 1,
    apis: RUNTIME_API_VERSIONS,
    transaction_version: 1,
    system_version: 1,
};

const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);
const MAXIMUM_BLOCK_WEIGHT: Weight = Weight::from_parts(4 * WEIGHT_REF_TIME_PER_SECOND, u64::MAX);

parameter_types! {
    pub const BlockHashCount: BlockNumber = 2400;
    pub BlockWeights: frame_system::limits::BlockWeights =
        frame_system::limits::BlockWeights::with_sensible_defaults(
            MAXIMUM_BLOCK_WEIGHT,
            NORMAL_DISPATCH_RATIO,
        );
    pub BlockLength: frame_system::limits::BlockLength =
        frame_system::limits::BlockLength::max_with_normal_ratio(
            10 * 1024 * 1024,
            NORMAL_DISPATCH_RATIO,
        );
    pub FeeMultiplier: Multiplier = Multiplier::from_u32(1);

    /// Milliseconds between two blocks; genesis writes it, clients read it as a constant.
    pub storage SlotDuration: u64 = 12_000;
    /// Whether an axon may announce 127.0.0.1 or ::1, which the real chain refuses.
    pub storage AllowLoopbackAxons: bool = false;
    /// How often this chain was upgraded for show.
    pub storage UpgradeLevel: u32 = 0;
}

/// [`VERSION`], raised by the upgrades since.
pub struct Version;

impl Get<RuntimeVersion> for Version {
    fn get() -> RuntimeVersion {
        RuntimeVersion {
            spec_version: VERSION.spec_version.saturating_add(UpgradeLevel::get()),
            ..VERSION
        }
    }
}

/// Half a slot: the timestamps of two blocks are at least that far apart.
pub struct MinimumPeriod;

impl Get<u64> for MinimumPeriod {
    fn get() -> u64 {
        (SlotDuration::get() / 2).max(1)
    }
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
    type BaseCallFilter = SafeMode;
    type BlockWeights = BlockWeights;
    type BlockLength = BlockLength;
    type AccountId = AccountId;
    type Lookup = AccountIdLookup<AccountId, ()>;
    type Nonce = Nonce;
    type Hash = Hash;
    type Block = Block;
    type BlockHashCount = BlockHashCount;
    type DbWeight = RocksDbWeight;
    type Version = Version;
    type AccountData = pallet_balances::AccountData<Balance>;
    type SS58Prefix = ConstU16<42>;
    type MaxConsumers = ConstU32<16>;
    type ExtensionsWeightInfo = extensions::Weightless;
}

impl pallet_timestamp::Config for Runtime {
    type Moment = u64;
    type OnTimestampSet = Aura;
    type MinimumPeriod = MinimumPeriod;
    type WeightInfo = ();
}

impl aura::Config for Runtime {
    type SlotDuration = SlotDuration;
}

impl pallet_balances::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeHoldReason = RuntimeHoldReason;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type Balance = Balance;
    type DustRemoval = ();
    type ExistentialDeposit = ConstU64<500>;
    type AccountStore = System;
    type ReserveIdentifier = [u8; 8];
    type FreezeIdentifier = RuntimeFreezeReason;
    type MaxLocks = ConstU32<50>;
    type MaxReserves = ConstU32<50>;
    type MaxFreezes = ConstU32<50>;
    type DoneSlashHandler = ();
    type WeightInfo = ();
}

/// One rao for 2,000 units of weight, as on the real chain.
pub struct LinearWeightToFee;

impl WeightToFeePolynomial for LinearWeightToFee {
    type Balance = Balance;

    fn polynomial() -> WeightToFeeCoefficients<Balance> {
        [WeightToFeeCoefficient {
            coeff_integer: 0,
            coeff_frac: Perbill::from_parts(500_000),
            negative: false,
            degree: 1,
        }]
        .into_iter()
        .collect()
    }
}

/// Fees go to the block's author; without one they are burned.
pub struct ToAuthor;

impl OnUnbalanced<fungible::Credit<AccountId, Balances>> for ToAuthor {
    fn on_nonzero_unbalanced(fee: fungible::Credit<AccountId, Balances>) {
        if let Some(author) = BlockAuthor::get() {
            // What cannot be placed is burned too.
            let _ = <Balances as fungible::Balanced<AccountId>>::resolve(&author, fee);
        }
    }
}

impl pallet_transaction_payment::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type OnChargeTransaction = FungibleAdapter<Balances, ToAuthor>;
    type OperationalFeeMultiplier = ConstU8<5>;
    type WeightToFee = LinearWeightToFee;
    type LengthToFee = frame_support::weights::IdentityFee<Balance>;
    type FeeMultiplierUpdate = ConstFeeMultiplier<FeeMultiplier>;
    type WeightInfo = extensions::Weightless;
}

impl pallet_sudo::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type WeightInfo = ();
}

impl utility::Config for Runtime {
    type RuntimeCall = RuntimeCall;
    type PalletsOrigin = OriginCaller;
    type Admission = extensions::SubtensorTransactionExtension;
}

/// Who makes the block, by its slot.
pub struct BlockAuthor;

impl Get<Option<AccountId>> for BlockAuthor {
    fn get() -> Option<AccountId> {
        Aura::author()
    }
}

/// The subnets there are.
pub struct Subnets;

impl Contains<NetUid> for Subnets {
    fn contains(netuid: &NetUid) -> bool {
        subtensor::NetworksAdded::<Runtime>::get(netuid)
    }
}

parameter_types! {
    pub const SwapProtocol: PalletId = PalletId(*b"ten/swap");
    pub const LeastReserve: NonZeroU64 = swap::LEAST_RESERVE;
}

impl swap::Config for Runtime {
    type Subnets = Subnets;
    type ProtocolId = SwapProtocol;
    type MaxFeeRate = ConstU16<10_000>;
    type MinimumLiquidity = ConstU64<1_000>;
    type MinimumReserve = LeastReserve;
}

impl subtensor::Config for Runtime {
    type Currency = Balances;
    type Author = BlockAuthor;
    type Statements = Commitments;
    type AllowLoopbackAxons = AllowLoopbackAxons;
    type InitialStartCallDelay = ConstU64<0>;
}

/// The key that the state names, so that clients find it as a constant.
pub struct BeaconPublicKey;

impl Get<drand::PublicKey> for BeaconPublicKey {
    fn get() -> drand::PublicKey {
        drand::BeaconConfig::<Runtime>::get().public_key
    }
}

impl drand::Config for Runtime {
    type BeaconPublicKey = BeaconPublicKey;
}

impl mev_shield::Config for Runtime {}

impl admin_utils::Config for Runtime {}

impl commitments::Config for Runtime {
    type MaxFields = commitments::MaxFields;
}

/// What validators and the chain itself need while everything else stands still.
pub struct SafeModeWhitelist;

impl Contains<RuntimeCall> for SafeModeWhitelist {
    fn contains(call: &RuntimeCall) -> bool {
        use subtensor::Call;
        matches!(
            call,
            RuntimeCall::Sudo(_)
                | RuntimeCall::System(_)
                | RuntimeCall::SafeMode(_)
                | RuntimeCall::Timestamp(_)
                | RuntimeCall::SubtensorModule(Call::set_weights { .. } | Call::serve_axon { .. })
                | RuntimeCall::Commitments(commitments::Call::set_commitment { .. })
        )
    }
}

impl safe_mode::Config for Runtime {
    type WhitelistedCalls = SafeModeWhitelist;
    type ForcedEnterDuration = ConstU32<7200>;
    type ForcedExtendDuration = ConstU32<3600>;
}
