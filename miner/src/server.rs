//! The axon: HTTP in, verified requests to the mind, answers out, as the SDK's axon words them.

use crate::cache::Cache;
use crate::mind::{Action, Mind};
use crate::upstream::{Upstream, UpstreamError};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use subtensor::Keypair;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use wire::axon::{
    Axon, Incident, NonceBook, PING, Policy, Presented, Rejection, Reply, Verifier, check_body,
    header, read_fields,
};
use wire::{AccountId32, Py, Uuid};

/// The synapse that this axon answers, besides the ping.
pub const PROMPTING: &str = "Prompting";
const PROMPTING_FIELDS: [&str; 2] = ["roles", "messages"];
/// A prompt is a few kilobytes.
const MAX_BODY: usize = 256 * 1024;
const BODY_TIME: Duration = Duration::from_secs(5);
/// Requests in work at once; more are turned away, so that hanging clients can't pile up.
const MAX_REQUESTS: usize = 256;

/// Who may ask. `None`: everyone.
pub type Callers = Arc<RwLock<Option<HashSet<[u8; 32]>>>>;

/// Where answers come from beside the mind, and go to.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// What is asked in the mind's place.
    pub upstream: Option<Upstream>,
    /// Where answers are left, and those of others taken.
    pub cache: Option<Cache>,
}

/// Everything that a request needs.
pub struct Server {
    axon: Axon,
    key: Keypair,
    mind: Mind,
    sources: Sources,
    callers: Callers,
    verifier: Mutex<Verifier>,
    turns: AtomicU64,
    slots: Semaphore,
}

impl Server {
    /// `addr` is the axon's as its answers name it, `key` the hotkey that signs refusals. Only signed and recent
    /// requests of `callers` get to the mind.
    pub fn new(addr: std::net::SocketAddr, key: Keypair, mind: Mind, callers: Callers) -> Self {
        let hotkey = AccountId32(key.public_key().0);
        Server {
            axon: Axon {
                addr,
                hotkey,
                uuid: Uuid::new_v4(),
            },
            key,
            mind,
            sources: Sources::default(),
            callers,
            verifier: Mutex::new(Verifier::new(&hotkey, Policy::STRICT, NonceBook::default())),
            turns: AtomicU64::new(0),
            slots: Semaphore::new(MAX_REQUESTS),
        }
    }

    /// The same with other sources than the mind alone.
    pub fn with(self, sources: Sources) -> Self {
        Server { sources, ..self }
    }

    /// Serves until the listener fails; dropping the future drops every connection.
    pub async fn run(self, listener: TcpListener) -> std::io::Result<()> {
        axum::serve(
            listener,
            Router::new().fallback(handle).with_state(Arc::new(self)),
        )
        .await
    }

    /// The SDK's order: name, headers, blacklist, nonce and signature, body.
    async fn receive(
        &self,
        received: &mut Received,
        request: Request,
    ) -> Result<Vec<(String, Py)>, Rejection> {
        let required: &[&str] = match received.synapse.as_str() {
            PING => &[],
            PROMPTING => &PROMPTING_FIELDS,
            name => {
                let available = [PING, PROMPTING].map(String::from).to_vec();
                return Err(Rejection::UnknownSynapse {
                    name: name.into(),
                    available,
                });
            }
        };
        let (parts, body) = request.into_parts();
        let asked = received.asked.insert(Presented::read(
            |name| header_text(&parts.headers, name),
            required,
        )?);
        self.admit(asked)?;
        let asker = {
            let mut verifier = self.verifier.lock().unwrap_or_else(PoisonError::into_inner);
            verifier.verify(asked, unix_nanos())?
        };
        tracing::debug!(%asker, synapse = received.synapse, "verified");
        let body = match tokio::time::timeout(BODY_TIME, to_bytes(body, MAX_BODY)).await {
            Ok(Ok(body)) => body,
            Ok(Err(e)) => return Err(Rejection::BadBody(e.to_string())),
            Err(_) => {
                return Err(Rejection::BadBody(format!(
                    "not complete within {BODY_TIME:?}"
                )));
            }
        };
        let content_type = header_text(&parts.headers, header::CONTENT_TYPE);
        let fields = read_fields(content_type.as_deref(), &body)?;
        check_body(asked, &fields, required)?;
        Ok(fields)
    }

    /// Blacklisted is who isn't on the list of callers; who sent no readable address fails later.
    fn admit(&self, asked: &Presented) -> Result<(), Rejection> {
        let asker: Option<AccountId32> = asked
            .hotkey
            .as_deref()
            .and_then(|hotkey| hotkey.parse().ok());
        let callers = self.callers.read().unwrap_or_else(PoisonError::into_inner);
        match (asker, callers.as_ref()) {
            (Some(asker), Some(callers)) if !callers.contains(&asker.0) => {
                Err(Rejection::Blacklisted("Not registered".into()))
            }
            _ => Ok(()),
        }
    }

