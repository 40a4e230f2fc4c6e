//! Commands that look: at what a service left, at the chain, and where no service has run yet. They make nothing.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::{Database, Scene, run};
use serde_json::Value;
use testbed::Error;

/// Runs a command in each of its forms; gives its rows as JSON, which are the same in all of them.
fn rows(command: &[&str], envs: &[(&str, &str)]) -> Vec<Value> {
    let said = |form: &[&str]| {
        let (status, stdout, stderr) = run(&[command, form].concat(), envs);
        assert_eq!(status, 0, "{command:?} {form:?}: {stderr}");
        stdout
    };
    let array: Vec<Value> = serde_json::from_str(&said(&["--json=array"])).unwrap();
    let lines = said(&["--json"]);
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines, array);
    assert!(!array.is_empty(), "{command:?}");
    // Below its title and its header, the table has a line for each.
    let table = said(&[]);
    assert_eq!(table.lines().count(), 2 + array.len(), "{table}");
    array
}

fn names(row: &Value) -> Vec<&str> {
    let fields = row.as_object().unwrap();
    fields.keys().map(String::as_str).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_service_left_is_read_in_every_form() -> Result<(), Error> {
    let database = Database::fresh().await;
    let scene = Scene::open(&[("miner-01", "honest"), ("miner-02", "terse")]).await;
    let config = scene.config("//weighmaster");
    let mut running = scene.validator("validator", &config, &database);
    let patience = Duration::from_secs(90);
    running.wait_for("state=\"applied\"", 0, patience).await?;
    let envs = [("DATABASE_URL", database.url.as_str())];
    health(&config, &database, &envs).await;
    assert!(running.terminate(Duration::from_secs(8)).await?.success());

    let with = |command: &[&'static str]| {
        let config = ["--config", config.to_str().unwrap()];
        let command = [&config[..], command].concat();
        rows(&command, &envs)
    };
    let scores = with(&["scores"]);
    assert_eq!(scores.len(), 2);
    let expected = [
        "genesis",
        "netuid",
        "mechanism",
        "uid",
        "hotkey",
        "registered_at",
        "score",
        "error",
        "observations",
        "answered",
    ];
    assert_eq!(names(&scores[0]), expected);
    assert!(scores[0]["score"].as_f64() >= scores[1]["score"].as_f64());

    let history = with(&["weights", "history"]);
    assert!(history.iter().any(|set| set["state"] == "applied"));
    assert_eq!(with(&["weights", "history", "--last", "1"]).len(), 1);

    // What the chain would take of us, and of a key without a seat.
    let outlook = |hotkey: &str| {
        let key = format!("subnet[1].hotkey.suri={hotkey}");
        let config = config.to_str().unwrap();
        let command = ["--config", config, "--set", &key, "check", "--chain"];
        let (status, stdout, _) = run(&command, &envs);
        let line = stdout
            .lines()
            .find(|line| line.contains("on chain"))
            .unwrap();
        (status, line.to_owned())
    };
    let (status, ours) = outlook("//weighmaster");
    assert!(ours.contains("the chain would take our weights"), "{ours}");
    assert_eq!(status, 0);
    let (status, stranger) = outlook("//stranger");
    assert!(stranger.contains("not_registered"), "{stranger}");
    assert_eq!(status, 69);

    // The chain goes on between two looks, so one look must do.
    let command = [
        "--config",
        config.to_str().unwrap(),
        "metagraph",
        "--json=array",
    ];
    let (status, stdout, stderr) = run(&command, &envs);
    assert_eq!(status, 0, "{stderr}");
    let metagraph: Vec<Value> = serde_json::from_str(&stdout).unwrap();
    for score in &scores {
        let seated = metagraph.iter().find(|n| n["uid"] == score["uid"]).unwrap();
        assert_eq!(seated["hotkey"], score["hotkey"]);
    }
    Ok(())
}

/// While the service runs all is well; what the database says of a service that has stopped is found ill.
async fn health(config: &std::path::Path, database: &Database, envs: &[(&str, &str)]) {
    let look = || {
        let command = ["--config", config.to_str().unwrap(), "health", "--json"];
        let (status, stdout, stderr) = run(&command, envs);
        let row = serde_json::from_str::<Value>(&stdout);
        (
            status,
            row.unwrap_or_else(|e| panic!("{e}: {stderr}")),
            stderr,
        )
    };
    let (status, row, stderr) = look();
    assert_eq!(
        (status, &row["healthy"]),
        (0, &Value::Bool(true)),
        "{row} {stderr}"
    );
    for (age, fault) in [
        ("seen_at = now() - interval '1 hour'", "the last snapshot"),
        ("parked = 'no seat'", "parked: no seat"),
        ("block = last_update + 5 * tempo", "our row on chain"),
    ] {
        let change = format!("update health set {age}");
        sqlx::query(sqlx::AssertSqlSafe(change))
            .execute(database.store.pool())
            .await
            .unwrap();
        let (status, row, stderr) = look();
        assert_eq!(status, 69, "{row}");
        assert!(row["faults"].to_string().contains(fault), "{fault}: {row}");
        assert!(stderr.contains("1 of 1 subnets not healthy"), "{stderr}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_service_has_run_nothing_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let nowhere = dir.path().join("data");
    let private = [
        ("WEIGHMASTER__DATABASE__DATA_DIR", nowhere.to_str().unwrap()),
        ("WEIGHMASTER__SUBNET__1__HOTKEY__SURI", "//weighmaster"),
    ];
    let url = testbed_database::empty().await.unwrap();
    let named = [
        ("DATABASE_URL", url.as_str()),
        ("WEIGHMASTER__SUBNET__1__HOTKEY__SURI", "//weighmaster"),
    ];
    for envs in [private, named] {
        for command in [&["scores"] as &[_], &["weights", "history"]] {
            let (status, stdout, stderr) = run(command, &envs);
            assert_eq!(status, 69, "{command:?}: {stdout}{stderr}");
            assert!(
                stderr.contains("`weighmaster run` makes what is missing"),
                "{stderr}"
            );
        }
        let (status, stdout, stderr) = run(&["check"], &envs);
        assert_eq!(status, 0, "{stderr}");
        assert!(
            stdout.contains("ok  database: none yet; the first run makes it at "),
            "{stdout}"
        );
    }
    assert!(!nowhere.exists());
    let pool = sqlx::PgPool::connect(&url).await.unwrap();
    let tables: i64 =
        sqlx::query_scalar("select count(*) from pg_tables where schemaname = 'public'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(tables, 0);
}

#[test]
fn json_is_offered_where_there_are_rows() {
    for (command, offered) in [
        (&["scores"] as &[_], true),
        (&["metagraph"], true),
        (&["health"], true),
        (&["weights", "history"], true),
        (&["models", "verify"], true),
        (&["config", "show"], true),
        (&["config", "check"], false),
        (&["check"], false),
        (&["run"], false),
        (&["demo"], false),
    ] {
        let (status, help, _) = run(&[command, &["--help"]].concat(), &[]);
        assert_eq!(
            (status, help.contains("--json")),
            (0, offered),
            "{command:?}\n{help}"
        );
    }
}
