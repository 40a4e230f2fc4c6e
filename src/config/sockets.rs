//! Where this service itself is a client: its chain nodes and its database, as far as the config names them by address.

use std::net::{IpAddr, SocketAddr};

use super::Config;

const WS_PORT: u16 = 80;
const WSS_PORT: u16 = 443;
const POSTGRES_PORT: u16 = 5432;

impl Config {
    /// Sockets at which no miner serves. A host that is given by name isn't among them: names are looked up by whoever
    /// connects, and may change.
    pub fn sockets(&self) -> Vec<SocketAddr> {
        let endpoints = self.chain.endpoints.iter().map(String::as_str);
        let urls = endpoints.chain([self.database.url.as_str()]);
        urls.filter_map(socket).collect()
    }
}

fn socket(url: &str) -> Option<SocketAddr> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let port = match scheme {
        "ws" => WS_PORT,
        "wss" => WSS_PORT,
        _ => POSTGRES_PORT,
    };
    let bare = || host.trim_matches(['[', ']']).parse::<IpAddr>();
    host.parse()
        .ok()
        .or_else(|| Some((bare().ok()?, port).into()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_named_by_address_is_known() {
        for (url, wanted) in [
            ("ws://1.2.3.4:9944", Some("1.2.3.4:9944")),
            ("wss://1.2.3.4/key", Some("1.2.3.4:443")),
            ("ws://me:p@ss@1.2.3.4?x", Some("1.2.3.4:80")),
            ("ws://[2001:db8::1]:9944/", Some("[2001:db8::1]:9944")),
            ("ws://[2001:db8::1]", Some("[2001:db8::1]:80")),
            ("postgres://u:p@10.0.0.1/db", Some("10.0.0.1:5432")),
            ("wss://lite.chain.opentensor.ai:443", None),
            ("postgres://u@localhost/db?host=/run", None),
            ("", None),
        ] {
            assert_eq!(socket(url), wanted.map(|w| w.parse().unwrap()), "{url}");
        }
    }
}
