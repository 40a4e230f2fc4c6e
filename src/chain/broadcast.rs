//! The same bytes, to every node at once.

use std::sync::Arc;
use std::time::Duration;

use subxt::rpcs::Error as RpcError;
use tokio::task::JoinSet;

use super::{ChainError, Node, Pool, Refusal};
use crate::types::SignedPayload;

impl Pool {
    /// Sends a payload to all endpoints side by side: `Ok` as soon as one took it or had it already, else each refusal.
    ///
    /// The others go on behind it: a node that hangs must not eat the blocks in which the payload is valid.
    pub async fn broadcast(
        &self,
        payload: &SignedPayload,
    ) -> Result<Result<(), Vec<(String, Refusal)>>, ChainError> {
        let first = self.node().await?;
        let bytes: Arc<[u8]> = payload.bytes.as_slice().into();
        let mut sending = JoinSet::new();
        for url in &self.endpoints {
            let (url, first, bytes) = (url.clone(), first.clone(), bytes.clone());
            let timeout = self.timeout;
            sending.spawn(async move {
                let node = node_at(&url, first, timeout).await?;
                Some((node.endpoint().to_owned(), submit(&node, &bytes).await))
            });
        }
        let mut refusals = Vec::new();
        while let Some(sent) = sending.join_next().await {
            match sent {
                Ok(Some((_, Ok(())))) => {
                    sending.detach_all();
                    return Ok(Ok(()));
                }
                Ok(Some((endpoint, Err(refusal)))) => refusals.push((endpoint, refusal)),
                // Out of reach, or of another chain.
                Ok(None) => {}
                Err(e) => refusals.push((String::new(), Refusal::Unclear(e.to_string()))),
            }
        }
        Ok(Err(refusals))
    }
}

async fn node_at(url: &str, current: Arc<Node>, timeout: Duration) -> Option<Arc<Node>> {
    if current.is_at(url) {
        return Some(current);
    }
    let node = Node::connect(url, timeout).await.ok()?;
    // A node of another chain must never see our transactions.
    (node.genesis() == current.genesis()).then(|| Arc::new(node))
}

async fn submit(node: &Node, bytes: &[u8]) -> Result<(), Refusal> {
    let call = async { Ok::<_, RpcError>(node.rpc().author_submit_extrinsic(bytes).await) };
    match node.call("submit", call).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(RpcError::User(e))) => match e.code {
            // Already in the pool: what we wanted.
            1013 => Ok(()),
            1010 => {
                Err(Refusal::Invalid(e.data.map_or(e.message, |d| {
                    d.get().trim_matches('"').to_owned()
                })))
            }
            1012 => Err(Refusal::Banned),
            1014 => Err(Refusal::NonceTaken),
            _ => Err(Refusal::Unclear(e.to_string())),
        },
        Ok(Err(e)) => Err(Refusal::Unclear(e.to_string())),
        Err(e) => Err(Refusal::Unclear(e.to_string())),
    }
}
