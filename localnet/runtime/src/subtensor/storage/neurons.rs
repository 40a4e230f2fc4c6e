//! Per neuron, by uid or hotkey; vectors are indexed by uid.
//!
//! Names, keys, hashers and defaults are those of the real chain: clients address storage by them.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod neurons_storage {
    /// Uid of a hotkey.
    #[pallet::storage]
    pub type Uids<T: Config> = StorageDoubleMap<_, Identity, u16, Blake2_128Concat, AccountId, u16, OptionQuery>;
    /// Hotkey of a uid.
    #[pallet::storage]
    pub type Keys<T: Config> = StorageDoubleMap<_, Identity, u16, Identity, u16, AccountId, ValueQuery, ZeroAccount>;
    /// Whether a hotkey is registered.
    #[pallet::storage]
    pub type IsNetworkMember<T: Config> = StorageDoubleMap<_, Blake2_128Concat, AccountId, Identity, u16, bool, ValueQuery>;
    /// Block at which the neuron registered.
    #[pallet::storage]
    pub type BlockAtRegistration<T: Config> = StorageDoubleMap<_, Identity, u16, Identity, u16, u64, ValueQuery>;
    /// Whether weights were set recently enough.
    #[pallet::storage]
    pub type Active<T: Config> = StorageMap<_, Identity, u16, Vec<bool>, ValueQuery>;
    /// Normalised stake, over 65535.
    #[pallet::storage]
    pub type StakeWeight<T: Config> = StorageMap<_, Identity, u16, Vec<u16>, ValueQuery>;
    /// Consensus weight, over 65535.
    #[pallet::storage]
    pub type Consensus<T: Config> = StorageMap<_, Identity, u16, Vec<u16>, ValueQuery>;
    /// Share of the servers' emission, over 65535; by storage index.
    #[pallet::storage]
    pub type Incentive<T: Config> = StorageMap<_, Identity, u16, Vec<u16>, ValueQuery>;
    /// Share of the validators' emission, over 65535.
    #[pallet::storage]
    pub type Dividends<T: Config> = StorageMap<_, Identity, u16, Vec<u16>, ValueQuery>;
    /// Emission of the last epoch, in rao of the token.
    #[pallet::storage]
    pub type Emission<T: Config> = StorageMap<_, Identity, u16, Vec<u64>, ValueQuery>;
    /// Block of the last weights or registration; by storage index.
    #[pallet::storage]
    pub type LastUpdate<T: Config> = StorageMap<_, Identity, u16, Vec<u64>, ValueQuery>;
    /// Part of the weights that survived clipping, over 65535.
    #[pallet::storage]
    pub type ValidatorTrust<T: Config> = StorageMap<_, Identity, u16, Vec<u16>, ValueQuery>;
    /// Whether a neuron may set weights on others.
    #[pallet::storage]
    pub type ValidatorPermit<T: Config> = StorageMap<_, Identity, u16, Vec<bool>, ValueQuery>;
    /// Weights set by a uid; by storage index.
    #[pallet::storage]
    pub type Weights<T: Config> = StorageDoubleMap<_, Identity, u16, Identity, u16, Vec<(u16, u16)>, ValueQuery>;
    /// Bonds of a validator in servers; by storage index.
    #[pallet::storage]
    pub type Bonds<T: Config> = StorageDoubleMap<_, Identity, u16, Identity, u16, Vec<(u16, u16)>, ValueQuery>;
    /// Where a neuron serves.
    #[pallet::storage]
    pub type Axons<T: Config> = StorageDoubleMap<_, Identity, u16, Blake2_128Concat, AccountId, AxonInfo, OptionQuery>;
    /// TLS certificate of an axon.
    #[pallet::storage]
    pub type NeuronCertificates<T: Config> = StorageDoubleMap<_, Identity, u16, Blake2_128Concat, AccountId, NeuronCertificate, OptionQuery>;
    /// Where a neuron exposes metrics.
    #[pallet::storage]
    pub type Prometheus<T: Config> = StorageDoubleMap<_, Identity, u16, Blake2_128Concat, AccountId, PrometheusInfo, OptionQuery>;
    /// Name and contacts of a coldkey.
    #[pallet::storage]
    pub type IdentitiesV2<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, ChainIdentityV2, OptionQuery>;
}
