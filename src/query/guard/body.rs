//! Reads a response's body within its limits.

use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, HeaderMap, HeaderName, TRANSFER_ENCODING};

use crate::types::{Outcome, Reason};

/// A streamed answer comes in one chunk per token, about four bytes; far more chunks than that are only
/// there to cost us time.
const BYTES_PER_CHUNK: usize = 4;
/// Small answers may come in small pieces.
const FREE_CHUNKS: usize = 1024;

/// What one response may send. Every response of a round has the same share of the round's memory,
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

    /// The body, or the outcome that it amounts to. Nothing is decompressed: an encoded body is refused.
    /// Holds at most the limit in memory, beside the connection's own read buffer.
    pub async fn read(&self, mut response: Response) -> Result<Vec<u8>, Outcome> {
        if encoded(response.headers()) {
            return Err(Outcome::Failed(Reason::MalformedEncoded));
        }
        if response.content_length().unwrap_or(0) > self.bytes as u64 {
            return Err(Outcome::Failed(Reason::TooLarge));
        }
        let mut body = Vec::new();
        let mut chunks = 0;
        loop {
            let chunk = match response.chunk().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => return Ok(body),
                Err(_) => return Err(Outcome::Failed(Reason::MalformedBrokenHttp)),
            };
            chunks += 1;
            let length = body.len() + chunk.len();
            if length > self.bytes || chunks > self.chunks {
                return Err(Outcome::Failed(Reason::TooLarge));
            }
            if length > body.capacity() {
                // Doubling, as a Vec does by itself, but never past the limit.
                let capacity = (2 * length).min(self.bytes);
                body.reserve_exact(capacity - body.len());
            }
            body.extend_from_slice(&chunk);
        }
    }
}

/// Whether the body is anything but the plain bytes.
fn encoded(headers: &HeaderMap) -> bool {
    let holds_other_than = |name: HeaderName, plain: &str| {
        headers
            .get_all(name)
            .iter()
            .any(|value| !value.as_bytes().eq_ignore_ascii_case(plain.as_bytes()))
    };
    holds_other_than(CONTENT_ENCODING, "identity") || holds_other_than(TRANSFER_ENCODING, "chunked")
}
