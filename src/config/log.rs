//! `[log]`: what is logged, and in which form.

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

use super::BadKey;
use super::rule::{Checked, rule};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// A tracing filter: `info`, `weighmaster=debug,warn`, … (`RUST_LOG` wins).
    pub level: String,
    pub format: LogFormat,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self {
            level: "info".into(),
            format: LogFormat::Text,
        }
    }
}

impl LogConfig {
    /// The filter that `level` describes; it is one in every config that was loaded.
    pub fn filter(&self) -> Result<EnvFilter, BadKey> {
        EnvFilter::try_new(&self.level).map_err(|e| {
            let remedy = format!("{e}. Try `info` or `weighmaster=debug,warn`");
            BadKey::new("level", &self.level, remedy)
        })
    }

    pub(super) fn check(&self) -> Checked {
        rule(
            !self.level.trim().is_empty(),
            "level",
            &self.level,
            "an empty filter leaves only errors: say `error`, `off`, or what is wanted",
        )?;
        self.filter().map(drop)
    }
}
