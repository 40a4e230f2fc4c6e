//! A server on the network: encrypted, with passwords, and particular about who comes.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::config::DatabaseConfig;
use crate::store::{Store, StoreError};
use crate::types::Caused;

/// Whatever its host, nobody comes in without encryption and a password.
const HBA: &str = "local all all trust\nhostssl all all all scram-sha-256\n";

/// A cluster of a private server's, run with TLS and a port. It ends when it is dropped.
struct Network {
    dir: PathBuf,
    server: Child,
    port: u16,
}

impl Network {
    async fn open() -> Self {
        let dir = std::env::temp_dir().join(format!("weighmaster-tls-{}", std::process::id()));
        let config = DatabaseConfig {
            data_dir: dir.clone(),
            bin_dir: std::env::var_os("WEIGHMASTER_TEST_PG_BIN")
                .unwrap_or_default()
                .into(),
            ..DatabaseConfig::default()
        };
        let private = Store::open(&config).await.unwrap().server.unwrap();
        let program = fs::read_link(format!("/proc/{}/exe", private.pid().unwrap())).unwrap();
        private.stop().await;
        let data = dir.join("postgres/data");
        let owner = fs::metadata(&data).unwrap();
        for (name, text) in [
            (
                "server.pem",
                include_str!("../../../tests/data/tls/server.pem"),
            ),
            (
                "server.key",
                include_str!("../../../tests/data/tls/server.key"),
            ),
            ("pg_hba.conf", HBA),
        ] {
            let path = data.join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            chown(&path, Some(owner.uid()), Some(owner.gid())).unwrap();
        }
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let settings = [
            "listen_addresses=127.0.0.1".to_owned(),
            format!("port={port}"),
            "ssl=on".to_owned(),
            "ssl_cert_file=server.pem".to_owned(),
            "ssl_key_file=server.key".to_owned(),
        ];
        let server = Command::new(program)
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(dir.join("postgres/run"))
            .args(settings.iter().flat_map(|setting| ["-c", setting]))
            .uid(owner.uid())
            .gid(owner.gid())
            .current_dir(&data)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let network = Self { dir, server, port };
        network.make_role().await;
        network
    }

    /// Through the socket, where nobody asks.
    async fn make_role(&self) {
        let socket = self.dir.join("postgres/run");
        let url = format!(
            "postgres://weighmaster@localhost:{}/weighmaster?host={}",
            self.port,
            socket.display()
        );
        let started = Instant::now();
        let pool = loop {
            match sqlx::PgPool::connect(&url).await {
                Ok(pool) => break pool,
                Err(e) => assert!(started.elapsed() < Duration::from_secs(30), "{e}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        let role = "create role tester login superuser password 'secret'";
        sqlx::query(role).execute(&pool).await.unwrap();
        pool.close().await;
    }

    async fn open_store(&self, login: &str, rest: &str) -> Result<Store, StoreError> {
        let config = DatabaseConfig {
            url: format!("postgres://{login}@localhost:{}/{rest}", self.port),
            ..DatabaseConfig::default()
        };
        Ok(Store::open(&config).await?.store)
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        let pid = self.server.id().to_string();
        let _ = Command::new("kill").args(["-INT", &pid]).status();
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

fn authority(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("tests/data/tls").join(name).display().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_is_spoken_and_checked_and_every_refusal_has_its_remedy() {
    let network = Network::open().await;
    let login = "tester:secret";
    let (right, wrong) = (authority("ca.pem"), authority("another-ca.pem"));
    for rest in [
        "weighmaster".to_owned(),
        "weighmaster?sslmode=require".to_owned(),
        format!("weighmaster?sslmode=verify-ca&sslrootcert={right}"),
        format!("weighmaster?sslmode=verify-full&sslrootcert={right}"),
    ] {
        let store = network.open_store(login, &rest).await.unwrap();
        let encrypted: bool =
            sqlx::query_scalar("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                .fetch_one(&store.pool)
                .await
                .unwrap();
        assert!(encrypted, "{rest}");
        store.close().await;
    }
    let verified = "weighmaster?sslmode=verify-full";
    let cases = [
        (
            login,
            format!("{verified}&sslrootcert={wrong}"),
            "sslrootcert=FILE",
        ),
        (
            login,
            format!("{verified}&sslrootcert={right}&hostaddr=127.0.0.1"),
            "sslrootcert=FILE",
        ),
        (
            login,
            "weighmaster?sslmode=disable".into(),
            "sslmode=require",
        ),
        (
            "tester:wrong",
            "weighmaster".into(),
            "Set the password in database.url",
        ),
        (login, "nowhere".into(), "createdb"),
    ];
    for (login, rest, remedy) in cases {
        let refused = network.open_store(login, &rest).await.unwrap_err();
        let said = refused.to_string();
        assert!(matches!(refused, StoreError::Refused { .. }), "{said}");
        assert!(
            said.contains(remedy) && said.contains(&network.port.to_string()),
            "{said}"
        );
        assert!(!said.contains("secret"), "{said}");
        assert_eq!(refused.cause().exit_code(), 78, "{said}");
    }
    // A role that is not there, where its password is not asked first; a server without TLS.
    let socket = network.dir.join("postgres/run");
    let rest = format!("weighmaster?host={}", socket.display());
    for (login, rest, remedy) in [
        ("nobody_here", rest.clone(), "createuser"),
        ("tester", format!("{rest}&sslmode=require"), "Turn TLS on"),
    ] {
        let refused = network.open_store(login, &rest).await.unwrap_err();
        assert!(refused.to_string().contains(remedy), "{refused}");
    }
}
