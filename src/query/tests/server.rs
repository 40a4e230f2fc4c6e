//! Small TCP servers on loopback. They end with the test's runtime.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub const HONEST: &str = "Four, as anyone can count.";

pub struct Server {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Runs `play` for every connection.
    pub async fn start<F, Fut>(ip: &str, play: F) -> Self
    where
        F: Fn(TcpStream) -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind((ip, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(play(stream));
            }
        });
        Self {
            address,
            connections,
        }
    }

    /// Answers every request with these bytes and closes.
    pub async fn replying(ip: &str, reply: impl Into<Vec<u8>>) -> Self {
        let reply = Arc::new(reply.into());
        Self::start(ip, move |mut stream| {
            let reply = Arc::clone(&reply);
            async move {
                if request(&mut stream).await.is_some() {
                    say(&mut stream, &reply).await;
                }
            }
        })
        .await
    }

    pub async fn honest(ip: &str) -> Self {
        Self::replying(ip, ok(&completion(HONEST))).await
    }

    /// How many connections were made to it.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// A request as it came: the head without its last line break, and the body.
pub struct Received {
    pub head: String,
    pub body: Vec<u8>,
}

impl Received {
    /// A header's value; names in any case.
    pub fn header(&self, name: &str) -> Option<String> {
        let lines = self.head.lines().skip(1);
        let mut pairs = lines.filter_map(|line| line.split_once(':'));
        let found = pairs.find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_owned())
    }
}

/// Reads one request; `None` if the client went away.
pub async fn request(stream: &mut TcpStream) -> Option<Received> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let mut received = Received {
        head,
        body: Vec::new(),
    };
    let length = received.header("content-length").unwrap().parse().unwrap();
    received.body.resize(length, 0);
    stream.read_exact(&mut received.body).await.ok()?;
    Some(received)
}

/// Writes; false when the client has hung up.
pub async fn say(stream: &mut TcpStream, bytes: &[u8]) -> bool {
    stream.write_all(bytes).await.is_ok() && stream.flush().await.is_ok()
}

pub fn completion(text: &str) -> String {
    serde_json::json!({ "completion": text }).to_string()
}

pub fn ok(body: &str) -> String {
    reply("200 OK", "content-type: application/json\r\n", body)
}

/// `headers` end in a line break each.
pub fn reply(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Each byte in a chunk of its own.
pub fn in_single_bytes(body: &str) -> String {
    let chunks: String = body.chars().map(|c| format!("1\r\n{c}\r\n")).collect();
    format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}0\r\n\r\n")
}
