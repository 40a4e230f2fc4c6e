//! What a user can get wrong: one message that names the thing, the value and the remedy, and the documented code.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Database, program, root, run};

fn write(dir: &Path, name: &str, text: &str) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn expect(got: (i32, String, String), code: i32, words: &[&str]) {
    let (status, stdout, stderr) = got;
    assert_eq!(status, code, "stdout: {stdout}\nstderr: {stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    let last = stderr.lines().last().unwrap_or("");
    for word in words {
        assert!(last.contains(word), "`{word}` is not in: {last}");
    }
}

fn config(extra: &str) -> String {
    format!(
        "[[subnet]]\nnetuid = 1\nscoring = \"{root}/config/scoring/default.toml\"\n[subnet.hotkey]\nsuri = \"//weighmaster\"\n\
         [subnet.challenges]\ncorpus = \"{root}/config/corpus\"\n{extra}",
        root = root().display()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn each_mistake_has_its_message_and_code() {
    let database = Database::fresh().await;
    let dir = tempfile::tempdir().unwrap();
    let envs = [("DATABASE_URL", database.url.as_str())];
    let check = |name: &str, text: &str| {
        let path = write(dir.path(), name, text);
        run(&["--config", path.to_str().unwrap(), "check"], &envs)
    };

    // The planted positive: the same config without a mistake.
    let (status, stdout, stderr) = check("good.toml", &config(""));
    assert_eq!(status, 0, "{stderr}");
    assert!(stdout.contains("ok  database at "), "{stdout}");

    expect(run(&["nonsense"], &[]), 64, &[]);
    expect(
        run(&["--config", "/nowhere/x.toml", "check"], &[]),
        78,
        &["/nowhere/x.toml", "config init"],
    );
    expect(
        check("key.toml", &config("[chain]\nendpoint = 1")),
        78,
        &["endpoint"],
    );
    expect(check("no-subnet.toml", ""), 78, &["[[subnet]]"]);
    let no_key = config("").replace("suri = \"//weighmaster\"", "keyfile = \"/nowhere/hotkey\"");
    expect(check("no-key.toml", &no_key), 77, &["/nowhere/hotkey"]);
    expect(
        check(
            "library.toml",
            &config("[models]\nonnxruntime = \"/nowhere/lib.so\""),
        ),
        69,
        &["/nowhere/lib.so", "make deps"],
    );

    let models = dir.path().join("models");
    std::fs::create_dir(&models).unwrap();
    for entry in std::fs::read_dir(root().join("reward_models")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, models.join(path.file_name().unwrap())).unwrap();
        }
    }
    let relevance = models.join("relevance.onnx");
    let mut bytes = std::fs::read(&relevance).unwrap();
    bytes.push(0);
    std::fs::write(&relevance, bytes).unwrap();
    let text = config(&format!("[models]\ndir = \"{}\"", models.display()));
    expect(
        check("hash.toml", &text),
        65,
        &["relevance", "sha256", "make models"],
    );
}

/// With the shipped file, whose only subnet is 1.
#[test]
fn the_layer_of_a_mistake_is_told() {
    let bad = |args: &[&str], envs: &[(&str, &str)], words: &[&str]| {
        expect(run(&[args, &["config", "check"]].concat(), envs), 78, words);
    };
    bad(
        &["--set", "subnet[7].rounds.sample=8"],
        &[],
        &["--set subnet[7].rounds.sample", "the file has subnet[1]"],
    );
    bad(
        &[],
        &[("WEIGHMASTER__CHAIN__ENDPOINTS", "ws://a,b")],
        &["WEIGHMASTER__CHAIN__ENDPOINTS: chain.endpoints[1] = b"],
    );
    bad(
        &["--set", "scoring=x"],
        &[],
        &["--set scoring", "no such key"],
    );
    bad(
        &["--set", "subnet[1].scoring=/nowhere/s.toml"],
        &[],
        &["scoring file /nowhere/s.toml"],
    );

    // The planted positive, and what it shows.
    let args = [
        "--set",
        "chain.endpoints=ws://a,ws://b",
        "config",
        "show",
        "--json",
    ];
    let envs = [("WEIGHMASTER__SUBNET__1__ROUNDS__SAMPLE", "8")];
    let (status, stdout, stderr) = run(&args, &envs);
    assert_eq!(status, 0, "{stderr}");
    for line in [
        r#"{"key":"chain.endpoints","value":["ws://a","ws://b"],"source":"--set chain.endpoints"}"#,
        r#"{"key":"subnet[1].rounds.sample","value":8,"source":"WEIGHMASTER__SUBNET__1__ROUNDS__SAMPLE"}"#,
    ] {
        assert!(stdout.lines().any(|l| l == line), "{line}\n{stdout}");
    }
    let (status, stdout, _) = run(&args[..4], &envs);
    assert_eq!(status, 0);
    assert!(
        stdout.contains("sample = 8 # WEIGHMASTER__SUBNET__1__ROUNDS__SAMPLE\n"),
        "{stdout}"
    );
    assert!(stdout.contains("\nnetuid = 1 # config/weighmaster.toml:"));
}

#[test]
fn a_reader_that_has_gone_ends_the_program_without_a_word() {
    let config = root().join("config/weighmaster.toml");
    let arguments = ["--config", config.to_str().unwrap(), "config", "show"];
    let (status, stdout, stderr) = run(&arguments, &[]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert!(stdout.contains("[chain]"), "{stdout}");

    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut alone = Command::new(program("weighmaster"));
    let output = alone.args(arguments).stdout(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(141));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_version_is_left_alone() {
    let database = Database::fresh().await;
    let insert =
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                  values (99990101000000, 'from the future', true, '\\x00', 0)";
    sqlx::query(insert)
        .execute(database.store.pool())
        .await
        .unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = write(dir.path(), "newer.toml", &config(""));
    let envs = [("DATABASE_URL", database.url.as_str())];
    expect(
        run(&["--config", path.to_str().unwrap(), "check"], &envs),
        65,
        &["99990101000000", "newer"],
    );
}
