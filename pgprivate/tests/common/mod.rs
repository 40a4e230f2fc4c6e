//! A folder for a server, and what is done to it.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, dead_code)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use pgprivate::{PORT, Server, Settings, USER};
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection};

/// A folder that the server's user can reach (a `tempfile` one is closed to it), removed at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let id = std::process::id();
        Self(std::env::temp_dir().join(format!("pgprivate-{name}-{id}")))
    }

    pub fn settings(&self) -> Settings {
        Settings {
            // To run the suite on another version of Postgres.
            bin_dir: std::env::var_os("WEIGHMASTER_TEST_PG_BIN").map(PathBuf::from),
            unpacked_below: vec![concat!(env!("CARGO_MANIFEST_DIR"), "/..").into()],
            data_dir: self.0.clone(),
            max_connections: 4,
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub async fn connect(server: &Server) -> PgConnection {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(server.socket_dir())
        .port(PORT)
        .username(USER)
        .database("postgres");
    options.connect().await.unwrap()
}

pub async fn count(connection: &mut PgConnection) -> i64 {
    let count = sqlx::query_scalar("select count(*) from kept");
    count.fetch_one(connection).await.unwrap()
}

pub async fn keep_one(connection: &mut PgConnection) {
    for sql in [
        "create table if not exists kept (x int)",
        "insert into kept values (1)",
    ] {
        sqlx::query(sql).execute(&mut *connection).await.unwrap();
    }
}

pub fn kill(signal: &str, pid: u32) {
    let status = Command::new("kill")
        .args([signal, &pid.to_string()])
        .status();
    assert!(status.unwrap().success());
}

/// An ended process whose new parent has not asked for it yet runs no more.
pub fn runs(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}
