//! A response's body, read piece by piece within its limit.

use std::sync::Arc;

use http_body_util::BodyExt;
use hyper::Response;
use hyper::body::{Body as _, Bytes, Incoming};

use super::{Connection, fault};
use crate::query::guard::body::{BodyLimit, encoded};
use crate::query::transport::{Ask, Stopwatch};
use crate::types::{Outcome, Reason};

/// What is still to come of a response. Whoever reads it can neither take more than the limit nor forget the time.
#[derive(Debug)]
pub struct Body {
    rest: Incoming,
    left: BodyLimit,
    watch: Arc<Stopwatch>,
    _connection: Connection,
}

impl Body {
    /// Nothing is decompressed: an encoded body is refused.
    pub(super) fn open(
        response: Response<Incoming>,
        connection: Connection,
        ask: &Ask,
    ) -> Result<Self, Outcome> {
        if encoded(response.headers()) {
            return Err(Outcome::Failed(Reason::MalformedEncoded));
        }
        let rest = response.into_body();
        if rest.size_hint().lower() > ask.limit.bytes() as u64 {
            return Err(Outcome::Failed(Reason::TooLarge));
        }
        Ok(Self {
            rest,
            left: ask.limit,
            watch: Arc::clone(&ask.watch),
            _connection: connection,
        })
    }

    /// The next piece as soon as it is here; `None` at the end.
    pub async fn piece(&mut self) -> Result<Option<Bytes>, Outcome> {
        while let Some(frame) = self.rest.frame().await {
            let frame = frame.map_err(|error| Outcome::Failed(fault::of_exchange(&error)))?;
            // What isn't data is trailers: nobody asked for them.
            if let Ok(piece) = frame.into_data() {
                self.left.take(piece.len()).map_err(Outcome::Failed)?;
                return Ok(Some(piece));
            }
        }
        self.watch.finished();
        Ok(None)
    }

    /// All of it. Holds at most the limit in memory, beside the connection's own read buffer.
    pub async fn whole(mut self) -> Result<Vec<u8>, Outcome> {
        let mut whole = Vec::new();
        while let Some(piece) = self.piece().await? {
            let length = whole.len() + piece.len();
            if length > whole.capacity() {
                // Doubling, as a Vec does by itself, but never past the limit.
                let capacity = (2 * length).min(length + self.left.bytes());
                whole.reserve_exact(capacity - whole.len());
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole)
    }
}
