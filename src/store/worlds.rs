//! Networks and scopes.

use std::time::Duration;

use crate::types::{BlockRef, Genesis, MechanismId, Netuid, Reason, Scope};

use super::connect::until_there;
use super::convert::{self, from_db, to_i64};
use super::error::Doing;
use super::pool::Tx;
use super::{Event, Store, StoreError, SubnetStore};

/// A scope that was entered.
#[derive(Clone, Debug)]
pub struct Entered {
    pub subnet: SubnetStore,
    /// Other chains whose rows lie in the same database. They never mix with this one's, but a person who
    /// expected the scores of an earlier world should be told why they are not here.
    pub other_worlds: Vec<Genesis>,
}

const ENTERING: &str = "entering a scope";

impl Store {
    /// Binds to a scope, at the finalized head that a node just gave.
    ///
    /// # Errors
    /// [`StoreError::HeadBehind`] if this database has already seen a later finalized block of the same chain.
    pub async fn enter(&self, scope: Scope, head: BlockRef) -> Result<Entered, StoreError> {
        let mut tx = self.pool.begin().await.doing(ENTERING)?;
        see_head(&mut tx, scope.genesis, head).await?;
        let (id, fresh) = subnet_id(&mut tx, scope).await?;
        let other_worlds = other_worlds(&mut tx, scope.genesis).await?;
        tx.commit().await.doing(ENTERING)?;
        let subnet = SubnetStore {
            pool: self.pool.clone(),
            id,
            scope,
        };
        if fresh && !other_worlds.is_empty() {
            let others: Vec<String> = other_worlds.iter().map(Genesis::to_string).collect();
            let event = Event {
                reason: Reason::AnotherWorld,
                block: Some(head.number),
                detail: serde_json::json!({ "genesis": scope.genesis.to_string(), "others": others }),
            };
            subnet.events().record(event).await?;
        }
        Ok(Entered {
            subnet,
            other_worlds,
        })
    }

    /// The chain that this database was last used for.
    pub async fn last_world(&self) -> Result<Option<Genesis>, StoreError> {
        let last =
            sqlx::query_scalar!("select genesis from networks order by last_seen desc limit 1")
                .fetch_optional(&self.pool)
                .await
                .doing("looking up the chain")?;
        last.map(convert::genesis).transpose()
    }

    /// The same for a service: waits for a database that is away.
    pub async fn await_last_world(&self) -> Result<Option<Genesis>, StoreError> {
        until_there(async |_: Duration| self.last_world().await).await
    }

    /// The scopes that this database holds, for commands that read without a chain.
    pub async fn subnets(&self) -> Result<Vec<SubnetStore>, StoreError> {
        let rows = sqlx::query!(
            "select s.id, s.genesis, s.netuid, s.mechanism from subnets s join networks n using (genesis)
             order by n.last_seen desc, s.netuid, s.mechanism"
        )
        .fetch_all(&self.pool)
        .await
        .doing("listing scopes")?;
        rows.into_iter()
            .map(|row| {
                Ok(SubnetStore {
                    pool: self.pool.clone(),
                    id: row.id,
                    scope: Scope {
                        genesis: convert::genesis(row.genesis)?,
                        netuid: Netuid(from_db("netuid", row.netuid)?),
                        mechanism: MechanismId(from_db("mechanism", row.mechanism)?),
                    },
                })
            })
            .collect()
    }
}

/// Refuses a head that is behind what this database has seen of the chain; remembers it otherwise.
async fn see_head(conn: &mut Tx, genesis: Genesis, head: BlockRef) -> Result<(), StoreError> {
    let key = genesis.0.as_slice();
    let last = sqlx::query_scalar!(
        "select last_block from networks where genesis = $1 for update",
        key
    )
    .fetch_optional(&mut *conn)
    .await
    .doing(ENTERING)?;
    let last: u64 = last.map_or(Ok(0), |last| from_db("last_block", last))?;
    if head.number < last {
        return Err(StoreError::HeadBehind {
            genesis,
            head,
            last,
        });
    }
    sqlx::query!(
        "insert into networks (genesis, last_block, last_hash) values ($1, $2, $3)
             on conflict (genesis) do update
             set last_block = excluded.last_block, last_hash = excluded.last_hash, last_seen = now()
             where networks.last_block <= excluded.last_block",
        key,
        to_i64("block", head.number)?,
        head.hash.as_slice()
    )
    .execute(conn)
    .await
    .doing(ENTERING)?;
    Ok(())
}

/// The scope's id, and whether it is new here.
async fn subnet_id(conn: &mut Tx, scope: Scope) -> Result<(i32, bool), StoreError> {
    let genesis = scope.genesis.0.as_slice();
    let netuid = i32::from(scope.netuid.0);
    let mechanism = i16::from(scope.mechanism.0);
    let known = sqlx::query_scalar!(
        "select id from subnets where genesis = $1 and netuid = $2 and mechanism = $3",
        genesis,
        netuid,
        mechanism
    )
    .fetch_optional(&mut *conn)
    .await
    .doing(ENTERING)?;
    if let Some(id) = known {
        return Ok((id, false));
    }
    let id = sqlx::query_scalar!(
        "insert into subnets (genesis, netuid, mechanism) values ($1, $2, $3)
                     on conflict (genesis, netuid, mechanism) do update set netuid = excluded.netuid returning id",
        genesis,
        netuid,
        mechanism
    )
    .fetch_one(conn)
    .await
    .doing(ENTERING)?;
    Ok((id, true))
}

/// The other chains that have rows here, the latest used first.
async fn other_worlds(conn: &mut Tx, genesis: Genesis) -> Result<Vec<Genesis>, StoreError> {
    let others = sqlx::query_scalar!(
        "select genesis from networks where genesis <> $1 order by last_seen desc",
        genesis.0.as_slice()
    )
    .fetch_all(conn)
    .await
    .doing(ENTERING)?;
    others.into_iter().map(convert::genesis).collect()
}

impl SubnetStore {
    /// Remembers a finalized block, so that an earlier head is refused at the next start.
    pub(super) async fn saw_block(&self, conn: &mut Tx, at: BlockRef) -> Result<(), StoreError> {
        sqlx::query!(
            "update networks set last_block = $2, last_hash = $3, last_seen = now()
             where genesis = $1 and last_block < $2",
            self.scope.genesis.0.as_slice(),
            to_i64("block", at.number)?,
            at.hash.as_slice()
        )
        .execute(conn)
        .await
        .doing("remembering a block")?;
        Ok(())
    }
}
