//! The ledger of weight sets. Which move is legal is decided elsewhere, purely; here each one is a compare-and-set,
//! and the database holds that no window has two payloads that could both land.

mod read;
mod write;

use crate::types::{Hotkey, WeightSetId};

use super::convert::from_db;
use super::error::Doing;
use super::{StoreError, SubnetStore};

/// The weight sets of one scope. Reached by [`SubnetStore::ledger`].
#[derive(Clone, Copy, Debug)]
pub struct Ledger<'s>(pub(super) &'s SubnetStore);

impl Ledger<'_> {
    /// Takes over entries that were written before the ledger named who signs.
    pub async fn adopt(&self, hotkey: Hotkey) -> Result<(), StoreError> {
        sqlx::query!(
            "update weight_sets set hotkey = $2 where scope_id = $1 and hotkey is null",
            self.0.id,
            hotkey.0.as_slice()
        )
        .execute(&self.0.pool)
        .await
        .doing("adopting weight sets")?;
        Ok(())
    }

    /// One more than the highest nonce that signed bytes of this hotkey, on any subnet of this chain, may still use
    /// or have just used; 0 if there are none. A node that lacks them says a lower one.
    pub async fn next_nonce(&self, hotkey: Hotkey) -> Result<u64, StoreError> {
        let next = sqlx::query_scalar!(
            r#"select coalesce(max(w.nonce) + 1, 0) as "next!"
               from weight_sets w
               join ledger_states l using (state)
               join subnets s on s.id = w.scope_id
               where s.genesis = $1 and w.hotkey = $2 and l.is_open"#,
            self.0.scope.genesis.0.as_slice(),
            hotkey.0.as_slice()
        )
        .fetch_one(&self.0.pool)
        .await
        .doing("reading nonces")?;
        from_db("nonce", next)
    }
}

/// `weight_sets.id` as an error names it.
fn unknown(id: WeightSetId) -> StoreError {
    StoreError::UnknownWeightSet(id)
}
