//! `database.url`, read: what is wrong with it is told before anything is asked of a server.

use std::path::Path;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

use super::StoreError;

/// Files that a URL may name.
const FILES: [&str; 6] = [
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
];

pub fn named(url: &str) -> Result<PgConnectOptions, StoreError> {
    let options = PgConnectOptions::from_str(url).map_err(|e| {
        let said = e.to_string();
        StoreError::BadUrl(match said.contains("ssl_mode") {
            true => format!(
                "{said}: sslmode is disable, allow, prefer, require, verify-ca or verify-full"
            ),
            false => said,
        })
    })?;
    for (key, file) in parameters(url).filter(|(key, _)| FILES.contains(key)) {
        // What is percent-encoded is left to the driver.
        if !file.contains('%')
            && let Err(e) = std::fs::File::open(Path::new(file))
        {
            return Err(StoreError::BadUrl(format!("{key}={file}: {e}")));
        }
    }
    Ok(options)
}

fn parameters(url: &str) -> impl Iterator<Item = (&str, &str)> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(|pair| pair.split_once('='))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::types::Caused;

    #[test]
    fn a_url_names_what_is_wrong_with_it() {
        for (url, part) in [
            ("nonsense", "It looks like postgres://user@host/database"),
            (
                "postgres://h/d?sslmode=on",
                "sslmode is disable, allow, prefer, require, verify-ca or verify-full",
            ),
            (
                "postgres://h/d?sslmode=verify-full&sslrootcert=/nonexistent/ca.pem",
                "sslrootcert=/nonexistent/ca.pem: No such file",
            ),
        ] {
            let refused = named(url).unwrap_err();
            assert!(refused.to_string().contains(part), "{refused}");
            assert!(refused.to_string().contains("database.url"), "{refused}");
            assert_eq!(refused.cause().exit_code(), 78);
        }
        let here = file!();
        let there = named(&format!(
            "postgres://h/d?sslmode=verify-full&sslrootcert={here}"
        ));
        assert_eq!(there.unwrap().get_host(), "h");
    }
}
