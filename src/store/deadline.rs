//! What a database that does not answer in time has said: an error like that of a broken line.

use std::io;
use std::time::Duration;

use sqlx::Error;
use tokio::time::{Instant, timeout_at};

/// `work`, or an error of its own after `limit`.
pub async fn within<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    by(Instant::now() + limit, work).await
}

/// The same with a point in time.
pub async fn by<T>(end: Instant, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let began = Instant::now();
    timeout_at(end, work).await.unwrap_or_else(|_| {
        let waited = began.elapsed().as_secs_f64();
        let silent = format!("no answer for {waited:.0} s");
        Err(Error::Io(io::Error::new(io::ErrorKind::TimedOut, silent)))
    })
}
