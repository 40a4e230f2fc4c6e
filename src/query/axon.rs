//! The transport: one signed POST to one axon.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::dns::{Name, Resolve, Resolving};
use reqwest::header::ACCEPT_ENCODING;
use reqwest::{Client, StatusCode, redirect, retry};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Map, Value};
use tower::Service;
use wire::Uuid;
use wire::axon::Signed;

use super::ClientError;
use super::guard::address::AddressRules;
use super::guard::body::BodyLimit;
use super::stopwatch::{Stopwatch, TimeConnect};
use super::synapse::{Envelope, Synapse};
use crate::config::QueryConfig;
use crate::types::{Outcome, Reason, RequestSigner, Target};

const USER_AGENT: &str = concat!("weighmaster/", env!("CARGO_PKG_VERSION"));

/// One request to be made.
#[derive(Clone, Debug)]
pub struct Ask {
    pub target: Target,
    pub fields: Arc<Map<String, Value>>,
    /// What the request tells the axon; the caller holds to it.
    pub timeout: Duration,
    pub limit: BodyLimit,
    pub watch: Arc<Stopwatch>,
}

/// Asks axons. As a service it never fails: whatever a miner does is an [`Outcome`].
#[derive(Clone, Debug)]
pub struct AxonClient {
    client: Client,
    synapse: Arc<Synapse>,
    rules: Arc<AddressRules>,
    signer: RequestSigner,
    nonces: Arc<Nonces>,
}

impl AxonClient {
    pub fn new(
        config: &QueryConfig,
        synapse: Arc<Synapse>,
        signer: RequestSigner,
    ) -> Result<Self, ClientError> {
        Ok(Self {
            client: client(config).map_err(|e| ClientError(e.to_string()))?,
            synapse,
            rules: Arc::new(AddressRules::new(&config.allow_addresses)),
            signer,
            nonces: Arc::default(),
        })
    }

    async fn exchange(self, ask: Ask) -> Outcome {
        ask.watch.left_queue();
        let Some(address) = self.rules.admit(ask.target.axon.address) else {
            return Outcome::Failed(Reason::ForbiddenAddress);
        };
        let envelope = Envelope {
            to: ask.target.seat.miner.hotkey,
            address,
            timeout: ask.timeout,
            nonce: self.nonces.next(SystemTime::now()),
            uuid: Uuid::new_v4(),
        };
        let request = match self.synapse.sign(&ask.fields, &envelope, &self.signer) {
            Ok(signed) => self.request(signed),
            Err(error) => {
                tracing::error!(%error, "no request could be built: nobody was asked");
                return Outcome::Failed(Reason::Unreachable);
            }
        };
        // All that may start now are signed for before any is dialled: else the CPU time of the others'
        // signatures would show in this miner's connection.
        tokio::task::yield_now().await;
        let watch = Arc::clone(&ask.watch);
        let posted = watch.time(request.send()).await;
        match self.receive(posted, &ask).await {
            Ok(answer) | Err(answer) => answer,
        }
    }

    fn request(&self, signed: Signed) -> reqwest::RequestBuilder {
        let post = self.client.post(signed.url).body(signed.body);
        let headers = signed.headers.into_iter();
        headers
            .fold(post, |post, (name, value)| post.header(&*name, value))
            .header(ACCEPT_ENCODING, "identity")
    }

    /// The first thing that goes wrong is the outcome, and ends the exchange.
    async fn receive(
        &self,
        posted: reqwest::Result<reqwest::Response>,
        ask: &Ask,
    ) -> Result<Outcome, Outcome> {
        let response = posted.map_err(|error| {
            tracing::debug!(miner = %ask.target.seat.miner.hotkey, ?error, "no response");
            match ask.watch.is_connected() {
                true => Outcome::Failed(Reason::MalformedBrokenHttp),
                false => Outcome::Failed(Reason::Unreachable),
            }
        })?;
        ask.watch.answered();
        match response.status() {
            StatusCode::OK => {}
            status if status.is_redirection() => {
                return Err(Outcome::Failed(Reason::MalformedRedirect));
            }
            status => return Err(Outcome::Refused(status.as_u16())),
        }
        let body = ask.limit.read(response).await?;
        ask.watch.finished();
        let answer = self.synapse.read(&body).map_err(Outcome::Failed)?;
        Ok(Outcome::Answer(answer))
    }
}

impl Service<Ask> for AxonClient {
    type Response = Outcome;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Outcome, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, ask: Ask) -> Self::Future {
        let axon = self.clone();
        Box::pin(async move { Ok(axon.exchange(ask).await) })
    }
}

/// An HTTP/1 client that goes only where it is told: no proxy from the environment, no redirect, no second
/// try of a signed request, no cookie, no decompression, no name look-up, and a connection of its own for
/// every request, so that no miner's connection outlives its exchange.
fn client(config: &QueryConfig) -> Result<Client, Box<dyn std::error::Error>> {
    // Axons speak plain HTTP. Given explicitly, TLS needs neither a process-wide provider nor a certificate store.
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(USER_AGENT)
        .no_proxy()
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never())
        .dns_resolver(NoNames)
        .pool_max_idle_per_host(0)
        .connect_timeout(config.connect_timeout_s.0)
        .connector_layer(TimeConnect)
        .http1_only()
        .http1_max_headers(config.max_headers)
        .build()?;
    Ok(client)
}

/// Axons are given by address. A name here would be one that nobody judged.
#[derive(Debug)]
struct NoNames;

impl Resolve for NoNames {
    fn resolve(&self, name: Name) -> Resolving {
        let refusal = format!("{} is a name, not an address", name.as_str());
        Box::pin(async move { Err(refusal.into()) })
    }
}

/// Unix nanoseconds that never repeat or fall, also when the clock does.
#[derive(Debug, Default)]
struct Nonces(AtomicU64);

impl Nonces {
    fn next(&self, now: SystemTime) -> u64 {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        let step = |last: u64| now.max(last.saturating_add(1));
        let last = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
                Some(step(last))
            });
        step(last.unwrap_or_else(|last| last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonces_grow_when_the_clock_stands_or_falls() {
        let nonces = Nonces::default();
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        let drawn: Vec<u64> = [5, 5, 3, 6].map(|s| nonces.next(at(s))).into();
        assert_eq!(
            drawn,
            [5_000_000_000, 5_000_000_001, 5_000_000_002, 6_000_000_000]
        );
    }
}
