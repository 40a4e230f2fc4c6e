//! What clients may make this node do and hold at once.
//!
//! A call takes a turn of its connection's, then one of the node's; it is forgotten when its connection ends. An answer
//! counts as held until its bytes have left through the socket, so that who doesn't read gets no more. Nothing is read from
//! a connection with many open calls: the next ones wait in the other machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Waker;

use jsonrpsee::core::middleware::{Batch, Notification, RpcServiceT};
use jsonrpsee::server::MethodResponse;
use jsonrpsee::types::{ErrorObjectOwned, Id, Request};
use parking_lot::Mutex;
use tokio::sync::{Notify, Semaphore};

use super::error::internal;

/// Calls that compute at once: fewer than there are threads for them.
const RUNNING: usize = 8;
/// Calls of one connection that compute or wait for the node's turn.
const OF_ONE: usize = 4;
/// Open calls of one connection, waiting ones included, after which nothing more is read from it.
const OPEN: usize = 16;
/// Bytes of answers that a connection may leave unread before its next call waits.
const UNREAD: usize = 1 << 20;
/// Bytes of answers that all connections together may leave unread; beyond, only who has read its own gets more.
const ALL_UNREAD: usize = 256 << 20;

/// All connections of a node.
#[derive(Debug)]
pub struct Shares {
    running: Semaphore,
    unread: AtomicUsize,
}

impl Default for Shares {
    fn default() -> Self {
        Self {
            running: Semaphore::new(RUNNING),
            unread: AtomicUsize::new(0),
        }
    }
}

/// One connection.
#[derive(Debug)]
pub struct Share {
    all: Arc<Shares>,
    calls: Semaphore,
    unread: AtomicUsize,
    read: Notify,
    open: AtomicUsize,
    /// Who reads from the connection, and wants to know when it may go on.
    reader: Mutex<Option<Waker>>,
}

/// A call from its arrival to its answer.
struct Open<'a>(&'a Share);

impl<'a> Open<'a> {
    fn new(share: &'a Share) -> Self {
        share.open.fetch_add(1, Ordering::Relaxed);
        Self(share)
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
        if let Some(reader) = self.0.reader.lock().take() {
            reader.wake();
        }
    }
}

impl Share {
    /// A new connection's part of what `all` may do.
    pub fn new(all: Arc<Shares>) -> Arc<Self> {
        Arc::new(Self {
            all,
            calls: Semaphore::new(OF_ONE),
            unread: AtomicUsize::new(0),
            read: Notify::new(),
            open: AtomicUsize::new(0),
            reader: Mutex::new(None),
        })
    }

    /// Whether no more should be read now; `reader` is woken when that may have changed.
    pub fn is_full(&self, reader: &Waker) -> bool {
        *self.reader.lock() = Some(reader.clone());
        self.open.load(Ordering::Relaxed) >= OPEN
    }

    /// Bytes left through the socket. What no answer accounts for, as headers and notifications, doesn't count below zero.
    pub fn written(&self, bytes: usize) {
        let update = |unread: usize| Some(unread.saturating_sub(bytes));
        let before = self
            .unread
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, update)
            .unwrap_or_default();
        self.all
            .unread
            .fetch_sub(before.min(bytes), Ordering::Relaxed);
        self.read.notify_waiters();
    }

    fn answered(&self, bytes: usize) {
        self.unread.fetch_add(bytes, Ordering::Relaxed);
        self.all.unread.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Waits until the client has read most of its answers.
    async fn room(&self) {
        loop {
            let read = self.read.notified();
            if self.unread.load(Ordering::Relaxed) <= UNREAD {
                return;
            }
            read.await;
        }
    }

    /// Runs a call in its turn.
    async fn run(&self, id: Id<'_>, call: impl Future<Output = MethodResponse>) -> MethodResponse {
        let _open = Open::new(self);
        let _own = self.calls.acquire().await;
        self.room().await;
        let _all = self.all.running.acquire().await;
        let all_read = self.unread.load(Ordering::Relaxed) == 0;
        if !all_read && self.all.unread.load(Ordering::Relaxed) > ALL_UNREAD {
            return MethodResponse::error(id, busy());
        }
        let answer = call.await;
        self.answered(answer.as_json().get().len());
        answer
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let unread = *self.unread.get_mut();
        self.all.unread.fetch_sub(unread, Ordering::Relaxed);
    }
}

fn busy() -> ErrorObjectOwned {
    internal("too many answers wait for clients that don't read them; try again later")
}

/// Puts a connection's share in front of all methods.
#[derive(Clone)]
pub struct ShareLayer(pub Arc<Share>);

impl<S> tower::Layer<S> for ShareLayer {
    type Service = Shared<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Shared {
            inner: Arc::new(inner),
            share: self.0.clone(),
        }
    }
}

/// A service behind a [`ShareLayer`].
pub struct Shared<S> {
    inner: Arc<S>,
    share: Arc<Share>,
}

impl<S> Clone for Shared<S> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            share: self.share.clone(),
        }
    }
}

impl<S> RpcServiceT for Shared<S>
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
        let Self { inner, share } = self.clone();
        async move {
            let id = request.id.clone();
            let answer = share.run(id.clone(), inner.call(request)).await;
            // A method that panicked is answered to nobody: its client would wait for ever.
            let start = answer.as_json().get().get(..NOBODY.len());
            if id != Id::Null && start == Some(NOBODY) {
                return MethodResponse::error(id, internal("the method failed in this node"));
            }
            answer
        }
    }

    fn batch<'a>(&self, batch: Batch<'a>) -> impl Future<Output = MethodResponse> + Send + 'a {
        let Self { inner, share } = self.clone();
        async move { share.run(Id::Null, inner.batch(batch)).await }
    }

    fn notification<'a>(
        &self,
        n: Notification<'a>,
    ) -> impl Future<Output = MethodResponse> + Send + 'a {
        let inner = self.inner.clone();
        async move { inner.notification(n).await }
    }
}

/// How an answer without an id begins.
const NOBODY: &str = "{\"jsonrpc\":\"2.0\",\"id\":null";
