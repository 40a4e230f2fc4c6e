//! What an owner or root tunes.
//!
//! Names, keys, hashers and defaults are those of the real chain: clients address storage by them.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod hyperparameters_storage {
    /// Blocks between two announcements of an axon.
    #[pallet::storage]
    pub type ServingRateLimit<T: Config> =
        StorageMap<_, Identity, u16, u64, ValueQuery, ConstU64<50>>;
    /// Unused slope of an earlier trust curve.
    #[pallet::storage]
    pub type Rho<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<10>>;
    /// Steepness of the liquid alpha curve, in hundredths.
    #[pallet::storage]
    pub type AlphaSigmoidSteepness<T: Config> =
        StorageMap<_, Identity, u16, i16, ValueQuery, DefaultAlphaSigmoidSteepness<T>>;
    /// Majority of stake that consensus needs, over 65535.
    #[pallet::storage]
    pub type Kappa<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<32767>>;
    /// Lower bound of the maximum number of neurons.
    #[pallet::storage]
    pub type MinAllowedUids<T: Config> =
        StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<64>>;
    /// Most neurons.
    #[pallet::storage]
    pub type MaxAllowedUids<T: Config> =
        StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<256>>;
    /// Blocks in which a new neuron cannot be pruned.
    #[pallet::storage]
    pub type ImmunityPeriod<T: Config> =
        StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<4096>>;
    /// Prunable neurons below which immune ones may be pruned.
    #[pallet::storage]
    pub type MinNonImmuneUids<T: Config> =
        StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<10>>;
    /// How many of the owner's neurons cannot be pruned.
    #[pallet::storage]
    pub type ImmuneOwnerUidsLimit<T: Config> =
        StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<1>>;
    /// Unused: blocks of an earlier cutoff.
    #[pallet::storage]
    pub type ActivityCutoff<T: Config> =
        StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<5000>>;
    /// Activity cutoff in thousandths of the tempo.
    #[pallet::storage]
    pub type ActivityCutoffFactorMilli<T: Config> =
        StorageMap<_, Identity, u16, u32, ValueQuery, ConstU32<13889>>;
    /// Smallest activity cutoff, in blocks.
    #[pallet::storage]
    pub type MinActivityCutoff<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<360>>;
    /// Unused: the chain uses 65535.
    #[pallet::storage]
    pub type MaxWeightsLimit<T: Config> =
        StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<65535>>;
    /// Smallest version key of weights.
    #[pallet::storage]
    pub type WeightsVersionKey<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Fewest weights in a vector.
    #[pallet::storage]
    pub type MinAllowedWeights<T: Config> =
        StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<1024>>;
    /// How many permits an epoch gives.
    #[pallet::storage]
    pub type MaxAllowedValidators<T: Config> =
        StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<128>>;
    /// Bond smoothing: 1 - alpha, in millionths.
    #[pallet::storage]
    pub type BondsMovingAverage<T: Config> =
        StorageMap<_, Identity, u16, u64, ValueQuery, ConstU64<900000>>;
    /// How far bonds follow clipped weights, over 65535.
    #[pallet::storage]
    pub type BondsPenalty<T: Config> =
        StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<65535>>;
    /// Whether a commitment may reset bonds.
    #[pallet::storage]
    pub type BondsResetOn<T: Config> = StorageMap<_, Identity, u16, bool, ValueQuery>;
    /// Blocks between two weight settings.
    #[pallet::storage]
    pub type WeightsSetRateLimit<T: Config> =
        StorageMap<_, Identity, u16, u64, ValueQuery, ConstU64<100>>;
    /// Whether weights must be committed first.
    #[pallet::storage]
    pub type CommitRevealWeightsEnabled<T: Config> =
        StorageMap<_, Identity, u16, bool, ValueQuery, ConstBool<true>>;
    /// Epochs between commit and reveal.
    #[pallet::storage]
    pub type RevealPeriodEpochs<T: Config> =
        StorageMap<_, Twox64Concat, u16, u64, ValueQuery, ConstU64<1>>;
    /// Whether bonds use liquid alpha.
    #[pallet::storage]
    pub type LiquidAlphaOn<T: Config> = StorageMap<_, Blake2_128Concat, u16, bool, ValueQuery>;
    /// Whether bonds follow the third version of the mechanism.
    #[pallet::storage]
    pub type Yuma3On<T: Config> = StorageMap<_, Blake2_128Concat, u16, bool, ValueQuery>;
    /// Bounds of liquid alpha, over 65535.
    #[pallet::storage]
    pub type AlphaValues<T: Config> =
        StorageMap<_, Identity, u16, (u16, u16), ValueQuery, DefaultAlphaValues<T>>;
    /// Unused.
    #[pallet::storage]
    pub type ValidatorPruneLen<T: Config> =
        StorageMap<_, Identity, u16, u64, ValueQuery, ConstU64<1>>;
    /// Unused.
    #[pallet::storage]
    pub type ScalingLawPower<T: Config> =
        StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<50>>;
    /// Smallest take of child hotkeys on a subnet, over 65535.
    #[pallet::storage]
    pub type MinChildkeyTakePerSubnet<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery>;
}
