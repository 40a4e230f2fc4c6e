//! Body hashes against those that the Python SDK computed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use proptest::prelude::*;
use wire::{Py, body_hash::body_hash};

/// The recorded value, with what JSON can't say: Python's tuples and infinities.
fn python_value(label: &str, json: &str) -> Py {
    match (label, json) {
        (_, "Infinity") => Py::Float(f64::INFINITY),
        ("tuple" | "tuple1", _) => match Py::from_json(json).unwrap() {
            Py::List(items) => Py::Tuple(items),
            other => panic!("{other:?}"),
        },
        _ => Py::from_json(json).unwrap(),
    }
}

#[test]
fn every_recorded_field_prints_and_hashes_as_in_python() {
    let vectors = common::json("body_hash_vectors.json");
    let cases = vectors["single_field"].as_array().unwrap();
    assert!(cases.len() >= 36);
    for case in cases {
        let label = case["label"].as_str().unwrap();
        let value = python_value(label, case["json_value"].as_str().unwrap());
        assert_eq!(
            value.to_string(),
            case["python_str"].as_str().unwrap(),
            "{label}"
        );
        assert_eq!(
            body_hash([&value]),
            case["body_hash"].as_str().unwrap(),
            "{label}"
        );
        if let Ok(json) = serde_json::from_str(case["json_value"].as_str().unwrap())
            && !matches!(label, "tuple" | "tuple1" | "int big")
        {
            assert_eq!(Py::from(&json), value, "{label}: a client's value");
        }
    }
}

#[test]
fn several_fields_hash_in_the_declared_order() {
    let vectors = common::json("body_hash_vectors.json");
    assert_eq!(
        body_hash([]),
        vectors["empty_required_hash_fields_body_hash"]
            .as_str()
            .unwrap()
    );
    let ordered = |case: &serde_json::Value, names: &[&str]| {
        let fields: Vec<Py> = names
            .iter()
            .map(|name| Py::from(&case["fields"][name]))
            .collect();
        body_hash(&fields)
    };
    let case = &vectors["multi_field_order"];
    assert_eq!(
        ordered(case, &["c", "a", "b"]),
        case["body_hash"].as_str().unwrap()
    );
    assert_ne!(
        ordered(case, &["a", "b", "c"]),
        case["body_hash"].as_str().unwrap()
    );
    // When a class declares required_hash_fields as a field of its own (before v7), the class's order counts.
    let case = &vectors["legacy_field_form"];
    assert_eq!(
        ordered(case, &["a", "b"]),
        case["body_hash"].as_str().unwrap()
    );
}

#[test]
fn the_worked_examples_come_out() {
    for case in common::json("worked_examples.json")
        .as_array()
        .unwrap()
        .iter()
        .take(3)
    {
        let name = case["case"].as_str().unwrap();
        let request = common::Captured::read(&format!("{name}.request.http"));
        let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
        let names = case["required_hash_fields"].as_array().unwrap().iter();
        let fields: Vec<Py> = names
            .map(|name| Py::from(&body[name.as_str().unwrap()]))
            .collect();
        let texts: Vec<String> = fields.iter().map(Py::to_string).collect();
        assert_eq!(
            serde_json::json!(texts),
            case["python_str_of_each_field"],
            "{name}"
        );
        assert_eq!(
            body_hash(&fields),
            case["body_hash"].as_str().unwrap(),
            "{name}"
        );
    }
}

#[test]
fn json_that_no_synapse_needs_is_refused() {
    for bad in [
        "",
        "hello",
        "{",
        "[1,]",
        "\"\\ud83d\"",
        "01",
        "{\"a\"}",
        "1 2",
    ] {
        assert!(Py::from_json(bad).is_err(), "{bad:?}");
    }
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert!(
        Py::from_json(&deep)
            .unwrap_err()
            .to_string()
            .contains("deeper")
    );
    assert_eq!(
        Py::from_json(r#"{"a":1,"b":2,"a":3}"#).unwrap().to_string(),
        "{'a': 3, 'b': 2}"
    );
    assert_eq!(
        Py::from_json("[-0, -0.0, 1e999]").unwrap().to_string(),
        "[0, -0.0, inf]"
    );
}

proptest! {
    #[test]
    fn any_text_reads_or_fails_cleanly(text in ".{0,200}") {
        if let Ok(value) = Py::from_json(&text) {
            let _ = value.to_string();
        }
    }

    #[test]
    fn what_a_client_hashes_is_what_the_axon_reads_back(words: Vec<String>, x: f64, n: i64) {
        let json = serde_json::json!({"words": words, "x": x, "n": n});
        let read = Py::from_json(&json.to_string()).unwrap();
        prop_assert_eq!(body_hash([&Py::from(&json)]), body_hash([&read]));
    }
}
