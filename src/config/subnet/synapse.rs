//! `[subnet.synapse]`: the axon protocol's message, as the subnet's miners define it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use wire::axon::is_identifier;

use crate::config::rule::{Checked, rule, within};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SynapseConfig {
    /// The synapse's class name: the path of the POST.
    pub name: String,
    /// The request's fields, in the order in which the synapse declares them.
    pub fields: Vec<SynapseField>,
    /// Fields covered by the body hash, in this order (`required_hash_fields`).
    pub hashed: Vec<String>,
    /// The response field that holds the text; dots lead into objects (`result.text`).
    pub answer: String,
}

impl Default for SynapseConfig {
    fn default() -> Self {
        let field = |name: &str, from| SynapseField {
            name: name.into(),
            from,
            value: None,
        };
        Self {
            name: "Prompting".into(),
            fields: vec![
                field("roles", FieldSource::Roles),
                field("messages", FieldSource::Messages),
            ],
            hashed: vec!["roles".into(), "messages".into()],
            answer: "completion".into(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SynapseField {
    pub name: String,
    /// What fills it.
    pub from: FieldSource,
    /// The value for `from = "constant"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldSource {
    /// `["system", "user"]`: the role of every message.
    Roles,
    /// The text of every message.
    Messages,
    /// The last message's text alone.
    Prompt,
    /// `value` as it stands.
    Constant,
}

const IDENTIFIER: &str = "a Python name: letters, digits and underscores, no digit first";

impl SynapseConfig {
    pub(super) fn check(&self) -> Checked {
        rule(is_identifier(&self.name), "name", &self.name, IDENTIFIER)?;
        let mut names = BTreeSet::new();
        for field in &self.fields {
            let once = rule(
                names.insert(&field.name),
                "name",
                &field.name,
                "name each field once",
            );
            within(
                &format!("fields[{}]", field.name),
                once.and_then(|()| field.check()),
            )?;
        }
        for name in &self.hashed {
            rule(
                names.contains(name),
                "hashed",
                name,
                "a hashed field must be one of synapse.fields",
            )?;
        }
        rule(
            self.answer.split('.').all(|key| !key.is_empty()),
            "answer",
            &self.answer,
            "name the response field of the text; dots lead into objects",
        )
    }
}

impl SynapseField {
    fn check(&self) -> Checked {
        rule(is_identifier(&self.name), "name", &self.name, IDENTIFIER)?;
        let value = self.value.as_ref().map(ToString::to_string);
        rule(
            (self.from == FieldSource::Constant) == value.is_some(),
            "value",
            value.as_deref().unwrap_or("(not set)"),
            "`value` goes with from = \"constant\", and only with it",
        )
    }
}
