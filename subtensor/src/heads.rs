//! The finalized heads that an endpoint tells of.

use std::sync::Arc;

use tokio::sync::watch;

use crate::endpoint::Head;
use crate::{BlockRef, ChainError, Endpoint};

/// A follower of one endpoint. Who is slow misses heads in between: only the newest counts.
pub struct Heads {
    endpoint: Arc<Endpoint>,
    heads: watch::Receiver<Option<Head>>,
}

impl Heads {
    pub(crate) fn new(endpoint: Arc<Endpoint>, mut heads: watch::Receiver<Option<Head>>) -> Self {
        // The head of now is news to who comes now.
        heads.mark_changed();
        Self { endpoint, heads }
    }

    /// The newest head not given yet; an error once the endpoint is no longer to be used.
    pub async fn next(&mut self) -> Result<BlockRef, ChainError> {
        loop {
            tokio::select! {
                biased;
                fault = self.endpoint.given_up() => {
                    return Err(self.endpoint.unavailable("finalized heads", fault));
                }
                // Can't fail: the endpoint that we hold is the sender.
                _ = self.heads.changed() => {}
            }
            if let Some(head) = *self.heads.borrow_and_update() {
                return Ok(head.block);
            }
        }
    }
}
