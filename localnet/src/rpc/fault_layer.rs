//! Planned delays and errors, in front of every method.

use std::sync::Arc;
use std::time::Duration;

use jsonrpsee::core::middleware::{Batch, BatchEntry, BatchEntryErr, Notification, RpcServiceT};
use jsonrpsee::server::MethodResponse;
use jsonrpsee::types::{ErrorObjectOwned, Request};

use crate::node::Node;

/// Puts the node's faults in front of its methods.
#[derive(Clone)]
pub struct FaultLayer(pub Arc<Node>);

impl<S> tower::Layer<S> for FaultLayer {
    type Service = Faulty<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Faulty {
            inner: Arc::new(inner),
            node: self.0.clone(),
        }
    }
}

/// A service behind a [`FaultLayer`].
pub struct Faulty<S> {
    inner: Arc<S>,
    node: Arc<Node>,
}

impl<S> Clone for Faulty<S> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            node: self.node.clone(),
        }
    }
}

fn planned(node: &Node, method: &str) -> Option<ErrorObjectOwned> {
    let answer = node.faults.planned(method)?;
    Some(ErrorObjectOwned::owned(
        answer.code,
        answer.message,
        None::<()>,
    ))
}

async fn wait(delay: Duration) {
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
}

impl<S> RpcServiceT for Faulty<S>
where
    S: RpcServiceT<
            MethodResponse = MethodResponse,
            NotificationResponse = MethodResponse,
            BatchResponse = MethodResponse,
        > + Send
        + Sync
        + 'static,
{
    type MethodResponse = MethodResponse;
    type NotificationResponse = MethodResponse;
    type BatchResponse = MethodResponse;

    fn call<'a>(&self, request: Request<'a>) -> impl Future<Output = MethodResponse> + Send + 'a {
        let Self { inner, node } = self.clone();
        async move {
            wait(node.faults.delay(&request.method)).await;
            match planned(&node, &request.method) {
                Some(error) => MethodResponse::error(request.id, error),
                None => inner.call(request).await,
            }
        }
    }

    fn batch<'a>(&self, batch: Batch<'a>) -> impl Future<Output = MethodResponse> + Send + 'a {
        let Self { inner, node } = self.clone();
        async move {
            let slowest = batch
                .iter()
                .flatten()
                .map(|entry| node.faults.delay(entry.method_name()))
                .max();
            wait(slowest.unwrap_or_default()).await;
            let entries = batch
                .into_iter()
                .map(|entry| match entry {
                    Ok(BatchEntry::Call(request)) => match planned(&node, &request.method) {
                        Some(error) => Err(BatchEntryErr::new(request.id, error)),
                        None => Ok(BatchEntry::Call(request)),
                    },
                    other => other,
                })
                .collect();
            inner.batch(Batch::from(entries)).await
        }
    }

    fn notification<'a>(
        &self,
        n: Notification<'a>,
    ) -> impl Future<Output = MethodResponse> + Send + 'a {
        let inner = self.inner.clone();
        async move { inner.notification(n).await }
    }
}
