//! When something that lasts is said again: at first, when it changes, and then ever more seldom.

use std::time::{Duration, Instant};

/// The first pause between two times that the same is said; the pauses double up to the second.
const FIRST: Duration = Duration::from_secs(60);
const LONGEST: Duration = Duration::from_secs(3600);

/// What was said last, and when it is to be said again.
#[derive(Debug, Default)]
pub struct Reminder(Option<Said>);

#[derive(Debug)]
struct Said {
    what: String,
    at: Instant,
    pause: Duration,
}

impl Reminder {
    /// Whether `what` is to be said now. Blocks and counts in a message change from one time to the next; what it says
    /// doesn't.
    pub fn is_due(&mut self, what: &str, now: Instant) -> bool {
        let what: String = what.chars().filter(|c| !c.is_ascii_digit()).collect();
        let pause = match &self.0 {
            Some(said) if said.what == what => {
                if now.duration_since(said.at) < said.pause {
                    return false;
                }
                (said.pause * 2).min(LONGEST)
            }
            _ => FIRST,
        };
        self.0 = Some(Said {
            what,
            at: now,
            pause,
        });
        true
    }

    /// It is over: what comes next is new, whatever it is.
    pub fn ends(&mut self) {
        self.0 = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_said_ever_more_seldom_and_something_else_at_once() {
        let (mut reminder, start) = (Reminder::default(), Instant::now());
        let said: Vec<u64> = (0..8 * 3600)
            .filter(|s| {
                let now = start + Duration::from_secs(*s);
                reminder.is_due(&format!("no node at block {s}"), now)
            })
            .collect();
        let hours = [7380, 10_980, 14_580, 18_180, 21_780, 25_380];
        assert_eq!(said[..7], [0, 60, 180, 420, 900, 1860, 3780]);
        assert_eq!(said[7..], hours);
        let now = start + Duration::from_secs(8 * 3600);
        assert!(reminder.is_due("another node", now));
        assert!(!reminder.is_due("another node", now));
        reminder.ends();
        assert!(reminder.is_due("another node", now));
    }
}
