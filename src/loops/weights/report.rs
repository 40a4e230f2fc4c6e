//! Says why an epoch gets no weights, that scores stand still and that our row on chain is old: to the log and to
//! `events`, each once and not at every block.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use tracing::{error, info, warn};

use super::Weights;
use crate::store::Event;
use crate::types::{EpochIndex, Failure, Reason, Severity, Subnet};
use crate::weights::{Age, Alarm, Watchman};

/// What was said already.
#[derive(Default)]
pub(super) struct Reports {
    /// The epoch that weights were last due for, and what was said of it.
    epoch: EpochIndex,
    said: BTreeSet<Reason>,
    row: Watchman,
}

impl Reports {
    /// Whether a reason is new for an epoch. Reasons may come in turns: each is said once.
    fn is_new(&mut self, epoch: EpochIndex, reason: Reason) -> bool {
        if self.epoch != epoch {
            self.epoch = epoch;
            self.said.clear();
        }
        self.said.insert(reason)
    }
}

impl Weights {
    /// A reason why this epoch gets no weights: once per epoch.
    pub(super) async fn report(
        &mut self,
        subnet: &Subnet,
        reason: Reason,
        detail: String,
    ) -> Result<(), Failure> {
        let epoch = subnet.schedule.epoch_index + 1;
        if !self.reports.is_new(epoch, reason) {
            return Ok(());
        }
        say(subnet, reason, "no weights this epoch", &detail);
        let detail = json!({ "epoch": epoch, "detail": detail });
        let recorded = self.record(subnet, reason, detail).await;
        if recorded.is_err() {
            // `weights history` needs it: the next block tries again.
            self.reports.said.remove(&reason);
        }
        recorded
    }

    /// Weights are being made from scores that have not moved for long: once per epoch.
    pub(super) async fn say_old_scores(
        &mut self,
        subnet: &Subnet,
        age: Option<Duration>,
    ) -> Result<(), Failure> {
        let limit = self.config.max_score_age_s.0;
        let Some(age) = age.filter(|age| *age > limit / 2 && *age <= limit) else {
            return Ok(());
        };
        let epoch = subnet.schedule.epoch_index + 1;
        if !self.reports.is_new(epoch, Reason::ScoresOld) {
            return Ok(());
        }
        let (age_s, limit_s) = (age.as_secs(), limit.as_secs());
        let detail = format!(
            "the scores have not moved for {age_s} s; after {limit_s} s (weights.max_score_age_s) no more weights are set"
        );
        say(subnet, Reason::ScoresOld, "scores stand still", &detail);
        let detail = json!({ "age_s": age_s, "limit_s": limit_s });
        self.record(subnet, Reason::ScoresOld, detail).await
    }

    /// Whatever keeps our row from being set, its age on chain tells.
    pub(super) async fn watch_age(&mut self, subnet: &Subnet) {
        let Some(us) = subnet.metagraph.by_hotkey(&self.signer.hotkey()) else {
            return;
        };
        let (age, limit) = (Age::of(subnet, us), self.config.alarm_epochs);
        let (reason, what) = match self.reports.row.look(age, limit) {
            None => return,
            Some(Alarm::Old) => (Reason::WeightsOld, "our row on chain is old"),
            Some(Alarm::Clear) => (Reason::WeightsFresh, "our row on chain was set again"),
        };
        let Age {
            set_at,
            blocks,
            epochs,
        } = age;
        let counts = match us.active {
            true => "it still counts",
            false => "the chain takes us for inactive, and it counts no more",
        };
        let detail =
            format!("set in block #{set_at}, {blocks} blocks ago ({epochs:.1} epochs); {counts}");
        say(subnet, reason, what, &detail);
        let detail = json!({ "set_at": set_at, "blocks": blocks, "tempo": subnet.params.tempo, "active": us.active });
        // The alarm is in the log in any case, and the database may be what it is about.
        if let Err(error) = self.record(subnet, reason, detail).await {
            warn!(%error, "the event was not recorded");
        }
    }

    async fn record(&self, subnet: &Subnet, reason: Reason, detail: Value) -> Result<(), Failure> {
        let event = Event {
            reason,
            block: Some(subnet.at.number),
            detail,
        };
        Ok(self.store.events().record(event).await?)
    }
}

fn say(subnet: &Subnet, reason: Reason, what: &str, detail: &str) {
    let (label, block, netuid) = (reason.label(), subnet.at, subnet.scope.netuid);
    match reason.entry().severity {
        Severity::Info => info!(reason = label, %netuid, %block, detail, "{what}"),
        Severity::Warning => warn!(reason = label, %netuid, %block, detail, "{what}"),
        Severity::Error => error!(reason = label, %netuid, %block, detail, "{what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_that_come_in_turns_are_each_said_once_an_epoch() {
        let mut reports = Reports::default();
        let turns = [Reason::NoScores, Reason::TooLateForEpoch].repeat(5);
        let mut said = |epoch| {
            let new = turns.iter().filter(|r| reports.is_new(epoch, **r));
            new.count()
        };
        assert_eq!((said(1), said(1), said(2)), (2, 0, 2));
    }
}
