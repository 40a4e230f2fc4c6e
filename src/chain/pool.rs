//! Several RPC nodes behind one door.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use super::{ChainError, Node};
use crate::config::ChainConfig;

/// The configured endpoints. One of them serves reads until it fails; transactions go to all.
pub struct Pool {
    pub(super) endpoints: Vec<String>,
    pub(super) timeout: Duration,
    current: Mutex<Current>,
}

struct Current {
    node: Option<Arc<Node>>,
    /// Where the search for the next node starts.
    next: usize,
}

impl Pool {
    pub fn new(config: &ChainConfig) -> Self {
        Self {
            endpoints: config.endpoints.clone(),
            timeout: config.request_timeout_s.0,
            current: Mutex::new(Current {
                node: None,
                next: 0,
            }),
        }
    }

    /// The node that serves reads: the last good one, or else the next that answers.
    pub async fn node(&self) -> Result<Arc<Node>, ChainError> {
        let mut current = self.current.lock().await;
        if let Some(node) = &current.node {
            return Ok(node.clone());
        }
        let mut tried = Vec::new();
        for _ in 0..self.endpoints.len() {
            let endpoint = &self.endpoints[current.next];
            match Node::connect(endpoint, self.timeout).await {
                Ok(node) => {
                    let node = Arc::new(node);
                    current.node = Some(node.clone());
                    return Ok(node);
                }
                Err(e) => tried.push(e.to_string()),
            }
            current.next = (current.next + 1) % self.endpoints.len();
        }
        Err(ChainError::NoEndpoint {
            tried: tried.join("; "),
        })
    }

    /// Drops a node that failed, so that the next read goes elsewhere. A newer node stays.
    pub async fn failed(&self, node: &Arc<Node>) {
        let mut current = self.current.lock().await;
        if current.node.as_ref().is_some_and(|n| Arc::ptr_eq(n, node)) {
            current.node = None;
            current.next = (current.next + 1) % self.endpoints.len();
        }
    }
}
