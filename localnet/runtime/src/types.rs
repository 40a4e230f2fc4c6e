//! The chain's primitive types under the names that its metadata shows.
//!
//! The real chain wraps most of them in newtypes that describe themselves to clients as the bare
//! integer; plain aliases give the same bytes and the same metadata.

use frame_support::{BoundedVec, pallet_prelude::*};
use sp_runtime::{
    MultiAddress, MultiSignature, generic,
    traits::{BlakeTwo256, IdentifyAccount, Verify},
};

/// The chain counts its blocks from genesis, which is 0.
pub type BlockNumber = u32;
/// Transactions that an account has sent: the next one carries this number.
pub type Nonce = u32;
/// Of a block, an extrinsic or a commit: BLAKE2b, 256 bits.
pub type Hash = sp_core::H256;
/// Rao: 10⁹ to the TAO.
pub type Balance = u64;
/// [`Balance`] under the name that says whose rao they are: TAO, not a subnet's token.
pub type TaoBalance = u64;
/// Rao of a subnet's own token.
pub type AlphaBalance = u64;
/// A subnet; 0 is [`ROOT`].
pub type NetUid = u16;
/// A mechanism of a subnet: 0 is the one that every subnet has.
pub type MechId = u8;
/// Key of per-mechanism storage: `mechanism · 4096 + netuid`.
pub type NetUidStorageIndex = u16;

/// Sr25519, ed25519 or ECDSA, whichever the account's key is.
pub type Signature = MultiSignature;
/// A hotkey or coldkey: for sr25519 and ed25519 the 32 bytes of the public key.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How a transaction names its sender; clients of this chain write the account itself.
pub type Address = MultiAddress<AccountId, ()>;
/// What is hashed for a block's hash.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;

/// The chain has no smaller unit than the rao, and counts in nothing else.
pub const RAO_PER_TAO: u64 = 1_000_000_000;
/// The root network: stake on it counts on every subnet, weighed by `TaoWeight`.
pub const ROOT: NetUid = 0;

/// Longest timelocked commit, in bytes.
pub const MAX_TIMELOCKED_COMMIT: u32 = 5000;
/// Weights under a timelock, encrypted to a drand round.
pub type TimelockedBytes = BoundedVec<u8, ConstU32<MAX_TIMELOCKED_COMMIT>>;
