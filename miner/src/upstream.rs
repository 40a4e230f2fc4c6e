//! Answers from a model that somebody else serves: any endpoint that speaks OpenAI's chat completions.

use axum::body::Body;
use axum::http::{HeaderValue, Request, Uri, header};
use http_body_util::{BodyExt, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;

/// Most bytes of a reply.
const MAX_REPLY: usize = 1024 * 1024;
const PATH: &str = "/chat/completions";

/// Where the model is, and how it is asked.
#[derive(Clone, Debug)]
pub struct Upstream {
    /// `http://HOST:PORT/v1`; what is asked for lies below.
    pub url: Uri,
    /// The model's name there.
    pub model: String,
    /// A bearer token, where one is needed.
    pub key: Option<String>,
    /// For the whole of one answer.
    pub timeout: Duration,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// Not there, or it broke off.
    #[error("{url}: {why}")]
    Unreachable {
        /// As configured.
        url: Uri,
        /// What happened.
        why: String,
    },
    /// It refused.
    #[error("status {status}: {body}")]
    Refused {
        /// Of HTTP.
        status: u16,
        /// The beginning of its reply.
        body: String,
    },
    /// No text at `choices[0].message.content`.
    #[error("no text in its reply: {0}")]
    Unreadable(String),
}

impl Upstream {
    /// The model's answer to a conversation.
    ///
    /// # Errors
    /// If none comes in time.
    pub async fn answer(&self, roles: &[String], messages: &[String]) -> Result<String, UpstreamError> {
        let asked = tokio::time::timeout(self.timeout, self.ask(roles, messages));
        asked.await.unwrap_or_else(|_| Err(self.unreachable(format!("no answer within {:?}", self.timeout))))
    }

    async fn ask(&self, roles: &[String], messages: &[String]) -> Result<String, UpstreamError> {
        let unreachable = |e: &dyn std::fmt::Display| self.unreachable(e.to_string());
        let (host, port) = (self.url.host().unwrap_or_default(), self.url.port_u16().unwrap_or(80));
        let line = TcpStream::connect((host.trim_matches(['[', ']']), port)).await.map_err(|e| unreachable(&e))?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(line)).await.map_err(|e| unreachable(&e))?;
        let request = self.request(roles, messages).map_err(|e| unreachable(&e))?;
        let replied = async {
            let reply = sender.send_request(request).await.map_err(|e| unreachable(&e))?;
            let status = reply.status();
            let body = Limited::new(reply.into_body(), MAX_REPLY).collect().await.map_err(|e| unreachable(&e))?;
            Ok((status, body.to_bytes()))
        };
        // The connection carries this one request, and is driven no longer than that.
        tokio::pin!(replied, connection);
        let (status, body) = tokio::select! {
            replied = &mut replied => replied?,
            ended = &mut connection => {
                ended.map_err(|e| unreachable(&e))?;
                replied.await?
            }
        };
        let text = || String::from_utf8_lossy(&body).chars().take(200).collect::<String>();
        if !status.is_success() {
            return Err(UpstreamError::Refused { status: status.as_u16(), body: text() });
        }
        let reply: Value = serde_json::from_slice(&body).map_err(|_| UpstreamError::Unreadable(text()))?;
        let content = reply["choices"][0]["message"]["content"].as_str();
        content.map(|text| text.trim().to_owned()).ok_or_else(|| UpstreamError::Unreadable(text()))
    }

    fn request(&self, roles: &[String], messages: &[String]) -> Result<Request<Body>, axum::http::Error> {
        let spoken = roles.iter().zip(messages);
        let spoken: Vec<Value> = spoken.map(|(role, content)| json!({"role": role, "content": content})).collect();
        let body = json!({"model": self.model, "messages": spoken, "stream": false});
        let path = format!("{}{PATH}", self.url.path().trim_end_matches('/'));
        let authority = self.url.authority().map_or("", |authority| authority.as_str());
        let mut request = Request::post(path)
            .header(header::HOST, authority)
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = &self.key {
            let mut value = HeaderValue::try_from(format!("Bearer {key}"))?;
            value.set_sensitive(true);
            request = request.header(header::AUTHORIZATION, value);
        }
        request.body(Body::from(body.to_string()))
    }

    fn unreachable(&self, why: String) -> UpstreamError {
        UpstreamError::Unreachable { url: self.url.clone(), why }
    }
}
