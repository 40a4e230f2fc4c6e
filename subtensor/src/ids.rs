//! Identities. A miner is `(hotkey, registration block)`; a uid is only its seat of the moment and is
//! resolved when a payload is signed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use subxt::utils::AccountId32;

/// A block's height; 0 is the genesis block.
pub type BlockNumber = u64;

macro_rules! number {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number! {
    /// A neuron's seat in a subnet, 0..n; it can pass to another hotkey at any block.
    Uid(u16)
}
number! {
    /// A subnet's number.
    Netuid(u16)
}
number! {
    /// One of a subnet's (at most 16) incentive mechanisms.
    MechanismId(u8)
}

/// An address that is not a valid ss58 account.
#[derive(Debug, thiserror::Error)]
#[error("`{value}` is not an ss58 address: {reason}")]
pub struct AccountError {
    value: String,
    reason: String,
}

macro_rules! account {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; 32]);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                AccountId32(self.0).fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = AccountError;
            fn from_str(s: &str) -> Result<Self, AccountError> {
                AccountId32::from_str(s)
                    .map(|a| Self(a.0))
                    .map_err(|e| AccountError { value: s.chars().take(80).collect(), reason: e.to_string() })
            }
        }
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

account! {
    /// The key that serves, queries and sets weights. Shown as ss58 with the network prefix 42.
    Hotkey
}
account! {
    /// The key that owns stake and hotkeys; a validator host never holds it.
    Coldkey
}

/// Who a score belongs to. A hotkey that leaves and registers again is a new miner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MinerId {
    /// Its key, which names it to everybody.
    pub hotkey: Hotkey,
    /// `BlockAtRegistration` of its seat.
    pub registered_at: BlockNumber,
}

/// The hash of block 0: which world we are in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Genesis(pub [u8; 32]);

impl fmt::Display for Genesis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{}", hex::encode(self.0))
    }
}

impl fmt::Debug for Genesis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Genesis({self})")
    }
}

impl FromStr for Genesis {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix("0x").unwrap_or(text);
        let mut hash = [0; 32];
        match hex::decode_to_slice(digits, &mut hash) {
            Ok(()) => Ok(Self(hash)),
            Err(_) => Err("a genesis hash is 0x and 64 hex digits".into()),
        }
    }
}

/// A block by number and hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlockRef {
    /// Its height.
    pub number: BlockNumber,
    /// blake2b-256 of its header.
    pub hash: [u8; 32],
}

impl fmt::Display for BlockRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{} (0x{}…)", self.number, hex::encode(&self.hash[..4]))
    }
}

impl fmt::Debug for BlockRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The scope of every score and weight: two worlds, subnets or mechanisms never mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Which chain.
    pub genesis: Genesis,
    /// Which subnet of it.
    pub netuid: Netuid,
    /// Which mechanism of that.
    pub mechanism: MechanismId,
}
