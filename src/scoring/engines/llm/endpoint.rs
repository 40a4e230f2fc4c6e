//! One chat completion: a request, its repeats while the endpoint is busy, and a reply of bounded size.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, Url, redirect};
use serde_json::json;

use super::reply::Completion;
use crate::config::LlmConfig;
use crate::host;
use crate::scoring::{Fault, LoadError};

/// A grade is a few bytes; this leaves room for what endpoints put around it.
const MAX_REPLY: usize = 256 * 1024;
/// A key is a line.
const MAX_KEY: usize = 4 * 1024;
/// How often one request is sent before the endpoint counts as away.
const ATTEMPTS: u32 = 6;
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub(super) struct Endpoint {
    client: Client,
    url: Url,
    model: String,
    temperature: f64,
    max_reply_tokens: u32,
}

/// What one attempt came to.
enum Attempt {
    Done(Completion),
    /// The endpoint is well, but takes no such text.
    Refused,
    /// Busy or away, and for how long, if it says so.
    Again(String, Option<Duration>),
}

impl Endpoint {
    pub fn new(name: &str, config: &LlmConfig) -> Result<Self, LoadError> {
        let unusable = |reason: String| LoadError::Llm {
            name: name.to_owned(),
            reason,
        };
        // TLS needs one provider for the process; a second install of the same is no error.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut headers = HeaderMap::new();
        if let Some(key) = key(config).map_err(unusable)? {
            headers.insert(AUTHORIZATION, key);
        }
        // The operator's own endpoint: it may be private, but it may not send us elsewhere, and no proxy of the
        // environment gets the key.
        let client = Client::builder()
            .default_headers(headers)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(config.timeout_s.0)
            .build()
            .map_err(|e| unusable(format!("no HTTP client: {e}")))?;
        let url = format!("{}/chat/completions", config.url.trim_end_matches('/'));
        let url = url
            .parse()
            .map_err(|e| unusable(format!("input.url is no address: {e}")))?;
        Ok(Self {
            client,
            url,
            model: config.model.clone(),
            temperature: config.temperature,
            max_reply_tokens: config.max_reply_tokens,
        })
    }

    /// The reply; none if the endpoint is well but won't take this text.
    pub async fn complete(&self, system: &str, user: &str) -> Result<Option<Completion>, Fault> {
        let body = json!({
            "model": self.model,
            "temperature": self.temperature,
            "max_tokens": self.max_reply_tokens,
            "stream": false,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
        });
        let body = body.to_string();
        let mut pause = FIRST_PAUSE;
        let mut last = String::new();
        for attempt in 1..=ATTEMPTS {
            let wait = match self.attempt(body.clone()).await? {
                Attempt::Done(completion) => return Ok(Some(completion)),
                Attempt::Refused => return Ok(None),
                Attempt::Again(why, wait) => {
                    last = why;
                    wait.unwrap_or_else(|| pause.mul_f64(rand::random_range(0.5..1.5)))
                }
            };
            if attempt < ATTEMPTS {
                tokio::time::sleep(wait.min(LONGEST_PAUSE)).await;
                pause *= 2;
            }
        }
        Err(Fault::Endpoint(format!(
            "{last}, {ATTEMPTS} times in a row"
        )))
    }

    async fn attempt(&self, body: String) -> Result<Attempt, Fault> {
        let request = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json");
        let response = match request.body(body).send().await {
            Ok(response) => response,
            Err(error) => return Ok(Attempt::Again(plain(error), None)),
        };
        let status = response.status();
        match status {
            StatusCode::OK => {}
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
                return Ok(Attempt::Again(
                    format!("status {status}"),
                    retry_after(&response),
                ));
            }
            status if status.is_server_error() => {
                return Ok(Attempt::Again(
                    format!("status {status}"),
                    retry_after(&response),
                ));
            }
            // A text too long, or one that a filter stops.
            StatusCode::BAD_REQUEST
            | StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::UNPROCESSABLE_ENTITY => return Ok(Attempt::Refused),
            status => return Err(Fault::Endpoint(format!("status {status}"))),
        }
        match bounded(response).await {
            Ok(Some(bytes)) => match serde_json::from_slice(&bytes) {
                Ok(completion) => Ok(Attempt::Done(completion)),
                Err(_) => Err(Fault::Endpoint("its reply is no chat completion".into())),
            },
            Ok(None) => Err(Fault::Endpoint(format!(
                "its reply is longer than {MAX_REPLY} bytes"
            ))),
            Err(error) => Ok(Attempt::Again(plain(error), None)),
        }
    }
}

/// None: more than a reply may have.
async fn bounded(mut response: Response) -> Result<Option<Vec<u8>>, reqwest::Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > MAX_REPLY {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

/// Its form in seconds; dates are not waited for.
fn retry_after(response: &Response) -> Option<Duration> {
    let value = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    Some(Duration::from_secs(value.trim().parse().ok()?))
}

/// What went wrong, to its first cause, without the address.
fn plain(error: reqwest::Error) -> String {
    let kind = match () {
        () if error.is_timeout() => "no reply in time",
        () if error.is_connect() => "no connection",
        () => "the connection broke",
    };
    let error = error.without_url();
    let mut source = std::error::Error::source(&error);
    let mut deepest = String::new();
    while let Some(cause) = source {
        deepest = format!(": {cause}");
        source = cause.source();
    }
    format!("{kind}{deepest}")
}

/// As a header that is not shown; the error names the file and never what it holds.
fn key(config: &LlmConfig) -> Result<Option<HeaderValue>, String> {
    if config.api_key_file.as_os_str().is_empty() {
        return Ok(None);
    }
    let path = host::expand(&config.api_key_file).map_err(|e| e.to_string())?;
    let named = |what: &str| format!("input.api_key_file = {}: {what}", path.display());
    let text = std::fs::read_to_string(&path).map_err(|e| named(&e.to_string()))?;
    let key = text.trim();
    if key.is_empty() || key.len() > MAX_KEY {
        return Err(named("must hold the key and nothing else"));
    }
    let header = HeaderValue::try_from(format!("Bearer {key}"));
    let mut header =
        header.map_err(|_| named("holds what no key has: line breaks or letters beyond ASCII"))?;
    header.set_sensitive(true);
    Ok(Some(header))
}
