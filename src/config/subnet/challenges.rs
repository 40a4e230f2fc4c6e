//! `[subnet.challenges]`: what is asked.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Template;
use crate::config::rule::{Checked, rule};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChallengeConfig {
    /// Folder of passage files, relative to this config file, or `embedded`: the passages in the program.
    pub corpus: PathBuf,
    /// Role → text with `{passage}` and `{question}`; sent in the order `system`, `user`, then any others by name.
    pub messages: BTreeMap<String, Template>,
}

impl ChallengeConfig {
    /// The value of `corpus` that stands for the passages built into the program.
    pub const EMBEDDED: &str = "embedded";

    pub(super) fn check(&self) -> Checked {
        let roles: Vec<&str> = self.messages.keys().map(String::as_str).collect();
        rule(
            self.messages.values().any(Template::asks),
            "messages",
            format!("[{}]", roles.join(", ")),
            "no message holds {question}, so nothing would be asked: write it into one",
        )
    }
}

impl Default for ChallengeConfig {
    fn default() -> Self {
        let system = "Answer from the passage, in one to three full sentences of your own.";
        Self {
            corpus: "corpus".into(),
            messages: BTreeMap::from([
                ("system".into(), Template::plain(system)),
                (
                    "user".into(),
                    Template::plain("Passage:\n")
                        .passage()
                        .text("\n\nQuestion: ")
                        .question(),
                ),
            ]),
        }
    }
}
