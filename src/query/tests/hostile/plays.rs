//! What takes more of a miner than a reply.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::super::server::{HONEST, completion, ok, request, say};
use super::{OK_HEAD, answer};
use crate::types::Outcome;
use crate::types::Reason::{self, MalformedBrokenHttp};

type Case = (&'static str, Play, Outcome);
type Play = fn(TcpStream) -> Pin<Box<dyn Future<Output = ()> + Send>>;

pub fn plays() -> Vec<Case> {
    [floods(), drips(), partings()].concat()
}

const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
const CHUNKED_SIZE: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5";

/// As fast as it goes, and nothing of it a body.
pub async fn flood(mut s: TcpStream, head: &str, again: &[u8]) {
    request(&mut s).await;
    say(&mut s, head.as_bytes()).await;
    let much = again.repeat(64 * 1024 / again.len());
    while say(&mut s, &much).await {}
}

/// More and more.
fn floods() -> Vec<Case> {
    vec![
        (
            "a body without end",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    say(&mut s, format!("{OK_HEAD}\r\n").as_bytes()).await;
                    while say(&mut s, &[b' '; 4096]).await {}
                })
            },
            Outcome::Failed(Reason::TooLarge),
        ),
        (
            "chunks without end",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    say(
                        &mut s,
                        format!("{OK_HEAD}transfer-encoding: chunked\r\n\r\n").as_bytes(),
                    )
                    .await;
                    while say(&mut s, &b"1\r\n \r\n".repeat(100)).await {}
                })
            },
            Outcome::Failed(Reason::TooLarge),
        ),
        (
            "interim responses in drips",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    while say(&mut s, b"HTTP/1.1 100 Continue\r\n\r\n").await {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                })
            },
            Outcome::Failed(Reason::Timeout),
        ),
        (
            "interim responses without end",
            |s| Box::pin(flood(s, "", b"HTTP/1.1 100 Continue\r\n\r\n")),
            Outcome::Failed(Reason::TooLarge),
        ),
        (
            "a chunk's size without end",
            |s| Box::pin(flood(s, CHUNKED, b"0")),
            Outcome::Failed(Reason::TooLarge),
        ),
        (
            "spaces after a chunk's size",
            |s| Box::pin(flood(s, CHUNKED_SIZE, b" ")),
            Outcome::Failed(Reason::TooLarge),
        ),
    ]
}

/// A little at a time.
fn drips() -> Vec<Case> {
    vec![
        (
            "a body in drips",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    say(
                        &mut s,
                        format!("{OK_HEAD}content-length: 5000\r\n\r\n").as_bytes(),
                    )
                    .await;
                    while say(&mut s, b" ").await {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                })
            },
            Outcome::Failed(Reason::Timeout),
        ),
        (
            "a head in drips",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    say(&mut s, b"HTTP/1.1 200 OK\r\nx: ").await;
                    while say(&mut s, b"y").await {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                })
            },
            Outcome::Failed(Reason::Timeout),
        ),
    ]
}

/// Who hangs up, and who doesn't.
fn partings() -> Vec<Case> {
    vec![
        (
            "silence",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    request(&mut s).await;
                })
            },
            Outcome::Failed(Reason::Timeout),
        ),
        (
            "its end of the connection closed at once",
            |mut s| {
                Box::pin(async move {
                    s.shutdown().await.ok();
                    request(&mut s).await;
                })
            },
            Outcome::Failed(MalformedBrokenHttp),
        ),
        (
            "a reset before the request is read",
            |s| Box::pin(async move { drop(s) }),
            Outcome::Failed(MalformedBrokenHttp),
        ),
        (
            "an honest answer with its end closed",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    say(&mut s, ok(&completion(HONEST)).as_bytes()).await;
                    s.shutdown().await.ok();
                    tokio::time::sleep(Duration::from_secs(60)).await;
                })
            },
            answer(HONEST),
        ),
    ]
}
