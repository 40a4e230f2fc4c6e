//! The chain's primitive types under the names that its metadata shows.
//!
//! The real chain wraps most of them in newtypes that describe themselves to clients as the bare
//! integer; plain aliases give the same bytes and the same metadata.

use frame_support::{BoundedVec, pallet_prelude::*};
use sp_runtime::{
    MultiAddress, MultiSignature, generic,
    traits::{BlakeTwo256, IdentifyAccount, Verify},
};

pub type BlockNumber = u32;
pub type Nonce = u32;
pub type Hash = sp_core::H256;
/// Rao: 10⁹ to the TAO.
pub type Balance = u64;
pub type TaoBalance = u64;
/// Rao of a subnet's own token.
pub type AlphaBalance = u64;
pub type NetUid = u16;
pub type MechId = u8;
/// Key of per-mechanism storage: `mechanism · 4096 + netuid`.
pub type NetUidStorageIndex = u16;

pub type Signature = MultiSignature;
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
pub type Address = MultiAddress<AccountId, ()>;
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;

pub const RAO_PER_TAO: u64 = 1_000_000_000;
/// The root network: stake on it counts on every subnet, weighed by `TaoWeight`.
pub const ROOT: NetUid = 0;

/// Longest timelocked commit, in bytes.
pub const MAX_TIMELOCKED_COMMIT: u32 = 5000;
pub type TimelockedBytes = BoundedVec<u8, ConstU32<MAX_TIMELOCKED_COMMIT>>;
