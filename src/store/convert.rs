//! Between the types of the domain and those of Postgres. Nothing wraps or panics: a number that does not fit
//! is an error, and text that Postgres cannot hold is made to fit.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::types::{Coldkey, Genesis, Hotkey, MinerId, RoundId};

use super::StoreError;

/// A chain number (block, nonce, epoch) as a `bigint`.
pub fn to_i64(what: &'static str, value: u64) -> Result<i64, StoreError> {
    i64::try_from(value).map_err(|_| StoreError::Bug(format!("{what} {value} is out of range")))
}

/// A column's number as an unsigned type.
pub fn from_db<T, S>(what: &'static str, value: S) -> Result<T, StoreError>
where
    T: TryFrom<S>,
    S: Copy + Display,
{
    T::try_from(value).map_err(|_| StoreError::Corrupt(format!("{what} {value} is out of range")))
}

/// A name that this program wrote, read back as what it names.
pub fn name<T: FromStr>(column: &'static str, name: &str) -> Result<T, StoreError> {
    name.parse()
        .map_err(|_| StoreError::Corrupt(format!("{column} = {name}")))
}

pub fn bytes32(what: &'static str, bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    let len = bytes.len();
    bytes
        .try_into()
        .map_err(|_| StoreError::Corrupt(format!("{what} of {len} bytes, not 32")))
}

pub fn hotkey(bytes: Vec<u8>) -> Result<Hotkey, StoreError> {
    bytes32("hotkey", bytes).map(Hotkey)
}

pub fn coldkey(bytes: Vec<u8>) -> Result<Coldkey, StoreError> {
    bytes32("coldkey", bytes).map(Coldkey)
}

pub fn genesis(bytes: Vec<u8>) -> Result<Genesis, StoreError> {
    bytes32("genesis", bytes).map(Genesis)
}

pub fn miner(hotkey_bytes: Vec<u8>, registered_at: i64) -> Result<MinerId, StoreError> {
    Ok(MinerId {
        hotkey: hotkey(hotkey_bytes)?,
        registered_at: from_db("registered_at", registered_at)?,
    })
}

/// Microseconds since 1970; a clock before that counts as 1970.
pub fn epoch_us(at: SystemTime) -> i64 {
    let since = at
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

pub fn from_epoch_us(us: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(us).unwrap_or(0))
}

/// A timing in microseconds, at most 35 minutes: no exchange lasts longer.
pub fn short_us(d: Duration) -> i32 {
    i32::try_from(d.as_micros()).unwrap_or(i32::MAX)
}

pub fn from_short_us(us: i32) -> Duration {
    Duration::from_micros(u64::try_from(us).unwrap_or(0))
}

/// Seconds since something; a clock that was set back makes them none.
pub fn age(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::ZERO)
}

/// Postgres text holds every character but NUL, which a hostile answer may well carry: it becomes U+FFFD.
pub fn text(s: &str) -> Cow<'_, str> {
    if s.contains('\0') {
        Cow::Owned(s.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(s)
    }
}

/// The same for every string inside a document.
pub fn json(value: Value) -> Value {
    match value {
        Value::String(s) => Value::String(text(&s).into_owned()),
        Value::Array(items) => items.into_iter().map(json).collect(),
        Value::Object(map) => map
            .into_iter()
            .map(|(k, v)| (text(&k).into_owned(), json(v)))
            .collect(),
        other => other,
    }
}

/// From `rounds.round` as text.
pub fn round_id(text: &str) -> Result<RoundId, StoreError> {
    text.parse()
        .map(RoundId)
        .map_err(|_| StoreError::Corrupt(format!("rounds.round = {text}")))
}
