//! Where the time of one exchange goes.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Instant;

use tower::{Layer, Service};

use crate::types::Timing;

tokio::task_local! {
    /// The exchange that the connector is connecting for.
    static CURRENT: Arc<Stopwatch>;
}

/// Marks set while an exchange runs, readable at any moment: also when it was cut off.
#[derive(Debug)]
pub struct Stopwatch {
    asked: Instant,
    started: OnceLock<Instant>,
    dialled: OnceLock<Instant>,
    connected: OnceLock<Instant>,
    answered: OnceLock<Instant>,
    finished: OnceLock<Instant>,
}

impl Stopwatch {
    pub fn start() -> Arc<Self> {
        Arc::new(Self {
            asked: Instant::now(),
            started: OnceLock::new(),
            dialled: OnceLock::new(),
            connected: OnceLock::new(),
            answered: OnceLock::new(),
            finished: OnceLock::new(),
        })
    }

    /// Runs `exchange` so that [`TimeConnect`] finds this stopwatch.
    pub async fn time<F: Future>(self: Arc<Self>, exchange: F) -> F::Output {
        CURRENT.scope(self, exchange).await
    }

    /// Our own concurrency limit let it through.
    pub fn left_queue(&self) {
        mark(&self.started);
    }

    /// The head of the response is here.
    pub fn answered(&self) {
        mark(&self.answered);
    }

    /// The whole body is here.
    pub fn finished(&self) {
        mark(&self.finished);
    }

    pub fn is_connected(&self) -> bool {
        self.connected.get().is_some()
    }

    pub fn timing(&self) -> Timing {
        let between = |from: &OnceLock<Instant>, to: &OnceLock<Instant>| {
            Some(to.get()?.saturating_duration_since(*from.get()?))
        };
        let left = self.started.get().copied().unwrap_or_else(Instant::now);
        Timing {
            queue: left.saturating_duration_since(self.asked),
            connect: between(&self.dialled, &self.connected),
            first_byte: between(&self.connected, &self.answered),
            body: between(&self.answered, &self.finished),
        }
    }
}

fn mark(cell: &OnceLock<Instant>) {
    cell.get_or_init(Instant::now);
}

/// A connector layer that times the TCP connection of the exchange at hand.
#[derive(Clone, Copy, Debug)]
pub struct TimeConnect;

impl<S> Layer<S> for TimeConnect {
    type Service = Timed<S>;

    fn layer(&self, inner: S) -> Timed<S> {
        Timed(inner)
    }
}

#[derive(Clone, Debug)]
pub struct Timed<S>(S);

impl<S, Request> Service<Request> for Timed<S>
where
    S: Service<Request>,
    S::Future: Send + 'static,
    S::Response: 'static,
    S::Error: 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        // The client connects within the request's own task: it keeps no pool that could connect for another.
        let watch = CURRENT.try_with(Arc::clone).ok();
        if let Some(watch) = &watch {
            mark(&watch.dialled);
        }
        let connecting = self.0.call(request);
        Box::pin(async move {
            let connection = connecting.await;
            if let (Ok(_), Some(watch)) = (&connection, watch) {
                mark(&watch.connected);
            }
            connection
        })
    }
}
