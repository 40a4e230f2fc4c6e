//! Sockets in front of the tests' server: a line that goes dead, and a pooler that lends one session to all its clients.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Mutex, mpsc};

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
    from: Messages,
    to: OwnedWriteHalf,
    /// What it said when it was opened.
    greeting: Vec<u8>,
}

/// What one side sends, message by message: safe to wait for beside something else.
type Messages = mpsc::UnboundedReceiver<Vec<u8>>;

fn messages(mut from: OwnedReadHalf) -> Messages {
    let (sender, messages) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Some(message) = message(&mut from).await {
            let _ = sender.send(message);
        }
    });
    messages
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
    let server = UnixStream::connect(to).await.unwrap();
    let (from, mut to) = server.into_split();
    to.write_all(startup).await.unwrap();
    let mut from = messages(from);
    let mut greeting = Vec::new();
    loop {
        let said = from.recv().await.unwrap();
        greeting.extend_from_slice(&said);
        if said[0] == b'Z' {
            return Session { from, to, greeting };
        }
    }
}

async fn serve(mut client: UnixStream, to: &Path, session: &Mutex<Option<Session>>) -> Option<()> {
    let startup = startup(&mut client).await?;
    let (from_client, mut to_client) = client.into_split();
    {
        let mut session = session.lock().await;
        if session.is_none() {
            *session = Some(open(to, &startup).await);
        }
        let greeting = &session.as_ref()?.greeting;
        to_client.write_all(greeting).await.ok()?;
    }
    let mut from_client = messages(from_client);
    loop {
        let first = from_client.recv().await?;
        if first[0] == b'X' {
            return None;
        }
        let mut lent = session.lock().await;
        // Gone with a client that left in the middle.
        let mut own = match lent.take() {
            Some(own) => own,
            None => open(to, &startup).await,
        };
        transaction(&mut from_client, &mut to_client, &mut own, first).await?;
        *lent = Some(own);
    }
}

/// From a client's first message until the server is ready and in no transaction.
async fn transaction(
    from_client: &mut Messages,
    to_client: &mut OwnedWriteHalf,
    session: &mut Session,
    first: Vec<u8>,
) -> Option<()> {
    let asks = |message: &[u8]| usize::from(b"QS".contains(&message[0]));
    let mut asked = asks(&first);
    session.to.write_all(&first).await.ok()?;
    loop {
        tokio::select! {
            said = session.from.recv() => {
                let said = said?;
                to_client.write_all(&said).await.ok()?;
                if said[0] == b'Z' {
                    asked -= 1;
                    if asked == 0 && said[5] == b'I' {
                        return Some(());
                    }
                }
            }
            said = from_client.recv() => {
                let said = said?;
                asked += asks(&said);
                session.to.write_all(&said).await.ok()?;
            }
        }
    }
}
