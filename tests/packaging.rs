//! What starts the program on other machines: the image's entry, the systemd unit.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use weighmaster::types::Cause;

/// Causes that somebody has to mend before another try makes sense.
const STAY: [Cause; 4] = [Cause::Usage, Cause::BadData, Cause::Key, Cause::Config];
const PATIENCE: Duration = Duration::from_secs(30);

fn packaging() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging")
}

/// The entry with a program that does `script`.
fn enter(folder: &Path, script: &str, arguments: &[&str]) -> Child {
    let program = folder.join("weighmaster");
    std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o700)).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let mut command = Command::new(packaging().join("entry.sh"));
    command
        .args(arguments)
        .env("PATH", path)
        .stdout(Stdio::null());
    command.stderr(Stdio::null()).spawn().unwrap()
}

/// Its exit code, within `patience`.
fn code(child: &mut Child, patience: Duration) -> Option<i32> {
    let started = Instant::now();
    while started.elapsed() < patience {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    None
}

fn terminate(child: &Child) {
    let pid = Pid::from_raw(child.id().try_into().unwrap()).unwrap();
    kill_process(pid, Signal::TERM).unwrap();
}

#[test]
fn the_entry_stays_after_what_no_restart_mends() {
    let folder = tempfile::tempdir().unwrap();
    for cause in STAY {
        let expected = i32::from(cause.exit_code());
        let script = format!("exit {expected}");
        let mut child = enter(folder.path(), &script, &["--config", "x", "run"]);
        let second = Duration::from_secs(1);
        assert_eq!(code(&mut child, second), None, "{cause}");
        terminate(&child);
        assert_eq!(code(&mut child, PATIENCE), Some(expected), "{cause}");
        // A command that looks has nothing to stay for.
        let mut child = enter(folder.path(), &script, &["scores"]);
        assert_eq!(code(&mut child, PATIENCE), Some(expected), "{cause}");
    }
    // The planted positives: all else ends with the program, and so a restart follows.
    for other in [0, 69, 70, 101] {
        let script = format!("exit {other}");
        let mut child = enter(folder.path(), &script, &["run"]);
        assert_eq!(code(&mut child, PATIENCE), Some(other));
    }
}

#[test]
fn the_entry_hands_signals_on_and_waits_for_an_orderly_end() {
    let folder = tempfile::tempdir().unwrap();
    let ready = folder.path().join("ready");
    let script = format!(
        "trap 'sleep 0.5; exit 5' TERM\ntouch {}\nwhile :; do sleep 0.1; done",
        ready.display()
    );
    let mut child = enter(folder.path(), &script, &["run"]);
    let started = Instant::now();
    while !ready.exists() {
        assert!(started.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(20));
    }
    terminate(&child);
    assert_eq!(code(&mut child, PATIENCE), Some(5));
}

#[test]
fn the_unit_is_one_and_starts_nothing_anew_that_no_restart_mends() {
    let text = std::fs::read_to_string(packaging().join("weighmaster.service")).unwrap();
    let codes = STAY.map(|cause| cause.exit_code().to_string()).join(" ");
    assert!(
        text.lines()
            .any(|line| line == format!("RestartPreventExitStatus={codes}"))
    );

    let analyze = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let unit = folder.path().join("weighmaster.service");
        // systemd wants to see the program.
        std::fs::write(
            &unit,
            text.replace("/usr/local/bin/weighmaster ", "/bin/true "),
        )
        .unwrap();
        let output = Command::new("systemd-analyze")
            .arg("verify")
            .arg(&unit)
            .output();
        output.map(|o| String::from_utf8_lossy(&o.stderr).into_owned())
    };
    let Ok(said) = analyze(&text) else {
        println!("skipped: no systemd-analyze on this machine");
        return;
    };
    let ours = |said: &str| {
        said.lines()
            .filter(|l| l.contains("weighmaster.service"))
            .count()
    };
    assert_eq!(ours(&said), 0, "{said}");
    let said = analyze(&text.replace("ProtectSystem=strict", "ProtectSystem=very")).unwrap();
    assert_eq!(ours(&said), 1, "{said}");
}
