//! Sockets in front of the tests' server: a line that goes dead, and a pooler that lends one session to all its clients.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Mutex;

/// A socket of its own; it goes when it is dropped.
pub struct Relay {
    dir: tempfile::TempDir,
    dead: Arc<AtomicBool>,
}

fn socket(dir: &Path) -> PathBuf {
    dir.join(".s.PGSQL.5432")
}

fn behind(options: &PgConnectOptions) -> PathBuf {
    socket(options.get_socket().unwrap())
}

impl Relay {
    pub fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            dead: Arc::default(),
        }
    }

    /// The same database through this socket.
    pub fn through(&self, options: &PgConnectOptions) -> PgConnectOptions {
        options.clone().socket(self.dir.path())
    }

    fn listen(&self) -> UnixListener {
        UnixListener::bind(socket(self.dir.path())).unwrap()
    }

    /// Carries bytes.
    pub fn carry(&self, options: &PgConnectOptions) {
        let (listener, to, dead) = (self.listen(), behind(options), self.dead.clone());
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let (to, dead) = (to.clone(), dead.clone());
                tokio::spawn(async move {
                    let mut server = UnixStream::connect(to).await.unwrap();
                    let died = async {
                        while !dead.load(Ordering::Acquire) {
                            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                        }
                    };
                    tokio::select! {
                        _ = copy_bidirectional(&mut client, &mut server) => {}
                        // Open for ever, and nothing comes through, also when others do again.
                        () = died => std::future::pending().await,
                    }
                });
            }
        });
    }

    /// What is connected now, or connects while it lasts, is lost for good.
    pub fn set_dead(&self, dead: bool) {
        self.dead.store(dead, Ordering::Release);
    }

    /// Pools as PgBouncer does in transaction mode, with one session.
    pub fn pool(&self, options: &PgConnectOptions) {
        let (listener, to) = (self.listen(), behind(options));
        let session: Arc<Mutex<Option<Session>>> = Arc::default();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (to, session) = (to.clone(), session.clone());
                tokio::spawn(async move { serve(client, &to, &session).await });
            }
        });
    }
}

struct Session {
    server: UnixStream,
    /// What it said when it was opened.
    greeting: Vec<u8>,
}

/// A message with its kind and length, or none at the end.
async fn message(from: &mut (impl AsyncRead + Unpin)) -> Option<Vec<u8>> {
    let kind = from.read_u8().await.ok()?;
    let length = from.read_u32().await.ok()?;
    let mut whole = [&[kind], &length.to_be_bytes()[..]].concat();
    whole.resize(1 + usize::try_from(length).unwrap(), 0);
    from.read_exact(&mut whole[5..]).await.ok()?;
    Some(whole)
}

/// The first message of a connection has no kind; the question for TLS comes before it.
async fn startup(client: &mut UnixStream) -> Option<Vec<u8>> {
    loop {
        let length = client.read_u32().await.ok()?;
        let mut whole = length.to_be_bytes().to_vec();
        whole.resize(usize::try_from(length).unwrap(), 0);
        client.read_exact(&mut whole[4..]).await.ok()?;
        if length != 8 {
            return Some(whole);
        }
        client.write_all(b"N").await.ok()?;
    }
}

async fn open(to: &Path, startup: &[u8]) -> Session {
    let mut server = UnixStream::connect(to).await.unwrap();
    server.write_all(startup).await.unwrap();
    let mut greeting = Vec::new();
    loop {
        let said = message(&mut server).await.unwrap();
        greeting.extend_from_slice(&said);
        if said[0] == b'Z' {
            return Session { server, greeting };
        }
    }
}

async fn serve(mut client: UnixStream, to: &Path, session: &Mutex<Option<Session>>) -> Option<()> {
    let startup = startup(&mut client).await?;
    {
        let mut session = session.lock().await;
        if session.is_none() {
            *session = Some(open(to, &startup).await);
        }
        client.write_all(&session.as_ref()?.greeting).await.ok()?;
    }
    loop {
        let first = message(&mut client).await?;
        if first[0] == b'X' {
            return None;
        }
        let mut lent = session.lock().await;
        // Gone with a client that left in the middle.
        let mut own = match lent.take() {
            Some(own) => own,
            None => open(to, &startup).await,
        };
        transaction(&mut client, &mut own.server, first).await?;
        *lent = Some(own);
    }
}

/// From a client's first message until the server is ready and in no transaction.
async fn transaction(
    client: &mut UnixStream,
    server: &mut UnixStream,
    first: Vec<u8>,
) -> Option<()> {
    let mut asked = usize::from(b"QS".contains(&first[0]));
    server.write_all(&first).await.ok()?;
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    loop {
        // Peeking is safe to drop; a message once begun is read to its end.
        let from_the_server = tokio::select! {
            ready = from_server.readable() => ready.map(|()| true),
            ready = from_client.readable() => ready.map(|()| false),
        };
        if from_the_server.ok()? {
            let said = message(&mut from_server).await?;
            to_client.write_all(&said).await.ok()?;
            if said[0] == b'Z' {
                asked -= 1;
                if asked == 0 && said[5] == b'I' {
                    return Some(());
                }
            }
        } else {
            let said = message(&mut from_client).await?;
            asked += usize::from(b"QS".contains(&said[0]));
            to_server.write_all(&said).await.ok()?;
        }
    }
}
