//! Where a family of one's own has its data: a file, or what a URL gives.

use std::path::PathBuf;
use std::time::Duration;

use crate::types::{Cause, Caused};

/// Beyond it something other than such data was named.
const MOST_BYTES: usize = 8 << 20;
/// For one URL, all in all.
const PATIENCE: Duration = Duration::from_secs(10);

/// A source that can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("challenges.families.{family}.source = {place}: {reason}. Name {wanted}")]
pub struct SourceError {
    pub family: &'static str,
    pub place: String,
    pub reason: String,
    /// What may stand there.
    pub wanted: &'static str,
    /// It may be there later.
    pub is_away: bool,
}

impl Caused for SourceError {
    fn cause(&self) -> Cause {
        match self.is_away {
            true => Cause::Transient,
            false => Cause::BadData,
        }
    }
}

/// A file or a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    File(PathBuf),
    Url(String),
}

impl Place {
    pub fn of(source: &std::path::Path) -> Self {
        match source.to_str() {
            Some(url) if url.starts_with("http://") || url.starts_with("https://") => {
                Self::Url(url.to_owned())
            }
            _ => Self::File(source.to_owned()),
        }
    }

    /// What is there now; the error is why nothing is.
    pub async fn read(&self) -> Result<String, String> {
        match self {
            Self::File(path) => {
                let length = std::fs::metadata(path).map_err(|e| e.to_string())?.len();
                if length > MOST_BYTES as u64 {
                    return Err(format!("longer than {MOST_BYTES} bytes"));
                }
                std::fs::read_to_string(path).map_err(|e| e.to_string())
            }
            Self::Url(url) => fetch(url).await,
        }
    }

    /// For messages. A URL may carry a key behind its question mark.
    pub fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Url(url) => url.split('?').next().unwrap_or_default().to_owned(),
        }
    }
}

/// The operator's own URL: private addresses are allowed, redirects are not followed.
async fn fetch(url: &str) -> Result<String, String> {
    // The error of the client names the URL, which may hold a key.
    let told = |e: reqwest::Error| e.without_url().to_string();
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(told)?;
    let mut response = client.get(url).send().await.map_err(told)?;
    if !response.status().is_success() {
        return Err(format!("it answers {}", response.status()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(told)? {
        body.extend_from_slice(&chunk);
        if body.len() > MOST_BYTES {
            return Err(format!("longer than {MOST_BYTES} bytes"));
        }
    }
    String::from_utf8(body).map_err(|_| "no UTF-8 text".into())
}