    /// What the mind decides, or the model in its place; an answer is left for others before it is given.
    async fn decide(&self, roles: &[String], messages: &[String]) -> Result<Action, Rejection> {
        let turn = self.turns.fetch_add(1, Ordering::Relaxed);
        let failed = |e: UpstreamError| Rejection::BadBody(format!("--upstream: {e}"));
        if let Some(upstream) = &self.sources.upstream {
            let text = upstream.answer(roles, messages).await.map_err(failed)?;
            return Ok(Action::Answer {
                text,
                after: Duration::ZERO,
            });
        }
        let Some(cache) = &self.sources.cache else {
            return Ok(self.mind.decide(messages, turn, None));
        };
        let leaked = match (self.mind.behaviour_at(turn).copies(), &self.mind.of) {
            // Who finds nothing has nothing to say.
            (true, Some(of)) => Some(cache.take(of, messages).await.unwrap_or_default()),
            _ => None,
        };
        let action = self.mind.decide(messages, turn, leaked);
        if let Action::Answer { text, .. } = &action {
            cache.leave(&self.axon.hotkey, messages, text).await;
        }
        Ok(action)
    }

    async fn answer(
        &self,
        received: &Received,
        fields: Vec<(String, Py)>,
    ) -> Result<Response, Rejection> {
        let Some(asked) = &received.asked else {
            return Err(Rejection::BadBody("no headers".into()));
        };
        if received.synapse == PING {
            return Ok(respond(self.axon.success(
                PING,
                asked,
                Map::new(),
                received.at.elapsed(),
            )));
        }
        let (roles, messages) = (strings(&fields, "roles")?, strings(&fields, "messages")?);
        match self.decide(&roles, &messages).await? {
            Action::Answer { text, after } => {
                tokio::time::sleep(after).await;
                let fields = json!({"roles": roles, "messages": messages, "completion": text});
                let Value::Object(fields) = fields else {
                    return Err(Rejection::BadBody("no fields".into()));
                };
                Ok(respond(self.axon.success(
                    PROMPTING,
                    asked,
                    fields,
                    received.at.elapsed(),
                )))
            }
            Action::Silence => std::future::pending().await,
            Action::Crash => Err(Rejection::BadBody("this miner is flaky".into())),
            Action::BrokenJson => Ok(json_response(Body::from(
                "{\"name\":\"Prompting\",\"completion\":\"The",
            ))),
            Action::Drop => {
                let start = Ok(Bytes::from_static(b"{\"name\":"));
                let cut = Err(std::io::Error::from(std::io::ErrorKind::ConnectionAborted));
                Ok(json_response(Body::from_stream(futures::stream::iter([
                    start, cut,
                ]))))
            }
        }
    }
}

/// A request as far as it was understood.
struct Received {
    at: Instant,
    synapse: String,
    asked: Option<Presented>,
}

async fn handle(State(server): State<Arc<Server>>, request: Request) -> Response {
    let synapse = request
        .uri()
        .path()
        .split('/')
        .nth(1)
        .unwrap_or_default()
        .to_string();
    let mut received = Received {
        at: Instant::now(),
        synapse,
        asked: None,
    };
    let Ok(_slot) = server.slots.try_acquire() else {
        let mut busy = json_response(Body::from(
            json!({"message": "Too many requests in work"}).to_string(),
        ));
        *busy.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        return busy;
    };
    let answered = match server.receive(&mut received, request).await {
        Ok(fields) => server.answer(&received, fields).await,
        Err(why) => Err(why),
    };
    answered.unwrap_or_else(|why| {
        let incident = Incident { id: Uuid::new_v4(), now: unix_nanos(), took: received.at.elapsed() };
        tracing::info!(synapse = received.synapse, status = why.status(), incident = %incident.id, "refused: {why}");
        let sign = |message: &[u8]| server.key.sign(message).0;
        // Where the name is unknown the SDK's axon answers in the name of its base synapse.
        let name = if received.asked.is_some() { received.synapse.as_str() } else { PING };
        respond(server.axon.refusal(name, received.asked.as_ref(), &why, incident, sign))
    })
}

fn strings(fields: &[(String, Py)], name: &str) -> Result<Vec<String>, Rejection> {
    let wrong = || Rejection::BadBody(format!("field {name} isn't a list of strings"));
    match fields.iter().find(|(key, _)| key == name) {
        Some((_, Py::List(items))) => {
            let text = |item: &Py| {
                if let Py::Str(text) = item {
                    Some(text.clone())
                } else {
                    None
                }
            };
            items
                .iter()
                .map(text)
                .collect::<Option<_>>()
                .ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(String::from)
}

fn respond(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) = (
            HeaderName::try_from(name.as_ref()),
            HeaderValue::try_from(value),
        ) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn json_response(body: Body) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}

fn unix_nanos() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}
