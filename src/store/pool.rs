//! The one way to the database. Every statement runs in a transaction, unnamed, and under a deadline.
//!
//! - **A deadline**, since a frozen server or a dead line answers nothing for ever. It is kept here, where no statement
//!   can be without it, and told to the server, which ends what nobody waits for any longer.
//! - **A transaction**, since a pooler (PgBouncer) lends a session of the server for one transaction only, and a
//!   statement is two steps to the driver: parse, execute.
//! - **Unnamed**, since a named statement stays in that session, and meets the next client's of the same name.

use std::future::ready;
use std::time::Duration;

use futures::future::BoxFuture;
use futures::stream::{self, BoxStream, StreamExt, TryStreamExt};
use sqlx::postgres::{
    PgConnectOptions, PgPoolOptions, PgQueryResult, PgRow, PgStatement, PgTypeInfo,
};
use sqlx::{
    AssertSqlSafe, Connection, Describe, Either, Error, Execute, Executor, PgConnection, PgPool,
    Postgres, SqlStr, Transaction,
};
use tokio::time::Instant;

use super::deadline::{by, within};
use super::unnamed::Unnamed;
use crate::config::DatabaseConfig;

/// How long a call waits for a free connection before the database counts as unavailable.
const ACQUIRE: Duration = Duration::from_secs(10);
/// How long a connection may take to show that it lives, before and after its use. One that does not is thrown away.
const PING: Duration = Duration::from_secs(3);

/// Connections. Cheap to clone. As an executor it wraps one statement in a transaction of its own.
#[derive(Clone, Debug)]
pub struct Pool {
    connections: PgPool,
    deadline: Duration,
}

/// A transaction; undone when it is dropped without [`Tx::commit`].
#[derive(Debug)]
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    deadline: Duration,
}

impl Pool {
    /// Connects when it is first used.
    pub fn new(options: PgConnectOptions, config: &DatabaseConfig) -> Self {
        // In place of the driver's own, which wait for as long as it takes.
        let connections = PgPoolOptions::new()
            .max_connections(config.max_connections)
            .acquire_timeout(ACQUIRE)
            .test_before_acquire(false)
            .before_acquire(|connection, _| ping(connection))
            .after_release(|connection, _| ping(connection))
            .connect_lazy_with(options);
        Self {
            connections,
            deadline: config.deadline_s.0,
        }
    }

    pub async fn begin(&self) -> Result<Tx, Error> {
        let connection = self.connections.begin_with(begin(self.deadline));
        Ok(Tx {
            inner: within(ACQUIRE + self.deadline, connection).await?,
            deadline: self.deadline,
        })
    }

    /// Without the rules above: for tests, and whoever has queries of his own.
    pub fn raw(&self) -> &PgPool {
        &self.connections
    }
}

fn ping(connection: &mut PgConnection) -> BoxFuture<'_, Result<bool, Error>> {
    Box::pin(async { within(PING, connection.ping()).await.map(|()| true) })
}

/// Settings for this transaction alone: a session is not ours to keep. Locks of a client that has gone are let go.
fn begin(deadline: Duration) -> AssertSqlSafe<String> {
    let ms = deadline.as_millis();
    AssertSqlSafe(format!(
        "begin; set local statement_timeout = {ms}; set local idle_in_transaction_session_timeout = {ms}"
    ))
}

impl Tx {
    pub async fn commit(self) -> Result<(), Error> {
        within(self.deadline, self.inner.commit()).await
    }
}

type Step = Either<PgQueryResult, PgRow>;

/// What is prepared by hand has a name.
fn unprepared() -> Error {
    Error::Configuration("statements are executed here, and not prepared before".into())
}

/// The half of an executor that neither of ours has.
macro_rules! never_prepared {
    () => {
        fn prepare_with<'e>(
            self,
            _: SqlStr,
            _: &'e [PgTypeInfo],
        ) -> BoxFuture<'e, Result<PgStatement, Error>>
        where
            'c: 'e,
        {
            Box::pin(ready(Err(unprepared())))
        }

        fn describe<'e>(self, _: SqlStr) -> BoxFuture<'e, Result<Describe<Postgres>, Error>>
        where
            'c: 'e,
        {
            Box::pin(ready(Err(unprepared())))
        }
    };
}

impl<'c> Executor<'c> for &'c mut Tx {
    type Database = Postgres;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Result<Step, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        let end = Instant::now() + self.deadline;
        let steps = self.inner.fetch_many(Unnamed(query));
        let next = move |mut steps: BoxStream<'e, Result<Step, Error>>| async move {
            let step = by(end, steps.try_next()).await?;
            Ok(step.map(|step| (step, steps)))
        };
        stream::try_unfold(steps, next).boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<PgRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        Box::pin(within(
            self.deadline,
            self.inner.fetch_optional(Unnamed(query)),
        ))
    }

    never_prepared!();
}

impl<'c> Executor<'c> for &'c Pool {
    type Database = Postgres;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Result<Step, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        let steps = async {
            let mut tx = self.begin().await?;
            let steps: Vec<Step> = tx.fetch_many(query).try_collect().await?;
            tx.commit().await?;
            Ok::<_, Error>(stream::iter(steps.into_iter().map(Ok)))
        };
        stream::once(steps).try_flatten().boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<PgRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        Box::pin(async {
            let mut tx = self.begin().await?;
            let row = tx.fetch_optional(query).await?;
            tx.commit().await?;
            Ok(row)
        })
    }

    never_prepared!();
}
