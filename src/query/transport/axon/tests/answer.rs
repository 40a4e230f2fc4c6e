//! What is read of a body, however it is written.
#![allow(clippy::unwrap_used)]
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn read(path: &str, body: &str) -> Result<String, Reason> {
    let path = AnswerPath::new(path);
    path.read(body.as_bytes()).map(|c| c.0)
}

#[test]
fn the_path_leads_into_objects() {
    let body = r#" {"text":"no","result":{"a":[{"text":"no"}],"text":"yes"},"z":null} "#;
    assert_eq!(read("result.text", body), Ok("yes".into()));
    assert_eq!(read("text", body), Ok("no".into()));
    for elsewhere in [
        "result",
        "result.a",
        "result.a.text",
        "result.text.x",
        "z",
        "y",
    ] {
        assert_eq!(
            read(elsewhere, body),
            Err(Reason::MalformedMissingField),
            "{elsewhere}"
        );
    }
}

#[test]
fn of_a_repeated_field_the_last_counts() {
    assert_eq!(read("a", r#"{"a":"x","a":"y"}"#), Ok("y".into()));
    assert_eq!(
        read("a", r#"{"a":"x","a":1}"#),
        Err(Reason::MalformedMissingField)
    );
}

#[test]
fn depth_beside_the_answer_is_skipped() {
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    let body = format!(r#"{{"x":{deep},"a":"here"}}"#);
    assert_eq!(read("a", &body), Ok("here".into()));
}

#[test]
fn surrogates_must_pair() {
    assert_eq!(read("a", r#"{"a":"\ud83d\ude00"}"#), Ok("😀".into()));
    for lone in [
        r#"{"a":"\ud83d"}"#,
        r#"{"a":"\ude00"}"#,
        r#"{"a":"x\ud83dy"}"#,
        r#"{"a":"\ude00\ud83d"}"#,
        r#"{"a":"x","b":"\ud83d"}"#,
        r#"{"b":["\ude00"],"a":"x"}"#,
        r#"{"\ud83d":1,"a":"x"}"#,
    ] {
        assert_eq!(read("a", lone), Err(Reason::MalformedNotJson), "{lone}");
    }
}

#[test]
fn what_is_no_json_beside_the_answer_is_refused() {
    for value in [
        "NaN",
        "Infinity",
        "-Infinity",
        "nan",
        "01",
        "+1",
        ".5",
        "'x'",
        "\"\u{1}\"",
        "[1,]",
    ] {
        for body in [
            format!(r#"{{"a":"x","b":{value}}}"#),
            format!(r#"{{"b":{{"c":[{value}]}},"a":"x"}}"#),
        ] {
            assert_eq!(read("a", &body), Err(Reason::MalformedNotJson), "{body}");
        }
    }
    assert_eq!(read("a", r#"{"a":"x","b":-1.5e300}"#), Ok("x".into()));
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(|x| json!(x)),
        any::<u64>().prop_map(Value::from),
        "[a-z\\\\\"\u{0}é]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[ab]", inner, 0..3).prop_map(Value::from_iter),
        ]
    })
}

proptest! {
    /// Reading without building the value finds what building it would.
    #[test]
    fn agrees_with_the_whole_value(value in anything(), path in "[ab](\\.[ab]){0,2}") {
        let mut at = &value;
        for key in path.split('.') {
            at = &at[key];
        }
        let wanted = match (&value, at) {
            (Value::Object(_), Value::String(text)) => Ok(text.replace('\0', "\u{fffd}")),
            (Value::Object(_), _) => Err(Reason::MalformedMissingField),
            _ => Err(Reason::MalformedNotJson),
        };
        prop_assert_eq!(read(&path, &value.to_string()), wanted);
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = AnswerPath::new("a").read(&bytes);
        let _ = AnswerPath::new("a").read(&[b"{\"a\":".as_slice(), &bytes].concat());
    }
}
