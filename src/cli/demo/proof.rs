//! The smoke's own eyes: it reads the ledger from Postgres and the row from the chain and compares them itself.

use subtensor::{Endpoints, weight_row};

use crate::service::Joined;
use crate::types::{BlockNumber, Cause, EpochIndex, Failure, ScoreTable, Subnet, Uid, WeightSetId};

use super::cast::Cast;

#[derive(Default)]
pub struct Proof {
    /// The last proven epoch and how many ended there in a row.
    run: Option<(EpochIndex, u64)>,
    order: Option<Order>,
}

/// Mean score by behaviour.
struct Order {
    honest: f64,
    terse: f64,
    garbage: f64,
}

impl Order {
    fn holds(&self) -> bool {
        self.honest > self.terse && self.terse > self.garbage
    }
}

pub struct Verdict {
    /// The row that the chain held one block before the epoch fired.
    pub row: Vec<(Uid, u16)>,
}

impl Proof {
    /// Compares ledger and chain for one epoch.
    pub async fn check(
        &mut self,
        endpoints: &Endpoints,
        joined: &Joined,
        id: WeightSetId,
        epoch: EpochIndex,
        fire_block: BlockNumber,
        after: &Subnet,
    ) -> Result<Verdict, Failure> {
        let ledger = joined.weight_sets(16).await?;
        let planned = ledger.into_iter().find(|set| set.id == id);
        let planned = planned
            .ok_or_else(|| Failure::new(Cause::Bug, "a proven weight set is not in the ledger"))?;
        let node = endpoints.node().await?;
        let before = node.block_at(fire_block - 1).await?;
        let us = after.metagraph.by_hotkey(&joined.hotkey);
        let us = us.ok_or_else(|| Failure::new(Cause::Key, "our hotkey lost its seat"))?;
        let row = weight_row(
            &node,
            before,
            after.scope.netuid,
            after.scope.mechanism,
            us.uid,
        )
        .await?;
        if row != planned.intent.vector.entries() {
            let message = format!(
                "epoch {epoch}: the ledger planned {:?}, the chain held {row:?}",
                planned.intent.vector.entries()
            );
            return Err(Failure::new(Cause::Bug, message));
        }
        let before = self
            .run
            .filter(|(last, _)| last + 1 == epoch)
            .map_or(0, |(_, n)| n);
        self.run = Some((epoch, before + 1));
        Ok(Verdict { row })
    }

    pub fn lost(&mut self) {
        self.run = None;
    }

    pub fn order(&mut self, cast: &Cast, scores: &ScoreTable) {
        let mean = |behaviour: &str| {
            let of = scores
                .iter()
                .filter(|(miner, _)| cast.behaviour(&miner.hotkey.to_string()) == behaviour);
            let values: Vec<f64> = of.map(|(_, s)| s.value).collect();
            if values.is_empty() {
                f64::NAN
            } else {
                values.iter().sum::<f64>() / values.len() as f64
            }
        };
        self.order = Some(Order {
            honest: mean("honest"),
            terse: mean("terse"),
            garbage: mean("garbage"),
        });
    }

    pub fn in_a_row(&self) -> u64 {
        self.run.map_or(0, |(_, n)| n)
    }

    pub fn holds(&self, epochs: u64) -> bool {
        self.in_a_row() >= epochs && self.order.as_ref().is_some_and(Order::holds)
    }

    pub fn missing(&self, epochs: u64) -> String {
        let proven = format!("{} of {epochs} epochs proven in a row", self.in_a_row());
        match &self.order {
            Some(o) if o.holds() => proven,
            Some(o) => format!(
                "{proven}; scores are not honest > terse > garbage: {:.3}, {:.3}, {:.3}",
                o.honest, o.terse, o.garbage
            ),
            None => format!("{proven}; no scores compared yet"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_consecutive_epochs_in_the_right_order_count() {
        let order = |honest, terse, garbage| {
            Some(Order {
                honest,
                terse,
                garbage,
            })
        };
        let proof = Proof {
            run: Some((7, 3)),
            order: order(0.8, 0.4, 0.0),
        };
        assert!(proof.holds(3) && !proof.holds(4));
        let wrong = Proof {
            run: Some((7, 3)),
            order: order(0.3, 0.4, 0.0),
        };
        assert!(!wrong.holds(3) && wrong.missing(3).contains("not honest > terse"));
        let unknown = Proof {
            run: Some((7, 3)),
            order: order(0.8, f64::NAN, 0.0),
        };
        assert!(!unknown.holds(3));
        let mut lost = Proof {
            run: Some((7, 3)),
            order: order(0.8, 0.4, 0.0),
        };
        lost.lost();
        assert!(!lost.holds(1));
    }
}
