//! The guarded HTTP/1 client: one POST to one judged address, over a connection of its own.
//!
//! There is no proxy, redirect, second try, cookie, decompression, name look-up or pool in it that would have to be
//! switched off, and no connection outlives its exchange.

mod body;
mod dial;
mod fault;
mod metered;

use std::borrow::Cow;
use std::fmt::Debug;
use std::net::SocketAddr;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, ACCEPT_ENCODING, HOST, USER_AGENT};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio_util::task::AbortOnDropHandle;

use super::{Ask, unbuilt};
use crate::config::QueryConfig;
use crate::query::guard::address::AddressRules;
use crate::query::guard::body::HEAD_BYTES;
use crate::types::{Outcome, Reason};

pub use body::Body;
use dial::Dialler;
use fault::Ways;
use metered::Metered;

const OUR_NAME: &str = concat!("weighmaster/", env!("CARGO_PKG_VERSION"));

/// What a URL leaves out, and a `Host` header with it.
const DEFAULT_PORT: u16 = 80;

/// Posts what protocols build.
#[derive(Debug)]
pub struct Http {
    rules: AddressRules,
    user_agent: String,
    dialler: Dialler,
    ways: Ways,
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
    pub fn new(config: &QueryConfig, servers: &[SocketAddr]) -> Self {
        let mut http1 = http1::Builder::new();
        http1.max_headers(config.max_headers);
        http1.max_buf_size(HEAD_BYTES);
        Self {
            rules: AddressRules::new(config, servers),
            user_agent: match config.user_agent.as_str() {
                "" => OUR_NAME.into(),
                name => name.into(),
            },
            dialler: Dialler::start(config.connect_timeout_s.0),
            ways: Ways::found(),
            http1,
        }
    }

    /// Where a miner with this address is to be asked.
    pub fn admit(&self, address: SocketAddr) -> Result<Admitted, Outcome> {
        let admitted = self.rules.admit(address).map(Admitted);
        admitted.map_err(Outcome::Failed)
    }

    /// The body of a 200. The first thing that goes wrong is the outcome, and ends the exchange.
    pub async fn post(&self, post: Post, to: Admitted, ask: &Ask) -> Result<Body, Outcome> {
        let request = request(post, to, &self.user_agent).map_err(unbuilt)?;
        let stream = self.connect(to, ask).await?;
        let sent = self.send(request, stream).await;
        let (response, connection) =
            sent.map_err(|error| no_response(ask, fault::of_exchange(&error), error))?;
        ask.watch.answered();
        match response.status() {
            StatusCode::OK => Body::open(response, connection, ask),
            status if status.is_redirection() => Err(Outcome::Failed(Reason::MalformedRedirect)),
            status => Err(Outcome::Refused(status.as_u16())),
        }
    }

    async fn connect(&self, to: Admitted, ask: &Ask) -> Result<Metered, Outcome> {
        let dialled = self.dialler.dial(to.0).await.and_then(|dialled| {
            // Else the rest of a long request would wait for the receipt of its beginning.
            dialled.stream.set_nodelay(true)?;
            Ok(dialled)
        });
        let dialled =
            dialled.map_err(|error| no_response(ask, self.ways.of_dial(&error, to.0), error))?;
        ask.watch.connected(dialled.took);
        Ok(Metered::new(dialled.stream, ask.limit.raw()))
    }

    async fn send(
        &self,
        request: Request<Full<Bytes>>,
        stream: Metered,
    ) -> hyper::Result<(Response<Incoming>, Connection)> {
        let (mut sender, connection) = self.http1.handshake(TokioIo::new(stream)).await?;
        // A task of its own reads what a miner sends, so that a flood keeps no other exchange of the round waiting.
        // What ends it is told to whoever waits for the response or its body.
        let connection = AbortOnDropHandle::new(tokio::spawn(connection));
        let response = sender.send_request(request).await?;
        Ok((response, connection))
    }
}

fn request(
    post: Post,
    to: Admitted,
    user_agent: &str,
) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
    let start = Request::post(post.path);
    let headers = post.headers.into_iter();
    headers
        .fold(start, |request, (name, value)| {
            request.header(&*name, value)
        })
        .header(ACCEPT_ENCODING, "identity")
        .header(ACCEPT, "*/*")
        .header(USER_AGENT, user_agent)
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
