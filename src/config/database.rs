//! `[database]`: the Postgres that everything is kept in.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Seconds;
use super::rule::{Checked, at_least, between};

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `postgres://…` of a server that you run (`DATABASE_URL` fills an empty value). Empty: a private server is started.
    #[serde(serialize_with = "without_password")]
    pub url: String,
    /// Where the private server's programs lie. Empty: PATH, then /usr/lib/postgresql, then `.deps/`.
    pub bin_dir: PathBuf,
    /// Where the private server keeps its data. Empty: /var/lib/weighmaster (root) or ~/.local/share/weighmaster.
    pub data_dir: PathBuf,
    pub max_connections: u32,
    /// How long a statement may take. A database that is silent for longer counts as away.
    pub deadline_s: Seconds,
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self {
            url: String::new(),
            bin_dir: PathBuf::new(),
            data_dir: PathBuf::new(),
            max_connections: 8,
            deadline_s: Seconds::from_millis(30_000),
        }
    }
}

impl DatabaseConfig {
    pub(super) fn check(&self) -> Checked {
        at_least("max_connections", self.max_connections, 3)?;
        between("deadline_s", self.deadline_s.0.as_secs_f64(), 1.0, 3600.0)
    }
}

impl std::fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DatabaseConfig")
            .field("url", &redact(&self.url))
            .field("bin_dir", &self.bin_dir)
            .field("data_dir", &self.data_dir)
            .field("max_connections", &self.max_connections)
            .field("deadline_s", &self.deadline_s)
            .finish()
    }
}

fn without_password<S: serde::Serializer>(url: &str, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(&redact(url))
}

/// `postgres://user:password@host/db` → `postgres://user:<redacted>@host/db`, the same for `?password=`; any other
/// text stays.
pub(super) fn redact(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let login = rest.rsplit_once('@').and_then(|(login, place)| {
        let (user, _) = login.split_once(':')?;
        Some(format!("{scheme}://{user}:<redacted>@{place}"))
    });
    let url = login.unwrap_or_else(|| text.to_owned());
    match url.split_once("password=") {
        Some((before, after)) => {
            let rest = after.find('&').map_or("", |end| &after[end..]);
            format!("{before}password=<redacted>{rest}")
        }
        None => url,
    }
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn passwords_are_redacted_wherever_a_url_may_hold_them() {
        for (url, shown) in [
            ("postgres://me:a@b@h/d", "postgres://me:<redacted>@h/d"),
            ("postgres://me@h/d", "postgres://me@h/d"),
            (
                "postgres://h/d?password=x&user=me",
                "postgres://h/d?password=<redacted>&user=me",
            ),
            (
                "postgres://h/d?password=x",
                "postgres://h/d?password=<redacted>",
            ),
            ("no url: a@b", "no url: a@b"),
        ] {
            assert_eq!(redact(url), shown);
        }
    }
}
