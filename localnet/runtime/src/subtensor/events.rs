//! Events, under the names and indexes by which clients decode them.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A subnet was registered: netuid, pricing of its stake.
        #[codec(index = 0)]
        NetworkAdded(NetUid, u16),
        /// A subnet was dissolved.
        #[codec(index = 1)]
        NetworkRemoved(NetUid),
        /// coldkey, hotkey, rao paid, rao of the token bought, netuid, fee.
        #[codec(index = 2)]
        StakeAdded(AccountId, AccountId, TaoBalance, AlphaBalance, NetUid, u64),
        /// coldkey, hotkey, rao received, rao of the token sold, netuid, fee.
        #[codec(index = 3)]
        StakeRemoved(AccountId, AccountId, TaoBalance, AlphaBalance, NetUid, u64),
        /// coldkey, hotkey, netuid it left, hotkey, netuid it went to, rao of TAO.
        #[codec(index = 4)]
        StakeMoved(AccountId, AccountId, NetUid, AccountId, NetUid, TaoBalance),
        /// storage index, uid.
        #[codec(index = 5)]
        WeightsSet(NetUidStorageIndex, u16),
        /// netuid, uid, hotkey.
        #[codec(index = 6)]
        NeuronRegistered(NetUid, u16, AccountId),
        /// A setting changed.
        #[codec(index = 9)]
        MaxAllowedUidsSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 11)]
        DifficultySet(NetUid, u64),
        /// A setting changed.
        #[codec(index = 12)]
        AdjustmentIntervalSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 13)]
        RegistrationPerIntervalSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 14)]
        MaxRegistrationsPerBlockSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 15)]
        ActivityCutoffSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 16)]
        RhoSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 18)]
        KappaSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 19)]
        MinAllowedWeightSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 22)]
        WeightsSetRateLimitSet(NetUid, u64),
        /// A setting changed.
        #[codec(index = 23)]
        ImmunityPeriodSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 24)]
        BondsMovingAverageSet(NetUid, u64),
        /// A setting changed.
        #[codec(index = 25)]
        BondsPenaltySet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 26)]
        BondsResetOnSet(NetUid, bool),
        /// A setting changed.
        #[codec(index = 27)]
        MaxAllowedValidatorsSet(NetUid, u16),
        /// netuid, hotkey.
        #[codec(index = 28)]
        AxonServed(NetUid, AccountId),
        /// netuid, hotkey.
        #[codec(index = 29)]
        PrometheusServed(NetUid, AccountId),
        /// A setting changed.
        #[codec(index = 32)]
        WeightsVersionKeySet(NetUid, u64),
        /// A setting changed.
        #[codec(index = 33)]
        MinDifficultySet(NetUid, u64),
        /// A setting changed.
        #[codec(index = 34)]
        MaxDifficultySet(NetUid, u64),
        /// A setting changed.
        #[codec(index = 35)]
        ServingRateLimitSet(NetUid, u64),
        /// A setting changed.
        #[codec(index = 37)]
        MaxBurnSet(NetUid, TaoBalance),
        /// A setting changed.
        #[codec(index = 38)]
        MinBurnSet(NetUid, TaoBalance),
        /// A setting changed.
        #[codec(index = 39)]
        MaxEpochsPerBlockSet(u8),
        /// A setting changed.
        #[codec(index = 40)]
        TxRateLimitSet(u64),
        /// A setting changed.
        #[codec(index = 41)]
        TxDelegateTakeRateLimitSet(u64),
        /// A setting changed.
        #[codec(index = 42)]
        TxChildKeyTakeRateLimitSet(u64),
        /// A setting changed.
        #[codec(index = 43)]
        AdminFreezeWindowSet(u16),
        /// A setting changed.
        #[codec(index = 44)]
        OwnerHyperparamRateLimitSet(u16),
        /// A setting changed.
        #[codec(index = 45)]
        MinChildKeyTakeSet(u16),
        /// A setting changed.
        #[codec(index = 46)]
        MinChildKeyTakePerSubnetSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 47)]
        MaxChildKeyTakeSet(u16),
        /// hotkey, take.
        #[codec(index = 48)]
        ChildKeyTakeSet(AccountId, u16),
        /// A setting changed.
        #[codec(index = 50)]
        RegistrationAllowed(NetUid, bool),
        /// A setting changed.
        #[codec(index = 52)]
        TempoSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 53)]
        RAORecycledForRegistrationSet(NetUid, TaoBalance),
        /// A setting changed.
        #[codec(index = 54)]
        StakeThresholdSet(u64),
        /// A setting changed.
        #[codec(index = 55)]
        AdjustmentAlphaSet(NetUid, u64),
        /// A setting changed.
        #[codec(index = 57)]
        SubnetOwnerCutSet(u16),
        /// A setting changed.
        #[codec(index = 58)]
        NetworkRateLimitSet(u64),
        /// A setting changed.
        #[codec(index = 59)]
        NetworkImmunityPeriodSet(u64),
        /// A setting changed.
        #[codec(index = 60)]
        StartCallDelaySet(u64),
        /// A setting changed.
        #[codec(index = 61)]
        NetworkMinLockCostSet(TaoBalance),
        /// A setting changed.
        #[codec(index = 62)]
        SubnetLimitSet(u16),
        /// A setting changed.
        #[codec(index = 63)]
        NetworkLockCostReductionIntervalSet(u64),
        /// coldkey, hotkey, take.
        #[codec(index = 64)]
        TakeDecreased(AccountId, AccountId, u16),
        /// coldkey, hotkey, take.
        #[codec(index = 65)]
        TakeIncreased(AccountId, AccountId, u16),
        /// A hotkey has another one's place, everywhere.
        #[codec(index = 66)]
        HotkeySwapped {
            /// Of both hotkeys.
            coldkey: AccountId,
            /// Holds no uid any more, and stake only where the swap left it.
            old_hotkey: AccountId,
            /// Has its uids and what is stored by them.
            new_hotkey: AccountId,
        },
        /// A setting changed.
        #[codec(index = 67)]
        MaxDelegateTakeSet(u16),
        /// A setting changed.
        #[codec(index = 68)]
        MinDelegateTakeSet(u16),
        /// hotkey, netuid, block of effect, children.
        #[codec(index = 75)]
        SetChildrenScheduled(AccountId, NetUid, u64, Vec<(u64, AccountId)>),
        /// hotkey, netuid, children.
        #[codec(index = 76)]
        SetChildren(AccountId, NetUid, Vec<(u64, AccountId)>),
        /// A coldkey introduced itself.
        #[codec(index = 77)]
        ChainIdentitySet(AccountId),
        /// A setting changed.
        #[codec(index = 78)]
        SubnetIdentitySet(NetUid),
        /// A subnet's identity went with it.
        #[codec(index = 79)]
        SubnetIdentityRemoved(NetUid),
        /// hotkey, storage index, hash.
        #[codec(index = 85)]
        WeightsCommitted(AccountId, NetUidStorageIndex, H256),
        /// hotkey, storage index, hash.
        #[codec(index = 86)]
        WeightsRevealed(AccountId, NetUidStorageIndex, H256),
        /// hotkey, netuid, hashes.
        #[codec(index = 87)]
        WeightsBatchRevealed(AccountId, NetUid, Vec<H256>),
        /// netuids, hotkey.
        #[codec(index = 88)]
        BatchWeightsCompleted(Vec<codec::Compact<NetUid>>, AccountId),
        /// Some items of a batch failed.
        #[codec(index = 89)]
        BatchCompletedWithErrors,
        /// netuid, error.
        #[codec(index = 90)]
        BatchWeightItemFailed(NetUid, DispatchError),
        /// coldkey it left, coldkey it went to, hotkey, netuid it left, netuid it went to, rao of TAO.
        #[codec(index = 91)]
        StakeTransferred(AccountId, AccountId, AccountId, NetUid, NetUid, TaoBalance),
        /// coldkey, hotkey, netuid it left, netuid it went to, rao of TAO.
        #[codec(index = 92)]
        StakeSwapped(AccountId, AccountId, NetUid, NetUid, TaoBalance),
        /// A setting changed.
        #[codec(index = 93)]
        TransferToggle(NetUid, bool),
        /// A setting changed.
        #[codec(index = 94)]
        SubnetOwnerHotkeySet(NetUid, AccountId),
        /// netuid, block.
        #[codec(index = 95)]
        FirstEmissionBlockNumberSet(NetUid, u64),
        /// coldkey, hotkey, rao of the token, netuid.
        #[codec(index = 96)]
        AlphaRecycled(AccountId, AccountId, AlphaBalance, NetUid),
        /// coldkey, hotkey, rao of the token, netuid.
        #[codec(index = 97)]
        AlphaBurned(AccountId, AccountId, AlphaBalance, NetUid),
        /// A setting changed.
        #[codec(index = 100)]
        CommitRevealPeriodsSet(NetUid, u64),
        /// A setting changed.
        #[codec(index = 101)]
        CommitRevealEnabled(NetUid, bool),
        /// A hotkey has another one's place on a subnet.
        #[codec(index = 102)]
        HotkeySwappedOnSubnet {
            /// Of both hotkeys.
            coldkey: AccountId,
            /// Holds no uid there any more, and stake only where the swap left it.
            old_hotkey: AccountId,
            /// Has its uid and what is stored by it.
            new_hotkey: AccountId,
            /// Of the subnet.
            netuid: NetUid,
        },
        /// A subnet's token has another symbol.
        #[codec(index = 105)]
        SymbolUpdated {
            /// Of the subnet.
            netuid: NetUid,
            /// One of the chain's list, UTF-8.
            symbol: Vec<u8>,
        },
        /// A setting changed.
        #[codec(index = 106)]
        CommitRevealVersionSet(u16),
        /// hotkey, storage index, hash of the ciphertext, drand round.
        #[codec(index = 107)]
        TimelockedWeightsCommitted(AccountId, NetUidStorageIndex, H256, u64),
        /// storage index, hotkey.
        #[codec(index = 108)]
        TimelockedWeightsRevealed(NetUidStorageIndex, AccountId),
        /// An epoch paid miners: storage index, rao by uid.
        #[codec(index = 110)]
        IncentiveAlphaEmittedToMiners {
            /// The storage index, `mechanism · 4096 + netuid`.
            netuid: NetUidStorageIndex,
            /// Rao of the token by uid, zeros included.
            emissions: Vec<AlphaBalance>,
        },
        /// A setting changed.
        #[codec(index = 111)]
        MinAllowedUidsSet(NetUid, u16),
        /// A setting changed.
        #[codec(index = 113)]
        MinNonImmuneUidsSet(NetUid, u16),
        /// TAO was staked and the tokens burned.
        #[codec(index = 121)]
        AddStakeBurn {
            /// Of the subnet.
            netuid: NetUid,
            /// On which it was staked for a moment.
            hotkey: AccountId,
            /// Rao of TAO offered, fee included.
            amount: TaoBalance,
            /// Rao of the token bought and burned.
            alpha: AlphaBalance,
        },
        /// A setting changed.
        #[codec(index = 126)]
        AutoParentDelegationEnabledSet {
            /// A validator on root.
            hotkey: AccountId,
            /// It becomes the parent of new subnets' owners.
            enabled: bool,
        },
        /// A setting changed.
        #[codec(index = 130)]
        ActivityCutoffFactorMilliSet {
            /// Of the subnet.
            netuid: NetUid,
            /// Thousandths of the tempo after which a neuron counts as inactive.
            factor_milli: u32,
        },
        /// The owner asked for an epoch.
        #[codec(index = 131)]
        EpochTriggered {
            /// Of the subnet.
            netuid: NetUid,
            /// Its owner's coldkey.
            by: AccountId,
            /// The block from which it is due.
            fires_at: u64,
        },
        /// An epoch was due but the block was full of epochs.
        #[codec(index = 132)]
        EpochDeferred {
            /// Of the subnet.
            netuid: NetUid,
            /// The block in which it was due.
            from_block: u64,
            /// The next one, in which it is due again.
            to_block: u64,
        },
    }
}
