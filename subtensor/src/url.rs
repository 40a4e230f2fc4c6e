//! An endpoint's address, which may hold a key and is shown without it.

use std::fmt;

/// The address of a WebSocket RPC node. Providers put API keys into user, path and query: what is shown is scheme,
/// host and port alone.
#[derive(Clone, PartialEq, Eq)]
pub struct EndpointUrl {
    full: String,
    shown: String,
}

impl EndpointUrl {
    /// The whole address, for connecting.
    pub(crate) fn full(&self) -> &str {
        &self.full
    }

    /// Scheme, host and port, fit for logs.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// A library's message with the shown part in place of the whole address.
    pub(crate) fn scrub(&self, message: &str) -> String {
        let scrubbed = message.replace(&self.full, &self.shown);
        match secret_part(&self.full) {
            Some(secret) => scrubbed.replace(secret, "/<redacted>"),
            None => scrubbed,
        }
    }
}

impl From<&str> for EndpointUrl {
    fn from(url: &str) -> Self {
        Self {
            full: url.to_owned(),
            shown: public_part(url),
        }
    }
}

impl From<&String> for EndpointUrl {
    fn from(url: &String) -> Self {
        url.as_str().into()
    }
}

impl fmt::Display for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EndpointUrl({})", self.shown)
    }
}

fn parts(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()))
}

fn public_part(url: &str) -> String {
    let host = parts(url).0.rsplit('@').next().unwrap_or_default();
    match url.split_once("://") {
        Some((scheme, _)) => format!("{scheme}://{host}"),
        None => host.to_owned(),
    }
}

/// Path and query, where they say more than that there are none.
fn secret_part(url: &str) -> Option<&str> {
    Some(parts(url).1).filter(|part| part.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_out_of_sight() {
        for (url, shown) in [
            ("ws://127.0.0.1:9944", "ws://127.0.0.1:9944"),
            ("127.0.0.1:9944", "127.0.0.1:9944"),
            ("wss://node.example/v1/KEY?token=KEY", "wss://node.example"),
            ("wss://me:KEY@node.example:443/", "wss://node.example:443"),
            ("wss://node.example?KEY", "wss://node.example"),
        ] {
            let url = EndpointUrl::from(url);
            assert_eq!(url.to_string(), shown);
            assert!(!format!("{url:?}").contains("KEY"));
            for message in [
                format!("can't reach {}", url.full()),
                format!("404 for {}", parts(url.full()).1),
            ] {
                assert!(!url.scrub(&message).contains("KEY"), "{message}");
            }
        }
    }
}
