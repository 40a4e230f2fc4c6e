//! The beacon's data, as clients and the chain exchange it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
    BoundedVec,
    traits::{ConstU32, Get},
};
use scale_info::TypeInfo;

pub type RoundNumber = u64;
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
    pub round: RoundNumber,
    /// SHA-256 of the signature.
    pub randomness: BoundedHash,
    /// A point of G1, compressed.
    pub signature: BoundedVec<u8, ConstU32<144>>,
}

/// Pulses and who brings them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct PulsesPayload<Public, BlockNumber> {
    pub block_number: BlockNumber,
    pub pulses: Vec<Pulse>,
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
    pub public_key: PublicKey,
    /// Seconds between two rounds.
    pub period: u32,
    /// Seconds since the Unix epoch at round 1.
    pub genesis_time: u32,
    pub hash: BoundedHash,
    pub group_hash: BoundedHash,
    pub scheme_id: BoundedHash,
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
pub struct Metadata {
    pub beacon_id: BoundedHash,
}

/// A change of beacon.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct BeaconConfigurationPayload<Public, BlockNumber> {
    pub block_number: BlockNumber,
    pub config: BeaconConfiguration,
    pub public: Public,
}

impl BeaconConfiguration {
    /// Quicknet's pace, so that clients compute the rounds they are used to, under another key.
    pub fn stand_in(public_key: Vec<u8>) -> Self {
        Self {
            public_key: BoundedVec::truncate_from(public_key),
            hash: Default::default(),
            group_hash: Default::default(),
            metadata: Metadata {
                beacon_id: BoundedVec::truncate_from(b"localnet".to_vec()),
            },
            ..Quicknet::get()
        }
    }

    /// The newest round published at a time in milliseconds since the Unix epoch; 0 before the first.
    pub fn round_at(&self, time_ms: u64) -> RoundNumber {
        let since = (time_ms / 1_000).checked_sub(self.genesis_time.into());
        since
            .and_then(|since| since.checked_div(self.period.into()))
            .map_or(0, |rounds| rounds.saturating_add(1))
    }
}

/// The public beacon to which all validators encrypt.
pub struct Quicknet;

impl Get<BeaconConfiguration> for Quicknet {
    fn get() -> BeaconConfiguration {
        BeaconConfiguration {
            public_key: BoundedVec::truncate_from(
                hex::decode(concat!(
                    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c",
                    "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb",
                    "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
                ))
                .unwrap_or_default(),
            ),
            period: 3,
            genesis_time: 1_692_803_367,
            hash: hash("52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"),
            group_hash: hash("f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e"),
            scheme_id: BoundedVec::truncate_from(b"bls-unchained-g1-rfc9380".to_vec()),
            metadata: Metadata {
                beacon_id: BoundedVec::truncate_from(b"quicknet".to_vec()),
            },
        }
    }
}

fn hash(digits: &str) -> BoundedHash {
    BoundedVec::truncate_from(hex::decode(digits).unwrap_or_default())
}
