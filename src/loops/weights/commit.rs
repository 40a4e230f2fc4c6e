//! A plan becomes signed bytes in the ledger, then on the wire.

use subtensor::{Delivery, Refusal, calls};
use tracing::info;

use super::Weights;
use super::settle::View;
use crate::types::{Failure, Intent, LedgerState, ScoreTable, SignedPayload, WeightSet};
use crate::weights::{Due, Evidence, Known, Plan, due, explain, explain_refusal, plan};

/// Blocks between two attempts in one window.
const RETRY_BLOCKS: u64 = 4;
/// How many recent ledger entries are looked at for the window.
const RECENT: u32 = 16;

impl Weights {
    /// Plans, signs and sends, if it is time and nothing stands in the way.
    pub(super) async fn commit(&mut self, view: &View<'_>) -> Result<(), Failure> {
        if view.best < self.quiet_until {
            return Ok(());
        }
        let ledger = self.store.ledger();
        let recent = ledger.latest(view.hotkey, RECENT).await?;
        let turn = match due(view.subnet, view.hotkey, view.best, &recent, &self.config) {
            Due::Wait => return Ok(()),
            Due::Skip(reason) => {
                let detail = explain(reason, view.subnet, view.us());
                return self.report(view.subnet, reason, detail).await;
            }
            Due::Now(turn) => turn,
        };
        let scores = self.store.scores().table().await?;
        let scores_age = self.store.scores().age().await?;
        let known = Known {
            subnet: view.subnet,
            hotkey: view.hotkey,
            landed: ledger.last_landed(view.hotkey).await?,
            scores: &scores,
            scores_age,
        };
        self.say_old_scores(view.subnet, scores_age).await?;
        match plan(turn, known, &self.config, self.take_over) {
            Plan::Skip { reason, detail } => self.report(view.subnet, reason, detail).await,
            Plan::Set(intent) => self.set(view, intent, turn.period, &scores).await,
        }
    }

    async fn set(
        &mut self,
        view: &View<'_>,
        intent: Intent,
        period: u64,
        scores: &ScoreTable,
    ) -> Result<(), Failure> {
        let (fire_block, epoch) = (intent.fire_block, intent.window.epoch);
        info!(block = %view.subnet.at, fire_block, epoch, entries = intent.seats.len(), "planning weights");
        self.quiet_until = view.best + RETRY_BLOCKS;
        let planned = WeightSet {
            id: self.store.ledger().plan(&intent, scores).await?,
            state: LedgerState::Planned,
            reason: String::new(),
            intent,
            signed: None,
            included: None,
        };
        // One payload of a hotkey at a time: the turn lasts until a node has it.
        let (signer, store) = (self.signer.clone(), self.store.clone());
        let signed = async {
            let mut door = signer.door(view.node, store.ledger()).await?;
            let call = calls::weights(planned.intent.window.scope.netuid, &planned.intent.vector);
            let payload = door.sign(&planned, &call, view.subnet.at, period).await?;
            Ok((door, payload))
        };
        match signed.await {
            Ok((_door, payload)) => {
                let signed = WeightSet {
                    state: LedgerState::Signed,
                    signed: Some(payload.clone()),
                    ..planned
                };
                self.first_send(view, &signed, &payload).await
            }
            Err(failure) => {
                // Nothing left the house, so the window is free again.
                let failure: Failure = failure;
                let dropped = Evidence::Dropped(format!("not signed: {failure}"));
                self.apply(view.subnet, &planned, dropped).await?;
                Err(failure)
            }
        }
    }

    async fn first_send(
        &mut self,
        view: &View<'_>,
        set: &WeightSet,
        payload: &SignedPayload,
    ) -> Result<(), Failure> {
        self.in_flight.entry(set.id).or_default().sent = view.best;
        let evidence = match self.endpoints.broadcast(payload).await? {
            Delivery::Taken => Evidence::Taken,
            // Only a verdict of every node proves that it can't land; anything else is tried again.
            Delivery::Refused(refusals) if all_invalid(&refusals) => {
                let why = refusals.iter().map(|(node, r)| format!("{node}: {r}"));
                let mut why = why.collect::<Vec<_>>();
                let numbers = explain_refusal(&why.join(" "), view.subnet, view.us());
                why.extend((!numbers.is_empty()).then_some(numbers));
                Evidence::Refused(why.join("; "))
            }
            Delivery::Refused(_) => return Ok(()),
        };
        self.apply(view.subnet, set, evidence).await.map(|_| ())
    }
}

fn all_invalid(refusals: &[(String, Refusal)]) -> bool {
    let invalid = |(_, refusal): &(String, Refusal)| matches!(refusal, Refusal::Invalid(_));
    !refusals.is_empty() && refusals.iter().all(invalid)
}
