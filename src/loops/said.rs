//! Says what stands in the way once, now and then again while it lasts, and when it is over.

use std::time::{Duration, Instant};

/// What there is to say about something that may last. `T` is what it is: another is news.
#[derive(Debug)]
pub struct Said<T> {
    current: Option<Current<T>>,
}

#[derive(Debug)]
struct Current<T> {
    what: T,
    since: Instant,
    again: Instant,
    pause: Duration,
}

/// What to say now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News<T> {
    /// It begins.
    Begins,
    /// It lasts, since so long.
    Lasts(Duration),
    /// This is over, and lasted so long.
    Over(T, Duration),
}

/// The first reminder comes after this, each later one after twice as long…
const FIRST: Duration = Duration::from_secs(60);
/// …up to this.
const LONGEST: Duration = Duration::from_secs(3600);

impl<T> Default for Said<T> {
    fn default() -> Self {
        Self { current: None }
    }
}

impl<T: Copy + PartialEq> Said<T> {
    /// Takes in how it stands at `now`; gives what is to be said, if anything.
    pub fn hear(&mut self, what: Option<T>, now: Instant) -> Option<News<T>> {
        match (&mut self.current, what) {
            (None, None) => None,
            (Some(current), Some(what)) if current.what == what => {
                if now < current.again {
                    return None;
                }
                current.pause = LONGEST.min(2 * current.pause);
                current.again = now + current.pause;
                Some(News::Lasts(now - current.since))
            }
            (_, Some(what)) => {
                self.current = Some(Current {
                    what,
                    since: now,
                    again: now + FIRST,
                    pause: FIRST,
                });
                Some(News::Begins)
            }
            (current, None) => current
                .take()
                .map(|ended| News::Over(ended.what, now - ended.since)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_when_it_begins_ever_more_seldom_while_it_lasts_and_when_it_ends() {
        let (mut said, start) = (Said::default(), Instant::now());
        let at = |s: u64| start + Duration::from_secs(s);
        assert_eq!(said.hear(None, at(0)), None);
        assert_eq!(said.hear(Some('a'), at(1)), Some(News::Begins));
        let told: Vec<u64> = (2..=30_000)
            .filter(|s| said.hear(Some('a'), at(*s)).is_some())
            .collect();
        assert_eq!(told[..6], [61, 181, 421, 901, 1861, 3781]);
        let pauses = told.windows(2).map(|w| w[1] - w[0]);
        assert_eq!(pauses.max(), Some(3600));
        assert_eq!(said.hear(Some('b'), at(40_000)), Some(News::Begins));
        let over = News::Over('b', Duration::from_secs(5));
        assert_eq!(said.hear(None, at(40_005)), Some(over));
        assert_eq!(said.hear(None, at(40_006)), None);
    }
}
