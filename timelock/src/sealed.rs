//! A ciphertext's bytes: `U (96) ‖ len V ‖ len W ‖ len (len body ‖ len nonce) ‖ len "AES_GCM_"`, each length in 8 bytes,
//! little endian.

use crate::curve::PUBLIC_KEY_BYTES;

/// Bytes of the cipher's nonce.
pub const NONCE: usize = 12;
/// The name that the drand tools give AES-256-GCM.
const CIPHER: &[u8] = b"AES_GCM_";

/// A ciphertext, taken apart.
pub struct Sealed<'a> {
    /// U, a point of G2.
    pub point: &'a [u8],
    /// V: what U's scalar is made of, under the pairing.
    pub masked_seed: [u8; 32],
    /// W: the body's key, under the seed.
    pub masked_key: [u8; 32],
    /// What AES-256-GCM made of the plaintext, its tag included.
    pub body: &'a [u8],
    pub nonce: [u8; NONCE],
}

impl<'a> Sealed<'a> {
    /// `None` where bytes are missing or the cipher is another. Bytes after the end are left alone, as on the chain.
    pub fn parse(mut bytes: &'a [u8]) -> Option<Self> {
        let input = &mut bytes;
        let point = take(input, PUBLIC_KEY_BYTES)?;
        let masked_seed = prefixed(input)?.try_into().ok()?;
        let masked_key = prefixed(input)?.try_into().ok()?;
        let mut payload = prefixed(input)?;
        let body = prefixed(&mut payload)?;
        let nonce = prefixed(&mut payload)?.try_into().ok()?;
        let known = prefixed(input)? == CIPHER;
        known.then_some(Self {
            point,
            masked_seed,
            masked_key,
            body,
            nonce,
        })
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let payload = [with_length(self.body), with_length(&self.nonce)].concat();
        [
            self.point.to_vec(),
            with_length(&self.masked_seed),
            with_length(&self.masked_key),
            with_length(&payload),
            with_length(CIPHER),
        ]
        .concat()
    }
}

fn with_length(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u64).to_le_bytes(), bytes].concat()
}

/// Bytes after their length (8 bytes, little endian).
fn prefixed<'a>(input: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = u64::from_le_bytes(take(input, 8)?.try_into().ok()?);
    take(input, usize::try_from(length).ok()?)
}

fn take<'a>(input: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (head, rest) = input.split_at_checked(length)?;
    *input = rest;
    Some(head)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_length_beyond_the_end_is_no_ciphertext() {
        let whole = Sealed {
            point: &[1; PUBLIC_KEY_BYTES],
            masked_seed: [2; 32],
            masked_key: [3; 32],
            body: &[4; 20],
            nonce: [5; NONCE],
        }
        .to_bytes();
        assert!(Sealed::parse(&whole).is_some());
        for length in [33, u64::MAX, 1 << 63] {
            let mut changed = whole.clone();
            changed[PUBLIC_KEY_BYTES..][..8].copy_from_slice(&length.to_le_bytes());
            assert!(Sealed::parse(&changed).is_none(), "{length}");
        }
    }

    proptest! {
        #[test]
        fn what_is_put_together_comes_apart(body: Vec<u8>, seed: [u8; 32], key: [u8; 32], nonce: [u8; NONCE]) {
            let point = [7; PUBLIC_KEY_BYTES];
            let sealed = Sealed { point: &point, masked_seed: seed, masked_key: key, body: &body, nonce };
            let bytes = sealed.to_bytes();
            let back = Sealed::parse(&bytes).unwrap();
            prop_assert_eq!(
                (back.point, back.masked_seed, back.masked_key, back.body, back.nonce),
                (&point[..], seed, key, &body[..], nonce)
            );
            for end in 0..bytes.len() {
                prop_assert!(Sealed::parse(&bytes[..end]).is_none());
            }
        }
    }
}
