//! Values as they travel in JSON.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sp_core::H256;

/// Bytes in hex. The prefix `0x` is written always and asked for never: one of the SDKs leaves it out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("0x{}", hex::encode(&self.0)))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let digits = text.strip_prefix("0x").unwrap_or(&text);
        hex::decode(digits)
            .map(Self)
            .map_err(|error| D::Error::custom(format!("bytes in hex: {error}")))
    }
}

/// A block's hash, 32 bytes in hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hash(pub H256);

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Bytes(bytes) = Bytes::deserialize(deserializer)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|bytes: Vec<u8>| {
            D::Error::custom(format!("a hash of 32 bytes, not {}", bytes.len()))
        })?;
        Ok(Self(H256(bytes)))
    }
}

/// A block number, as JSON number or in hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number(pub u32);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Plain(u64),
            Hex(String),
        }
        let number = match Form::deserialize(deserializer)? {
            Form::Plain(number) => Some(number),
            Form::Hex(text) => u64::from_str_radix(text.trim_start_matches("0x"), 16).ok(),
        };
        number
            .and_then(|number| u32::try_from(number).ok())
            .map(Self)
            .ok_or_else(|| D::Error::custom("a block number below 2^32"))
    }
}

/// One value or a list of them; the answer has the same form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn bytes_with_and_without_prefix() {
        for text in ["\"0x01ff\"", "\"01ff\""] {
            let bytes: Bytes = serde_json::from_str(text).unwrap();
            assert_eq!(bytes.0, [1, 255]);
            assert_eq!(serde_json::to_string(&bytes).unwrap(), "\"0x01ff\"");
        }
        for bad in ["\"0x1\"", "\"zz\"", "1", "null"] {
            assert!(serde_json::from_str::<Bytes>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_in_both_forms() {
        assert_eq!(serde_json::from_str::<Number>("255").unwrap(), Number(255));
        assert_eq!(
            serde_json::from_str::<Number>("\"0xff\"").unwrap(),
            Number(255)
        );
        for bad in ["-1", "4294967296", "\"0x100000000\"", "\"x\"", "1.5"] {
            assert!(serde_json::from_str::<Number>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_hash_has_32_bytes() {
        let good = format!("\"0x{}\"", "ab".repeat(32));
        assert_eq!(
            serde_json::from_str::<Hash>(&good).unwrap().0,
            H256([0xab; 32])
        );
        assert!(serde_json::from_str::<Hash>("\"0xab\"").is_err());
    }
}
