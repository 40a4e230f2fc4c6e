//! Values of the pallet's storage; their bytes are those of the real chain.

use crate::NetUid;
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{BoundedVec, traits::ConstU32};
use scale_info::TypeInfo;

/// Where a neuron serves requests.
#[derive(Encode, Decode, DecodeWithMemTracking, Default, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct AxonInfo {
    /// Block of the announcement.
    pub block: u64,
    pub version: u32,
    /// Address as an integer, of the family in `ip_type`.
    pub ip: u128,
    pub port: u16,
    /// 4 or 6.
    pub ip_type: u8,
    /// 0 TCP, 1 UDP, 4 HTTP.
    pub protocol: u8,
    pub placeholder1: u8,
    pub placeholder2: u8,
}

/// Where a neuron exposes metrics.
#[derive(Encode, Decode, DecodeWithMemTracking, Default, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct PrometheusInfo {
    /// Block of the announcement.
    pub block: u64,
    pub version: u32,
    pub ip: u128,
    pub port: u16,
    /// 4 or 6.
    pub ip_type: u8,
}

/// Public key with which an axon speaks TLS.
#[derive(Encode, Decode, DecodeWithMemTracking, Default, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct NeuronCertificate {
    pub public_key: BoundedVec<u8, ConstU32<64>>,
    /// First byte of the announced certificate.
    pub algorithm: u8,
}

/// What a coldkey says about itself.
#[derive(Encode, Decode, DecodeWithMemTracking, Default, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct ChainIdentityV2 {
    pub name: Vec<u8>,
    pub url: Vec<u8>,
    pub github_repo: Vec<u8>,
    pub image: Vec<u8>,
    pub discord: Vec<u8>,
    pub description: Vec<u8>,
    pub additional: Vec<u8>,
}

/// What an owner says about a subnet.
#[derive(Encode, Decode, DecodeWithMemTracking, Default, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct SubnetIdentityV3 {
    pub subnet_name: Vec<u8>,
    pub github_repo: Vec<u8>,
    pub subnet_contact: Vec<u8>,
    pub subnet_url: Vec<u8>,
    pub discord: Vec<u8>,
    pub description: Vec<u8>,
    pub logo_url: Vec<u8>,
    pub additional: Vec<u8>,
}

/// What becomes of emission to the owner's own miners.
#[derive(Encode, Decode, DecodeWithMemTracking, Default, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub enum RecycleOrBurnEnum {
    /// It still counts as issued, and lies on nobody.
    #[default]
    Burn,
    /// It leaves the count of issued tokens.
    Recycle,
}

/// How an epoch comes to its consensus.
#[derive(
    Encode, Decode, DecodeWithMemTracking, Default, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub enum EpochConsensus {
    /// The stake-weighted median of all validators.
    #[default]
    Yuma,
    /// The weights of the validator with the most stake.
    Null,
}

/// Something that stores values by subnet, and forgets those of one that is dissolved.
pub trait ForgetSubnet {
    /// To be called once, when the subnet is gone.
    fn forget(netuid: NetUid);
}

/// Hyperparameters whose changes by an owner are limited each by itself, in the chain's order, which is their encoding.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hyperparameter {
    Unknown,
    ServingRateLimit,
    MaxDifficulty,
    AdjustmentAlpha,
    MaxWeightLimit,
    ImmunityPeriod,
    MinAllowedWeights,
    Kappa,
    Rho,
    ActivityCutoff,
    PowRegistrationAllowed,
    MinBurn,
    MaxBurn,
    BondsMovingAverage,
    BondsPenalty,
    CommitRevealEnabled,
    LiquidAlphaEnabled,
    AlphaValues,
    WeightCommitInterval,
    TransferEnabled,
    AlphaSigmoidSteepness,
    Yuma3Enabled,
    BondsResetEnabled,
    ImmuneNeuronLimit,
    RecycleOrBurn,
    MaxAllowedUids,
    BurnHalfLife,
    BurnIncreaseMult,
    SubnetEmissionEnabled,
    MinChildkeyTake,
    ActivityCutoffFactorMilli,
    TriggerEpoch,
}

/// What a rate limit is counted for.
#[derive(Encode, Decode, Clone, PartialEq, Eq, Debug, TypeInfo)]
pub enum RateLimitKey<Account> {
    /// Changes of a subnet's owner hotkey, one a week.
    #[codec(index = 0)]
    SetSNOwnerHotkey(NetUid),
    /// Changes of one hyperparameter by a subnet's owner, by `OwnerHyperparamRateLimit`.
    #[codec(index = 1)]
    OwnerHyperparamUpdate(NetUid, Hyperparameter),
    /// Registrations of subnets on the whole chain, by `NetworkRateLimit`.
    #[codec(index = 2)]
    NetworkLastRegistered,
    /// Swaps of hotkeys by a coldkey, by `TxRateLimit`.
    #[codec(index = 3)]
    LastTxBlock(Account),
    /// Unused: changes of a childkey take are counted by subnet.
    #[codec(index = 4)]
    LastTxBlockChildKeyTake(Account),
    /// Increases of a hotkey's take, by `TxDelegateTakeRateLimit`.
    #[codec(index = 5)]
    LastTxBlockDelegateTake(Account),
    /// Unused: nothing limits purchases whose tokens are burned at once.
    #[codec(index = 6)]
    AddStakeBurn(NetUid),
}
