//! The beacon's data, as clients and the chain exchange it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
    BoundedVec,
    traits::{ConstU32, Get},
};
use scale_info::TypeInfo;
use sp_io::hashing::sha2_256;
use timelock::{Schedule, SecretKey, quicknet};

/// Rounds are counted from 1; quicknet has one every 3 seconds.
pub type RoundNumber = u64;
/// 32 bytes at most: a SHA-256, or a name.
pub type BoundedHash = BoundedVec<u8, ConstU32<32>>;
/// A point of G2, compressed.
pub type PublicKey = BoundedVec<u8, ConstU32<96>>;

/// What the beacon published for a round.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Pulse {
    /// What the beacon signed.
    pub round: RoundNumber,
    /// SHA-256 of the signature.
    pub randomness: BoundedHash,
    /// A point of G1, compressed.
    pub signature: BoundedVec<u8, ConstU32<144>>,
}

/// Pulses and who brings them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct PulsesPayload<Public, BlockNumber> {
    /// The block in which its sender wrote it; the chain refuses one that is yet to come.
    pub block_number: BlockNumber,
    /// The pool lets exactly one through.
    pub pulses: Vec<Pulse>,
    /// Who signed this payload; anyone may.
    pub public: Public,
}

/// A beacon: its key, pace and names.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct BeaconConfiguration {
    /// Verifies the signatures of all rounds; timelocked weights are encrypted to it.
    pub public_key: PublicKey,
    /// Seconds between two rounds.
    pub period: u32,
    /// Seconds since the Unix epoch at round 1.
    pub genesis_time: u32,
    /// Of the beacon's parameters; drand's clients know a beacon by it.
    pub hash: BoundedHash,
    /// Of the group that runs the beacon.
    pub group_hash: BoundedHash,
    /// How rounds are signed, by drand's name for it.
    pub scheme_id: BoundedHash,
    /// The rest of what drand says of a beacon.
    pub metadata: Metadata,
}

#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
/// What drand says of a beacon beside its parameters.
pub struct Metadata {
    /// The beacon's name.
    pub beacon_id: BoundedHash,
}

/// A change of beacon.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct BeaconConfigurationPayload<Public, BlockNumber> {
    /// As a pulse's; the chain asks nothing of it.
    pub block_number: BlockNumber,
    /// The beacon from now on.
    pub config: BeaconConfiguration,
    /// As a pulse's; the chain asks only that root sends it.
    pub public: Public,
}

impl BeaconConfiguration {
    /// Quicknet's pace, so that clients compute the rounds they are used to, under another key.
    pub fn stand_in(public_key: &[u8]) -> Self {
        Self {
            public_key: bounded(public_key),
            hash: Default::default(),
            group_hash: Default::default(),
            metadata: Metadata {
                beacon_id: bounded(b"localnet"),
            },
            ..Quicknet::get()
        }
    }

    /// The newest round published at a time in milliseconds since the Unix epoch; 0 before the first.
    pub fn round_at(&self, time_ms: u64) -> RoundNumber {
        let schedule = Schedule {
            genesis_s: self.genesis_time,
            period_s: self.period,
        };
        schedule.newest_at(time_ms)
    }
}

/// The secret of the beacon that a local chain with this salt plays: no secret at all.
pub fn stand_in(salt: &str) -> SecretKey {
    SecretKey::from_seed(sha2_256(&[b"localnet drand", salt.as_bytes()].concat()))
}

/// The public beacon to which all validators encrypt.
pub struct Quicknet;

impl Get<BeaconConfiguration> for Quicknet {
    fn get() -> BeaconConfiguration {
        BeaconConfiguration {
            public_key: bounded(&quicknet::PUBLIC_KEY),
            period: quicknet::SCHEDULE.period_s,
            genesis_time: quicknet::SCHEDULE.genesis_s,
            hash: bounded(&quicknet::HASH),
            group_hash: bounded(&quicknet::GROUP_HASH),
            scheme_id: bounded(quicknet::SCHEME.as_bytes()),
            metadata: Metadata {
                beacon_id: bounded(quicknet::BEACON.as_bytes()),
            },
        }
    }
}

/// Never longer than its bound, which the chain fits to these bytes.
fn bounded<const N: u32>(bytes: &[u8]) -> BoundedVec<u8, ConstU32<N>> {
    BoundedVec::truncate_from(bytes.to_vec())
}
