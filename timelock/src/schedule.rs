//! Which round a beacon publishes when.

/// A beacon's rounds: number 1 at its genesis, then one per period
/// ([drand's specification](https://docs.drand.love/docs/specification), "round").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// When round 1 is published, in seconds since the Unix epoch.
    pub genesis_s: u32,
    /// Seconds between two rounds. With 0, which only a bad config has, no round is ever published.
    pub period_s: u32,
}

impl Schedule {
    /// The newest round published at a time in milliseconds since the Unix epoch (the unit of the chain's clock); 0 before
    /// the first.
    pub fn newest_at(&self, time_ms: u64) -> u64 {
        let since = (time_ms / 1_000).checked_sub(self.genesis_s.into());
        since
            .and_then(|since| since.checked_div(self.period_s.into()))
            .map_or(0, |periods| periods.saturating_add(1))
    }

    /// When a round is published, in milliseconds since the Unix epoch. `None` for round 0, which there is not, and for
    /// rounds beyond the end of time.
    pub fn time_ms(&self, round: u64) -> Option<u64> {
        let periods = round.checked_sub(1).filter(|_| self.period_s > 0)?;
        let since = periods.checked_mul(self.period_s.into())?;
        since.checked_add(self.genesis_s.into())?.checked_mul(1_000)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::quicknet::SCHEDULE;
    use proptest::prelude::*;

    #[test]
    fn rounds_of_quicknet_come_every_three_seconds() {
        let genesis_ms = 1_692_803_367_000;
        for (time_ms, round) in [
            (0, 0),
            (genesis_ms - 1, 0),
            (genesis_ms, 1),
            (genesis_ms + 2_999, 1),
            (genesis_ms + 3_000, 2),
            (genesis_ms + 999 * 3_000, 1_000),
        ] {
            assert_eq!(SCHEDULE.newest_at(time_ms), round, "at {time_ms}");
        }
        assert_eq!(SCHEDULE.time_ms(1_000), Some(1_692_806_364_000));
        assert_eq!(SCHEDULE.time_ms(0), None);
        assert_eq!(SCHEDULE.time_ms(u64::MAX), None);
    }

    #[test]
    fn a_beacon_without_a_period_publishes_nothing() {
        let stopped = Schedule {
            genesis_s: 1,
            period_s: 0,
        };
        assert_eq!((stopped.newest_at(u64::MAX), stopped.time_ms(1)), (0, None));
    }

    proptest! {
        /// Published at its time and not a millisecond earlier, on every schedule.
        #[test]
        fn a_round_and_its_time_are_one(genesis_s in 1u32.., period_s in 1u32.., round in 1u64..1 << 20) {
            let schedule = Schedule { genesis_s, period_s };
            let time = schedule.time_ms(round).unwrap();
            prop_assert_eq!(schedule.newest_at(time), round);
            prop_assert_eq!(schedule.newest_at(time - 1), round - 1);
        }

        #[test]
        fn no_number_is_too_large(genesis_s: u32, period_s: u32, number: u64) {
            let schedule = Schedule { genesis_s, period_s };
            schedule.newest_at(number);
            schedule.time_ms(number);
        }
    }
}
