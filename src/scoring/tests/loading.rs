//! What a pipeline refuses to load, and what it doesn't need.

use super::fixture::*;
use crate::config::{ModelsConfig, ScoringConfig};
use crate::scoring::*;
use crate::types::Caused;

#[test]
fn loading_refuses_what_does_not_fit_with_the_right_exit_code() {
    let models = models();
    models.misdescribed("misdescribed");
    let fails = |text: &str, config: &ModelsConfig| match Pipeline::load(
        &scoring(text),
        &Engines::new(config),
    ) {
        Ok(_) => panic!("loaded: {text}"),
        Err(error) => (error.cause().exit_code(), error.to_string()),
    };
    let using = |input: &str| {
        format!("alpha = 1\n[[model]]\nname = 'm'\nweight = 1\ninput = {input}\nLINEAR")
    };
    let config = models.config();
    let (code, text) = fails(&using("{ kind = 'reward', manifest = 'nosuch' }"), &config);
    assert!(
        code == 78 && text.contains("nosuch") && text.contains("encoder, healthy, misdescribed"),
        "{text}"
    );
    let (code, text) = fails(&using("{ kind = 'reward', manifest = 'encoder' }"), &config);
    assert!(
        code == 78 && text.contains("model[m] needs kind reward"),
        "{text}"
    );
    let (code, text) = fails(
        &format!(
            "{}\n[[mask]]\nname = 'k'\nrule = {{ kind = 'relevance', manifest = 'healthy', min_cosine = 0 }}",
            using("{ kind = 'rouge_l' }")
        ),
        &config,
    );
    assert!(
        code == 78 && text.contains("mask[k] needs kind encoder"),
        "{text}"
    );
    let (code, text) = fails(
        &using("{ kind = 'cosine_to_reference', manifest = 'misdescribed' }"),
        &config,
    );
    assert!(
        code == 65 && text.contains("warm-up") && text.contains("[1, 4], not [1, 9]"),
        "{text}"
    );

    let file = models.path().join("healthy.onnx");
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let (code, text) = fails(&using("{ kind = 'reward', manifest = 'healthy' }"), &config);
    assert!(
        code == 65 && text.contains("healthy.onnx has sha256") && text.contains("make models"),
        "{text}"
    );
}

#[test]
fn words_alone_need_neither_models_nor_library() {
    let config = scoring(
        "alpha = 1\n[[model]]\nname = 'w'\nweight = 1\ninput = { kind = 'rouge_l' }\nLINEAR",
    );
    let nowhere = ModelsConfig {
        dir: "/nowhere".into(),
        onnxruntime: "/nowhere/libonnxruntime.so".into(),
        ..ModelsConfig::default()
    };
    assert!(Pipeline::load(&config, &Engines::new(&nowhere)).is_ok());
}

#[test]
fn the_hash_follows_the_model_bytes() {
    let pipeline = |config: &ScoringConfig, models: &Models| {
        Pipeline::load(config, &Engines::new(&models.config())).unwrap()
    };
    let (one, other) = (models(), Models::new());
    other.encoder("encoder").reward("healthy", |_| 2.0);
    let config = both("healthy");
    assert_eq!(
        pipeline(&config, &one).hash(),
        pipeline(&config, &one).hash()
    );
    assert_ne!(
        pipeline(&config, &one).hash(),
        pipeline(&config, &other).hash()
    );
}

/// In a process of its own: this one has the library loaded already.
#[test]
fn a_missing_library_is_an_error_and_not_a_panic() {
    const CHILD: &str = "WEIGHMASTER_TEST_NO_LIBRARY";
    if let Some(library) = std::env::var_os(CHILD) {
        let models = models();
        let config = ModelsConfig {
            onnxruntime: library.into(),
            ..models.config()
        };
        let error = Pipeline::load(&both("healthy"), &Engines::new(&config))
            .map(|_| ())
            .unwrap_err();
        assert_eq!(error.cause().exit_code(), 69);
        let text = error.to_string();
        assert!(
            text.contains("(models.onnxruntime;") && text.contains("make deps"),
            "{text}"
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("libonnxruntime.so");
    std::fs::write(&broken, b"no library").unwrap();
    let run = |library: &std::path::Path| {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "scoring::tests::loading::a_missing_library_is_an_error_and_not_a_panic",
            ])
            .env(CHILD, library)
            .output()
            .unwrap()
    };
    let missing = run(&folder.path().join("nosuch.so"));
    let text = String::from_utf8_lossy(&missing.stdout).into_owned();
    assert!(
        missing.status.success() && text.contains("1 passed"),
        "{text}"
    );
    // A file that is no library: the same class of error, another text, so the child's check of it fails.
    let unloadable = run(&broken);
    let text = String::from_utf8_lossy(&unloadable.stdout).into_owned();
    assert!(
        !unloadable.status.success() && text.contains("can't be used"),
        "{text}"
    );
}
