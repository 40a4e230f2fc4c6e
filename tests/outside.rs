//! What is outside the process: who reads its log and its output, signals, the home folder, the network.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fs::File;
use std::io::{BufRead, BufReader, Read, pipe};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use common::{Database, Scene, program, root};
use rustix::process::{Pid, Signal, kill_process};

const PATIENCE: Duration = Duration::from_secs(120);

/// The validator on a scene, with whatever stderr; killed when it falls out of scope.
struct Validator(Child);

impl Validator {
    /// `through` runs it: `strace`, or nothing.
    fn start(
        through: &[&str],
        config: &Path,
        database: &Database,
        home: &Path,
        stderr: impl Into<Stdio>,
    ) -> Self {
        let run = ["--config", config.to_str().unwrap(), "run"];
        let program = program("weighmaster");
        let words: Vec<&str> = [through, &[program.to_str().unwrap()], &run].concat();
        let mut command = Command::new(words[0]);
        let started = command
            .args(&words[1..])
            .env("DATABASE_URL", &database.url)
            .env("HOME", home)
            .env_remove("XDG_CACHE_HOME")
            .env_remove("ORT_DISABLE_TELEMETRY")
            .current_dir(root())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(stderr)
            .spawn();
        Self(started.unwrap())
    }

    fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.0.id().try_into().unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
    }

    /// Waits for more rounds than there are; while it lives.
    async fn goes_on(&mut self, database: &Database) {
        let (before, started) = (rounds(database).await, Instant::now());
        while rounds(database).await < before + 2 {
            let ended = self.0.try_wait().unwrap();
            assert!(ended.is_none(), "it ended: {ended:?}");
            assert!(started.elapsed() < PATIENCE, "no round any more");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    fn terminated(mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        self.end()
    }

    fn end(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < PATIENCE, "it still runs");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Validator {
    fn drop(&mut self) {
        // What strace runs outlives it.
        let id = self.0.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"));
        for child in children.unwrap_or_default().split_whitespace() {
            let child = child.parse().ok().and_then(Pid::from_raw);
            let _ = child.map(|child| kill_process(child, Signal::KILL));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn rounds(database: &Database) -> u64 {
    match database.store.subnets().await.unwrap().first() {
        Some(subnet) => subnet.rounds().counts().await.unwrap().rounds,
        None => 0,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_nobody_takes_holds_nothing_up() {
    let database = Database::fresh().await;
    let scene = Scene::open(&[("miner-01", "honest"), ("miner-02", "terse")]).await;
    let config = scene.config("//weighmaster");
    let home = tempfile::tempdir().unwrap();
    let start = |stderr: Stdio| Validator::start(&[], &config, &database, home.path(), stderr);

    // A disk without place.
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut running = start(full.into());
    running.goes_on(&database).await;
    assert!(running.terminated().success());

    // A reader that goes.
    let (reader, writer) = pipe().unwrap();
    let mut running = start(writer.into());
    let mut reader = BufReader::new(reader);
    running.goes_on(&database).await;
    running.signal(Signal::HUP);
    let mut line = String::new();
    while !line.contains("nothing is reloaded") {
        line.clear();
        assert!(reader.read_line(&mut line).unwrap() > 0, "HUP ended it");
    }
    running.goes_on(&database).await;
    drop(reader);
    running.goes_on(&database).await;
    // The signals of the kind that ends programs, and none of them is meant for a service.
    for signal in [Signal::HUP, Signal::PIPE, Signal::USR1, Signal::USR2] {
        running.signal(signal);
    }
    running.goes_on(&database).await;
    assert!(running.terminated().success());

    // A reader that looks away while more is logged than a pipe holds, and looks again.
    let noisy = std::fs::read_to_string(&config).unwrap();
    let noisy = noisy.replace("level = \"info\"", "level = \"trace\"");
    let loud = home.path().join("loud.toml");
    std::fs::write(&loud, noisy).unwrap();
    let (mut reader, writer) = pipe().unwrap();
    let mut running = Validator::start(&[], &loud, &database, home.path(), writer);
    while rustix::io::ioctl_fionread(&reader).unwrap() < 60_000 {
        running.goes_on(&database).await;
    }
    for _ in 0..4 {
        running.goes_on(&database).await;
    }
    let reading = std::thread::spawn(move || {
        let mut log = String::new();
        reader.read_to_string(&mut log).unwrap();
        log
    });
    running.goes_on(&database).await;
    assert!(running.terminated().success());
    let log = reading.join().unwrap();
    // Any other line may be among the lost.
    let lost = "lines of this log were lost: its reader is too slow";
    assert!(log.contains(lost), "{} bytes", log.len());
}

/// All below a folder.
fn found(folder: &Path) -> Vec<String> {
    let find = Command::new("find")
        .arg(folder)
        .arg("-mindepth")
        .arg("1")
        .output();
    let text = String::from_utf8(find.unwrap().stdout).unwrap();
    text.lines().map(Into::into).collect()
}

#[test]
fn models_are_loaded_without_a_trace_in_the_home_folder() {
    let home = tempfile::tempdir().unwrap();
    let verify = |library: &str| {
        let output = Command::new(program("weighmaster"))
            .args(["models", "verify", "--json"])
            .env("HOME", home.path())
            .env_remove("XDG_CACHE_HOME")
            .env("ORT_DISABLE_TELEMETRY", library)
            .current_dir(root())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        // The planted positive: the library was there, and did its work.
        assert!(said.contains(r#""ok":true"#), "{output:?}");
    };
    // Whatever the environment says of it.
    for value in ["", "0", "1"] {
        verify(value);
        assert_eq!(found(home.path()), [""; 0]);
    }
}

/// Addresses in the lines that strace writes of `connect`, `sendto` and `sendmsg`.
fn foreign(trace: &str) -> Vec<&str> {
    let internet = |line: &&str| line.contains("sin_addr=") || line.contains("sin6_addr");
    // A resolver of this machine (127.0.0.53) passes names on to others.
    let ours = |line: &&str| {
        (line.contains("inet_addr(\"127.") || line.contains("\"::1\""))
            && !line.contains("htons(53)")
    };
    // Whether this host has a way to IPv6: a datagram socket that is connected sends nothing.
    let way = |line: &&str| line.contains("connect(") && line.contains("\"2000::1\"");
    trace
        .lines()
        .filter(internet)
        .filter(|l| !ours(l) && !way(l))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_speaks_only_to_what_is_configured() {
    if Command::new("strace").arg("-V").output().is_err() {
        println!("skipped: no strace on this machine");
        return;
    }
    let database = Database::fresh().await;
    let scene = Scene::open(&[("miner-01", "honest")]).await;
    let config = scene.config("//weighmaster");
    let home = tempfile::tempdir().unwrap();
    let trace = scene.dir.path().join("trace");
    let calls = "trace=connect,sendto,sendmsg,sendmmsg";
    let file = trace.to_str().unwrap();
    // Without -I, strace keeps signals from what it runs.
    let through = ["strace", "-f", "-qq", "-I1", "-e", calls, "-o", file];
    let quiet = Stdio::null();
    let mut running = Validator::start(&through, &config, &database, home.path(), quiet);
    for _ in 0..5 {
        running.goes_on(&database).await;
    }
    drop(running);
    let trace = std::fs::read_to_string(&trace).unwrap();
    assert_eq!(foreign(&trace), [""; 0]);
    assert_eq!(found(home.path()), [""; 0]);
    // The planted positives: the chain's port is seen, and a name looked up elsewhere would be.
    let (_, port) = scene.ws().rsplit_once(':').unwrap();
    assert!(trace.contains(&format!("htons({port})")), "{trace}");
    let lookup = "1 connect(9, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr(\"10.0.0.2\")}, 16) = 0";
    assert_eq!(foreign(lookup), [lookup]);
    let passed_on = "1 connect(9, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr(\"127.0.0.53\")}, 16) = 0";
    assert_eq!(foreign(passed_on), [passed_on]);
}

/// `weighmaster demo | head -1`.
#[test]
fn a_demo_whose_reader_has_gone_ends_in_order() {
    let temporary = tempfile::tempdir().unwrap();
    // Root's Postgres runs as another user, and must get through.
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(temporary.path(), open).unwrap();
    let (reader, writer) = pipe().unwrap();
    let (mut errors, stderr) = pipe().unwrap();
    let mut command = Command::new(program("weighmaster"));
    command.args(["demo", "--throw-away"]).current_dir(root());
    command.env("TMPDIR", temporary.path());
    command.stdin(Stdio::null()).stdout(writer).stderr(stderr);
    let mut running = Validator(command.spawn().unwrap());
    drop(command);
    let mut first = String::new();
    let mut reader = BufReader::new(reader);
    reader.read_line(&mut first).unwrap();
    assert!(first.contains("starting the chain"), "{first}");
    drop(reader);
    let status = running.end();
    let mut said = String::new();
    errors.read_to_string(&mut said).unwrap();
    assert!(
        status.success() && !said.contains("panicked"),
        "{status}: {said}"
    );
    assert_eq!(found(temporary.path()), [""; 0]);
}
