//! The error table of the real chain, whole and in its order: clients decode errors by index.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod errors {
    #[pallet::error]
    pub enum Error<T> {
        /// There is no root network.
        RootNetworkDoesNotExist,
        /// The address is neither IPv4 nor IPv6.
        InvalidIpType,
        /// The address can not be reached from outside.
        InvalidIpAddress,
        /// Port 0 can not be announced.
        InvalidPort,
        /// The hotkey has no uid on this subnet.
        HotKeyNotRegisteredInSubNet,
        /// The hotkey belongs to no coldkey yet.
        HotKeyAccountNotExists,
        /// The hotkey has no uid where it needs one.
        HotKeyNotRegisteredInNetwork,
        /// The hotkey belongs to another coldkey.
        NonAssociatedColdKey,
        /// There is less stake than the call needs.
        NotEnoughStake,
        /// More stake was asked for than there is.
        NotEnoughStakeToWithdraw,
        /// The hotkey has too little stake to weigh others.
        NotEnoughStakeToSetWeights,
        /// The hotkey has too little stake to lend it.
        NotEnoughStakeToSetChildkeys,
        /// The coldkey has less TAO than it wants to spend.
        NotEnoughBalanceToStake,
        /// The TAO could not be taken from the account.
        BalanceWithdrawalError,
        /// The account would be left without any TAO.
        ZeroBalanceAfterWithdrawn,
        /// The neuron has no validator permit, so it can weigh only itself.
        NeuronNoValidatorPermit,
        /// There are not as many weights as uids.
        WeightVecNotEqualSize,
        /// A uid is weighed twice.
        DuplicateUids,
        /// A uid is weighed that nobody has.
        UidVecContainInvalidOne,
        /// Fewer uids are weighed than the subnet asks for.
        WeightVecLengthIsLow,
        /// No more places are given in this block.
        TooManyRegistrationsThisBlock,
        /// The hotkey has a uid on this subnet already.
        HotKeyAlreadyRegisteredInSubNet,
        /// The new hotkey is the old one.
        NewHotKeyIsSameWithOld,
        /// The new hotkey has root stake of its own.
        NewHotKeyNotCleanForRootSwap,
        /// The work is for a block that is too far away.
        InvalidWorkBlock,
        /// The work is easier than asked for.
        InvalidDifficulty,
        /// The work does not belong to this key and block.
        InvalidSeal,
        /// A weight is larger than the subnet allows.
        MaxWeightExceeded,
        /// The hotkey is a delegate already.
        HotKeyAlreadyDelegate,
        /// The rate limit since the last weights is not over.
        SettingWeightsTooFast,
        /// The weights carry a version older than the subnet asks for.
        IncorrectWeightVersionKey,
        /// The rate limit since the last announcement is not over.
        ServingRateLimitExceeded,
        /// More uids are weighed than the subnet has.
        UidsLengthExceedUidsInSubNet,
        /// The rate limit since the last subnet is not over.
        NetworkTxRateLimitExceeded,
        /// The rate limit since the last change of the take is not over.
        DelegateTxRateLimitExceeded,
        /// The rate limit since the last change of a hotkey is not over.
        HotKeySetTxRateLimitExceeded,
        /// The rate limit since the last stake is not over.
        StakingRateLimitExceeded,
        /// Nobody can register here now.
        SubNetRegistrationDisabled,
        /// No more places are given in this cycle.
        TooManyRegistrationsThisInterval,
        /// The hotkey itself must sign.
        TransactorAccountShouldBeHotKey,
        /// There is no faucet.
        FaucetDisabled,
        /// Only the owner of the subnet may do this.
        NotSubnetOwner,
        /// This is not for the root network.
        RegistrationNotPermittedOnRootSubnet,
        /// All on the full root network have at least as much stake.
        StakeTooLowForRoot,
        /// No subnet is old enough to be pruned.
        AllNetworksInImmunity,
        /// The coldkey has less TAO than swapping a hotkey costs.
        NotEnoughBalanceToPaySwapHotKey,
        /// This is for the root network only.
        NotRootSubnet,
        /// Nobody weighs on the root network.
        CanNotSetRootNetworkWeights,
        /// No place is free and none can be taken over.
        NoNeuronIdAvailable,
        /// The take is below the lowest, or not lower than now.
        DelegateTakeTooLow,
        /// The take is above the highest, or not higher than now.
        DelegateTakeTooHigh,
        /// Nothing was committed that could be revealed.
        NoWeightsCommitFound,
        /// What is revealed is not what was committed.
        InvalidRevealCommitHashNotMatch,
        /// Weights must be committed first here.
        CommitRevealEnabled,
        /// Weights are set openly here.
        CommitRevealDisabled,
        /// Liquid alpha is off here.
        LiquidAlphaDisabled,
        /// The upper bound of alpha is below the lowest.
        AlphaHighTooLow,
        /// The lower bound of alpha is below the lowest or above the upper one.
        AlphaLowOutOfRange,
        /// The coldkey has hotkeys already.
        ColdKeyAlreadyAssociated,
        /// The coldkey has less TAO than swapping it costs.
        NotEnoughBalanceToPaySwapColdKey,
        /// The hotkey can not be a child of this one.
        InvalidChild,
        /// A child is named twice.
        DuplicateChild,
        /// The children are lent more than all stake.
        ProportionOverflow,
        /// More children are named than a hotkey may have.
        TooManyChildren,
        /// The rate limit of this change is not over.
        TxRateLimitExceeded,
        /// No swap of the coldkey was announced.
        ColdkeySwapAnnouncementNotFound,
        /// The announced swap is not due yet.
        ColdkeySwapTooEarly,
        /// It is too early to announce another swap.
        ColdkeySwapReannouncedTooEarly,
        /// The coldkey is not the one that was announced.
        AnnouncedColdkeyHashDoesNotMatch,
        /// The swap is disputed already.
        ColdkeySwapAlreadyDisputed,
        /// The new coldkey is a hotkey.
        NewColdKeyIsHotkey,
        /// The take of a child is out of its bounds.
        InvalidChildkeyTake,
        /// The rate limit since the last change of the child take is not over.
        TxChildkeyTakeRateLimitExceeded,
        /// A field of the identity is too long.
        InvalidIdentity,
        /// There is no such mechanism.
        MechanismDoesNotExist,
        /// The stake is locked.
        StakeUnavailable,
        /// There is no such subnet.
        SubnetNotExists,
        /// Too many commits wait for their reveal.
        TooManyUnrevealedCommits,
        /// The commit is too old to be revealed.
        ExpiredWeightCommit,
        /// The commit is to be revealed in a later epoch.
        RevealTooEarly,
        /// The lists have different lengths.
        InputLengthsUnequal,
        /// The rate limit since the last commit is not over.
        CommittingWeightsTooFast,
        /// The amount is below the least that can be staked or moved.
        AmountTooLow,
        /// The pool can not take or pay so much.
        InsufficientLiquidity,
        /// Not all of it trades within the price limit.
        SlippageTooHigh,
        /// Stake may not be transferred on this subnet.
        TransferDisallowed,
        /// The cutoff is below the lowest.
        ActivityCutoffTooLow,
        /// The call is switched off.
        CallDisabled,
        /// The subnet has started already.
        FirstEmissionBlockNumberAlreadySet,
        /// The subnet is too young to start.
        NeedWaitingMoreBlocksToStarCall,
        /// More tokens are to be recycled than exist outside the pool.
        NotEnoughAlphaOutToRecycle,
        /// Root stake is TAO and can not be destroyed.
        CannotBurnOrRecycleOnRootSubnet,
        /// The signature gives no public key.
        UnableToRecoverPublicKey,
        /// The signature is of another key.
        InvalidRecoveredPublicKey,
        /// The token is not traded yet: the subnet has not started.
        SubtokenDisabled,
        /// The coldkey swapped a hotkey here not long ago.
        HotKeySwapOnSubnetIntervalNotPassed,
        /// Stake would stay where it is.
        SameNetuid,
        /// The account has less TAO than is to be moved.
        InsufficientBalance,
        /// The account can not be the beneficiary of a lease.
        InvalidLeaseBeneficiary,
        /// The lease would end before it begins.
        LeaseCannotEndInThePast,
        /// The leased subnet was not found.
        LeaseNetuidNotFound,
        /// There is no such lease.
        LeaseDoesNotExist,
        /// The lease does not end.
        LeaseHasNoEndBlock,
        /// The lease has not ended yet.
        LeaseHasNotEnded,
        /// A number grew too large.
        Overflow,
        /// The hotkey belongs to somebody else than the beneficiary.
        BeneficiaryDoesNotOwnHotkey,
        /// Only the beneficiary may do this.
        ExpectedBeneficiaryOrigin,
        /// Settings are frozen just before an epoch.
        AdminActionProhibitedDuringWeightsWindow,
        /// The symbol is not on the list.
        SymbolDoesNotExist,
        /// Another subnet has the symbol.
        SymbolAlreadyInUse,
        /// The commit is of another version than the chain reads.
        IncorrectCommitRevealVersion,
        /// The round has passed already.
        InvalidRevealRound,
        /// The reveal period is above the longest.
        RevealPeriodTooLarge,
        /// The reveal period is below the shortest.
        RevealPeriodTooSmall,
        /// The value is out of its bounds.
        InvalidValue,
        /// There are as many subnets as there may be, and none can go yet.
        SubnetLimitReached,
        /// The coldkey has less TAO than a subnet costs.
        CannotAffordLockCost,
        /// The rate limit since the last EVM key is not over.
        EvmKeyAssociateRateLimitExceeded,
        /// The hotkey is the destination already.
        SameAutoStakeHotkeyAlreadySet,
        /// The uids of the subnet could not be removed.
        UidMapCouldNotBeCleared,
        /// Too many of the neurons that would stay can not be pruned.
        TrimmingWouldExceedMaxImmunePercentage,
        /// A hotkey would lend to one that it borrows from.
        ChildParentInconsistency,
        /// The number of claims is out of its bounds.
        InvalidNumRootClaim,
        /// The threshold of claims is too high.
        InvalidRootClaimThreshold,
        /// The number of subnets is out of its bounds.
        InvalidSubnetNumber,
        /// So many neurons can not have so many mechanisms.
        TooManyUIDsPerMechanism,
        /// Voting power is not tracked here.
        VotingPowerTrackingNotEnabled,
        /// The smoothing of voting power is out of its bounds.
        InvalidVotingPowerEmaAlpha,
        /// The call does nothing any more.
        Deprecated,
        /// The rate limit since the last burn by stake is not over.
        AddStakeBurnRateLimitExceeded,
        /// The coldkey waits for its swap and may do little else.
        ColdkeySwapAnnounced,
        /// The swap of the coldkey is disputed, so it may do nothing.
        ColdkeySwapDisputed,
        /// It is too early to take the announcement back.
        ColdkeySwapClearTooEarly,
        /// The call is off for the time being.
        DisabledTemporarily,
        /// A place costs more than the limit.
        RegistrationPriceLimitExceeded,
        /// The lock is on another hotkey.
        LockHotkeyMismatch,
        /// There is less stake than would be locked.
        InsufficientStakeForLock,
        /// Nothing is locked.
        NoExistingLock,
        /// Something is locked already.
        ActiveLockExists,
        /// The account is one of the chain itself.
        CannotUseSystemAccount,
        /// More would be unlocked than is locked.
        UnlockAmountTooHigh,
        /// The tempo is out of its bounds.
        TempoOutOfBounds,
        /// The cutoff factor is out of its bounds.
        ActivityCutoffFactorMilliOutOfBounds,
        /// An epoch was triggered already.
        EpochTriggerAlreadyPending,
        /// The next epoch is too close to trigger another.
        AutoEpochAlreadyImminent,
        /// The tempo can not change while weights are committed.
        DynamicTempoBlockedByCommitReveal,
        /// The account takes no locked tokens.
        AccountRejectsLockedAlpha,
    }
}
