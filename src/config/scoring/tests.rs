//! What a scoring file may hold.
#![allow(clippy::unwrap_used)]

use super::*;

const GOOD: &str = r#"
alpha = 0.1

[[model]]
name = "relevance"
weight = 0.75
input = { kind = "cosine_to_reference", manifest = "relevance" }
normaliser = { kind = "linear", low = 0.2, high = 0.9 }

[[model]]
name = "words"
weight = 0.25
input = { kind = "rouge_l" }
normaliser = { kind = "running_normal", memory = 3000 }

[[mask]]
name = "echo"
rule = { kind = "echo", min_overlap = 0.9 }

[[mask]]
name = "copy"
rule = { kind = "copy", min_evidence = 2.75, pair_evidence = 8, memory = 50, margin_ms = 100, factor = 0.1 }
"#;

fn error(from: &str, to: &str) -> String {
    let text = GOOD.replacen(from, to, 1);
    assert_ne!(text, GOOD, "{from} is not in the file");
    ScoringConfig::parse(&text, "scoring.toml")
        .unwrap_err()
        .to_string()
}

#[test]
fn the_good_one_is_accepted_and_survives_a_round_trip() {
    let config = ScoringConfig::parse(GOOD, "scoring.toml").unwrap();
    assert_eq!(config.models.len(), 2);
    let text = toml::to_string(&config).unwrap();
    assert_eq!(ScoringConfig::parse(&text, "again").unwrap(), config);
}

#[test]
fn each_broken_rule_names_its_key_and_value() {
    for (from, to, key) in [
        ("alpha = 0.1", "alpha = 0", "alpha = 0"),
        ("alpha = 0.1", "alpha = nan", "alpha = NaN"),
        ("weight = 0.75", "weight = 0.5", "model.weight = sum 0.75"),
        (
            "weight = 0.75",
            "weight = -0.75",
            "model[relevance].weight = -0.75",
        ),
        (
            "weight = 0.75",
            "weight = nan",
            "model[relevance].weight = NaN",
        ),
        ("name = \"words\"", "name = \"relevance\"", "each name once"),
        ("name = \"words\"", "name = \"a b\"", "model.name = a b"),
        (
            "manifest = \"relevance\"",
            "manifest = \"../x\"",
            "model[relevance].input.manifest = ../x",
        ),
        (
            "low = 0.2",
            "low = 0.9",
            "model[relevance].normaliser.low = 0.9",
        ),
        ("high = 0.9", "high = inf", "normaliser.high = inf"),
        (
            "memory = 3000",
            "memory = 1",
            "model[words].normaliser.memory = 1",
        ),
        ("name = \"copy\"", "name = \"echo\"", "mask.name = echo"),
        (
            "min_overlap = 0.9",
            "min_overlap = 0.0",
            "mask[echo].rule.min_overlap = 0",
        ),
        (
            "min_evidence = 2.75",
            "min_evidence = 0.5",
            "mask[copy].rule.min_evidence = 0.5",
        ),
        ("memory = 50", "memory = 1", "mask[copy].rule.memory = 1"),
        (
            "factor = 0.1",
            "factor = nan",
            "mask[copy].rule.factor = NaN",
        ),
    ] {
        let text = error(from, to);
        assert!(
            text.contains(key) && text.contains("scoring.toml"),
            "{key}: {text}"
        );
    }
}

#[test]
fn unknown_keys_are_refused_at_every_level() {
    for (from, to) in [
        ("alpha = 0.1", "alpha = 0.1\nalhpa = 0.1"),
        ("weight = 0.75", "weight = 0.75\nwieght = 1"),
        ("kind = \"rouge_l\"", "kind = \"rouge_l\", typo = 1"),
        (
            "kind = \"cosine_to_reference\"",
            "kind = \"cosine_to_reference\", typo = 1",
        ),
        ("low = 0.2", "low = 0.2, typo = 1"),
        ("memory = 3000", "memory = 3000, typo = 1"),
        ("min_overlap = 0.9", "min_overlap = 0.9, typo = 1"),
        ("factor = 0.1", "factor = 0.1, typo = 1"),
        ("name = \"echo\"", "name = \"echo\"\ntypo = 1"),
    ] {
        let text = error(from, to);
        assert!(text.contains("there is no such key"), "{to}: {text}");
    }
    assert!(error("\"rouge_l\"", "\"rouge_x\"").contains("rouge_x"));
}

