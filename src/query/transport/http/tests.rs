//! What other transports may build on: the client and its bodies by themselves.
#![allow(clippy::unwrap_used)]

use std::sync::Mutex;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::sync::oneshot;

use super::*;
use crate::query::guard::body::BodyLimit;
use crate::query::tests::server::{Server, ok, request as receive, say};
use crate::query::tests::{DEADLINE, config, target};
use crate::query::transport::{Matter, Stopwatch};

const LIMIT: usize = 1024;
const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

fn ask(address: SocketAddr) -> Ask {
    Ask {
        target: target(0, address),
        matter: Matter::Ping,
        deadline: DEADLINE,
        limit: BodyLimit::share(LIMIT, LIMIT, 1),
        watch: Stopwatch::start(),
    }
}

fn post(name: &'static str, value: &str) -> Post {
    Post {
        path: "/x".into(),
        headers: vec![(name.into(), value.into())],
        body: b"{}".to_vec(),
    }
}

async fn posted(ask: &Ask) -> Result<Body, Outcome> {
    let http = Http::new(&config().query, &[]);
    let to = http.admit(ask.target.axon.address)?;
    http.post(post("a", "b"), to, ask).await
}

/// A server that takes one request, says something, and tells when its client has gone.
async fn waiting(reply: impl Into<Vec<u8>>) -> (Server, oneshot::Receiver<()>) {
    let (tell, told) = oneshot::channel();
    let (reply, tell) = (reply.into(), Mutex::new(Some(tell)));
    let server = Server::start("127.0.0.2", move |mut stream| {
        let (reply, tell) = (reply.clone(), tell.lock().unwrap().take().unwrap());
        async move {
            receive(&mut stream).await;
            say(&mut stream, &reply).await;
            let _ = stream.read(&mut [0; 1]).await;
            tell.send(()).unwrap();
        }
    })
    .await;
    (server, told)
}

async fn soon(told: oneshot::Receiver<()>) {
    let told = tokio::time::timeout(Duration::from_secs(5), told).await;
    told.unwrap().unwrap();
}

#[test]
fn the_host_is_written_as_urls_write_it() {
    for (address, wanted) in [
        ("8.8.8.8:8091", "8.8.8.8:8091"),
        ("8.8.8.8:80", "8.8.8.8"),
        ("8.8.8.8:443", "8.8.8.8:443"),
        ("[2001:db8::1]:8091", "[2001:db8::1]:8091"),
        ("[2001:db8::1]:80", "[2001:db8::1]"),
    ] {
        assert_eq!(host(address.parse().unwrap()), wanted);
    }
}

#[test]
fn a_header_that_would_be_two_is_refused() {
    let to = Admitted("8.8.8.8:80".parse().unwrap());
    assert!(request(post("a", "b"), to, OUR_NAME).is_ok());
    assert!(request(post("a", "b\r\nc: d"), to, OUR_NAME).is_err());
    assert!(request(post("a: b\r\nc", "d"), to, OUR_NAME).is_err());
}

#[tokio::test]
async fn a_request_that_we_cannot_build_is_no_fault_of_the_miners() {
    let server = Server::honest("127.0.0.2").await;
    let (http, ask) = (Http::new(&config().query, &[]), ask(server.address));
    let to = http.admit(server.address).unwrap();
    let sent = http.post(post("a", "b\r\nc: d"), to, &ask).await;
    assert_eq!(sent.map(|_| ()), Err(Outcome::Failed(Reason::OurRequest)));
    assert!(http.post(post("a", "b"), to, &ask).await.is_ok());
}

/// The second piece is sent only once the first was read.
#[tokio::test]
async fn a_body_is_read_as_it_comes() {
    let (go_on, goes_on) = oneshot::channel();
    let goes_on = Mutex::new(Some(goes_on));
    let server = Server::start("127.0.0.2", move |mut stream| {
        let goes_on = goes_on.lock().unwrap().take().unwrap();
        async move {
            receive(&mut stream).await;
            say(&mut stream, format!("{CHUNKED}3\r\none\r\n").as_bytes()).await;
            goes_on.await.unwrap();
            say(&mut stream, b"3\r\ntwo\r\n0\r\n\r\n").await;
        }
    })
    .await;
    let ask = ask(server.address);
    let mut body = posted(&ask).await.unwrap();
    assert_eq!(body.piece().await.unwrap().as_deref(), Some(&b"one"[..]));
    assert_eq!(ask.watch.timing().body, None);
    go_on.send(()).unwrap();
    assert_eq!(body.piece().await.unwrap().as_deref(), Some(&b"two"[..]));
    assert_eq!(body.piece().await, Ok(None));
    assert!(ask.watch.timing().body.is_some());
}

/// The server would keep it open.
#[tokio::test]
async fn a_connection_ends_with_its_body() {
    let (server, told) = waiting(ok("{}")).await;
    let body = posted(&ask(server.address)).await.unwrap();
    assert_eq!(body.whole().await.unwrap(), b"{}");
    soon(told).await;
}

/// Whoever streams may stop in the middle.
#[tokio::test]
async fn a_body_that_nobody_reads_on_ends_its_connection() {
    let (server, told) = waiting(format!("{CHUNKED}3\r\none\r\n")).await;
    let mut body = posted(&ask(server.address)).await.unwrap();
    assert_eq!(body.piece().await.unwrap().as_deref(), Some(&b"one"[..]));
    drop(body);
    soon(told).await;
}

/// What came before the limit is here; after it nothing is, whoever goes on asking.
#[tokio::test]
async fn a_streamed_body_ends_at_its_limit() {
    let half = format!("{:x}\r\n{}\r\n", LIMIT / 2, "x".repeat(LIMIT / 2));
    let (server, _told) = waiting([CHUNKED, &half, &half, "1\r\nx\r\n1\r\nx\r\n"].concat()).await;
    let mut body = posted(&ask(server.address)).await.unwrap();
    let mut taken = 0;
    while let Ok(piece) = body.piece().await {
        taken += piece.unwrap().len();
    }
    assert_eq!(taken, LIMIT);
    let more = body.piece().await;
    assert_eq!(more, Err(Outcome::Failed(Reason::TooLarge)));
}

#[tokio::test]
async fn a_body_that_is_too_long_ends_its_connection() {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", LIMIT + 1);
    let (server, told) = waiting(head).await;
    let refused = posted(&ask(server.address)).await.map(|_| ());
    assert_eq!(refused, Err(Outcome::Failed(Reason::TooLarge)));
    soon(told).await;
}
