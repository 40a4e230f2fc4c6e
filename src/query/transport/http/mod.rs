//! The guarded HTTP/1 client: one POST to one judged address, over a connection of its own.
//!
//! There is no proxy, redirect, second try, cookie, decompression, name look-up or pool in it that would have to be
//! switched off, and no connection outlives its exchange.

mod body;

use std::borrow::Cow;
use std::fmt::Debug;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, ACCEPT_ENCODING, HOST, USER_AGENT};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_util::task::AbortOnDropHandle;

use super::{Ask, Stopwatch, unbuilt};
use crate::config::QueryConfig;
use crate::query::guard::address::AddressRules;
use crate::types::{Outcome, Reason};

pub use body::Body;

const OUR_NAME: &str = concat!("weighmaster/", env!("CARGO_PKG_VERSION"));

/// What a URL leaves out, and a `Host` header with it.
const DEFAULT_PORT: u16 = 80;

/// Posts what protocols build.
#[derive(Debug)]
pub struct Http {
    rules: AddressRules,
    connect_timeout: Duration,
    http1: http1::Builder,
}

/// An address that the rules let through. Only [`Http::admit`] makes one, and only to one can be posted.
#[derive(Clone, Copy, Debug)]
pub struct Admitted(SocketAddr);

impl Admitted {
    pub fn address(self) -> SocketAddr {
        self.0
    }
}

/// A protocol's part of a request.
#[derive(Debug)]
pub struct Post {
    pub path: String,
    /// Sent in this order, before the client's own.
    pub headers: Vec<(Cow<'static, str>, String)>,
    pub body: Vec<u8>,
}

/// The connection at work; dropped, it is closed.
type Connection = AbortOnDropHandle<hyper::Result<()>>;

impl Http {
    pub fn new(config: &QueryConfig) -> Self {
        let mut http1 = http1::Builder::new();
        http1.max_headers(config.max_headers);
        Self {
            rules: AddressRules::new(&config.allow_addresses),
            connect_timeout: config.connect_timeout_s.0,
            http1,
        }
    }

    /// Where a miner with this address is to be asked.
    pub fn admit(&self, address: SocketAddr) -> Result<Admitted, Outcome> {
        let admitted = self.rules.admit(address).map(Admitted);
        admitted.ok_or(Outcome::Failed(Reason::ForbiddenAddress))
    }

    /// The body of a 200. The first thing that goes wrong is the outcome, and ends the exchange.
    pub async fn post(&self, post: Post, to: Admitted, ask: &Ask) -> Result<Body, Outcome> {
        let request = request(post, to).map_err(unbuilt)?;
        // All that may start now are signed for before any is dialled: else the CPU time of the others'
        // signatures would show in this miner's connection.
        tokio::task::yield_now().await;
        let stream = self.dial(to, &ask.watch).await;
        let stream = stream.map_err(|error| no_response(ask, Reason::Unreachable, error))?;
        let sent = self.send(request, stream).await;
        let (response, connection) =
            sent.map_err(|error| no_response(ask, Reason::MalformedBrokenHttp, error))?;
        ask.watch.answered();
        match response.status() {
            StatusCode::OK => Body::open(response, connection, ask),
            status if status.is_redirection() => Err(Outcome::Failed(Reason::MalformedRedirect)),
            status => Err(Outcome::Refused(status.as_u16())),
        }
    }

    async fn dial(&self, to: Admitted, watch: &Stopwatch) -> io::Result<TcpStream> {
        watch.dialled();
        let stream = timeout(self.connect_timeout, TcpStream::connect(to.0)).await??;
        // Else the rest of a long request would wait for the receipt of its beginning.
        stream.set_nodelay(true)?;
        watch.connected();
        Ok(stream)
    }

    async fn send(
        &self,
        request: Request<Full<Bytes>>,
        stream: TcpStream,
    ) -> hyper::Result<(Response<Incoming>, Connection)> {
        let (mut sender, connection) = self.http1.handshake(TokioIo::new(stream)).await?;
        // A task of its own reads what a miner sends, so that a flood keeps no other exchange of the round waiting.
        // What ends it is told to whoever waits for the response or its body.
        let connection = AbortOnDropHandle::new(tokio::spawn(connection));
        let response = sender.send_request(request).await?;
        Ok((response, connection))
    }
}

fn request(post: Post, to: Admitted) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
    let start = Request::post(post.path);
    let headers = post.headers.into_iter();
    headers
        .fold(start, |request, (name, value)| {
            request.header(&*name, value)
        })
        .header(ACCEPT_ENCODING, "identity")
        .header(ACCEPT, "*/*")
        .header(USER_AGENT, OUR_NAME)
        .header(HOST, host(to.0))
        .body(Full::from(post.body))
}

fn host(address: SocketAddr) -> String {
    match address {
        SocketAddr::V4(v4) if v4.port() == DEFAULT_PORT => v4.ip().to_string(),
        SocketAddr::V6(v6) if v6.port() == DEFAULT_PORT => format!("[{}]", v6.ip()),
        _ => address.to_string(),
    }
}

fn no_response(ask: &Ask, reason: Reason, error: impl Debug) -> Outcome {
    tracing::debug!(miner = %ask.target.seat.miner.hotkey, ?error, "no response");
    Outcome::Failed(reason)
}

#[cfg(test)]
mod tests;
