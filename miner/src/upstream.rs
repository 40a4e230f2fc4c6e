//! Answers from a model that somebody else serves: any endpoint that speaks OpenAI's chat completions.

use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use serde_json::{Value, json};
use std::time::Duration;

/// Most bytes of a reply.
const MAX_REPLY: usize = 1024 * 1024;
/// Of a refusal so much is told.
const BEGINNING: usize = 200;

/// Where the model is, and how it is asked.
#[derive(Clone, Debug)]
pub struct Upstream {
    client: Client,
    url: Url,
    model: String,
    key: Option<String>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// Not there, too slow, or it broke off.
    #[error("{0}")]
    Unreachable(#[from] reqwest::Error),
    /// It refused.
    #[error("status {status}: {body}")]
    Refused {
        /// Of HTTP.
        status: u16,
        /// The beginning of its reply.
        body: String,
    },
    /// Too long, or no text at `choices[0].message.content`.
    #[error("no text in its reply: {0}")]
    Unreadable(String),
}

impl Upstream {
    /// `url` is a base address as `http://127.0.0.1:8000/v1`, `model` the model's name there, `key` a bearer token where one
    /// is needed; `timeout` is for the whole of one answer.
    ///
    /// # Errors
    /// If this machine can't speak TLS.
    pub fn new(
        url: &Url,
        model: String,
        key: Option<String>,
        timeout: Duration,
    ) -> Result<Self, UpstreamError> {
        // One for the process; that there is one already is no error.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // The operator's own server: asked directly, and nowhere else.
        let client = Client::builder()
            .timeout(timeout)
            .redirect(Policy::none())
            .no_proxy()
            .build()?;
        let mut url = url.clone();
        url.set_path(&format!(
            "{}/chat/completions",
            url.path().trim_end_matches('/')
        ));
        Ok(Self {
            client,
            url,
            model,
            key,
        })
    }

    /// The model's answer to a conversation.
    ///
    /// # Errors
    /// If none comes in time.
    pub async fn answer(
        &self,
        roles: &[String],
        messages: &[String],
    ) -> Result<String, UpstreamError> {
        let spoken = roles.iter().zip(messages);
        let spoken: Vec<Value> = spoken
            .map(|(role, content)| json!({"role": role, "content": content}))
            .collect();
        let body = json!({"model": self.model, "messages": spoken, "stream": false});
        let mut request = self.client.post(self.url.clone()).json(&body);
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        let reply = request.send().await?;
        let status = reply.status();
        let text = read(reply).await?;
        let beginning = || text.chars().take(BEGINNING).collect::<String>();
        if !status.is_success() {
            return Err(UpstreamError::Refused {
                status: status.as_u16(),
                body: beginning(),
            });
        }
        let reply: Value =
            serde_json::from_str(&text).map_err(|_| UpstreamError::Unreadable(beginning()))?;
        let content = reply["choices"][0]["message"]["content"].as_str();
        content
            .map(|text| text.trim().to_owned())
            .ok_or_else(|| UpstreamError::Unreadable(beginning()))
    }
}

async fn read(mut reply: Response) -> Result<String, UpstreamError> {
    let mut body = Vec::new();
    while let Some(chunk) = reply.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_REPLY {
            return Err(UpstreamError::Unreadable(format!(
                "longer than {MAX_REPLY} bytes"
            )));
        }
    }
    Ok(String::from_utf8_lossy(&body).into_owned())
}
