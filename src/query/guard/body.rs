//! How much a response's body may be, and in which form.

use hyper::header::{CONTENT_ENCODING, HeaderMap, HeaderName, TRANSFER_ENCODING};

use crate::types::Reason;

/// A streamed answer comes in one chunk per token, about four bytes; far more chunks than that are only
/// there to cost us time.
const BYTES_PER_CHUNK: usize = 4;
/// Small answers may come in small pieces.
const FREE_CHUNKS: usize = 1024;
/// What a chunk takes beside its bytes: its size in hex and two line breaks. Large chunks have more digits, but are few.
const BYTES_ROUND_A_CHUNK: usize = 8;
/// Most bytes of a response's head, trailers and interim responses included. An axon's own has some two thousand.
pub const HEAD_BYTES: usize = 32 * 1024;

/// What one response may still send. Every response of a round has the same share of the round's memory,
/// whatever the others send: with a common pot, greedy miners could have honest ones cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyLimit {
    bytes: usize,
    chunks: usize,
}

impl BodyLimit {
    pub fn share(max_response_bytes: usize, max_round_bytes: usize, responses: usize) -> Self {
        let bytes = max_response_bytes.min(max_round_bytes / responses.max(1));
        Self {
            bytes,
            chunks: FREE_CHUNKS + bytes / BYTES_PER_CHUNK,
        }
    }

    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many bytes the connection may carry for such a body, whatever they turn out to be.
    pub fn raw(&self) -> usize {
        HEAD_BYTES + self.bytes + self.chunks * BYTES_ROUND_A_CHUNK
    }

    /// Takes a piece of so many bytes off what may still come.
    pub fn take(&mut self, bytes: usize) -> Result<(), Reason> {
        let left = |of: usize, taken| of.checked_sub(taken).ok_or(Reason::TooLarge);
        (self.bytes, self.chunks) = (left(self.bytes, bytes)?, left(self.chunks, 1)?);
        Ok(())
    }
}

/// Whether the body is anything but the plain bytes. `identity` says that nothing was done, and so does nothing at all,
/// however often it is said.
pub fn encoded(headers: &HeaderMap) -> bool {
    let holds_other_than = |name: HeaderName, plain: &str| {
        let values = headers.get_all(name).into_iter();
        let mut codings = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
        codings.any(|coding| {
            let coding = coding.trim_ascii();
            !coding.is_empty() && !coding.eq_ignore_ascii_case(plain.as_bytes())
        })
    };
    holds_other_than(CONTENT_ENCODING, "identity") || holds_other_than(TRANSFER_ENCODING, "chunked")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However it is cut: what is taken stays within the bytes and the pieces, and no less is refused.
        #[test]
        fn exactly_what_is_allowed_passes(
            pieces in prop::collection::vec(0usize..64, 0..2000), bytes in 0usize..4096,
        ) {
            let limit = BodyLimit::share(bytes, usize::MAX, 1);
            let mut left = limit;
            let passed = pieces.iter().take_while(|piece| left.take(**piece).is_ok()).count();
            let sum = |count: usize| pieces[..count].iter().sum::<usize>();
            prop_assert!(sum(passed) <= bytes && passed <= limit.chunks);
            if passed < pieces.len() {
                prop_assert!(sum(passed + 1) > bytes || passed == limit.chunks);
            }
        }
    }
}
