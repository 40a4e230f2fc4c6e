//! Connections, and how long the network took to make them.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpStream as Socket};
use std::thread;
use std::time::{Duration, Instant};

use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use rustix::io::Errno;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

/// Dials on a thread of its own. Where requests are signed and answers are read a connection that is there waits for its
/// turn, and the wait would be taken for the miner's distance.
#[derive(Debug)]
pub struct Dialler {
    wanted: mpsc::UnboundedSender<Wanted>,
}

/// A connection, and the time from the first packet sent to the answer, as near as a program can see it.
#[derive(Debug)]
pub struct Dialled {
    pub stream: TcpStream,
    pub took: Duration,
}

/// Whoever wants it may have gone: then it is dialled no longer.
struct Wanted {
    to: SocketAddr,
    done: oneshot::Sender<io::Result<(Socket, Duration)>>,
}

impl Dialler {
    /// `within` is the time for a connection. The thread ends with the dialler.
    pub fn start(within: Duration) -> Self {
        let (wanted, wishes) = mpsc::unbounded_channel();
        let started = thread::Builder::new()
            .name("dialler".into())
            .spawn(move || match runtime() {
                Ok(runtime) => runtime.block_on(dial_all(wishes, within)),
                Err(error) => tracing::error!(%error, "no connection can be made"),
            });
        if let Err(error) = started {
            tracing::error!(%error, "no thread for connections");
        }
        Self { wanted }
    }

    pub async fn dial(&self, to: SocketAddr) -> io::Result<Dialled> {
        let (done, dialled) = oneshot::channel();
        // A thread that couldn't be started is a want of resources, as the system itself says it.
        let gone = || io::Error::from(Errno::AGAIN);
        let sent = self.wanted.send(Wanted { to, done });
        sent.map_err(|_| gone())?;
        let (socket, took) = dialled.await.map_err(|_| gone())??;
        Ok(Dialled {
            stream: TcpStream::from_std(socket)?,
            took,
        })
    }
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
}

async fn dial_all(mut wishes: mpsc::UnboundedReceiver<Wanted>, within: Duration) {
    let mut dialling = FuturesUnordered::new();
    loop {
        tokio::select! {
            biased;
            Some(()) = dialling.next() => {}
            wanted = wishes.recv() => match wanted {
                Some(wanted) => {
                    dialling.push(dial(wanted, within));
                    // Begun before the next is looked at.
                    let _ = dialling.next().now_or_never();
                }
                None => return,
            }
        }
        // The system is asked which connections have come before another is begun.
        tokio::task::yield_now().await;
    }
}

async fn dial(wanted: Wanted, within: Duration) {
    let Wanted { to, mut done } = wanted;
    let begun = Instant::now();
    let dialled = tokio::select! {
        biased;
        () = done.closed() => return,
        dialled = in_time(TcpStream::connect(to), within) => dialled,
    };
    let took = begun.elapsed();
    let handed = dialled.and_then(TcpStream::into_std);
    // Whoever has gone meanwhile needs no connection.
    let _ = done.send(handed.map(|socket| (socket, took)));
}

async fn in_time<T>(
    dialled: impl Future<Output = io::Result<T>>,
    within: Duration,
) -> io::Result<T> {
    timeout(within, dialled).await?
}
