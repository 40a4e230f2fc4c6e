//! What a timelocked commit of weights holds.

use codec::{Decode, Encode};

/// A row of weights before it is encrypted: subtensor's `WeightsTlockPayload`, which the chain decodes when the round is
/// published (`commit_timelocked_weights`, version 4).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Weights {
    /// The committing validator's public key. It keeps others from committing the same ciphertext as their own: the chain
    /// drops a row whose key is not the committer's.
    pub hotkey: Vec<u8>,
    /// The miners weighed, each at most once.
    pub uids: Vec<u16>,
    /// Their weights, in the order of `uids`; the chain scales the largest to 65,535.
    pub values: Vec<u16>,
    /// At least the subnet's `WeightsVersionKey`.
    pub version_key: u64,
}

impl Weights {
    /// As the chain decodes it (SCALE).
    pub fn to_bytes(&self) -> Vec<u8> {
        self.encode()
    }

    /// `None` for bytes that the chain would drop. It leaves bytes after the end alone.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        Self::decode(&mut bytes).ok()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bytes_are_the_chains() {
        let weights = Weights {
            hotkey: vec![1; 32],
            uids: vec![1, 2],
            values: vec![100, 200],
            version_key: 1,
        };
        let expected = format!(
            "80{}080100020008{}{}",
            "01".repeat(32),
            "6400c800",
            "0100000000000000"
        );
        assert_eq!(hex::encode(weights.to_bytes()), expected);
    }

    proptest! {
        #[test]
        fn bytes_come_back(hotkey: Vec<u8>, uids: Vec<u16>, values: Vec<u16>, version_key: u64) {
            let weights = Weights { hotkey, uids, values, version_key };
            let bytes = weights.to_bytes();
            for end in 0..bytes.len() {
                prop_assert!(Weights::from_bytes(&bytes[..end]).is_none());
            }
            prop_assert_eq!(Weights::from_bytes(&bytes), Some(weights));
        }

        #[test]
        fn noise_does_not_panic(noise: Vec<u8>) {
            Weights::from_bytes(&noise);
        }

        /// Lengths that promise gigabytes are refused before they are believed.
        #[test]
        fn a_long_promise_is_no_row(promise in 0u32..=u32::MAX >> 2, noise: [u8; 8]) {
            let bytes = [codec::Compact(promise).encode(), noise.to_vec()].concat();
            let read = Weights::from_bytes(&bytes);
            prop_assert!(read.is_none_or(|weights| weights.hotkey.len() <= noise.len()));
        }
    }
}
