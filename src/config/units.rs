//! Values with a unit.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A positive length of time, written in seconds (`1.5`) under a key that ends in `_s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seconds(pub Duration);

impl Seconds {
    pub const fn from_millis(ms: u64) -> Self {
        Self(Duration::from_millis(ms))
    }
}

impl Serialize for Seconds {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_f64(self.0.as_secs_f64())
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        match Duration::try_from_secs_f64(f64::deserialize(d)?) {
            Ok(duration) if !duration.is_zero() => Ok(Self(duration)),
            _ => Err(serde::de::Error::custom("a positive number of seconds")),
        }
    }
}
