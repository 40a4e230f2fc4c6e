#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::*;

fn field(name: &str, from: FieldSource, value: Option<Value>) -> SynapseField {
    SynapseField {
        name: name.into(),
        from,
        value,
    }
}

fn prompt() -> Prompt {
    let message = |role: &str, content: &str| Message {
        role: role.into(),
        content: content.into(),
    };
    Prompt {
        messages: vec![message("system", "s"), message("user", "u")],
        question: "q".into(),
    }
}

#[test]
fn every_source_fills_its_field() {
    let config = SynapseConfig {
        name: "X".into(),
        fields: vec![
            field("r", FieldSource::Roles, None),
            field("m", FieldSource::Messages, None),
            field("p", FieldSource::Prompt, None),
            field("c", FieldSource::Constant, Some(json!({"n": [1, null]}))),
        ],
        hashed: vec!["p".into()],
        answer: "a.b".into(),
    };
    let synapse = Synapse::new(&config);
    let filled = Value::Object(synapse.fill(&prompt()));
    assert_eq!(
        filled,
        json!({"r": ["system", "user"], "m": ["s", "u"], "p": "u", "c": {"n": [1, null]}})
    );
    assert_eq!(
        synapse.read(br#"{"a":{"b":"x"}}"#),
        Ok(Completion("x".into()))
    );
}
