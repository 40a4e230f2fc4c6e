//! One process, one set of sessions: who shares a loaded model, and when it ends.

use std::time::{Duration, Instant};

use super::fixture::*;
use crate::scoring::*;

/// Threads of this process that run sessions of a model: they carry its name.
fn sessions(model: &str) -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let name = |task: std::fs::DirEntry| std::fs::read_to_string(task.path().join("comm")).ok();
    tasks
        .filter_map(|task| name(task.unwrap()))
        .filter(|name| name.starts_with(&format!("{model}-")))
        .count()
}

/// A thread ends a moment after its last user.
fn wait_for(model: &str, count: usize) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while sessions(model) != count {
        assert!(
            Instant::now() < deadline,
            "{} sessions of {model}, not {count}",
            sessions(model)
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// By the name of an encoder, so that each test counts threads of its own.
fn near(encoder: &str) -> crate::config::ScoringConfig {
    scoring(&format!(
        "alpha = 1\n[[model]]\nname = 'near'\nweight = 1\n\
         input = {{ kind = 'cosine_to_reference', manifest = '{encoder}' }}\nLINEAR"
    ))
}

#[tokio::test]
async fn pipelines_share_their_models_and_the_last_one_ends_them() {
    let models = Models::new();
    models.encoder("twice");
    let config = models.config();
    let engines = Engines::new(&config);
    let load = || Pipeline::load(&near("twice"), &engines);
    let first = load().unwrap();
    wait_for("twice", config.sessions);

    // There is nothing left to load anew: only the manifest is read again.
    std::fs::remove_file(models.path().join("twice.onnx")).unwrap();
    std::fs::remove_file(models.path().join("tokenizer.json")).unwrap();
    let second = load().unwrap();
    assert_eq!(sessions("twice"), config.sessions);
    assert_eq!(first.hash(), second.hash());

    drop(first);
    let judged = second
        .judge(&answers(&[REFERENCE]), &mut Normalisers::default())
        .await
        .unwrap();
    assert!((judged.judgements[0].reward.get() - 1.0).abs() < 1e-6);
    assert_eq!(sessions("twice"), config.sessions);

    drop(second);
    wait_for("twice", 0);
    let gone = load().map(|_| ()).unwrap_err();
    assert!(matches!(gone, LoadError::Unreadable { .. }), "{gone}");
}

#[test]
fn two_that_load_at_once_load_once() {
    let models = Models::new();
    models.encoder("at_once");
    let config = models.config();
    let engines = Engines::new(&config);
    let load = || Pipeline::load(&near("at_once"), &engines).unwrap();
    let both = std::thread::scope(|scope| {
        let threads = [scope.spawn(load), scope.spawn(load)];
        threads.map(|thread| thread.join().unwrap())
    });
    wait_for("at_once", config.sessions);
    drop(both);
}

/// The same bytes by another name are the same model; fed otherwise they are another.
#[test]
fn what_counts_is_the_bytes_and_how_they_are_fed() {
    let models = Models::new();
    models.encoder("plain");
    let manifest = std::fs::read_to_string(models.path().join("plain.toml")).unwrap();
    let write = |name: &str, from: &str, to: &str| {
        let text = manifest.replace("name = 'plain'", &format!("name = '{name}'"));
        assert!(text.contains(from));
        std::fs::write(
            models.path().join(format!("{name}.toml")),
            text.replace(from, to),
        )
        .unwrap();
    };
    write("renamed", "a test", "another");
    write("shorter", "max_length = 32", "max_length = 16");
    let config = models.config();
    let engines = Engines::new(&config);
    let load = |name: &str| Pipeline::load(&near(name), &engines).unwrap();
    let (plain, renamed) = (load("plain"), load("renamed"));
    assert_ne!(plain.hash(), renamed.hash());
    let shorter = load("shorter");
    wait_for("shorter", config.sessions);
    assert_eq!(
        (sessions("plain"), sessions("renamed")),
        (config.sessions, 0)
    );
    drop((plain, renamed, shorter));
}
