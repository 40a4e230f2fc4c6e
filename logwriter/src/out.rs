//! The thread that writes: it may wait and fail as long as it must.

use std::cell::RefCell;
use std::io::{ErrorKind, Write};
use std::time::Duration;

use crate::queue::Queue;

/// Until a pipe that somebody made non-blocking is tried again.
const PAUSE: Duration = Duration::from_millis(20);

thread_local! {
    /// What this thread itself logs, in the form of the log, while it says what was lost.
    static OWN: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Takes what the writing thread logs; false for all others.
pub fn intercept(line: &[u8]) -> bool {
    OWN.with_borrow_mut(|own| own.as_mut().map(|own| own.extend(line)).is_some())
}

/// Writes what comes, for ever.
pub fn write(queue: &Queue, mut out: impl Write) {
    let mut lost = Lost::default();
    loop {
        let (line, without_place) = queue.next();
        if without_place > 0 {
            lost.lines += without_place;
            lost.why = "its reader is too slow".into();
        }
        lost.write(&mut out, &line);
    }
}

/// What was lost since the last line that could be written.
#[derive(Debug, Default)]
struct Lost {
    lines: u64,
    why: String,
    /// The last line was cut off: the next one begins anew.
    torn: bool,
}

impl Lost {
    fn write(&mut self, out: &mut impl Write, line: &[u8]) {
        let mut text = Vec::new();
        if self.torn {
            text.push(b'\n');
        }
        if self.lines > 0 {
            text.extend(notice(self.lines, &self.why));
        }
        text.extend(line);
        match put(out, &text) {
            Ok(()) => *self = Self::default(),
            Err((written, e)) => {
                self.lines += 1;
                self.why = e.to_string();
                self.torn |= written > 0;
            }
        }
    }
}

fn notice(lines: u64, why: &str) -> Vec<u8> {
    OWN.set(Some(Vec::new()));
    tracing::warn!(lines, "lines of this log were lost: {why}");
    let said = OWN.take().unwrap_or_default();
    // A filter may hide warnings. What is lost is said all the same.
    match said.is_empty() {
        true => format!("{lines} lines of this log were lost: {why}\n").into_bytes(),
        false => said,
    }
}

/// As `write_all`; an error comes with the number of bytes that were written.
fn put(out: &mut impl Write, text: &[u8]) -> Result<(), (usize, std::io::Error)> {
    let mut written = 0;
    while written < text.len() {
        match out.write(&text[written..]) {
            Ok(0) => return Err((written, ErrorKind::WriteZero.into())),
            Ok(n) => written += n,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if e.kind() == ErrorKind::WouldBlock => std::thread::sleep(PAUSE),
            Err(e) => return Err((written, e)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::VecDeque;
    use std::io;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use super::*;

    /// Takes so many bytes of each write, or fails, in the order of `plan`; then takes all.
    #[derive(Clone, Default)]
    struct Disk {
        plan: Arc<Mutex<VecDeque<io::Result<usize>>>>,
        holds: Arc<Mutex<Vec<u8>>>,
    }

    impl Disk {
        fn planned(plan: impl IntoIterator<Item = io::Result<usize>>) -> Self {
            Self {
                plan: Arc::new(Mutex::new(plan.into_iter().collect())),
                ..Self::default()
            }
        }

        fn text(&self) -> String {
            String::from_utf8(self.holds.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Disk {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            let next = self.plan.lock().unwrap().pop_front();
            let n = next.unwrap_or(Ok(text.len()))?.min(text.len());
            self.holds.lock().unwrap().extend(&text[..n]);
            Ok(n)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn full() -> io::Result<usize> {
        Err(io::Error::from(ErrorKind::StorageFull))
    }

    fn with_log(f: impl FnOnce()) {
        let subscriber = tracing_subscriber::fmt()
            .with_writer(crate::line)
            .with_ansi(false)
            .without_time()
            .finish();
        tracing::subscriber::with_default(subscriber, f);
    }

    #[test]
    fn what_was_lost_is_said_with_the_next_line() {
        let mut disk = Disk::planned([Ok(9), full(), full(), Ok(3), Ok(4), full()]);
        let mut lost = Lost::default();
        with_log(|| {
            for line in [
                "whole 1\n",
                "lost 2\n",
                "lost 3\n",
                "torn 4\n",
                "whole 5\n",
                "6\n",
            ] {
                lost.write(&mut disk, line.as_bytes());
            }
        });
        let text = disk.text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "whole 1");
        // Of the try at line 4, seven bytes.
        assert_eq!(lines[1].len(), 7, "{text}");
        let notice = "lines of this log were lost: no storage space lines=3";
        assert!(lines[2].ends_with(notice), "{text}");
        assert_eq!(lines[3..], ["whole 5", "6"]);
    }

    #[test]
    fn a_filter_that_hides_warnings_hides_no_loss() {
        let subscriber = tracing_subscriber::fmt()
            .with_writer(crate::line)
            .with_max_level(tracing::Level::ERROR)
            .finish();
        let mut disk = Disk::planned([full()]);
        let mut lost = Lost::default();
        tracing::subscriber::with_default(subscriber, || {
            for line in ["lost 1\n", "whole 2\n"] {
                lost.write(&mut disk, line.as_bytes());
            }
        });
        let expected = "1 lines of this log were lost: no storage space\nwhole 2\n";
        assert_eq!(disk.text(), expected);
    }

    #[test]
    fn a_pipe_that_is_full_and_does_not_block_is_waited_for() {
        let would_block = || Err(io::Error::from(ErrorKind::WouldBlock));
        let interrupted = Err(io::Error::from(ErrorKind::Interrupted));
        let mut disk = Disk::planned([would_block(), Ok(1), would_block(), interrupted]);
        let mut lost = Lost::default();
        lost.write(&mut disk, b"line\n");
        assert_eq!((disk.text().as_str(), lost.lines), ("line\n", 0));
    }

    /// Nobody takes what is written, until somebody asks.
    struct Stuck(Receiver<()>, Sender<Vec<u8>>);

    impl Write for Stuck {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            let _ = self.0.recv();
            let _ = self.1.send(text.to_vec());
            Ok(text.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn who_logs_never_waits_for_the_reader_and_the_end_not_for_long() {
        let queue = Arc::new(Queue::default());
        let (reader, taken) = channel();
        let (sender, written) = channel();
        let thread = queue.clone();
        std::thread::spawn(move || with_log(|| write(&thread, Stuck(taken, sender))));
        for n in 0..10_000 {
            queue.push(format!("{n}\n").as_bytes());
        }
        assert!(!queue.settle(Duration::from_millis(50)));
        drop(reader);
        assert!(queue.settle(Duration::from_secs(20)));
        let all: Vec<u8> = written.try_iter().flatten().collect();
        let all = String::from_utf8(all).unwrap();
        let (told, kept): (Vec<&str>, Vec<&str>) = all.lines().partition(|l| l.contains("lost"));
        // Twice, if the thread began to write when some were lost already.
        let lost: usize = told
            .iter()
            .map(|line| {
                assert!(line.contains("its reader is too slow"), "{told:?}");
                line.rsplit_once('=').unwrap().1.parse::<usize>().unwrap()
            })
            .sum();
        assert!(lost > 0, "{told:?}");
        assert_eq!((kept.len() + lost, kept[0]), (10_000, "0"));
    }
}