#[test]
fn a_file_without_models_is_refused() {
    let error = ScoringConfig::parse("alpha = 0.1\nmodel = []", "x.toml").unwrap_err();
    assert!(error.to_string().contains("[[model]]"), "{error}");
}

/// One of each kind that the good one lacks.
const ALL: &str = r#"
alpha = 0.1
style_share = 0.2
correctness = "lowest"
sure_floor = 0.4

[[model]]
name = "value"
role = "correctness"
weight = 0.5
input = { kind = "value", near = 0.05, year_only = 0.5, no_year = 0.25 }
normaliser = { kind = "linear", low = 0, high = 1 }

[[model]]
name = "agreement"
role = "correctness"
weight = 0.5
input = { kind = "agreement", manifest = "agreement", omits = 0.3 }
normaliser = { kind = "linear", low = 0, high = 1 }

[[model]]
name = "extraction"
weight = 0.5
input = { kind = "extraction", short = 10, free = 0.6, lazy = 0.7, part = 0.3, most = 0.8 }
normaliser = { kind = "linear", low = 0, high = 1 }

[[model]]
name = "length"
weight = 0.5
input = { kind = "length", expected = 30, fair = 2.0, far = 9.0 }
normaliser = { kind = "linear", low = 0, high = 1 }

[[mask]]
name = "disguise"
rule = { kind = "disguise", factor = 0.45 }

[[mask]]
name = "extraction"
rule = { kind = "extraction", free = 0.55 }
"#;

#[test]
fn each_kind_is_read_with_its_keys() {
    let config = ScoringConfig::parse(ALL, "scoring.toml").unwrap();
    assert_eq!(config.correctness, Together::Lowest);
    let ModelInput::Extraction(rule) = &config.models[2].input else {
        unreachable!("the third is extraction");
    };
    assert_eq!((rule.short, rule.most), (10, 0.8));
    let text = toml::to_string(&config).unwrap();
    assert_eq!(ScoringConfig::parse(&text, "again").unwrap(), config);
}

#[test]
fn each_broken_rule_of_theirs_names_its_key_and_value() {
    for (from, to, key) in [
        ("\"lowest\"", "\"best\"", "best"),
        ("sure_floor = 0.4", "sure_floor = 1.4", "sure_floor = 1.4"),
        ("style_share = 0.2", "style_share = -1", "style_share = -1"),
        ("near = 0.05", "near = nan", "model[value].input.near = NaN"),
        ("near = 0.05", "far = 0.05", "there is no such key"),
        (
            "year_only = 0.5",
            "year_only = 2",
            "model[value].input.year_only = 2",
        ),
        (
            "omits = 0.3",
            "omits = 1.3",
            "model[agreement].input.omits = 1.3",
        ),
        (
            "\"agreement\", omits",
            "\"../a\", omits",
            "model[agreement].input.manifest = ../a",
        ),
        ("free = 0.6", "free = 1", "model[extraction].input.free = 1"),
        ("lazy = 0.7", "lazy = 7", "model[extraction].input.lazy = 7"),
        (
            "most = 0.8",
            "most = 0.3",
            "model[extraction].input.most = 0.3",
        ),
        ("short = 10", "shrt = 10", "there is no such key"),
        (
            "expected = 30",
            "expected = 0",
            "model[length].input.expected = 0",
        ),
        ("fair = 2.0", "fair = 0.5", "model[length].input.fair = 0.5"),
        ("far = 9.0", "far = 2", "model[length].input.far = 2"),
        (
            "factor = 0.45",
            "factor = 45",
            "mask[disguise].rule.factor = 45",
        ),
        (
            "free = 0.55",
            "free = nan",
            "mask[extraction].rule.free = NaN",
        ),
    ] {
        let text = ALL.replacen(from, to, 1);
        assert_ne!(text, ALL, "{from} is not in the file");
        let error = ScoringConfig::parse(&text, "scoring.toml")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(key) && error.contains("scoring.toml"),
            "{key}: {error}"
        );
    }
}
