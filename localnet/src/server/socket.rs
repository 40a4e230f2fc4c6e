//! A socket that can be made to break, or to fall silent as if the other machine were gone.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use crate::node::Faults;
use crate::rpc::Share;

const SOUND: u8 = 0;
const SILENT: u8 = 1;
const BROKEN: u8 = 2;

/// A TCP stream under the node's faults, which tells its connection's share what has left through it. It holds a place among the open sockets for as long as it lives.
pub struct FaultySocket {
    stream: TcpStream,
    shared: Arc<Shared>,
    share: Arc<Share>,
    _permit: OwnedSemaphorePermit,
    _alive: oneshot::Sender<()>,
}

/// A socket that takes nothing for so long, though there is something for it, is broken: its client doesn't read.
const MAX_STALL: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Shared {
    condition: AtomicU8,
    /// Since when the stream has taken nothing of what waits for it.
    stalled: Mutex<Option<Instant>>,
    reader: Mutex<Option<Waker>>,
    writer: Mutex<Option<Waker>>,
}

impl FaultySocket {
    pub fn new(
        stream: TcpStream,
        permit: OwnedSemaphorePermit,
        share: Arc<Share>,
        faults: &Faults,
    ) -> Self {
        let shared = Arc::new(Shared::default());
        let (alive, mut closed) = oneshot::channel::<()>();
        let (mut dropped, mut silenced) = (
            faults.drop_sockets.subscribe(),
            faults.half_open.subscribe(),
        );
        let watched = shared.clone();
        tokio::spawn(async move {
            let mut look = tokio::time::interval(MAX_STALL / 6);
            loop {
                tokio::select! {
                    _ = &mut closed => return,
                    _ = look.tick() => {
                        let since = *watched.stalled.lock();
                        if since.is_some_and(|since| since.elapsed() > MAX_STALL) {
                            return watched.become_(BROKEN);
                        }
                    }
                    Ok(()) = dropped.changed() => return watched.become_(BROKEN),
                    Ok(()) = silenced.changed() => watched.become_(SILENT),
                    else => return,
                }
            }
        });
        Self {
            stream,
            shared,
            share,
            _permit: permit,
            _alive: alive,
        }
    }
}

impl Shared {
    fn become_(&self, condition: u8) {
        self.condition.store(condition, Ordering::Release);
        for side in [&self.reader, &self.writer] {
            if let Some(waker) = side.lock().take() {
                waker.wake();
            }
        }
    }

    /// The condition, after leaving word of whom to wake when it changes.
    fn check(&self, side: &Mutex<Option<Waker>>, cx: &Context<'_>) -> u8 {
        *side.lock() = Some(cx.waker().clone());
        self.condition.load(Ordering::Acquire)
    }
}

fn broken<T>() -> Poll<io::Result<T>> {
    Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
}

impl AsyncRead for FaultySocket {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match this.shared.check(&this.shared.reader, cx) {
            SOUND if this.share.is_full(cx.waker()) => Poll::Pending,
            SOUND => Pin::new(&mut this.stream).poll_read(cx, buf),
            SILENT => loop {
                // What comes in is lost on the way; only the end of the stream is noticed.
                let mut lost = [0; 4_096];
                let mut lost = ReadBuf::new(&mut lost);
                match Pin::new(&mut this.stream).poll_read(cx, &mut lost) {
                    Poll::Ready(Ok(())) if !lost.filled().is_empty() => {}
                    other => return other,
                }
            },
            _ => broken(),
        }
    }
}

impl AsyncWrite for FaultySocket {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        match this.shared.check(&this.shared.writer, cx) {
            SOUND => {
                let written = Pin::new(&mut this.stream).poll_write(cx, buf);
                let mut stalled = this.shared.stalled.lock();
                match &written {
                    Poll::Ready(Ok(bytes)) => {
                        this.share.written(*bytes);
                        *stalled = None;
                    }
                    _ => *stalled = stalled.or_else(|| Some(Instant::now())),
                }
                written
            }
            SILENT => Poll::Ready(Ok(buf.len())),
            _ => broken(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match this.shared.check(&this.shared.writer, cx) {
            SOUND => Pin::new(&mut this.stream).poll_flush(cx),
            SILENT => Poll::Ready(Ok(())),
            _ => broken(),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
